/* SPDX-License-Identifier: MIT */
/*
 * The types of a compiled program, as far as a layout can say them.
 */
#ifndef SHMTOP_IMPORT_C_TYPE_H
#define SHMTOP_IMPORT_C_TYPE_H

#include "import/dwarf.h"

enum type_kind {
    TYPE_OPAQUE, /* `why` says what it is */
    TYPE_INT,
    TYPE_UINT,
    TYPE_FLOAT, /* of 4 or 8 bytes */
    TYPE_BOOL,
    TYPE_CHAR, /* char and char8_t */
    TYPE_WIDE, /* wchar_t, char16_t, char32_t */
    TYPE_POINTER,
    TYPE_ENUM,
    TYPE_STRUCT,
    TYPE_UNION,
};

struct type_value {
    const char *name;
    int64_t value; /* a bit pattern when the enum is not signed */
};

struct type {
    enum type_kind kind;
    const char *name; /* as in the program, or NULL */
    uint64_t size;    /* bytes */
    bool is_signed;   /* of TYPE_CHAR, TYPE_ENUM, TYPE_WIDE */
    bool is_wchar;    /* wchar_t itself */
    const char *why;
    struct type_member *members; /* of structs and unions */
    size_t member_count;
    struct type_value *values; /* of enums */
    size_t value_count;
    struct entry_ref at;
    struct entry_ref declared; /* it was last asked for by that declaration */
    bool done;
};

struct type_member {
    const char *name; /* NULL: an anonymous struct or union, or a base class */
    struct type *type;
    uint64_t offset;     /* bytes from the struct's start */
    uint64_t count;      /* elements of an array, all dimensions; else 1 */
    uint64_t inner;      /* of the last dimension */
    unsigned dimensions; /* 0: no array */
    bool base;           /* a base class */
    bool flexible;       /* an array without an end */
    unsigned bits;       /* of a bit field, 0: none */
    uint64_t bit_place;  /* from the struct's start, in the byte order's sense:
                            0 is the lowest bit of a little-endian byte, the
                            highest of a big-endian one */
    const char *why;     /* it cannot be placed: why; NULL otherwise */
};

struct types;

/* Reads through `debug`, which must outlive it and is of `object`. */
struct types *types_new(struct debug *debug, const struct object *object);
void types_free(struct types *types); /* accepts NULL */

/* A struct or union by name. */
struct type_match {
    struct type *type;
    const char *name; /* qualified */
    const char *unit; /* the source file that it was compiled from */
};

/* All complete structs, classes and unions with the name `name` ("pump",
 * "struct pump", a typedef's name, "ns::pump") or, behind an @, of those the
 * ones in a source file of that name.  STATUS_DATA when there is none, with the
 * nearest names.  The array belongs to `types`. */
bool types_find(struct types *types, const char *name,
                struct type_match **matches, size_t *count, struct err *err);

#endif
