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

/* What a column names: the change a second over about this time. */
#define RATE_WINDOW_NS INT64_C(5000000000)
#define RATE_HALF_NS (RATE_WINDOW_NS / 2)

/* The least time without a change after which a rate is 0. */
#define RATE_QUIET_NS INT64_C(2000000000)

/* Two anchors, each at a change, `b` half a window or more after `a`: the rate
 * counts from `a`, and `b` replaces it when half a window has passed again.
 * Nothing is known if all is 0. */
struct rate {
    double between;      /* travelled from `a` to `b` */
    double travelled;    /* since `b` */
    int64_t b_ns;        /* 0: none */
    uint32_t between_us; /* from `a` to `b`; capped */
    uint32_t gap; /* the longest time between the last changes, in units of
                     RATE_GAP_SHIFT; 0: there was no second one; capped */
};
#define RATE_GAP_SHIFT 20 /* about a millisecond */

static inline void rate_reset(struct rate *rate)
{
    *rate = (struct rate){0};
}

/* 32 bits keep the memory of a rate small. */
static inline uint32_t rate_cap(int64_t number)
{
    return number < UINT32_MAX ? (uint32_t)number : UINT32_MAX;
}

/* Puts `b` here, at a change after `gap_ns`, and `a` at `over_ns` before, since
 * when the number has changed by `travelled`.  Returns the rate. */
static inline double rate_anchor(struct rate *rate, double travelled,
                                 int64_t over_ns, int64_t gap_ns,
                                 int64_t now_ns)
{
    rate->between = travelled;
    rate->travelled = 0;
    rate->b_ns = now_ns;
    rate->between_us = rate_cap(over_ns / 1000);
    rate->gap = rate_cap(gap_ns >> RATE_GAP_SHIFT);
    return travelled * 1e9 / (double)over_ns;
}

/* The number changed by `delta` (NaN: a restart) at `now_ns`; the change or the
 * first value before that was at `last_ns`.  Returns the rate per second; NaN
 * until two changes were some time apart. */
static inline double rate_change(struct rate *rate, double delta,
                                 int64_t last_ns, int64_t now_ns)
{
    int64_t since_b_ns = now_ns - rate->b_ns;
    int64_t gap_ns = now_ns - last_ns;
    if (rate->b_ns == 0 || isnan(delta)) {
        *rate = (struct rate){.b_ns = now_ns};
        return NAN;
    }
    /* Slow: from the change before to this one. */
    if (gap_ns >= RATE_HALF_NS)
        return rate_anchor(rate, delta, gap_ns, gap_ns, now_ns);
    rate->travelled += delta;
    if (since_b_ns >= RATE_HALF_NS)
        return rate_anchor(rate, rate->travelled, since_b_ns, gap_ns, now_ns);
    uint32_t gap = (uint32_t)(gap_ns >> RATE_GAP_SHIFT);
    if (gap > rate->gap)
        rate->gap = gap;
    /* Not slow any more: between `a` and `b` nothing changed, so count from
     * half a window ago, and not over the whole rest. */
    if (rate->between_us > RATE_WINDOW_NS / 1000) {
        rate->between_us = (uint32_t)((RATE_HALF_NS - since_b_ns) / 1000);
        rate->gap = gap;
    }
    int64_t over_ns = since_b_ns + INT64_C(1000) * rate->between_us;
    if (over_ns == 0)
        return NAN;
    return (rate->between + rate->travelled) * 1e9 / (double)over_ns;
}

/* The instant at which the rate becomes 0 if no change comes first: after
 * RATE_QUIET_NS and three times the usual time between changes.  `changed_ns`
 * is the last change, or when measuring began. */
int64_t rate_deadline(const struct rate *rate, int64_t changed_ns);

#endif
