/* SPDX-License-Identifier: MIT */
/* Search and filter: which leaves and headings contain a text. */
#ifndef SHMTOP_VIEW_MATCH_H
#define SHMTOP_VIEW_MATCH_H

#include "view/view.h"

/* The filter that is on: the one being typed, else the one that was taken. */
const char *match_filter(const struct view *view);

/* Whether a text contains `pattern`, ignoring the case of ASCII letters; a
 * pattern with `*` or `?` is a glob for the whole text. */
bool match_text(const char *text, const char *pattern);

/* Notes in all leaves whether the filter matches them: their label, path, unit
 * or value, or a heading over them. */
void match_leaves(struct view *view);
/* The same of leaves that have changed since `since_ns`; true if one of them
 * matches now and did not before, or the reverse. */
bool match_changed(struct view *view, int64_t since_ns);

/* Finds the matches of view->search among all rows, as if nothing was
 * folded. */
void match_find(struct view *view);
/* Forgets the matches; the text that was searched for stays. */
void match_forget(struct view *view);
/* Moves the cursor to the first match from it on (`step` 0), to the next (1) or
 * the previous one (-1), around the end, which is a message; unfolds what is
 * over it. False if there is none. */
bool match_go(struct view *view, int step);

/* The next (or previous) alarmed row, and a message which of how many it is; or
 * false. */
bool match_alarm(struct view *view, bool back);

#endif
