/* SPDX-License-Identifier: MIT */
/* Numbers as a line of blocks, one cell a number. A number in its range is
 * meter.h. */
#ifndef SHMTOP_DRAW_SPARKLINE_H
#define SHMTOP_DRAW_SPARKLINE_H

#include "draw/canvas.h"

struct scale {
    double low, high;
};

/* The range of the finite numbers, widened on both sides to `least`, so that
 * noise does not fill the line. Low is above high if there are none. */
struct scale sparkline_scale(const double *numbers, size_t count, double least);

/* Puts `count` numbers from `column` on, with the glyphs of their place in
 * `scale`; a dotted line if all of them are equal, a blank for NaN. */
void draw_sparkline(const struct canvas *canvas, int row, int column,
                    const double *numbers, size_t count, struct scale scale,
                    uint32_t style);

#endif
