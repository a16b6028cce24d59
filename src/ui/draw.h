/* SPDX-License-Identifier: MIT */
/*
 * The dashboard as a pure function: a view and a sample onto a grid.
 */
#ifndef SHMTOP_UI_DRAW_H
#define SHMTOP_UI_DRAW_H

#include "ui/grid.h"
#include "ui/view.h"

/* Fills `grid` (its size is the screen's).  `sampler` gives the target's name,
 * histories and stored bytes, and `sample` is its last one.  view->page and
 * view->top are adjusted to the size. */
void draw_dashboard(struct grid *grid, struct view *view,
                    const struct sampler *sampler, const struct sample *sample);

#endif
