/* SPDX-License-Identifier: MIT */
/* The grammar of writer patterns: "count 1", "sine 0..10 8s". */
#ifndef SHMTOP_LOADER_PATTERN_H
#define SHMTOP_LOADER_PATTERN_H

#include "layout/layout.h"

struct pattern_row {
    const char *word;
    enum pattern_kind kind;
    const char *usage; /* "ramp LOW..HIGH PERIOD" */
};

/* Ends with a row whose word is NULL. */
extern const struct pattern_row pattern_table[];

/* Reads a pattern; strings go to `arena`.  False with STATUS_DATA and the
 * reason in `err`. */
bool pattern_parse(const char *text, struct pattern *out, struct arena *arena,
                   struct err *err);

/* Whether the field can store all values of its pattern (counters wrap).  Its
 * other attributes must be complete.  Else STATUS_DATA and the reason in
 * `err`. */
bool pattern_check(const struct field *field, struct err *err);

#endif
