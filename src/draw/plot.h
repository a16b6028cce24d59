/* SPDX-License-Identifier: MIT */
/* Curves and states over time, and one number against another. Axes are
 * plot_axis.h. */
#ifndef SHMTOP_DRAW_PLOT_H
#define SHMTOP_DRAW_PLOT_H

#include "draw/dots.h"
#include "draw/plot_axis.h"

/* What a curve did in a stretch of time; NaN: it has no number there. */
struct plot_cell {
    double min, max;
    double first, last;
    bool gap; /* the curve does not come from the cell before */
};

struct plot_curve {
    const struct plot_cell *cells; /* as many as `count` of the plot */
    uint32_t style;
    char letter; /* tells it from others without colour */
};

/* A line across the plot. */
struct plot_limit {
    double number;
    bool below;       /* numbers below it are beyond it, else those above it */
    uint32_t style;   /* of the line, and of a single curve beyond it */
    const char *mark; /* at its left end */
};

#define PLOT_CURVES_MOST 26

struct plot {
    enum graph graph;
    struct axis axis;
    const struct plot_curve *curves; /* the first one is over the others */
    size_t curve_count;
    size_t count;     /* of cells: columns times graph_across(graph) */
    size_t hole_most; /* empty cells over which a curve goes on */
    const struct plot_limit *limits; /* by importance, lowest first */
    size_t limit_count;
    int cursor;   /* column of a vertical line; -1: none */
    int baseline; /* the same, dashed and under the curves */
};
#define PLOT_BASELINE(ascii) ((ascii) ? ':' : 0x2506)

/* Draws the curves into `area`. If there are several, its last column is for
 * their letters, else all columns are the curve's. */
void draw_plot(const struct canvas *canvas, struct area area,
               const struct plot *plot);

/* Draws lines across a plot, with their marks. */
void draw_limits(const struct canvas *canvas, struct area area,
                 const struct axis *axis, const struct plot_limit *limits,
                 size_t count);

/* Two numbers at the same time. */
struct plot_point {
    double x, y;
    bool joined; /* a line leads to it from the point before */
};

/* Draws points in the order of time, `x` to the right and `y` up. The last one
 * is marked, and over it the moment. */
struct plot_xy {
    enum graph graph;
    struct axis x_axis, y_axis;
    const struct plot_point *points;
    size_t count;
    const struct plot_point *moment; /* NULL: none */
    const struct plot_limit *x_limits, *y_limits;
    size_t x_limit_count, y_limit_count;
    uint32_t style;
};
#define PLOT_MOMENT(ascii) ((ascii) ? '@' : 0x25cf)
#define PLOT_END(ascii) ((ascii) ? 'o' : 0x25cb)
void draw_plot_xy(const struct canvas *canvas, struct area area,
                  const struct plot_xy *plot);

/* A run of columns with the same state. */
struct band_run {
    int from, to;     /* columns, `to` excluded */
    bool known;       /* else nothing is drawn */
    bool begins;      /* the state changed there, else it goes on from before */
    const char *text; /* clean */
    size_t len;
    uint32_t style; /* of the text */
};

/* Draws runs, in order, into one row. */
void draw_band(const struct canvas *canvas, int row, int column,
               const struct band_run *runs, size_t count);

#endif
