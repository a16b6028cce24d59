/* SPDX-License-Identifier: MIT */
/* Judges fresh values against limits.  An alarm begins and ends only with a
 * value that was just read, or ends when the value is gone. */
#include "sampler/alarm.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "layout/limits.h"

static bool has_alarm(const struct attributes *attr)
{
    return attr->warn.kind != LIMIT_NONE || attr->crit.kind != LIMIT_NONE ||
           attr->stale_ns > 0;
}

void alarms_make(struct alarms *alarms, const struct layout *layout)
{
    size_t count = 0;
    for (size_t i = 0; i < layout->field_count; i++)
        count += has_alarm(layout->fields[i].attr);
    *alarms = (struct alarms){.layout = layout, .count = count};
    alarms->items = mem_zalloc(count, sizeof(struct alarm));
    struct alarm *next = alarms->items;
    for (size_t i = 0; i < layout->field_count; i++)
        if (has_alarm(layout->fields[i].attr))
            next++->field = (uint32_t)i;
    CHECK(next == alarms->items + count);
}

void alarms_free(struct alarms *alarms)
{
    free(alarms->items);
    *alarms = (struct alarms){0};
}

void alarms_reset(struct alarms *alarms, size_t mapping,
                  const struct value *values)
{
    CHECK(mapping < alarms->layout->mapping_count);
    for (size_t i = 0; i < alarms->count; i++) {
        struct alarm *alarm = &alarms->items[i];
        if (alarms->layout->fields[alarm->field].mapping == mapping &&
            (!values || values[alarm->field].type == VALUE_NONE))
            *alarm = (struct alarm){.field = alarm->field};
    }
}

/* The alarm begins when the limit was broken for `for_ns` without a pause, and
 * ends when the value is back by `hyst`. */
static void follow(struct limit_state *state, const struct limit *limit,
                   const struct attributes *attr, double number, int64_t now_ns)
{
    if (limit->kind == LIMIT_NONE)
        return;
    bool broken = limit_broken(limit, number, state->on ? attr->hyst : 0);
    if (broken && !state->broken)
        state->since_ns = now_ns;
    state->broken = broken;
    state->on =
        broken && (state->on || now_ns - state->since_ns >= attr->for_ns);
}

static void judge(struct alarm *alarm, const struct attributes *attr,
                  double number, int64_t now_ns)
{
    if (isnan(number))
        return;
    follow(&alarm->warn, &attr->warn, attr, number, now_ns);
    follow(&alarm->crit, &attr->crit, attr, number, now_ns);
    alarm->level = alarm->crit.on   ? ALARM_CRIT
                   : alarm->warn.on ? ALARM_WARN
                                    : ALARM_NONE;
    alarm->since_ns = alarm->crit.on   ? alarm->crit.since_ns
                      : alarm->warn.on ? alarm->warn.since_ns
                                       : 0;
}

size_t alarms_step(struct alarms *alarms, const struct frame *frames,
                   const struct value *values, struct trend *trends)
{
    size_t resting = 0;
    for (size_t i = 0; i < alarms->count; i++) {
        struct alarm *alarm = &alarms->items[i];
        uint32_t index = alarm->field;
        const struct field *field = &alarms->layout->fields[index];
        const struct attributes *attr = field->attr;
        struct trend *trend = &trends[index];
        int64_t now_ns = frames[field->mapping].mono_ns;
        bool has_value = values[index].type != VALUE_NONE;
        if (!has_value)
            *alarm = (struct alarm){.field = index};
        if (has_value && (trend->flags & TREND_FRESH))
            judge(alarm, attr, value_number(field, &values[index]), now_ns);
        trend->alarm = (uint8_t)alarm->level;
        trend->flags &= ~(uint32_t)TREND_RESTING;
        if (has_value && attr->stale_ns > 0 &&
            now_ns - trend->changed_ns >= attr->stale_ns) {
            trend->flags |= TREND_RESTING;
            resting++;
        }
    }
    return resting;
}

const struct alarm *sample_alarm(const struct sample *sample, uint32_t field)
{
    size_t low = 0;
    size_t high = sample->alarm_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sample->alarms[middle].field < field)
            low = middle + 1;
        else
            high = middle;
    }
    return low < sample->alarm_count && sample->alarms[low].field == field
               ? &sample->alarms[low]
               : NULL;
}

size_t sample_alarm_count(const struct sample *sample, enum alarm_level level)
{
    size_t count = 0;
    CHECK(level != ALARM_NONE);
    for (size_t i = 0; i < sample->alarm_count; i++)
        count += sample->alarms[i].level == level;
    return count;
}
