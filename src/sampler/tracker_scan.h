/* SPDX-License-Identifier: MIT */
/* The inner loop of a tracker: finds the fields of a block that changed, and
 * updates their values and trends. */
#ifndef SHMTOP_SAMPLER_TRACKER_SCAN_H
#define SHMTOP_SAMPLER_TRACKER_SCAN_H

#include "sampler/tracker.h"

/* Clears TREND_CHANGED of the fields of `block` that have it. */
void tracker_clear_changed(struct tracker *tracker, struct block *block);

/* Compares `block` with its bytes in a new frame, as far as fields end within
 * the first `fields_end` bytes, and notes what changed at `now_ns`.  Does not
 * copy the bytes to `held`, because fields may share them. */
void tracker_scan_block(struct tracker *tracker, struct block *block,
                        const uint8_t *fresh, uint64_t fields_end,
                        int64_t now_ns);

/* Notes that field `index` of the block (from 0) changed. */
void tracker_scan_note(struct tracker *tracker, struct block *block,
                       uint32_t index, const uint8_t *fresh, int64_t now_ns);

/* Sets the field's value from the block's bytes and returns its number in shown
 * units, NaN if it is none. */
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
    /* Comparison with NaN is false, so min and max keep their values. */
    trend->min = number < trend->min ? number : trend->min;
    trend->max = number > trend->max ? number : trend->max;
}

#endif
