/* SPDX-License-Identifier: MIT */
/* Splits an expression into tokens; a whole path is one token.  Their meaning
 * is found by parse.c and translate.c. */
#include "expr/lexer.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/number.h"

#define DIGITS_MAX 100 /* bytes of a number */

static bool begins_name(char c)
{
    return isalpha((unsigned char)c) || c == '_';
}

static const char *skip_word(const char *at)
{
    while (isalnum((unsigned char)*at) || *at == '_')
        at++;
    return at;
}

/* The end of a path, which has no blanks around dots and brackets. */
static const char *skip_path(const char *at)
{
    for (;;) {
        at = skip_word(at);
        while (*at == '[' && isdigit((unsigned char)at[1])) {
            const char *digits = at + 1 + strspn(at + 1, "0123456789");
            if (*digits != ']')
                return at;
            at = digits + 1;
        }
        if (*at != '.' || !begins_name(at[1]))
            return at;
        at++;
    }
}

static const char *skip_number(const char *at)
{
    bool radix = at[0] == '0' && strchr("xXoObB", at[1]) && at[1] != '\0';
    for (;; at++) {
        bool sign = (*at == '+' || *at == '-') && !radix &&
                    (at[-1] == 'e' || at[-1] == 'E');
        bool point = *at == '.' && at[1] != '.';
        if (!isalnum((unsigned char)*at) && *at != '_' && !sign && !point)
            return at;
    }
}

static void bad(struct expr_token *token, const char *why)
{
    token->kind = TOKEN_BAD;
    token->why = why;
}

static void read_number(struct expr_lexer *lexer, struct expr_token *token)
{
    char copy[DIGITS_MAX];
    /* Skip the first byte: skip_number() looks at the byte before a sign. */
    const char *end = skip_number(lexer->at + 1);
    size_t len = (size_t)(end - lexer->at);
    lexer->at = end;
    if (len >= sizeof copy) {
        bad(token, "the number is too long");
        return;
    }
    memcpy(copy, token->word, len);
    copy[len] = '\0';
    if (number_parse_u64(copy, &token->number)) {
        token->kind =
            token->number <= (uint64_t)INT64_MAX ? TOKEN_INT : TOKEN_WIDE;
    } else if (number_parse_double(copy, &token->real) &&
               isfinite(token->real)) {
        token->kind = TOKEN_REAL;
    } else {
        bad(token, "this is not a number, or too large");
    }
}

static int hex_value(char c)
{
    if (isdigit((unsigned char)c))
        return c - '0';
    c = (char)tolower((unsigned char)c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Reads what follows a backslash; returns the byte that it means, or -1. */
static int read_escape(const char **at)
{
    static const char letters[] = "\\\"'nt";
    static const char bytes[] = "\\\"'\n\t";
    const char *found = **at ? strchr(letters, **at) : NULL;
    if (found) {
        (*at)++;
        return (unsigned char)bytes[found - letters];
    }
    if (**at != 'x')
        return -1;
    int high = hex_value((*at)[1]);
    int low = high < 0 ? -1 : hex_value((*at)[2]);
    *at += low < 0 ? 0 : 3;
    return low < 0 ? -1 : high * 16 + low;
}

static void read_text(struct expr_lexer *lexer, struct expr_token *token)
{
    char quote = *lexer->at++;
    buf_clear(&lexer->string);
    token->kind = TOKEN_TEXT;
    while (*lexer->at != quote) {
        if (*lexer->at == '\0') {
            bad(token, "the text has no closing quote");
            return;
        }
        int byte = (unsigned char)*lexer->at++;
        if (byte == '\\')
            byte = read_escape(&lexer->at);
        if (byte < 0) {
            bad(token, "\\ is followed by one of \\ \" ' n t xHH");
            return;
        }
        buf_putc(&lexer->string, (char)byte);
    }
    lexer->at++;
}

static void read_mark(struct expr_lexer *lexer, struct expr_token *token)
{
    static const char *const pairs[] = {"==", "~=", "!=", "<=", ">=", "<<",
                                        ">>", "//", "..", "&&", "||", "::"};
    size_t len = 1;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (strncmp(lexer->at, pairs[i], 2) == 0)
            len = 2;
    lexer->at += len;
    token->kind = TOKEN_MARK;
}

void expr_lex(struct expr_lexer *lexer, struct expr_token *token)
{
    CHECK(lexer->at >= lexer->text);
    lexer->at += strspn(lexer->at, " \t\r\n");
    const char *at = lexer->at;
    *token =
        (struct expr_token){.word = at, .column = (int)(at - lexer->text) + 1};
    bool fraction = *at == '.' && isdigit((unsigned char)at[1]);
    if (*at == '\0') {
        token->kind = TOKEN_END;
    } else if (begins_name(*at)) {
        token->kind = TOKEN_NAME;
        lexer->at = skip_path(at);
    } else if (isdigit((unsigned char)*at) || fraction) {
        read_number(lexer, token);
    } else if (*at == '"' || *at == '\'') {
        read_text(lexer, token);
    } else if (strchr("+-*/%^#&~|<>=!().,:", *at)) {
        read_mark(lexer, token);
    } else {
        lexer->at++;
        bad(token, strchr("[]", *at) ? "brackets hold the number of an element"
                                     : "this has no meaning here");
    }
    token->len = (size_t)(lexer->at - at);
}

bool expr_token_is(const struct expr_token *token, const char *word)
{
    return (token->kind == TOKEN_NAME || token->kind == TOKEN_MARK) &&
           strlen(word) == token->len &&
           memcmp(token->word, word, token->len) == 0;
}
