/* SPDX-License-Identifier: MIT */
/* Keys that may name a field instead of giving a number (offset, count,
 * heartbeat ...): finds that field.  Names in expressions are expr/names.c. */
#ifndef SHMTOP_LOADER_REFERENCES_H
#define SHMTOP_LOADER_REFERENCES_H

#include <stddef.h>
#include <stdint.h>

struct declaration;
struct draft;

/* A base whose fields are to be looked up. */
struct reference {
    uint32_t base;
    uint32_t instance; /* the struct in which names are looked up first */
    struct declaration *decl;
};

/* Zero-initialise, references_free when done. */
struct references {
    struct reference *items;
    size_t count;
};

/* Adds a base for the names of `decl`. */
void references_add(struct references *references, uint32_t base,
                    struct declaration *decl, uint32_t instance);
void references_free(struct references *references);

/* Looks up all names of the draft, and fills them into the layout's bases and
 * mappings; makes the list of its expressions.  The layout has all its leaves.
 * A base then depends only on fields without a base, or with an earlier one,
 * of the same mapping. */
void references_bind(struct draft *draft);

#endif
