/* SPDX-License-Identifier: MIT */
/*
 * Where a writer's fields stand: in each buffer of a mapping, by what the
 * patterns of the fields say that give offsets, strides and counts.  A field
 * without a pattern is 0, as in a new mapping.
 */
#ifndef SHMTOP_WRITER_PLACEMENT_H
#define SHMTOP_WRITER_PLACEMENT_H

#include "layout/location.h"
#include "writer/pattern_value.h"

struct standing {
    const struct layout *layout;
    size_t mapping;
    uint64_t size;             /* bytes of the mapping */
    uint32_t buffers;          /* 1 or more */
    struct base_place *places; /* base_count for each buffer; NULL: nothing
                                  in the mapping moves */
    struct base_place *before; /* those of the instant before */
    bool still;                /* no pattern ever changes a place */
    bool known;
};

void standing_make(struct standing *standing, const struct layout *layout,
                   size_t mapping, uint32_t buffers);
void standing_free(struct standing *standing);

/* Finds the places for `now`; `*moved` says whether any is another one.  False
 * with STATUS_DATA and the reason when one cannot be. */
bool standing_move(struct standing *standing, const struct instant *now,
                   bool *moved, struct err *err);

/* Where the field stands in `buffer`, in bytes from the mapping's start.  False
 * when it is not there: beyond the count. */
bool standing_find(const struct standing *standing, const struct field *field,
                   uint32_t buffer, uint64_t *at);
/* Whether it stood there before the last standing_move, too. */
bool standing_stayed(const struct standing *standing, const struct field *field,
                     uint32_t buffer);

#endif
