/* SPDX-License-Identifier: MIT */
/*
 * What types.c and types_find.c share.
 */
#ifndef SHMTOP_IMPORT_C_TYPE_PARTS_H
#define SHMTOP_IMPORT_C_TYPE_PARTS_H

#include "base/mem.h"
#include "import/c_type.h"

struct types {
    struct debug *debug;
    bool big_endian;
    unsigned pointer_size; /* bytes */
    struct arena *arena;
    struct type **list; /* all that were read */
    size_t count, room;
    struct type_match *matches; /* of the last types_find */
    size_t match_count, match_room;
    const char **names; /* of all structs, while there is no match */
    size_t name_count, name_room;
};

/* Reads a complete struct or union.  STATUS_DATA when it is damaged. */
bool type_read_struct(struct types *types, const struct entry *entry, int depth,
                      struct type **out, struct err *err);

/* The complete type that a declaration stands for, from another unit; `*why`
 * there is none, else NULL. */
bool types_complete(struct types *types, const struct entry *declaration,
                    struct entry *out, const char **why, struct err *err);

#endif
