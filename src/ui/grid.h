/* SPDX-License-Identifier: MIT */
/*
 * A screen as data: rows of cells, each a character with its combining marks
 * and an attribute.  Drawing fills one; a terminal, --screen and tests read it.
 */
#ifndef SHMTOP_UI_GRID_H
#define SHMTOP_UI_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define GRID_COLUMNS_MAX 1000
#define GRID_ROWS_MAX 500
#define CELL_CODES 3 /* a base character and two combining marks */

/* Bits of cell.style: meaning, not colour codes; the terminal maps them.  Every
 * one that carries meaning also has a character form drawn beside it. */
enum style {
    STYLE_PLAIN = 0,
    STYLE_BOLD = 1,
    STYLE_UNDERLINE = 2,
    STYLE_REVERSE = 4,
    STYLE_DIM = 8,
    STYLE_GOOD = 16, /* LIVE */
    STYLE_WARN = 32,
    STYLE_BAD = 64,
    STYLE_ACCENT = 128,
};

struct cell {
    uint32_t
        code[CELL_CODES]; /* code[0] == 0: right half of a wide character */
    uint32_t style;
};

struct grid {
    int columns, rows;
    struct cell *cells; /* rows * columns, owned */
};

/* Sets the size (clamped to 1..MAX) and blanks every cell; reuses memory. */
void grid_reset(struct grid *grid, int columns, int rows);
void grid_free(struct grid *grid);

/* Puts clean UTF-8 at (row, column), cut at `columns` columns and at the
 * grid's edge (a wide character that would be halved becomes a blank);
 * returns the columns used.  Outside the grid: nothing, 0. */
int grid_put(struct grid *grid, int row, int column, int columns,
             const char *text, size_t len, uint32_t style);
/* Sets one cell; ORs a style over a run of cells. */
void grid_put_code(struct grid *grid, int row, int column, uint32_t code,
                   uint32_t style);
void grid_style(struct grid *grid, int row, int column, int columns,
                uint32_t style);

/* Replaces every character that is not printable ASCII by `?`, for terminals
 * that show nothing else. */
void grid_to_ascii(struct grid *grid);

/* The grid as text, a line a row, trailing blanks removed. */
void grid_put_text(struct buf *out, const struct grid *grid);

#endif
