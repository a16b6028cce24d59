/* SPDX-License-Identifier: MIT */
/*
 * Between stored bytes and what they mean: decode, encode, print, parse.
 * Everything here is a pure function of a field and its bytes.
 */
#ifndef SHMTOP_LAYOUT_VALUE_H
#define SHMTOP_LAYOUT_VALUE_H

#include "layout/layout.h"

enum value_type {
    VALUE_NONE, /* missing: blank, null, absent; never 0 */
    VALUE_INT,
    VALUE_UINT, /* also bool (0 or 1) and bit fields of unsigned types */
    VALUE_REAL,
    VALUE_BYTES, /* text, bytes, guid: the stored bytes, undecoded */
};

/* A decoded value, unscaled.  VALUE_BYTES borrows: `bytes` points into the
 * buffer that was decoded (or the text that was parsed) and lives as long. */
struct value {
    enum value_type type;
    union {
        int64_t i;
        uint64_t u;
        double real;
        const uint8_t *bytes; /* field->size of them */
    };
};

/* Decodes field->size bytes at `at` (any alignment). */
void value_decode(const struct field *field, const uint8_t *at,
                  struct value *out);

/* The field->size bytes that store `value`, and in `mask` the bits of them that
 * belong to the field (all ones but for bit fields).  False when the value does
 * not fit the field's range. */
bool value_encode(const struct field *field, const struct value *value,
                  uint8_t *bytes, uint8_t *mask);

/* The number that statistics and alarms see: scaled and biased; NaN for what
 * is not a number. */
double value_number(const struct field *field, const struct value *value);

/* The field by which `value` is printed: `field` itself, but for
 * KIND_COMPUTED, where it is `copy`, filled with the kind and size that the
 * value has (VALUE_BYTES: text of COMPUTED_TEXT_MAX bytes). */
const struct field *value_field(const struct field *field,
                                const struct value *value, struct field *copy);

/* Whether value_number can ever be a number. */
bool field_is_numeric(const struct field *field);
/* Width in bits at which a counter in this field wraps (0: does not). */
unsigned field_wrap_bits(const struct field *field);

/* Appends the value as people read it, following show, precision, scale, enum
 * and flags; clean UTF-8 whatever the bytes hold, without the unit.  Nothing
 * for VALUE_NONE.  `show` replaces the field's own unless SHOW_DEFAULT;
 * `group_digits` puts a space between thousands of decimal integers of five
 * digits or more. */
void value_put_text(struct buf *out, const struct field *field,
                    const struct value *value, enum show show,
                    bool group_digits);

/* Appends the text of a KIND_CHAR, KIND_UTF16 or KIND_UTF32 value as clean
 * UTF-8, up to its first NUL unit. */
void value_put_string(struct buf *out, const struct field *field,
                      const struct value *value);

/* A GUID in its 8-4-4-4-12 form. */
void value_put_guid(struct buf *out, const struct field *field,
                    const struct value *value);

/* The label of an enum's value, or NULL where no row fits (and for other
 * fields). */
const char *value_enum_label(const struct field *field,
                             const struct value *value);

/* Reads `text` as people write it for this field: numbers in shown units
 * (scale undone), enum labels, flag names joined by `|`, true/false,
 * text as it is, bytes as hex pairs, GUIDs, and all that value_put_text prints
 * for the field's own `show`.  VALUE_BYTES are stored into
 * `storage`, of field->size bytes, and borrowed from there.  False with
 * STATUS_DATA and the reason in `err`. */
bool value_parse(const struct field *field, const char *text, uint8_t *storage,
                 struct value *out, struct err *err);

#endif
