/* SPDX-License-Identifier: MIT */
/* Where fields and the members of structs lie under an ABI. */
#ifndef SHMTOP_LOADER_STRUCT_PLACE_H
#define SHMTOP_LOADER_STRUCT_PLACE_H

#include "loader/declaration.h"

/* Where a member lies in its struct, or a field in its mapping. */
struct placement {
    uint64_t offset;     /* bytes; 0 if another field has it */
    uint64_t stride;     /* bytes from element to element */
    uint64_t size;       /* bytes of one element */
    uint8_t packed_size; /* of a bit field that the ABI packs: bytes of its
                            type; else 0 */
    struct field leaf;   /* each leaf, without path and place; of a struct all
                            0 */
};

/* A struct under one ABI. */
struct struct_placement {
    uint64_t size; /* bytes */
    unsigned alignment;
    struct placement *members; /* NULL: not placed */
};

/* Places all structs under the ABIs under which they are used.  Those with
 * errors stay without members. */
struct draft;
void structs_place(struct draft *draft);

/* Places the next of the fields that `placing` places; `out` is all 0.  False
 * when an error is reported, now or by an earlier stage.  A field whose offset
 * is in another one has no effect on the next. */
struct placing;
bool declaration_place(struct placing *placing, struct declaration *decl,
                       struct placement *out, struct draft *draft);

/* Copies the place of a declaration into its group. */
void placement_fill_group(struct group *group, const struct declaration *decl,
                          const struct placement *placement);

#endif
