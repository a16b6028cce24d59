/* SPDX-License-Identifier: MIT */
/* Change per second of one field, measured from change to change: a slow
 * counter sampled often shows its rate, not zeros and spikes.  Distances are
 * those of the stored bits, so a counter above 2^53 still moves by 1. */
#ifndef SHMTOP_SAMPLER_RATE_H
#define SHMTOP_SAMPLER_RATE_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

static inline bool rate_is_below(uint64_t a, uint64_t b, bool is_signed)
{
    return is_signed ? (int64_t)a < (int64_t)b : a < b;
}

/* The difference of an integer from `before` to `after`, exact up to 2^53.
 * Both are sign-extended if `is_signed`, zero-extended if not. */
static inline double rate_gauge_delta(uint64_t before, uint64_t after,
                                      bool is_signed)
{
    if (rate_is_below(after, before, is_signed))
        return -(double)(before - after);
    return (double)(after - before);
}

/* The same for a counter of `bits` bits (1 to 64), which only grows: a fall of
 * more than half of its range is a wrap, another fall a restart: NaN. */
static inline double rate_counter_delta(uint64_t before, uint64_t after,
                                        unsigned bits, bool is_signed)
{
    uint64_t forward = (after - before) & (UINT64_MAX >> (64 - bits));
    bool fell = rate_is_below(after, before, is_signed);
    if (fell && forward >= UINT64_C(1) << (bits - 1))
        return NAN;
    return (double)forward;
}

/* Nothing is known if all is 0. */
struct rate {
    double travelled;  /* since the anchor */
    int64_t anchor_ns; /* start of the measured interval; 0: none */
    int64_t span_ns;   /* between the last two anchors; 0: none yet */
};

static inline void rate_reset(struct rate *rate)
{
    *rate = (struct rate){0};
}

/* Changes within this time are one step of the rate. */
#define RATE_WINDOW_NS INT64_C(1000000000)

/* The number changed by `delta` (NaN: a restart) at `now_ns`.  Updates
 * `*per_second`, which is NaN until there were two changes.  Without the window
 * a 7 Hz counter sampled at 10 Hz would flicker between 10 and 5. */
static inline void rate_change(struct rate *rate, double *per_second,
                               double delta, int64_t now_ns)
{
    if (rate->anchor_ns == 0 || isnan(delta)) {
        *per_second = NAN;
        *rate = (struct rate){.anchor_ns = now_ns};
        return;
    }
    rate->travelled += delta;
    int64_t span_ns = now_ns - rate->anchor_ns;
    bool full = span_ns >= RATE_WINDOW_NS;
    /* Report a rate during the first window already, even if it is noisy. */
    if (span_ns > 0 && (full || rate->span_ns == 0))
        *per_second = rate->travelled * 1e9 / (double)span_ns;
    if (full) {
        rate->span_ns = span_ns;
        rate->anchor_ns = now_ns;
        rate->travelled = 0;
    }
}

/* The least time without a change after which a rate is 0. */
#define RATE_QUIET_NS INT64_C(3000000000)

/* The instant at which the rate becomes 0 if no change comes first: after
 * RATE_QUIET_NS and three times the usual span.  `changed_ns` is the last
 * change, or the first value. */
int64_t rate_deadline(const struct rate *rate, int64_t changed_ns);

#endif
