/* SPDX-License-Identifier: MIT */
/* The drawing at hand: what panes and the parts of the screen around them draw
 * into, and what they draw. */
#ifndef SHMTOP_PANES_DRAWING_H
#define SHMTOP_PANES_DRAWING_H

#include "draw/canvas.h"
#include "view/match.h"
#include "view/view.h"

/* What draws and what is drawn. Everything is borrowed. */
struct drawing {
    struct canvas canvas;
    const struct view *view;
    struct view_fit *fit;
};

#endif
