/* SPDX-License-Identifier: MIT */
/* Compares the alarms of each sample with those of the one before. */
#include "view/alarm_log.h"

#include <stdlib.h>

#include "base/mem.h"

void alarm_log_follow(struct alarm_log *log, size_t index, size_t count,
                      const struct sample *sample)
{
    CHECK(index < count);
    if (!log->levels) {
        log->levels = mem_zalloc(count, sizeof *log->levels);
        log->target_count = count;
    }
    free(log->levels[index]);
    log->levels[index] = mem_zalloc(sample->alarm_count, 1);
    alarm_log_look(log, index, sample);
}

size_t alarm_log_look(struct alarm_log *log, size_t index,
                      const struct sample *sample)
{
    CHECK(index < log->target_count);
    size_t critical = 0;
    for (size_t i = 0; i < sample->alarm_count; i++) {
        const struct alarm *alarm = &sample->alarms[i];
        uint8_t *level = &log->levels[index][i];
        if (*level == alarm->level)
            continue;
        *level = (uint8_t)alarm->level;
        critical += alarm->level == ALARM_CRIT;
        log->events[log->count++ % ALARM_LOG_MAX] =
            (struct alarm_event){sample->wall_ns, sample->mono_ns, index,
                                 alarm->field, alarm->level};
    }
    return critical;
}

const struct alarm_event *alarm_log_event(const struct alarm_log *log,
                                          size_t back)
{
    if (back >= log->count || back >= ALARM_LOG_MAX)
        return NULL;
    return &log->events[(log->count - 1 - back) % ALARM_LOG_MAX];
}

void alarm_log_forget(struct alarm_log *log, size_t index)
{
    struct alarm_event kept[ALARM_LOG_MAX];
    size_t count = 0;
    for (size_t back = log->count < ALARM_LOG_MAX ? log->count : ALARM_LOG_MAX;
         back-- > 0;) {
        const struct alarm_event *event = alarm_log_event(log, back);
        if (event->target != index)
            kept[count++] = *event;
    }
    for (size_t i = 0; i < count; i++)
        log->events[i] = kept[i];
    log->count = count;
}

void alarm_log_free(struct alarm_log *log)
{
    for (size_t i = 0; i < log->target_count; i++)
        free(log->levels[i]);
    free(log->levels);
    *log = (struct alarm_log){.count = 0};
}
