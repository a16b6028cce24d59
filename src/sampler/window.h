/* SPDX-License-Identifier: MIT */
/*
 * What expressions ask of the past of one field: delta(x) and avg(x, SECONDS).
 */
#ifndef SHMTOP_SAMPLER_WINDOW_H
#define SHMTOP_SAMPLER_WINDOW_H

#include "expr/expr.h"

/* A window is kept in so many parts, whatever the refresh rate. */
#define PAST_PARTS 64

struct past_part {
    double sum;
    uint32_t count;
};

struct past {
    struct expr_operand asked; /* EXPR_DELTA or EXPR_AVG */
    const struct field *field;
    struct value last;       /* VALUE_NONE: not known */
    struct value delta;      /* up to the last sample */
    struct past_part *parts; /* owned; PAST_PARTS, of EXPR_AVG */
    int64_t part_ns;         /* of the window */
    int64_t newest;          /* number of the newest part */
};

void past_make(struct past *past, const struct layout *layout,
               const struct expr_operand *asked);
void past_free(struct past *past);
void past_reset(struct past *past);

/* The field has `value` in the sample of `now_ns`; `fresh` when it was read. */
void past_step(struct past *past, const struct value *value, bool fresh,
               int64_t now_ns);

/* VALUE_NONE: not known. */
void past_answer(const struct past *past, struct value *out);

#endif
