/* SPDX-License-Identifier: MIT */
/*
 * Alarms: which fields break their limits, and since when.  Only fields that
 * have limits, or a `stale` of their own, are looked at.
 */
#ifndef SHMTOP_SAMPLER_ALARM_H
#define SHMTOP_SAMPLER_ALARM_H

#include "sampler/sampler.h"

/* A limit of one field, followed. */
struct watch_limit {
    bool broken;      /* now, whether or not for long enough */
    bool on;          /* an alarm */
    int64_t since_ns; /* monotonic instant from which it was broken */
};

/* A field that is looked at. */
struct alarm {
    uint32_t field;
    enum alarm_level level; /* NONE: no alarm now */
    int64_t since_ns;       /* monotonic instant from which the level's limit is
                               broken; 0 for NONE */
    struct watch_limit warn, crit;
};

/* All of a layout, by rising field. */
struct alarms {
    const struct layout *layout;
    struct alarm *items; /* owned */
    size_t count;
};

void alarms_make(struct alarms *alarms, const struct layout *layout);
void alarms_free(struct alarms *alarms);

/* A new generation of mapping `mapping` begins: nothing is known. */
void alarms_reset(struct alarms *alarms, size_t mapping);

/* Fields of the mapping that have no value have begun anew, or are not there
 * any more: they have no alarm. */
void alarms_forget(struct alarms *alarms, size_t mapping,
                   const struct value *values);

/* Judges the values of a sample; `frames` (one a mapping) give the instants.
 * Sets trends[].alarm and TREND_RESTING.  A value that is missing, held or not
 * a number leaves its alarm as it was. */
void alarms_step(struct alarms *alarms, const struct frame *frames,
                 const struct value *values, struct trend *trends);

/* The alarm of a field, or NULL when it is not looked at. */
const struct alarm *sample_alarm(const struct sample *sample, uint32_t field);
/* How many fields have that level now. */
size_t sample_alarm_count(const struct sample *sample, enum alarm_level level);

#endif
