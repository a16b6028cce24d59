/* SPDX-License-Identifier: MIT */
/* [struct NAME] sections: their members, the structs in them, how many leaves
 * that makes, and under which ABIs they are used. */
#ifndef SHMTOP_LOADER_STRUCT_DEF_H
#define SHMTOP_LOADER_STRUCT_DEF_H

#include "base/name_table.h"
#include "loader/declaration.h"
#include "loader/struct_place.h"

enum struct_key { STRUCT_SIZE, STRUCT_PACK, STRUCT_KEY_COUNT };

enum struct_state {
    STRUCT_READ,     /* its section was read */
    STRUCT_BEGUN,    /* its members are being finished */
    STRUCT_INVALID,  /* errors are reported */
    STRUCT_FINISHED, /* `depth`, `leaves` and `shape` are known */
};

struct struct_def {
    const char *name;
    struct keys keys; /* by enum struct_key */
    struct declarations members;
    uint64_t size;                  /* @size in bytes, 0: not given */
    unsigned pack;                  /* @pack in bytes, 0: not given */
    const struct struct_def *first; /* of the same name; NULL: this one */

    enum struct_state state;
    const struct declaration *member; /* STRUCT_BEGUN: which one */
    unsigned depth;                   /* 1 and the depth of structs in it */
    uint64_t leaves;
    struct struct_shape *shape;
    unsigned abis;      /* bit of each enum abi under which it is used */
    enum abi shape_abi; /* the first of them, which the shape is for */
    struct struct_placement placements[ABI_COUNT];
};

/* All structs of a layout; zero-initialise, structs_free when done. */
struct struct_defs {
    struct struct_def **items;  /* each in the arena */
    struct struct_def **sorted; /* the finished ones, each after those in it:
                                   by shape->index */
    struct name_table names;    /* indices of items */
    size_t count;
};

/* STRUCT_KEY_COUNT rows and one whose key is NULL. */
extern const struct section_key struct_table[];

/* Begins a section; the next members belong to it. */
void structs_begin(struct struct_defs *defs, const char *name, const char *file,
                   int line, struct arena *arena);
/* Reads one `@size = value` or `@pack = value`. */
void struct_set(struct struct_def *def, const char *key, const char *value,
                int line, struct arena *arena, struct problems *problems);
void structs_free(struct struct_defs *defs);

/* The ABIs under which a struct is used, shape_abi first; none if it is
 * invalid.  Returns how many. */
size_t struct_list_abis(const struct struct_def *def, enum abi out[ABI_COUNT]);

/* Finds the structs that the types of all fields and members name, counts
 * leaves, and makes the shapes of the layout.  Declarations with errors are
 * marked invalid.  The layout's mappings are finished. */
struct draft;
void structs_finish(struct draft *draft);

#endif
