/* SPDX-License-Identifier: MIT */
/*
 * The rate of one field.  Invariant: the rate is always a distance between
 * two changes over the time between them, never over an arbitrary sampling
 * interval.  When to call is the sampler's business.
 */
#include "engine/rate.h"

#include <math.h>

/* Changes nearer together than this are gathered. */
#define WINDOW_NS INT64_C(1000000000)

static bool is_below(uint64_t a, uint64_t b, bool is_signed)
{
    return is_signed ? (int64_t)a < (int64_t)b : a < b;
}

double rate_gauge_delta(uint64_t before, uint64_t after, bool is_signed)
{
    if (is_below(after, before, is_signed))
        return -(double)(before - after);
    return (double)(after - before);
}

double rate_counter_delta(uint64_t before, uint64_t after, unsigned bits,
                          bool is_signed)
{
    uint64_t forward = (after - before) & (UINT64_MAX >> (64 - bits));
    bool fell = is_below(after, before, is_signed);
    if (fell && forward >= UINT64_C(1) << (bits - 1))
        return NAN;
    return (double)forward;
}

void rate_reset(struct rate *rate)
{
    *rate = (struct rate){0};
}

void rate_change(struct rate *rate, double *per_second, double delta,
                 int64_t now_ns)
{
    if (rate->anchor_ns == 0 || isnan(delta)) {
        if (isnan(delta))
            *per_second = NAN;
        *rate = (struct rate){.anchor_ns = now_ns};
        return;
    }
    rate->travelled += delta;
    int64_t span_ns = now_ns - rate->anchor_ns;
    bool full = span_ns >= WINDOW_NS;
    /* The first window speaks while it grows: better soon than smooth. */
    if (span_ns > 0 && (full || rate->span_ns == 0))
        *per_second = rate->travelled * 1e9 / (double)span_ns;
    if (full) {
        rate->span_ns = span_ns;
        rate->anchor_ns = now_ns;
        rate->travelled = 0;
    }
}

int64_t rate_deadline(const struct rate *rate, int64_t changed_ns)
{
    int64_t quiet_ns = RATE_QUIET_NS;
    if (rate->span_ns > INT64_MAX / 3)
        return INT64_MAX;
    if (rate->span_ns * 3 > quiet_ns)
        quiet_ns = rate->span_ns * 3;
    return changed_ns > INT64_MAX - quiet_ns ? INT64_MAX
                                             : changed_ns + quiet_ns;
}
