/* SPDX-License-Identifier: MIT */
/* A bar in a frame: where a value is in its range, and the limits in it.
 * Values over time are sparkline.h. */
#ifndef SHMTOP_DRAW_METER_H
#define SHMTOP_DRAW_METER_H

#include "draw/canvas.h"

/* A limit in the range. */
struct meter_mark {
    double fraction; /* 0..1 of the range; another one is not shown */
    bool below;      /* values below it are beyond it, else those above it */
    uint32_t style;  /* of the part of the bar that is beyond it */
};

/* Draws a meter of `columns` columns, at least 3, else nothing. `fraction` is
 * the value, 0..1 of the range; others are the nearest end, NaN is no bar.
 * `style` is that of the frame, and of a bar that is beyond no limit. Marks are
 * ordered by importance, lowest first. */
void draw_meter(const struct canvas *canvas, int row, int column, int columns,
                double fraction, uint32_t style, const struct meter_mark *marks,
                size_t count);

#endif
