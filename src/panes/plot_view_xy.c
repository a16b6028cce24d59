/* SPDX-License-Identifier: MIT */
/* The plot of one number against another. */
#include "panes/field_text.h"
#include "panes/plot_view.h"

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

/* The legend of one of the two, with its name on the axis. */
static void draw_xy_item(const struct picture *p, const struct panel *panel,
                         const struct legend *legend, size_t index, int row)
{
    int column = p->d->fit->plot.column;
    grid_put_code(p->d->canvas.grid, row, column, index ? 'y' : 'x',
                  STYLE_BOLD);
    legend_draw_item(p, panel, legend, index, row, column + 2,
                     p->area.column + p->area.columns - column - 2);
}

void plot_draw_xy(struct picture *p)
{
    const struct drawing *d = p->d;
    d->fit->plot.shown = 2;
    struct plot_scale scales[2];
    struct panel panel = {.count = 1, .items = 1};
    struct plot_fit *fit = &d->fit->plot;
    p->window = plot_window(d, p->area.columns);
    fit->column_ns = p->window.column_ns;
    for (size_t i = 0; i < 2; i++) {
        plot_read(&p->series[i], d, &p->window, p->series[i].leaf);
        if (!plot_make_scale(&scales[i], &p->series[i], 1, d, &fit->axes[i])) {
            draw_word(&d->canvas, p->area.row, p->area.column + 1,
                      p->area.columns - 1, "no numbers in this time",
                      STYLE_DIM);
            return;
        }
    }
    int times = p->area.rows >= TIMES_FROM ? 2 : 1;
    int rows = p->area.rows - 2 - times;
    if (rows < 1)
        return;
    int left = axis_width(&scales[1].axis, rows, axis_put_label, NULL) + 3;
    left =
        smaller(left > LABELS_LEAST ? left : LABELS_LEAST, p->area.columns / 2);
    fit->column = p->area.column + left;
    panel.count = 2;
    struct legend legend =
        legend_measure(p, &panel, p->area.columns - left - 2);
    panel.count = 1;
    for (size_t i = 0; i < 2; i++) {
        panel.first = i;
        draw_xy_item(p, &panel, &legend, i, p->area.row + (int)i);
    }
    int cursor = plot_cursor(d, &p->window);
    const struct plot_xy plot = {
        .graph = plot_graph(d),
        .x_axis = scales[0].axis,
        .y_axis = scales[1].axis,
        .x = p->series[0].cells,
        .y = p->series[1].cells,
        .count = p->series[0].count,
        .hole_most = p->series[0].hole_most,
        .at = cursor < 0 ? -1 : (int64_t)(cursor + 1) * p->window.across - 1,
        .style = STYLE_HEADING};
    int row = p->area.row + 2;
    axis_draw(&d->canvas, (struct area){row, rows, p->area.column, left},
              &scales[1].axis, axis_put_label, NULL);
    draw_plot_xy(&d->canvas,
                 (struct area){row, rows, fit->column, p->area.columns - left},
                 &plot);
    axis_draw_below(
        &d->canvas,
        (struct area){row + rows, times, fit->column, p->area.columns - left},
        &scales[0].axis);
}
