/* SPDX-License-Identifier: MIT */
/*
 * Change a second of one field, measured from change to change so that a
 * slow counter watched at a high refresh rate shows its true rate instead of
 * zeros and spikes.
 */
#ifndef SHMTOP_ENGINE_RATE_H
#define SHMTOP_ENGINE_RATE_H

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise; forget with rate_reset when the generation changes. */
struct rate {
    double anchor;      /* number at the last change that was used */
    int64_t anchor_ns;  /* its instant; 0: none yet */
    int64_t span_ns;    /* between the last two anchors; 0: none yet */
    double per_second;  /* NaN until known */
};

void rate_reset(struct rate *rate);

/* One sample of the number at `now_ns`, `changed` or not.  `wrap` is the size of
 * the counter's range in the number's units (0: not a counter): a decrease
 * of more than half of it counts on past the wrap, another decrease of a
 * counter is a restart and leaves the rate unknown.  Returns the rate, NaN while
 * unknown; 0 once nothing has changed for 3 s and three times the usual
 * span. */
double rate_step(struct rate *rate, double number, bool changed,
                 int64_t now_ns, double wrap);

#endif
