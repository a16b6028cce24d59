/* SPDX-License-Identifier: MIT */
/* Keeps, from frame to frame, where fields lie whose offset is stored in the
 * mapping.  C's rules for struct members are c_placement.h, the computation is
 * location.h. */
#ifndef SHMTOP_LAYOUT_PLACEMENT_H
#define SHMTOP_LAYOUT_PLACEMENT_H

#include "layout/location.h"

struct placement_control; /* a field that places others */

struct placement {
    const struct layout *layout;
    size_t mapping;
    uint32_t buffers;        /* how many have locations */
    struct location *now;    /* locations at the last update (placement_look),
                                one for each base of the layout and buffer;
                                NULL: the mapping's fields do not move */
    struct location *before; /* those before the last update, if `changed` */
    bool changed;            /* by the last update */
    size_t bad;              /* how many are LOCATION_BAD */
    struct buf why;          /* one line about the first of them */

    /* What `now` was computed from. */
    struct placement_control *controls;
    struct placement_control *seen; /* scratch */
    size_t control_count;
    bool known; /* there was an update */
    uint64_t size;
    uint32_t newest;
};

/* For mapping `mapping` of `layout` (borrowed).  Nothing is known before the
 * first placement_look. */
void placement_make(struct placement *placement, const struct layout *layout,
                    size_t mapping, uint32_t buffers);
void placement_free(struct placement *placement);

/* Finds the locations in a mapping of `size` bytes whose newest buffer is
 * number `newest` for buffer 0, and the next ones for the other buffers.
 * `read` reads fields, for as long as the call.  True if a location changed.
 * Costs one read of each control unless one of them changed. */
bool placement_look(struct placement *placement, uint64_t size, uint32_t newest,
                    location_read_fn *read, void *user);

/* The offset of `field` from the mapping's start in `buffer`.  False if it is
 * nowhere. */
bool placement_find(const struct placement *placement,
                    const struct field *field, uint32_t buffer, uint64_t *at);
/* Whether it had the same offset before the last update as well. */
bool placement_stayed(const struct placement *placement,
                      const struct field *field, uint32_t buffer);

#endif
