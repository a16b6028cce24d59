/* SPDX-License-Identifier: MIT */
/* The words of the layout language, one table for each set; the loader, its
 * hints and `check` read the same rows. */
#ifndef SHMTOP_LAYOUT_WORDS_H
#define SHMTOP_LAYOUT_WORDS_H

#include "layout/layout.h"

/* A word and its enum value; the last row of a table has no word. */
struct word_row {
    const char *word;
    int value;
};

extern const struct word_row show_words[];     /* enum show */
extern const struct word_row role_words[];     /* enum role */
extern const struct word_row level_words[];    /* enum detail_level */
extern const struct word_row encoding_words[]; /* enum text_encoding */
extern const struct word_row order_words[];    /* enum byte_order */
extern const struct word_row abi_words[];      /* enum abi */
extern const struct word_row hide_words[];     /* enum hide */
extern const struct word_row snapshot_words[]; /* enum snapshot_method */

/* The value of `word` in `table`, or -1. */
int word_find(const struct word_row *table, const char *word);
/* The first word with `value`, or NULL. */
const char *word_of(const struct word_row *table, int value);
/* The nearest word, or NULL. */
const char *word_nearest(const struct word_row *table, const char *word);

/* The end of a message about a wrong word: "; did you mean 'x'?", or "" if
 * `nearest` is NULL. */
struct word_hint {
    char text[256];
};
struct word_hint word_hint(const char *nearest);
/* The same with the nearest word of the table, or else with all of them. */
struct word_hint word_hint_in(const struct word_row *table, const char *word);

/* " of FILE" for a line in another file than that of the message, else "". */
struct word_hint file_hint(const char *mentioned, const char *file);

/* Appends the field's type as a layout writes it, without its byte order:
 * "i64", "char[16]", "u8 bits=4..7". */
void field_put_type(struct buf *out, const struct field *field);
/* The same with the suffix "be" if the byte order is big. */
void field_put_type_order(struct buf *out, const struct field *field);

#endif
