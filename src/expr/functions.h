/* SPDX-License-Identifier: MIT */
/*
 * What can be called in an expression.  Only the layout floor includes this.
 */
#ifndef SHMTOP_EXPR_FUNCTIONS_H
#define SHMTOP_EXPR_FUNCTIONS_H

#include "expr/parse.h"

/* A function of Lua, or our own in its place.  `takes` has a letter an
 * argument, the last one for all that follow: n a number, x an exact one, t
 * text, a anything. */
struct expr_function {
    const char *name;
    const char *takes;
    unsigned least, most; /* arguments */
    unsigned gives;       /* enum expr_type */
};

/* What can be asked of a field, or of all elements of an array. */
struct expr_question {
    const char *name;
    int of_field; /* enum expr_ask, -1: nothing */
    int of_all;
    const char *function; /* what it means for several values, or NULL */
};

/* NULL: there is none of that name. */
const struct expr_function *expr_function_find(const char *name);
const struct expr_question *expr_question_find(const char *name);
/* The name that a mistyped one is nearest to, or NULL. */
const char *expr_function_nearest(const char *name);

#endif
