/* SPDX-License-Identifier: MIT */
/* Draws curves over time: the range of each cell, joined to the cell before,
 * limits behind them, letters at their ends. */
#include "draw/plot.h"

#include <math.h>

#define LINES_FROM 4     /* rows from which limits are lines */
#define LETTERS_APART 16 /* columns between letters on a curve */

/* The dot of a part of an axis of `high` dots; -1: it is on none. */
static int dot_of(const struct axis *axis, double number, int high)
{
    double part = axis_part(axis, number);
    if (!(part >= 0))
        return part < 0 ? 0 : -1;
    return part < 1 ? (int)(part * high) : high - 1;
}

/* The dots of a cell, or all -1. */
struct mark {
    int low, high, first, last;
};

static struct mark mark_of(const struct axis *axis,
                           const struct plot_cell *cell, int high)
{
    struct mark mark = {
        dot_of(axis, cell->min, high), dot_of(axis, cell->max, high),
        dot_of(axis, cell->first, high), dot_of(axis, cell->last, high)};
    /* On a logarithmic axis only a part of the cell may have a place. */
    if (mark.high < 0)
        return (struct mark){-1, -1, -1, -1};
    mark.low = mark.low < 0 ? 0 : mark.low;
    mark.first = mark.first < 0 ? mark.low : mark.first;
    mark.last = mark.last < 0 ? mark.low : mark.last;
    return mark;
}

static void add_curve(struct dots *dots, const struct plot *plot, size_t index)
{
    const struct plot_cell *cells = plot->curves[index].cells;
    struct mark before = {-1, -1, -1, -1};
    size_t before_at = 0;
    for (size_t i = 0; i < plot->count; i++) {
        if (cells[i].gap)
            before.last = -1;
        struct mark mark = mark_of(&plot->axis, &cells[i], dots->high);
        if (mark.high < 0) {
            if (!isnan(cells[i].max)) /* a number that has no place */
                before.last = -1;
            continue;
        }
        if (before.last >= 0 && i - before_at <= plot->hole_most + 1)
            dots_line(dots, (int)before_at, before.last, (int)i, mark.first,
                      (uint8_t)index);
        dots_rise(dots, (int)i, mark.low, mark.high, (uint8_t)index);
        before = mark;
        before_at = i;
    }
}

/* How many dots high the cells of a curve are, in the mean; 0 if that is less
 * than a character. */
static double thickness(const struct plot *plot, size_t index, int high)
{
    double sum = 0, count = 0;
    for (size_t i = 0; i < plot->count; i++) {
        struct mark mark =
            mark_of(&plot->axis, &plot->curves[index].cells[i], high);
        sum += mark.high - mark.low;
        count += mark.high >= 0;
    }
    return count > 0 && sum / count >= graph_down(plot->graph) ? sum / count
                                                               : 0;
}

/* Thick curves are under thin ones, which they would hide. */
static void add_curves(struct dots *dots, const struct plot *plot)
{
    size_t order[PLOT_CURVES_MOST];
    double thick[PLOT_CURVES_MOST];
    for (size_t i = 0; i < plot->curve_count; i++) {
        size_t at = i;
        thick[i] = thickness(plot, i, dots->high);
        for (; at > 0 && thick[order[at - 1]] > thick[i]; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    for (size_t i = 0; i < plot->curve_count; i++) {
        dots->under = thick[order[i]] > 0;
        add_curve(dots, plot, order[i]);
    }
}

/* --- limits --------------------------------------------------------------- */

void draw_limits(const struct canvas *canvas, struct area area,
                 const struct axis *axis, const struct plot_limit *limits,
                 size_t count)
{
    CHECK(limits || count == 0);
    for (size_t i = 0; i < count && area.rows >= LINES_FROM; i++) {
        const struct plot_limit *limit = &limits[i];
        double part = axis_part(axis, limit->number);
        if (!(part >= 0 && part <= 1))
            continue;
        int row = axis_row(part, area.rows);
        for (int k = 0; k < area.columns; k++)
            grid_put_code(canvas->grid, area.row + row, area.column + k,
                          canvas->ascii ? '=' : 0x2500, limit->style);
        int width = draw_word(canvas, area.row + row, area.column, area.columns,
                              limit->mark, limit->style);
        grid_put_code(canvas->grid, area.row + row, area.column + width, ' ',
                      STYLE_PLAIN);
    }
}

/* The style of a row of a single curve: that of the limit that it is beyond. */
static uint32_t row_style(const struct plot *plot, int row, int rows,
                          uint32_t style)
{
    for (size_t i = 0; i < plot->limit_count; i++) {
        const struct plot_limit *limit = &plot->limits[i];
        double part = axis_part(&plot->axis, limit->number);
        if (isnan(part))
            continue;
        int at = axis_row(part, rows);
        bool outside = part < 0 || part > 1;
        bool beyond = limit->below ? row > at || (outside && part > 1)
                                   : row < at || (outside && part < 0);
        if (beyond)
            style = limit->style & STYLE_ROLE;
    }
    return style;
}

/* --- curves --------------------------------------------------------------- */

static void put_dots(const struct canvas *canvas, struct area area,
                     const struct plot *plot, const struct dots *dots)
{
    bool letters = plot->curve_count > 1 && plot->graph == GRAPH_ASCII;
    for (int row = 0; row < dots->rows; row++)
        for (int column = 0; column < dots->columns; column++) {
            uint32_t code = dots_code(dots, row, column);
            if (!code)
                continue;
            const struct plot_curve *curve =
                &plot->curves[dots_owner(dots, row, column)];
            uint32_t style = curve->style;
            if (plot->curve_count == 1)
                style = row_style(plot, row, dots->rows, style);
            if (letters)
                code = (uint32_t)curve->letter;
            grid_put_code(canvas->grid, area.row + row, area.column + column,
                          code, style | STYLE_GRAPH);
        }
}

static void draw_cursor(const struct canvas *canvas, struct area area,
                        const struct plot *plot, const struct dots *dots)
{
    if (plot->cursor < 0 || plot->cursor >= area.columns)
        return;
    for (int row = 0; row < area.rows; row++)
        if (dots_code(dots, row, plot->cursor))
            grid_style(canvas->grid, area.row + row, area.column + plot->cursor,
                       1, STYLE_BOLD);
        else
            grid_put_code(canvas->grid, area.row + row,
                          area.column + plot->cursor,
                          canvas->ascii ? '|' : 0x2502, STYLE_PLAIN);
}

/* A dashed line, under the curves. */
static void draw_baseline(const struct canvas *canvas, struct area area,
                          const struct plot *plot)
{
    if (plot->baseline < 0 || plot->baseline >= area.columns)
        return;
    for (int row = 0; row < area.rows; row++)
        grid_put_code(canvas->grid, area.row + row,
                      area.column + plot->baseline,
                      PLOT_BASELINE(canvas->ascii), STYLE_PLAIN);
}

/* Letters on the curves, which tell them apart without colour. */
static void draw_letters_on(const struct canvas *canvas, struct area area,
                            const struct plot *plot, const struct dots *dots)
{
    int across = graph_across(plot->graph);
    for (size_t i = 0; i < plot->curve_count; i++) {
        int from =
            LETTERS_APART / 2 + LETTERS_APART * (int)i / (int)plot->curve_count;
        for (int k = from; k < area.columns; k += LETTERS_APART) {
            const struct plot_cell *cell = &plot->curves[i].cells[k * across];
            double part = axis_part(&plot->axis, cell->last);
            if (isnan(part))
                continue;
            int row = axis_row(part, area.rows);
            if (dots_code(dots, row, k) && dots_owner(dots, row, k) == i)
                grid_put_code(canvas->grid, area.row + row, area.column + k,
                              (uint32_t)plot->curves[i].letter,
                              plot->curves[i].style | STYLE_BOLD);
        }
    }
}

/* The row of a curve's last number, -1: it has none. */
static int end_row(const struct plot *plot, size_t index, int rows)
{
    const struct plot_cell *cells = plot->curves[index].cells;
    for (size_t i = plot->count; i-- > 0;) {
        double part = axis_part(&plot->axis, cells[i].last);
        if (!isnan(part))
            return axis_row(part, rows);
    }
    return -1;
}

/* Each letter takes the free row that is nearest to its curve's end. */
static void draw_letters(const struct canvas *canvas, struct area area,
                         const struct plot *plot)
{
    bool taken[GRID_ROWS_MAX] = {false};
    int column = area.column + area.columns;
    for (size_t i = 0; i < plot->curve_count; i++) {
        int end = end_row(plot, i, area.rows);
        for (int k = 0; end >= 0 && k < 2 * area.rows; k++) {
            int row = end + (k % 2 ? -(k + 1) / 2 : k / 2);
            if (row < 0 || row >= area.rows || taken[row])
                continue;
            taken[row] = true;
            grid_put_code(canvas->grid, area.row + row, column,
                          (uint32_t)plot->curves[i].letter,
                          plot->curves[i].style | STYLE_BOLD);
            break;
        }
    }
}

void draw_plot(const struct canvas *canvas, struct area area,
               const struct plot *plot)
{
    CHECK(plot->curves && plot->curve_count > 0 &&
          plot->curve_count <= PLOT_CURVES_MOST);
    CHECK(plot->limits || plot->limit_count == 0);
    int across = graph_across(plot->graph);
    bool letters = plot->curve_count > 1;
    area.columns -= letters;
    CHECK(area.columns > 0 && area.rows > 0);
    CHECK(plot->count == (size_t)(area.columns * across));
    struct dots dots;
    dots_open(&dots, plot->graph, area.columns, area.rows);
    add_curves(&dots, plot);
    draw_limits(canvas, area, &plot->axis, plot->limits, plot->limit_count);
    draw_baseline(canvas, area, plot);
    put_dots(canvas, area, plot, &dots);
    if (letters && plot->graph != GRAPH_ASCII)
        draw_letters_on(canvas, area, plot, &dots);
    draw_cursor(canvas, area, plot, &dots);
    if (letters)
        draw_letters(canvas, area, plot);
    dots_free(&dots);
}
