/* SPDX-License-Identifier: MIT */
/* Decodes and encodes: decode(encode(v)) is v for every value that encode
 * accepts.  Texts for people are value_text.c and value_string.c. */
#include "layout/value.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "layout/label_set.h"

/* Compilers compute this at build time, so reorder() needs no test of the
 * host. */
static inline enum byte_order host_order(void)
{
    const uint16_t one = 1;
    uint8_t first;
    memcpy(&first, &one, sizeof first);
    return first == 1 ? ORDER_LITTLE : ORDER_BIG;
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
static inline uint64_t reorder(const struct field *field, uint32_t size,
                               uint64_t bits)
{
    return field->order == host_order() ? bits
                                        : swap64(bits) >> (64 - size * 8);
}

/* One load of exactly `size` bytes: it is not torn if `at` is aligned. */
uint64_t value_load(const struct field *field, const uint8_t *at, uint32_t size)
{
    uint64_t eight;
    uint32_t four;
    uint16_t two;
    switch (size) {
    case 1:
        return *at;
    case 2:
        memcpy(&two, at, sizeof two);
        return reorder(field, size, two);
    case 4:
        memcpy(&four, at, sizeof four);
        return reorder(field, size, four);
    default:
        memcpy(&eight, at, sizeof eight);
        return reorder(field, size, eight);
    }
}

void value_store(const struct field *field, uint8_t *at, uint32_t size,
                 uint64_t bits)
{
    CHECK(size == 1 || size == 2 || size == 4 || size == 8);
    bits = reorder(field, size, bits);
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

static double real_of(const struct field *field, uint64_t bits)
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
    uint64_t raw = value_load(field, at, field->size);
    unsigned spare = 64 - field_bits(field);
    uint64_t top = raw << (spare - field->shift);
    switch ((enum kind)field->kind) {
    case KIND_INT:
        out->type = VALUE_INT;
        out->i = (int64_t)top >> spare;
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
        out->u = top >> spare;
        break;
    }
}

/* The value as a 64-bit pattern; false if it is not an integer or out of range.
 */
static bool integer_fits(const struct field *field, const struct value *value,
                         uint64_t *bits)
{
    unsigned spare = 64 - field_bits(field);
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
    if (field->kind == KIND_COMPUTED)
        return false;
    if (field->kind >= KIND_CHAR) {
        if (value->type != VALUE_BYTES)
            return false;
        memmove(bytes, value->bytes, field->size);
        memset(mask, 0xff, field->size);
        return true;
    }
    uint64_t bits;
    if (field->kind == KIND_FLOAT) {
        if (!float_bits(field, value, &bits))
            return false;
    } else if (!integer_fits(field, value, &bits) ||
               (field->kind == KIND_BOOL && bits > 1)) {
        return false;
    }
    CHECK(field->shift + field_bits(field) <= field->size * 8);
    uint64_t used = UINT64_MAX >> (64 - field_bits(field));
    value_store(field, bytes, field->size, (bits & used) << field->shift);
    value_store(field, mask, field->size, used << field->shift);
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

bool value_is_same(const struct field *field, const struct value *a,
                   const struct value *b)
{
    if (a->type != b->type || a->type == VALUE_NONE)
        return a->type == b->type;
    if (a->type != VALUE_BYTES)
        return a->u == b->u;
    if (field->kind == KIND_COMPUTED)
        return strncmp((const char *)a->bytes, (const char *)b->bytes,
                       COMPUTED_TEXT_MAX) == 0;
    return memcmp(a->bytes, b->bytes, field->size) == 0;
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
    copy->shift = 0;
    if (field->shift == COMPUTED_CONDITION && kind_is_integer(copy->kind)) {
        copy->kind = KIND_BOOL;
        copy->size = 1;
    }
    return copy;
}

const char *value_enum_label(const struct field *field,
                             const struct value *value)
{
    const struct label_set *labels = field->attr->labels;
    if (!labels || labels->flags || value->type == VALUE_NONE)
        return NULL;
    const struct label_row *row = NULL;
    if (value->type == VALUE_INT || value->type == VALUE_UINT)
        row = label_set_row(labels, value->u);
    return row ? row->label : labels->otherwise;
}
