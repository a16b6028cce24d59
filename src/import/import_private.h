/* SPDX-License-Identifier: MIT */
/* Shared by c_type.c and c_type_find.c: the types that were read, reading one
 * struct, and finding the definition of a declared one. */
#ifndef SHMTOP_IMPORT_PRIVATE_H
#define SHMTOP_IMPORT_PRIVATE_H

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
    const char **names; /* of all structs, after a search without a match */
    size_t name_count;
};

/* Reads the struct or union of `entry`, which is not a declaration; `depth`
 * counts the types that contain it.  STATUS_DATA when it is damaged. */
bool c_type_read_struct(struct c_types *types, const struct dwarf_entry *entry,
                        int depth, struct c_type **out, struct err *err);

/* Finds the definition of `declaration` in all units.  `*why` is the reason why
 * there is none, or NULL. */
bool c_type_find_definition(struct c_types *types,
                            const struct dwarf_entry *declaration,
                            struct dwarf_entry *out, const char **why,
                            struct err *err);

#endif
