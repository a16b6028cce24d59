/* SPDX-License-Identifier: MIT */
/* The axes of plots: a range of numbers with round ends, and wall-clock times
 * below. Curves are plot.h. */
#ifndef SHMTOP_DRAW_PLOT_AXIS_H
#define SHMTOP_DRAW_PLOT_AXIS_H

#include "draw/canvas.h"

/* The numbers from bottom to top; low < high, and both are more than 0 on a
 * logarithmic axis. All zero: there is none yet. */
struct axis {
    double low, high;
    bool log;
};

/* An axis for the numbers low..high (finite, low <= high; logarithmic only if
 * low > 0), widened to `least` on both sides so that noise does not fill it,
 * with round ends. It is `before` if that fits well enough: an axis that
 * changes makes all of the plot change. */
struct axis axis_make(double low, double high, double least, bool log,
                      const struct axis *before);

/* Where a number is, 0 at the bottom and 1 at the top; NaN if it is nowhere,
 * such as 0 on a logarithmic axis. */
double axis_part(const struct axis *axis, double number);
/* The number at a part of the axis. */
double axis_number(const struct axis *axis, double part);

/* A number beside the axis. */
struct tick {
    double number;
    int decimals; /* that all labels of the axis have */
    bool brief;   /* they are written as "1e+12" */
};
#define TICKS_MOST 32
/* The round numbers of an axis of `rows` rows, from the lowest one on, not too
 * near to each other; at least the ends. Returns how many there are. */
size_t axis_ticks(const struct axis *axis, int rows, struct tick *ticks);

/* Appends the label of a tick; `user` is that of the caller. */
typedef void axis_label_fn(struct buf *out, const void *user,
                           const struct tick *tick);
/* The usual one: "4.5", "12 000", "1e+09". */
void axis_put_label(struct buf *out, const void *user, const struct tick *tick);

/* The columns that the labels need. */
int axis_width(const struct axis *axis, int rows, axis_label_fn *label,
               const void *user);
/* Draws the labels and the line into `area`, whose last column is the line's.
 */
void axis_draw(const struct canvas *canvas, struct area area,
               const struct axis *axis, axis_label_fn *label, const void *user);

/* Draws an axis from left to right into `area`, as axis_draw_times does. */
void axis_draw_below(const struct canvas *canvas, struct area area,
                     const struct axis *axis);

/* The row of `rows` in which a part of the axis is; 0 is the top. */
int axis_row(double part, int rows);

/* Draws wall-clock times into `area`: a line with its ticks, and labels in the
 * second row, or in the line if there is only one. `local_ns` has the local
 * time (nanoseconds since 1970) at which each column begins, and that at which
 * the last one ends: area.columns + 1 of them. */
void axis_draw_times(const struct canvas *canvas, struct area area,
                     const int64_t *local_ns);

#endif
