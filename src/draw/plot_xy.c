/* SPDX-License-Identifier: MIT */
/* Draws the path of two numbers, one against the other. */
#include <math.h>

#include "draw/plot.h"

/* A place on the picture, in dots. */
struct dot {
    int x, y;
};

static int place(const struct axis *axis, double number, int count)
{
    double part = axis_part(axis, number);
    return !(part > 0) ? 0 : part < 1 ? (int)(part * count) : count - 1;
}

/* Where a point is; false if it is nowhere. */
static bool find_dot(const struct plot_xy *plot, const struct dots *dots,
                     const struct plot_point *point, struct dot *out)
{
    if (isnan(axis_part(&plot->x_axis, point->x)) ||
        isnan(axis_part(&plot->y_axis, point->y)))
        return false;
    *out = (struct dot){place(&plot->x_axis, point->x, dots->wide),
                        place(&plot->y_axis, point->y, dots->high)};
    return true;
}

static void put_mark(const struct canvas *canvas, struct area area,
                     const struct plot_xy *plot, const struct dots *dots,
                     struct dot dot, uint32_t code)
{
    int row = area.rows - 1 - dot.y / graph_down(plot->graph);
    CHECK(row >= 0 && dot.x < dots->wide);
    grid_put_code(canvas->grid, area.row + row,
                  area.column + dot.x / graph_across(plot->graph), code,
                  STYLE_BOLD);
}

/* Limits of `x`, from bottom to top. */
static void draw_x_limits(const struct canvas *canvas, struct area area,
                          const struct plot_xy *plot)
{
    for (size_t i = 0; i < plot->x_limit_count; i++) {
        const struct plot_limit *limit = &plot->x_limits[i];
        double part = axis_part(&plot->x_axis, limit->number);
        if (!(part >= 0 && part <= 1))
            continue;
        int column =
            area.column + area.columns - 1 - axis_row(part, area.columns);
        for (int k = 0; k < area.rows; k++)
            grid_put_code(canvas->grid, area.row + k, column,
                          canvas->ascii ? '|' : 0x2502, limit->style);
        draw_word(canvas, area.row, column, area.column + area.columns - column,
                  limit->mark, limit->style);
    }
}

void draw_plot_xy(const struct canvas *canvas, struct area area,
                  const struct plot_xy *plot)
{
    CHECK(area.columns > 0 && area.rows > 0);
    CHECK(plot->points || plot->count == 0);
    struct dots dots;
    struct dot before = {0, 0}, moment;
    bool known = false, broken = true;
    dots_open(&dots, plot->graph, area.columns, area.rows);
    for (size_t i = 0; i < plot->count; i++) {
        struct dot dot;
        broken |= !plot->points[i].joined;
        if (!find_dot(plot, &dots, &plot->points[i], &dot)) {
            broken = true;
            continue;
        }
        if (broken)
            before = dot;
        dots_line(&dots, before.x, before.y, dot.x, dot.y, 0);
        before = dot;
        known = true;
        broken = false;
    }
    draw_limits(canvas, area, &plot->y_axis, plot->y_limits,
                plot->y_limit_count);
    draw_x_limits(canvas, area, plot);
    for (int row = 0; row < area.rows; row++)
        for (int column = 0; column < area.columns; column++) {
            uint32_t code = dots_code(&dots, row, column);
            if (code)
                grid_put_code(canvas->grid, area.row + row,
                              area.column + column, code,
                              plot->style | STYLE_GRAPH);
        }
    if (known)
        put_mark(canvas, area, plot, &dots, before, PLOT_END(canvas->ascii));
    if (plot->moment && find_dot(plot, &dots, plot->moment, &moment))
        put_mark(canvas, area, plot, &dots, moment, PLOT_MOMENT(canvas->ascii));
    dots_free(&dots);
}
