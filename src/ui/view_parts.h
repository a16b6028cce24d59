/* SPDX-License-Identifier: MIT */
/*
 * What the parts of the view share.
 */
#ifndef SHMTOP_UI_VIEW_PARTS_H
#define SHMTOP_UI_VIEW_PARTS_H

#include "ui/view.h"

/* Moves the cursor to a row, or to the last one when there are fewer. */
void view_move_to(struct view *view, size_t cursor);

/* Opens a prompt, empty for a search, with the present filter for a filter. */
void view_prompt_open(struct view *view, enum prompt prompt);
/* One key while a prompt is open. */
void view_prompt_key(struct view *view, int key);
/* The next match of the last search, or the one before. */
void view_search_again(struct view *view, bool back);

#endif
