/* SPDX-License-Identifier: MIT */
/* Numbers as a line of blocks, one cell a number. */
#ifndef SHMTOP_DRAW_SPARKLINE_H
#define SHMTOP_DRAW_SPARKLINE_H

#include "draw/canvas.h"

struct scale {
    double low, high;
};

/* Puts `count` numbers from `column` on, with the glyphs of their place in
 * `scale`; a blank for NaN. */
void draw_sparkline(const struct canvas *canvas, int row, int column,
                    const double *numbers, size_t count, struct scale scale);

#endif
