/* SPDX-License-Identifier: MIT */
/* Prints any value for people; parsing is value_parse.h, JSON and CSV are
 * output/cell.h. */
#ifndef SHMTOP_LAYOUT_VALUE_TEXT_H
#define SHMTOP_LAYOUT_VALUE_TEXT_H

#include "layout/value.h"

/* Appends the value by the field's show, precision, scale, enum and flags,
 * without its unit; clean UTF-8 for any bytes.  Nothing for VALUE_NONE.  `show`
 * replaces the field's own unless it is SHOW_DEFAULT; `group_digits` puts a
 * space between the thousands of decimal integers of five digits or more. */
void value_put_text(struct buf *out, const struct field *field,
                    const struct value *value, enum show show,
                    bool group_digits);

#endif
