/* SPDX-License-Identifier: MIT */
/*
 * What the makers of an imported layout share: lines, names, and places of bit
 * fields.
 */
#ifndef SHMTOP_IMPORT_MEMBERS_H
#define SHMTOP_IMPORT_MEMBERS_H

#include "base/mem.h"
#include "import/c_type.h"

/* One member on its way to a line of the layout. */
struct member_line {
    const char *name; /* of the layout */
    const struct c_type_member *member;
    uint64_t offset; /* from the section's start */
    uint64_t bit_offset;
    bool overlap;
    const char *why; /* it gets no line but this comment, or NULL */
    /* of bit fields: */
    unsigned size; /* bytes of the container */
    unsigned shift;
};

struct member_lines {
    struct member_line *items;
    size_t count;
    size_t seen; /* members, with those of anonymous structs */
};

/* All members of `type`, those of anonymous structs and unions in their place.
 * False when they are too many.  Free items. */
bool member_lines_collect(struct member_lines *lines, const struct c_type *type,
                          bool big_endian, struct arena *arena);

/* Names that are taken, in `arena`.  Zeros but for that; then
 * identifiers_free. */
struct identifiers {
    struct arena *arena;
    struct identifier_slot *slots;
    size_t size, count;
};

/* `name` as an identifier of at most `max` (16 or more) bytes unlike all
 * before; it lives in the arena. */
const char *identifiers_add(struct identifiers *names, const char *name,
                            size_t max);
void identifiers_free(struct identifiers *names);

/* Bytes of the member, of all elements of an array. */
uint64_t member_size(const struct c_type_member *member);

#endif
