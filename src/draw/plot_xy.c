/* SPDX-License-Identifier: MIT */
/* Draws the path of two numbers, one against the other. */
#include <math.h>

#include "draw/plot.h"

struct point {
    int x, y;
};

static int place(const struct axis *axis, double number, int count)
{
    double part = axis_part(axis, number);
    return !(part > 0) ? 0 : part < 1 ? (int)(part * count) : count - 1;
}

/* Where the curve is in a cell; false if it is nowhere. */
static bool point_at(const struct plot_xy *plot, const struct dots *dots,
                     size_t cell, struct point *out)
{
    double x = plot->x[cell].last, y = plot->y[cell].last;
    if (isnan(axis_part(&plot->x_axis, x)) ||
        isnan(axis_part(&plot->y_axis, y)))
        return false;
    *out = (struct point){place(&plot->x_axis, x, dots->wide),
                          place(&plot->y_axis, y, dots->high)};
    return true;
}

static void put_mark(const struct canvas *canvas, struct area area,
                     const struct plot_xy *plot, const struct dots *dots,
                     struct point point, uint32_t code)
{
    int row = area.rows - 1 - point.y / graph_down(plot->graph);
    CHECK(row >= 0 && point.x < dots->wide);
    grid_put_code(canvas->grid, area.row + row,
                  area.column + point.x / graph_across(plot->graph), code,
                  STYLE_BOLD);
}

void draw_plot_xy(const struct canvas *canvas, struct area area,
                  const struct plot_xy *plot)
{
    CHECK(area.columns > 0 && area.rows > 0 && plot->x && plot->y);
    struct dots dots;
    struct point before = {0, 0}, shown = {0, 0};
    size_t before_at = 0;
    bool joined = false, known = false, has_shown = false;
    dots_open(&dots, plot->graph, area.columns, area.rows);
    for (size_t i = 0; i < plot->count; i++) {
        struct point point;
        if (plot->x[i].gap || plot->y[i].gap)
            joined = false;
        if (!point_at(plot, &dots, i, &point))
            continue;
        if (!joined || i - before_at > plot->hole_most + 1)
            before = point;
        dots_line(&dots, before.x, before.y, point.x, point.y, 0);
        before = point;
        before_at = i;
        joined = known = true;
        if ((int64_t)i <= plot->at) {
            shown = point;
            has_shown = true;
        }
    }
    for (int row = 0; row < area.rows; row++)
        for (int column = 0; column < area.columns; column++) {
            uint32_t code = dots_code(&dots, row, column);
            if (code)
                grid_put_code(canvas->grid, area.row + row,
                              area.column + column, code,
                              plot->style | STYLE_GRAPH);
        }
    if (known)
        put_mark(canvas, area, plot, &dots, before,
                 canvas->ascii ? 'o' : 0x25cb);
    if (has_shown)
        put_mark(canvas, area, plot, &dots, shown,
                 canvas->ascii ? '@' : 0x25cf);
    dots_free(&dots);
}
