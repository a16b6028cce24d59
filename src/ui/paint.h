/* SPDX-License-Identifier: MIT */
/*
 * From one screen to the next in as few bytes as possible, for terminals that
 * follow ECMA-48 (every one in use; a Windows console too).  No terminal is
 * needed: the bytes go to a buffer.
 */
#ifndef SHMTOP_UI_PAINT_H
#define SHMTOP_UI_PAINT_H

#include "base/buf.h"
#include "ui/grid.h"

/* What the terminal can do. */
struct paint_options {
    bool color;
    bool ascii; /* only printable ASCII may be sent */
    bool bold, dim, underline, reverse;
    bool erase;       /* erases to the end of a line */
    bool keep_corner; /* writing the last cell would scroll */
};

/* Zero-initialise; `shown` is what the terminal shows. */
struct paint {
    struct paint_options options;
    struct grid shown;
    bool valid;      /* shown is true; else all is sent anew */
    int row, column; /* of the cursor; row -1: not known */
    unsigned look;   /* of what is written now; see paint.c */
};

/* Appends to `out` what makes a terminal that shows `paint->shown` show
 * `grid`; nothing when they are the same. */
void paint_grid(struct paint *paint, const struct grid *grid, struct buf *out);
/* Forgets what the terminal shows. */
void paint_forget(struct paint *paint);
void paint_free(struct paint *paint);

#endif
