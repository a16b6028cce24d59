/* SPDX-License-Identifier: MIT */
/*
 * The words of the layout language, one table a set: the parser, the error
 * messages' "did you mean", and `check` read the same rows.
 */
#ifndef SHMTOP_LAYOUT_WORDS_H
#define SHMTOP_LAYOUT_WORDS_H

#include "layout/layout.h"

/* A word and the enum value it stands for; tables end with !word. */
struct name_row {
    const char *word;
    int value;
};

extern const struct name_row show_names[];     /* enum show */
extern const struct name_row role_names[];     /* enum role */
extern const struct name_row level_names[];    /* enum detail_level */
extern const struct name_row encoding_names[]; /* enum text_encoding */
extern const struct name_row order_names[];    /* enum byte_order */
extern const struct name_row abi_names[];      /* enum abi */
extern const struct name_row hide_names[];     /* enum hide */

/* The value of `word` in `table`, or -1. */
int name_find(const struct name_row *table, const char *word);
/* The first word with `value`, or NULL. */
const char *name_of(const struct name_row *table, int value);
/* The nearest word, or NULL. */
const char *name_nearest(const struct name_row *table, const char *word);

/* The end of a message about a wrong word: "; did you mean 'x'?", or "" for a
 * `nearest` of NULL. */
struct name_hint {
    char text[256];
};
struct name_hint name_hint(const char *nearest);
/* The same from a table: its nearest word, or else all of its words. */
struct name_hint name_hint_in(const struct name_row *table, const char *word);

/* " of FILE" where a line that is mentioned stands in another file than the
 * one of the message, else nothing. */
struct name_hint file_hint(const char *mentioned, const char *file);

/* The field's type as a layout writes it without its byte order: "i64",
 * "char[16]", "u8 bits=4..7"; appended to `out`. */
void field_put_type(struct buf *out, const struct field *field);
/* The same with the suffix "be" where the order is not little. */
void field_put_type_order(struct buf *out, const struct field *field);

#endif
