/* SPDX-License-Identifier: MIT */
/* The detail pane while it is drawn: items that flow into its lines. Shared by
 * detail.c and detail_heading.c. */
#ifndef SHMTOP_PANES_DETAIL_H
#define SHMTOP_PANES_DETAIL_H

#include "panes/drawing.h"

/* detail.c. Draws the details of the cursor's row. */
void draw_detail(const struct drawing *d, struct area area);

struct flow {
    const struct drawing *d;
    uint32_t leaf; /* the cursor's, or LEAF_NONE */
    struct area area;
    int row, column; /* where the next item goes; a line begins at 1 */
    size_t name_len; /* of the item in fit->text; it needs more than that */
};

/* Begins an item; append to the buffer and call flow_item. */
struct buf *flow_begin(struct flow *flow, const char *name);
/* Places the item that was begun, `gap` blanks after the last one, on the next
 * line if it does not fit. An item that is only a name is dropped. */
void flow_item(struct flow *flow, int gap, uint32_t style);
/* Ends the line, if there is anything on it. */
void flow_line(struct flow *flow);
/* Places a text word by word; nothing for NULL. */
void flow_words(struct flow *flow, const char *words, uint32_t style);

/* What a heading covers, and the labels of its enums with how many have
 * them. */
void detail_put_heading(struct flow *flow, uint32_t heading);
/* Which of the leaves first..end - 1 changed last, as many as there are lines
 * for. */
void detail_put_latest(struct flow *flow, uint32_t first, uint32_t end);
/* detail_plot.c. The plot of a leaf over the time of the time bar; returns the
 * rows that it took, 0: nothing can be plotted. */
int detail_put_plot(const struct drawing *d, struct area area, uint32_t leaf);
/* The alarms that are on, if a few lines are left. */
void detail_put_alarms(struct flow *flow);

#endif
