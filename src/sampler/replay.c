/* SPDX-License-Identifier: MIT */
/* Repeats recorded steps, and saves the state from which they are repeated.
 * All that follows a frame is sampler.c's, so a repeated step gives the same
 * sample. */
#include "sampler/replay.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sampler/sampler_private.h"
#include "sampler/trends.h"

const struct step_record *replay_record(const struct sampler *sampler)
{
    return &sampler->record;
}

const struct frame_plan *replay_plan(const struct sampler *sampler,
                                     size_t mapping)
{
    CHECK(mapping < sampler->layout->mapping_count);
    return &sampler->watched[mapping].tracker.plan;
}

const struct location *replay_places(const struct sampler *sampler,
                                     size_t mapping)
{
    CHECK(mapping < sampler->layout->mapping_count);
    return sampler->watched[mapping].tracker.places;
}

uint64_t replay_mappings(const struct sampler *sampler, uint32_t field)
{
    CHECK(field < sampler->layout->field_count);
    const struct field *of = &sampler->layout->fields[field];
    return of->kind == KIND_COMPUTED
               ? computed_mappings(&sampler->computed, field)
               : UINT64_C(1) << of->mapping;
}

struct sampler *replay_open(const struct sampler *of)
{
    struct sampler *replay =
        sampler_make(of->layout, of->statistics != NULL, true);
    replay->trends_of = of;
    for (size_t i = 0; i < of->layout->mapping_count; i++) {
        sampler_make_mapping(replay, i);
        replay->watched[i].target = of->watched[i].target;
    }
    trends_make(&replay->ring, &replay->computed, 0, 0);
    return replay;
}

/* --- steps --------------------------------------------------------------- */

static void move(struct sampler *replay, size_t index,
                 const struct location *places)
{
    struct placement *placement = &replay->watched[index].placement;
    size_t bytes = replay->layout->base_count * sizeof *places;
    CHECK(placement->now && bytes > 0);
    memcpy(placement->before, placement->now, bytes);
    memcpy(placement->now, places, bytes);
    sampler_move_fields(replay, index, placement->before);
}

const struct sample *replay_step(struct sampler *replay,
                                 const struct step_record *record)
{
    size_t mappings = replay->layout->mapping_count;
    CHECK(!replay->watched[0].source && record->computed);
    if (record->rebased)
        sampler_reset_baseline(replay);
    if (record->stale_ns != replay->stale_ns)
        sampler_set_stale(replay, record->stale_ns);
    replay->record = *record;
    replay->resumes = record->resumed;
    sampler_judge_inputs(replay);
    for (size_t i = 0; i < mappings; i++) {
        replay->watched[i].consistency.result = record->inputs[i].consistency;
        if (record->inputs[i].places)
            move(replay, i, record->inputs[i].places);
    }
    sampler_follow_inputs(replay);
    for (size_t i = 0; i < mappings; i++)
        replay->frames[i].note = record->inputs[i].note;
    replay->sample.problem_text = record->problem_text;
    return &replay->sample;
}

/* --- the state ----------------------------------------------------------- */

/* Where the state goes to or comes from: one list of its parts serves both. */
struct state_io {
    struct buf *out;   /* or NULL: */
    const uint8_t *in; /* `left` bytes */
    size_t left;
};

static void part(void *user, void *memory, size_t bytes)
{
    struct state_io *io = user;
    if (io->out) {
        buf_add(io->out, memory, bytes);
        return;
    }
    CHECK(bytes <= io->left);
    if (bytes)
        memcpy(memory, io->in, bytes);
    io->in += bytes;
    io->left -= bytes;
}

#define PART(io, object) part(io, &(object), sizeof(object))

/* Text values point into the memory of their own sampler. */
static void find_texts(struct tracker *tracker)
{
    const struct frame_plan *plan = &tracker->plan;
    for (size_t i = 0; i < plan->block_count; i++) {
        const struct block *block = &plan->blocks[i];
        for (uint32_t k = 0; k < block->count; k++) {
            const struct fast_field *fast =
                &plan->fast_fields[block->first + k];
            struct value *value = &tracker->values[fast->field];
            if (value->type == VALUE_BYTES)
                value->bytes = tracker->held + block->at + fast->at;
        }
    }
}

static void tracker_part(struct state_io *io, struct tracker *tracker)
{
    const struct frame_plan *plan = &tracker->plan;
    PART(io, tracker->limit);
    PART(io, tracker->seen);
    PART(io, tracker->moved);
    PART(io, tracker->has_others);
    PART(io, tracker->changed);
    PART(io, tracker->paused);
    PART(io, tracker->active_ns);
    PART(io, tracker->measured_ns);
    PART(io, tracker->live_ns);
    PART(io, tracker->counted_ns);
    part(io, tracker->held, plan->frame_bytes);
    part(io, tracker->baseline, plan->frame_bytes);
    part(io, tracker->changed_bits, plan->chunk_count * sizeof(uint64_t));
    part(io, plan->blocks, plan->block_count * sizeof *plan->blocks);
    if (!io->out)
        find_texts(tracker);
}

static void mapping_part(struct state_io *io, struct sampler *sampler,
                         size_t index)
{
    struct watched *watched = &sampler->watched[index];
    struct placement *placement = &watched->placement;
    if (placement->now) {
        part(io, placement->now,
             sampler->layout->base_count * sizeof *placement->now);
        if (!io->out)
            tracker_set_places(&watched->tracker, placement->now);
    }
    PART(io, watched->generation);
    PART(io, watched->good_ns);
    part(io, &sampler->healths[index], offsetof(struct health, note));
    tracker_part(io, &watched->tracker);
}

static void computed_part(struct state_io *io, struct computed *computed)
{
    PART(io, computed->seen);
    PART(io, computed->now_ns);
    PART(io, computed->measured_ns);
    computed_visit(computed, !io->out, part, io);
}

static void visit(struct state_io *io, struct sampler *sampler)
{
    const struct layout *layout = sampler->layout;
    size_t fields = layout->field_count;
    part(io, sampler->values, fields * sizeof *sampler->values);
    part(io, sampler->trends, fields * sizeof *sampler->trends);
    part(io, sampler->rates, fields * sizeof *sampler->rates);
    if (sampler->statistics)
        part(io, sampler->statistics, fields * sizeof *sampler->statistics);
    for (size_t i = 0; i < layout->mapping_count; i++)
        mapping_part(io, sampler, i);
    part(io, sampler->alarms.items,
         sampler->alarms.count * sizeof *sampler->alarms.items);
    computed_part(io, &sampler->computed);
    PART(io, sampler->sample.number);
    PART(io, sampler->sample.moves);
    PART(io, sampler->stale_ns);
}

void replay_save(struct sampler *sampler, struct buf *out)
{
    struct state_io io = {.out = out};
    visit(&io, sampler);
}

void replay_load(struct sampler *replay, const uint8_t *state, size_t bytes)
{
    struct state_io io = {.in = state, .left = bytes};
    CHECK(replay->trends_of != replay);
    visit(&io, replay);
    CHECK(io.left < 8); /* it may be padded */
    sampler_set_stale(replay, replay->stale_ns);
}

/* Points `*text` to a copy of it at the end of `texts`, which has room. */
static void copy_text(const char **text, struct buf *texts)
{
    const char *copy = texts->data + texts->len;
    if (!*text)
        return;
    buf_add(texts, *text, strlen(*text) + 1);
    *text = copy;
}

static size_t text_bytes(const char *text)
{
    return text ? strlen(text) + 1 : 0;
}

void replay_copy(struct sampler *replay, struct sampler *sampler,
                 struct buf *texts)
{
    struct buf state = {0};
    struct sample *sample = &replay->sample;
    size_t mappings = sampler->layout->mapping_count;
    size_t bytes = text_bytes(sampler->sample.problem_text) + 1;
    replay_save(sampler, &state);
    replay_load(replay, (const uint8_t *)state.data, state.len);
    buf_free(&state);
    for (size_t i = 0; i < mappings; i++) {
        replay->frames[i] = sampler->frames[i];
        replay->frames[i].bytes = NULL; /* of the source */
        replay->consistency[i] = sampler->consistency[i];
        bytes += text_bytes(replay->frames[i].note) +
                 text_bytes(replay->healths[i].message);
    }
    const struct sample own = *sample;
    *sample = sampler->sample;
    sample->frames = own.frames;
    sample->consistency = own.consistency;
    sample->values = own.values;
    sample->trends = own.trends;
    sample->healths = own.healths;
    sample->alarms = own.alarms;
    buf_clear(texts);
    buf_fill(texts, '\0', bytes);
    buf_clear(texts);
    for (size_t i = 0; i < mappings; i++) {
        copy_text(&replay->frames[i].note, texts);
        copy_text(&replay->healths[i].message, texts);
    }
    copy_text(&sample->problem_text, texts);
}

/* --- the baseline -------------------------------------------------------- */

void replay_adopt_baseline(struct sampler *sampler, const struct sampler *from)
{
    const struct layout *layout = sampler->layout;
    CHECK(from->layout == layout &&
          from->sample.number == sampler->sample.number);
    for (size_t i = 0; i < layout->field_count; i++) {
        const struct trend *trend = &from->trends[i];
        sampler->trends[i].min = trend->min;
        sampler->trends[i].max = trend->max;
        sampler->trends[i].flags &= ~(uint32_t)TREND_MOVED;
        sampler->trends[i].flags |= trend->flags & TREND_MOVED;
        if (sampler->statistics)
            sampler->statistics[i] = from->statistics[i];
    }
    for (size_t i = 0; i < layout->mapping_count; i++) {
        struct tracker *tracker = &sampler->watched[i].tracker;
        const struct tracker *other = &from->watched[i].tracker;
        CHECK(tracker->plan.frame_bytes == other->plan.frame_bytes);
        memcpy(tracker->baseline, other->baseline, tracker->plan.frame_bytes);
        tracker->counted_ns = other->counted_ns;
        sampler->healths[i].missed = from->healths[i].missed;
    }
    computed_adopt_baseline(&sampler->computed, &from->computed);
}
