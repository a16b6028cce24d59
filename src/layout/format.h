/* SPDX-License-Identifier: MIT */
/* Numbers as prefixes, durations and dates. */
#ifndef SHMTOP_LAYOUT_FORMAT_H
#define SHMTOP_LAYOUT_FORMAT_H

#include "layout/layout.h"

/* "12.3 k", "1.5 M", "20.0 m": powers of 1000.  `decimals` after the point if
 * there is a prefix, -1: one. */
void format_si(struct buf *out, double number, int decimals);
/* "4.0 Ki": powers of 1024, none below 1. */
void format_iec(struct buf *out, double number, int decimals);
/* Seconds as "1d 02:03:04.5"; false (and nothing appended) if they are too many
 * or not finite.  `decimals` of the seconds, 0..9. */
bool format_duration(struct buf *out, double seconds, int decimals);

/* A time: seconds since 1970, and a fraction in units of 10^-digits s. */
struct format_time {
    int64_t seconds;
    uint64_t fraction;
    int digits; /* 0..9 */
};
/* Splits the integer `count` (its 64-bit pattern, signed unless `large`) in the
 * unit of `show`; false if it is not in the years 1 to 9999. */
bool format_time_split(enum show show, uint64_t count, bool large,
                       struct format_time *out);
/* The inverse of format_time_split; false if the count is not whole or
 * overflows. */
bool format_time_join(enum show show, const struct format_time *time,
                      int64_t *count);
/* Reads what format_time_put prints, or with a space instead of the T. */
bool format_time_read(const char *text, struct format_time *out);
/* "2026-01-02T03:04:05.123Z" with as many decimals as `digits`. */
void format_time_put(struct buf *out, const struct format_time *time);

/* Inserts spaces between the thousands of the number from `start` to the end of
 * `out`, if it has five digits or more before the point. */
void format_group(struct buf *out, size_t start);

#endif
