/* SPDX-License-Identifier: MIT */
/* The bytes of a frame, for mappings and recordings.  The caller copies them.
 */
#ifndef SHMTOP_SOURCE_FRAME_BYTES_H
#define SHMTOP_SOURCE_FRAME_BYTES_H

#include "source/frame.h"
#include "source/ranges.h"

struct frame_bytes {
    const struct range *ranges; /* borrowed */
    size_t count;
    uint64_t need;
    uint8_t *bytes; /* owned */
    char note[64];  /* for frame_bytes_note */
};

typedef bool frame_copy_fn(void *user, uint64_t offset, size_t len,
                           uint8_t *out);

void frame_bytes_init(struct frame_bytes *frame, const struct range *ranges,
                      size_t count, uint64_t need);
void frame_bytes_free(struct frame_bytes *frame);
/* Sets other ranges.  The bytes are undefined until the next copy. */
void frame_bytes_set_ranges(struct frame_bytes *frame,
                            const struct range *ranges, size_t count);

/* Calls `copy` for the part of each range within `size` bytes, rounded up to 8;
 * the rest becomes zeros.  False if a copy fails. */
bool frame_bytes_copy(struct frame_bytes *frame, uint64_t size,
                      frame_copy_fn *copy, void *user);

/* LIVE, SHORT or TRUNCATED for a mapping of `size` bytes.  Sets `*whole` if it
 * is large enough; the caller clears it when it attaches. */
enum source_state frame_bytes_state(const struct frame_bytes *frame,
                                    uint64_t size, bool *whole);
/* The reason of SHORT and TRUNCATED, "10 of 32 B"; `otherwise` in other states.
 * Valid until the next call. */
const char *frame_bytes_note(struct frame_bytes *frame, uint64_t size,
                             enum source_state state, const char *otherwise);

#endif
