/* SPDX-License-Identifier: MIT */
/*
 * Decimal text to binary fractions, rounded correctly: strtod of mingw-w64 is
 * off by one where all bits are ones (0x1.fffffffffffffp-506).
 *
 * Invariant: all is integer arithmetic until the bits are known, so that the
 * result is the nearest number, of two as near the even one.
 * The form of the text is number.c's to check.
 */
#include "base/number.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

/* The numbers half way between two doubles have up to 767 digits; one more
 * stands for all that follow. */
#define DIGITS_MAX 768
/* Decimal exponents of the first digit beyond which all is 0 or infinite. */
#define TOO_SMALL (-346)
#define TOO_LARGE 310
/* 10^(DIGITS_MAX - TOO_SMALL) and 64 bits more. */
#define WORDS 128

/* An unsigned number; words[0] is the lowest. */
struct big {
    size_t used; /* words; the highest of them is not 0 */
    uint32_t words[WORDS];
};

static void multiply_add(struct big *big, uint32_t factor, uint32_t add)
{
    uint64_t carry = add;

    for (size_t i = 0; i < big->used; i++) {
        carry += (uint64_t)big->words[i] * factor;
        big->words[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry > 0) {
        CHECK(big->used < WORDS);
        big->words[big->used++] = (uint32_t)carry;
    }
}

static void multiply_by_power_of_10(struct big *big, int power)
{
    for (; power >= 9; power -= 9)
        multiply_add(big, 1000000000, 0);
    for (; power > 0; power--)
        multiply_add(big, 10, 0);
}

static void shift_left(struct big *big, int count)
{
    size_t whole = (size_t)count / 32;

    if (big->used == 0)
        return;
    CHECK(big->used + whole < WORDS);
    memmove(big->words + whole, big->words, big->used * sizeof(uint32_t));
    memset(big->words, 0, whole * sizeof(uint32_t));
    big->used += whole;
    multiply_add(big, UINT32_C(1) << count % 32, 0);
}

static int compare(const struct big *a, const struct big *b)
{
    if (a->used != b->used)
        return a->used < b->used ? -1 : 1;
    for (size_t i = a->used; i-- > 0;)
        if (a->words[i] != b->words[i])
            return a->words[i] < b->words[i] ? -1 : 1;
    return 0;
}

/* a -= b, which is not larger. */
static void subtract(struct big *a, const struct big *b)
{
    uint32_t borrow = 0;

    for (size_t i = 0; i < a->used; i++) {
        uint64_t take = (uint64_t)borrow + (i < b->used ? b->words[i] : 0);

        borrow = a->words[i] < take;
        a->words[i] -= (uint32_t)take;
    }
    while (a->used > 0 && a->words[a->used - 1] == 0)
        a->used--;
}

static int count_bits(const struct big *big)
{
    uint32_t top = big->words[big->used - 1];
    int bits = (int)big->used * 32;

    for (; top < UINT32_C(1) << 31; top <<= 1)
        bits--;
    return bits;
}

/* The digits as a whole number; the value is that times 10^(returned). */
static int take_digits(const char *text, struct big *digits)
{
    int power = 0;
    size_t count = 0;
    bool behind_point = false;

    for (; (*text >= '0' && *text <= '9') || *text == '.'; text++) {
        uint32_t digit = (uint32_t)(*text - '0');

        if (*text == '.') {
            behind_point = true;
        } else if (count < DIGITS_MAX) {
            count += count > 0 || digit > 0;
            multiply_add(digits, 10, digit);
            power -= behind_point;
        } else {
            /* it is enough to know that there is more */
            digits->words[0] |= digit > 0;
            power += !behind_point;
        }
    }
    if (*text == 'e' || *text == 'E') {
        long more = strtol(text + 1, NULL, 10);

        /* saturates where the digits, of any line, change nothing */
        more = more > 1000000 ? 1000000 : more < -1000000 ? -1000000 : more;
        power += (int)more;
    }
    return power;
}

/* a / b as a fraction of `bits` bits, which are fewer when the lowest stood
 * below 2^least otherwise. */
static double divide(struct big *a, struct big *b, int bits, int least)
{
    int shift = bits + count_bits(b) - count_bits(a);
    uint64_t quotient = 0;
    int half;

    if (shift > -least)
        shift = -least;
    shift_left(shift > 0 ? a : b, abs(shift));
    shift_left(b, bits);
    if (compare(a, b) >= 0) {
        shift_left(b, 1); /* the estimate was one bit too low */
        shift--;
    }
    for (int i = 0; i <= bits; i++) {
        bool fits = compare(a, b) >= 0;

        quotient = quotient << 1 | fits;
        if (fits)
            subtract(a, b);
        shift_left(a, 1);
    }
    half = compare(a, b);
    quotient += half > 0 || (half == 0 && quotient & 1);
    return ldexp((double)quotient, -shift);
}

static double read_decimal(const char *text, int bits, int least)
{
    bool negative = *text == '-';
    struct big a = {0};
    struct big b = {.used = 1, .words = {1}};
    double size = 0;
    int power;

    text += *text == '-' || *text == '+';
    power = take_digits(text, &a);
    if (a.used > 0) {
        /* log10(2) is a little more than 0.3 */
        int first = power + (int)(count_bits(&a) * 0.30103);

        if (first > TOO_LARGE) {
            size = (double)INFINITY;
        } else if (first >= TOO_SMALL) {
            multiply_by_power_of_10(power > 0 ? &a : &b, abs(power));
            size = divide(&a, &b, bits, least);
        }
    }
    return negative ? -size : size;
}

double number_read_double(const char *decimal)
{
    return read_decimal(decimal, DBL_MANT_DIG, DBL_MIN_EXP - DBL_MANT_DIG);
}

float number_read_float(const char *decimal)
{
    double size =
        read_decimal(decimal, FLT_MANT_DIG, FLT_MIN_EXP - FLT_MANT_DIG);

    if (fabs(size) > (double)FLT_MAX)
        return size > 0 ? INFINITY : -INFINITY;
    return (float)size;
}
