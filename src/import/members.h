/* SPDX-License-Identifier: MIT */
/* The members of a struct, one for each line of a layout; write_layout.c
 * writes the lines. */
#ifndef SHMTOP_IMPORT_MEMBERS_H
#define SHMTOP_IMPORT_MEMBERS_H

#include "base/mem.h"
#include "import/c_type.h"

struct member_line {
    const char *name; /* of the layout */
    const struct c_type_member *member;
    uint64_t offset; /* bytes from the section's start */
    uint64_t bit_offset;
    bool overlap;
    const char *why; /* it becomes a comment with this reason; NULL: a line */
    /* of bit fields: */
    unsigned size;  /* bytes of the integer around it */
    unsigned shift; /* its lowest bit in the integer */
};

struct member_lines {
    struct member_line *items;
    size_t count;
    size_t visited; /* members, also those of anonymous structs */
};

/* Collects all members of `type`; anonymous structs and unions are replaced by
 * their members.  Lines overlap only where both permit it.  False when there
 * are too many.  The caller frees `items`, in both cases. */
bool member_lines_collect(struct member_lines *lines, const struct c_type *type,
                          bool big_endian, struct arena *arena);

/* Bytes of the member, of all elements of an array. */
uint64_t member_size(const struct c_type_member *member);

#endif
