/* SPDX-License-Identifier: MIT */
/*
 * Everything that comes from a mapping, a layout or a name and goes to a
 * terminal or an output passes here: UTF-8 is checked, what could move the
 * cursor, hide or reorder text is replaced, and width is counted in terminal
 * columns.  Widths come from utf8proc so that they are the same on every
 * system and in every locale.
 */
#ifndef SHMTOP_BASE_TEXT_H
#define SHMTOP_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Appends one code point as UTF-8; what is not a scalar value becomes
 * UTF8_REPLACEMENT. */
void text_put_code(struct buf *out, uint32_t code);

/* Appends `len` bytes of `text`, valid UTF-8 for certain: each unsafe code
 * point or invalid byte becomes UTF8_REPLACEMENT, at most two combining marks
 * stay on a base character (a leading one gets none and is replaced). */
void text_clean(struct buf *out, const char *text, size_t len);

/* Columns of already clean text. */
size_t text_columns(const char *text, size_t len);

/* Bytes of the longest prefix of clean text that fits into `columns`, with
 * the combining marks of its last character. */
size_t text_fit(const char *text, size_t len, size_t columns);

/* Appends clean text in exactly `columns` columns or fewer: whole when it
 * fits, else shortened in the middle around `ellipsis` (itself clean text;
 * when not even that fits, a plain prefix). */
void text_shorten(struct buf *out, const char *text, size_t len, size_t columns,
                  const char *ellipsis);

/* `c`, an ASCII capital as a small letter. */
char text_lower(char c);
/* Whether the `len` bytes at `text` are `word`, the case of ASCII letters
 * ignored. */
bool text_is_word(const char *text, size_t len, const char *word);

/* The word of `words` nearest to `word` (edit distance with transposition, at
 * most a third of its length, at least 1), or NULL: for "did you mean". */
const char *text_nearest(const char *word, const char *const *words,
                         size_t count);

/* Shell-style match of a whole path: `*` (any run), `?` (one code point),
 * `[abc]`, `[!a-z]`; `\` quotes.  A `[` without its `]` stands for itself, and
 * with `literal_brackets` so do brackets around nothing but digits, `*` and
 * `?` (`pumps[*].id`): field paths are full of indices and users type them. */
bool text_match(const char *pattern, const char *path, bool literal_brackets);

#endif
