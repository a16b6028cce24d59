/* SPDX-License-Identifier: MIT */
/* The fields of one mapping sorted by their place in a frame, in blocks that
 * are compared as a whole before any single field is. */
#ifndef SHMTOP_SAMPLER_FRAME_PLAN_H
#define SHMTOP_SAMPLER_FRAME_PLAN_H

#include "layout/location.h"
#include "sampler/fast_field.h"
#include "source/source.h"

/* Consecutive fields.  No byte belongs to fields of two blocks, so each block
 * can be compared and copied alone. */
struct block {
    size_t at;      /* of its first byte in the frame; a multiple of 8 */
    size_t len;     /* bytes up to the end of its last field */
    uint64_t end;   /* where they end in the mapping */
    uint32_t first; /* index of its first field */
    uint32_t count;
    uint32_t chunk;   /* number of its first chunk */
    bool changed;     /* the tracker's: some field has TREND_CHANGED */
    int64_t quiet_ns; /* the tracker's: when a rate may become 0 */
};

/* Fields that are scanned together.  Chunks are numbered through all blocks,
 * each block begins a new one. */
#define CHUNK_FIELDS 64u

struct frame_plan {
    struct range *ranges;
    size_t range_count;
    size_t frame_bytes;
    struct fast_field
        *fast_fields; /* `at` counts from the block's first byte */
    size_t fast_count;
    struct block *blocks;
    size_t block_count;
    size_t chunk_count;
};

/* Plans the fields of mapping `mapping` that have a place; `places` as in
 * field_location. */
void frame_plan_make(struct frame_plan *plan, const struct layout *layout,
                     size_t mapping, const struct location *places);
void frame_plan_free(struct frame_plan *plan);

/* The `size` bytes at `offset` of the mapping, in a frame of plan->ranges;
 * NULL if the frame does not have them all. */
const uint8_t *frame_plan_find(const struct frame_plan *plan,
                               const struct frame *frame, uint64_t offset,
                               uint32_t size);

#endif
