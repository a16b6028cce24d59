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
struct import_line {
    const char *name; /* of the layout */
    const struct type_member *member;
    uint64_t offset; /* from the section's start */
    uint64_t bit_place;
    bool overlap;
    const char *why; /* it gets no line but this comment, or NULL */
    /* of bit fields: */
    unsigned size; /* bytes of the container */
    unsigned shift;
};

struct import_lines {
    struct import_line *items;
    size_t count, room;
    size_t seen; /* members, with those of anonymous structs */
};

/* All members of `type`, those of anonymous structs and unions in their place.
 * False when they are too many.  Free items. */
bool import_collect(struct import_lines *lines, const struct type *type,
                    bool big_endian, struct arena *arena);

/* Names that are taken, in `arena`.  Zeros but for that; then
 * import_names_free. */
struct import_names {
    struct arena *arena;
    struct import_name_slot *slots;
    size_t size, count;
};

/* `name` as an identifier of at most `max` (16 or more) bytes unlike all
 * before; it lives in the arena. */
const char *import_names_add(struct import_names *names, const char *name,
                             size_t max);
void import_names_free(struct import_names *names);

/* Bytes of the member, of all elements of an array. */
uint64_t import_member_size(const struct type_member *member);

#endif
