/* SPDX-License-Identifier: MIT */
/* The time bar: which stretch of time is shown, what happened in it, and where
 * the moment is. The keys that move it are view/view_time.c. */
#include "base/os.h"
#include "draw/numbers.h"
#include "ui/field_text.h"

#define SECOND INT64_C(1000000000)
#define CLOCK 8      /* columns of a time of day */
#define ENDS_FROM 30 /* columns from which the times of both ends are shown */
#define TICK_COLUMNS 12 /* between ticks at least */

/* What is drawn on, of which time. */
struct strip {
    const struct drawing *d;
    struct time_bar time;
    int row, at, columns; /* of the line between the times of the ends */
    bool marked[GRID_COLUMNS_MAX];
};

static void put(const struct strip *s, int column, uint32_t code,
                uint32_t ascii, uint32_t style)
{
    if (column < 0 || column >= s->columns)
        return;
    grid_put_code(s->d->canvas.grid, s->row, s->at + column,
                  s->d->canvas.ascii ? ascii : code, style);
}

/* The column of an instant, which may be outside of the line. */
static int column_of(const struct strip *s, int64_t at_ns)
{
    double span = (double)(s->time.end_ns - s->time.from_ns);
    double share = (double)(at_ns - s->time.from_ns) / span;
    if (share < 0 || share > 1)
        return share < 0 ? -1 : s->columns;
    int column = (int)(share * s->columns);
    return column < s->columns ? column : s->columns - 1;
}

/* Draws a time of day, if the columns are free. */
static void put_clock(const struct strip *s, int column, int64_t at_ns,
                      uint32_t style)
{
    struct buf *text = &s->d->fit->text;
    buf_clear(text);
    view_put_clock(text, s->d->view, at_ns);
    draw_text(&s->d->canvas, s->row, column, CLOCK, ALIGN_LEFT, text->data,
              text->len, style);
}

static int64_t tick_ns(const struct strip *s)
{
    static const int seconds[] = {1,    2,    5,     10,    15,    30,
                                  60,   120,  300,   600,   900,   1800,
                                  3600, 7200, 10800, 21600, 43200, 86400};
    enum { COUNT = sizeof seconds / sizeof seconds[0] };
    double least =
        (double)(s->time.end_ns - s->time.from_ns) * TICK_COLUMNS / s->columns;
    int i = 0;
    while (i + 1 < COUNT && (double)seconds[i] * (double)SECOND < least)
        i++;
    return seconds[i] * SECOND;
}

/* The line, as far as the history goes, with ticks at full times. */
static void draw_line(const struct strip *s)
{
    const struct view *view = s->d->view;
    int64_t begin_ns = view_history_begin(view);
    int first = begin_ns == INT64_MAX ? s->columns : column_of(s, begin_ns);
    for (int i = first < 0 ? 0 : first; i < s->columns; i++)
        put(s, i, 0x2500, '-', STYLE_DIM);
    /* The wall clock may jump within the bar. */
    int64_t every_ns = tick_ns(s);
    int64_t tick = view_wall_ns(view, s->time.from_ns) / every_ns;
    for (int i = 0; i < s->columns; i++) {
        int64_t at_ns = s->time.from_ns + (s->time.end_ns - s->time.from_ns) /
                                              s->columns * (i + 1);
        int64_t next = view_wall_ns(view, at_ns) / every_ns;
        if (next != tick && i >= first)
            put(s, i, 0x2534, '+', STYLE_DIM);
        tick = next;
    }
}

static void put_mark(struct strip *s, int column, uint32_t code, uint32_t ascii,
                     uint32_t style)
{
    put(s, column, code, ascii, style);
    if (column >= 0 && column < s->columns)
        s->marked[column] = true;
}

/* In the order of enum mark_kind; the later ones hide the earlier ones. */
static void draw_mark(struct strip *s, const struct history_mark *mark)
{
    int at = column_of(s, mark->at_ns);
    switch ((enum mark_kind)mark->kind) {
    case MARK_GAP:
        put_mark(s, at, '?', '?', STYLE_BOLD | STYLE_WARN);
        break;
    case MARK_GENERATION:
        put_mark(s, at, 0x2502, '|', STYLE_BOLD);
        break;
    case MARK_CLOCK:
        put_mark(s, at, 0x2260, '=', STYLE_BOLD | STYLE_WARN);
        break;
    case MARK_WARN:
        put_mark(s, at, '!', '!', STYLE_BOLD | STYLE_WARN);
        break;
    case MARK_CRIT:
        put_mark(s, at, '!', '!', STYLE_BOLD | STYLE_CRIT);
        put_mark(s, at + 1, '!', '!', STYLE_BOLD | STYLE_CRIT);
        break;
    }
}

static void draw_marks(struct strip *s)
{
    const struct view *view = s->d->view;
    for (int kind = MARK_GAP; kind <= MARK_CRIT; kind++)
        for (size_t i = 0; i < view->target_count; i++) {
            size_t count = 0;
            const struct history_mark *marks =
                view_past(view, i) != PAST_NONE
                    ? history_marks(view->targets[i].history, &count)
                    : NULL;
            for (size_t k = 0; k < count; k++)
                if (marks[k].kind == kind && marks[k].at_ns >= s->time.from_ns)
                    draw_mark(s, &marks[k]);
        }
}

/* Whether a text there hides no mark. */
static bool is_free(const struct strip *s, int column, int columns)
{
    for (int i = column; i < column + columns; i++)
        if (i < 0 || i >= s->columns || s->marked[i])
            return false;
    return true;
}

/* The moment, and beside it its time if that is on the line. */
static void draw_moment(const struct strip *s)
{
    int at = column_of(s, s->time.moment_ns);
    int right = at + 3;
    int left = at - 2 - CLOCK;
    if (s->columns >= 4 * CLOCK) {
        int clock = is_free(s, right - 1, CLOCK + 2)  ? right
                    : is_free(s, left - 1, CLOCK + 2) ? left
                                                      : -1;
        if (clock >= 0) {
            put(s, clock - 1, ' ', ' ', STYLE_PLAIN);
            put(s, clock + CLOCK, ' ', ' ', STYLE_PLAIN);
            put_clock(s, s->at + clock, s->time.moment_ns, STYLE_BOLD);
        }
    }
    put(s, at, 0x25ae, '#', STYLE_BOLD | STYLE_ACCENT);
}

void draw_timebar(const struct drawing *d, int row)
{
    const struct view *view = d->view;
    int columns = d->canvas.grid->columns;
    CHECK(row >= 0 && row < d->canvas.grid->rows &&
          columns <= GRID_COLUMNS_MAX);
    bool ends = columns >= ENDS_FROM;
    int edge = ends ? 2 + CLOCK + 1 : 2;
    struct strip s = {
        .d = d,
        .time = view_time_bar(view),
        .row = row,
        .at = edge,
        .columns = columns - 2 * edge,
    };
    if (s.columns < 1 || s.time.end_ns <= s.time.from_ns)
        return;
    d->fit->bar_row = row;
    d->fit->bar_at = s.at;
    d->fit->bar_columns = s.columns;
    /* Whether there is more on that side. */
    if (view_history_begin(view) < s.time.from_ns)
        grid_put_code(d->canvas.grid, row, 0, d->canvas.ascii ? '<' : 0x25c2,
                      STYLE_DIM);
    if (view_live_ns(view) > s.time.end_ns)
        grid_put_code(d->canvas.grid, row, columns - 1,
                      d->canvas.ascii ? '>' : 0x25b8, STYLE_DIM);
    draw_line(&s);
    draw_marks(&s);
    draw_moment(&s);
    if (!ends)
        return;
    put_clock(&s, 2, s.time.from_ns, STYLE_DIM);
    put_clock(&s, columns - 2 - CLOCK, s.time.end_ns, STYLE_DIM);
}
