/* SPDX-License-Identifier: MIT */
/* Stored bytes to values and back.  Values as text are value_text.h and
 * value_parse.h. */
#ifndef SHMTOP_LAYOUT_VALUE_H
#define SHMTOP_LAYOUT_VALUE_H

#include "layout/field.h"

enum value_type {
    VALUE_NONE, /* missing: blank, null, absent; never 0 */
    VALUE_INT,
    VALUE_UINT, /* also bool (0 or 1) and bit fields of unsigned types */
    VALUE_REAL,
    VALUE_BYTES, /* text, bytes, guid: the stored bytes as they are */
};

/* A decoded value, not scaled.  `bytes` is borrowed: it points into the buffer
 * that was decoded, or into the storage of value_parse. */
struct value {
    enum value_type type;
    union {
        int64_t i;
        uint64_t u;
        double real;
        const uint8_t *bytes; /* field->size of them */
    };
};

/* The unsigned integer of `size` bytes (1, 2, 4 or 8) at `at` in the field's
 * byte order, with one load. */
uint64_t value_load(const struct field *field, const uint8_t *at,
                    uint32_t size);
/* Stores it. */
void value_store(const struct field *field, uint8_t *at, uint32_t size,
                 uint64_t bits);

/* Decodes field->size bytes at `at` (any alignment). */
void value_decode(const struct field *field, const uint8_t *at,
                  struct value *out);

/* Fills the field->size bytes that store `value`, and in `mask` the bits of
 * them that belong to the field (all, unless it is a bit field).  False if the
 * value is out of the field's range. */
bool value_encode(const struct field *field, const struct value *value,
                  uint8_t *bytes, uint8_t *mask);

/* The number in shown units: scaled and biased; NaN if it is not a number. */
double value_number(const struct field *field, const struct value *value);

/* Whether both are missing or have the same bits. */
bool value_is_same(const struct field *field, const struct value *a,
                   const struct value *b);

/* The field to print `value` by: `field` itself, or, for KIND_COMPUTED, `copy`
 * with the kind and size of the value (VALUE_BYTES: text of COMPUTED_TEXT_MAX
 * bytes). */
const struct field *value_field(const struct field *field,
                                const struct value *value, struct field *copy);

/* The label of an enum's value: of its row, else of `*`, or NULL; also NULL for
 * fields without an enum. */
const char *value_enum_label(const struct field *field,
                             const struct value *value);

#endif
