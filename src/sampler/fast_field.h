/* SPDX-License-Identifier: MIT */
/*
 * A field boiled down to 16 bytes for the sampler's inner loop: how to lift
 * its bits out of a frame and compare them, without a branch for byte order,
 * bit fields or signs.  Gives the same values as value_decode and
 * value_number, which remain the definition.
 */
#ifndef SHMTOP_SAMPLER_FAST_FIELD_H
#define SHMTOP_SAMPLER_FAST_FIELD_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "layout/value.h"
#include "sampler/rate.h"

/* How the lifted bits become a value. */
enum probe_op {
    PROBE_UINT,
    PROBE_INT,
    PROBE_BOOL,
    PROBE_F32,
    PROBE_F64,
    PROBE_WIDE, /* not a number: compared as bytes */
};

enum probe_flag {
    PROBE_BIG = 1,     /* big-endian */
    PROBE_CROSSES = 2, /* not within one aligned 8-byte word */
    PROBE_SCALED = 4,  /* its number needs scale and bias */
    PROBE_COUNTER = 8, /* its rate wraps and restarts */
    PROBE_RATED = 16,  /* has a rate: a counter or a gauge */
};

struct probe {
    uint32_t field; /* index in the layout */
    uint32_t at;    /* of its first byte, from an aligned start */
    uint32_t size;  /* bytes */
    uint8_t op;     /* enum probe_op */
    uint8_t flags;
    uint8_t up;   /* shift that brings its highest bit to bit 63 */
    uint8_t down; /* 64 minus its bits: brings its lowest bit to bit 0 */
};

/* The probe of `field`, whose first byte stands `at` bytes behind an address
 * that is handed to the functions below and counts as aligned to 8. */
void probe_make(struct probe *probe, const struct field *field, uint32_t index,
                uint32_t at);

/* Compilers make one load of it where the host is little-endian. */
static inline uint64_t probe_load_le(const uint8_t *p)
{
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 |
           (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 |
           (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
}

static inline uint64_t probe_swap(uint64_t x)
{
    x = (x & UINT64_C(0x00ff00ff00ff00ff)) << 8 |
        (x >> 8 & UINT64_C(0x00ff00ff00ff00ff));
    x = (x & UINT64_C(0x0000ffff0000ffff)) << 16 |
        (x >> 16 & UINT64_C(0x0000ffff0000ffff));
    return x << 32 | x >> 32;
}

/* The word that holds the field's bits, its bytes in order.  Not for
 * PROBE_WIDE.  Touches only aligned words that hold bytes of the field. */
static inline uint64_t probe_word(const struct probe *probe,
                                  const uint8_t *base)
{
    uint64_t word;
    if (probe->flags & PROBE_CROSSES) {
        uint8_t bytes[8] = {0};
        memcpy(bytes, base + probe->at, probe->size);
        word = probe_load_le(bytes);
    } else {
        word = probe_load_le(base + (probe->at & ~UINT32_C(7)));
    }
    return probe->flags & PROBE_BIG ? probe_swap(word) : word;
}

/* Whether the field's own bits differ between two such words. */
static inline bool probe_words_differ(const struct probe *probe, uint64_t a,
                                      uint64_t b)
{
    return (a ^ b) << probe->up >> probe->down != 0;
}

/* The field's bits as a 64-bit pattern, sign-extended for PROBE_INT. */
static inline uint64_t probe_pattern(const struct probe *probe, uint64_t word)
{
    word <<= probe->up;
    if (probe->op == PROBE_INT)
        return (uint64_t)((int64_t)word >> probe->down);
    return word >> probe->down;
}

static inline double probe_real(const struct probe *probe, uint64_t pattern)
{
    if (probe->op == PROBE_F64) {
        double real;
        memcpy(&real, &pattern, sizeof real);
        return real;
    }
    uint32_t half = (uint32_t)pattern;
    float real;
    memcpy(&real, &half, sizeof real);
    return (double)real;
}

static inline bool probe_is_real(const struct probe *probe)
{
    return probe->op == PROBE_F32 || probe->op == PROBE_F64;
}

/* The value of a pattern; returns its number before scale and bias.  Not for
 * PROBE_WIDE. */
static inline double probe_value(const struct probe *probe, uint64_t pattern,
                                 struct value *out)
{
    switch (probe->op) {
    case PROBE_INT:
        out->type = VALUE_INT;
        out->i = (int64_t)pattern;
        return (double)out->i;
    case PROBE_UINT:
        out->type = VALUE_UINT;
        out->u = pattern;
        return (double)pattern;
    case PROBE_BOOL:
        out->type = VALUE_UINT;
        out->u = pattern != 0;
        return (double)out->u;
    default:
        out->type = VALUE_REAL;
        out->real = probe_real(probe, pattern);
        return out->real;
    }
}

/* How far the field went between two patterns, before the scale; NaN when a
 * counter restarted. */
static inline double probe_delta(const struct probe *probe, uint64_t before,
                                 uint64_t after)
{
    bool counter = probe->flags & PROBE_COUNTER;
    if (probe_is_real(probe)) {
        double delta = probe_real(probe, after) - probe_real(probe, before);
        return counter && delta < 0 ? (double)NAN : delta;
    }
    bool is_signed = probe->op == PROBE_INT;
    if (counter)
        return rate_counter_delta(before, after, 64u - probe->down, is_signed);
    return rate_gauge_delta(before, after, is_signed);
}

/* Whether the field's stored bits differ between two frames. */
static inline bool probe_differs(const struct probe *probe, const uint8_t *a,
                                 const uint8_t *b)
{
    if (probe->op == PROBE_WIDE)
        return memcmp(a + probe->at, b + probe->at, probe->size) != 0;
    return probe_words_differ(probe, probe_word(probe, a),
                              probe_word(probe, b));
}

#endif
