/* SPDX-License-Identifier: MIT */
/* The entries of debug information (DWARF 2 to 5) one at a time, without the
 * names of the library that decodes them.  c_type.c interprets them. */
#ifndef SHMTOP_IMPORT_DWARF_H
#define SHMTOP_IMPORT_DWARF_H

#include <stddef.h>
#include <stdint.h>

#include "base/object.h"

enum dwarf_tag {
    DWARF_OTHER, /* never visited, but dwarf_entry_read may return it */
    DWARF_UNIT,  /* a compilation unit; `name` is its source file */
    DWARF_NAMESPACE,
    DWARF_CODE, /* a function or a block, which may contain types */
    DWARF_STRUCT,
    DWARF_UNION,
    DWARF_MEMBER,
    DWARF_BASE_CLASS,
    DWARF_ENUM,
    DWARF_ENUMERATOR,
    DWARF_ARRAY,
    DWARF_DIMENSION,
    DWARF_TYPEDEF,
    DWARF_QUALIFIER, /* const, volatile, _Atomic and the like */
    DWARF_POINTER,   /* or reference, or pointer to member */
    DWARF_BASE,
};

enum dwarf_encoding {
    DWARF_UNKNOWN,
    DWARF_SIGNED,
    DWARF_UNSIGNED,
    DWARF_FLOAT,
    DWARF_BOOL,
    DWARF_UTF, /* char8_t, char16_t, char32_t */
};

/* The position of an entry. */
struct dwarf_ref {
    uint64_t offset;
    bool in_types; /* in .debug_types, not .debug_info */
    bool given;    /* false: no such reference */
};

/* A number that may be missing. */
struct dwarf_number {
    int64_t value;
    bool given;
};

struct dwarf_entry {
    enum dwarf_tag tag;
    struct dwarf_ref at;
    const char *name; /* NULL: none; borrowed until dwarf_file_close */
    const char *file; /* of a unit that is in a separate file, or NULL */
    struct dwarf_ref type;
    struct dwarf_ref signature; /* of a declaration: the type unit's entry */
    bool declaration;
    bool external;      /* a static member */
    bool in_other_file; /* its type is in another file */
    bool computed;      /* its offset is an expression */
    enum dwarf_encoding encoding;
    struct dwarf_number byte_size;
    struct dwarf_number offset;         /* bytes from the struct's start */
    struct dwarf_number bit_size;       /* of a bit field */
    struct dwarf_number bit_offset;     /* bits from the struct's start */
    struct dwarf_number bit_offset_old; /* bits from the top of its storage */
    struct dwarf_number upper, count;   /* of a dimension */
    struct dwarf_number value;          /* of an enumerator */
    bool value_unsigned; /* value is the bit pattern of an unsigned number */
};

struct dwarf_file;

/* False in a program that is built without libdwarf. */
bool dwarf_is_available(void);

/* Opens the file `path`, whose headers are `object`.  STATUS_DATA when its
 * debug information is missing, damaged, or of a kind whose names would be read
 * wrong; messages begin with `path`. */
bool dwarf_file_open(struct dwarf_file **out, const char *path,
                     const struct object *object, struct err *err);
void dwarf_file_close(struct dwarf_file *file); /* accepts NULL */

/* An upper bound of the number of entries. */
uint64_t dwarf_file_entries_max(const struct dwarf_file *file);

/* The compilation and type units, in the order of the file. */
size_t dwarf_file_unit_count(const struct dwarf_file *file);
struct dwarf_ref dwarf_file_unit(const struct dwarf_file *file, size_t index);

/* STATUS_DATA when there is no entry at `at` or it is damaged. */
bool dwarf_entry_read(struct dwarf_file *file, struct dwarf_ref at,
                      struct dwarf_entry *out, struct err *err);

/* Calls `visit` for each child with a tag of the list above, until it returns
 * false with `err`.  False then, or when the children are damaged. */
typedef bool dwarf_visit_fn(void *user, const struct dwarf_entry *entry,
                            struct err *err);
bool dwarf_entry_each(struct dwarf_file *file, struct dwarf_ref parent,
                      dwarf_visit_fn *visit, void *user, struct err *err);

#endif
