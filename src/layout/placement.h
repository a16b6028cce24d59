/* SPDX-License-Identifier: MIT */
/* Follows where the fields of one mapping are, from look to look: the same
 * for the sampler, the demo server and `set`.  One look is location.h. */
#ifndef SHMTOP_LAYOUT_PLACEMENT_H
#define SHMTOP_LAYOUT_PLACEMENT_H

#include "layout/location.h"

struct placement_control; /* a field that places others */

struct placement {
    const struct layout *layout;
    size_t mapping;
    uint32_t buffers;        /* for how many there are locations */
    struct location *now;    /* those of the last look, one for each base of the
                                layout and buffer; NULL: no field of the
                                mapping is placed by others */
    struct location *before; /* those of the look before, if `changed` */
    bool changed;            /* by the last look */
    size_t bad;              /* how many are LOCATION_BAD */
    struct buf why;          /* one line about the first of them */

    /* What `now` was computed from. */
    struct placement_control *controls;
    struct placement_control *seen; /* room for the next look */
    size_t control_count;
    bool known; /* there was a look */
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
/* Whether it was there before the last look, too. */
bool placement_stayed(const struct placement *placement,
                      const struct field *field, uint32_t buffer);

#endif
