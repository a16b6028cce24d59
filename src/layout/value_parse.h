/* SPDX-License-Identifier: MIT */
/* Parses values as people write them; printing is value_text.h. */
#ifndef SHMTOP_LAYOUT_VALUE_PARSE_H
#define SHMTOP_LAYOUT_VALUE_PARSE_H

#include "layout/value.h"

/* Reads what value_put_text prints for the field's own `show`, and what people
 * write otherwise: numbers in shown units (the scale is undone), labels, flags
 * joined by `|`, true and false, texts as they are, bytes as hex pairs, GUIDs.
 * VALUE_BYTES are stored in `storage`, of field->size bytes, and borrowed from
 * there.  False with STATUS_DATA; a value that is accepted can be encoded. */
bool value_parse(const struct field *field, const char *text, uint8_t *storage,
                 struct value *out, struct err *err);

#endif
