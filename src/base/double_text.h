/* SPDX-License-Identifier: MIT */
/* Numbers with a fraction as decimal text; whole numbers are in buf.h. */
#ifndef SHMTOP_BASE_DOUBLE_TEXT_H
#define SHMTOP_BASE_DOUBLE_TEXT_H

#include "base/buf.h"

/* `decimals` (0..17) digits after the point, correctly rounded, a tie to the
 * even digit, and the sign kept, as printf does; "nan", "inf" or "-inf" if
 * `value` is not finite. */
void double_put_fixed(struct buf *buf, double value, int decimals);

/* The shortest decimal that reads back as the same double (or, for _f32, the
 * same float).  It has an exponent only below 1e-5 and from 1e16 up, and is a
 * JSON number if the value is finite. */
void double_put_shortest(struct buf *buf, double value);
void double_put_shortest_f32(struct buf *buf, float value);

/* The number with at most `digits` (1..15) significant digits, but all digits
 * before the point; without trailing zeros, and with an exponent where the
 * shortest decimal has one. */
void double_put_digits(struct buf *buf, double value, int digits);
/* Like double_put_fixed, but without trailing zeros after the point. */
void double_put_trimmed(struct buf *buf, double value, int decimals);

#endif
