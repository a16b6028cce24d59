/* SPDX-License-Identifier: MIT */
/* When alarms began and ended: the last changes of level, with their times. */
#ifndef SHMTOP_VIEW_ALARM_LOG_H
#define SHMTOP_VIEW_ALARM_LOG_H

#include "sampler/alarm.h"

#define ALARM_LOG_MAX 200

struct alarm_event {
    int64_t wall_ns, mono_ns;
    size_t target;
    uint32_t field;
    enum alarm_level level; /* from then on */
};

/* Zero-initialise. */
struct alarm_log {
    struct alarm_event events[ALARM_LOG_MAX]; /* a ring */
    size_t count;     /* events so far, also those that were overwritten */
    uint8_t **levels; /* by target and alarm: the last level; owned */
    size_t target_count;
};

/* Begins to follow the alarms of target `index` (of `count`): those that are on
 * in `sample` begin with it. */
void alarm_log_follow(struct alarm_log *log, size_t index, size_t count,
                      const struct sample *sample);
/* Notes what has changed in the sample; returns how many alarms became
 * critical. */
size_t alarm_log_look(struct alarm_log *log, size_t index,
                      const struct sample *sample);
/* The event `back` events before the last one (0: the last), or NULL. */
const struct alarm_event *alarm_log_event(const struct alarm_log *log,
                                          size_t back);
/* Forgets the events of a target, whose layout is another one now. */
void alarm_log_forget(struct alarm_log *log, size_t index);
void alarm_log_free(struct alarm_log *log);

#endif
