/* SPDX-License-Identifier: MIT */
/*
 * Makes probes.  Invariant: what the shifts lift out are exactly the bits that
 * the field owns.  Knows nothing of frames and blocks.
 */
#include "sampler/fast_field.h"

static enum probe_op op_of(const struct field *field)
{
    switch ((enum kind)field->kind) {
    case KIND_INT:
        return PROBE_INT;
    case KIND_UINT:
        return PROBE_UINT;
    case KIND_BOOL:
        return PROBE_BOOL;
    case KIND_FLOAT:
        return field->size == 4 ? PROBE_F32 : PROBE_F64;
    default:
        return PROBE_WIDE;
    }
}

static uint8_t flags_of(const struct field *field, enum probe_op op,
                        uint32_t at)
{
    enum role role = field->attr->role;
    unsigned flags = 0;
    if (field->order == ORDER_BIG)
        flags |= PROBE_BIG;
    if (field->attr->scaled)
        flags |= PROBE_SCALED;
    if (op == PROBE_WIDE)
        return (uint8_t)flags;
    if (at % 8 + field->size > 8)
        flags |= PROBE_CROSSES;
    if (role == ROLE_COUNTER)
        flags |= PROBE_COUNTER | PROBE_RATED;
    if (role == ROLE_GAUGE)
        flags |= PROBE_RATED;
    return (uint8_t)flags;
}

void probe_make(struct probe *probe, const struct field *field, uint32_t index,
                uint32_t at)
{
    enum probe_op op = op_of(field);
    *probe = (struct probe){
        .field = index,
        .at = at,
        .size = field->size,
        .op = (uint8_t)op,
        .flags = flags_of(field, op, at),
    };
    if (op == PROBE_WIDE)
        return;
    CHECK(field->size >= 1 && field->size <= 8);
    unsigned width = field->width != 0 ? field->width : field->size * 8;
    CHECK(field->shift + width <= field->size * 8);
    /* Lowest bit of the field's integer in the word, once its bytes are in
     * little-endian order. */
    unsigned byte = probe->flags & PROBE_CROSSES ? 0 : at % 8;
    unsigned low =
        field->order == ORDER_BIG ? 64 - 8 * (byte + field->size) : 8 * byte;
    probe->up = (uint8_t)(64 - (low + field->shift) - width);
    probe->down = (uint8_t)(64 - width);
}
