/* SPDX-License-Identifier: MIT */
/* The one reader of `key = value` lines.  A section gives it a table with a
 * row for each of its keys. */
#ifndef SHMTOP_LOADER_KEY_TABLE_H
#define SHMTOP_LOADER_KEY_TABLE_H

#include "base/mem.h"
#include "base/problem.h"
#include "layout/words.h"

struct section_key;

/* A value that is parsed. */
struct key_value {
    const struct section_key *row;
    const char *text;    /* not empty */
    struct arena *arena; /* for strings */
    struct err *err;
};

/* Stores a value at `out`.  False with STATUS_DATA and the reason. */
typedef bool key_parse_fn(void *out, const struct key_value *value);

/* A key of a section.  Tables end with a row whose key is NULL. */
struct section_key {
    const char *key;
    key_parse_fn *parse;
    size_t offset; /* in bases[base] of the section: where `out` is */
    unsigned base;
    const struct word_row *words; /* the values of key_word */
};

/* Which keys of a section were given.  Bits and arrays are indexed by the row
 * of the table. */
struct keys {
    const char *file;
    int line;           /* of the header, or of the line that has all keys */
    uint64_t given;     /* bits */
    uint64_t valid;     /* bits of those whose value was stored */
    int *lines;         /* NULL: all in `line` */
    const char **files; /* NULL: all in `file` */
};
#define KEYS_MAX 64u

/* A section that is being read. */
struct key_section {
    const char *kind; /* in messages: "[mapping]", or "field" with a name */
    const char *name; /* or NULL */
    const struct section_key *table;
    struct keys *keys;
    void *bases[2]; /* drafts into which the values are stored */
};

/* Reads `key = value` in line `line` of keys->file.  Returns the row whose
 * value was stored, or NULL after adding a problem. */
const struct section_key *key_read(const struct key_section *section,
                                   const char *key, const char *value, int line,
                                   struct arena *arena,
                                   struct problems *problems);
/* The part of key_read before the value is parsed, for other tables: notes that
 * key number `row` is given.  False after adding a problem when it was given
 * before or has no value. */
bool key_take(const struct key_section *section, size_t row, const char *key,
              const char *value, int line, struct problems *problems);

/* Whether a key was given, with whatever value. */
static inline bool key_given(const struct keys *keys, unsigned row)
{
    return (keys->given >> row & 1) != 0;
}
/* Whether a key was given and its value was stored. */
static inline bool key_valid(const struct keys *keys, unsigned row)
{
    return (keys->valid >> row & 1) != 0;
}
/* Where a key was given; else the section's own place. */
int key_line(const struct keys *keys, unsigned row);
const char *key_file(const struct keys *keys, unsigned row);
/* Adds an error about a key, in its line. */
void key_problem(struct problems *problems, const struct keys *keys,
                 unsigned row, const char *fmt, ...) PRINTF_LIKE(4, 5);

/* Sets the error "bad KEY 'TEXT'; REASON"; false. */
bool key_bad(const struct key_value *value, const char *reason);

/* Parsers of common values.  `out` is: */
key_parse_fn key_text;       /* const char *; fit for a terminal */
key_parse_fn key_plain;      /* const char *; as it is, without quotes */
key_parse_fn key_raw;        /* const char *; as it is, with quotes */
key_parse_fn key_identifier; /* const char *; see identifier_check */
key_parse_fn key_word;       /* an enum; one of row->words */
key_parse_fn key_real;       /* double */
key_parse_fn key_period;     /* int64_t, in ns */
key_parse_fn key_size;       /* uint64_t, 1 to LAYOUT_SIZE_MAX bytes */
key_parse_fn key_yes_no;     /* bool */

#endif
