/* SPDX-License-Identifier: MIT */
/* The tokens of an expression. */
#ifndef SHMTOP_EXPR_LEXER_H
#define SHMTOP_EXPR_LEXER_H

#include "base/buf.h"

enum expr_token_kind {
    TOKEN_END,
    TOKEN_NAME, /* busy, pumps[3].flow, math.floor, and */
    TOKEN_INT,  /* below 2^63 in `number` */
    TOKEN_WIDE, /* 2^63 to 2^64 - 1 in `number` */
    TOKEN_REAL,
    TOKEN_TEXT, /* unquoted, in the lexer's `string` */
    TOKEN_MARK, /* an operator or a parenthesis */
    TOKEN_BAD,  /* the reason is in `why` */
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
    const char *text; /* the whole expression */
    const char *at;
    struct buf string; /* the last TOKEN_TEXT */
};

/* Reads the next token.  `lexer->string` is the caller's to free. */
void expr_lex(struct expr_lexer *lexer, struct expr_token *token);
/* Whether the token is the name or mark `word`. */
bool expr_token_is(const struct expr_token *token, const char *word);

#endif
