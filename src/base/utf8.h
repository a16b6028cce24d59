/* SPDX-License-Identifier: MIT */
/* Code points of UTF-8 text, which of them are safe to print, and their widths.
 * Cleaning and cutting whole texts is text.c. */
#ifndef SHMTOP_BASE_UTF8_H
#define SHMTOP_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_REPLACEMENT 0xFFFDu
#define UTF8_REPLACEMENT_TEXT "\xEF\xBF\xBD"

/* Decodes the first code point of `text` (`len` > 0 bytes) and returns how many
 * bytes it has.  A byte that is not valid UTF-8 gives 1 and
 * UTF8_REPLACEMENT. */
size_t utf8_next(const char *text, size_t len, uint32_t *code);

/* Bytes of the run of printable ASCII at the start of `text`. */
size_t utf8_plain_run(const char *text, size_t len);

/* False for what must not reach a terminal: C0, DEL, C1, bidi controls
 * (202A-202E, 2066-2069, 200E, 200F, 061C), zero width (200B-200D, 2060, FEFF),
 * 2028/2029, surrogates, private use, non-characters, unassigned. */
bool utf8_is_safe(uint32_t code);

/* Columns of a code point: 0 (combining), 1 or 2. */
int utf8_width(uint32_t code);

#endif
