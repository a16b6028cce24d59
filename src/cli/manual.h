/* SPDX-License-Identifier: MIT */
/*
 * What --generate prints: made from the tables that the program itself runs
 * on, so that they cannot disagree.
 */
#ifndef SHMTOP_CLI_MANUAL_H
#define SHMTOP_CLI_MANUAL_H

#include "base/buf.h"

/* The manual page, in man(7) macros. */
void manual_put(struct buf *out, const char *version);
/* Its section on the layout language (in manual_layout.c). */
void manual_put_layout(struct buf *out);
/* Its part on structs, several mappings and included files. */
void manual_put_structs(struct buf *out);
/* And on computed fields and the language of expressions. */
void manual_put_computed(struct buf *out);

/* Completions for bash. */
void completion_put_bash(struct buf *out);

#endif
