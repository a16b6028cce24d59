/* SPDX-License-Identifier: MIT */
/*
 * The fields of a layout in the order of their places.
 */
#ifndef SHMTOP_LAYOUT_SORT_H
#define SHMTOP_LAYOUT_SORT_H

#include "layout/layout.h"

/* Indices of all fields by mapping, base, first bit and size, for the
 * caller to free(); NULL when they stand in that order already. */
uint32_t *order_by_place(const struct layout *layout);

/* The bits that a field takes, counted from its base, byte by byte: in each
 * from the least significant bit, of big-endian bit fields from the most
 * significant.  From the first to before the end. */
uint64_t field_first_bit(const struct field *field);
uint64_t field_end_bit(const struct field *field);

#endif
