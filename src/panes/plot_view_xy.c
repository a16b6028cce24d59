/* SPDX-License-Identifier: MIT */
/* The plot of one number against another. */
#include <stdlib.h>
#include <string.h>

#include "panes/field_text.h"
#include "panes/plot_view.h"

#define MARKS_FROM 60 /* columns from which the marks are explained */
#define MARKS_COLUMNS 15

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

/* The plot while it is drawn: `x` is index 0. */
struct two {
    struct picture *p;
    struct plot_scale scales[2];
    struct plot_limit limits[2][PLOT_LIMITS_MOST];
    size_t limit_counts[2];
    int names, times; /* rows below: of the name of x, of its axis */
    int rows, left;
};

/* The legend of one of the two, with its name on the axis, and at its end what
 * a mark of the plot is. */
static void draw_xy_item(const struct picture *p, const struct legend *legend,
                         size_t index, int row)
{
    const struct canvas *canvas = &p->d->canvas;
    const struct panel panel = {.first = index, .count = 1, .items = 1};
    int column = p->d->fit->plot.column;
    int columns = p->area.column + p->area.columns - column;
    int marks = columns >= MARKS_FROM ? MARKS_COLUMNS : 0;
    grid_put_code(canvas->grid, row, column, index ? 'y' : 'x', STYLE_BOLD);
    legend_draw_item(p, &panel, legend, index, row, column + 2,
                     columns - 2 - marks);
    if (!marks || (index && !p->d->view->held))
        return;
    column += columns - marks + 1;
    grid_put_code(canvas->grid, row, column,
                  index ? PLOT_END(canvas->ascii) : PLOT_MOMENT(canvas->ascii),
                  STYLE_BOLD);
    draw_word(canvas, row, column + 2, marks - 3,
              index              ? "the end"
              : p->d->view->held ? "the moment"
                                 : "now",
              STYLE_DIM);
}

/* "Mi" and "B", or what there is of them. */
static void put_unit(struct buf *out, const struct two *two, size_t index)
{
    buf_puts(out, two->scales[index].prefix);
    draw_put_plain(out, &two->p->d->canvas,
                   plot_field(two->p, index)->attr->unit);
}

/* The unit of y over its labels, and what x is below its axis. */
static void draw_names(const struct two *two)
{
    const struct drawing *d = two->p->d;
    const struct area *area = &two->p->area;
    struct buf *text = &d->fit->text;
    buf_clear(text);
    buf_puts(text, "");
    put_unit(text, two, 1);
    draw_text(&d->canvas, area->row + 1, area->column, two->left - 2,
              ALIGN_RIGHT, text->data, text->len, STYLE_DIM);
    if (!two->names)
        return;
    buf_clear(text);
    draw_put_label(text, d, two->p->series[0].leaf);
    buf_putc(text, ' ');
    put_unit(text, two, 0);
    draw_text(&d->canvas, area->row + area->rows - 1, d->fit->plot.column,
              area->columns - two->left, ALIGN_RIGHT, text->data, text->len,
              STYLE_DIM);
}

static void draw_points(const struct two *two)
{
    const struct drawing *d = two->p->d;
    const struct plot_series *series = two->p->series;
    const struct plot_point moment = {
        plot_moment(d->view, series[0].leaf) / two->scales[0].divisor,
        plot_moment(d->view, series[1].leaf) / two->scales[1].divisor, false};
    size_t count;
    struct plot_point *points = plot_pair(&series[0], &series[1], &count);
    const struct plot_xy plot = {.graph = plot_graph(d),
                                 .x_axis = two->scales[0].axis,
                                 .y_axis = two->scales[1].axis,
                                 .points = points,
                                 .count = count,
                                 .moment = &moment,
                                 .x_limits = two->limits[0],
                                 .y_limits = two->limits[1],
                                 .x_limit_count = two->limit_counts[0],
                                 .y_limit_count = two->limit_counts[1],
                                 .style = STYLE_HEADING};
    draw_plot_xy(&d->canvas,
                 (struct area){two->p->area.row + 2, two->rows,
                               d->fit->plot.column,
                               two->p->area.columns - two->left},
                 &plot);
    free(points);
}

/* Reads both, and chooses their axes. False if there are no numbers. */
static bool read_two(struct two *two)
{
    struct picture *p = two->p;
    const struct drawing *d = p->d;
    struct plot_window fine = plot_finely(d, p->series[0].leaf, &p->window);
    for (size_t i = 0; i < 2; i++) {
        plot_read(&p->series[i], d, &fine, p->series[i].leaf);
        if (!plot_make_scale(&two->scales[i], &p->series[i], 1, d,
                             &d->fit->plot.axes[i]))
            return false;
        two->limit_counts[i] =
            plot_limits(&two->scales[i], plot_field(p, i), two->limits[i]);
    }
    return true;
}

void plot_draw_xy(struct picture *p)
{
    const struct drawing *d = p->d;
    struct plot_fit *fit = &d->fit->plot;
    struct two two = {.p = p};
    fit->shown = 2;
    p->window = plot_window(d, p->area.columns);
    fit->column_ns = p->window.column_ns;
    if (!read_two(&two)) {
        draw_word(&d->canvas, p->area.row, p->area.column + 1,
                  p->area.columns - 1, "no numbers in this time", STYLE_DIM);
        return;
    }
    two.names = two.times = p->area.rows >= TIMES_FROM;
    two.times++;
    two.rows = p->area.rows - 2 - two.times - two.names;
    if (two.rows < 1)
        return;
    two.left =
        axis_width(&two.scales[1].axis, two.rows, axis_put_label, NULL) + 3;
    two.left = smaller(two.left > LABELS_LEAST ? two.left : LABELS_LEAST,
                       p->area.columns / 2);
    fit->column = p->area.column + two.left;
    const struct panel both = {.count = 2, .items = 1};
    struct legend legend =
        legend_measure(p, &both, p->area.columns - two.left - 2);
    for (size_t i = 0; i < 2; i++)
        draw_xy_item(p, &legend, i, p->area.row + (int)i);
    draw_names(&two);
    int row = p->area.row + 2;
    axis_draw(&d->canvas,
              (struct area){row, two.rows, p->area.column, two.left},
              &two.scales[1].axis, axis_put_label, NULL);
    draw_points(&two);
    axis_draw_below(&d->canvas,
                    (struct area){row + two.rows, two.times, fit->column,
                                  p->area.columns - two.left},
                    &two.scales[0].axis);
}
