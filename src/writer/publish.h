/* SPDX-License-Identifier: MIT */
/* The writer's half of the snapshot methods: publishing a frame as a whole, and
 * breaking that for tests.  Reading is sampler/consistency.h. */
#ifndef SHMTOP_WRITER_PUBLISH_H
#define SHMTOP_WRITER_PUBLISH_H

#include "source/region.h"
#include "writer/pattern_value.h"

/* How frames are torn, so that readers can be tested. */
enum tear {
    TEAR_NONE,
    TEAR_BREAK, /* stored in two halves with a pause between, without the
                   method's protocol: a reader cannot notice */
    TEAR_SLOW,  /* the same with the protocol: readers must notice */
    TEAR_DIE,   /* the process ends between the halves */
};

/* One mapping that is published. */
struct publish {
    const struct layout *layout;
    const struct snapshot *snapshot;
    struct region *region; /* borrowed */
    uint64_t number;       /* of frames that were published */
    bool bare;             /* without the protocol */
};

/* Prepares to publish mapping `mapping`, whose bytes are zeros, in `region`. */
void publish_make(struct publish *publish, const struct layout *layout,
                  size_t mapping, struct region *region, bool bare);

/* All stores of a frame come between these two.  False if the memory has
 * vanished. */
bool publish_begin(struct publish *publish);
bool publish_end(struct publish *publish);

/* The buffer that the current frame goes to: the oldest; 0 unless the method is
 * `newest`. */
uint32_t publish_buffer(const struct publish *publish);

#endif
