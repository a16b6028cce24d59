/* SPDX-License-Identifier: MIT */
/* What the files of view/ share: the keys of the views, the cursor, prompts
 * and lists. */
#ifndef SHMTOP_VIEW_VIEW_PRIVATE_H
#define SHMTOP_VIEW_VIEW_PRIVATE_H

#include "view/match.h"
#include "view/view.h"

/* The keys of the table (view_table.c) and of the health view. Each returns the
 * action that remains for the dashboard to apply; ACTION_NONE if there is
 * none. */
enum action view_table_apply(struct view *view, struct view_fit *fit,
                             enum action action);
enum action view_health_apply(struct view *view, struct view_fit *fit,
                              enum action action);
enum action view_plot_apply(struct view *view, struct view_fit *fit,
                            enum action action);

/* Scrolls a text whose first line is `*top`; false if `action` is another
 * one. */
bool view_scroll(size_t *top, const struct page_fit *page, enum action action);

/* Moves the cursor to a row that it can be on, to the last one if there are
 * fewer; past the titles of tables, down if `down`. */
void view_move_to(struct view *view, size_t cursor, bool down);
/* Unfolds what is over the row and moves the cursor to it, and to the cell of
 * `match.leaf`. */
void view_show(struct view *view, struct match match);
/* Pins a leaf to the top, or puts it back. */
void view_pin(struct view *view, uint32_t leaf, bool pinned);
/* The innermost heading over the cursor's row, or HEADING_NONE. */
uint32_t view_heading_above(const struct view *view);

/* The array whose table `s` and `I` order: the cursor is in it or on its
 * heading; or HEADING_NONE. */
uint32_t view_table_to_order(const struct view *view);

/* view_prompt.c. Opens a prompt. */
void view_prompt_open(struct view *view, enum prompt prompt);
/* Applies a key while a prompt is open. */
enum view_effect view_prompt_key(struct view *view, int key);

/* view_time.c. Applies a key that moves in time; false if it is another one. */
bool view_time_apply(struct view *view, enum action action);
/* view_clock.c. A message where the history begins. */
void view_say_begin(struct view *view);
/* Makes the moment that is shown the baseline. */
enum view_effect view_set_baseline(struct view *view);
/* view_go_to.c. Goes to a time or a field as typed, or says why not. */
void view_go_to(struct view *view, const char *text);
/* view_field.c. Goes to the field or heading with that path or label, or one
 * that begins so, or says why not. */
void view_go_to_field(struct view *view, const char *text);
/* Adds to what is typed at the prompt of `:` what all names that begin so have
 * in common. */
void view_go_to_complete(struct view *view);

/* view_save.c. Opens the prompt of `S`, or says why there is nothing to save.
 */
void view_save_open(struct view *view);

/* view_edit.c. Applies a key that changes the field under the cursor, or takes
 * the last change back, with a message if that is not possible; false for any
 * other action. */
bool view_edit_apply(struct view *view, enum action action,
                     enum view_effect *effect);
/* The prompt has ended with Enter. */
enum view_effect view_edit_end(struct view *view);
/* Puts the next (or previous) word that can be typed into the prompt. */
void view_edit_complete(struct view *view, bool back);

/* view_picker.c: the lists to choose an order and columns from. */
void view_picker_open(struct view *view, struct view_fit *fit,
                      enum picker picker);
void view_picker_key(struct view *view, const struct view_fit *fit, int key);

/* view_mouse.c. Applies what the mouse did; returns the action that
 * remains. */
enum action view_mouse(struct view *view, struct view_fit *fit,
                       const struct mouse *mouse);

#endif
