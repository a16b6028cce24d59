/* SPDX-License-Identifier: MIT */
/*
 * Expressions over fields: computed fields, and what a mapping requires.  The
 * grammar, names and types are ours (expr_parse.c); Lua computes.  A machine
 * belongs to one layout and holds nothing of a sample.
 */
#ifndef SHMTOP_EXPR_EXPR_H
#define SHMTOP_EXPR_EXPR_H

#include "layout/value.h"

/* Stated limits of one expression. */
#define EXPR_OPERANDS_MAX 100u
#define EXPR_CONSTANTS_MAX 100u /* and as many functions as there are */
#define EXPR_NESTING_MAX 100u   /* parentheses and operators */
#define EXPR_MEMORY_MAX                                                        \
    (1024u * 1024u)                  /* bytes that one evaluation may add      \
                                      */
#define EXPR_INSTRUCTIONS_MAX 100000 /* of Lua, for one evaluation */
#define EXPR_AVG_MAX_NS INT64_C(86400000000000) /* window of avg(): a day */

/* What an expression asks of a field, or of the elements of an array. */
enum expr_ask {
    EXPR_VALUE,
    EXPR_LABEL, /* the text that stands for it: an enum's label */
    EXPR_RATE,  /* answered by whoever knows the past, like all up to AGE */
    EXPR_DELTA,
    EXPR_AVG, /* over window_ns */
    EXPR_MIN,
    EXPR_MAX,
    EXPR_AGE,
    EXPR_ALL_SUM, /* of fields first, first + step, ... (`count` of them) */
    EXPR_ALL_COUNT,
    EXPR_ALL_AVG,
    EXPR_ALL_MIN,
    EXPR_ALL_MAX,
};

struct expr_operand {
    enum expr_ask ask;
    uint32_t first; /* index of the field */
    uint32_t step;
    uint32_t count;
    int64_t window_ns;
    bool matches; /* EXPR_ALL_COUNT: only those equal to `match` */
    struct value match;
};

/* A number that was asked for, in shown units; VALUE_NONE: not known. */
typedef void expr_answer_fn(void *user, const struct expr_operand *operand,
                            struct value *out);

/* The value of a field, valid until the next question. */
typedef const struct value *expr_look_fn(void *user, uint32_t field);

/* What expressions see. */
struct expr_inputs {
    const struct value *values; /* one a field of the layout */
    expr_look_fn *look;         /* in place of `values`, or NULL */
    expr_answer_fn *answer;     /* for EXPR_RATE .. EXPR_AGE */
    void *user;
};

enum expr_truth { EXPR_FALSE, EXPR_TRUE, EXPR_MISSING };

/* Checks every expression of the layout: syntax, names, types, cycles. */
void expr_check(const struct layout *layout, struct problems *problems);

/* The name of a function that expressions can call, by a number from 0, or
 * NULL behind the last. */
const char *expr_function_name(size_t number);

struct expr_machine;

/* Compiles all expressions of a layout (borrowed), which is sound: those that
 * are not have no value ever.  NULL when it has none. */
struct expr_machine *expr_open(const struct layout *layout);
void expr_close(struct expr_machine *machine); /* accepts NULL */

/* The indices of layout->expressions, so that each comes after those whose
 * fields it uses; layout->expression_count of them. */
const uint32_t *expr_order(const struct expr_machine *machine);
/* The expression of a computed field, or SIZE_MAX. */
size_t expr_of_computed(const struct expr_machine *machine, uint32_t field);
/* What expression `index` asks for. */
const struct expr_operand *expr_operands(const struct expr_machine *machine,
                                         size_t index, size_t *count);

/* Evaluates expression `index`.  VALUE_NONE when something that it asks for
 * is missing, and when it cannot be computed.  VALUE_BYTES is text: of
 * COMPUTED_TEXT_MAX bytes, padded with NUL, which stay until the next
 * evaluation of this expression. */
void expr_eval(struct expr_machine *machine, size_t index,
               const struct expr_inputs *inputs, struct value *out);
/* The truth of the last evaluation: true, a number that is not 0. */
enum expr_truth expr_truth(const struct expr_machine *machine, size_t index);
/* Why the last evaluation failed ("duty: attempt to ..."), or NULL.  `*fresh`
 * (may be NULL) when it is not the same as at the evaluation before. */
const char *expr_message(const struct expr_machine *machine, size_t index,
                         bool *fresh);

#endif
