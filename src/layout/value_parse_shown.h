/* SPDX-License-Identifier: MIT */
/* Reads the forms of `show` that are not plain decimals.  All functions return
 * false, without a message, for any other text. */
#ifndef SHMTOP_LAYOUT_VALUE_PARSE_SHOWN_H
#define SHMTOP_LAYOUT_VALUE_PARSE_SHOWN_H

#include "layout/value.h"

/* Reads `count` hex pairs, with any characters of `skip` between them. */
bool shown_parse_pairs(const char *text, const char *skip, uint8_t *storage,
                       size_t count);

/* Sets a value by its bits: a signed field takes them as its pattern. */
void shown_set_bits(const struct field *field, uint64_t bits,
                    struct value *out);

/* The forms of stored bits: "0xff", "01 ff", "'RIFF'", "10.0.0.1". */
bool shown_parse_stored(const struct field *field, const char *text,
                        struct value *out);
/* RIFF without its quotes. */
bool shown_parse_chars(const struct field *field, const char *text,
                       struct value *out);
/* "2026-01-02T03:04:05Z" for an integer without scale, exactly. */
bool shown_parse_time(const struct field *field, const char *text,
                      struct value *out);
/* A duration, a time, or a number with a prefix, in shown units.  `*rounded`:
 * it has a prefix, so it was rounded for display. */
bool shown_parse_number(const struct field *field, const char *text,
                        double *number, bool *rounded);
/* An example of the form of the field's `show`, or NULL. */
const char *shown_example(const struct field *field);

#endif
