/* SPDX-License-Identifier: MIT */
/* Absolute deadlines on the monotonic clock, without drift: ticks that were
 * missed are skipped and counted, not made up for. */
#ifndef SHMTOP_SAMPLER_TICKER_H
#define SHMTOP_SAMPLER_TICKER_H

#include <stdbool.h>
#include <stdint.h>

struct ticker {
    int64_t period_ns;
    int64_t next_ns; /* the deadline to wait for */
    uint64_t missed;
    int64_t served_ns;  /* when the last tick was served; 0: none yet */
    double achieved_hz; /* ticks a second during about the last second (of the
                           last tick if slower); NaN until two were served */
    int64_t window_ns;  /* since when ticks are counted for achieved_hz */
    uint64_t window_ticks;
    bool settled; /* a whole window was counted */
};

/* The first deadline is `now_ns` itself; `period_ns` is more than 0. */
void ticker_start(struct ticker *ticker, int64_t now_ns, int64_t period_ns);
/* The tick due at next_ns was served at `now_ns`: sets the next deadline after
 * that on the same grid and adds the skipped ones to `missed`. */
void ticker_advance(struct ticker *ticker, int64_t now_ns);
/* Changes the period; the next deadline is one new period after `now_ns`.
 * achieved_hz is measured from there, `missed` continues. */
void ticker_change(struct ticker *ticker, int64_t now_ns, int64_t period_ns);

#endif
