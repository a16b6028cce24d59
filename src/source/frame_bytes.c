/* SPDX-License-Identifier: MIT */
/* Fills the bytes of a frame: each is copied from within the mapping, or zero.
 */
#include "source/frame_bytes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static size_t total_of(const struct range *ranges, size_t count)
{
    size_t total = 0;
    for (size_t i = 0; i < count; i++) {
        CHECK(ranges[i].offset % 8 == 0 && ranges[i].size % 8 == 0 &&
              ranges[i].at % 8 == 0);
        CHECK(ranges[i].size <= SIZE_MAX - ranges[i].at);
        size_t end = ranges[i].at + (size_t)ranges[i].size;
        total = end > total ? end : total;
    }
    return total;
}

void frame_bytes_init(struct frame_bytes *frame, const struct range *ranges,
                      size_t count, uint64_t need)
{
    *frame = (struct frame_bytes){
        .ranges = ranges,
        .count = count,
        .need = need,
        .bytes = mem_zalloc(total_of(ranges, count), 1),
    };
}

void frame_bytes_free(struct frame_bytes *frame)
{
    free(frame->bytes);
    *frame = (struct frame_bytes){0};
}

void frame_bytes_set_ranges(struct frame_bytes *frame,
                            const struct range *ranges, size_t count)
{
    free(frame->bytes);
    frame->ranges = ranges;
    frame->count = count;
    frame->bytes = mem_zalloc(total_of(ranges, count), 1);
}

bool frame_bytes_copy(struct frame_bytes *frame, uint64_t size,
                      frame_copy_fn *copy, void *user)
{
    uint64_t end = size > UINT64_MAX - 7 ? size / 8 * 8 : (size + 7) / 8 * 8;
    for (size_t i = 0; i < frame->count; i++) {
        const struct range *range = &frame->ranges[i];
        uint8_t *out = frame->bytes + range->at;
        uint64_t within = range->offset < end ? end - range->offset : 0;
        size_t len = (size_t)(within < range->size ? within : range->size);
        if (len > 0 && !copy(user, range->offset, len, out))
            return false;
        memset(out + len, 0, (size_t)range->size - len);
    }
    return true;
}

enum source_state frame_bytes_state(const struct frame_bytes *frame,
                                    uint64_t size, bool *whole)
{
    if (size >= frame->need) {
        *whole = true;
        return STATE_LIVE;
    }
    return *whole ? STATE_TRUNCATED : STATE_SHORT;
}

const char *frame_bytes_note(struct frame_bytes *frame, uint64_t size,
                             enum source_state state, const char *otherwise)
{
    if (size >= frame->need ||
        (state != STATE_SHORT && state != STATE_TRUNCATED))
        return otherwise;
    snprintf(frame->note, sizeof frame->note, "%llu of %llu B",
             (unsigned long long)size, (unsigned long long)frame->need);
    return frame->note;
}
