/* SPDX-License-Identifier: MIT */
/* Names of a program as identifiers of a layout: of limited length, each
 * unique. */
#ifndef SHMTOP_IMPORT_IDENTIFIERS_H
#define SHMTOP_IMPORT_IDENTIFIERS_H

#include "base/mem.h"
#include "base/name_table.h"

/* Zeros but for `arena`, then identifiers_free. */
struct identifiers {
    struct arena *arena;
    struct name_table used; /* name -> last number that made it unique */
};

/* `name` as an identifier of at most `max` (16 or more) bytes that was not
 * returned before; it lives in the arena. */
const char *identifiers_add(struct identifiers *identifiers, const char *name,
                            size_t max);
void identifiers_free(struct identifiers *identifiers);

#endif
