/* SPDX-License-Identifier: MIT */
/*
 * Numbers with a fraction as decimal text, exact and fast.
 *
 * Invariant: all fast paths are exact integer arithmetic, so what they write
 * is what an infinitely precise computation would; whatever does not fit into
 * 128 bits goes to snprintf.
 */
#include "base/double_text.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIXED_LOW 1e-5 /* shortest numbers below have an exponent */
#define FIXED_HIGH 1e16
#define WHOLE_HIGH 9007199254740992.0 /* whole numbers below are exact */
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

/* The value as a whole number and a fraction in units of 2^-64; false when
 * that would not be exact. */
static bool split_fixed(double size, uint64_t *whole, uint64_t *fraction)
{
    double rest;

    if (!(size < 9223372036854775808.0))
        return false;
    *whole = (uint64_t)size;
    rest = (size - (double)*whole) * 18446744073709551616.0;
    *fraction = (uint64_t)rest;
    return (double)*fraction == rest;
}

void double_put_fixed(struct buf *buf, double value, int decimals)
{
    uint64_t whole;
    uint64_t fraction;
    uint64_t scale;
    struct wide digits;

    CHECK(decimals >= 0 && decimals <= 17);
    if (put_not_finite(buf, value))
        return;
    if (!split_fixed(fabs(value), &whole, &fraction)) {
        buf_printf(buf, "%.*f", decimals, value);
        return;
    }
    scale = power_of_10[decimals];
    digits = multiply(fraction, scale);
    if (decimals == 0) {
        /* a tie goes to the even one of the whole numbers */
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

/* A positive binary floating point number, significand * 2^exponent, and how
 * many decimal digits always tell its neighbours apart. */
struct binary {
    uint64_t significand;
    int exponent;
    bool near_below; /* the lower neighbour is only half as far away */
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

/* quarters / 4 * 2^exponent * 10^decimals, exactly.  For the range of
 * FIXED_LOW to FIXED_HIGH 5^decimals takes 51 bits at most, and the bits
 * that are shifted out less than 64. */
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
    struct wide product = multiply(quarters, power_of_5[decimals]);
    int shift = 2 - exponent - decimals;

    if (shift <= 0)
        return (struct scaled){product.low << -shift, 0};
    return (struct scaled){product.high << (64 - shift) | product.low >> shift,
                           product.low << (64 - shift)};
}

/* Of the whole multiples of 10^dropped next to `at`, the nearest that lies
 * within first..last. */
static uint64_t nearest_multiple(struct scaled at, int dropped, uint64_t first,
                                 uint64_t last)
{
    uint64_t unit = power_of_10[dropped];
    uint64_t below = at.whole / unit;
    uint64_t rest = at.whole % unit;
    uint64_t twice = rest * 2;
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

/* How many decimals give `digits` significant digits at least. */
static int decimals_for(double size, int digits)
{
    static const double bounds[] = {
        1e-4, 1e-3, 1e-2, 1e-1, 1,    1e1,  1e2,  1e3,  1e4,  1e5,
        1e6,  1e7,  1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    };
    int decimals = digits + 4;
    size_t i;

    for (i = 0; i < sizeof bounds / sizeof bounds[0]; i++) {
        if (size < bounds[i] || decimals == 0)
            break;
        decimals--;
    }
    return decimals;
}

/*
 * All decimals between the two midpoints to the neighbours read back as the
 * same number (the midpoints too when the significand is even).  Scaled so
 * that this interval is longer than 1, it holds whole numbers; digits are
 * dropped while it still holds a multiple of the power of ten.
 */
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
    uint64_t low = first;
    uint64_t high = last;
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
    uint64_t unit;

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
    unit = power_of_10[decimal.decimals];
    buf_put_u64(buf, decimal.digits / unit);
    buf_putc(buf, '.');
    buf_put_padded(buf, decimal.digits % unit, decimal.decimals);
}

/* What printf's %e wrote, without trailing zeros, "+" and exponent zeros. */
static void put_scientific(struct buf *buf, const char *text)
{
    const char *mark = strchr(text, 'e');
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

/* Counts the digits of %e's "d.ddde" up by one; 9.99 becomes nonsense, which
 * does not read back. */
static void count_up(char *text)
{
    char *at = strchr(text, 'e') - 1;

    for (; at > text && (*at == '9' || *at == '.'); at--)
        *at = *at == '9' ? '0' : '.';
    *at = *at == '9' ? '0' : (char)(*at + 1);
}

/* A number without a sign, by trial.  A decimal of few digits that reads back
 * as a normal number is a longer one with zeros behind it, so trying starts at
 * those.  Above a power of two there is more room than below, so the decimal
 * above may do where the nearest, below, does not. */
static void put_by_trial(struct buf *buf, double size, bool is_f32)
{
    double smallest = is_f32 ? (double)FLT_MIN : DBL_MIN;
    int sure = is_f32 ? FLT_DIG : DBL_DIG;
    int most = is_f32 ? 9 : 17;
    int digits = size < smallest ? 1 : sure;
    int exponent;
    bool lopsided = frexp(size, &exponent) == 0.5;
    char text[40];

    for (;; digits++) {
        snprintf(text, sizeof text, "%.*e", digits - 1, size);
        if (digits == most || reads_back(text, size, is_f32))
            break;
        if (!lopsided)
            continue;
        count_up(text);
        if (reads_back(text, size, is_f32))
            break;
    }
    put_scientific(buf, text);
}

void double_put_shortest(struct buf *buf, double value)
{
    double size = fabs(value);
    struct binary number = {.digits = 17};
    uint64_t bits;

    if (put_not_finite(buf, value))
        return;
    if (signbit(value))
        buf_putc(buf, '-');
    if (size < WHOLE_HIGH && (double)(uint64_t)size == size) {
        buf_put_u64(buf, (uint64_t)size);
        return;
    }
    if (size < FIXED_LOW || size >= FIXED_HIGH) {
        put_by_trial(buf, size, false);
        return;
    }
    memcpy(&bits, &size, sizeof bits);
    number.significand = (bits & ((UINT64_C(1) << 52) - 1)) | UINT64_C(1) << 52;
    number.exponent = (int)(bits >> 52) - 1075;
    number.near_below = number.significand == UINT64_C(1) << 52;
    put_decimal(buf, shortest(&number, size));
}

void double_put_shortest_f32(struct buf *buf, float value)
{
    double size = fabs((double)value);
    struct binary number = {.digits = 9};
    uint32_t bits;
    float positive = fabsf(value);

    if (put_not_finite(buf, (double)value))
        return;
    if (signbit(value))
        buf_putc(buf, '-');
    if (size < WHOLE_HIGH_F32 && (double)(uint64_t)size == size) {
        buf_put_u64(buf, (uint64_t)size);
        return;
    }
    if (size < FIXED_LOW || size >= FIXED_HIGH) {
        put_by_trial(buf, size, true);
        return;
    }
    memcpy(&bits, &positive, sizeof bits);
    number.significand = (bits & ((1u << 23) - 1)) | 1u << 23;
    number.exponent = (int)(bits >> 23) - 150;
    number.near_below = number.significand == 1u << 23;
    put_decimal(buf, shortest(&number, size));
}
