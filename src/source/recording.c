/* SPDX-License-Identifier: MIT */
/*
 * Plays a recording.  Invariant: time, bytes and states come from the file
 * alone, so the same file gives the same frames.  Reading the file is
 * source_mem_parse.c's.
 */
#include "source/recording.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "source/frame_bytes.h"
#include "source/recording_parse.h"

struct source_mem {
    struct recording *recording;
    struct frame_bytes frame;
    struct frame_bytes before, after; /* of the guards */
    size_t next;                      /* step to play */
    size_t during; /* the first of the steps that come with the next frame */
    uint64_t size;
    uint8_t *memory; /* recording->size_max bytes */
    int64_t wall_ns;
    bool started;  /* a frame was delivered */
    bool attached; /* the frame before was read */
    bool whole;
    uint32_t generation;
    enum source_state state; /* as recorded, of the last frame */
    const char *note;
};

bool source_mem_open(struct source_mem **out, const char *path,
                     const struct range *ranges, size_t range_count,
                     uint64_t need, struct err *err)
{
    struct recording *recording;
    if (!recording_load(&recording, path, err))
        return false;
    struct source_mem *source = mem_zalloc(1, sizeof *source);
    source->recording = recording;
    source->memory = mem_zalloc((size_t)recording->size_max + 8, 1);
    source->wall_ns = recording->start_ns;
    frame_bytes_init(&source->frame, ranges, range_count, need);
    *out = source;
    return true;
}

void source_mem_close(struct source_mem *source)
{
    if (!source)
        return;
    recording_free(source->recording);
    frame_bytes_free(&source->frame);
    frame_bytes_free(&source->before);
    frame_bytes_free(&source->after);
    free(source->memory);
    free(source);
}

void source_mem_guard(struct source_mem *source, const struct range *guards,
                      size_t guard_count)
{
    frame_bytes_init(&source->before, guards, guard_count, 0);
    frame_bytes_init(&source->after, guards, guard_count, 0);
}

void source_mem_set_ranges(struct source_mem *source,
                           const struct range *ranges, size_t range_count)
{
    frame_bytes_set_ranges(&source->frame, ranges, range_count);
}

static void set_size(struct source_mem *source, uint64_t size)
{
    if (size < source->size)
        memset(source->memory + size, 0, (size_t)(source->size - size));
    source->size = size;
}

static void store(struct source_mem *source, const struct step *step)
{
    memcpy(source->memory + step->value,
           source->recording->bytes.data + step->bytes_at, step->bytes_len);
}

/* What the producer stores while the frame is copied, once. */
static void play_during(struct source_mem *source)
{
    for (; source->during < source->next; source->during++) {
        const struct step *step = &source->recording->steps[source->during];
        /* A size may have become less behind it. */
        if (step->kind == STEP_DURING &&
            step->value + step->bytes_len <= source->size)
            store(source, step);
    }
}

/* Plays up to and with the next frame; false at the end. */
static bool advance(struct source_mem *source)
{
    const struct recording *recording = source->recording;
    while (source->next < recording->count) {
        const struct step *step = &recording->steps[source->next++];
        switch (step->kind) {
        case STEP_SIZE:
            set_size(source, step->value);
            break;
        case STEP_SET:
            store(source, step);
            break;
        case STEP_DURING:
            break;
        case STEP_FRAME:
            if (source->started)
                source->wall_ns += (int64_t)step->value;
            source->state = step->state;
            source->note = step->note;
            return true;
        }
    }
    return false;
}

static bool copy_memory(void *user, uint64_t offset, size_t len, uint8_t *out)
{
    const struct source_mem *source = user;
    memcpy(out, source->memory + offset, len);
    return true;
}

static void copy_all(struct source_mem *source)
{
    frame_bytes_copy(&source->before, source->size, copy_memory, source);
    frame_bytes_copy(&source->frame, source->size, copy_memory, source);
    play_during(source);
    frame_bytes_copy(&source->after, source->size, copy_memory, source);
}

void source_mem_again(struct source_mem *source, struct frame *frame)
{
    copy_all(source);
    frame->bytes = source->frame.bytes;
}

/* The state of a frame that is read, as a real mapping would have it. */
static enum source_state read_state(struct source_mem *source)
{
    bool again = !source->attached && source->generation > 0;
    if (!source->attached)
        source->whole = false;
    bool fresh = !source->attached || source->state == STATE_REPLACED;
    if (fresh) {
        source->generation++;
        source->attached = true;
        source->whole = false;
    }
    enum source_state size_state =
        frame_bytes_state(&source->frame, source->size, &source->whole);
    if (again || source->state == STATE_REPLACED)
        return STATE_REPLACED;
    return source->state == STATE_LIVE ? size_state : source->state;
}

void source_mem_sample(struct source_mem *source, struct frame *frame)
{
    if (!advance(source)) {
        source->wall_ns += 1000000000;
        if (source->state == STATE_REPLACED)
            source->state = STATE_LIVE;
    }
    source->started = true;
    memset(frame, 0, sizeof *frame);
    frame->state = source->state;
    frame->status = state_status(source->state);
    frame->note = source->note;
    frame->wall_ns = source->wall_ns;
    /* Never 0, which would read as "never". */
    frame->mono_ns = source->wall_ns - source->recording->start_ns + 1000000000;
    if (state_is_read(source->state)) {
        frame->state = read_state(source);
        frame->size = source->size;
        if (source->note[0] == '\0')
            frame->note = frame_bytes_note(&source->frame, source->size,
                                           frame->state, source->note);
        copy_all(source);
        frame->bytes = source->frame.bytes;
        frame->before = source->before.bytes;
        frame->after = source->after.bytes;
    } else if (source->state == STATE_GONE || source->state == STATE_WAITING) {
        source->attached = false;
    }
    frame->generation = source->generation;
}

bool source_mem_is_over(const struct source_mem *source)
{
    return source->next >= source->recording->last_frame + 1;
}
