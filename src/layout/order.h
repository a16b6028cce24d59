/* SPDX-License-Identifier: MIT */
/*
 * The fields of a layout in the order of their places.
 */
#ifndef SHMTOP_LAYOUT_ORDER_H
#define SHMTOP_LAYOUT_ORDER_H

#include "layout/layout.h"

/* Indices of all fields by mapping, base, offset, size and shift, for the
 * caller to free(); NULL when they stand in that order already. */
uint32_t *order_by_place(const struct layout *layout);

#endif
