/* SPDX-License-Identifier: MIT */
/*
 * The types of a compiled program, as far as a layout can say them.
 */
#ifndef SHMTOP_IMPORT_C_TYPE_H
#define SHMTOP_IMPORT_C_TYPE_H

#include "import/dwarf.h"

enum c_type_kind {
    C_TYPE_OPAQUE, /* `why` says what it is */
    C_TYPE_INT,
    C_TYPE_UINT,
    C_TYPE_FLOAT, /* of 4 or 8 bytes */
    C_TYPE_BOOL,
    C_TYPE_CHAR, /* char and char8_t */
    C_TYPE_WIDE, /* wchar_t, char16_t, char32_t */
    C_TYPE_POINTER,
    C_TYPE_ENUM,
    C_TYPE_STRUCT,
    C_TYPE_UNION,
};

struct c_type_value {
    const char *name;
    int64_t value; /* a bit pattern when the enum is not signed */
};

struct c_type {
    enum c_type_kind kind;
    const char *name; /* as in the program, or NULL */
    uint64_t size;    /* bytes */
    bool is_signed;   /* of C_TYPE_CHAR, C_TYPE_ENUM, C_TYPE_WIDE */
    bool is_wchar;    /* wchar_t itself */
    const char *why;
    struct c_type_member *members; /* of structs and unions */
    size_t member_count;
    struct c_type_value *values; /* of enums */
    size_t value_count;
    struct dwarf_ref at;
    struct dwarf_ref declared; /* it was last asked for by that declaration */
    bool done;
};

struct c_type_member {
    const char *name; /* NULL: an anonymous struct or union, or a base class */
    struct c_type *type;
    uint64_t offset;     /* bytes from the struct's start */
    uint64_t count;      /* elements of an array, all dimensions; else 1 */
    uint64_t inner;      /* of the last dimension */
    unsigned dimensions; /* 0: no array */
    bool base;           /* a base class */
    bool flexible;       /* an array without an end */
    unsigned bits;       /* of a bit field, 0: none */
    uint64_t bit_offset; /* from the struct's start, in the byte order's sense:
                           0 is the lowest bit of a little-endian byte, the
                           highest of a big-endian one */
    const char *why;     /* it cannot be placed: why; NULL otherwise */
};

struct c_types;

/* Reads through `file`, which must outlive it and is of `object`. */
struct c_types *c_types_new(struct dwarf_file *file,
                            const struct object *object);
void c_types_free(struct c_types *types); /* accepts NULL */

/* A struct or union by name. */
struct c_type_match {
    struct c_type *type;
    const char *name; /* qualified */
    const char *unit; /* the source file that it was compiled from */
};

/* All complete structs, classes and unions with the name `name` ("pump",
 * "struct pump", a typedef's name, "ns::pump") or, behind an @, of those the
 * ones in a source file of that name.  STATUS_DATA when there is none, with the
 * nearest names.  The array belongs to `types`. */
bool c_types_find(struct c_types *types, const char *name,
                  struct c_type_match **matches, size_t *count,
                  struct err *err);

#endif
