/* SPDX-License-Identifier: MIT */
/* What is drawn on, and text put there: shortened, aligned, cleaned. */
#ifndef SHMTOP_DRAW_CANVAS_H
#define SHMTOP_DRAW_CANVAS_H

#include "draw/grid.h"

/* A grid, how it is drawn on, and memory of drawing that is reused. Everything
 * is borrowed. */
struct canvas {
    struct grid *grid;
    bool ascii;          /* the terminal shows nothing else */
    struct buf *text;    /* for callers */
    struct buf *shorter; /* for draw_text */
};

/* The part of the screen that something may use; rows == 0: it is not shown. */
struct area {
    int row;
    int rows;
    int column;
    int columns;
};

enum align { ALIGN_LEFT, ALIGN_RIGHT };

/* Puts clean text into [column, column + columns), shortened in the middle
 * if it is too long; returns the columns used. */
int draw_text(const struct canvas *canvas, int row, int column, int columns,
              enum align align, const char *text, size_t len, uint32_t style);
/* The same for a string of the program's own, aligned to the left. */
int draw_word(const struct canvas *canvas, int row, int column, int columns,
              const char *text, uint32_t style);
/* What replaces the part of a text that does not fit. */
const char *draw_ellipsis(const struct canvas *canvas);

/* Appends `text`, from a layout or the system, as clean UTF-8; nothing for
 * NULL. */
void draw_put_clean(struct buf *out, const char *text);

#endif
