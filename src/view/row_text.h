/* SPDX-License-Identifier: MIT */
/* Names of rows: of headings and of fields below them. */
#ifndef SHMTOP_VIEW_ROW_TEXT_H
#define SHMTOP_VIEW_ROW_TEXT_H

#include "view/view.h"

/* Appends the title of a heading, as it is written in layouts; not clean. */
void heading_put_title(struct buf *out, const struct view *view,
                       uint32_t heading);
/* Appends the full label of a leaf, with those of the structs around it. */
void leaf_put_label(struct buf *out, const struct view *view, uint32_t leaf);
/* Appends the label of a leaf below its heading. */
void leaf_put_short_label(struct buf *out, const struct view *view,
                          uint32_t leaf);
/* Appends the label of a leaf of the struct `heading`, with the names of the
 * structs and arrays between them: "pos.x", "temps[2]". */
void leaf_put_member_label(struct buf *out, const struct view *view,
                           uint32_t leaf, uint32_t heading);
/* Appends the value of a leaf as the table shows it. */
void leaf_put_value(struct buf *out, const struct view *view, uint32_t leaf,
                    bool group_digits);

/* What the header calls a target: the label of its first mapping, else the
 * layout's name. */
const char *target_title(const struct watched *target);

#endif
