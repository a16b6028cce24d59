/* SPDX-License-Identifier: MIT */
/*
 * The writer's half of the methods by which a frame is published whole, and
 * how to break them.
 */
#ifndef SHMTOP_WRITER_PUBLISH_H
#define SHMTOP_WRITER_PUBLISH_H

#include "source/region.h"
#include "writer/pattern_value.h"

/* What is done to the frames, so that readers can be tested. */
enum tear {
    TEAR_NONE,
    TEAR_BREAK, /* stored in two halves, a pause between, without the method's
                   protocol: a reader that follows it cannot notice */
    TEAR_SLOW,  /* the same with the protocol: readers have to notice */
    TEAR_DIE,   /* the process ends between the halves */
};

/* One mapping that is published. */
struct publish {
    const struct layout *layout;
    const struct snapshot *snapshot;
    struct region *region; /* borrowed */
    uint64_t number;       /* of the frames that were published */
    bool bare;             /* without the protocol */
};

/* Publishes mapping `mapping`, whose bytes are zeros, in `region`. */
void publish_make(struct publish *publish, const struct layout *layout,
                  size_t mapping, struct region *region, bool bare);

/* The stores of a frame belong between these two.  False when the memory has
 * vanished. */
bool publish_begin(struct publish *publish);
bool publish_end(struct publish *publish);

/* The buffer that the frame that is being written goes to: the oldest; 0
 * without the method `newest`. */
uint32_t publish_buffer(const struct publish *publish);

#endif
