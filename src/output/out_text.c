/* SPDX-License-Identifier: MIT */
/* Text for people: a line "LABEL  VALUE UNIT" a field, with labels padded to
 * the widest one, and "--- TIME" before each sample of a stream, with states
 * that are not LIVE. Values for programs are written by cell.c. */
#include "layout/label.h"
#include "layout/value_text.h"
#include "output/output_private.h"

#include <math.h>
#include <string.h>

#include "base/double_text.h"
#include "base/text.h"
#include "output/cell.h"
#include "sampler/alarm.h"
#include "sampler/visible.h"

static size_t label_columns(const struct output_plan *plan,
                            const struct value *values)
{
    struct buf label = {0};
    size_t widest = 0;
    for (size_t i = 0; i < plan->field_count; i++) {
        buf_clear(&label);
        field_put_label(&label, plan->layout, plan->fields[i], values);
        size_t columns = text_columns(label.data, label.len);
        if (columns > widest)
            widest = columns;
    }
    buf_free(&label);
    return widest;
}

static bool has_limits(const struct output_plan *plan)
{
    for (size_t i = 0; i < plan->field_count; i++) {
        const struct attributes *attr =
            plan->layout->fields[plan->fields[i]].attr;
        if (attr->warn.kind != LIMIT_NONE || attr->crit.kind != LIMIT_NONE)
            return true;
    }
    return false;
}

void out_text_begin(struct buf *out, struct output_plan *plan)
{
    (void)out;
    plan->marks = has_limits(plan);
    /* Labels of struct elements may depend on values. */
    if (plan->layout->instance_count == 0)
        plan->label_columns = label_columns(plan, NULL);
}

/* Three decimals are enough for people. */
static void put_time(struct buf *out, int64_t wall_ns)
{
    buf_put_time(out, wall_ns);
    buf_truncate(out, out->len - strlen("456789Z"));
    buf_putc(out, 'Z');
}

/* The state of a mapping; `name` if there are several. */
static void put_state(struct buf *out, const struct sample *sample,
                      const struct frame *frame, const char *name)
{
    buf_putc(out, ' ');
    if (name)
        buf_printf(out, "%s ", name);
    buf_puts(out, state_name(frame->state));
    if (frame->generation > 0)
        buf_printf(out, ", generation %u", (unsigned)frame->generation);
    if (!name && !state_is_read(frame->state) && sample->good_ns != 0) {
        double ago = (double)(sample->mono_ns - sample->good_ns) / 1e9;
        buf_puts(out, ", last read ");
        double_put_fixed(out, ago, 1);
        buf_puts(out, " s ago");
    }
    if (frame->note && frame->note[0]) {
        buf_puts(out, ": ");
        text_clean(out, frame->note, strlen(frame->note));
    }
}

/* The states that are not LIVE. */
static void put_states(struct buf *out, const struct output_plan *plan,
                       const struct sample *sample)
{
    bool several = sample->frame_count > 1;
    const char *comma = "";
    for (size_t i = 0; i < sample->frame_count; i++) {
        const struct frame *frame = &sample->frames[i];
        if (frame->state == STATE_LIVE)
            continue;
        buf_puts(out, comma);
        put_state(out, sample, frame,
                  several ? layout_mapping_id(plan->layout, i) : NULL);
        comma = ";";
    }
}

static void put_heading(struct buf *out, const struct output_plan *plan,
                        const struct sample *sample)
{
    bool is_live = sample->state == STATE_LIVE;
    bool problem = sample->problem_text && sample->problem_text[0];
    if (is_live && !problem && plan->first_only)
        return;
    buf_puts(out, "---");
    if (!plan->first_only) {
        buf_putc(out, ' ');
        put_time(out, sample->wall_ns);
    }
    if (!is_live)
        put_states(out, plan, sample);
    if (problem) {
        buf_puts(out, !is_live ? "; " : plan->first_only ? " " : ": ");
        text_clean(out, sample->problem_text, strlen(sample->problem_text));
    }
    buf_putc(out, '\n');
}

static void put_label(struct buf *out, const struct layout *layout,
                      const struct value *values, size_t index, size_t columns)
{
    size_t start = out->len;
    field_put_label(out, layout, index, values);
    size_t used = text_columns(out->data + start, out->len - start);
    buf_fill(out, ' ', used < columns ? columns - used : 0);
}

/* "3.0 Gi" gets its unit without a blank: "3.0 GiB". */
static bool ends_in_prefix(const struct buf *out, enum show show)
{
    char last = out->data[out->len - 1];
    return (show == SHOW_SI || show == SHOW_IEC) && (last < '0' || last > '9');
}

/* cell_put writes nothing for NaN, but people get "nan". */
static void put_stored(struct buf *out, const struct field *field,
                       const struct value *value)
{
    if (cell_put(out, field, value, true) == CELL_NONE)
        value_put_text(out, field, value, SHOW_DEC, false);
}

static void put_value(struct buf *out, const struct output_plan *plan,
                      const struct field *field, const struct value *value)
{
    if (plan->raw)
        put_stored(out, field, value);
    else
        value_put_text(out, field, value, SHOW_DEFAULT, false);
    const struct attributes *attr = field->attr;
    if (!attr->unit || (plan->raw && attr->scaled))
        return;
    if (plan->raw || !ends_in_prefix(out, attr->show))
        buf_putc(out, ' ');
    buf_puts(out, attr->unit);
}

static void put_number(struct buf *out, const struct field *field,
                       const char *word, double number)
{
    if (!isfinite(number))
        return;
    buf_puts(out, word);
    value_put_number_text(out, field, number, false);
}

static void put_alarm(struct buf *out, const struct sample *sample,
                      size_t index)
{
    const struct alarm *alarm = sample_alarm(sample, (uint32_t)index);
    if (!alarm || alarm->level == ALARM_NONE)
        return;
    buf_printf(out, "  %s for ", cell_alarms[alarm->level]);
    double_put_fixed(out, (double)sample_since(sample, alarm->since_ns) / 1e9,
                     1);
    buf_puts(out, " s");
}

static void put_details(struct buf *out, const struct output_plan *plan,
                        const struct sample *sample, size_t index)
{
    const struct field *field = &plan->layout->fields[index];
    const struct trend *trend = &sample->trends[index];
    if (isfinite(trend_rate(trend)))
        buf_printf(out, "  rate %.6g/s", trend_rate(trend));
    if (field->attr->role != ROLE_STATE) {
        put_number(out, field, "  min ", trend->min);
        put_number(out, field, "  max ", trend->max);
    }
    buf_puts(out, "  age ");
    double_put_fixed(out, (double)sample_since(sample, trend->changed_ns) / 1e9,
                     1);
    buf_puts(out, " s");
    if (trend->flags & TREND_CHANGED)
        buf_puts(out, "  changed");
    if (trend->flags & TREND_RESTING)
        buf_puts(out, "  stale");
    put_alarm(out, sample, index);
    if (!plan->raw) {
        buf_puts(out, "  raw ");
        put_stored(out, field, &sample->values[index]);
    }
}

/* The mark of an alarm, before the label. */
static void put_mark(struct buf *out, const struct trend *trend)
{
    static const char *const marks[] = {
        [ALARM_NONE] = "   ",
        [ALARM_WARN] = "!  ",
        [ALARM_CRIT] = "!! ",
    };
    buf_puts(out, marks[trend->alarm]);
}

static void put_line(struct buf *out, const struct output_plan *plan,
                     const struct sample *sample, size_t index, size_t columns)
{
    const struct value *value = &sample->values[index];
    bool held = sample->trends[index].flags & TREND_HELD;
    if (plan->marks)
        put_mark(out, &sample->trends[index]);
    put_label(out, plan->layout, sample->values, index, columns);
    if (value->type != VALUE_NONE && !(held && plan->empty_held)) {
        buf_puts(out, "  ");
        put_value(out, plan, &plan->layout->fields[index], value);
        if (held)
            buf_puts(out, " (held)");
        if (plan->detail)
            put_details(out, plan, sample, index);
    } else if (sample->trends[index].flags & TREND_MISPLACED) {
        buf_puts(out, "  ?");
    }
    while (out->data[out->len - 1] == ' ')
        buf_truncate(out, out->len - 1);
    buf_putc(out, '\n');
}

void out_text_sample(struct buf *out, const struct output_plan *plan,
                     const struct sample *sample)
{
    CHECK(sample->frame_count == plan->layout->mapping_count);
    size_t columns = plan->label_columns;
    if (columns == 0)
        columns = label_columns(plan, sample->values);
    put_heading(out, plan, sample);
    for (size_t i = 0; i < plan->field_count; i++)
        if (visible_field(plan->layout, sample, plan->fields[i]))
            put_line(out, plan, sample, plan->fields[i], columns);
}
