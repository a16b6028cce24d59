/* SPDX-License-Identifier: MIT */
/*
 * When a value is alarming: `warn = >80`, `crit = ==Fault`.
 */
#ifndef SHMTOP_LAYOUT_LIMITS_H
#define SHMTOP_LAYOUT_LIMITS_H

#include "base/err.h"
#include "layout/layout.h"

/* Reads ">80", ">=80", "<3", "<=3", "2..5", "==1" or "!=1"; numbers are in
 * shown units.  Behind == and != a word that is no number is taken as a label:
 * `*label` points to it in `text` (else it is NULL), and limit_set_label has
 * to follow.  False with STATUS_DATA. */
bool limit_parse(const char *text, struct limit *out, const char **label,
                 struct err *err);

/* Gives a limit with a label the number behind it: `true` or `false` of a
 * bool, a label of the field's enum.  False with STATUS_DATA. */
bool limit_set_label(struct limit *limit, const char *label,
                     const struct field *field, struct err *err);

/* Whether `number` (shown units, not NaN) breaks the limit; once it did, it
 * does until it is back by more than `slack` (0 or more). */
bool limit_broken(const struct limit *limit, double number, double slack);

/* Whether each number that breaks `inner` breaks `outer`, too. */
bool limit_covers(const struct limit *outer, const struct limit *inner);

/* Appends it as a layout writes it, with the label where the field has one;
 * nothing for LIMIT_NONE. */
void limit_put(struct buf *out, const struct limit *limit,
               const struct field *field);

#endif
