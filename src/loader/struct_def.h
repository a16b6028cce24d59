/* SPDX-License-Identifier: MIT */
/*
 * [struct NAME] sections on their way to leaves: what they hold, how many
 * leaves that is, and where each member stands under an ABI.
 */
#ifndef SHMTOP_LOADER_STRUCT_DEF_H
#define SHMTOP_LOADER_STRUCT_DEF_H

#include "base/name_table.h"
#include "loader/field_keys.h"

/* A growing list; zero-initialise, declarations_free when done. */
struct declarations {
    struct declaration *items;
    size_t count, cap;
};

struct declaration *declarations_add(struct declarations *list);
void declarations_free(struct declarations *list);

/* Where a member stands from the start of its struct, or a field from the
 * start of its mapping. */
struct stand {
    uint64_t offset;   /* bytes */
    uint64_t step;     /* bytes from element to element */
    struct field like; /* what each leaf is, without path and place; of a
                          struct only its byte order */
};

/* A struct under one ABI. */
struct struct_stand {
    uint64_t size;
    unsigned alignment;
    bool refused;          /* something is wrong under it, which was said */
    struct stand *members; /* NULL: not placed yet */
};

struct struct_def {
    const char *name;
    const char *file;
    int line;
    struct declarations members;
    uint64_t size; /* @size, 0: not given */
    unsigned pack; /* @pack, 0: not given */
    int size_line, pack_line;
    const struct struct_def *first; /* of the same name, NULL: this one */
    bool bound, binding, sound;     /* see structs_bind */
    const struct declaration *now;  /* the member being bound */
    unsigned depth;                 /* of structs in it, 1: none */
    uint64_t leaves;
    struct struct_shape *shape;
    struct struct_stand stands[ABI_COUNT];
};

/* All structs of a layout; zero-initialise, structs_free when done. */
struct struct_defs {
    struct struct_def **items; /* each in the arena */
    struct name_table names;   /* their indices */
    size_t count, cap;
};

/* A section header; what is declared next belongs to it. */
struct struct_def *structs_begin(struct struct_defs *defs, const char *name,
                                 const char *file, int line,
                                 struct arena *arena);
/* A setting "@size" or "@pack" of the struct. */
void struct_set(struct struct_def *def, const char *key, const char *value,
                int line, struct problems *problems);
void structs_free(struct struct_defs *defs);

/* What binding and placing need to know. */
struct structs_to {
    struct layout *layout; /* its label sets are complete */
    const struct struct_defs *defs;
    struct problems *problems;
    bool any_abi; /* the ABI is not the layout's own: see --abi and check */
};

/* Finds the structs that the types of `decl` and all its members name, and
 * counts leaves.  False, with everything wrong said, when one is missing,
 * holds itself, or is too large or too deep. */
bool structs_bind(struct declaration *decl, const struct structs_to *to);

/* Adds the error `text` about an attribute and refuses the declaration;
 * false. */
bool structs_refuse(struct declaration *decl, enum attribute which,
                    const struct structs_to *to, const char *text);

/* Leaves of all elements of a bound declaration. */
uint64_t structs_leaves(const struct declaration *decl);

/* Where the members of a bound struct stand under `abi`, NULL when something
 * is wrong (and said). */
const struct struct_stand *structs_stand(struct struct_def *def, enum abi abi,
                                         const struct structs_to *to);

/* The next of the fields that `placing` places, with a type that is bound:
 * fills `stand`.  False when something is wrong (and said).  A declaration
 * whose offset is in a field takes no part and has offset 0. */
struct placing;
bool structs_place(struct placing *placing, struct declaration *decl,
                   struct stand *stand, const struct structs_to *to);

/* What the group of a placed declaration says of its place. */
void structs_fill_group(struct group *group, const struct declaration *decl,
                        const struct stand *stand);

#endif
