/* SPDX-License-Identifier: MIT */
/*
 * The words of an expression.  Only the layout floor includes this.
 */
#ifndef SHMTOP_EXPR_LEXER_H
#define SHMTOP_EXPR_LEXER_H

#include "base/buf.h"

enum expr_token_kind {
    TOKEN_END,
    TOKEN_NAME, /* busy, pumps[3].flow, math.floor, and */
    TOKEN_INT,  /* below 2^63 in `number` */
    TOKEN_WIDE, /* from there to 2^64 - 1 */
    TOKEN_REAL,
    TOKEN_TEXT, /* unquoted, in the lexer's `text` */
    TOKEN_MARK, /* an operator or a parenthesis */
    TOKEN_BAD,  /* see `why` */
};

struct expr_token {
    enum expr_token_kind kind;
    int column;       /* from 1, in bytes */
    const char *word; /* as written, `len` bytes */
    size_t len;
    uint64_t number;
    double real;
    const char *why;
};

struct expr_lexer {
    const char *text; /* all of it */
    const char *at;
    struct buf string; /* the last TOKEN_TEXT */
};

void expr_lex(struct expr_lexer *lexer, struct expr_token *token);
/* Whether the token is written so. */
bool expr_token_is(const struct expr_token *token, const char *word);

#endif
