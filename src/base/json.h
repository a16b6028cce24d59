/* SPDX-License-Identifier: MIT */
/* JSON text: strings, keys and the commas between them. Numbers are those of
 * base/buf.h; objects and arrays are opened and closed by the caller. */
#ifndef SHMTOP_BASE_JSON_H
#define SHMTOP_BASE_JSON_H

#include "base/buf.h"

/* Appends clean UTF-8 (see text_clean) as a quoted string. */
void json_put_string(struct buf *out, const char *text, size_t len);
/* Quotes what `out` holds from `start` on, which is clean UTF-8. */
void json_quote(struct buf *out, size_t start);

/* Appends a comma, unless an object or an array was just opened: call it
 * before each element of an array. */
void json_put_comma(struct buf *out);
/* Appends `"key":` of an object, after a comma unless it is the first. */
void json_put_key(struct buf *out, const char *key);

#endif
