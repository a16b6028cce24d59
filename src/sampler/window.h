/* SPDX-License-Identifier: MIT */
/*
 * What expressions ask of the past of one field: delta(x) and avg(x, SECONDS).
 */
#ifndef SHMTOP_SAMPLER_WINDOW_H
#define SHMTOP_SAMPLER_WINDOW_H

#include "expr/expr.h"

/* A window is kept in so many parts, whatever the refresh rate. */
#define WINDOW_PARTS 64

struct window_part {
    double sum;
    uint32_t count;
};

struct window {
    struct expr_operand asked; /* EXPR_DELTA or EXPR_AVG */
    const struct field *field;
    struct value last;         /* VALUE_NONE: not known */
    struct value delta;        /* up to the last sample */
    struct window_part *parts; /* owned; WINDOW_PARTS, of EXPR_AVG */
    int64_t part_ns;           /* of the window */
    int64_t newest;            /* number of the newest part */
};

void window_make(struct window *window, const struct layout *layout,
                 const struct expr_operand *asked);
void window_free(struct window *window);
void window_reset(struct window *window);

/* The field has `value` in the sample of `now_ns`; `fresh` when it was read. */
void window_step(struct window *window, const struct value *value, bool fresh,
                 int64_t now_ns);

/* VALUE_NONE: not known. */
void window_answer(const struct window *window, struct value *out);

#endif
