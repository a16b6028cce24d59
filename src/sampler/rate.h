/* SPDX-License-Identifier: MIT */
/*
 * Change a second of one field, measured from change to change so that a
 * slow counter watched at a high refresh rate shows its true rate instead of
 * zeros and spikes.  Distances are taken from the stored bits, so a 64-bit
 * counter above 2^53 still moves by 1.
 */
#ifndef SHMTOP_SAMPLER_RATE_H
#define SHMTOP_SAMPLER_RATE_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

static inline bool rate_is_below(uint64_t a, uint64_t b, bool is_signed)
{
    return is_signed ? (int64_t)a < (int64_t)b : a < b;
}

/* How far an integer of `bits` bits (1 to 64) went from `before` to `after`,
 * exact up to 2^53: the plain difference, negative when it fell.  Patterns are
 * sign- extended when `is_signed`, zero-extended when not. */
static inline double rate_gauge_delta(uint64_t before, uint64_t after,
                                      bool is_signed)
{
    if (rate_is_below(after, before, is_signed))
        return -(double)(before - after);
    return (double)(after - before);
}

/* The same for a counter, which only grows: a fall of more than half of its
 * range of 2^bits (1 to 64) counts on past the wrap, another fall is a restart:
 * NaN. */
static inline double rate_counter_delta(uint64_t before, uint64_t after,
                                        unsigned bits, bool is_signed)
{
    uint64_t forward = (after - before) & (UINT64_MAX >> (64 - bits));
    bool fell = rate_is_below(after, before, is_signed);
    if (fell && forward >= UINT64_C(1) << (bits - 1))
        return NAN;
    return (double)forward;
}

/* Zero-initialised, or after rate_reset, nothing is known. */
struct rate {
    double travelled;  /* since the anchor */
    int64_t anchor_ns; /* instant of the last change that was used; 0: none */
    int64_t span_ns;   /* between the last two anchors; 0: none yet */
};

static inline void rate_reset(struct rate *rate)
{
    *rate = (struct rate){0};
}

/* Changes nearer together than this are gathered. */
#define RATE_WINDOW_NS INT64_C(1000000000)

/* The number changed by `delta` (NaN: a restart) at `now_ns`.  Updates
 * `*per_second`, NaN until known: two changes are needed, and changes within
 * RATE_WINDOW_NS are gathered into one step of the rate, so that a 7 Hz counter
 * sampled at 10 Hz does not flicker between 10 and 5. */
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
    /* The first window speaks while it grows: better soon than smooth. */
    if (span_ns > 0 && (full || rate->span_ns == 0))
        *per_second = rate->travelled * 1e9 / (double)span_ns;
    if (full) {
        rate->span_ns = span_ns;
        rate->anchor_ns = now_ns;
        rate->travelled = 0;
    }
}

/* No field is called still sooner than this after its last change. */
#define RATE_QUIET_NS INT64_C(3000000000)

/* The instant from which the rate is 0 unless a change comes first: when
 * nothing has changed for RATE_QUIET_NS and three times the usual span.
 * `changed_ns` is the last change, or the first sight. */
int64_t rate_deadline(const struct rate *rate, int64_t changed_ns);

#endif
