/* SPDX-License-Identifier: MIT */
/*
 * Stored bytes to numbers and back.
 * Invariant: decode(encode(v)) is v for every value that encode accepts, and
 * nothing outside field->size bytes is touched.  How values look is left to
 * value_text.c, value_string.c and value_parse.c.
 */
#include "layout/value.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "layout/type.h"

/* Constant for the compiler, like all that depends on it. */
static inline enum byte_order host_order(void)
{
    const uint16_t one = 1;
    uint8_t first;
    memcpy(&first, &one, sizeof first);
    return first == 1 ? ORDER_LITTLE : ORDER_BIG;
}

/* One load of the field's very size: an aligned one cannot tear. */
static inline uint64_t load(const uint8_t *at, uint32_t size)
{
    uint64_t eight;
    uint32_t four;
    uint16_t two;
    switch (size) {
    case 1:
        return *at;
    case 2:
        memcpy(&two, at, sizeof two);
        return two;
    case 4:
        memcpy(&four, at, sizeof four);
        return four;
    default:
        memcpy(&eight, at, sizeof eight);
        return eight;
    }
}

static void store(uint8_t *at, uint32_t size, uint64_t bits)
{
    uint32_t four = (uint32_t)bits;
    uint16_t two = (uint16_t)bits;
    switch (size) {
    case 1:
        *at = (uint8_t)bits;
        break;
    case 2:
        memcpy(at, &two, sizeof two);
        break;
    case 4:
        memcpy(at, &four, sizeof four);
        break;
    default:
        memcpy(at, &bits, sizeof bits);
        break;
    }
}

static inline uint64_t swap64(uint64_t bits)
{
    bits =
        (bits & 0x00ff00ff00ff00ffu) << 8 | (bits >> 8 & 0x00ff00ff00ff00ffu);
    bits =
        (bits & 0x0000ffff0000ffffu) << 16 | (bits >> 16 & 0x0000ffff0000ffffu);
    return bits << 32 | bits >> 32;
}

/* Between the host's byte order and the field's; its own inverse. */
static inline uint64_t reorder(const struct field *field, uint64_t bits)
{
    return field->order == host_order()
               ? bits
               : swap64(bits) >> (64 - field->size * 8);
}

static inline unsigned bits_of(const struct field *field)
{
    return field->width ? field->width : field->size * 8;
}

static inline double real_of(const struct field *field, uint64_t bits)
{
    if (field->size == 4) {
        uint32_t four = (uint32_t)bits;
        float real;
        memcpy(&real, &four, sizeof real);
        return (double)real;
    }
    double real;
    memcpy(&real, &bits, sizeof real);
    return real;
}

void value_decode(const struct field *field, const uint8_t *at,
                  struct value *out)
{
    if (field->kind >= KIND_CHAR) {
        out->type = VALUE_BYTES;
        out->bytes = at;
        return;
    }
    uint64_t raw = reorder(field, load(at, field->size));
    unsigned down = 64 - bits_of(field);
    uint64_t top = raw << (down - field->shift);
    switch ((enum kind)field->kind) {
    case KIND_INT:
        out->type = VALUE_INT;
        out->i = (int64_t)top >> down;
        break;
    case KIND_FLOAT:
        out->type = VALUE_REAL;
        out->real = real_of(field, raw);
        break;
    case KIND_BOOL:
        out->type = VALUE_UINT;
        out->u = raw != 0;
        break;
    default:
        out->type = VALUE_UINT;
        out->u = top >> down;
        break;
    }
}

/* The integer that `value` is, as a 64-bit pattern; false when it is none or
 * does not fit. */
static bool integer_fits(const struct field *field, const struct value *value,
                         uint64_t *bits)
{
    unsigned spare = 64 - bits_of(field);
    *bits = value->u;
    switch (value->type) {
    case VALUE_INT:
        return field->kind == KIND_INT
                   ? value->i >= INT64_MIN >> spare &&
                         value->i <= INT64_MAX >> spare
                   : value->i >= 0 && value->u <= UINT64_MAX >> spare;
    case VALUE_UINT:
        return field->kind == KIND_INT
                   ? value->u <= (uint64_t)(INT64_MAX >> spare)
                   : value->u <= UINT64_MAX >> spare;
    default:
        return false;
    }
}

static bool float_bits(const struct field *field, const struct value *value,
                       uint64_t *bits)
{
    double real;
    switch (value->type) {
    case VALUE_INT:
        real = (double)value->i;
        break;
    case VALUE_UINT:
        real = (double)value->u;
        break;
    case VALUE_REAL:
        real = value->real;
        break;
    default:
        return false;
    }
    if (field->size == 8) {
        memcpy(bits, &real, sizeof real);
        return true;
    }
    if (isfinite(real) && fabs(real) > (double)FLT_MAX)
        return false;
    float narrow = (float)real;
    uint32_t four;
    memcpy(&four, &narrow, sizeof four);
    *bits = four;
    return true;
}

bool value_encode(const struct field *field, const struct value *value,
                  uint8_t *bytes, uint8_t *mask)
{
    uint64_t bits;
    if (field->kind == KIND_COMPUTED)
        return false;
    if (field->kind >= KIND_CHAR) {
        if (value->type != VALUE_BYTES)
            return false;
        memmove(bytes, value->bytes, field->size);
        memset(mask, 0xff, field->size);
        return true;
    }
    if (field->kind == KIND_FLOAT) {
        if (!float_bits(field, value, &bits))
            return false;
    } else if (!integer_fits(field, value, &bits) ||
               (field->kind == KIND_BOOL && bits > 1)) {
        return false;
    }
    uint64_t used = UINT64_MAX >> (64 - bits_of(field));
    store(bytes, field->size, reorder(field, (bits & used) << field->shift));
    store(mask, field->size, reorder(field, used << field->shift));
    return true;
}

double value_number(const struct field *field, const struct value *value)
{
    double number;
    switch (value->type) {
    case VALUE_INT:
        number = (double)value->i;
        break;
    case VALUE_UINT:
        number = (double)value->u;
        break;
    case VALUE_REAL:
        number = value->real;
        break;
    default:
        return NAN;
    }
    const struct attributes *attr = field->attr;
    return attr->scaled ? number * attr->scale + attr->bias : number;
}

const struct field *value_field(const struct field *field,
                                const struct value *value, struct field *copy)
{
    if (field->kind != KIND_COMPUTED)
        return field;
    *copy = *field;
    copy->kind = value->type == VALUE_INT     ? KIND_INT
                 : value->type == VALUE_UINT  ? KIND_UINT
                 : value->type == VALUE_BYTES ? KIND_CHAR
                                              : KIND_FLOAT;
    copy->size = value->type == VALUE_BYTES ? COMPUTED_TEXT_MAX : 8;
    return copy;
}

bool field_is_numeric(const struct field *field)
{
    return field->kind <= KIND_BOOL || field->kind == KIND_COMPUTED;
}

unsigned field_wrap_bits(const struct field *field)
{
    return kind_is_integer(field->kind) ? bits_of(field) : 0;
}

/* Index of the last row whose low end is not above `bits`, or SIZE_MAX. */
static size_t last_row(const struct label_set *labels, uint64_t bits)
{
    size_t low = 0;
    size_t high = labels->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint64_t start = labels->rows[middle].low;
        if (labels->is_signed ? (int64_t)start <= (int64_t)bits : start <= bits)
            low = middle + 1;
        else
            high = middle;
    }
    return low - 1;
}

const char *value_enum_label(const struct field *field,
                             const struct value *value)
{
    const struct label_set *labels = field->attr->labels;
    if (!labels || labels->flags ||
        (value->type != VALUE_INT && value->type != VALUE_UINT))
        return NULL;
    size_t found = last_row(labels, value->u);
    if (found == SIZE_MAX)
        return NULL;
    const struct label_row *row = &labels->rows[found];
    bool inside = labels->is_signed ? (int64_t)value->u <= (int64_t)row->high
                                    : value->u <= row->high;
    return inside ? row->label : NULL;
}
