/* SPDX-License-Identifier: MIT */
/* The limits of `warn` and `crit`: `warn = >80`, `crit = ==Fault`. */
#ifndef SHMTOP_LAYOUT_LIMITS_H
#define SHMTOP_LAYOUT_LIMITS_H

#include "base/err.h"
#include "layout/layout.h"

/* Reads ">80", ">=80", "<3", "<=3", "2..5", "==1" or "!=1"; numbers are in
 * shown units, finite, and low <= high.  After == and != a word that is no
 * number is a label: `*label` points to it in `text` (else it is NULL), and
 * limit_set_label must be called.  False with STATUS_DATA. */
bool limit_parse(const char *text, struct limit *out, const char **label,
                 struct err *err);

/* Sets the numbers of a limit by its label: `true` or `false` of a bool, or a
 * label of the field's enum.  False with STATUS_DATA. */
bool limit_set_label(struct limit *limit, const char *label,
                     const struct field *field, struct err *err);

/* Whether `number` (in shown units, not NaN) breaks the limit or is within
 * `slack` (0 or more) of breaking it. */
bool limit_broken(const struct limit *limit, double number, double slack);

/* Whether each number that breaks `inner` also breaks `outer`. */
bool limit_covers(const struct limit *outer, const struct limit *inner);

/* Appends the limit as a layout writes it, by a label if the field has one for
 * it; nothing for LIMIT_NONE. */
void limit_put(struct buf *out, const struct limit *limit,
               const struct field *field);

#endif
