/* SPDX-License-Identifier: MIT */
/* The fields of a layout in the order of their places. */
#ifndef SHMTOP_LAYOUT_SORT_H
#define SHMTOP_LAYOUT_SORT_H

#include "layout/layout.h"

/* The indices of all fields, sorted by mapping, base, first bit and size, for
 * the caller to free(); NULL if they are in that order already. */
uint32_t *sort_by_place(const struct layout *layout);

#endif
