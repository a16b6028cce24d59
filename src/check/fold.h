/* SPDX-License-Identifier: MIT */
/*
 * A leaf within the arrays that it stands in, so that a table can show the
 * first element of an array for all of them.
 */
#ifndef SHMTOP_CHECK_FOLD_H
#define SHMTOP_CHECK_FOLD_H

#include "layout/layout.h"

/* Arrays of more elements than that are folded. */
#define SPOT_UNFOLDED_MAX 4u

struct spot {
    bool hidden; /* in an element behind the first of a folded array */
    bool next;   /* hidden, and the first leaf of the second element */
    bool placed; /* stands where the layout says, not where it follows */
    /* Of the folded array, when `next`: */
    const struct group *array;
    size_t name_len; /* bytes of the leaf's path before the index */
    size_t before;   /* the leaf's counterpart in the first element */
};

/* `unfold`: nothing is hidden. */
void spot_find(const struct layout *layout, size_t leaf, bool unfold,
               struct spot *spot);

#endif
