/* SPDX-License-Identifier: MIT */
/* Fields against each other: overlaps, ends and alignment. */
#ifndef SHMTOP_LOADER_OVERLAP_H
#define SHMTOP_LOADER_OVERLAP_H

#include "layout/layout.h"

/* Alignment in bytes that a field has by its offset (largest power of two up
 * to 8 that divides it). */
unsigned field_alignment(const struct field *field);
/* Whether the field stands at a multiple of the natural alignment of its kind
 * (1 for text, bytes and guid). */
bool field_is_aligned(const struct field *field);
/* Whether a reader sees the field whole, never half of one value and half of
 * the next.  It takes a place at its natural alignment, so that shmtop reads it
 * by one load, and a producer that writes it by one store: a 32-bit one writes
 * 8 bytes by two. */
enum atomic {
    ATOMIC_NO,
    ATOMIC_YES,
    ATOMIC_IF_64BIT, /* the producer's ABI is not known, and it depends */
};
enum atomic field_atomic(const struct field *field, enum abi abi);

/* Adds overlaps (PROBLEM_ERROR; bit fields take their bits only),
 * fields behind the mapping's end (PROBLEM_ERROR), and misaligned fields whose
 * place the layout says, or that a snapshot trusts (PROBLEM_WARNING), to
 * `problems`; holes are for check_put_text to show. */
void check_placement(const struct layout *layout, struct problems *problems);

#endif
