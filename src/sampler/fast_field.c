/* SPDX-License-Identifier: MIT */
/* Translates a field into the 16-byte form for the inner loop.  The inner loop
 * reads that form with the inline functions of fast_field.h. */
#include "sampler/fast_field.h"

static enum fast_op op_of(const struct field *field)
{
    switch ((enum kind)field->kind) {
    case KIND_INT:
        return FAST_INT;
    case KIND_UINT:
        return FAST_UINT;
    case KIND_BOOL:
        return FAST_BOOL;
    case KIND_FLOAT:
        return field->size == 4 ? FAST_F32 : FAST_F64;
    default:
        return FAST_WIDE;
    }
}

static uint8_t flags_of(const struct field *field, enum fast_op op, uint32_t at)
{
    enum role role = field->attr->role;
    unsigned flags = 0;
    if (field->order == ORDER_BIG)
        flags |= FAST_BIG;
    if (field->attr->scaled)
        flags |= FAST_SCALED;
    if (op == FAST_WIDE)
        return (uint8_t)flags;
    if (at % 8 + field->size > 8)
        flags |= FAST_CROSSES;
    if (role == ROLE_COUNTER)
        flags |= FAST_COUNTER | FAST_RATED;
    if (role == ROLE_GAUGE)
        flags |= FAST_RATED;
    return (uint8_t)flags;
}

void fast_field_make(struct fast_field *fast, const struct field *field,
                     uint32_t index, uint32_t at)
{
    enum fast_op op = op_of(field);
    *fast = (struct fast_field){
        .field = index,
        .at = at,
        .size = field->size,
        .op = (uint8_t)op,
        .flags = flags_of(field, op, at),
    };
    if (op == FAST_WIDE)
        return;
    CHECK(field->size >= 1 && field->size <= 8);
    unsigned width = field_bits(field);
    CHECK(field->shift + width <= field->size * 8);
    /* Lowest bit of the field's integer in the little-endian word. */
    unsigned byte = fast->flags & FAST_CROSSES ? 0 : at % 8;
    unsigned low =
        field->order == ORDER_BIG ? 64 - 8 * (byte + field->size) : 8 * byte;
    fast->up = (uint8_t)(64 - (low + field->shift) - width);
    fast->down = (uint8_t)(64 - width);
}
