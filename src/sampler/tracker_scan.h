/* SPDX-License-Identifier: MIT */
/*
 * The inner loop of a tracker: which fields of a chunk differ from what is
 * held, and what that means for their values and trends.
 */
#ifndef SHMTOP_SAMPLER_TRACKER_SCAN_H
#define SHMTOP_SAMPLER_TRACKER_SCAN_H

#include "sampler/tracker.h"

/* Compares chunk `chunk` (from 0) of `block` with the block's bytes in a new
 * frame, as far as fields end within the first `fields_end` bytes, and notes
 * what changed at `now_ns`.  Returns how many fields.  Takes no bytes over:
 * fields may share them. */
unsigned tracker_scan_chunk(struct tracker *tracker, const struct block *block,
                            uint32_t chunk, const uint8_t *fresh,
                            uint64_t fields_end, int64_t now_ns);

/* The same for one field that is known to differ. */
void tracker_scan_note(struct tracker *tracker, const struct block *block,
                       const struct fast_field *fast, const uint8_t *fresh,
                       int64_t now_ns);

/* Sets the field's value from the block's bytes `bytes` and returns its
 * number in shown units, NaN for what is none. */
double tracker_scan_value(struct tracker *tracker,
                          const struct fast_field *fast, const uint8_t *bytes);

/* Widens min and max by a number; NaN changes nothing. */
static inline void trend_widen(struct trend *trend, double number)
{
    if (isnan(trend->min)) {
        trend->min = number;
        trend->max = number;
        return;
    }
    /* In this order, NaN loses. */
    trend->min = number < trend->min ? number : trend->min;
    trend->max = number > trend->max ? number : trend->max;
}

#endif
