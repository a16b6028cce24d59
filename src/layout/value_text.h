/* SPDX-License-Identifier: MIT */
/* Prints any value for people; parsing is value_parse.h, JSON and CSV are
 * output/cell.h. */
#ifndef SHMTOP_LAYOUT_VALUE_TEXT_H
#define SHMTOP_LAYOUT_VALUE_TEXT_H

#include "layout/value.h"

/* Appends the value by the field's show, precision, scale, enum and flags,
 * without its unit; clean UTF-8 for any bytes.  Nothing for VALUE_NONE.  `show`
 * replaces the field's own unless it is SHOW_DEFAULT; `group_digits` puts a
 * space between the thousands of decimal numbers of five digits or more.
 * Without `precision` a real number has at most 10 significant digits, 7 if it
 * comes from f32 alone. */
void value_put_text(struct buf *out, const struct field *field,
                    const struct value *value, enum show show,
                    bool group_digits);

/* Appends a statistic of the field, such as the lowest of its values, by its
 * show, precision and scale, with as many digits as its values have.  Nothing
 * for NaN. */
void value_put_number_text(struct buf *out, const struct field *field,
                           double number, bool group_digits);

/* Appends how much `after` is more (+) or less (-) than `before`, in the digits
 * of the field's values: "+1.5", "-3", "0"; of times and dates a duration.
 * Nothing if they are not both numbers, or are names, truth values, characters
 * or addresses. */
void value_put_difference(struct buf *out, const struct field *field,
                          const struct value *before,
                          const struct value *after);

/* The decimals that the values of a scaled integer can have; -1 if they are too
 * many. */
int value_decimals(const struct field *field);

#endif
