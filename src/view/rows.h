/* SPDX-License-Identifier: MIT */
/* Which leaves and headings are rows of the table: level, filter, hidden
 * elements, folds, tables, pins. Their order is rows_sort.h. */
#ifndef SHMTOP_VIEW_ROWS_H
#define SHMTOP_VIEW_ROWS_H

#include "view/view.h"

/* Takes room for the rows of view->tree. */
void rows_open(struct view *view);
void rows_close(struct view *view);

/* Notes which fields of target `index` are in use in its sample; true if that
 * has changed. */
bool rows_look(struct view *view, size_t index);

/* Makes the rows again. The cursor is as it was, and may be too large. */
void rows_make(struct view *view);

/* Fills `out` (room for leaf_count + 2 * heading_count rows) with the rows that
 * there would be if nothing was folded and no filter on; returns how many. */
size_t rows_unfolded(struct view *view, struct row *out);

/* Unfolds what fits into `room`, and the last array of a large screen that
 * would be empty, but nothing that a kept setting folds; true if anything was.
 */
bool rows_unfold_if_fits(struct view *view, size_t room);

/* Index of the row, or SIZE_MAX. */
size_t rows_find(const struct view *view, struct row row);
/* Index of the row that shows the leaf: its own, its element's, or that of the
 * innermost heading that is a row; SIZE_MAX: none. */
size_t rows_find_leaf(const struct view *view, uint32_t leaf);

/* The leaf of the field with that path of a target, or LEAF_NONE. */
uint32_t leaf_find(const struct view *view, size_t target, const char *path);
/* The leaf's field, and the target that it is of. */
const struct field *leaf_field(const struct view *view, uint32_t leaf);
const struct watched *leaf_target(const struct view *view, uint32_t leaf);
/* Its trend in the last sample; NULL before the first one. */
const struct trend *leaf_trend(const struct view *view, uint32_t leaf);
const struct value *leaf_value(const struct view *view, uint32_t leaf);
/* Its value at the baseline of the sampler that goes on; false if it has none.
 */
bool leaf_baseline(const struct view *view, uint32_t leaf, struct value *out);
/* Whether the shown value is not the one at the baseline. */
bool leaf_has_moved(const struct view *view, uint32_t leaf);
/* Whether its level and `hide` let it be shown; folds and filter do not
 * matter. */
bool leaf_shown(const struct view *view, uint32_t leaf);
/* Whether a member of an array of structs (a leaf of its elements, from 0) is a
 * column of its table: its level lets it. */
bool member_is_column(const struct view *view, uint32_t array, uint32_t member);

#endif
