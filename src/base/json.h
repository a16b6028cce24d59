/* SPDX-License-Identifier: MIT */
/*
 * The two things JSON asks of a writer that prints numbers itself.
 */
#ifndef SHMTOP_BASE_JSON_H
#define SHMTOP_BASE_JSON_H

#include "base/buf.h"

/* Appends clean UTF-8 (see text_clean) as a quoted JSON string. */
void json_put_string(struct buf *out, const char *text, size_t len);
/* Appends a shortest round-trip number, or null for NaN and infinities. */
void json_put_double(struct buf *out, double value);

#endif
