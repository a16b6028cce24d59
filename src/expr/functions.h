/* SPDX-License-Identifier: MIT */
/* The functions of expressions, and the questions about fields. */
#ifndef SHMTOP_EXPR_FUNCTIONS_H
#define SHMTOP_EXPR_FUNCTIONS_H

#include "expr/expr_private.h"

/* A function of Lua, or our version of it.  `takes` has one letter for each
 * argument, the last one for all further arguments: n a number, x an exact
 * integer or a number, t text, a anything. */
struct expr_function {
    const char *name;
    const char *takes;
    unsigned least, most; /* arguments */
    unsigned gives;       /* enum expr_type */
};

/* A question about a field, or about all elements of an array. */
struct expr_question {
    const char *name;
    int of_field;         /* enum expr_ask; -1: not for one field */
    int of_all;           /* the same for arrays */
    const char *function; /* called for several arguments, or NULL */
};

/* The name of a function or question, by a number from 0; NULL after the
 * last. */
const char *expr_function_name(size_t number);

/* NULL if the name is unknown. */
const struct expr_function *expr_function_find(const char *name);
const struct expr_question *expr_question_find(const char *name);
/* The name nearest to a mistyped one, or NULL. */
const char *expr_function_nearest(const char *name);

#endif
