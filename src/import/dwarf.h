/* SPDX-License-Identifier: MIT */
/*
 * The tree of debug information, an entry at a time: what a type reader needs
 * of DWARF 2 to 5, without the words of the library that decodes it.
 */
#ifndef SHMTOP_IMPORT_DWARF_H
#define SHMTOP_IMPORT_DWARF_H

#include <stddef.h>
#include <stdint.h>

#include "base/object.h"

enum entry_tag {
    ENTRY_OTHER, /* never visited, but entry_read may find one */
    ENTRY_UNIT,  /* a compilation unit; `name` is its source file */
    ENTRY_NAMESPACE,
    ENTRY_CODE, /* a function or a block, where types may be too */
    ENTRY_STRUCT,
    ENTRY_UNION,
    ENTRY_MEMBER,
    ENTRY_BASE_CLASS,
    ENTRY_ENUM,
    ENTRY_ENUMERATOR,
    ENTRY_ARRAY,
    ENTRY_DIMENSION,
    ENTRY_TYPEDEF,
    ENTRY_QUALIFIER, /* const, volatile, _Atomic and the like */
    ENTRY_POINTER,   /* or reference, or pointer to member */
    ENTRY_BASE,
};

enum entry_encoding {
    ENCODED_OTHER,
    ENCODED_SIGNED,
    ENCODED_UNSIGNED,
    ENCODED_FLOAT,
    ENCODED_BOOL,
    ENCODED_UTF, /* char8_t, char16_t, char32_t */
};

/* Where an entry stands. */
struct entry_ref {
    uint64_t offset;
    bool in_types; /* in .debug_types, not .debug_info */
    bool given;    /* false: no such reference */
};

/* A number that may be missing. */
struct entry_number {
    int64_t value;
    bool given;
};

struct entry {
    enum entry_tag tag;
    struct entry_ref at;
    const char *name; /* NULL: none; borrowed until debug_close */
    const char *file; /* of a unit that is kept in another file, or NULL */
    struct entry_ref type;
    struct entry_ref signature; /* of a declaration: the type unit's entry */
    bool declaration;
    bool external;  /* a static member */
    bool elsewhere; /* its type is in another file */
    bool computed;  /* its place is an expression */
    enum entry_encoding encoding;
    struct entry_number byte_size;
    struct entry_number place;         /* bytes from the struct's start */
    struct entry_number bit_size;      /* of a bit field */
    struct entry_number bit_place;     /* bits from the struct's start */
    struct entry_number bit_place_old; /* bits from the top of its storage */
    struct entry_number upper, count;  /* of a dimension */
    struct entry_number value;         /* of an enumerator */
    bool value_unsigned; /* value is the pattern of an unsigned number */
};

struct debug;

/* Whether this program can read debug information at all. */
bool debug_is_available(void);

/* Opens the file `path`, whose headers are `object`.  STATUS_DATA when it has
 * no debug information, or none that is read right; the message begins with
 * `path`. */
bool debug_open(struct debug **debug, const char *path,
                const struct object *object, struct err *err);
void debug_close(struct debug *debug); /* accepts NULL */

/* The file has at most that many entries: a tree with more has a loop. */
uint64_t debug_entries_max(const struct debug *debug);

/* The compilation and type units, in the order of the file. */
size_t debug_unit_count(const struct debug *debug);
struct entry_ref debug_unit(const struct debug *debug, size_t index);

/* STATUS_DATA when nothing stands there or it is damaged. */
bool entry_read(struct debug *debug, struct entry_ref at, struct entry *out,
                struct err *err);

/* Calls `visit` for each child with a tag of the list above, until it returns
 * false with `err`; then, or when the children are damaged, false. */
typedef bool entry_visit_fn(void *user, const struct entry *entry,
                            struct err *err);
bool entry_each(struct debug *debug, struct entry_ref parent,
                entry_visit_fn *visit, void *user, struct err *err);

#endif
