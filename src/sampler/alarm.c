/* SPDX-License-Identifier: MIT */
/*
 * Judges values against limits.  Invariant: an alarm begins only on a value
 * that was read just now, and ends only on one, or when there is no value any
 * more.  What a limit means is layout/limits.c's; what to do about an alarm is
 * the caller's.
 */
#include "sampler/alarm.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "layout/limits.h"

static bool is_watched(const struct attributes *attr)
{
    return attr->warn.kind != LIMIT_NONE || attr->crit.kind != LIMIT_NONE ||
           attr->stale_ns > 0;
}

void alarms_make(struct alarms *alarms, const struct layout *layout)
{
    size_t count = 0;
    for (size_t i = 0; i < layout->field_count; i++)
        count += is_watched(layout->fields[i].attr);
    *alarms = (struct alarms){.layout = layout, .count = count};
    alarms->items = mem_zalloc(count, sizeof(struct alarm));
    struct alarm *next = alarms->items;
    for (size_t i = 0; i < layout->field_count; i++)
        if (is_watched(layout->fields[i].attr))
            next++->field = (uint32_t)i;
}

void alarms_free(struct alarms *alarms)
{
    free(alarms->items);
    *alarms = (struct alarms){0};
}

void alarms_reset(struct alarms *alarms, size_t mapping)
{
    for (size_t i = 0; i < alarms->count; i++) {
        struct alarm *alarm = &alarms->items[i];
        if (alarms->layout->fields[alarm->field].mapping == mapping)
            *alarm = (struct alarm){.field = alarm->field};
    }
}

void alarms_forget(struct alarms *alarms, size_t mapping,
                   const struct value *values)
{
    for (size_t i = 0; i < alarms->count; i++) {
        struct alarm *alarm = &alarms->items[i];
        if (alarms->layout->fields[alarm->field].mapping == mapping &&
            values[alarm->field].type == VALUE_NONE)
            *alarm = (struct alarm){.field = alarm->field};
    }
}

/* What is not on yet has been broken for `for_ns` without a break; what is on
 * stays so until the value is back by `hyst`. */
static void follow(struct watch_limit *watch, const struct limit *limit,
                   const struct attributes *attr, double number, int64_t now_ns)
{
    if (limit->kind == LIMIT_NONE)
        return;
    bool broken = limit_broken(limit, number, watch->on ? attr->hyst : 0);
    if (broken && !watch->broken)
        watch->since_ns = now_ns;
    watch->broken = broken;
    watch->on =
        broken && (watch->on || now_ns - watch->since_ns >= attr->for_ns);
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

void alarms_step(struct alarms *alarms, const struct frame *frames,
                 const struct value *values, struct trend *trends)
{
    for (size_t i = 0; i < alarms->count; i++) {
        struct alarm *alarm = &alarms->items[i];
        uint32_t index = alarm->field;
        const struct field *field = &alarms->layout->fields[index];
        const struct attributes *attr = field->attr;
        struct trend *trend = &trends[index];
        int64_t now_ns = frames[field->mapping].mono_ns;
        bool seen = values[index].type != VALUE_NONE;
        if (!seen)
            *alarm = (struct alarm){.field = index};
        if (seen && (trend->flags & TREND_FRESH))
            judge(alarm, attr, value_number(field, &values[index]), now_ns);
        trend->alarm = (uint8_t)alarm->level;
        trend->flags &= ~(uint32_t)TREND_RESTING;
        if (seen && attr->stale_ns > 0 &&
            now_ns - trend->changed_ns >= attr->stale_ns)
            trend->flags |= TREND_RESTING;
    }
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
    for (size_t i = 0; i < sample->alarm_count; i++)
        count += sample->alarms[i].level == level;
    return count;
}
