/* SPDX-License-Identifier: MIT */
/*
 * Bytes for a terminal.  Invariant: only safe characters leave, whatever the
 * grid holds, and where the cursor may not be where we think (behind wide or
 * combining characters, at the right edge) it is placed anew.
 *
 * Curses could do this, but it takes attributes off and sends each cell in a
 * write of its own: three times the bytes and five times the time.
 */
#include "ui/paint.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* A look is what a terminal makes of a style: these bits, and in the upper
 * ones the number of a foreground colour (30-37, 0: its own). */
enum {
    LOOK_BOLD = 1,
    LOOK_DIM = 2,
    LOOK_UNDERLINE = 4,
    LOOK_REVERSE = 8,
    LOOK_COLOR = 16,
};

static unsigned color_of(uint32_t style)
{
    return style & STYLE_BAD      ? 31
           : style & STYLE_WARN   ? 33
           : style & STYLE_GOOD   ? 32
           : style & STYLE_ACCENT ? 36
                                  : 0;
}

static unsigned look_of(const struct paint_options *can, uint32_t style)
{
    unsigned look = 0;
    if (can->bold && (style & STYLE_BOLD))
        look |= LOOK_BOLD;
    if (can->dim && (style & STYLE_DIM))
        look |= LOOK_DIM;
    if (can->underline && (style & STYLE_UNDERLINE))
        look |= LOOK_UNDERLINE;
    if (can->reverse && (style & STYLE_REVERSE))
        look |= LOOK_REVERSE;
    if (can->color)
        look |= color_of(style) * LOOK_COLOR;
    return look;
}

/* What shows on a blank. */
static unsigned blank_part(unsigned look)
{
    return look & (LOOK_UNDERLINE | LOOK_REVERSE);
}

static bool is_blank(const struct cell *cell)
{
    return cell->code[0] == ' ' && cell->code[1] == 0;
}

static bool same_cell(const struct paint *paint, const struct cell *a,
                      const struct cell *b)
{
    if (memcmp(a->code, b->code, sizeof(a->code)) != 0)
        return false;
    if (a->style == b->style)
        return true;
    unsigned one = look_of(&paint->options, a->style);
    unsigned two = look_of(&paint->options, b->style);
    if (is_blank(a))
        return blank_part(one) == blank_part(two);
    return one == two;
}

static void put_look(struct paint *paint, unsigned look, struct buf *out)
{
    static const char codes[] = "1247"; /* of the four bits */
    unsigned have = paint->look;
    if (have == look)
        return;
    unsigned have_color = have / LOOK_COLOR, color = look / LOOK_COLOR;
    unsigned lost = have & ~look & (LOOK_COLOR - 1);
    bool reset = lost || (have_color && !color);
    buf_puts(out, "\033[");
    if (reset) {
        have = have_color = 0;
        if (look)
            buf_putc(out, '0');
    }
    const char *separator = reset && look ? ";" : "";
    for (unsigned i = 0; i < 4; i++) {
        if ((look & ~have) & (1u << i)) {
            buf_printf(out, "%s%c", separator, codes[i]);
            separator = ";";
        }
    }
    if (color != have_color)
        buf_printf(out, "%s%u", separator, color);
    buf_putc(out, 'm');
    paint->look = look;
}

static const struct cell *row_cells(const struct grid *grid, int row)
{
    return grid->cells + (size_t)row * (size_t)grid->columns;
}

/* Whether a cell is one byte on the wire and one column on any terminal. */
static bool is_plain(const struct cell *cell)
{
    return cell->code[0] >= 0x20 && cell->code[0] < 0x7f && cell->code[1] == 0;
}

/* Writing over the few cells between is shorter than an address. */
static bool put_between(struct paint *paint, const struct cell *cells,
                        int column, struct buf *out)
{
    for (int i = paint->column; i < column; i++) {
        unsigned look = look_of(&paint->options, cells[i].style);
        bool same = is_blank(&cells[i])
                        ? blank_part(look) == blank_part(paint->look)
                        : look == paint->look;
        if (!is_plain(&cells[i]) || !same)
            return false;
    }
    for (int i = paint->column; i < column; i++)
        buf_putc(out, (char)cells[i].code[0]);
    return true;
}

static void put_move(struct paint *paint, const struct cell *cells, int row,
                     int column, struct buf *out)
{
    int ahead = column - paint->column;
    if (paint->row == row && ahead == 0)
        return;
    bool near = paint->row == row;
    if (near && ahead < 0 && ahead >= -4) {
        for (; ahead < 0; ahead++)
            buf_putc(out, '\b');
    } else if (near && ahead > 0 && ahead <= 4 &&
               put_between(paint, cells, column, out)) {
        /* done */
    } else if (near && column == 0) {
        buf_putc(out, '\r');
    } else if (near && ahead == 1) {
        buf_puts(out, "\033[C");
    } else if (near && ahead > 0) {
        buf_printf(out, "\033[%dC", ahead);
    } else if (column == 0) {
        buf_printf(out, "\033[%dH", row + 1);
    } else {
        buf_printf(out, "\033[%d;%dH", row + 1, column + 1);
    }
    paint->row = row;
    paint->column = column;
}

/* Characters beyond ASCII that are one column wide wherever they exist. */
static bool is_steady(uint32_t code)
{
    return (code >= 0x20 && code < 0x7f) || (code >= 0xa1 && code <= 0x24f) ||
           (code >= 0x2500 && code <= 0x259f) || code == 0x25b8 ||
           code == 0x2026;
}

static void put_cell(struct paint *paint, const struct grid *grid, int row,
                     int column, struct buf *out)
{
    const struct cell *cells = row_cells(grid, row);
    const struct cell *cell = &cells[column];
    bool wide = column + 1 < grid->columns && cells[column + 1].code[0] == 0;
    unsigned look = look_of(&paint->options, cell->style);
    put_move(paint, cells, row, column, out);
    if (!is_blank(cell) || blank_part(look) != blank_part(paint->look))
        put_look(paint, look, out);
    if (paint->options.ascii || !text_is_safe(cell->code[0])) {
        bool ok = cell->code[0] >= 0x20 && cell->code[0] < 0x7f;
        buf_putc(out, ok ? (char)cell->code[0] : '?');
        if (wide)
            buf_putc(out, '?');
        paint->column += wide ? 2 : 1;
    } else {
        if (wide) {
            /* A terminal that takes it for narrow must not keep what was
             * there. */
            buf_puts(out, "  ");
            paint->column += 2;
            put_move(paint, cells, row, column, out);
        }
        for (int i = 0; i < CELL_CODES && cell->code[i]; i++) {
            if (text_is_safe(cell->code[i]))
                text_put_code(out, cell->code[i]);
        }
        paint->column += wide ? 2 : 1;
        if (!is_steady(cell->code[0]) || cell->code[1])
            paint->row = -1;
    }
    if (paint->column >= grid->columns)
        paint->row = -1;
}

/* From which column on a row is blank in the terminal's own background. */
static int blank_from(const struct paint *paint, const struct cell *cells,
                      int columns)
{
    while (columns > 0 && is_blank(&cells[columns - 1]) &&
           !blank_part(look_of(&paint->options, cells[columns - 1].style)))
        columns--;
    return columns;
}

static int last_difference(const struct paint *paint, const struct grid *grid,
                           int row)
{
    const struct cell *old = row_cells(&paint->shown, row);
    const struct cell *new = row_cells(grid, row);
    int column = grid->columns - 1;
    while (column >= 0 && same_cell(paint, &old[column], &new[column]))
        column--;
    return column;
}

static void paint_row(struct paint *paint, const struct grid *grid, int row,
                      struct buf *out)
{
    struct cell *old = paint->shown.cells + (size_t)row * (size_t)grid->columns;
    const struct cell *new = row_cells(grid, row);
    size_t bytes = (size_t)grid->columns * sizeof(*new);
    if (memcmp(old, new, bytes) == 0)
        return;
    int last = last_difference(paint, grid, row);
    int blank = blank_from(paint, new, grid->columns);
    /* Erasing what is left costs about as much as six blanks. */
    bool erase = paint->options.erase && last - blank >= 6;
    if (last >= 0 && row == grid->rows - 1 && paint->options.keep_corner &&
        last == grid->columns - 1)
        last--;
    int end = erase ? blank : last + 1;
    for (int column = 0; column < end; column++) {
        bool same = same_cell(paint, &old[column], &new[column]);
        bool wide = column + 1 < grid->columns && new[column + 1].code[0] == 0;
        if (wide)
            same = same && same_cell(paint, &old[column + 1], &new[column + 1]);
        if (!same && new[column].code[0] != 0)
            put_cell(paint, grid, row, column, out);
    }
    if (erase) {
        put_move(paint, new, row, blank, out);
        if (blank_part(paint->look))
            put_look(paint, 0, out);
        buf_puts(out, "\033[K");
    }
    memcpy(old, new, bytes);
}

void paint_grid(struct paint *paint, const struct grid *grid, struct buf *out)
{
    if (!paint->valid || paint->shown.columns != grid->columns ||
        paint->shown.rows != grid->rows) {
        grid_reset(&paint->shown, grid->columns, grid->rows);
        paint->look = 0;
        paint->row = paint->column = 0;
        paint->valid = true;
        buf_puts(out, "\033[m\033[H\033[2J");
    }
    for (int row = 0; row < grid->rows; row++)
        paint_row(paint, grid, row, out);
}

void paint_forget(struct paint *paint)
{
    paint->valid = false;
}

void paint_free(struct paint *paint)
{
    grid_free(&paint->shown);
}
