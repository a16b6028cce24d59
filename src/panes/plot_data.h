/* SPDX-License-Identifier: MIT */
/* The past of fields as cells and runs of a plot. Which fields are plotted
 * where is plot_view.c. */
#ifndef SHMTOP_PANES_PLOT_DATA_H
#define SHMTOP_PANES_PLOT_DATA_H

#include "draw/plot.h"
#include "panes/drawing.h"

/* Which time each column is. It begins at a multiple of its length, so that a
 * plot moves by whole columns. */
struct plot_window {
    int64_t from_ns, column_ns;
    int columns;
    int across; /* cells of a column */
};
enum graph plot_graph(const struct drawing *d);
struct plot_window plot_window(const struct drawing *d, int columns);
/* The column of the moment that is held, -1: none. */
int plot_cursor(const struct drawing *d, const struct plot_window *window);
/* The same of the baseline that the user has set. */
int plot_baseline(const struct drawing *d, const struct plot_window *window);
/* The local time at the ends of the columns (columns + 1), by the history of a
 * target. */
void plot_times(const struct watched *target, const struct plot_window *window,
                int64_t *local_ns);
/* Why nothing of a leaf can be plotted; NULL: it can. */
const char *plot_problem(const struct view *view, uint32_t leaf);

/* What is plotted of a field. */
struct plot_series {
    uint32_t leaf;
    struct plot_cell *cells; /* owned */
    size_t count;
    double low, high;    /* low > high: there is no number */
    double low_positive; /* the lowest one over 0, else INFINITY */
    size_t hole_most;    /* as in struct plot */
};
void plot_read(struct plot_series *series, const struct drawing *d,
               const struct plot_window *window, uint32_t leaf);
void plot_free(struct plot_series *series);

/* The numbers of two series of the same window at the same time. Returns how
 * many there are; the caller frees them. */
struct plot_point *plot_pair(const struct plot_series *x,
                             const struct plot_series *y, size_t *count);
/* The window of time divided so finely that a cell is a sample, unless they are
 * very many. */
struct plot_window plot_finely(const struct drawing *d, uint32_t leaf,
                               const struct plot_window *window);
/* The number of a leaf at the moment that is shown; NaN: none. */
double plot_moment(const struct view *view, uint32_t leaf);

/* An axis, and by what its numbers are divided, so that those of bytes and
 * durations are round. */
struct plot_scale {
    struct axis axis;
    double divisor;
    const char *prefix; /* of the unit: "Mi", "h", or "" */
};
/* Makes the scale of series that have the unit of the first one, with its
 * limits if they are near, and divides their cells. False if there are no
 * numbers. `fit` keeps the axis. */
bool plot_make_scale(struct plot_scale *scale, struct plot_series *series,
                     size_t count, const struct drawing *d,
                     struct fit_axis *fit);
#define PLOT_LIMITS_MOST 2
/* The limits of a field as lines; returns how many. */
size_t plot_limits(const struct plot_scale *scale, const struct field *field,
                   struct plot_limit *limits);

/* Appends what a state is called. */
void plot_put_state(struct buf *out, const struct drawing *d,
                    const struct field *field, double number);
/* Draws a leaf as a band into a row. */
void plot_draw_band(const struct drawing *d, int row, int column,
                    const struct plot_window *window,
                    const struct plot_series *series);

#endif
