/* SPDX-License-Identifier: MIT */
/*
 * What types.c and c_types_find.c share.
 */
#ifndef SHMTOP_IMPORT_C_TYPE_PARTS_H
#define SHMTOP_IMPORT_C_TYPE_PARTS_H

#include "base/mem.h"
#include "import/c_type.h"

struct c_types {
    struct dwarf_file *file;
    bool big_endian;
    unsigned pointer_size; /* bytes */
    struct arena *arena;
    struct c_type **list; /* all that were read */
    size_t count;
    struct c_type_match *matches; /* of the last c_types_find */
    size_t match_count;
    const char **names; /* of all structs, while there is no match */
    size_t name_count;
};

/* Reads a complete struct or union.  STATUS_DATA when it is damaged. */
bool c_type_read_struct(struct c_types *types, const struct dwarf_entry *entry,
                        int depth, struct c_type **out, struct err *err);

/* The complete type that a declaration stands for, from another unit; `*why`
 * there is none, else NULL. */
bool c_type_complete(struct c_types *types,
                     const struct dwarf_entry *declaration,
                     struct dwarf_entry *out, const char **why,
                     struct err *err);

#endif
