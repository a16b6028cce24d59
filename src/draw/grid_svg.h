/* SPDX-License-Identifier: MIT */
/* A grid as a picture. As text it is grid.h. */
#ifndef SHMTOP_DRAW_GRID_SVG_H
#define SHMTOP_DRAW_GRID_SVG_H

#include "draw/theme.h"

/* Appends the grid as an SVG document with the theme's colours, on white for
 * the theme `light` and on black for others. The text in it can be selected,
 * and stays in its cells whatever the font. */
void grid_put_svg(struct buf *out, const struct grid *grid,
                  const struct theme *theme);

#endif
