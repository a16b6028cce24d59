/* SPDX-License-Identifier: MIT */
/* A line of pieces of text that are dropped one after the other when there is
 * no room. */
#ifndef SHMTOP_DRAW_PIECES_H
#define SHMTOP_DRAW_PIECES_H

#include "draw/canvas.h"

/* A piece of a line. They are shown in the order of the array and dropped by
 * rank, the lowest first. */
struct piece {
    int gap; /* blanks before it */
    int rank;
    int least; /* columns down to which it is shortened; 0: not at all */
    uint32_t style;
    size_t at, len; /* in the text */
    int width;      /* columns; 0: it is not shown */
};

#define PIECES_MAX 14

struct pieces {
    struct buf *text;
    struct piece items[PIECES_MAX];
    int count;
};

/* Makes a piece of the text that was appended since the last one. */
void piece_end(struct pieces *line, int gap, int rank, int least,
               uint32_t style);
/* Draws the line into `columns` columns from `column` on, without the pieces
 * that do not fit. */
void pieces_draw(const struct canvas *canvas, int row, int column, int columns,
                 struct pieces *line);

#endif
