/* SPDX-License-Identifier: MIT */
/* The C and C++ types of a program, as far as a layout can express them.  How
 * a file encodes them is hidden by dwarf.h. */
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
    struct dwarf_ref declared; /* the declaration that last led to it */
    bool complete;             /* all members are read */
};

struct c_type_member {
    const char *name; /* NULL: an anonymous struct or union, or a base class */
    struct c_type *type;
    uint64_t offset;     /* bytes from the struct's start */
    uint64_t count;      /* elements of an array, all dimensions; else 1 */
    uint64_t inner;      /* elements of the last dimension */
    unsigned dimensions; /* 0: not an array */
    bool base;           /* a base class */
    bool flexible;       /* an array without a length */
    unsigned bits;       /* of a bit field; 0: another member */
    uint64_t bit_offset; /* from the struct's start; bit 0 of a byte is its
                            lowest if little-endian, its highest if big-endian
                          */
    const char *why;     /* the reason why it has no offset, or NULL */
};

/* Whether it is a struct or union. */
bool c_type_is_group(const struct c_type *type);

/* All types that were read from one file. */
struct c_types;

/* `file`, whose headers are `object`, must outlive the types. */
struct c_types *c_types_new(struct dwarf_file *file,
                            const struct object *object);
void c_types_free(struct c_types *types); /* accepts NULL */

/* A struct or union by name. */
struct c_type_match {
    struct c_type *type;
    const char *name; /* qualified */
    const char *unit; /* the source file that it was compiled from */
};

/* All complete structs, classes and unions that `name` means: "pump",
 * "struct pump", a typedef's name, "ns::pump"; "pump@pump.c" means only those
 * in a source file of that name.  STATUS_DATA, with the nearest names, when
 * there is none.  The array is valid until the next call. */
bool c_types_find(struct c_types *types, const char *name,
                  struct c_type_match **matches, size_t *count,
                  struct err *err);

#endif
