/* SPDX-License-Identifier: MIT */
/* A field in 16 bytes for the sampler's inner loop: how to lift its bits out of
 * a frame without a branch for byte order, bit fields or signs.  The values are
 * those of value_decode and value_number. */
#ifndef SHMTOP_SAMPLER_FAST_FIELD_H
#define SHMTOP_SAMPLER_FAST_FIELD_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "layout/value.h"
#include "sampler/rate.h"

/* How the lifted bits become a value. */
enum fast_op {
    FAST_UINT,
    FAST_INT,
    FAST_BOOL,
    FAST_F32,
    FAST_F64,
    FAST_WIDE, /* not a number: compared as bytes */
};

enum fast_flag {
    FAST_BIG = 1,     /* big-endian */
    FAST_CROSSES = 2, /* not within one aligned 8-byte word */
    FAST_SCALED = 4,  /* its number needs scale and bias */
    FAST_COUNTER = 8, /* its rate wraps and restarts */
    FAST_RATED = 16,  /* has a rate: a counter or a gauge */
};

struct fast_field {
    uint32_t field; /* index in the layout */
    uint32_t at;    /* of its first byte, from an aligned start */
    uint32_t size;  /* bytes */
    uint8_t op;     /* enum fast_op */
    uint8_t flags;
    uint8_t up;   /* shift that brings its highest bit to bit 63 */
    uint8_t down; /* 64 minus its bits: brings its lowest bit to bit 0 */
};

/* Makes the fast field of `field`, whose first byte is `at` bytes after the
 * address given to the functions below; that address counts as aligned to 8. */
void fast_field_make(struct fast_field *fast, const struct field *field,
                     uint32_t index, uint32_t at);

/* On a little-endian host compilers turn this into one load. */
static inline uint64_t fast_field_load_le(const uint8_t *p)
{
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 |
           (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 |
           (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
}

static inline uint64_t fast_field_swap(uint64_t x)
{
    x = (x & UINT64_C(0x00ff00ff00ff00ff)) << 8 |
        (x >> 8 & UINT64_C(0x00ff00ff00ff00ff));
    x = (x & UINT64_C(0x0000ffff0000ffff)) << 16 |
        (x >> 16 & UINT64_C(0x0000ffff0000ffff));
    return x << 32 | x >> 32;
}

/* The word that holds the field's bits, its bytes in order.  Not for
 * FAST_WIDE.  Touches only aligned words that hold bytes of the field. */
static inline uint64_t fast_field_word(const struct fast_field *fast,
                                       const uint8_t *base)
{
    uint64_t word;
    if (fast->flags & FAST_CROSSES) {
        uint8_t bytes[8] = {0};
        memcpy(bytes, base + fast->at, fast->size);
        word = fast_field_load_le(bytes);
    } else {
        word = fast_field_load_le(base + (fast->at & ~UINT32_C(7)));
    }
    return fast->flags & FAST_BIG ? fast_field_swap(word) : word;
}

/* Whether the field's own bits differ between two such words. */
static inline bool fast_field_words_differ(const struct fast_field *fast,
                                           uint64_t a, uint64_t b)
{
    return (a ^ b) << fast->up >> fast->down != 0;
}

/* The field's bits as a 64-bit pattern, sign-extended for FAST_INT. */
static inline uint64_t fast_field_pattern(const struct fast_field *fast,
                                          uint64_t word)
{
    word <<= fast->up;
    if (fast->op == FAST_INT)
        return (uint64_t)((int64_t)word >> fast->down);
    return word >> fast->down;
}

static inline double fast_field_real(const struct fast_field *fast,
                                     uint64_t pattern)
{
    if (fast->op == FAST_F64) {
        double real;
        memcpy(&real, &pattern, sizeof real);
        return real;
    }
    uint32_t word32 = (uint32_t)pattern;
    float real;
    memcpy(&real, &word32, sizeof real);
    return (double)real;
}

static inline bool fast_field_is_real(const struct fast_field *fast)
{
    return fast->op == FAST_F32 || fast->op == FAST_F64;
}

/* The value of a pattern; returns its number before scale and bias.  Not for
 * FAST_WIDE. */
static inline double fast_field_value(const struct fast_field *fast,
                                      uint64_t pattern, struct value *out)
{
    switch (fast->op) {
    case FAST_INT:
        out->type = VALUE_INT;
        out->i = (int64_t)pattern;
        return (double)out->i;
    case FAST_UINT:
        out->type = VALUE_UINT;
        out->u = pattern;
        return (double)pattern;
    case FAST_BOOL:
        out->type = VALUE_UINT;
        out->u = pattern != 0;
        return (double)out->u;
    default:
        out->type = VALUE_REAL;
        out->real = fast_field_real(fast, pattern);
        return out->real;
    }
}

/* The difference of two patterns, before the scale; NaN if a counter
 * restarted. */
static inline double fast_field_delta(const struct fast_field *fast,
                                      uint64_t before, uint64_t after)
{
    bool counter = fast->flags & FAST_COUNTER;
    if (fast_field_is_real(fast)) {
        double delta =
            fast_field_real(fast, after) - fast_field_real(fast, before);
        return counter && delta < 0 ? (double)NAN : delta;
    }
    bool is_signed = fast->op == FAST_INT;
    if (counter)
        return rate_counter_delta(before, after, 64u - fast->down, is_signed);
    return rate_gauge_delta(before, after, is_signed);
}

/* Whether the field's stored bits differ between two frames. */
static inline bool fast_field_differs(const struct fast_field *fast,
                                      const uint8_t *a, const uint8_t *b)
{
    if (fast->op == FAST_WIDE)
        return memcmp(a + fast->at, b + fast->at, fast->size) != 0;
    return fast_field_words_differ(fast, fast_field_word(fast, a),
                                   fast_field_word(fast, b));
}

#endif
