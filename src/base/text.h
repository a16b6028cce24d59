/* SPDX-License-Identifier: MIT */
/* Text for terminals and outputs: cleaning, width in columns and cutting; words
 * and patterns.  All text from a mapping, a layout or a name passes text_clean
 * before it is printed. */
#ifndef SHMTOP_BASE_TEXT_H
#define SHMTOP_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Appends one code point as UTF-8; UTF8_REPLACEMENT if it is not a scalar
 * value. */
void text_put_code(struct buf *out, uint32_t code);

/* Appends `len` bytes of `text` as valid UTF-8 without anything that moves the
 * cursor, hides or reorders: each unsafe code point or invalid byte becomes
 * UTF8_REPLACEMENT, and so does a leading combining mark; a base character
 * keeps at most two marks.  Cleaning clean text changes nothing. */
void text_clean(struct buf *out, const char *text, size_t len);

/* Columns of clean text. */
size_t text_columns(const char *text, size_t len);

/* Bytes of the longest prefix of clean text that fits into `columns`, with the
 * combining marks of its last character. */
size_t text_fit(const char *text, size_t len, size_t columns);

/* Appends clean text in at most `columns` columns: unchanged if it fits, else
 * shortened in the middle around `ellipsis` (clean text, too), or to a prefix
 * if even the ellipsis does not fit. */
void text_shorten(struct buf *out, const char *text, size_t len, size_t columns,
                  const char *ellipsis);

/* Appends clean text in printable ASCII that people can still read: `degC`,
 * `m3/h`, `Ohm`, letters without their accents; `?` for the rest. Do this
 * before widths are measured: the text may become longer. */
void text_to_ascii(struct buf *out, const char *text, size_t len);

/* `c` in lower case if it is an ASCII letter. */
char text_lower(char c);
/* Whether the `len` bytes at `text` are `word`, ignoring the case of ASCII
 * letters. */
bool text_is_word(const char *text, size_t len, const char *word);

/* For "did you mean": the word of `words` nearest to `word` by edit distance
 * with transposition, or NULL if none is within a third of its length (at least
 * 1). */
const char *text_nearest(const char *word, const char *const *words,
                         size_t count);

/* Shell-style match of a whole path: `*` (any run), `?` (one code point),
 * `[abc]`, `[!a-z]`; `\` quotes.  A `[` without its `]` is literal.  With
 * `literal_brackets` so are brackets around digits, `*` and `?`
 * (`pumps[*].id`), because field paths are full of indices. */
bool text_match(const char *pattern, const char *path, bool literal_brackets);

#endif
