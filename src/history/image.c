/* SPDX-License-Identifier: MIT */
/* A step as words, so that what is the same in two steps costs nothing. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "history/delta.h"
#include "history/history_private.h"

#define WORD sizeof(uint64_t)

static size_t word_count(size_t bytes)
{
    return (bytes + WORD - 1) / WORD;
}

/* --- frames --------------------------------------------------------------- */

/* Gives each frame its words, all of them zeros. */
static void place_frames(struct image *image)
{
    size_t fixed = image->frames[0].at;
    size_t at = fixed;
    for (size_t i = 0; i < image->mappings; i++) {
        image->frames[i].at = at;
        at += image->frames[i].words;
    }
    image->words = mem_resize(image->words, at ? at : 1, WORD);
    memset(image->words + fixed, 0, (at - fixed) * WORD);
    image->count = at;
}

static void set_ranges(struct image_frame *frame, const struct range *ranges,
                       size_t count)
{
    frame->ranges =
        mem_resize(frame->ranges, count ? count : 1, sizeof *ranges);
    if (count)
        memcpy(frame->ranges, ranges, count * sizeof *ranges);
    frame->range_count = count;
}

static void take_plan(struct image *image, const struct sampler *sampler,
                      size_t mapping)
{
    const struct frame_plan *plan = replay_plan(sampler, mapping);
    image->frames[mapping].words = word_count(plan->frame_bytes);
    set_ranges(&image->frames[mapping], plan->ranges, plan->range_count);
}

static void take_places(struct image_frame *frame, const struct layout *layout,
                        const struct location *places)
{
    size_t bytes = layout->base_count * sizeof *places;
    frame->places = mem_resize(frame->places, bytes, 1);
    memcpy(frame->places, places, bytes);
}

void image_make(struct image *image, const struct sampler *sampler,
                const struct layout *layout)
{
    *image = (struct image){
        .mappings = layout->mapping_count,
        .outcomes = layout->mapping_count * META_WORDS,
        .frames = mem_zalloc(layout->mapping_count, sizeof(struct image_frame)),
    };
    size_t fixed = image->outcomes + layout->expression_count * OUTCOME_WORDS;
    image->words = mem_zalloc(fixed, WORD);
    image->frames[0].at = fixed;
    for (size_t i = 0; i < image->mappings; i++) {
        const struct location *places = replay_places(sampler, i);
        take_plan(image, sampler, i);
        if (places)
            take_places(&image->frames[i], layout, places);
    }
    place_frames(image);
    buf_puts(&image->texts, "");
}

void image_free(struct image *image)
{
    for (size_t i = 0; i < image->mappings; i++) {
        free(image->frames[i].places);
        free(image->frames[i].ranges);
    }
    free(image->frames);
    free(image->words);
    buf_free(&image->texts);
    *image = (struct image){0};
}

void image_replan(struct image *image, const struct sampler *sampler,
                  const struct layout *layout, uint64_t moved)
{
    for (size_t i = 0; i < image->mappings; i++) {
        if (!(moved >> i & 1))
            continue;
        take_plan(image, sampler, i);
        take_places(&image->frames[i], layout, replay_places(sampler, i));
    }
    place_frames(image);
}

/* --- places --------------------------------------------------------------- */

static void put_number(struct buf *out, uint64_t number)
{
    uint8_t bytes[10];
    buf_add(out, bytes, (size_t)(delta_put_number(bytes, number) - bytes));
}

void image_put_places(struct buf *out, const struct image *image,
                      const struct layout *layout, uint64_t moved)
{
    put_number(out, moved);
    for (size_t i = 0; i < image->mappings; i++) {
        const struct image_frame *frame = &image->frames[i];
        if (!(moved >> i & 1))
            continue;
        put_number(out, frame->words);
        put_number(out, frame->range_count);
        buf_add(out, frame->ranges, frame->range_count * sizeof *frame->ranges);
        buf_add(out, frame->places, layout->base_count * sizeof *frame->places);
    }
}

/* Both may be at any address. */
static const uint8_t *take_array(void *out, const uint8_t *at, size_t bytes)
{
    if (bytes)
        memcpy(out, at, bytes);
    return at + bytes;
}

const uint8_t *image_take_places(struct image *image,
                                 const struct layout *layout, const uint8_t *at,
                                 uint64_t *moved)
{
    *moved = delta_number(&at);
    for (size_t i = 0; i < image->mappings; i++) {
        struct image_frame *frame = &image->frames[i];
        if (!(*moved >> i & 1))
            continue;
        frame->words = (size_t)delta_number(&at);
        frame->range_count = (size_t)delta_number(&at);
        frame->ranges = mem_resize(frame->ranges, frame->range_count + 1,
                                   sizeof *frame->ranges);
        at = take_array(frame->ranges, at,
                        frame->range_count * sizeof *frame->ranges);
        size_t bytes = layout->base_count * sizeof *frame->places;
        frame->places = mem_resize(frame->places, bytes, 1);
        at = take_array(frame->places, at, bytes);
    }
    if (*moved)
        place_frames(image);
    return at;
}

/* --- words of a mapping --------------------------------------------------- */

void image_put_meta(uint64_t *words, const struct step_input *input,
                    const struct frame *judged, int64_t key)
{
    const struct frame *frame = &input->frame;
    const struct consistency_result *whole = &input->consistency;
    const struct health_facts *facts = &input->facts;
    bool read = state_is_read(judged->state);
    words[META_TIME] = (uint64_t)(frame->mono_ns - key);
    words[META_WALL] = (uint64_t)(frame->wall_ns - frame->mono_ns);
    words[META_SIZE] = frame->size;
    words[META_STATE] = (uint64_t)frame->state | (uint64_t)frame->status << 8 |
                        (uint64_t)(frame->bytes != NULL) << 16 |
                        (uint64_t)frame->generation << 32;
    words[META_JUDGED] = (uint64_t)judged->state |
                         (!read || !judged->bytes          ? 0
                          : whole->verdict == VERDICT_TORN ? JUDGED_TORN
                                                           : JUDGED_LIVE) |
                         (uint64_t)judged->generation << 32;
    words[META_VERDICT] = (uint64_t)whole->method |
                          (uint64_t)whole->verdict << 8 |
                          (uint64_t)whole->buffer << 32;
    words[META_FRAMES] = whole->frames;
    words[META_TORN] = whole->torn;
    words[META_RETRIES] = whole->retries;
    words[META_GIVEN_UP] = whole->given_up;
    words[META_WHOLE] =
        (uint64_t)(whole->whole_ns ? key - whole->whole_ns : META_NEVER);
    words[META_FACTS] = (uint64_t)facts->require | (uint64_t)facts->gone << 8 |
                        (uint64_t)facts->process << 16 |
                        (uint64_t)facts->beat_seen << 24 |
                        (uint64_t)facts->pid.type << 32;
    words[META_PID] = facts->pid.u;
    words[META_BEAT] = facts->beat;
}

static unsigned byte_of(uint64_t word, unsigned at)
{
    return (unsigned)(word >> at & 255);
}

void image_take_input(const struct image *image, size_t mapping, int64_t key,
                      struct step_input *input)
{
    CHECK(mapping < image->mappings);
    const uint64_t *words = image->words + mapping * META_WORDS;
    uint64_t state = words[META_STATE];
    uint64_t verdict = words[META_VERDICT];
    uint64_t facts = words[META_FACTS];
    int64_t mono_ns = (int64_t)words[META_TIME] + key;
    int64_t whole_ns = (int64_t)words[META_WHOLE];
    bool has_bytes = byte_of(state, 16);
    *input = (struct step_input){
        .frame = {.mono_ns = mono_ns,
                  .wall_ns = (int64_t)words[META_WALL] + mono_ns,
                  .state = (enum source_state)byte_of(state, 0),
                  .status = (enum status)byte_of(state, 8),
                  .generation = (uint32_t)(state >> 32),
                  .size = words[META_SIZE],
                  .bytes = has_bytes
                               ? (const uint8_t *)(image->words +
                                                   image->frames[mapping].at)
                               : NULL},
        .consistency = {.method = (enum snapshot_method)byte_of(verdict, 0),
                        .verdict = (enum verdict)byte_of(verdict, 8),
                        .buffer = (uint32_t)(verdict >> 32),
                        .frames = words[META_FRAMES],
                        .torn = words[META_TORN],
                        .retries = words[META_RETRIES],
                        .given_up = words[META_GIVEN_UP],
                        .whole_ns =
                            whole_ns != META_NEVER ? key - whole_ns : 0},
        .facts = {.require = (enum expr_truth)byte_of(facts, 0),
                  .gone = (enum expr_truth)byte_of(facts, 8),
                  .process = (enum process)byte_of(facts, 16),
                  .beat_seen = byte_of(facts, 24),
                  .pid = {.type = (enum value_type)byte_of(facts, 32),
                          .u = words[META_PID]},
                  .beat = words[META_BEAT]},
    };
}
