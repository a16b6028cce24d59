/* SPDX-License-Identifier: MIT */
/* A field, an array or a member of a struct as the file declares it. */
#ifndef SHMTOP_LOADER_DECLARATION_H
#define SHMTOP_LOADER_DECLARATION_H

#include "layout/type.h"
#include "loader/key_table.h"

struct struct_def;

struct declaration {
    const char *name;
    struct keys keys; /* by enum attribute */
    struct type_spec type;
    uint64_t offset;          /* bytes; added to offset_name and plus_name */
    const char *offset_name;  /* the field that has the offset, or NULL */
    const char *plus_name;    /* a field whose value is added, or NULL */
    uint64_t stride;          /* bytes; 0: not given, or in stride_name */
    const char *stride_name;  /* the field that has the stride, or NULL */
    const char *count_name;   /* the field that has the count, or NULL */
    const char *mapping_name; /* of mapping=, or NULL */
    const char *expr;         /* of [computed], or NULL */
    uint16_t mapping;         /* index */
    bool computed;
    bool invalid;           /* later stages skip it: an error is reported */
    struct struct_def *def; /* of its type, or NULL; set by structs_finish */
    uint8_t bit_low, bit_high;
    uint8_t decimals; /* of scale and bias; DECIMALS_UNKNOWN */
    const char *enum_name, *flags_name;
    const char *warn_label, *crit_label; /* of `crit = ==Fault`, or NULL */
    struct attributes *attr;
};
#define DECIMALS_UNKNOWN UINT8_MAX /* written with an exponent, or many */

/* A growing list; zero-initialise, declarations_free when done. */
struct declarations {
    struct declaration *items;
    size_t count;
};

/* Adds a declaration with the defaults of all attributes.  `file` must live
 * as long as `arena`. */
struct declaration *declarations_add(struct declarations *list,
                                     const char *name, const char *file,
                                     int line, struct arena *arena);
void declarations_free(struct declarations *list);

/* Leaves of all its elements.  Of a struct, structs_finish has counted them. */
uint64_t declaration_leaves(const struct declaration *decl);
/* Leaves of one element. */
uint32_t declaration_element_leaves(const struct declaration *decl);

/* Whether another field says where it is, or how much of it there is. */
bool declaration_is_moving(const struct declaration *decl);

/* Whether the ABI packs its bits beside those of its neighbours. */
bool declaration_is_packed(const struct declaration *decl);

/* What its leaves are under `abi`, without path and place; its type is no
 * struct.  False with the reason when the size of its type is not known.  Bits
 * that the type does not have are left out. */
bool declaration_leaf(const struct declaration *decl, enum abi abi,
                      struct field *leaf, struct err *err);

#endif
