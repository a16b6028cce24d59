/* SPDX-License-Identifier: MIT */
/* Parses everything that has a name in an expression: fields, questions about
 * them such as rate(x), functions.  Operators and constants are parse.c. */
#include <stdlib.h>
#include <string.h>

#include "expr/expr_private.h"
#include "expr/functions.h"
#include "layout/path.h"
#include "layout/words.h"

static const struct {
    const char *name;
    const char *lua;
} constants[] = {
    {"true", "true"},
    {"false", "false"},
    {"math.pi", "3.141592653589793"},
    {"math.huge", "1e999"},
    {"math.maxinteger", "9223372036854775807"},
    {"math.mininteger", "(-9223372036854775807-1)"},
};

/* The token's word; the caller frees it. */
static char *take_word(const struct expr_token *token)
{
    char *word = mem_zalloc(token->len + 1, 1);
    memcpy(word, token->word, token->len);
    return word;
}

/* --- operands ----------------------------------------------------------- */

static unsigned operand_types(const struct expr_scope *scope,
                              const struct expr_operand *operand)
{
    unsigned types = expr_field_types(scope, operand->first);
    switch (operand->ask) {
    case EXPR_VALUE:
        return types;
    case EXPR_LABEL:
        return EXPR_TEXT;
    case EXPR_DELTA:
    case EXPR_ALL_SUM:
    case EXPR_ALL_MIN:
    case EXPR_ALL_MAX:
        return types & EXPR_WIDE ? EXPR_NUMERIC : EXPR_NUMBER;
    default:
        return EXPR_NUMBER;
    }
}

static void put_operand(struct expr_parser *parser, struct expr_node *node,
                        const struct expr_operand *operand)
{
    node->operand = expr_add_operand(parser, operand, node->column);
    node->types = operand_types(parser->scope, operand);
    buf_printf(&parser->code->lua, "o%d", node->operand);
}

/* Skips the next token and returns the field that it names. */
static uint32_t take_field(struct expr_parser *parser)
{
    const struct expr_token *token = &parser->token;
    struct err err = {0};
    if (token->kind != TOKEN_NAME) {
        expr_fail(parser, token->column, "the name of a field is expected");
        return FIELD_NONE;
    }
    char *path = take_word(token);
    uint32_t field = expr_find_field(parser->scope->layout, path, &err);
    if (field == FIELD_NONE)
        expr_fail(parser, token->column, "%s", err.text);
    free(path);
    expr_next(parser);
    return field;
}

static bool need_rate(struct expr_parser *parser, int column, uint32_t field)
{
    const struct field *one = &parser->scope->layout->fields[field];
    enum role role = one->attr->role;
    if (role != ROLE_COUNTER && role != ROLE_GAUGE) {
        return expr_fail(parser, column,
                         "'%s' has no rate: its role is %s, not counter or "
                         "gauge",
                         one->path, word_of(role_words, (int)role));
    }
    return true;
}

static bool need_numbers(struct expr_parser *parser, int column,
                         const char *name, uint32_t field)
{
    const struct expr_scope *scope = parser->scope;
    if (expr_field_types(scope, field) == EXPR_TEXT) {
        return expr_fail(parser, column, "%s() needs numbers, '%s' is text",
                         name, scope->layout->fields[field].path);
    }
    return true;
}

static int64_t take_seconds(struct expr_parser *parser)
{
    const struct expr_token *token = &parser->token;
    double seconds = token->kind == TOKEN_INT    ? (double)token->number
                     : token->kind == TOKEN_REAL ? token->real
                                                 : 0;
    if (!(seconds > 0) || seconds * 1e9 > (double)EXPR_AVG_MAX_NS) {
        expr_fail(parser, token->column,
                  "avg() needs a number of seconds, at most %.0f",
                  (double)EXPR_AVG_MAX_NS / 1e9);
        return 0;
    }
    expr_next(parser);
    return (int64_t)(seconds * 1e9);
}

/* rate(x), avg(x, 5), min(x): after the opening parenthesis. */
static void ask_field(struct expr_parser *parser,
                      const struct expr_question *question,
                      struct expr_node *node)
{
    int column = parser->token.column;
    struct expr_operand operand = {
        .ask = (enum expr_ask)question->of_field, .count = 1, .step = 1};
    operand.first = take_field(parser);
    if (operand.ask == EXPR_AVG && !parser->failed) {
        if (!expr_token_is(&parser->token, ",")) {
            expr_fail(parser, parser->token.column,
                      "avg() needs its seconds, as in avg(x, 10)");
        }
        expr_next(parser);
        operand.window_ns = take_seconds(parser);
    }
    expr_expect(parser, ")");
    bool any = operand.ask == EXPR_LABEL || operand.ask == EXPR_AGE;
    if (parser->failed ||
        (!any && !need_numbers(parser, column, question->name, operand.first)))
        return;
    if (operand.ask != EXPR_RATE || need_rate(parser, column, operand.first))
        put_operand(parser, node, &operand);
}

/* --- all elements of an array ------------------------------------------- */

static bool is_member(const struct layout *layout, const char *path,
                      const char *member)
{
    struct expr_operand operand;
    struct err err = {0};
    return expr_find_all(layout, path, member, &operand, &err);
}

static void match_label(struct expr_parser *parser,
                        struct expr_operand *operand, const char *label)
{
    const struct field *field = &parser->scope->layout->fields[operand->first];
    const struct label_set *labels = field->attr->labels;
    const char *found =
        labels && !labels->flags ? expr_nearest_label(labels, label) : NULL;
    if (!found || strcmp(found, label) != 0) {
        expr_fail(parser, parser->token.column, "'%s' is not a label of %s%s",
                  label, field->path, word_hint(found).text);
        return;
    }
    operand->match =
        (struct value){.type = VALUE_BYTES, .bytes = (const uint8_t *)found};
}

/* The constant that count() compares elements with. */
static void take_match(struct expr_parser *parser, struct expr_operand *operand)
{
    bool negative = expr_token_is(&parser->token, "-");
    if (negative)
        expr_next(parser);
    const struct expr_token *token = &parser->token;
    struct value *match = &operand->match;
    operand->matches = true;
    if (token->kind == TOKEN_INT) {
        match->type = VALUE_INT;
        match->i = negative ? -(int64_t)token->number : (int64_t)token->number;
    } else if (token->kind == TOKEN_WIDE && !negative) {
        match->type = VALUE_UINT;
        match->u = token->number;
    } else if (token->kind == TOKEN_REAL) {
        match->type = VALUE_REAL;
        match->real = negative ? -token->real : token->real;
    } else if (token->kind == TOKEN_TEXT && !negative) {
        buf_putc(&parser->lexer.string, '\0');
        match_label(parser, operand, parser->lexer.string.data);
    } else if (expr_token_is(token, "true") || expr_token_is(token, "false")) {
        match->type = VALUE_UINT;
        match->u = *token->word == 't';
    } else {
        expr_fail(parser, token->column,
                  "count() looks for a number or for a label in quotes");
    }
    expr_next(parser);
}

/* sum(array), sum(array, "member"), count(array, "member", 3). */
static void ask_all(struct expr_parser *parser,
                    const struct expr_question *question,
                    struct expr_node *node)
{
    const struct layout *layout = parser->scope->layout;
    struct expr_operand operand = {
        .ask = (enum expr_ask)question->of_all, .count = 1, .step = 1};
    int column = parser->token.column;
    struct err err = {0};
    if (parser->token.kind != TOKEN_NAME) {
        expr_fail(parser, column, "the name of an array is expected");
        return;
    }
    char *path = take_word(&parser->token);
    char *member = NULL;
    expr_next(parser);
    bool more = expr_token_is(&parser->token, ",");
    if (more)
        expr_next(parser);
    if (more && parser->token.kind == TOKEN_TEXT) {
        buf_putc(&parser->lexer.string, '\0');
        const char *text = parser->lexer.string.data;
        if (!is_member(layout, path, NULL) || is_member(layout, path, text)) {
            member = mem_strdup(text);
            expr_next(parser);
            more = expr_token_is(&parser->token, ",");
            if (more)
                expr_next(parser);
        }
    }
    size_t single = member ? SIZE_MAX : path_find(layout, path);
    if (single != SIZE_MAX && operand.ask == EXPR_ALL_COUNT)
        operand.first = (uint32_t)single;
    else if (!expr_find_all(layout, path, member, &operand, &err))
        expr_fail(parser, column, "%s", err.text);
    if (more && operand.ask == EXPR_ALL_COUNT && !parser->failed)
        take_match(parser, &operand);
    expr_expect(parser, ")");
    if (!parser->failed &&
        (operand.ask == EXPR_ALL_COUNT ||
         need_numbers(parser, column, question->name, operand.first)))
        put_operand(parser, node, &operand);
    free(path);
    free(member);
}

/* --- functions of Lua --------------------------------------------------- */

static void check_argument(struct expr_parser *parser,
                           const struct expr_function *function, char takes,
                           struct expr_node *argument, unsigned *wide)
{
    struct buf *lua = &parser->code->lua;
    bool fits = takes == 'a'   ? true
                : takes == 't' ? (argument->types & EXPR_TEXT) != 0
                               : (argument->types & EXPR_NUMERIC) != 0;
    if (!fits) {
        expr_fail(parser, argument->column, "%s() needs %s here",
                  function->name, takes == 't' ? "text" : "a number");
    }
    bool real = takes == 'n' && parser->scope->own_reals;
    if (!(argument->types & EXPR_WIDE) && !real)
        return;
    if (takes == 'x') {
        *wide |= EXPR_WIDE;
    } else {
        expr_wrap(parser, argument->start, lua->len,
                  takes == 'n' ? "real" : "text", argument->column);
    }
}

/* "(kN(a, b))": the outer parentheses keep one of several results. */
static void put_call(struct expr_parser *parser, const struct expr_node *node,
                     const struct expr_function *function, bool wide)
{
    struct buf *lua = &parser->code->lua;
    struct buf name = {0};
    buf_printf(&name, "%s%s", wide ? "wide" : "",
               wide ? strchr(function->name, '.') : function->name);
    int index = expr_add_function(parser, name.data, node->column);
    buf_clear(&name);
    buf_printf(&name, "(k%d(", index);
    expr_insert(lua, node->start, name.data);
    buf_puts(lua, "))");
    buf_free(&name);
}

/* Parses arguments after the opening parenthesis. */
static void call(struct expr_parser *parser,
                 const struct expr_function *function, struct expr_node *node)
{
    unsigned count = 0;
    unsigned wide = 0;
    const char *takes = function->takes;
    while (!parser->failed && !expr_token_is(&parser->token, ")")) {
        if (count > 0) {
            expr_expect(parser, ",");
            buf_puts(&parser->code->lua, ", ");
        }
        struct expr_node argument = expr_parse_whole(parser);
        check_argument(parser, function, *takes, &argument, &wide);
        if (argument.nesting >= node->nesting)
            node->nesting = argument.nesting + 1;
        takes += takes[1] != '\0';
        count++;
    }
    if (count < function->least || count > function->most) {
        expr_fail(parser, node->column, "%s() takes %u%s argument%s, not %u",
                  function->name, function->least,
                  function->most > function->least ? " or more" : "",
                  function->most == 1 ? "" : "s", count);
    }
    expr_expect(parser, ")");
    if (parser->failed)
        return;
    put_call(parser, node, function, wide != 0);
    node->types = function->gives | wide;
}

/* --- names -------------------------------------------------------------- */

static bool is_one_of(const char *const *words, const char *name)
{
    while (*words && strcmp(*words, name) != 0)
        words++;
    return *words;
}

static const char *const unbounded[] = {"string.match", "string.gmatch",
                                        "string.gsub", NULL};

static void unknown_function(struct expr_parser *parser, const char *name,
                             int column)
{
    if (is_one_of(unbounded, name)) {
        expr_fail(parser, column,
                  "%s() is not offered, patterns have no bound on their time: "
                  "string.find(text, part) looks for plain text",
                  name);
    } else {
        expr_fail(parser, column, "no function '%s'%s", name,
                  word_hint(expr_function_nearest(name)).text);
    }
}

/* What follows the token, which is a name. */
struct ahead {
    bool ends;   /* ")" */
    bool more;   /* "," */
    bool member; /* "," and a text */
};

static struct ahead look_ahead(const struct expr_parser *parser)
{
    struct expr_lexer lexer = parser->lexer;
    struct expr_token next;
    struct ahead ahead = {0};
    lexer.string = (struct buf){0};
    expr_lex(&lexer, &next);
    ahead.ends = expr_token_is(&next, ")");
    ahead.more = expr_token_is(&next, ",");
    if (ahead.more) {
        expr_lex(&lexer, &next);
        ahead.member = next.kind == TOKEN_TEXT;
    }
    buf_free(&lexer.string);
    return ahead;
}

/* What follows the opening parenthesis decides what is asked: min(x),
 * min(loads), min(pumps, "flow"), or min(a, b + 1). */
static void parse_question(struct expr_parser *parser,
                           const struct expr_question *question,
                           struct expr_node *node)
{
    const struct layout *layout = parser->scope->layout;
    struct ahead ahead = look_ahead(parser);
    bool named = parser->token.kind == TOKEN_NAME;
    char *path = take_word(&parser->token);
    bool field = path_find(layout, path) != SIZE_MAX;
    bool all = question->of_field < 0 ||
               (question->of_all >= 0 && named && !field &&
                (ahead.member ||
                 ((ahead.ends || ahead.more) && expr_is_array(layout, path))));
    free(path);
    if (all)
        ask_all(parser, question, node);
    else if (question->function && !(named && ahead.ends))
        call(parser, expr_function_find(question->function), node);
    else
        ask_field(parser, question, node);
}

static void parse_call(struct expr_parser *parser, const char *name,
                       struct expr_node *node)
{
    const struct expr_question *question = expr_question_find(name);
    const struct expr_function *function = expr_function_find(name);
    expr_next(parser);
    if (question)
        parse_question(parser, question, node);
    else if (function)
        call(parser, function, node);
    else
        unknown_function(parser, name, node->column);
}

static bool parse_named_constant(struct expr_parser *parser, const char *name,
                                 struct expr_node *node)
{
    for (size_t i = 0; i < sizeof constants / sizeof constants[0]; i++) {
        if (strcmp(constants[i].name, name) == 0) {
            node->types = i == 0 ? EXPR_YES : i == 1 ? EXPR_NO : EXPR_NUMBER;
            buf_puts(&parser->code->lua, constants[i].lua);
            return true;
        }
    }
    return false;
}

static const char *const keywords[] = {
    "and",      "break",  "do",   "else",   "elseif", "end",   "for",
    "function", "goto",   "if",   "in",     "local",  "nil",   "not",
    "or",       "repeat", "then", "return", "until",  "while", NULL};

static void unknown_name(struct expr_parser *parser, const char *name,
                         int column)
{
    struct err err = {0};
    if (is_one_of(keywords, name)) {
        expr_fail(parser, column, "'%s' where a value is expected", name);
    } else if (expr_question_find(name) || expr_function_find(name)) {
        expr_fail(parser, column, "'%s' is a function: write %s(...)", name,
                  name);
    } else {
        expr_find_field(parser->scope->layout, name, &err);
        expr_fail(parser, column, "%s", err.text);
    }
}

struct expr_node expr_parse_name(struct expr_parser *parser)
{
    struct expr_node node = expr_begin(parser);
    char *name = take_word(&parser->token);
    const struct layout *layout = parser->scope->layout;
    expr_next(parser);
    if (expr_token_is(&parser->token, "(")) {
        parse_call(parser, name, &node);
    } else if (!parse_named_constant(parser, name, &node)) {
        size_t field = path_find(layout, name);
        if (field != SIZE_MAX && !is_one_of(keywords, name)) {
            put_operand(parser, &node,
                        &(struct expr_operand){.ask = EXPR_VALUE,
                                               .first = (uint32_t)field,
                                               .step = 1,
                                               .count = 1});
        } else {
            unknown_name(parser, name, node.column);
        }
    }
    free(name);
    return node;
}
