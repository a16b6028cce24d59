/* SPDX-License-Identifier: MIT */
/* Draws meters, to an eighth of a cell. */
#include "draw/meter.h"

#include <math.h>

#define EIGHTHS 8

struct glyphs {
    uint32_t left, right, full, mark;
};

static const struct glyphs blocks = {0x2590, 0x258c, 0x2588, 0x254e};
static const struct glyphs ascii = {'[', ']', '#', ':'};

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

/* The bar's glyph in a cell of which `eighths` are filled; 0: none. */
static uint32_t bar_glyph(const struct canvas *canvas, int eighths)
{
    if (eighths >= EIGHTHS)
        return canvas->ascii ? ascii.full : blocks.full;
    if (canvas->ascii)
        return eighths * 2 >= EIGHTHS ? ascii.full : 0;
    return eighths > 0 ? blocks.full + (uint32_t)(EIGHTHS - eighths) : 0;
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
    int filled = (int)lround(bar * cells * EIGHTHS);
    grid_put_code(canvas->grid, row, column, glyphs->left, style);
    for (int cell = 0; cell < cells; cell++) {
        uint32_t glyph = bar_glyph(canvas, filled - cell * EIGHTHS);
        grid_put_code(canvas->grid, row, column + 1 + cell, glyph ? glyph : ' ',
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
