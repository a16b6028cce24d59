/* SPDX-License-Identifier: MIT */
/*
 * Follows what a mapping says about the places of its fields: where each base
 * is by a frame's own bytes, and whether that differs from where the frame was
 * read.  Costs one look at each field that says something, and more only when
 * one of them has changed.
 */
#ifndef SHMTOP_SAMPLER_PLACEMENT_H
#define SHMTOP_SAMPLER_PLACEMENT_H

#include "layout/location.h"
#include "source/source.h"

struct moving {
    const struct layout *layout;
    size_t mapping;
    uint64_t need;             /* bytes that the mapping must have */
    struct base_place *places; /* one a base of the layout; NULL: the mapping
                                  has none, and nothing below is used */
    struct base_place *before; /* those before the last moving_follow */
    struct control *controls;  /* the fields that say something */
    struct control *seen;      /* room for the next look */
    size_t control_count;
    bool known;    /* controls, newest and size are of a frame that was read */
    uint64_t size; /* bytes of the mapping */
    uint32_t newest;
    size_t bad;     /* bases in state BASE_BAD */
    struct buf why; /* one line about the first of them */
};

/* For mapping `mapping` of `layout` (borrowed). */
void moving_make(struct moving *moving, const struct layout *layout,
                 size_t mapping);
void moving_free(struct moving *moving);

/* Looks at a frame that was read and carries `ranges`, and whose newest buffer
 * is number `newest`.  True when the places are others now: `places`, and in
 * `before` what they were; the frame is to be read again then, from there. */
bool moving_follow(struct moving *moving, const struct frame *frame,
                   const struct range *ranges, size_t range_count,
                   uint32_t newest);

#endif
