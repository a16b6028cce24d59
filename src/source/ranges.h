/* SPDX-License-Identifier: MIT */
/* The parts of a mapping that frames contain.  Fields are unknown here. */
#ifndef SHMTOP_SOURCE_RANGES_H
#define SHMTOP_SOURCE_RANGES_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of the mapping that are in each frame. */
struct range {
    uint64_t offset; /* multiple of 8 */
    uint64_t size;   /* multiple of 8 */
    size_t at;       /* place in the bytes of a frame */
};

/* Bytes that somebody wants. */
struct extent {
    uint64_t offset;
    uint64_t size;
};

/* Makes ranges of `count` extents in any order: rounded out to 8 bytes, sorted,
 * and merged if less than 64 bytes are between them.  The caller frees `*out`.
 * Returns their number, and in `*bytes` the size of a frame. */
size_t ranges_make(const struct extent *wanted, size_t count,
                   struct range **out, size_t *bytes);
/* The place of byte `offset` of the mapping in a frame, or SIZE_MAX. */
size_t ranges_find(const struct range *ranges, size_t count, uint64_t offset);

#endif
