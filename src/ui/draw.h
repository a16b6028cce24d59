/* SPDX-License-Identifier: MIT */
/* Draws the dashboard: fills a grid from a view and a sample. */
#ifndef SHMTOP_UI_DRAW_H
#define SHMTOP_UI_DRAW_H

#include "draw/grid.h"
#include "view/view.h"

/* Fills `grid` (its size is the screen's). `fit` is that of the drawing before,
 * and is updated; fit->draw_ns is the time of this drawing. */
void draw_dashboard(struct grid *grid, const struct view *view,
                    struct view_fit *fit);

#endif
