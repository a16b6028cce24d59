/* SPDX-License-Identifier: MIT */
/* Reads frames of a mapping and finds its state: attaches, checks whether it is
 * still the same, copies.  STALE is found by sampler/, because only that sees
 * changes. */
#include "source/source.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/os.h"
#include "source/atomic_copy.h"
#include "source/frame_bytes.h"
#include "source/recording.h"
#include "source/region.h"

#define ATTEMPTS_MAX 8 /* copies of a mapping that changes during the copy */

/* After an attempt to open a missing mapping, wait this many times as long. */
#define SEARCH_SHARE 20
#define SEARCH_PAUSE_MAX_NS INT64_C(50000000)

struct source {
    struct target target;
    struct recording *recording; /* NULL: a mapping */
    struct frame_bytes frame;
    struct frame_bytes before, after; /* guards */
    struct region *region;            /* NULL: not attached */
    uint32_t generation;
    bool fresh;               /* no frame was read since it was attached */
    bool whole;               /* large enough since it was attached */
    int64_t search_ns;        /* monotonic time of the next attempt to attach */
    enum source_state absent; /* the state while not attached, */
    struct err err;           /* and its reason */
};

bool source_open(struct source **out, const struct target *target,
                 const struct range *ranges, size_t range_count, uint64_t need,
                 struct err *err)
{
    struct recording *recording = NULL;
    if (target->kind == TARGET_MEM &&
        !recording_open(&recording, target->name, ranges, range_count, need,
                        err))
        return false;
    CHECK(ranges || range_count == 0);
    struct source *source = mem_zalloc(1, sizeof *source);
    source->target = *target;
    source->recording = recording;
    if (!recording)
        frame_bytes_init(&source->frame, ranges, range_count, need);
    *out = source;
    return true;
}

void source_close(struct source *source)
{
    if (!source)
        return;
    recording_close(source->recording);
    region_close(source->region);
    frame_bytes_free(&source->frame);
    frame_bytes_free(&source->before);
    frame_bytes_free(&source->after);
    free(source);
}

void source_guard(struct source *source, const struct range *guards,
                  size_t guard_count)
{
    CHECK(!source->before.bytes && source->generation == 0);
    if (source->recording) {
        recording_guard(source->recording, guards, guard_count);
        return;
    }
    frame_bytes_init(&source->before, guards, guard_count, 0);
    frame_bytes_init(&source->after, guards, guard_count, 0);
}

void source_set_ranges(struct source *source, const struct range *ranges,
                       size_t range_count)
{
    if (source->recording)
        recording_set_ranges(source->recording, ranges, range_count);
    else
        frame_bytes_set_ranges(&source->frame, ranges, range_count);
}

static enum source_state absent_state(const struct source *source)
{
    CHECK(!source->region && source->err.status != STATUS_OK);
    switch (source->err.status) {
    case STATUS_NO_MAPPING:
        return source->generation == 0 ? STATE_WAITING : STATE_GONE;
    case STATUS_DENIED:
        return STATE_DENIED;
    default:
        return STATE_ERROR;
    }
}

static bool attach(struct source *source, int64_t now_ns)
{
    if (source->region)
        return true;
    if (now_ns < source->search_ns)
        return false;
    if (region_open(&source->region, &source->target, &source->err)) {
        source->fresh = true;
        source->whole = false;
        source->search_ns = 0;
        return true;
    }
    source->absent = absent_state(source);
    int64_t end_ns = os_mono_ns();
    int64_t pause_ns = (end_ns - now_ns) * SEARCH_SHARE;
    source->search_ns =
        end_ns +
        (pause_ns < SEARCH_PAUSE_MAX_NS ? pause_ns : SEARCH_PAUSE_MAX_NS);
    return false;
}

static void detach(struct source *source)
{
    region_close(source->region);
    source->region = NULL;
}

static bool copy_region(void *user, uint64_t offset, size_t len, uint8_t *out)
{
    return region_copy(user, offset, len, out);
}

/* The fences keep this order of loads.  Without the second one the guards could
 * be loaded again before the bytes. */
static bool copy_all(struct source *source, uint64_t size)
{
    CHECK(source->region);
    struct region *region = source->region;
    if (!frame_bytes_copy(&source->before, size, copy_region, region))
        return false;
    fence_acquire();
    if (!frame_bytes_copy(&source->frame, size, copy_region, region))
        return false;
    fence_acquire();
    return frame_bytes_copy(&source->after, size, copy_region, region);
}

static void stamp(struct frame *frame)
{
    frame->mono_ns = os_mono_ns();
    frame->wall_ns = os_wall_ns();
}

static void deliver_absent(struct source *source, struct frame *frame,
                           enum source_state state)
{
    stamp(frame);
    frame->state = state;
    frame->status = state_status(state);
    if (state == STATE_ERROR && source->err.status != STATUS_OK)
        frame->status = source->err.status;
    frame->note = source->err.text;
}

static void deliver_read(struct source *source, struct frame *frame,
                         uint64_t size)
{
    frame->size = size;
    frame->bytes = source->frame.bytes;
    frame->before = source->before.bytes;
    frame->after = source->after.bytes;
    frame->state = frame_bytes_state(&source->frame, size, &source->whole);
    if (source->fresh) {
        source->fresh = false;
        source->generation++;
        if (source->generation > 1)
            frame->state = STATE_REPLACED;
    }
    frame->note = frame_bytes_note(&source->frame, size, frame->state,
                                   region_manner(source->region));
}

/* Tries to read a frame once.  False if the mapping was replaced or changed
 * during the copy, and must be read again. */
static bool try_read(struct source *source, struct frame *frame, uint64_t *size)
{
    if (!attach(source, frame->mono_ns)) {
        deliver_absent(source, frame, source->absent);
        return true;
    }
    switch (region_check(source->region, size, &source->err)) {
    case REGION_SAME:
        stamp(frame);
        if (!copy_all(source, *size))
            return false;
        deliver_read(source, frame, *size);
        return true;
    case REGION_OTHER:
        detach(source);
        return false;
    case REGION_GONE:
        detach(source);
        deliver_absent(source, frame,
                       source->generation == 0 ? STATE_WAITING : STATE_GONE);
        source->absent = frame->state;
        return true;
    case REGION_DENIED:
        deliver_absent(source, frame, STATE_DENIED);
        return true;
    case REGION_FAILED:
        deliver_absent(source, frame, STATE_ERROR);
        return true;
    }
    CHECK(false);
    return true;
}

/* The mapping changed at each attempt.  If it is too small now, none of its
 * bytes is certain; if its size did not change, it cannot be read at all. */
static void deliver_unsteady(struct source *source, struct frame *frame,
                             uint64_t first_size, uint64_t size)
{
    stamp(frame);
    if (!source->region) {
        err_set(&source->err, STATUS_NO_MAPPING,
                "'%s' is replaced faster than it can be read",
                source->target.text);
        deliver_absent(source, frame, absent_state(source));
    } else if (size != first_size || size < source->frame.need) {
        deliver_read(source, frame, 0);
    } else {
        err_set(&source->err, STATUS_IO,
                "'%s' cannot be read: its memory faults (a full file "
                "system, or a failing disk?)",
                source->target.text);
        deliver_absent(source, frame, STATE_ERROR);
    }
}

static void sample_live(struct source *source, struct frame *frame)
{
    uint64_t first_size = 0, size = 0;
    frame->mono_ns = os_mono_ns();
    for (int i = 0; i < ATTEMPTS_MAX; i++) {
        if (try_read(source, frame, &size))
            return;
        if (i == 0)
            first_size = size;
    }
    deliver_unsteady(source, frame, first_size, size);
}

void source_sample(struct source *source, struct frame *frame)
{
    memset(frame, 0, sizeof *frame);
    frame->note = "";
    if (source->recording) {
        recording_sample(source->recording, frame);
        return;
    }
    sample_live(source, frame);
    frame->generation = source->generation;
}

bool source_again(struct source *source, struct frame *frame)
{
    CHECK(frame->bytes);
    if (source->recording) {
        recording_again(source->recording, frame);
        return true;
    }
    /* A file that is not mapped was read as a whole by source_sample. */
    if (region_manner(source->region)[0] != '\0')
        return false;
    stamp(frame);
    frame->bytes = source->frame.bytes;
    return copy_all(source, frame->size);
}

bool source_is_over(const struct source *source)
{
    return source->recording && recording_is_over(source->recording);
}

bool source_is_recorded(const struct source *source)
{
    return source->recording;
}
