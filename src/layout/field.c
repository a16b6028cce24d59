/* SPDX-License-Identifier: MIT */
/* Facts of one field: bits, range, place, alignment.  Decoding is value.c;
 * fields against each other are loader/overlap.c. */
#include "layout/field.h"

#include <float.h>
#include <math.h>

bool kind_is_text(enum kind kind)
{
    return kind == KIND_CHAR || kind == KIND_UTF16 || kind == KIND_UTF32;
}

bool kind_is_integer(enum kind kind)
{
    return kind == KIND_INT || kind == KIND_UINT;
}

bool field_is_numeric(const struct field *field)
{
    return field->kind <= KIND_BOOL || field->kind == KIND_COMPUTED;
}

unsigned field_wrap_bits(const struct field *field)
{
    return kind_is_integer(field->kind) ? field_bits(field) : 0;
}

bool field_integer_limits(const struct field *field, int64_t *low,
                          uint64_t *high)
{
    if (!kind_is_integer(field->kind))
        return false;
    unsigned spare = 64 - field_bits(field);
    bool is_signed = field->kind == KIND_INT;
    *low = is_signed ? INT64_MIN >> spare : 0;
    *high = UINT64_MAX >> spare >> is_signed;
    return true;
}

bool field_limits(const struct field *field, double *low, double *high)
{
    int bits = (int)field_bits(field);
    switch ((enum kind)field->kind) {
    case KIND_INT:
        *low = -ldexp(1, bits - 1);
        *high = ldexp(1, bits - 1) - 1;
        break;
    case KIND_UINT:
        *low = 0;
        *high = ldexp(1, bits) - 1;
        break;
    case KIND_FLOAT:
        *low = bits == 32 ? -(double)FLT_MAX : -DBL_MAX;
        *high = -*low;
        break;
    case KIND_BOOL:
        *low = 0;
        *high = 1;
        break;
    default:
        return false;
    }
    if (field->attr->scaled) {
        double first = *low * field->attr->scale + field->attr->bias;
        double last = *high * field->attr->scale + field->attr->bias;
        *low = fmin(first, last);
        *high = fmax(first, last);
    }
    return true;
}

unsigned field_natural_alignment(const struct field *field)
{
    return field->kind <= KIND_BOOL ? field->size : 1;
}

unsigned field_alignment(const struct field *field)
{
    unsigned alignment = 1;
    while (alignment < 8 && field->offset % (alignment * 2) == 0)
        alignment *= 2;
    return alignment;
}

bool field_is_aligned(const struct field *field)
{
    return field->offset % field_natural_alignment(field) == 0;
}

static bool is_32bit(enum abi abi)
{
    return abi == ABI_X86_LINUX || abi == ABI_X86_WINDOWS;
}

enum atomic field_atomic(const struct field *field, enum abi abi)
{
    if (field->size == 1)
        return ATOMIC_YES;
    if (field->kind > KIND_BOOL || !field_is_aligned(field) ||
        (field->size == 8 && is_32bit(abi)))
        return ATOMIC_NO;
    return field->size == 8 && abi == ABI_UNKNOWN ? ATOMIC_IF_64BIT
                                                  : ATOMIC_YES;
}
