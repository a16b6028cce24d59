/* SPDX-License-Identifier: MIT */
/* Alarms: which fields break their limits, and since when.  What a limit
 * means is layout/limits.h. */
#ifndef SHMTOP_SAMPLER_ALARM_H
#define SHMTOP_SAMPLER_ALARM_H

#include "sampler/sampler.h"

/* One limit of a field. */
struct limit_state {
    bool broken;      /* now, for however long */
    bool on;          /* an alarm: broken for at least the time in `for` */
    int64_t since_ns; /* monotonic instant at which it was broken */
};

/* A field that has limits or a `stale` of its own. */
struct alarm {
    uint32_t field;
    enum alarm_level level;
    int64_t since_ns; /* monotonic instant at which the level's limit was
                         broken; 0 for ALARM_NONE */
    struct limit_state warn, crit;
};

/* All alarms of a layout, sorted by field. */
struct alarms {
    const struct layout *layout;
    struct alarm *items; /* owned */
    size_t count;
};

void alarms_make(struct alarms *alarms, const struct layout *layout);
void alarms_free(struct alarms *alarms);

/* Ends the alarms of a mapping's fields: all (`values` is NULL), because a new
 * generation begins, or those of fields that have no value any more. */
void alarms_reset(struct alarms *alarms, size_t mapping,
                  const struct value *values);

/* Judges the values of a sample at the instants of `frames` (one for each
 * mapping).  Sets trends[].alarm and TREND_RESTING, and returns how many
 * fields have that.  A value that is held or not a number leaves its alarm as
 * it was. */
size_t alarms_step(struct alarms *alarms, const struct frame *frames,
                   const struct value *values, struct trend *trends);

/* The alarm of a field, or NULL if it has neither limits nor `stale`. */
const struct alarm *sample_alarm(const struct sample *sample, uint32_t field);
/* How many fields have that level now. */
size_t sample_alarm_count(const struct sample *sample, enum alarm_level level);

#endif
