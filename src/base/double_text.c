/* SPDX-License-Identifier: MIT */
/* Doubles as decimals by integer arithmetic, which is exact and ten times
 * faster than printf; numbers that need more than 128 bits go to snprintf. */
#include "base/double_text.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIXED_LOW 1e-5 /* smaller numbers have an exponent */
#define FIXED_HIGH 1e16
#define WHOLE_HIGH 9007199254740992.0 /* smaller whole numbers are exact */
#define WHOLE_HIGH_F32 16777216.0

static const uint64_t power_of_10[] = {
    1u,
    10u,
    100u,
    1000u,
    10000u,
    100000u,
    1000000u,
    10000000u,
    100000000u,
    1000000000u,
    10000000000u,
    100000000000u,
    1000000000000u,
    10000000000000u,
    100000000000000u,
    1000000000000000u,
    10000000000000000u,
    100000000000000000u,
};

struct wide {
    uint64_t high;
    uint64_t low;
};

static struct wide multiply(uint64_t a, uint64_t b)
{
    uint64_t a1 = a >> 32;
    uint64_t a0 = a & UINT32_MAX;
    uint64_t b1 = b >> 32;
    uint64_t b0 = b & UINT32_MAX;
    uint64_t low = a0 * b0;
    uint64_t mid = a1 * b0 + (low >> 32);
    uint64_t mid2 = a0 * b1 + (mid & UINT32_MAX);
    return (struct wide){a1 * b1 + (mid >> 32) + (mid2 >> 32),
                         mid2 << 32 | (low & UINT32_MAX)};
}

static bool put_not_finite(struct buf *buf, double value)
{
    if (isfinite(value))
        return false;
    if (isnan(value))
        buf_puts(buf, "nan");
    else
        buf_puts(buf, value < 0 ? "-inf" : "inf");
    return true;
}

/* Splits into a whole number and a fraction in units of 2^-64; false if that is
 * not exact. */
static bool split_fixed(double size, uint64_t *whole, uint64_t *fraction)
{
    if (!(size < 9223372036854775808.0))
        return false;
    *whole = (uint64_t)size;
    double rest = (size - (double)*whole) * 18446744073709551616.0;
    *fraction = (uint64_t)rest;
    return (double)*fraction == rest;
}

void double_put_fixed(struct buf *buf, double value, int decimals)
{
    uint64_t whole, fraction;
    CHECK(decimals >= 0 && decimals <= 17);
    if (put_not_finite(buf, value))
        return;
    if (!split_fixed(fabs(value), &whole, &fraction)) {
        buf_printf(buf, "%.*f", decimals, value);
        return;
    }
    uint64_t scale = power_of_10[decimals];
    struct wide digits = multiply(fraction, scale);
    if (decimals == 0) {
        /* A tie goes to the even whole number. */
        digits.high = fraction > UINT64_C(1) << 63 ||
                      (fraction == UINT64_C(1) << 63 && (whole & 1));
    } else if (digits.low > UINT64_C(1) << 63 ||
               (digits.low == UINT64_C(1) << 63 && (digits.high & 1))) {
        digits.high++;
    }
    if (digits.high >= scale) {
        digits.high -= scale;
        whole++;
    }
    if (signbit(value))
        buf_putc(buf, '-');
    buf_put_u64(buf, whole);
    if (decimals > 0) {
        buf_putc(buf, '.');
        buf_put_padded(buf, digits.high, decimals);
    }
}

void double_put_trimmed(struct buf *buf, double value, int decimals)
{
    double_put_fixed(buf, value, decimals);
    size_t len = buf->len;
    if (decimals == 0 || !isfinite(value))
        return;
    while (buf->data[len - 1] == '0')
        len--;
    if (buf->data[len - 1] == '.')
        len--;
    buf_truncate(buf, len);
}

/* Of the first digit, from FIXED_LOW to FIXED_HIGH; log10 takes longer. */
static int exponent_of(double size)
{
    int exponent = 0;
    if (size < 1)
        return (int)floor(log10(size));
    while (size >= (double)power_of_10[exponent + 1])
        exponent++;
    return exponent;
}

void double_put_digits(struct buf *buf, double value, int digits)
{
    CHECK(digits >= 1 && digits <= 15);
    double size = fabs(value);
    if (size < FIXED_HIGH && size >= FIXED_LOW) {
        int decimals = digits - 1 - exponent_of(size);
        double_put_trimmed(buf, value, decimals < 0 ? 0 : decimals);
    } else if (isfinite(value) && size > 0) {
        char text[40];
        snprintf(text, sizeof text, "%.*e", digits - 1, value);
        double_put_shortest(buf, strtod(text, NULL));
    } else {
        double_put_shortest(buf, value);
    }
}

/* significand * 2^exponent, and how many decimal digits distinguish any two
 * neighbours. */
struct binary {
    uint64_t significand;
    int exponent;
    bool near_below; /* the lower neighbour is half as far away as the upper */
    int digits;
};

/* digits / 10^decimals */
struct decimal {
    uint64_t digits;
    int decimals;
};

/* whole + fraction / 2^64 */
struct scaled {
    uint64_t whole;
    uint64_t fraction;
};

/* quarters / 4 * 2^exponent * 10^decimals, exactly.  From FIXED_LOW to
 * FIXED_HIGH, 5^decimals has at most 51 bits, and fewer than 64 bits are
 * shifted out. */
static struct scaled scale(uint64_t quarters, int exponent, int decimals)
{
    static const uint64_t power_of_5[] = {
        1u,
        5u,
        25u,
        125u,
        625u,
        3125u,
        15625u,
        78125u,
        390625u,
        1953125u,
        9765625u,
        48828125u,
        244140625u,
        1220703125u,
        6103515625u,
        30517578125u,
        152587890625u,
        762939453125u,
        3814697265625u,
        19073486328125u,
        95367431640625u,
        476837158203125u,
        2384185791015625u,
    };
    CHECK(decimals >= 0 &&
          (size_t)decimals < sizeof power_of_5 / sizeof power_of_5[0]);
    struct wide product = multiply(quarters, power_of_5[decimals]);
    int shift = 2 - exponent - decimals;
    CHECK(shift < 64);
    if (shift <= 0)
        return (struct scaled){product.low << -shift, 0};
    return (struct scaled){product.high << (64 - shift) | product.low >> shift,
                           product.low << (64 - shift)};
}

/* `at` / 10^dropped, rounded to the nearest whole number whose multiple is
 * within first..last. */
static uint64_t nearest_multiple(struct scaled at, int dropped, uint64_t first,
                                 uint64_t last)
{
    CHECK(dropped >= 0 && dropped <= 17 && first <= last);
    uint64_t unit = power_of_10[dropped];
    uint64_t below = at.whole / unit;
    uint64_t twice = at.whole % unit * 2;
    bool up;
    if (unit == 1)
        up = at.fraction > UINT64_C(1) << 63 ||
             (at.fraction == UINT64_C(1) << 63 && (below & 1));
    else
        up =
            twice > unit || (twice == unit && (at.fraction > 0 || (below & 1)));
    if (up && (below + 1) * unit > last)
        up = false;
    if (!up && below * unit < first)
        up = true;
    return up ? below + 1 : below;
}

/* How many decimals give at least `digits` significant digits. */
static int decimals_for(double size, int digits)
{
    static const double bounds[] = {
        1e-4, 1e-3, 1e-2, 1e-1, 1,    1e1,  1e2,  1e3,  1e4,  1e5,
        1e6,  1e7,  1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    };
    int decimals = digits + 4;
    for (size_t i = 0; i < sizeof bounds / sizeof bounds[0] && decimals > 0 &&
                       size >= bounds[i];
         i++)
        decimals--;
    return decimals;
}

/* All decimals between the midpoints to the two neighbours read back as the
 * same number (so do the midpoints if the significand is even).  This interval
 * is scaled to be longer than 1, so it contains whole numbers; digits are
 * dropped while it still contains a multiple of the power of ten. */
static struct decimal shortest(const struct binary *number, double size)
{
    int decimals = decimals_for(size, number->digits);
    uint64_t at = number->significand * 4;
    bool closed = (number->significand & 1) == 0;
    struct scaled below =
        scale(at - (number->near_below ? 1 : 2), number->exponent, decimals);
    struct scaled above = scale(at + 2, number->exponent, decimals);
    uint64_t first = below.whole + (below.fraction > 0 || !closed ? 1 : 0);
    uint64_t last = above.whole - (above.fraction == 0 && !closed ? 1 : 0);
    uint64_t low = first, high = last;
    int dropped;
    for (dropped = -1; low <= high; dropped++) {
        low = (low + 9) / 10;
        high /= 10;
    }
    return (struct decimal){
        nearest_multiple(scale(at, number->exponent, decimals), dropped, first,
                         last),
        decimals - dropped};
}

static void put_decimal(struct buf *buf, struct decimal decimal)
{
    if (decimal.decimals <= 0) {
        buf_put_u64(buf, decimal.digits);
        buf_fill(buf, '0', (size_t)-decimal.decimals);
        return;
    }
    if (decimal.decimals > 17) {
        buf_puts(buf, "0.");
        buf_put_padded(buf, decimal.digits, decimal.decimals);
        return;
    }
    uint64_t unit = power_of_10[decimal.decimals];
    buf_put_u64(buf, decimal.digits / unit);
    buf_putc(buf, '.');
    buf_put_padded(buf, decimal.digits % unit, decimal.decimals);
}

/* Appends the text of printf's %e without trailing zeros, "+" and zeros of the
 * exponent. */
static void put_scientific(struct buf *buf, const char *text)
{
    const char *mark = strchr(text, 'e');
    CHECK(mark);
    size_t len = (size_t)(mark - text);
    if (memchr(text, '.', len)) {
        while (text[len - 1] == '0')
            len--;
        if (text[len - 1] == '.')
            len--;
    }
    buf_add(buf, text, len);
    buf_putc(buf, 'e');
    buf_put_i64(buf, strtol(mark + 1, NULL, 10));
}

/* Whether the text of a number reads back as `size`. */
static bool reads_back(const char *text, double size, bool is_f32)
{
    return size == (is_f32 ? (double)strtof(text, NULL) : strtod(text, NULL));
}

/* Adds one to the last digit of %e's "d.ddde".  9.99 becomes an invalid number,
 * which does not read back. */
static void count_up(char *text)
{
    char *at = strchr(text, 'e') - 1;
    for (; at > text && (*at == '9' || *at == '.'); at--)
        *at = *at == '9' ? '0' : '.';
    *at = *at == '9' ? '0' : (char)(*at + 1);
}

/* A number without a sign, by trial.  A decimal with few digits that reads back
 * is also one of `sure` digits with zeros at the end, so trying starts there
 * unless the number is subnormal.  At a power of two the neighbour above is
 * farther away, so the decimal above may read back although the nearest one,
 * below, does not. */
static void put_by_trial(struct buf *buf, double size, bool is_f32)
{
    double smallest = is_f32 ? (double)FLT_MIN : DBL_MIN;
    int sure = is_f32 ? FLT_DIG : DBL_DIG;
    int most = is_f32 ? 9 : 17;
    int digits = size < smallest ? 1 : sure;
    int exponent;
    bool is_power_of_2 = frexp(size, &exponent) == 0.5;
    char text[40];
    for (;; digits++) {
        snprintf(text, sizeof text, "%.*e", digits - 1, size);
        if (digits == most || reads_back(text, size, is_f32))
            break;
        if (!is_power_of_2)
            continue;
        count_up(text);
        if (reads_back(text, size, is_f32))
            break;
    }
    put_scientific(buf, text);
}

/* Appends the sign, and the number if it is not finite, whole, or has an
 * exponent; returns whether it is complete. */
static bool put_simple(struct buf *buf, double value, bool is_f32)
{
    double size = fabs(value);
    if (put_not_finite(buf, value))
        return true;
    if (signbit(value))
        buf_putc(buf, '-');
    if (size < (is_f32 ? WHOLE_HIGH_F32 : WHOLE_HIGH) &&
        (double)(uint64_t)size == size)
        buf_put_u64(buf, (uint64_t)size);
    else if (size < FIXED_LOW || size >= FIXED_HIGH)
        put_by_trial(buf, size, is_f32);
    else
        return false;
    return true;
}

void double_put_shortest(struct buf *buf, double value)
{
    uint64_t bits;
    double size = fabs(value);
    if (put_simple(buf, value, false))
        return;
    memcpy(&bits, &size, sizeof bits);
    uint64_t fraction = bits & ((UINT64_C(1) << 52) - 1);
    struct binary number = {.significand = fraction | UINT64_C(1) << 52,
                            .exponent = (int)(bits >> 52) - 1075,
                            .near_below = fraction == 0,
                            .digits = 17};
    put_decimal(buf, shortest(&number, size));
}

void double_put_shortest_f32(struct buf *buf, float value)
{
    uint32_t bits;
    float size = fabsf(value);
    if (put_simple(buf, (double)value, true))
        return;
    memcpy(&bits, &size, sizeof bits);
    uint32_t fraction = bits & ((1u << 23) - 1);
    struct binary number = {.significand = fraction | 1u << 23,
                            .exponent = (int)(bits >> 23) - 150,
                            .near_below = fraction == 0,
                            .digits = 9};
    put_decimal(buf, shortest(&number, (double)size));
}
