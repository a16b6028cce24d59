/* SPDX-License-Identifier: MIT */
/*
 * The forms of `show` read back: what value_put_text prints beyond plain
 * decimals.  All return false, without a message, for any other text.
 */
#ifndef SHMTOP_LAYOUT_VALUE_PARSE_SHOWN_H
#define SHMTOP_LAYOUT_VALUE_PARSE_SHOWN_H

#include "layout/value.h"

/* `count` hex pairs, between them any of the characters of `skip`. */
bool shown_parse_pairs(const char *text, const char *skip, uint8_t *storage,
                       size_t count);

/* Bits in the field's width: a signed field takes them as its pattern. */
void shown_set_bits(const struct field *field, uint64_t bits,
                    struct value *out);

/* What shows the stored bits: "0xff", "01 ff", "'RIFF'", "10.0.0.1". */
bool shown_parse_stored(const struct field *field, const char *text,
                        struct value *out);
/* RIFF without its quotes, for what is no number. */
bool shown_parse_chars(const struct field *field, const char *text,
                       struct value *out);
/* "2026-01-02T03:04:05Z" for an unscaled integer, exactly. */
bool shown_parse_time(const struct field *field, const char *text,
                      struct value *out);
/* A duration, a time, or a number with a prefix, in shown units.  `*rounded`:
 * it has a prefix, so its last digits were never shown. */
bool shown_parse_number(const struct field *field, const char *text,
                        double *number, bool *rounded);
/* An example of what the field's `show` reads, or NULL. */
const char *shown_example(const struct field *field);

#endif
