/* SPDX-License-Identifier: MIT */
/* The plot of the detail pane: one field, with as much of its axes as there are
 * rows for. The plot of several is plot_view.c. */
#include <math.h>

#include "draw/sparkline.h"
#include "panes/detail.h"
#include "panes/plot_data.h"
#include "view/rows.h"

#define LABELS_LEAST 7
#define COLUMNS_LEAST 24
#define TIMES_FROM 5 /* rows from which there are times */
#define TIMES_TWO 10 /* and from which they have two */

/* A plot at hand: of its area, `left` columns are for labels. */
struct small_plot {
    const struct drawing *d;
    struct area area;
    bool state;
    int times, left; /* rows of times, columns of labels */
    struct plot_window window;
    struct plot_series series;
    struct plot_scale scale;
};

/* "3.9..4.7" */
static struct buf *range_text(const struct drawing *d, const struct axis *axis)
{
    struct tick ticks[TICKS_MOST];
    struct buf *text = &d->fit->text;
    axis_ticks(axis, 1, ticks);
    buf_clear(text);
    axis_put_label(text, NULL, &ticks[0]);
    buf_puts(text, "..");
    axis_put_label(text, NULL, &ticks[1]);
    return text;
}

/* The columns that the labels of an axis need. */
static int labels_width(const struct drawing *d, const struct axis *axis,
                        int rows)
{
    return rows > 1 ? axis_width(axis, rows, axis_put_label, NULL) + 2
                    : (int)range_text(d, axis)->len + 1;
}

/* The columns beside labels are read, and labels depend on what is read. */
static bool read_plot(struct small_plot *p, uint32_t leaf)
{
    struct fit_axis *fit = &p->d->fit->detail_axis;
    int rows = p->area.rows - p->times;
    int need = p->state ? 1 : LABELS_LEAST;
    if (!p->state && fit->known && fit->leaf == leaf)
        need = labels_width(p->d, &fit->axis, rows);
    while (p->left < need) {
        p->left = need;
        p->window = plot_window(p->d, p->area.columns - p->left);
        plot_free(&p->series);
        plot_read(&p->series, p->d, &p->window, leaf);
        if (p->state)
            return p->series.low <= p->series.high;
        if (!plot_make_scale(&p->scale, &p->series, 1, p->d, fit))
            return false;
        need = labels_width(p->d, &p->scale.axis, rows);
        if (need > p->area.columns / 2)
            return true;
    }
    return true;
}

static void draw_curve(const struct small_plot *p, struct area area)
{
    const struct drawing *d = p->d;
    struct plot_limit limits[PLOT_LIMITS_MOST];
    const struct plot_curve curve = {p->series.cells, STYLE_HEADING, 'a'};
    const struct plot plot = {
        .graph = plot_graph(d),
        .axis = p->scale.axis,
        .curves = &curve,
        .curve_count = 1,
        .count = p->series.count,
        .hole_most = p->series.hole_most,
        .limits = limits,
        .limit_count =
            plot_limits(&p->scale, leaf_field(d->view, p->series.leaf), limits),
        .cursor = plot_cursor(d, &p->window),
        .baseline = plot_baseline(d, &p->window)};
    axis_draw(&d->canvas,
              (struct area){area.row, area.rows, p->area.column, p->left},
              &p->scale.axis, axis_put_label, NULL);
    draw_plot(&d->canvas, area, &plot);
}

/* In one row bars show more than a curve. */
static void draw_bars(const struct small_plot *p, struct area area)
{
    const struct drawing *d = p->d;
    double numbers[GRID_COLUMNS_MAX];
    for (int i = 0; i < area.columns; i++) {
        numbers[i] = NAN;
        for (int k = 0; k < p->window.across; k++) {
            const struct plot_cell *cell =
                &p->series.cells[i * p->window.across + k];
            numbers[i] = isnan(cell->last) ? numbers[i] : cell->last;
        }
    }
    struct buf *text = range_text(p->d, &p->scale.axis);
    draw_text(&d->canvas, area.row, p->area.column, p->left - 1, ALIGN_LEFT,
              text->data, text->len, STYLE_DIM);
    draw_sparkline(
        &d->canvas, area.row, area.column, numbers, (size_t)area.columns,
        (struct scale){p->scale.axis.low, p->scale.axis.high}, STYLE_HEADING);
}

static int draw_small_plot(const struct small_plot *p)
{
    int64_t local_ns[GRID_COLUMNS_MAX + 1];
    struct area area = {p->area.row, p->state ? 1 : p->area.rows - p->times,
                        p->area.column + p->left, p->window.columns};
    if (p->state)
        plot_draw_band(p->d, area.row, area.column, &p->window, &p->series);
    else if (area.rows == 1)
        draw_bars(p, area);
    else
        draw_curve(p, area);
    if (!p->times)
        return area.rows;
    plot_times(leaf_target(p->d->view, p->series.leaf), &p->window, local_ns);
    axis_draw_times(&p->d->canvas,
                    (struct area){area.row + area.rows, p->times, area.column,
                                  area.columns},
                    local_ns);
    return area.rows + p->times;
}

int detail_put_plot(const struct drawing *d, struct area area, uint32_t leaf)
{
    bool state = field_plot_kind(leaf_field(d->view, leaf)) == PLOT_STATE;
    if (area.rows < 1 || area.columns < COLUMNS_LEAST ||
        plot_problem(d->view, leaf))
        return 0;
    struct small_plot p = {.d = d, .area = area};
    p.state = state;
    if (state)
        p.times = area.rows < 3 ? area.rows - 1 : 2;
    else
        p.times = area.rows < TIMES_FROM ? 0 : area.rows < TIMES_TWO ? 1 : 2;
    int rows = read_plot(&p, leaf) ? draw_small_plot(&p) : 0;
    plot_free(&p.series);
    return rows;
}
