/* SPDX-License-Identifier: MIT */
/* A screen as data: rows of cells, each a character with combining marks and a
 * style. Drawing fills it; the terminal, --screen and tests read it. */
#ifndef SHMTOP_DRAW_GRID_H
#define SHMTOP_DRAW_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define GRID_COLUMNS_MAX 1000
#define GRID_ROWS_MAX 500
#define CELL_CODES 3 /* a base character and two combining marks */

/* cell.style: one role of STYLE_ROLE, what happens to the cell, and attributes
 * beyond those that the theme has for them (theme.h). What a role means is
 * always shown by characters, too. */
enum style {
    STYLE_PLAIN = 0, /* the role `text` */
    STYLE_DIM = 1,
    STYLE_HEADING = 2,
    STYLE_GOOD = 3, /* LIVE */
    STYLE_WARN = 4,
    STYLE_CRIT = 5,
    STYLE_ACCENT = 6,
    STYLE_ROLE = 7,   /* the bits of these roles; a cell has one */
    STYLE_CURSOR = 8, /* the roles `cursor` and `changed` come on top */
    STYLE_CHANGED = 16,
    STYLE_BOLD = 32,
    STYLE_UNDERLINE = 64,
    STYLE_REVERSE = 128,
    STYLE_FAINT = 256,  /* of a theme; drawing uses STYLE_DIM */
    STYLE_GRAPH = 512,  /* of a meter or trend: the cursor leaves it as it is,
                           because inverted blocks look like holes */
    STYLE_COUNT = 1024, /* every style is below it */
};

struct cell {
    uint32_t code[CELL_CODES]; /* [0] == 0: right half of a wide character */
    uint32_t style;
};

struct grid {
    int columns, rows;
    struct cell *cells; /* rows * columns, owned */
};

/* Sets the size, limited to 1..GRID_COLUMNS_MAX and 1..GRID_ROWS_MAX, and
 * blanks every cell. */
void grid_reset(struct grid *grid, int columns, int rows);
void grid_free(struct grid *grid);

/* Puts clean UTF-8 at (row, column), cut at `columns` columns and at the edge
 * of the grid (half of a wide character becomes a blank); returns the columns
 * used, 0 outside the grid. */
int grid_put(struct grid *grid, int row, int column, int columns,
             const char *text, size_t len, uint32_t style);
/* Sets one cell; nothing outside the grid. */
void grid_put_code(struct grid *grid, int row, int column, uint32_t code,
                   uint32_t style);
/* Adds a style to a run of cells; a role in it replaces theirs. */
void grid_style(struct grid *grid, int row, int column, int columns,
                uint32_t style);

/* Replaces every character that is not printable ASCII by one of ASCII, `?` if
 * there is none, for terminals that show nothing else. What needs more columns,
 * such as the sign of degrees, has to pass text_to_ascii before. */
void grid_to_ascii(struct grid *grid);

/* Appends the grid as text, a line a row, without trailing blanks. */
void grid_put_text(struct buf *out, const struct grid *grid);

#endif
