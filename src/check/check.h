/* SPDX-License-Identifier: MIT */
/*
 * The layout doctor: what `shmtop check` prints about a sound layout.
 */
#ifndef SHMTOP_CHECK_CHECK_H
#define SHMTOP_CHECK_CHECK_H

#include "check/abi_views.h"

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

/* How the tables are shown. */
struct check_style {
    bool unfold;  /* every element of every array */
    bool one_abi; /* as the layout was loaded, even if that moves fields */
};

/* Appends the tables of `check` for a sound layout: a row a field (path,
 * offset, size, type, alignment, atomic for the producer's ABI), holes between
 * them as rows of their own, then a summary line and some on what the ABI does.
 * Where fields move, offset and size stand there for each ABI. */
void check_put_text(struct buf *out, const struct checkup *checkup,
                    const struct check_style *style);
/* The same as one JSON object on a line, with `problems` in it; the layout of
 * `checkup`, which is that of `file`, is NULL when it is unsound; `many`: with
 * a key "file". */
void check_put_json(struct buf *out, const char *file, bool many,
                    const struct checkup *checkup,
                    const struct problems *problems);

#endif
