/* SPDX-License-Identifier: MIT */
/* The plot view while it is drawn: panels of series. Shared by plot_view.c and
 * its plot_view_*.c. */
#ifndef SHMTOP_PANES_PLOT_VIEW_H
#define SHMTOP_PANES_PLOT_VIEW_H

#include "panes/plot_data.h"

/* plot_view.c. Draws the view, and what the last line begins with. */
void draw_plot_view(const struct drawing *d, struct area area);
void draw_plot_position(struct buf *out, const struct drawing *d);

#define LABELS_LEAST 7 /* columns of the axis of numbers, with its line */
#define TIMES_FROM 14  /* rows from which times have a row of their own */

/* Curves of one unit, or all bands. */
struct panel {
    bool state;
    size_t first, count; /* of picture.series */
    int letters;         /* of the panels before it */
    int items;           /* in a row of the legend */
    int legend, rows;    /* rows of the legend, of the curves */
    bool known;          /* it has numbers */
    struct plot_scale scale;
};

struct picture {
    const struct drawing *d;
    struct area area;
    struct plot_series series[PLOT_CURVES_MOST]; /* by panel */
    size_t count;
    struct panel panels[PLOT_CURVES_MOST];
    size_t panel_count;
    size_t shown; /* panels */
    int times;    /* rows of the axis of times */
    struct plot_window window;
};

const struct field *plot_field(const struct picture *p, size_t index);
/* Draws one number against the other. */
void plot_draw_xy(struct picture *p);

/* plot_view_changes.c. Lists the changes of a plot whose only panel has states.
 */
void plot_draw_changes(const struct picture *p, int row, int rows);

/* plot_view_legend.c. The colour and the letter of a series: only curves that
 * share a panel need one. */
uint32_t plot_style(const struct panel *panel, size_t index);
char plot_letter(const struct panel *panel, size_t index);

/* The columns of the parts of a panel's legend. */
struct legend {
    int label, value, unit;
};
struct legend legend_measure(const struct picture *p, const struct panel *panel,
                             int columns);
/* Draws the values of one series. */
void legend_draw_item(const struct picture *p, const struct panel *panel,
                      const struct legend *legend, size_t index, int row,
                      int column, int columns);
/* Draws the legend of a panel of curves, and its unit. */
void legend_draw(const struct picture *p, const struct panel *panel, int row);

#endif
