/* SPDX-License-Identifier: MIT */
/* What the files of ui/ share: the parts of the screen, and the views as a
 * table. */
#ifndef SHMTOP_UI_UI_PRIVATE_H
#define SHMTOP_UI_UI_PRIVATE_H

#include "panes/drawing.h"

/* How a view is drawn. A new view is a row of view_ops (view/view.h) and one of
 * these. */
struct screen_ops {
    void (*draw)(const struct drawing *d, struct area area);
    /* Appends what the last line begins with. Called after draw. */
    void (*put_position)(struct buf *out, const struct drawing *d);
};

/* By enum view_kind. */
extern const struct screen_ops screen_ops[];

void draw_health(const struct drawing *d, struct area area);
void draw_health_position(struct buf *out, const struct drawing *d);

/* The parts of the screen. Each keeps to its area or row. */
void draw_header(const struct drawing *d, int row);
void draw_tabs(const struct drawing *d, int row);
void draw_compact(const struct drawing *d);
/* Why values are missing or not new, or a saved layout is not shown; nothing if
 * there is no reason. */
void draw_put_reasons(struct buf *out, const struct view *view);
/* One row. */
void draw_timebar(const struct drawing *d, int row);
/* `reasons`: they are on lines of their own. */
void draw_status(const struct drawing *d, int row, bool reasons);
void draw_picker(const struct drawing *d, struct area area);
void draw_help(const struct drawing *d);

#endif
