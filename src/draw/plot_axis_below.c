/* SPDX-License-Identifier: MIT */
/* The axis of wall-clock times: where its ticks are, and how they are called.
 */
#include <string.h>

#include "draw/plot_axis.h"

#define MS INT64_C(1000000)
#define SECOND (1000 * MS)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

#define LABEL_GAP 4 /* blanks between two labels, at least */

static const int64_t steps[] = {
    MS,          2 * MS,      5 * MS,      10 * MS,   20 * MS,    50 * MS,
    100 * MS,    200 * MS,    500 * MS,    SECOND,    2 * SECOND, 5 * SECOND,
    10 * SECOND, 15 * SECOND, 30 * SECOND, MINUTE,    2 * MINUTE, 5 * MINUTE,
    10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR,      2 * HOUR,   3 * HOUR,
    6 * HOUR,    12 * HOUR,   DAY,         2 * DAY,   7 * DAY,    14 * DAY,
    28 * DAY,    56 * DAY,    112 * DAY,   224 * DAY, 448 * DAY,
};
#define STEP_COUNT (sizeof steps / sizeof steps[0])

static int64_t floor_div(int64_t number, int64_t by)
{
    return number / by - (number % by < 0);
}

/* "12:03:00", "12:03:00.25" if seconds are divided, "12:00" for hours, and the
 * date at midnight: "Nov 28". */
static void put_time(struct buf *out, int64_t local_ns, int64_t step)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    struct buf all = {0};
    buf_put_time(&all, local_ns); /* 2026-11-28T12:03:00.250000000Z */
    CHECK(all.len >= 30);
    const char *month = all.data + all.len - 25;
    const char *clock = all.data + all.len - 19;
    if (floor_div(local_ns, DAY) * DAY == local_ns) {
        int at = (month[0] - '0') * 10 + month[1] - '1';
        CHECK(at >= 0 && at < 12);
        buf_add(out, months + (ptrdiff_t)at * 3, 3);
        buf_putc(out, ' ');
        buf_add(out, month + 3, 2);
    } else if (step >= HOUR) {
        buf_add(out, clock, 5);
    } else {
        size_t len = 8;
        for (int64_t unit = SECOND; step % unit != 0; unit /= 10)
            len += len == 8 ? 2 : 1;
        buf_add(out, clock, len);
    }
    buf_free(&all);
}

/* What most columns last: a clock that was set changes one of them. */
static int64_t column_time(const int64_t *local_ns, int columns)
{
    int64_t a = local_ns[1] - local_ns[0];
    int64_t b = local_ns[columns / 2 + 1] - local_ns[columns / 2];
    int64_t c = local_ns[columns] - local_ns[columns - 1];
    return a == b || a == c ? a : b == c ? b : a < b ? a : b;
}

static int64_t choose_step(int64_t column_ns)
{
    size_t i = 0;
    if (column_ns < 1)
        column_ns = 1;
    for (; i + 1 < STEP_COUNT; i++) {
        int label = steps[i] < SECOND ? 12 : steps[i] < HOUR ? 8 : 6;
        if (steps[i] / column_ns >= label + LABEL_GAP)
            break;
    }
    return steps[i];
}

/* The tick in a column that lasts from `from_ns` to `to_ns`. */
static bool has_tick(int64_t from_ns, int64_t to_ns, int64_t step, int64_t *at)
{
    if (to_ns <= from_ns)
        return false;
    *at = floor_div(to_ns - 1, step) * step;
    return *at >= from_ns;
}

/* An axis below a plot while its ticks are put on it. */
struct line {
    const struct canvas *canvas;
    struct area area;
    int free_from; /* column for the next label */
    bool at_ends;  /* labels at the ends are moved inwards */
};

static struct line line_begin(const struct canvas *canvas, struct area area)
{
    CHECK(area.columns > 0 && area.rows > 0);
    grid_put_code(canvas->grid, area.row, area.column - 1,
                  canvas->ascii ? '+' : 0x2514, STYLE_DIM);
    for (int i = 0; i < area.columns; i++)
        grid_put_code(canvas->grid, area.row, area.column + i,
                      canvas->ascii ? '-' : 0x2500, STYLE_DIM);
    return (struct line){canvas, area, 0, false};
}

/* Puts a tick, and the text of the canvas below it, or to the right of it if
 * there is only one row. */
static void line_tick(struct line *line, int column)
{
    const struct canvas *canvas = line->canvas;
    const struct area *area = &line->area;
    const struct buf *text = canvas->text;
    int len = (int)text->len;
    int from = area->rows > 1 ? column - len / 2 : column + 2;
    if (line->at_ends && from < 0)
        from = 0;
    if (line->at_ends && from + len > area->columns)
        from = area->rows > 1 ? area->columns - len : column - 1 - len;
    uint32_t code = canvas->ascii ? '+' : area->rows > 1 ? 0x252c : 0x2534;
    grid_put_code(canvas->grid, area->row, area->column + column, code,
                  STYLE_DIM);
    if (from < line->free_from || from + len > area->columns)
        return;
    line->free_from = from + len + 2;
    draw_text(canvas, area->row + (area->rows > 1), area->column + from, len,
              ALIGN_LEFT, text->data, text->len, STYLE_DIM);
    for (int i = 0; area->rows == 1 && i < 2; i++)
        grid_put_code(canvas->grid, area->row,
                      area->column + from + (i ? len : -1), ' ', STYLE_PLAIN);
}

void axis_draw_times(const struct canvas *canvas, struct area area,
                     const int64_t *local_ns)
{
    CHECK(local_ns);
    struct line line = line_begin(canvas, area);
    int64_t step = choose_step(column_time(local_ns, area.columns));
    for (int i = 0; i < area.columns; i++) {
        int64_t at;
        if (!has_tick(local_ns[i], local_ns[i + 1], step, &at))
            continue;
        buf_clear(canvas->text);
        put_time(canvas->text, at, step);
        line_tick(&line, i);
    }
}

void axis_draw_below(const struct canvas *canvas, struct area area,
                     const struct axis *axis)
{
    struct tick ticks[TICKS_MOST];
    struct line line = line_begin(canvas, area);
    line.at_ends = true;
    size_t count = axis_ticks(axis, area.columns / 4 + 1, ticks);
    for (size_t i = 0; i < count; i++) {
        double part = axis_part(axis, ticks[i].number);
        buf_clear(canvas->text);
        axis_put_label(canvas->text, NULL, &ticks[i]);
        line_tick(&line, area.columns - 1 - axis_row(part, area.columns));
    }
}
