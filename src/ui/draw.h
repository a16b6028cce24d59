/* SPDX-License-Identifier: MIT */
/* Draws the dashboard: fills a grid from a view and a sample. */
#ifndef SHMTOP_UI_DRAW_H
#define SHMTOP_UI_DRAW_H

#include "draw/grid.h"
#include "ui/view.h"

/* Fills `grid` (its size is the screen's). `sampler` gives the target's name,
 * trends and stored bytes, and `sample` is its last one. `fit` is that of the
 * drawing before, and is updated. */
void draw_dashboard(struct grid *grid, const struct view *view,
                    struct view_fit *fit, const struct sampler *sampler,
                    const struct sample *sample);

#endif
