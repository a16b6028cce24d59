/* SPDX-License-Identifier: MIT */
/*
 * Numbers in the ways of `show` that are more than digits.
 */
#ifndef SHMTOP_LAYOUT_FORMAT_H
#define SHMTOP_LAYOUT_FORMAT_H

#include "layout/layout.h"

/* "12.3 k", "1.5 M", "20.0 m": powers of 1000.  `decimals` behind the point
 * when there is a prefix, -1: one. */
void format_si(struct buf *out, double number, int decimals);
/* "4.0 Ki": powers of 1024, none below 1. */
void format_iec(struct buf *out, double number, int decimals);
/* Seconds as "1d 02:03:04.5"; false (and nothing) when too large or not
 * finite.  `decimals` of the seconds, 0..9. */
bool format_duration(struct buf *out, double seconds, int decimals);

/* A time: seconds since 1970 and the rest in units of 10^-digits s. */
struct format_time {
    int64_t seconds;
    uint64_t fraction;
    int digits; /* 0..9 */
};
/* The integer `count` (its 64-bit pattern, signed unless `large`) in the unit
 * of `show`; false when it stands for no year from 1 to 9999. */
bool format_time_split(enum show show, uint64_t count, bool large,
                       struct format_time *out);
/* Its inverse: false when the count would not be whole or overflows. */
bool format_time_join(enum show show, const struct format_time *time,
                      int64_t *count);
/* Reads what format_time_put prints (a space may stand for the T). */
bool format_time_read(const char *text, struct format_time *out);
/* "2026-01-02T03:04:05.123Z" with as many decimals as `digits`. */
void format_time_put(struct buf *out, const struct format_time *time);

/* Inserts a space between thousands into the run of decimal digits that starts
 * at `start` of `out` (behind a sign) and ends it; runs below five digits stay
 * as they are. */
void format_group(struct buf *out, size_t start);

#endif
