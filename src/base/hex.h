/* SPDX-License-Identifier: MIT */
/* Bytes as pairs of hex digits.  Numbers in hex are buf_put_hex and
 * number_parse_u64. */
#ifndef SHMTOP_BASE_HEX_H
#define SHMTOP_BASE_HEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* The value of a hex digit of either case, -1 for any other character. */
int hex_digit(char c);

/* Reads two hex digits; false, and `*byte` unchanged, if there are not two. */
bool hex_read_pair(const char *text, uint8_t *byte);

/* Appends `count` bytes as pairs of lower case digits, with `separator` between
 * them unless it is '\0'. */
void hex_put_bytes(struct buf *out, const uint8_t *bytes, size_t count,
                   char separator);

#endif
