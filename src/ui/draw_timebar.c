/* SPDX-License-Identifier: MIT */
/* The time bar: which stretch of time is shown, what happened in it, and where
 * the moment is. The keys that move it are view/view_time.c. */
#include "base/os.h"
#include "draw/numbers.h"
#include "panes/field_text.h"
#include "ui/ui_private.h"

#define SECOND INT64_C(1000000000)
#define LINE_LEAST 10 /* columns of the line beside the times of both ends */
#define EXACT_TO (10 * SECOND) /* shorter ends have decimals */
#define TICK_COLUMNS 12        /* between ticks at least */

/* What is drawn on, of which time. */
struct strip {
    const struct drawing *d;
    struct time_bar time;
    int row, at, columns; /* of the line between the times of the ends */
    int clock;            /* columns of the moment's time */
    bool marked[GRID_COLUMNS_MAX];
    bool alarmed[GRID_COLUMNS_MAX];
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

static void put_clock(const struct strip *s, int column, int64_t at_ns,
                      bool exact, uint32_t style)
{
    struct buf *text = &s->d->fit->text;
    buf_clear(text);
    if (exact)
        view_put_clock(text, s->d->view, at_ns);
    else
        view_put_clock_rough(text, s->d->view, at_ns);
    draw_text(&s->d->canvas, s->row, column, (int)text->len, ALIGN_LEFT,
              text->data, text->len, style);
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

static bool is_alarmed(const struct strip *s, int column)
{
    return column >= 0 && column < s->columns && s->alarmed[column];
}

static void put_alarm(struct strip *s, int column, uint32_t style)
{
    put_mark(s, column, '!', '!', STYLE_BOLD | style);
    if (column >= 0 && column < s->columns)
        s->alarmed[column] = true;
}

/* Where both signs are on the line, and the moment hides none. */
static int critical_column(const struct strip *s, int at)
{
    int moment = column_of(s, s->time.moment_ns);
    int last = s->columns - 2;
    if (at > last)
        at = last;
    if (at == moment)
        return at < last ? at + 1 : at - 2;
    return at + 1 == moment ? at - 1 : at;
}

/* Two signs side by side are critical: where there is no room for that, an
 * alarm of a lower level is left out. */
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
        if (!is_alarmed(s, at - 1) && !is_alarmed(s, at) &&
            !is_alarmed(s, at + 1))
            put_alarm(s, at, STYLE_WARN);
        break;
    case MARK_CRIT:
        at = critical_column(s, at);
        put_alarm(s, at, STYLE_CRIT);
        put_alarm(s, at + 1, STYLE_CRIT);
        break;
    }
}

static void draw_marks(struct strip *s)
{
    /* The later ones hide the earlier ones. */
    static const enum mark_kind order[] = {MARK_GAP, MARK_GENERATION,
                                           MARK_CLOCK, MARK_CRIT, MARK_WARN};
    const struct view *view = s->d->view;
    for (size_t round = 0; round < sizeof order / sizeof order[0]; round++)
        for (size_t i = 0; i < view->target_count; i++) {
            size_t count = 0;
            const struct history_mark *marks =
                view_past(view, i) != PAST_NONE
                    ? history_marks(view->targets[i].history, &count)
                    : NULL;
            for (size_t k = 0; k < count; k++)
                if (marks[k].kind == order[round] &&
                    marks[k].at_ns >= s->time.from_ns)
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
    int left = at - 2 - s->clock;
    if (s->columns >= 4 * s->clock) {
        int clock = is_free(s, right - 1, s->clock + 2)  ? right
                    : is_free(s, left - 1, s->clock + 2) ? left
                                                         : -1;
        if (clock >= 0) {
            put(s, clock - 1, ' ', ' ', STYLE_PLAIN);
            put(s, clock + s->clock, ' ', ' ', STYLE_PLAIN);
            put_clock(s, s->at + clock, s->time.moment_ns, true, STYLE_BOLD);
        }
    }
    put(s, at, 0x25ae, '#', STYLE_BOLD | STYLE_ACCENT);
}

/* Under a plot the line has its columns, and the plot's axis has the times. */
static bool follow_plot(struct strip *s)
{
    const struct plot_fit *plot = &s->d->fit->plot;
    if (s->d->view->kind != VIEW_PLOT || plot->column_ns <= 0 || !plot->rows)
        return false;
    s->at = plot->column;
    s->columns = plot->columns;
    s->time.from_ns = plot->from_ns;
    s->time.end_ns = plot->from_ns + plot->columns * plot->column_ns;
    return true;
}

/* Draws the times of both ends, if there is room, and finds the columns
 * between them. */
static void place_between_ends(struct strip *s)
{
    int columns = s->d->canvas.grid->columns;
    bool exact = s->time.end_ns - s->time.from_ns <= EXACT_TO;
    int clock = view_clock_columns(s->d->view, exact);
    int edge = 2 + clock + 1;
    bool ends = columns >= 2 * edge + LINE_LEAST - 2;
    s->at = ends ? edge : 2;
    s->columns = columns - 2 * s->at;
    if (!ends)
        return;
    put_clock(s, 2, s->time.from_ns, exact, STYLE_DIM);
    put_clock(s, columns - 2 - clock, s->time.end_ns, exact, STYLE_DIM);
}

void draw_timebar(const struct drawing *d, int row)
{
    const struct view *view = d->view;
    int columns = d->canvas.grid->columns;
    CHECK(row >= 0 && row < d->canvas.grid->rows &&
          columns <= GRID_COLUMNS_MAX);
    struct strip s = {
        .d = d,
        .time = view_time_bar(view),
        .row = row,
        .clock = view_clock_columns(view, true),
    };
    bool plotted = follow_plot(&s);
    if (!plotted)
        place_between_ends(&s);
    if (s.columns < 1 || s.time.end_ns <= s.time.from_ns)
        return;
    d->fit->bar_row = row;
    d->fit->bar_at = s.at;
    d->fit->bar_columns = s.columns;
    d->fit->bar_from_ns = s.time.from_ns;
    d->fit->bar_end_ns = s.time.end_ns;
    /* Whether there is more on that side. */
    if (view_history_begin(view) < s.time.from_ns)
        grid_put_code(d->canvas.grid, row, plotted ? s.at - 1 : 0,
                      d->canvas.ascii ? '<' : 0x25c2, STYLE_DIM);
    if (view_live_ns(view) > s.time.end_ns)
        grid_put_code(d->canvas.grid, row, columns - 1,
                      d->canvas.ascii ? '>' : 0x25b8, STYLE_DIM);
    draw_line(&s);
    draw_marks(&s);
    draw_moment(&s);
}
