/* SPDX-License-Identifier: MIT */
/* The first half of a step: reads a frame of each mapping from its source, and
 * finds the places of fields in it.  What the frames mean is sampler.c. */
#include "base/err.h"
#include "sampler/health_facts.h"
#include "sampler/sampler_private.h"

/* Reread limit while following offsets stored in the mapping: one reread for
 * each level of indirection, and some for offsets that change meanwhile. */
#define FOLLOW_MAX (LAYOUT_DEPTH_MAX + 8)

/* --- frames and facts --------------------------------------------------- */

/* Ignores health fields of a torn frame: keeps the previous result, or unknown
 * if this generation has had no whole frame.  Its pid stays: the system knows
 * whether that process exists. */
static void ignore_torn_health(struct health_facts *facts,
                               const struct health *health,
                               const struct frame *frame)
{
    bool known = frame->generation == health->source_generation;
    if (health->require)
        facts->require = known ? health->require_truth : EXPR_MISSING;
    if (health->gone)
        facts->gone = known ? health->gone_truth : EXPR_MISSING;
    facts->beat_seen = false;
}

static void read_frame(struct sampler *sampler, size_t index)
{
    struct watched *watched = &sampler->watched[index];
    struct step_input *input = &sampler->inputs[index];
    const struct health *health = &sampler->healths[index];
    struct frame *frame = &input->frame;
    uint32_t before = frame->generation;
    consistency_sample(&watched->consistency, frame);
    /* sampler_find_places may have read the first frame of this generation, and
     * dropped it: mark the generation as new here. */
    if (before != 0 && frame->generation != before &&
        frame->state == STATE_LIVE)
        frame->state = STATE_REPLACED;
    input->places = NULL;
    if (!health->judged)
        return;
    const struct health_reader reader = {
        .layout = sampler->layout,
        .health = health,
        .mapping = index,
        .plan = &watched->tracker.plan,
        .recorded = source_is_recorded(watched->source),
        .computed = &sampler->computed,
    };
    health_facts_read(&reader, frame, &input->facts);
    if (sampler_is_torn(watched, frame))
        ignore_torn_health(&input->facts, health, frame);
}

void sampler_read_frames(struct sampler *sampler)
{
    for (size_t i = 0; i < sampler->layout->mapping_count; i++)
        read_frame(sampler, i);
}

/* --- places ------------------------------------------------------------- */

/* A frame from which the fields are read that place others. */
struct placing_frame {
    const struct watched *watched;
    const struct frame *frame;
};

static bool read_placing_field(void *user, uint32_t index, uint64_t at,
                               struct value *out)
{
    const struct placing_frame *placing = user;
    const struct tracker *tracker = &placing->watched->tracker;
    const struct field *field = &tracker->layout->fields[index];
    const uint8_t *bytes =
        frame_plan_find(&tracker->plan, placing->frame, at, field->size);
    if (bytes)
        value_decode(field, bytes, out);
    return bytes;
}

static bool look_for_places(struct watched *watched, const struct frame *frame)
{
    struct placing_frame placing = {watched, frame};
    /* Fields beyond the end of a mapping that was cut off keep their places:
     * their values are held. */
    uint64_t size = frame->size > watched->need ? frame->size : watched->need;
    return placement_look(&watched->placement, size,
                          watched->consistency.result.buffer,
                          read_placing_field, &placing);
}

/* Reads the frame again until it was read from the places that its own bytes
 * give.  False if they change faster than that. */
static bool settle_places(struct sampler *sampler, size_t index,
                          struct frame *frame)
{
    struct watched *watched = &sampler->watched[index];
    const struct frame_plan *plan = &watched->tracker.plan;
    for (unsigned tries = 0; tries < FOLLOW_MAX; tries++) {
        if (!frame->bytes || sampler_is_torn(watched, frame) ||
            !look_for_places(watched, frame))
            return true;
        sampler_move_fields(sampler, index, watched->placement.before);
        sampler->inputs[index].places = watched->placement.now;
        source_set_ranges(watched->source, plan->ranges, plan->range_count);
        consistency_again(&watched->consistency, frame, plan->frame_bytes);
    }
    return false;
}

/* Replaces the frame's bytes by those of the places that they give.  Its state
 * and generation stay. */
static void find_places(struct sampler *sampler, size_t index)
{
    struct watched *watched = &sampler->watched[index];
    struct step_input *input = &sampler->inputs[index];
    struct frame *frame = &sampler->frames[index];
    struct frame taken = input->frame;
    watched->problem_text = "";
    if (!watched->placement.now || !frame->bytes)
        return;
    bool settled = settle_places(sampler, index, &taken);
    if (!settled)
        watched->problem_text =
            "the places of fields change faster than they can "
            "be read; the last values are held";
    else if (watched->placement.bad > 0)
        watched->problem_text = watched->placement.why.data;
    /* Another generation is for the next sample. */
    bool same = taken.generation == input->frame.generation;
    input->frame.bytes = settled && same ? taken.bytes : NULL;
    input->frame.size = taken.size;
    input->frame.mono_ns = taken.mono_ns;
    input->frame.wall_ns = taken.wall_ns;
    frame->bytes = input->frame.bytes;
    frame->size = taken.size;
    frame->mono_ns = taken.mono_ns;
    frame->wall_ns = taken.wall_ns;
}

void sampler_find_places(struct sampler *sampler)
{
    for (size_t i = 0; i < sampler->layout->mapping_count; i++) {
        find_places(sampler, i);
        sampler->inputs[i].consistency = sampler->watched[i].consistency.result;
    }
}
