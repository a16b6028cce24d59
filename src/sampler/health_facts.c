/* SPDX-License-Identifier: MIT */
/* Decodes the few fields that health depends on, straight from a frame. */
#include "sampler/health_facts.h"

#include "base/os.h"

/* The field's value in the frame; VALUE_NONE if it has none now, or if its
 * place depends on other fields. */
static struct value value_of(const struct health_reader *reader,
                             const struct frame *frame, uint32_t index)
{
    CHECK(index < reader->layout->field_count);
    const struct field *field = &reader->layout->fields[index];
    struct value value = {.type = VALUE_NONE};
    if (field->mapping != reader->mapping || field->size == 0 ||
        field->base != FIELD_NO_BASE)
        return value;
    const uint8_t *bytes =
        frame_plan_find(reader->plan, frame, field->offset, field->size);
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

/* The frame that an expression reads. */
struct judged_frame {
    const struct health_reader *reader;
    const struct frame *frame;
};

static bool read_operand(void *user, uint32_t field, struct value *out)
{
    const struct judged_frame *judged = user;
    const struct health_reader *reader = judged->reader;
    if (reader->layout->fields[field].mapping != reader->mapping)
        return false;
    *out = value_of(reader, judged->frame, field);
    return true;
}

static enum expr_truth judge(const struct health_reader *reader,
                             const struct frame *frame,
                             const struct expression *expression,
                             struct health_facts *facts)
{
    struct judged_frame judged = {reader, frame};
    enum expr_truth truth =
        computed_judge(reader->computed, expression->use, reader->mapping,
                       read_operand, &judged);
    size_t index = (size_t)(expression - reader->layout->expressions);
    CHECK(index < reader->layout->expression_count);
    if (!facts->message)
        facts->message = expr_message(reader->computed->machine, index, NULL);
    return truth;
}

void health_facts_read(const struct health_reader *reader,
                       const struct frame *frame, struct health_facts *facts)
{
    const struct mapping *mapping = &reader->layout->mappings[reader->mapping];
    const struct expression *require = reader->health->require;
    const struct expression *gone = reader->health->gone;
    *facts = (struct health_facts){
        .require = require ? EXPR_MISSING : EXPR_TRUE,
        .gone = gone ? EXPR_MISSING : EXPR_FALSE,
        .pid = {.type = VALUE_NONE},
    };
    if (!state_is_read(frame->state))
        return;
    if (require)
        facts->require = judge(reader, frame, require, facts);
    if (gone)
        facts->gone = judge(reader, frame, gone, facts);
    if (mapping->pid != FIELD_NONE) {
        facts->pid = value_of(reader, frame, mapping->pid);
        facts->process = find_process(&facts->pid, reader->recorded);
    }
    if (mapping->heartbeat != FIELD_NONE) {
        struct value beat = value_of(reader, frame, mapping->heartbeat);
        facts->beat_seen = beat.type != VALUE_NONE && beat.type != VALUE_BYTES;
        facts->beat = facts->beat_seen ? beat.u : 0;
    }
}
