/* SPDX-License-Identifier: MIT */
/*
 * Names of fields that stand where a number could, to indices of fields.
 */
#ifndef SHMTOP_LOADER_REFERENCES_H
#define SHMTOP_LOADER_REFERENCES_H

#include "loader/draft.h"

/* What a base waits for: the names of its declaration. */
struct binding {
    uint32_t base;
    struct declaration *decl;
    uint32_t instance; /* in which names are looked up first */
};

/* Zero-initialise, bindings_free when done. */
struct bindings {
    struct binding *items;
    size_t count, cap;
};

void bindings_add(struct bindings *bindings, uint32_t base,
                  struct declaration *decl, uint32_t instance);
/* Looks all names up and fills the bases; what is wrong is said once a
 * declaration. */
void bindings_resolve(struct bindings *bindings, struct parser *parser);
void bindings_free(struct bindings *bindings);

#endif
