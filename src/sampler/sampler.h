/* SPDX-License-Identifier: MIT */
/* Turns frames into samples: a value and a trend for each field.  The time of
 * a sample is that of its frames.  A value that cannot be read any more stays
 * what it was, marked as held. */
#ifndef SHMTOP_SAMPLER_SAMPLER_H
#define SHMTOP_SAMPLER_SAMPLER_H

#include <math.h>

#include "layout/value.h"
#include "sampler/consistency.h"
#include "source/source.h"

/* Bits of trend.flags. */
enum trend_flag {
    TREND_FRESH = 1,    /* the value was read in this sample */
    TREND_CHANGED = 2,  /* and differs from the sample before */
    TREND_HELD = 4,     /* the value is the last good one, not a live one */
    TREND_MOVED = 8,    /* its bits differ from those at the baseline */
    TREND_RESTING = 16, /* has not changed for the field's own `stale` */
    TREND_TORN = 32,    /* held since no frame is whole */
    /* Of fields that other fields place; they have no value then. */
    TREND_ABSENT = 256,    /* beyond the count of its array */
    TREND_MISPLACED = 512, /* its place is impossible; of a computed field: it
                             cannot be computed */
    TREND_VARIED = 1024    /* has changed in this generation while it was
                              watched; without it changed_ns is only the
                              instant of the first value */
};

/* Which of the field's limits a value breaks. */
enum alarm_level { ALARM_NONE, ALARM_WARN, ALARM_CRIT };

/* How a field has changed; numbers as value_number gives them, NaN for none. */
struct trend {
    int64_t changed_ns; /* monotonic instant of the last change, or of the
                           first value in this generation */
    double rate;        /* per second, of the last live samples; read it with
                           trend_rate */
    double min, max;    /* since the baseline */
    uint32_t flags;
    uint8_t alarm; /* enum alarm_level; sample_alarm has since when */
};

/* The change per second over the last RATE_WINDOW_NS or so, see rate.h.  NaN
 * while it is unknown or the value is held, and always unless the field is a
 * counter or a gauge. */
static inline double trend_rate(const struct trend *trend)
{
    return (trend->flags & (TREND_FRESH | TREND_HELD)) == TREND_FRESH
               ? trend->rate
               : (double)NAN;
}

/* Whether the value has ever changed while it was watched: if not, the time
 * since changed_ns is only how long it was watched. */
static inline bool trend_has_changed(const struct trend *trend)
{
    return (trend->flags & TREND_VARIED) != 0;
}

/* One sample; borrowed from the sampler until its next step. */
struct sample {
    uint64_t number; /* from 1 */
    int64_t wall_ns;
    int64_t mono_ns;
    enum source_state state;    /* of the worst mapping */
    uint32_t generation;        /* of the first mapping */
    const struct frame *frames; /* one for each mapping of the layout, as: */
    const struct consistency_result *consistency;
    size_t frame_count;
    const struct value *values; /* one for each field; VALUE_NONE: none yet */
    const struct trend *trends;
    const struct health *healths; /* one for each mapping, see health.h */
    const struct alarm *alarms;   /* of fields with limits, see alarm.h */
    size_t alarm_count;
    size_t field_count;
    uint64_t changed_count;   /* fields with TREND_CHANGED */
    size_t resting_count;     /* fields with TREND_RESTING */
    uint64_t moves;           /* goes up when fields get or lose a place */
    const char *problem_text; /* one line about the first TREND_MISPLACED, or
                                 why the mapping's places cannot be followed;
                                 "" or NULL if there is no problem */
    int64_t good_ns;          /* monotonic instant of the last frame that was
                                 read and not torn, of the mapping where that
                                 is longest ago; 0: none yet */
};

/* How long ago `since_ns` was at the time of the sample; never negative, though
 * frames of several mappings are some microseconds apart. */
static inline int64_t sample_since(const struct sample *sample,
                                   int64_t since_ns)
{
    return sample->mono_ns > since_ns ? sample->mono_ns - since_ns : 0;
}

struct sampler_options {
    int64_t stale_ns;   /* a LIVE mapping without a change for that long is
                           STALE, unless its layout gives a time; INT64_MAX
                           or 0: never */
    size_t trend_bytes; /* memory for the trends of all fields; 0: none */
    size_t trend_max;   /* cells in it at most, see SAMPLER_TREND_MOST; none if
                           memory does not suffice for two */
    bool statistics;    /* for sampler_average and sampler_previous: 24 bytes
                           a field */
};

struct sampler;

/* Makes a sampler of `layout` (borrowed).  It reads the first mapping from
 * `target` (NULL: from the one that the layout names).  STATUS_USAGE or
 * STATUS_DATA if there is no target or a bad one.  Opens no mapping yet. */
bool sampler_open(struct sampler **out, const struct layout *layout,
                  const char *target, const struct sampler_options *options,
                  struct err *err);
void sampler_close(struct sampler *sampler); /* accepts NULL */

/* The default of stale_ns for samples every `period_ns`: 5 periods, at least
 * 5 s. */
int64_t sampler_stale_after(int64_t period_ns);
/* Changes the option. */
void sampler_set_stale(struct sampler *sampler, int64_t stale_ns);

/* Sets how long reading a frame may take while the producer is writing;
 * CONSISTENCY_PATIENCE_NS at first, see consistency_patience. */
void sampler_set_patience(struct sampler *sampler, int64_t patience_ns);

/* The usual cell of a trend, and how many a trend has at most: a day. */
#define SAMPLER_CELL_NS INT64_C(1000000000)
#define SAMPLER_TREND_MOST 86400u

/* Sets how long a cell of the trends is; the samples come every `period_ns`,
 * and if that is longer, a cell is a sample.  A change of the length forgets
 * the trends.  At first each sample is a cell. */
void sampler_set_trend_cell(struct sampler *sampler, int64_t cell_ns,
                            int64_t period_ns);
/* The time of one cell; 0: each sample is one, however far apart they are. */
int64_t sampler_trend_cell(const struct sampler *sampler);

/* Called when sampling goes on after a pause: nothing is known of the time
 * between.  Rates are unknown until they are measured again, and the trends
 * get one gap. */
void sampler_break(struct sampler *sampler);

/* Takes one sample; the result is borrowed until the next step. */
const struct sample *sampler_step(struct sampler *sampler);
/* The sample of the last step; number 0 before the first. */
const struct sample *sampler_last(const struct sampler *sampler);

/* Starts min, max and the baseline from the last sample. */
void sampler_reset_baseline(struct sampler *sampler);

/* The target of a mapping as text with its prefix: "shm:/test_memory". */
const char *sampler_target(const struct sampler *sampler, size_t mapping);
/* The mapping whose state is that of the sample. */
size_t sample_worst(const struct sample *sample);
/* Whether all sources are recorded, and whether all have ended. */
bool sampler_is_recorded(const struct sampler *sampler);
bool sampler_is_over(const struct sampler *sampler);

/* The mean of a field's numbers since the baseline, each weighted by the time
 * that it was seen to be there; held ones do not count.  NaN if there is none,
 * and without the option `statistics`. */
double sampler_average(const struct sampler *sampler, size_t field);

/* The number that a field had before its last change.  False if it has not
 * changed in this generation, or is no number, and without `statistics`. */
bool sampler_previous(const struct sampler *sampler, size_t field,
                      struct value *out);

/* The value that a field had at the baseline, or later when it got its first
 * one; bytes are borrowed until the next step.  False if it has none. */
bool sampler_baseline(const struct sampler *sampler, size_t field,
                      struct value *out);

/* The stored bytes of a field's last value (field->size of them), or NULL if
 * it has none. */
const uint8_t *sampler_field_bytes(const struct sampler *sampler, size_t field);

/* Where a field is now, in bytes from its mapping's start.  False if it has no
 * place. */
bool sampler_field_place(const struct sampler *sampler, size_t field,
                         uint64_t *at);

/* Copies the last `count` numbers of a field, oldest first, to `out`: for each
 * cell the value in it that is farthest from the cell before, NaN if there is
 * none.  Cells without a sample are left out.  The cell in progress is there
 * only if no other is, or if the mapping is not read any more: then its trend
 * rests until it is read again, which begins with one gap.  Returns how many
 * there were. */
size_t sampler_trend(const struct sampler *sampler, size_t field, double *out,
                     size_t count);

#endif
