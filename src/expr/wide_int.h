/* SPDX-License-Identifier: MIT */
/*
 * Integers from -2^63 to 2^64 - 1, which neither int64_t nor uint64_t hold:
 * what u64 fields need.  Results beyond that wrap around as a uint64_t does.
 */
#ifndef SHMTOP_EXPR_WIDE_INT_H
#define SHMTOP_EXPR_WIDE_INT_H

#include <stdbool.h>
#include <stdint.h>

struct wide {
    bool negative;
    uint64_t bits; /* two's complement when negative */
};

enum wide_op {
    WIDE_ADD,
    WIDE_SUB,
    WIDE_MUL,
    WIDE_DIV, /* rounds down, like MOD */
    WIDE_MOD,
    WIDE_AND,
    WIDE_OR,
    WIDE_XOR,
    WIDE_SHL, /* the other way by a negative number */
    WIDE_SHR,
};

struct wide wide_of_int(int64_t i);
struct wide wide_of_uint(uint64_t u);
double wide_real(struct wide a);

/* False for a division by 0. */
bool wide_compute(enum wide_op op, struct wide a, struct wide b,
                  struct wide *out);
struct wide wide_negate(struct wide a);
struct wide wide_complement(struct wide a);

/* Below 0, 0, above 0. */
int wide_compare(struct wide a, struct wide b);
/* The same with a real number, which must not be NaN; exact. */
int wide_compare_real(struct wide a, double b);

#endif
