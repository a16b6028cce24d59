/* SPDX-License-Identifier: MIT */
/* The parts of values in a layout file: texts, names and ranges. */
#ifndef SHMTOP_LAYOUT_SYNTAX_H
#define SHMTOP_LAYOUT_SYNTAX_H

#include <stdbool.h>

#include "base/err.h"
#include "base/mem.h"

/* Bytes of the text without one pair of quotes around it; sets `*text` to its
 * first byte. */
size_t attribute_unquoted(const char **text);
/* A copy of the text as it is, without one pair of quotes around it. */
const char *plain_copy(struct arena *arena, const char *text);
/* The same, cleaned for a terminal (see text_clean). */
const char *clean_copy(struct arena *arena, const char *text);

/* Whether `name` can be the name of a field, enum or flags: identifiers joined
 * by dots, at most LAYOUT_NAME_MAX bytes; else the reason in `err`. */
bool identifier_check(const char *name, struct err *err);

/* Reads "LOW..HIGH"; false if it is not two numbers. */
bool range_parse(const char *text, double *low, double *high);

#endif
