/* SPDX-License-Identifier: MIT */
/* Integers from -2^63 to 2^64 - 1: the values of i64 and u64 fields together.
 * Results out of this range wrap around like a uint64_t. */
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
    WIDE_SHL, /* by a negative number: the other way */
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

/* Negative, 0 or positive, like strcmp(). */
int wide_compare(struct wide a, struct wide b);
/* Compares exactly with a real number, which must not be NaN. */
int wide_compare_real(struct wide a, double b);

#endif
