/* SPDX-License-Identifier: MIT */
/* Decodes stored text (char, UTF-16, UTF-32) and GUIDs to clean UTF-8.
 * Printing any value for people is value_text.h. */
#ifndef SHMTOP_LAYOUT_VALUE_STRING_H
#define SHMTOP_LAYOUT_VALUE_STRING_H

#include "layout/value.h"

/* Appends the text of a KIND_CHAR, KIND_UTF16 or KIND_UTF32 value as clean
 * UTF-8, up to its first NUL; nothing if it is not VALUE_BYTES. */
void value_put_string(struct buf *out, const struct field *field,
                      const struct value *value);

/* Appends a GUID in its 8-4-4-4-12 form; nothing if it is not
 * VALUE_BYTES. */
void value_put_guid(struct buf *out, const struct field *field,
                    const struct value *value);

#endif
