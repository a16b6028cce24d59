/* SPDX-License-Identifier: MIT */
/* Reads the past of fields for plots, and chooses their scales. */
#include "panes/plot_data.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/os.h"
#include "history/series.h"
#include "layout/limits.h"
#include "layout/value_text.h"
#include "panes/field_text.h"
#include "panes/table.h"
#include "view/rows.h"

#define HOLE_STEPS 3 /* a curve ends if so many samples are missing */
#define CELLS_FINE 4096
#define CELLS_COARSE 1024
#define SAMPLES_FINE 20000 /* as many can be read at each drawing */
#define LIMIT_PART 0.5     /* limits are shown if they are so near, in spans */
#define SECONDS_MINUTE 60.0
#define SECONDS_HOUR 3600.0
#define SECONDS_DAY 86400.0

enum graph plot_graph(const struct drawing *d)
{
    return d->canvas.ascii ? GRAPH_ASCII : d->view->graph;
}

/* --- time ----------------------------------------------------------------- */

static int64_t floor_div(int64_t number, int64_t by)
{
    return number / by - (number % by < 0);
}

struct plot_window plot_window(const struct drawing *d, int columns)
{
    CHECK(columns > 0);
    struct time_bar bar = view_time_bar(d->view);
    int across = graph_across(plot_graph(d));
    int64_t cells = (int64_t)columns * across;
    int64_t cell_ns = (d->view->span_ns + cells - 1) / cells;
    int64_t column_ns = cell_ns * across;
    int64_t end = floor_div(bar.end_ns, column_ns) + 1;
    return (struct plot_window){(end - columns) * column_ns, column_ns, columns,
                                across};
}

static int find_column(const struct plot_window *window, int64_t at_ns)
{
    int64_t column = floor_div(at_ns - window->from_ns, window->column_ns);
    return column >= 0 && column < window->columns ? (int)column : -1;
}

int plot_cursor(const struct drawing *d, const struct plot_window *window)
{
    return d->view->held ? find_column(window, view_time_bar(d->view).moment_ns)
                         : -1;
}

int plot_baseline(const struct drawing *d, const struct plot_window *window)
{
    return d->view->has_baseline ? find_column(window, d->view->baseline_ns)
                                 : -1;
}

void plot_times(const struct watched *target, const struct plot_window *window,
                int64_t *local_ns)
{
    CHECK(target->history && local_ns);
    int64_t wall_ns = 0, offset_ns = 0;
    for (int i = 0; i <= window->columns; i++) {
        int64_t before_ns = wall_ns;
        wall_ns = history_wall_ns(target->history,
                                  window->from_ns + i * window->column_ns);
        /* The time zone is asked only where it may matter. */
        if (i == 0 || i == window->columns || wall_ns < before_ns ||
            wall_ns - before_ns > 2 * window->column_ns || i % 8 == 0)
            offset_ns = os_local_ns(wall_ns) - wall_ns;
        local_ns[i] = wall_ns + offset_ns;
    }
}

const char *plot_problem(const struct view *view, uint32_t leaf)
{
    const struct watched *target = leaf_target(view, leaf);
    if (!target->history)
        return "no history is kept";
    const char *problem = history_problem(target->history);
    if (problem)
        return problem;
    return field_plot_kind(leaf_field(view, leaf)) == PLOT_NOTHING
               ? "no plot: its values are no numbers"
               : NULL;
}

/* --- cells ---------------------------------------------------------------- */

static int compare_sizes(const void *a, const void *b)
{
    size_t left = *(const size_t *)a, right = *(const size_t *)b;
    return left < right ? -1 : left > right;
}

/* Samples are as far from each other as the middle one of all distances. */
static size_t find_hole(const struct plot_cell *cells, size_t count)
{
    size_t *distances = mem_zalloc(count + 1, sizeof *distances);
    size_t used = 0, last = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        if (isnan(cells[i].last))
            continue;
        if (last != SIZE_MAX)
            distances[used++] = i - last;
        last = i;
    }
    qsort(distances, used, sizeof *distances, compare_sizes);
    size_t middle = used ? distances[used / 2] : 1;
    free(distances);
    return middle * HOLE_STEPS;
}

void plot_read(struct plot_series *series, const struct drawing *d,
               const struct plot_window *window, uint32_t leaf)
{
    const struct watched *target = leaf_target(d->view, leaf);
    size_t count = (size_t)(window->columns * window->across);
    CHECK(target->history && count > 0);
    struct series_cell *cells = mem_zalloc(count, sizeof *cells);
    *series = (struct plot_series){
        .leaf = leaf,
        .cells = mem_zalloc(count, sizeof *series->cells),
        .count = count,
        .low = INFINITY,
        .high = -INFINITY,
        .low_positive = INFINITY,
    };
    history_series(target->history, d->view->tree.leaves[leaf].field,
                   window->from_ns, window->column_ns / window->across, cells,
                   count);
    for (size_t i = 0; i < count; i++) {
        const struct series_cell *cell = &cells[i];
        series->cells[i] =
            (struct plot_cell){cell->min, cell->max, cell->first, cell->last,
                               cell->gap || (cell->known && !cell->samples)};
        if (isfinite(cell->min))
            series->low = fmin(series->low, cell->min);
        if (isfinite(cell->max))
            series->high = fmax(series->high, cell->max);
        double positive = cell->min > 0 ? cell->min : cell->max;
        if (positive > 0)
            series->low_positive = fmin(series->low_positive, positive);
    }
    series->hole_most = find_hole(series->cells, count);
    free(cells);
}

void plot_free(struct plot_series *series)
{
    free(series->cells);
    *series = (struct plot_series){0};
}

/* --- points --------------------------------------------------------------- */

struct plot_window plot_finely(const struct drawing *d, uint32_t leaf,
                               const struct plot_window *window)
{
    const struct watched *target = leaf_target(d->view, leaf);
    CHECK(target->history && window->columns > 0);
    int64_t span_ns = window->columns * window->column_ns;
    uint64_t samples = history_count(target->history, window->from_ns,
                                     window->from_ns + span_ns);
    int cells = samples <= SAMPLES_FINE ? CELLS_FINE : CELLS_COARSE;
    return (struct plot_window){window->from_ns, span_ns / cells + 1, cells, 1};
}

struct plot_point *plot_pair(const struct plot_series *x,
                             const struct plot_series *y, size_t *count)
{
    CHECK(x->count == y->count);
    struct plot_point *points = mem_zalloc(x->count, sizeof *points);
    double last_x = NAN, last_y = NAN;
    size_t last_at = 0;
    bool joined = false;
    *count = 0;
    for (size_t i = 0; i < x->count; i++) {
        const struct plot_cell *a = &x->cells[i], *b = &y->cells[i];
        if (a->gap)
            last_x = NAN;
        if (b->gap)
            last_y = NAN;
        joined &= !a->gap && !b->gap;
        if (isnan(a->last) && isnan(b->last))
            continue;
        /* Samples of two targets are not at the same time. */
        last_x = isnan(a->last) ? last_x : a->last;
        last_y = isnan(b->last) ? last_y : b->last;
        if (isnan(last_x) || isnan(last_y))
            continue;
        joined &= i - last_at <= x->hole_most + 1;
        points[(*count)++] = (struct plot_point){last_x, last_y, joined};
        joined = true;
        last_at = i;
    }
    return points;
}

double plot_moment(const struct view *view, uint32_t leaf)
{
    const struct trend *trend = leaf_trend(view, leaf);
    if (!trend || trend->flags & TREND_HELD)
        return NAN;
    return value_number(leaf_field(view, leaf), leaf_value(view, leaf));
}

/* --- scales --------------------------------------------------------------- */

/* What numbers up to `size` are divided by. */
static void choose_divisor(struct plot_scale *scale, enum show show,
                           double size)
{
    static const struct {
        double divisor;
        const char *prefix;
    } si[] = {{1e3, "k"}, {1e6, "M"}, {1e9, "G"}, {1e12, "T"}, {1e15, "P"}},
      iec[] = {{0x1p10, "Ki"},
               {0x1p20, "Mi"},
               {0x1p30, "Gi"},
               {0x1p40, "Ti"},
               {0x1p50, "Pi"}},
      durations[] = {{1, "s"},
                     {SECONDS_MINUTE, "min"},
                     {SECONDS_HOUR, "h"},
                     {SECONDS_DAY, "d"},
                     {INFINITY, ""}};
    scale->divisor = 1;
    scale->prefix = show == SHOW_DURATION ? "s" : "";
    for (size_t i = 0; i < 5; i++) {
        double divisor = show == SHOW_SI         ? si[i].divisor
                         : show == SHOW_IEC      ? iec[i].divisor
                         : show == SHOW_DURATION ? durations[i].divisor
                                                 : INFINITY;
        if (size < divisor * (show == SHOW_DURATION ? 2 : 1))
            return;
        scale->divisor = divisor;
        scale->prefix = show == SHOW_SI    ? si[i].prefix
                        : show == SHOW_IEC ? iec[i].prefix
                                           : durations[i].prefix;
    }
}

static void divide(struct plot_series *series, double divisor)
{
    for (size_t i = 0; divisor != 1 && i < series->count; i++) {
        struct plot_cell *cell = &series->cells[i];
        cell->min /= divisor;
        cell->max /= divisor;
        cell->first /= divisor;
        cell->last /= divisor;
    }
}

static size_t add_limit(struct plot_limit *limits, size_t count,
                        const struct limit *limit, bool crit)
{
    struct plot_limit line = {.style = crit ? STYLE_CRIT : STYLE_WARN,
                              .mark = crit ? "!!" : "!"};
    switch (limit->kind) {
    case LIMIT_BELOW:
    case LIMIT_AT_MOST:
        line.number = limit->low;
        line.below = true;
        break;
    case LIMIT_ABOVE:
    case LIMIT_AT_LEAST:
        line.number = limit->high;
        break;
    default:
        return count;
    }
    limits[count] = line;
    return count + 1;
}

size_t plot_limits(const struct plot_scale *scale, const struct field *field,
                   struct plot_limit *limits)
{
    size_t count = add_limit(limits, 0, &field->attr->warn, false);
    count = add_limit(limits, count, &field->attr->crit, true);
    CHECK(count <= PLOT_LIMITS_MOST);
    for (size_t i = 0; i < count; i++)
        limits[i].number /= scale->divisor;
    return count;
}

/* Includes the limits that are near to the numbers. */
static void reach_limits(const struct field *field, double *low, double *high,
                         double least)
{
    struct plot_limit limits[PLOT_LIMITS_MOST];
    const struct plot_scale plain = {.divisor = 1};
    double near = fmax(*high - *low, least) * LIMIT_PART;
    double from = *low - near, to = *high + near;
    size_t count = plot_limits(&plain, field, limits);
    for (size_t i = 0; i < count; i++)
        if (limits[i].number >= from && limits[i].number <= to) {
            *low = fmin(*low, limits[i].number);
            *high = fmax(*high, limits[i].number);
        }
}

bool plot_make_scale(struct plot_scale *scale, struct plot_series *series,
                     size_t count, const struct drawing *d,
                     struct fit_axis *fit)
{
    CHECK(count > 0);
    const struct field *field = leaf_field(d->view, series->leaf);
    double low = INFINITY, high = -INFINITY, positive = INFINITY;
    for (size_t i = 0; i < count; i++) {
        low = fmin(low, series[i].low);
        high = fmax(high, series[i].high);
        positive = fmin(positive, series[i].low_positive);
    }
    bool log = d->view->plot_log && positive <= high;
    double least = 0;
    *scale = (struct plot_scale){.divisor = 1, .prefix = ""};
    if (!(low <= high))
        return false;
    for (size_t i = 0; i < count; i++)
        least = fmax(least, trend_least(leaf_field(d->view, series[i].leaf),
                                        series[i].low, series[i].high));
    if (low == high && kind_is_integer(field->kind))
        least = fmax(least, 2);
    for (size_t i = 0; i < count; i++)
        reach_limits(leaf_field(d->view, series[i].leaf), &low, &high, least);
    if (log)
        low = fmin(positive, high);
    choose_divisor(scale, field->attr->show, fmax(fabs(low), fabs(high)));
    for (size_t i = 0; i < count; i++)
        divide(&series[i], scale->divisor);
    bool same = fit->known && fit->leaf == series->leaf &&
                fit->divisor == scale->divisor;
    scale->axis =
        axis_make(low / scale->divisor, high / scale->divisor,
                  least / scale->divisor, log, same ? &fit->axis : NULL);
    *fit = (struct fit_axis){series->leaf, true, scale->divisor, scale->axis};
    return true;
}

/* --- bands ---------------------------------------------------------------- */

void plot_put_state(struct buf *out, const struct drawing *d,
                    const struct field *field, double number)
{
    struct buf *text = d->canvas.shorter;
    buf_clear(text);
    buf_puts(text, "");
    bool small = fabs(number) < 0x1p53 && !field->attr->scaled;
    struct value value = {.type = VALUE_UINT};
    if (!small || floor(number) < number) {
        value_put_number_text(text, field, number, false);
    } else {
        if (field->kind == KIND_UINT || field->kind == KIND_BOOL)
            value.u = (uint64_t)number;
        else
            value = (struct value){.type = VALUE_INT, .i = (int64_t)number};
        value_put_text(text, field, &value, SHOW_DEFAULT, false);
    }
    draw_put_plain(out, &d->canvas, text->data);
}

static uint32_t state_style(const struct field *field, double number)
{
    return limit_broken(&field->attr->crit, number, 0)   ? STYLE_CRIT
           : limit_broken(&field->attr->warn, number, 0) ? STYLE_WARN
                                                         : STYLE_PLAIN;
}

/* What a band is in a column. */
struct column_state {
    double number; /* NaN: not known */
    bool begins;   /* it was another one in between */
};

static void find_states(struct column_state *states,
                        const struct plot_window *window,
                        const struct plot_series *series)
{
    double last = NAN;
    size_t last_at = 0;
    int done = 0; /* columns that are known */
    for (size_t i = 0; i < series->count; i++) {
        const struct plot_cell *cell = &series->cells[i];
        int column = (int)i / window->across;
        if (cell->gap)
            last = NAN;
        if (isnan(cell->last))
            continue;
        /* A state lasts from sample to sample. */
        bool goes_on = !isnan(last) && i - last_at <= series->hole_most + 1;
        for (; goes_on && done < column; done++)
            states[done].number = last;
        states[column].begins |=
            cell->min < cell->max || (!isnan(last) && cell->first != last);
        states[column].number = last = cell->last;
        last_at = i;
        done = column + 1;
    }
}

void plot_draw_band(const struct drawing *d, int row, int column,
                    const struct plot_window *window,
                    const struct plot_series *series)
{
    size_t columns = (size_t)window->columns;
    const struct field *field = leaf_field(d->view, series->leaf);
    struct column_state *states = mem_zalloc(columns, sizeof *states);
    struct band_run *runs = mem_zalloc(columns, sizeof *runs);
    size_t *texts = mem_zalloc(columns + 1, sizeof *texts);
    struct buf *text = &d->fit->text;
    size_t count = 0;
    for (size_t i = 0; i < columns; i++)
        states[i].number = NAN;
    find_states(states, window, series);
    buf_clear(text);
    buf_puts(text, "");
    for (size_t i = 0; i < columns; i++) {
        double number = states[i].number;
        bool same = i > 0 && !states[i].begins &&
                    (number == states[i - 1].number ||
                     (isnan(number) && isnan(states[i - 1].number)));
        if (same) {
            runs[count - 1].to++;
            continue;
        }
        bool known = !isnan(number);
        if (known)
            plot_put_state(text, d, field, number);
        runs[count] = (struct band_run){
            .from = (int)i,
            .to = (int)i + 1,
            .begins = known && states[i].begins,
            .known = known,
            .style = known ? state_style(field, number) : STYLE_PLAIN};
        texts[++count] = text->len;
    }
    for (size_t i = 0; i < count; i++) {
        runs[i].text = text->data + texts[i];
        runs[i].len = texts[i + 1] - texts[i];
    }
    draw_band(&d->canvas, row, column, runs, count);
    free(states);
    free(runs);
    free(texts);
}
