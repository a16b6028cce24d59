/* SPDX-License-Identifier: MIT */
/* What the files of ui/ share: the drawing at hand, its parts, and the views
 * as a table. */
#ifndef SHMTOP_UI_UI_PRIVATE_H
#define SHMTOP_UI_UI_PRIVATE_H

#include "draw/canvas.h"
#include "ui/view.h"

/* What draws and what is drawn. Everything is borrowed. */
struct drawing {
    struct canvas canvas;
    const struct view *view;
    struct view_fit *fit;
    const struct layout *layout;
    const struct sampler *sampler;
    const struct sample *sample;
};

/* A view of the dashboard. A new one is a file with these functions and a row
 * of view_ops. */
struct view_ops {
    bool has_detail; /* the detail pane can be shown below it */
    /* Applies an action. Returns the one that remains for the dashboard to
     * apply; ACTION_NONE if there is none. */
    enum action (*apply)(struct view *view, const struct view_fit *fit,
                         enum action action);
    void (*draw)(const struct drawing *d, struct area area);
    /* Appends what the status line begins with. Called after draw. */
    void (*put_position)(struct buf *out, const struct drawing *d);
};

/* By enum view_kind. */
extern const struct view_ops view_ops[];

/* The table (view_table.c has its keys, draw_table.c draws it). */
enum action view_table_apply(struct view *view, const struct view_fit *fit,
                             enum action action);
void draw_table(const struct drawing *d, struct area area);
void draw_table_position(struct buf *out, const struct drawing *d);

/* The health of the mappings (view_health.c). */
enum action view_health_apply(struct view *view, const struct view_fit *fit,
                              enum action action);
void view_health_draw(const struct drawing *d, struct area area);
void view_health_position(struct buf *out, const struct drawing *d);

/* Scrolls a text whose first line is `*top`; false if `action` is another
 * one. */
bool view_scroll(size_t *top, const struct page_fit *page, enum action action);

/* Whether a field's label or path contains `pattern`, ignoring the case of
 * ASCII letters; a pattern with `*` or `?` is a glob for the whole. */
bool view_matches(const struct view *view, uint32_t field, const char *pattern);

/* Moves the cursor to a row, or to the last one if there are fewer. */
void view_move_to(struct view *view, size_t cursor);

/* view_prompt.c. Opens a prompt: empty for a search, with the present filter
 * for a filter. */
void view_prompt_open(struct view *view, enum prompt prompt);
/* Applies a key while a prompt is open. */
void view_prompt_key(struct view *view, int key);
/* Moves the cursor to the next match of the last search, or to the previous
 * one. */
void view_search_again(struct view *view, bool back);

/* The other parts of the screen. Each keeps to its area or row. */
void draw_header(const struct drawing *d, int row);
void draw_compact(const struct drawing *d);
/* What the source says about the mapping in the worst state; may be "". */
const char *draw_worst_note(const struct sample *sample);
void draw_trend(const struct drawing *d, int row, int column, int columns,
                uint32_t field);
void draw_detail(const struct drawing *d, struct area area);
void draw_status(const struct drawing *d, int row);
void draw_help(const struct drawing *d);

#endif
