/* SPDX-License-Identifier: MIT */
/*
 * The state of a parse, shared by expr_parse.c (operators) and expr_calls.c
 * (what has a name).  Nobody else includes this.
 */
#ifndef SHMTOP_EXPR_TRANSLATE_H
#define SHMTOP_EXPR_TRANSLATE_H

#include "expr/parse.h"

struct expr_parser {
    struct expr_lexer lexer;
    struct expr_token token; /* the next one */
    const struct expr_scope *scope;
    struct expr_code *code;
    struct err *err; /* the first error; then the token is TOKEN_END */
    bool failed;
    unsigned depth; /* of this program's stack */
};

/* A part that has been parsed; its Lua ends the buffer. */
struct expr_node {
    size_t start;     /* of its Lua in code->lua */
    unsigned types;   /* enum expr_type bits */
    unsigned nesting; /* of its Lua */
    int column;
    int operand; /* it is just this operand, or -1 */
    int text;    /* it is just this constant text, or -1 */
};

void expr_next(struct expr_parser *parser);
/* Notes the first error and returns false. */
bool expr_fail(struct expr_parser *parser, int column, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
/* Passes over a mark that must be there. */
bool expr_expect(struct expr_parser *parser, const char *mark);

/* A whole expression, up to a closing parenthesis, a comma or the end. */
struct expr_node expr_parse_whole(struct expr_parser *parser);
/* A path, a function, a constant by its name. */
struct expr_node expr_parse_name(struct expr_parser *parser);

/* Indices, appended where they are new. */
int expr_add_operand(struct expr_parser *parser,
                     const struct expr_operand *operand, int column);
int expr_add_constant(struct expr_parser *parser, struct expr_constant constant,
                      int column);
int expr_add_function(struct expr_parser *parser, const char *name, int column);

/* Puts "kN(" and ")" around the Lua from `start` to `end`; returns by how many
 * bytes it grew. */
size_t expr_wrap(struct expr_parser *parser, size_t start, size_t end,
                 const char *name, int column);
void expr_insert(struct buf *buf, size_t at, const char *text);

#endif
