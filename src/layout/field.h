/* SPDX-License-Identifier: MIT */
/* Facts of one field that follow from its kind, size and place; its values are
 * value.h. */
#ifndef SHMTOP_LAYOUT_FIELD_H
#define SHMTOP_LAYOUT_FIELD_H

#include "layout/layout.h"

/* Whether values of `kind` are text that people read. */
bool kind_is_text(enum kind kind);
/* Whether values of `kind` are two's complement or unsigned integers. */
bool kind_is_integer(enum kind kind);

/* Bits that a value of the field has: those of a bit field, or of all its
 * bytes. */
static inline unsigned field_bits(const struct field *field)
{
    return field->width ? field->width : field->size * 8;
}

/* Whether value_number can ever be a number. */
bool field_is_numeric(const struct field *field);
/* Width in bits at which a counter in this field wraps (0: does not). */
unsigned field_wrap_bits(const struct field *field);

/* The lowest and highest number that the field stores, in shown units; false
 * if it stores no numbers. */
bool field_limits(const struct field *field, double *low, double *high);
/* The same, exactly, of the stored integers; false if it stores none. */
bool field_integer_limits(const struct field *field, int64_t *low,
                          uint64_t *high);

/* The bits that a field takes, counted from its base, byte by byte: in each
 * from the least significant bit, of big-endian bit fields from the most
 * significant.  From the first to before the end. */
static inline uint64_t field_first_bit(const struct field *field)
{
    uint64_t first = field->offset * 8;
    if (field->width == 0)
        return first;
    return first + (field->order == ORDER_LITTLE
                        ? field->shift
                        : field->size * 8 - field->shift - field->width);
}
static inline uint64_t field_end_bit(const struct field *field)
{
    return field_first_bit(field) + field_bits(field);
}

/* Bytes to which a compiler aligns such a field: its size, or 1 for text,
 * bytes and guid. */
unsigned field_natural_alignment(const struct field *field);
/* Bytes to which the field's offset is aligned: the largest power of two up to
 * 8 that divides it. */
unsigned field_alignment(const struct field *field);
/* Whether its offset is a multiple of its natural alignment. */
bool field_is_aligned(const struct field *field);

/* Whether a reader sees the field whole, never half of one value and half of
 * the next.  shmtop must read it by one load, so it must be aligned, and the
 * producer must write it by one store: a 32-bit program writes 8 bytes by
 * two. */
enum atomic {
    ATOMIC_NO,
    ATOMIC_YES,
    ATOMIC_IF_64BIT, /* it depends on the producer's ABI, which is unknown */
};
enum atomic field_atomic(const struct field *field, enum abi abi);

#endif
