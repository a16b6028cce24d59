/* SPDX-License-Identifier: MIT */
/* Arithmetic on integers from -2^63 to 2^64 - 1.  `negative` is never set for 0
 * or for a value above INT64_MAX. */
#include "expr/wide_int.h"

#include <math.h>

#include "base/err.h"

struct wide wide_of_int(int64_t i)
{
    return (struct wide){.negative = i < 0, .bits = (uint64_t)i};
}

struct wide wide_of_uint(uint64_t u)
{
    return (struct wide){.bits = u};
}

static uint64_t magnitude(struct wide a)
{
    CHECK(!a.negative || a.bits >> 63);
    return a.negative ? 0 - a.bits : a.bits;
}

double wide_real(struct wide a)
{
    return a.negative ? -(double)magnitude(a) : (double)a.bits;
}

/* A negative number below -2^63 wraps around. */
static struct wide signed_wide(bool negative, uint64_t size)
{
    return (struct wide){
        .negative = negative && size != 0 && size <= UINT64_C(1) << 63,
        .bits = negative ? 0 - size : size,
    };
}

static struct wide add(struct wide a, struct wide b)
{
    uint64_t x = magnitude(a);
    uint64_t y = magnitude(b);
    if (a.negative != b.negative) {
        return x >= y ? signed_wide(a.negative, x - y)
                      : signed_wide(b.negative, y - x);
    }
    if (x > UINT64_MAX - y)
        return wide_of_uint(a.bits + b.bits);
    return signed_wide(a.negative, x + y);
}

struct wide wide_negate(struct wide a)
{
    return signed_wide(!a.negative, magnitude(a));
}

struct wide wide_complement(struct wide a)
{
    return wide_of_uint(~a.bits);
}

/* Not a + -b, because -b may be out of range. */
static struct wide subtract(struct wide a, struct wide b)
{
    uint64_t x = magnitude(a);
    uint64_t y = magnitude(b);
    if (a.negative == b.negative) {
        return x >= y ? signed_wide(a.negative, x - y)
                      : signed_wide(!a.negative, y - x);
    }
    if (x > UINT64_MAX - y)
        return wide_of_uint(a.bits - b.bits);
    return signed_wide(a.negative, x + y);
}

static struct wide multiply(struct wide a, struct wide b)
{
    uint64_t x = magnitude(a);
    uint64_t y = magnitude(b);
    if (x != 0 && y > UINT64_MAX / x)
        return wide_of_uint(a.bits * b.bits);
    return signed_wide(a.negative != b.negative, x * y);
}

static struct wide divide(struct wide a, struct wide b)
{
    uint64_t x = magnitude(a);
    uint64_t y = magnitude(b);
    bool negative = a.negative != b.negative;
    uint64_t quotient = x / y;
    if (negative && x % y != 0)
        quotient++;
    return signed_wide(negative, quotient);
}

static struct wide modulo(struct wide a, struct wide b)
{
    uint64_t y = magnitude(b);
    uint64_t rest = magnitude(a) % y;
    if (rest != 0 && a.negative != b.negative)
        rest = y - rest;
    return signed_wide(b.negative, rest);
}

static struct wide shift(struct wide a, struct wide by, bool right)
{
    uint64_t places = magnitude(by);
    if (places > 63)
        return wide_of_uint(0);
    return wide_of_uint(by.negative != right ? a.bits >> places
                                             : a.bits << places);
}

bool wide_compute(enum wide_op op, struct wide a, struct wide b,
                  struct wide *out)
{
    switch (op) {
    case WIDE_ADD:
        *out = add(a, b);
        break;
    case WIDE_SUB:
        *out = subtract(a, b);
        break;
    case WIDE_MUL:
        *out = multiply(a, b);
        break;
    case WIDE_DIV:
    case WIDE_MOD:
        if (b.bits == 0)
            return false;
        *out = op == WIDE_DIV ? divide(a, b) : modulo(a, b);
        break;
    case WIDE_AND:
        *out = wide_of_uint(a.bits & b.bits);
        break;
    case WIDE_OR:
        *out = wide_of_uint(a.bits | b.bits);
        break;
    case WIDE_XOR:
        *out = wide_of_uint(a.bits ^ b.bits);
        break;
    case WIDE_SHL:
        *out = shift(a, b, false);
        break;
    case WIDE_SHR:
        *out = shift(a, b, true);
        break;
    }
    return true;
}

int wide_compare(struct wide a, struct wide b)
{
    if (a.negative != b.negative)
        return a.negative ? -1 : 1;
    /* Two's complement keeps the order among numbers of one sign. */
    return (a.bits > b.bits) - (a.bits < b.bits);
}

int wide_compare_real(struct wide a, double b)
{
    CHECK(!isnan(b));
    if (b >= 0x1p64)
        return -1;
    if (b < -0x1p63)
        return 1;
    if (b < 0) {
        double up = (double)(int64_t)b; /* towards 0 */
        int order = wide_compare(a, wide_of_int((int64_t)b));
        return order != 0 ? order : (up > b) - (up < b);
    }
    double down = (double)(uint64_t)b;
    int order = wide_compare(a, wide_of_uint((uint64_t)b));
    return order != 0 ? order : -(down < b);
}
