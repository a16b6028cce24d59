/* SPDX-License-Identifier: MIT */
/*
 * Decodes the few fields that health depends on, straight from a frame.
 * Invariant: no value of the sample is changed.  What follows from the facts
 * is health.c's.
 */
#include "sampler/health_facts.h"

#include <string.h>

#include "base/os.h"

static struct value value_of(const struct health_look *look,
                             const struct frame *frame, uint32_t index)
{
    const struct field *field = &look->layout->fields[index];
    struct value value = {.type = VALUE_NONE};
    if (field->mapping != look->mapping || field->size == 0 ||
        field->base != FIELD_NO_BASE)
        return value;
    const uint8_t *bytes =
        frame_plan_find(look->plan, frame, field->offset, field->size);
    if (bytes)
        value_decode(field, bytes, &value);
    return value;
}

static enum process find_process(const struct value *pid, bool recorded)
{
    if (pid->type != VALUE_INT && pid->type != VALUE_UINT)
        return PROCESS_UNKNOWN;
    if (pid->u == 0 || (pid->type == VALUE_INT && pid->i < 0) ||
        pid->u > UINT32_MAX)
        return PROCESS_NO_ID;
    if (recorded)
        return PROCESS_UNKNOWN;
    return os_process_exists(pid->u) ? PROCESS_LIVES : PROCESS_ENDED;
}

static void look_at_beat(const struct health_look *look,
                         const struct frame *frame, struct health_facts *facts)
{
    const struct mapping *mapping = &look->layout->mappings[look->mapping];
    struct value value = value_of(look, frame, mapping->heartbeat);
    facts->beat_seen = value.type == VALUE_INT || value.type == VALUE_UINT ||
                       value.type == VALUE_REAL;
    if (facts->beat_seen)
        memcpy(&facts->beat, &value.u, sizeof facts->beat);
}

/* What an expression looks at. */
struct sight {
    const struct health_look *look;
    const struct frame *frame;
};

static bool see(void *user, uint32_t field, struct value *out)
{
    const struct sight *sight = user;
    const struct health_look *look = sight->look;
    if (look->layout->fields[field].mapping != look->mapping)
        return false;
    *out = value_of(look, sight->frame, field);
    return true;
}

static enum expr_truth judge(const struct health_look *look,
                             const struct frame *frame,
                             const struct expression *expression,
                             struct health_facts *facts)
{
    struct sight sight = {look, frame};
    enum expr_truth truth = computed_judge(look->computed, expression->use,
                                           look->mapping, see, &sight);
    size_t index = (size_t)(expression - look->layout->expressions);
    if (!facts->message)
        facts->message = expr_message(look->computed->machine, index, NULL);
    return truth;
}

void health_look(const struct health_look *look, const struct frame *frame,
                 struct health_facts *facts)
{
    const struct mapping *mapping = &look->layout->mappings[look->mapping];
    const struct expression *require = look->health->require;
    const struct expression *gone = look->health->gone;
    *facts = (struct health_facts){
        .require = require ? EXPR_MISSING : EXPR_TRUE,
        .gone = gone ? EXPR_MISSING : EXPR_FALSE,
        .pid = {.type = VALUE_NONE},
    };
    if (!state_is_read(frame->state))
        return;
    if (require)
        facts->require = judge(look, frame, require, facts);
    if (gone)
        facts->gone = judge(look, frame, gone, facts);
    if (mapping->pid != FIELD_NONE) {
        facts->pid = value_of(look, frame, mapping->pid);
        facts->process = find_process(&facts->pid, look->recorded);
    }
    if (mapping->heartbeat != FIELD_NONE)
        look_at_beat(look, frame, facts);
}
