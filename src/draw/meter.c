/* SPDX-License-Identifier: MIT */
/* Draws meters, to half a cell. Their bars are lower than a row: blocks of the
 * whole height would melt into those of the next one. */
#include "draw/meter.h"

#include <math.h>

struct glyphs {
    uint32_t left, right, full, half, empty, mark;
};

static const struct glyphs blocks = {0x2595, 0x258f, 0x2585,
                                     0x2582, 0x2581, 0x2502};
static const struct glyphs ascii = {'[', ']', '#', '#', ' ', ':'};

static bool is_inside(double fraction)
{
    return fraction >= 0 && fraction <= 1;
}

static int cell_of(const struct meter_mark *mark, int cells)
{
    if (!(mark->fraction > 0))
        return 0;
    return mark->fraction < 1 ? (int)(mark->fraction * cells) : cells - 1;
}

static bool is_beyond(double fraction, const struct meter_mark *mark)
{
    return mark->below ? fraction < mark->fraction : fraction > mark->fraction;
}

/* The style of a cell of the bar. A bar below a limit is beyond it as a whole,
 * of one above a limit only what comes after it. */
static uint32_t cell_style(int cell, int cells, double fraction, uint32_t style,
                           const struct meter_mark *marks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_beyond(fraction, &marks[i]) &&
            (marks[i].below || cell >= cell_of(&marks[i], cells)))
            style = marks[i].style | STYLE_GRAPH;
    return style;
}

void draw_meter(const struct canvas *canvas, int row, int column, int columns,
                double fraction, uint32_t style, const struct meter_mark *marks,
                size_t count)
{
    CHECK(canvas->grid && (marks || count == 0));
    const struct glyphs *glyphs = canvas->ascii ? &ascii : &blocks;
    if (columns < 3)
        return;
    int cells = columns - 2;
    style |= STYLE_GRAPH;
    double bar = isnan(fraction) || fraction < 0 ? 0
                 : fraction > 1                  ? 1
                                                 : fraction;
    int halves = (int)lround(bar * cells * 2);
    grid_put_code(canvas->grid, row, column, glyphs->left, style);
    for (int cell = 0; cell < cells; cell++) {
        int filled = halves - 2 * cell;
        uint32_t glyph = filled > 1    ? glyphs->full
                         : filled == 1 ? glyphs->half
                                       : glyphs->empty;
        grid_put_code(canvas->grid, row, column + 1 + cell, glyph,
                      cell_style(cell, cells, fraction, style, marks, count));
    }
    for (size_t i = 0; i < count; i++)
        if (is_inside(marks[i].fraction))
            grid_put_code(canvas->grid, row,
                          column + 1 + cell_of(&marks[i], cells), glyphs->mark,
                          is_beyond(fraction, &marks[i])
                              ? marks[i].style | STYLE_GRAPH
                              : style);
    grid_put_code(canvas->grid, row, column + columns - 1, glyphs->right,
                  style);
}
