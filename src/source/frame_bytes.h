/* SPDX-License-Identifier: MIT */
/*
 * The bytes of a frame: what both live and recorded sources do with ranges.
 */
#ifndef SHMTOP_SOURCE_FRAME_BYTES_H
#define SHMTOP_SOURCE_FRAME_BYTES_H

#include "source/source.h"

struct frame_bytes {
    const struct range *ranges; /* borrowed */
    size_t count;
    uint64_t need;
    uint8_t *bytes; /* owned */
    char note[64];  /* of frame_bytes_note */
};

typedef bool frame_copy_fn(void *user, uint64_t offset, size_t len,
                           uint8_t *out);

void frame_bytes_init(struct frame_bytes *frame, const struct range *ranges,
                      size_t count, uint64_t need);
void frame_bytes_free(struct frame_bytes *frame);
/* Other ranges from now on; the bytes are undefined until the next copy. */
void frame_bytes_set_ranges(struct frame_bytes *frame,
                            const struct range *ranges, size_t count);

/* Calls `copy` for the part of each range that lies within `size` bytes,
 * rounded up to 8; the rest becomes zeros.  False as soon as a copy fails. */
bool frame_bytes_copy(struct frame_bytes *frame, uint64_t size,
                      frame_copy_fn *copy, void *user);

/* LIVE, SHORT or TRUNCATED for a mapping of `size` bytes; `*whole` remembers
 * whether it has been large enough since it was attached. */
enum source_state frame_bytes_state(const struct frame_bytes *frame,
                                    uint64_t size, bool *whole);
/* Why the mapping is SHORT or TRUNCATED: "10 of 32 B"; `otherwise` in other
 * states.  Valid until the next call. */
const char *frame_bytes_note(struct frame_bytes *frame, uint64_t size,
                             enum source_state state, const char *otherwise);

#endif
