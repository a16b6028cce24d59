/* SPDX-License-Identifier: MIT */
/* Follows a producer's life from frame to frame: generations only count up.
 * What a frame holds about it is health_facts.c. */
#include "sampler/health.h"

#include <stdio.h>
#include <string.h>

#define SECOND INT64_C(1000000000)

static const struct expression *find(const struct layout *layout,
                                     enum expression_use use, size_t mapping)
{
    for (size_t i = 0; i < layout->expression_count; i++) {
        const struct expression *expression = &layout->expressions[i];
        if (expression->use == use && expression->target == mapping)
            return expression;
    }
    return NULL;
}

void health_make(struct health *health, const struct layout *layout,
                 size_t mapping)
{
    CHECK(mapping < layout->mapping_count);
    const struct mapping *of = &layout->mappings[mapping];
    *health = (struct health){
        .state = STATE_WAITING,
        .beat_stale_ns = INT64_MAX,
        .require = find(layout, EXPRESSION_REQUIRE, mapping),
        .gone = find(layout, EXPRESSION_GONE, mapping),
        .require_truth = EXPR_MISSING,
        .gone_truth = EXPR_MISSING,
    };
    health->judged = health->require || health->gone ||
                     of->heartbeat != FIELD_NONE || of->pid != FIELD_NONE;
    if (of->heartbeat != FIELD_NONE)
        health->beat_name = layout->fields[of->heartbeat].path;
}

/* Whether the frame is of other memory than the generation that is shown. */
static bool begins(const struct health *health, const struct frame *frame)
{
    return health->generation == 0 ||
           frame->generation != health->source_generation;
}

/* --- notes -------------------------------------------------------------- */

static void note_unmet(struct health *health, struct frame *frame,
                       const struct health_facts *facts)
{
    CHECK(health->require);
    const char *is = facts->require == EXPR_MISSING ? "cannot be told"
                     : begins(health, frame)        ? "does not hold (yet)"
                                                    : "does not hold any more";
    snprintf(health->note, sizeof health->note, "require %s: %s", is,
             health->require->text);
    frame->note = health->note;
}

static void note_process(struct health *health, struct frame *frame,
                         const struct health_facts *facts)
{
    const struct value *pid = &facts->pid;
    const char *what = facts->process == PROCESS_ENDED
                           ? "does not exist any more"
                           : "cannot be: no process has this id";
    if (pid->type == VALUE_INT)
        snprintf(health->note, sizeof health->note, "process %lld %s",
                 (long long)pid->i, what);
    else
        snprintf(health->note, sizeof health->note, "process %llu %s",
                 (unsigned long long)pid->u, what);
    frame->note = health->note;
}

static bool is_dead(const struct health_facts *facts)
{
    return facts->process == PROCESS_ENDED || facts->process == PROCESS_NO_ID;
}

/* --- judging ------------------------------------------------------------ */

static void begin(struct health *health, const struct frame *frame)
{
    health->generation++;
    health->source_generation = frame->generation;
    health->beat_seen = false;
}

/* The producer has ended.  Its last values are shown even if it was never seen
 * alive. */
static void end(struct health *health, struct frame *frame)
{
    if (begins(health, frame)) {
        begin(health, frame);
        health->first = true;
    } else {
        frame->bytes = NULL;
    }
    frame->state = STATE_GONE;
    health->over = true;
}

/* The mapping is not, or no longer, what the layout describes. */
static void refuse(struct health *health, struct frame *frame)
{
    frame->state = health->generation > 0 ? STATE_GONE : STATE_WAITING;
    frame->bytes = NULL;
    health->over = true;
    health->unmet = true;
}

static void live(struct health *health, struct frame *frame)
{
    bool next = health->over || begins(health, frame);
    if (next)
        begin(health, frame);
    if (next && health->generation > 1)
        frame->state = STATE_REPLACED;
    else if (frame->state == STATE_REPLACED)
        frame->state = STATE_LIVE;
    health->over = false;
}

static void follow_beat(struct health *health, const struct frame *frame,
                        const struct health_facts *facts)
{
    if (!facts->beat_seen)
        return;
    if (!health->beat_seen || facts->beat != health->beat)
        health->beat_ns = frame->mono_ns;
    health->beat_seen = true;
    health->beat = facts->beat;
}

/* The source has nothing to read. */
static void pass(struct health *health, struct frame *frame)
{
    if (frame->state == STATE_GONE && health->generation == 0)
        frame->state = STATE_WAITING;
}

void health_judge(struct health *health, struct frame *frame,
                  const struct health_facts *facts)
{
    if (!health->judged)
        return;
    health->first = false;
    health->unmet = false;
    health->pid = facts->pid;
    health->process = facts->process;
    health->require_truth = facts->require;
    health->gone_truth = facts->gone;
    health->message = facts->message;
    if (!state_is_read(frame->state)) {
        pass(health, frame);
    } else if (facts->gone == EXPR_TRUE) {
        end(health, frame);
        snprintf(health->note, sizeof health->note,
                 "the producer has ended: %s", health->gone->text);
        frame->note = health->note;
    } else if (facts->require == EXPR_FALSE ||
               (facts->require == EXPR_MISSING &&
                (health->over || begins(health, frame)))) {
        note_unmet(health, frame, facts);
        refuse(health, frame);
    } else if (is_dead(facts)) {
        end(health, frame);
        note_process(health, frame, facts);
    } else {
        live(health, frame);
        follow_beat(health, frame, facts);
    }
    CHECK(!state_is_read(frame->state) || health->generation > 0);
    frame->generation = health->generation;
}

static bool is_resting(const struct health *health, int64_t now_ns)
{
    return health->beat_seen && health->beat_stale_ns != INT64_MAX &&
           now_ns - health->beat_ns >= health->beat_stale_ns;
}

void health_finish(struct health *health, struct frame *frame)
{
    if ((frame->state == STATE_LIVE || frame->state == STATE_STALE) &&
        is_resting(health, frame->mono_ns)) {
        frame->state = STATE_STALE;
        snprintf(health->note, sizeof health->note,
                 "heartbeat %s has not moved for %g s", health->beat_name,
                 (double)health->beat_stale_ns / (double)SECOND);
        frame->note = health->note;
    }
    enum source_state state =
        frame->state == STATE_REPLACED ? STATE_LIVE : frame->state;
    if (state != health->state || health->since_ns == 0)
        health->since_ns = frame->mono_ns;
    health->state = state;
}
