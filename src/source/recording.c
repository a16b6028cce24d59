/* SPDX-License-Identifier: MIT */
/* Plays a recording as frames.  Times, bytes and states come from the file
 * alone, so the same file gives the same frames.  recording_parse.c reads the
 * file. */
#include "source/recording.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "source/frame_bytes.h"
#include "source/recording_parse.h"

struct recording {
    struct recording_steps *steps;
    struct frame_bytes frame;
    struct frame_bytes before, after; /* guards */
    size_t next;                      /* step to play */
    size_t during;                    /* first step since the frame before */
    uint64_t size;
    uint8_t *memory;   /* steps->size_max bytes, and 8 for the last word */
    int64_t wall_ns;   /* if the clock had not jumped */
    int64_t jumped_ns; /* by so much */
    bool started;      /* a frame was read */
    bool attached;     /* the frame before was read */
    bool whole;
    uint32_t generation;
    enum source_state state; /* of the last frame, as recorded */
    const char *note;
};

bool recording_open(struct recording **out, const char *path,
                    const struct range *ranges, size_t range_count,
                    uint64_t need, struct err *err)
{
    struct recording_steps *steps;
    if (!recording_read_steps(&steps, path, err))
        return false;
    struct recording *recording = mem_zalloc(1, sizeof *recording);
    recording->steps = steps;
    recording->memory = mem_zalloc((size_t)steps->size_max + 8, 1);
    recording->wall_ns = steps->start_ns;
    frame_bytes_init(&recording->frame, ranges, range_count, need);
    *out = recording;
    return true;
}

void recording_close(struct recording *recording)
{
    if (!recording)
        return;
    recording_free_steps(recording->steps);
    frame_bytes_free(&recording->frame);
    frame_bytes_free(&recording->before);
    frame_bytes_free(&recording->after);
    free(recording->memory);
    free(recording);
}

void recording_guard(struct recording *recording, const struct range *guards,
                     size_t guard_count)
{
    frame_bytes_init(&recording->before, guards, guard_count, 0);
    frame_bytes_init(&recording->after, guards, guard_count, 0);
}

void recording_set_ranges(struct recording *recording,
                          const struct range *ranges, size_t range_count)
{
    frame_bytes_set_ranges(&recording->frame, ranges, range_count);
}

static void set_size(struct recording *recording, uint64_t size)
{
    if (size < recording->size)
        memset(recording->memory + size, 0, (size_t)(recording->size - size));
    recording->size = size;
}

static void store(struct recording *recording, const struct step *step)
{
    CHECK(step->value + step->bytes_len <= recording->steps->size_max);
    memcpy(recording->memory + step->value,
           recording->steps->bytes.data + step->bytes_at, step->bytes_len);
}

/* Plays what the producer stores during the copy, once. */
static void play_during(struct recording *recording)
{
    for (; recording->during < recording->next; recording->during++) {
        const struct step *step = &recording->steps->steps[recording->during];
        /* A later `size` may be smaller. */
        if (step->kind == STEP_DURING &&
            step->value + step->bytes_len <= recording->size)
            store(recording, step);
    }
}

/* Plays the steps up to the next frame; false at the end. */
static bool advance(struct recording *recording)
{
    const struct recording_steps *steps = recording->steps;
    while (recording->next < steps->count) {
        const struct step *step = &steps->steps[recording->next++];
        switch (step->kind) {
        case STEP_SIZE:
            set_size(recording, step->value);
            break;
        case STEP_SET:
            store(recording, step);
            break;
        case STEP_DURING:
            break;
        case STEP_CLOCK:
            recording->jumped_ns += (int64_t)step->value;
            break;
        case STEP_FRAME:
            if (recording->started)
                recording->wall_ns += (int64_t)step->value;
            recording->state = step->state;
            recording->note = step->note;
            return true;
        }
    }
    return false;
}

static bool copy_memory(void *user, uint64_t offset, size_t len, uint8_t *out)
{
    const struct recording *recording = user;
    memcpy(out, recording->memory + offset, len);
    return true;
}

static void copy_all(struct recording *recording)
{
    frame_bytes_copy(&recording->before, recording->size, copy_memory,
                     recording);
    frame_bytes_copy(&recording->frame, recording->size, copy_memory,
                     recording);
    play_during(recording);
    frame_bytes_copy(&recording->after, recording->size, copy_memory,
                     recording);
}

void recording_again(struct recording *recording, struct frame *frame)
{
    copy_all(recording);
    frame->bytes = recording->frame.bytes;
}

/* The state of a frame that is read, as for a real mapping. */
static enum source_state read_state(struct recording *recording)
{
    CHECK(state_is_read(recording->state));
    bool again = !recording->attached && recording->generation > 0;
    if (!recording->attached)
        recording->whole = false;
    bool fresh = !recording->attached || recording->state == STATE_REPLACED;
    if (fresh) {
        recording->generation++;
        recording->attached = true;
        recording->whole = false;
    }
    enum source_state size_state = frame_bytes_state(
        &recording->frame, recording->size, &recording->whole);
    if (again || recording->state == STATE_REPLACED)
        return STATE_REPLACED;
    return recording->state == STATE_LIVE ? size_state : recording->state;
}

void recording_sample(struct recording *recording, struct frame *frame)
{
    if (!advance(recording)) {
        recording->wall_ns += 1000000000;
        if (recording->state == STATE_REPLACED)
            recording->state = STATE_LIVE;
    }
    recording->started = true;
    memset(frame, 0, sizeof *frame);
    frame->state = recording->state;
    frame->status = state_status(recording->state);
    frame->note = recording->note;
    frame->wall_ns = recording->wall_ns + recording->jumped_ns;
    /* Starts at 1 s, because 0 means "no time" elsewhere. */
    frame->mono_ns =
        recording->wall_ns - recording->steps->start_ns + 1000000000;
    if (state_is_read(recording->state)) {
        frame->state = read_state(recording);
        frame->size = recording->size;
        if (recording->note[0] == '\0')
            frame->note = frame_bytes_note(&recording->frame, recording->size,
                                           frame->state, recording->note);
        copy_all(recording);
        frame->bytes = recording->frame.bytes;
        frame->before = recording->before.bytes;
        frame->after = recording->after.bytes;
    } else if (recording->state == STATE_GONE ||
               recording->state == STATE_WAITING) {
        recording->attached = false;
    }
    frame->generation = recording->generation;
}

bool recording_is_over(const struct recording *recording)
{
    return recording->next >= recording->steps->last_frame + 1;
}
