/* SPDX-License-Identifier: MIT */
/*
 * Turns frames into samples: for each field of the layout its value and its
 * trend.  One frame, one instant; nothing here asks for the time.  What cannot
 * be read any more keeps its last good value, marked as held.
 */
#ifndef SHMTOP_SAMPLER_SAMPLER_H
#define SHMTOP_SAMPLER_SAMPLER_H

#include "layout/value.h"
#include "sampler/consistency.h"
#include "source/source.h"

/* Bits of trend.flags. */
enum trend_flag {
    TREND_FRESH = 1,    /* value was read in this very sample */
    TREND_CHANGED = 2,  /* and differs from the sample before */
    TREND_HELD = 4,     /* value is the last good one, not a live one */
    TREND_MOVED = 8,    /* its bits differ from those at the baseline */
    TREND_RESTING = 16, /* has not changed for the field's own `stale` */
    TREND_TORN = 32,    /* held since no frame is whole; its rate is that of the
                           last whole one */
    /* Of fields whose place the mapping says; they have no value then. */
    TREND_ABSENT = 256,   /* not there: beyond the count of its array */
    TREND_MISPLACED = 512 /* where it should be it cannot be; of a computed
                             field: it cannot be computed */
};

/* How alarming a value is: which of the field's limits it breaks. */
enum alarm_level { ALARM_NONE, ALARM_WARN, ALARM_CRIT };

/* How a field has moved; numbers as value_number gives them, NaN for none. */
struct trend {
    int64_t changed_ns; /* monotonic instant of the last change, or of the
                           first sight in this generation */
    double rate;        /* per second, see rate_change in rate.h; NaN while
                           unknown or held, and always for what is no counter
                           or gauge */
    double min, max;    /* since the baseline */
    uint32_t flags;
    uint8_t alarm; /* enum alarm_level; see sample_alarm for since when */
};

/* One sample; borrowed from the sampler until its next step. */
struct sample {
    uint64_t number; /* from 1 */
    int64_t wall_ns;
    int64_t mono_ns;
    enum source_state state;    /* of the worst mapping */
    uint32_t generation;        /* of the first mapping */
    const struct frame *frames; /* one a mapping of the layout, as are: */
    const struct wholeness *wholeness;
    size_t frame_count;
    const struct value *values; /* one a field; VALUE_NONE: never seen */
    const struct trend *trends;
    const struct health *healths; /* one a mapping, see engine/health.h */
    const struct alarm *alarms;   /* of the fields that have limits, see
                                     engine/alarm.h */
    size_t alarm_count;
    size_t field_count;
    uint64_t changed_count; /* fields with TREND_CHANGED */
    uint64_t moves;         /* goes up when fields get or lose a place */
    const char *trouble;    /* one line about the first TREND_MISPLACED, or
                               why the mapping's places cannot be followed;
                               "" or NULL when there is nothing to say */
    int64_t good_ns;        /* monotonic instant of the last frame that was
                               read and not torn, of the mapping where it is longest
                               ago; 0: none yet */
};

/* How long ago `since_ns` was at the time of the sample: frames of several
 * mappings are some microseconds apart, which makes no age negative. */
static inline int64_t sample_since(const struct sample *sample,
                                   int64_t since_ns)
{
    return sample->mono_ns > since_ns ? sample->mono_ns - since_ns : 0;
}

struct sampler_options {
    int64_t stale_ns;     /* LIVE with no change for so long is STALE, where
                             the mapping's layout does not say; INT64_MAX or
                             0: never */
    size_t history_bytes; /* memory for the history of all fields; 0: none */
    size_t history_max;   /* samples at most; where memory does not suffice
                             for two, none are kept */
};

struct sampler;

/* A sampler of `layout` (borrowed) reading from `target` in place of what the
 * layout's first mapping names (NULL: as the layout says).  STATUS_USAGE or
 * STATUS_DATA when there is no target or a bad one.  Nothing is opened yet. */
bool sampler_open(struct sampler **out, const struct layout *layout,
                  const char *target, const struct sampler_options *options,
                  struct err *err);
void sampler_close(struct sampler *sampler); /* accepts NULL */

/* The time without a change after which a mapping that is looked at every
 * `period_ns` is stale, where nobody says: 5 periods, 5 s at least. */
int64_t sampler_stale_after(int64_t period_ns);
/* From now on `stale_ns` in place of what the options said. */
void sampler_set_stale(struct sampler *sampler, int64_t stale_ns);

/* From now on looks at a frame take `patience_ns` at most where the producer
 * is writing; see consistency_patience.  CONSISTENCY_PATIENCE_NS at first. */
void sampler_set_patience(struct sampler *sampler, int64_t patience_ns);

/* Takes one sample; the result is borrowed until the next step. */
const struct sample *sampler_step(struct sampler *sampler);
/* The sample of the last step; number 0 before the first. */
const struct sample *sampler_last(const struct sampler *sampler);

/* Forgets min, max and the baseline values: they start from the last sample. */
void sampler_reset_baseline(struct sampler *sampler);

/* The target of a mapping in words, with its prefix: "shm:/test_memory". */
const char *sampler_target(const struct sampler *sampler, size_t mapping);
/* The mapping whose state is the sample's: the worst of all. */
size_t sample_worst(const struct sample *sample);
/* Whether all sources are recorded, and whether all are exhausted. */
bool sampler_is_recorded(const struct sampler *sampler);
bool sampler_is_over(const struct sampler *sampler);

/* The stored bytes of a field behind its last value (field->size of them), or
 * NULL when it has none. */
const uint8_t *sampler_field_bytes(const struct sampler *sampler, size_t field);

/* Where a field stands now, in bytes from its mapping's start.  False when it
 * is nowhere. */
bool sampler_field_place(const struct sampler *sampler, size_t field,
                         uint64_t *at);

/* Copies the last `count` numbers of a field's history, oldest first, into
 * `out`; NaN where there was no fresh value.  Returns how many there were. */
size_t sampler_history(const struct sampler *sampler, size_t field, double *out,
                       size_t count);

#endif
