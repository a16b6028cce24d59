/* SPDX-License-Identifier: MIT */
/* What expressions use of one field's past: delta(x) and avg(x, SECONDS).
 * Changes per second are rate.h. */
#ifndef SHMTOP_SAMPLER_WINDOW_H
#define SHMTOP_SAMPLER_WINDOW_H

#include "expr/expr.h"

/* Parts of a window, whatever the refresh rate: its memory is constant. */
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
    struct window_part *parts; /* owned; WINDOW_PARTS for EXPR_AVG */
    int64_t part_ns;           /* length of a part */
    int64_t newest;            /* number of the newest part */
};

void window_make(struct window *window, const struct layout *layout,
                 const struct expr_operand *asked);
void window_free(struct window *window);
void window_reset(struct window *window);

/* The field has `value` in the sample of `now_ns`; `fresh` if it was read. */
void window_step(struct window *window, const struct value *value, bool fresh,
                 int64_t now_ns);

/* Sets `out`; VALUE_NONE if it is not known. */
void window_answer(const struct window *window, struct value *out);

/* All windows that the expressions of a layout ask for, sorted by field. */
struct windows {
    struct window *items; /* owned */
    size_t count;
};

void windows_make(struct windows *windows, const struct layout *layout,
                  const struct expr_machine *machine);
void windows_free(struct windows *windows);
/* Index of the first window of `field` or of a later field. */
size_t windows_first(const struct windows *windows, uint32_t field);
/* The window that answers `asked`, or NULL. */
const struct window *windows_find(const struct windows *windows,
                                  const struct expr_operand *asked);

#endif
