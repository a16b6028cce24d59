/* SPDX-License-Identifier: MIT */
/* Numbers as the dashboard shows them: short and steady. */
#ifndef SHMTOP_DRAW_NUMBERS_H
#define SHMTOP_DRAW_NUMBERS_H

#include <stdint.h>

#include "base/buf.h"

/* Appends "+1.0", "-12.3", "+4.56M": at most seven columns; nothing for
 * NaN. */
void draw_put_rate(struct buf *out, double rate);
/* Appends "2382676317", "4.394e-07": with as many digits as fit into `columns`
 * (at least 7). */
void draw_put_short(struct buf *out, double number, int columns);
/* Appends "7s", "23s", "3m", "5h", "12d": exact for a minute, then coarse, so
 * that few bytes are sent. */
void draw_put_age(struct buf *out, int64_t age_ns);
/* Appends "23s", "1m04s", "1h05m", "2d03h". */
void draw_put_duration(struct buf *out, int64_t duration_ns);
/* Appends "2s", "1.5s", "3m": a time as a layout writes it, > 0. */
void draw_put_period(struct buf *out, int64_t period_ns);
/* Appends "30s", "2.5m", "12h": in the largest unit that is not longer. */
void draw_put_span(struct buf *out, int64_t span_ns);
/* Appends "64 B", "1.5 MiB". */
void draw_put_size(struct buf *out, uint64_t bytes);
/* Appends "5 Hz", or "5 Hz (4.2)": the rate of a period, and the achieved one;
 * NaN: not known. */
void draw_put_hz(struct buf *out, int64_t period_ns, double achieved);

#endif
