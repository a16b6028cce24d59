/* SPDX-License-Identifier: MIT */
/* Long arrays in a table: their first element is shown, and one row for the
 * others. */
#ifndef SHMTOP_CHECK_FOLD_H
#define SHMTOP_CHECK_FOLD_H

#include "layout/layout.h"

/* Arrays of more elements than that are folded. */
#define FOLD_UNFOLDED_MAX 4u

/* A leaf as a table shows it. */
struct fold {
    bool hidden; /* in an element after the first of a folded array */
    bool next;   /* hidden, and the first leaf of the second element */
    bool placed; /* has an offset, does not follow the field before */
    /* Of the folded array, if `next`: */
    const struct group *array;
    size_t name_len; /* bytes of the leaf's path before the index */
    size_t before;   /* the same leaf of the first element */
};

/* `unfold`: nothing is hidden. */
struct fold fold_find(const struct layout *layout, size_t leaf, bool unfold);

#endif
