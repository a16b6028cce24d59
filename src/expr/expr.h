/* SPDX-License-Identifier: MIT */
/* Expressions over fields: computed fields, and `require` and `gone` of
 * mappings. parse.c checks grammar, names and types; Lua computes. */
#ifndef SHMTOP_EXPR_EXPR_H
#define SHMTOP_EXPR_EXPR_H

#include "layout/value.h"

/* Stated limits of one expression. */
#define EXPR_OPERANDS_MAX 100u
#define EXPR_CONSTANTS_MAX 100u         /* and as many functions as there are */
#define EXPR_NESTING_MAX 100u           /* parentheses and operators */
#define EXPR_MEMORY_MAX (1024u * 1024u) /* bytes added by one evaluation */
#define EXPR_INSTRUCTIONS_MAX 100000    /* of Lua in one evaluation */
#define EXPR_AVG_MAX_NS INT64_C(86400000000000) /* avg() window: a day */

/* What an expression asks of a field, or of the elements of an array. */
enum expr_ask {
    EXPR_VALUE,
    EXPR_LABEL, /* its text: an enum's label */
    EXPR_RATE,  /* this to EXPR_AGE are answered by expr_answer_fn */
    EXPR_DELTA,
    EXPR_AVG, /* over window_ns */
    EXPR_MIN,
    EXPR_MAX,
    EXPR_AGE,
    EXPR_ALL_SUM, /* over `count` fields: first, first + step, ... */
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
    bool matches; /* EXPR_ALL_COUNT counts only values equal to `match` */
    struct value match;
};

/* Answers a question about the past with a number in shown units; VALUE_NONE if
 * it is not known. */
typedef void expr_answer_fn(void *user, const struct expr_operand *operand,
                            struct value *out);

/* Returns the value of a field, valid until the next call. */
typedef const struct value *expr_look_fn(void *user, uint32_t field);

/* The fields' values during an evaluation. */
struct expr_inputs {
    const struct value *values; /* one a field of the layout */
    expr_look_fn *look;         /* in place of `values`, or NULL */
    expr_answer_fn *answer;     /* for EXPR_RATE .. EXPR_AGE */
    void *user;
};

enum expr_truth { EXPR_FALSE, EXPR_TRUE, EXPR_MISSING };

/* All expressions of a layout, compiled.  It has no values of a sample, but the
 * messages and the results of the last evaluations. */
struct expr_machine;

/* Compiles all expressions of `layout` (borrowed).  Errors of syntax, names and
 * types, and circles, are added to `problems`; such an expression never has a
 * value.  NULL if the layout has no expressions. */
struct expr_machine *expr_compile(const struct layout *layout,
                                  struct problems *problems);
void expr_free(struct expr_machine *machine); /* accepts NULL */
/* Forgets the results of earlier evaluations. */
void expr_reset(struct expr_machine *machine);

/* The layout->expression_count indices of layout->expressions; each comes after
 * those whose fields it uses. */
const uint32_t *expr_order(const struct expr_machine *machine);
/* The expression of a computed field, or SIZE_MAX. */
size_t expr_of_computed(const struct expr_machine *machine, uint32_t field);
/* Whether the result of expression `index` is true or false. */
bool expr_is_condition(const struct expr_machine *machine, size_t index);
/* The operands of expression `index`. */
const struct expr_operand *expr_operands(const struct expr_machine *machine,
                                         size_t index, size_t *count);

/* Evaluates expression `index`.  The result is VALUE_NONE if an operand is
 * missing or the evaluation fails.  VALUE_BYTES is a text of COMPUTED_TEXT_MAX
 * bytes, padded with NUL, valid until the next evaluation of this expression.
 */
void expr_eval(struct expr_machine *machine, size_t index,
               const struct expr_inputs *inputs, struct value *out);
/* The truth of the last result: EXPR_TRUE for true, and for numbers but 0. */
enum expr_truth expr_truth(const struct expr_machine *machine, size_t index);
/* Why the last evaluation failed ("duty: attempt to ..."), or NULL.  Sets
 * `*fresh` (may be NULL) if the message differs from that of the evaluation
 * before. */
const char *expr_message(const struct expr_machine *machine, size_t index,
                         bool *fresh);

#endif
