/* SPDX-License-Identifier: MIT */
/* Parses operators and constants, checks their types, and emits Lua.  Names are
 * translate.c.  The Lua has the structure of the source, but only o0.. and k0..
 * as names and no text of the layout. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "expr/expr_private.h"
#include "layout/words.h"

enum operation_group {
    GROUP_OR,
    GROUP_AND,
    GROUP_EQUAL,
    GROUP_ORDER,
    GROUP_BITS,
    GROUP_CONCAT,
    GROUP_SUM,
    GROUP_REAL
};

struct operation {
    const char *word;
    const char *lua;
    enum operation_group group;
    int left; /* Lua's priorities; a higher one binds closer */
    int right;
};

static const struct operation operators[] = {
    {"or", " or ", GROUP_OR, 1, 1},     {"and", " and ", GROUP_AND, 2, 2},
    {"==", "==", GROUP_EQUAL, 3, 3},    {"~=", "~=", GROUP_EQUAL, 3, 3},
    {"!=", "~=", GROUP_EQUAL, 3, 3},    {"<", "<", GROUP_ORDER, 3, 3},
    {">", ">", GROUP_ORDER, 3, 3},      {"<=", "<=", GROUP_ORDER, 3, 3},
    {">=", ">=", GROUP_ORDER, 3, 3},    {"|", "|", GROUP_BITS, 4, 4},
    {"~", "~", GROUP_BITS, 5, 5},       {"&", "&", GROUP_BITS, 6, 6},
    {"<<", "<<", GROUP_BITS, 7, 7},     {">>", ">>", GROUP_BITS, 7, 7},
    {"..", " .. ", GROUP_CONCAT, 9, 8}, {"+", "+", GROUP_SUM, 10, 10},
    {"-", " - ", GROUP_SUM, 10, 10},    {"*", "*", GROUP_SUM, 11, 11},
    {"/", "/", GROUP_REAL, 11, 11},     {"//", "//", GROUP_SUM, 11, 11},
    {"%", "%", GROUP_SUM, 11, 11},      {"^", "^", GROUP_REAL, 14, 13},
};
#define UNARY_PRIORITY 12

/* --- parsing ------------------------------------------------------------ */

bool expr_fail(struct expr_parser *parser, int column, const char *fmt, ...)
{
    if (!parser->failed) {
        char text[ERR_TEXT_MAX / 2];
        va_list args;
        va_start(args, fmt);
        vsnprintf(text, sizeof text, fmt, args);
        va_end(args);
        err_set(parser->err, STATUS_DATA, "column %d: %s", column, text);
    }
    parser->failed = true;
    parser->token.kind = TOKEN_END;
    return false;
}

void expr_next(struct expr_parser *parser)
{
    if (parser->failed)
        return;
    expr_lex(&parser->lexer, &parser->token);
    if (parser->token.kind == TOKEN_BAD)
        expr_fail(parser, parser->token.column, "%s", parser->token.why);
}

bool expr_expect(struct expr_parser *parser, const char *mark)
{
    const struct expr_token *token = &parser->token;
    if (!expr_token_is(token, mark)) {
        return token->kind == TOKEN_END
                   ? expr_fail(parser, token->column, "'%s' is missing", mark)
                   : expr_fail(parser, token->column,
                               "'%s' is expected before '%.*s'", mark,
                               (int)token->len, token->word);
    }
    expr_next(parser);
    return true;
}

/* --- emitting ----------------------------------------------------------- */

void expr_insert(struct buf *buf, size_t at, const char *text)
{
    CHECK(at <= buf->len);
    size_t len = strlen(text);
    size_t tail = buf->len - at;
    buf_room(buf, len);
    memmove(buf->data + at + len, buf->data + at, tail);
    memcpy(buf->data + at, text, len);
    buf_grow(buf, len);
}

struct expr_node expr_begin(const struct expr_parser *parser)
{
    return (struct expr_node){
        .start = parser->code->lua.len,
        .column = parser->token.column,
        .operand = -1,
        .text = -1,
    };
}

static bool same_operand(const struct expr_operand *a,
                         const struct expr_operand *b)
{
    return a->ask == b->ask && a->first == b->first && a->step == b->step &&
           a->count == b->count && a->window_ns == b->window_ns &&
           a->matches == b->matches &&
           (!a->matches ||
            (a->match.type == b->match.type && a->match.u == b->match.u));
}

int expr_add_operand(struct expr_parser *parser,
                     const struct expr_operand *operand, int column)
{
    struct expr_code *code = parser->code;
    CHECK(operand->first < parser->scope->layout->field_count ||
          parser->failed);
    for (size_t i = 0; i < code->operand_count; i++)
        if (same_operand(&code->operands[i], operand))
            return (int)i;
    if (code->operand_count == EXPR_OPERANDS_MAX) {
        expr_fail(parser, column, "more than %u fields", EXPR_OPERANDS_MAX);
        return 0;
    }
    code->operands[code->operand_count] = *operand;
    return (int)code->operand_count++;
}

static int add_constant(struct expr_parser *parser,
                        struct expr_constant constant, int column)
{
    struct expr_code *code = parser->code;
    bool function = constant.kind == CONSTANT_FUNCTION;
    CHECK(code->function_count < EXPR_FUNCTIONS_MAX);
    if (!function &&
        code->constant_count - code->function_count == EXPR_CONSTANTS_MAX) {
        expr_fail(parser, column, "more than %u constants", EXPR_CONSTANTS_MAX);
        free(constant.text);
        return 0;
    }
    code->function_count += function;
    code->constants[code->constant_count] = constant;
    return (int)code->constant_count++;
}

int expr_add_function(struct expr_parser *parser, const char *name, int column)
{
    struct expr_code *code = parser->code;
    for (size_t i = 0; i < code->constant_count; i++) {
        const struct expr_constant *one = &code->constants[i];
        if (one->kind == CONSTANT_FUNCTION && strcmp(one->text, name) == 0)
            return (int)i;
    }
    return add_constant(parser,
                        (struct expr_constant){.kind = CONSTANT_FUNCTION,
                                               .text = mem_strdup(name)},
                        column);
}

size_t expr_wrap(struct expr_parser *parser, size_t start, size_t end,
                 const char *name, int column)
{
    struct buf *lua = &parser->code->lua;
    size_t before = lua->len;
    char call[24];
    CHECK(start <= end && end <= lua->len);
    snprintf(call, sizeof call, "k%d(",
             expr_add_function(parser, name, column));
    expr_insert(lua, end, ")");
    expr_insert(lua, start, call);
    return lua->len - before;
}

/* --- binary operators --------------------------------------------------- */

/* The part that an operator makes of two parts. */
static struct expr_node join(struct expr_parser *parser,
                             const struct expr_node *left,
                             const struct expr_node *right, unsigned types)
{
    struct expr_node node = *left;
    node.types = types;
    node.nesting =
        left->nesting > right->nesting ? left->nesting : right->nesting;
    node.operand = -1;
    node.text = -1;
    if (node.nesting > EXPR_NESTING_MAX) {
        expr_fail(parser, left->column, "nested more than %u deep",
                  EXPR_NESTING_MAX);
    }
    return node;
}

/* Emits "a op b", or "kN(a, b)" if `function` is given. */
static struct expr_node emit(struct expr_parser *parser,
                             const struct operation *op, struct expr_node *left,
                             struct expr_node *right, const char *function,
                             unsigned types)
{
    struct buf *lua = &parser->code->lua;
    expr_insert(lua, right->start, function ? ", " : op->lua);
    if (function) {
        left->nesting++;
        expr_wrap(parser, left->start, lua->len, function, left->column);
    }
    return join(parser, left, right, types);
}

static bool is_wide(const struct expr_node *a, const struct expr_node *b)
{
    return ((a->types | b->types) & EXPR_WIDE) != 0;
}

static const char *type_words(unsigned types)
{
    return types & EXPR_TEXT   ? "text"
           : types & EXPR_BOOL ? "true or false"
                               : "a number";
}

static bool need_number(struct expr_parser *parser, const char *word,
                        const struct expr_node *node)
{
    if (!(node->types & EXPR_NUMERIC)) {
        return expr_fail(parser, node->column, "'%s' needs numbers, this is %s",
                         word, type_words(node->types));
    }
    return true;
}

/* In Lua 0 is true, so only booleans are accepted. */
static bool need_truth(struct expr_parser *parser, const char *word,
                       const struct expr_node *node)
{
    if (!(node->types & EXPR_BOOL)) {
        return expr_fail(parser, node->column,
                         "'%s' needs true or false, this is %s: compare it, "
                         "as in x ~= 0",
                         word, type_words(node->types));
    }
    return true;
}

static struct expr_node compute(struct expr_parser *parser,
                                const struct operation *op,
                                struct expr_node *left, struct expr_node *right)
{
    need_number(parser, op->word, left);
    need_number(parser, op->word, right);
    bool real = op->group == GROUP_REAL;
    if (is_wide(left, right) && !real)
        return emit(parser, op, left, right, op->word, EXPR_NUMERIC);
    if (parser->scope->own_reals && op->group != GROUP_BITS) {
        char name[] = {'n', op->word[0], op->word[1], '\0'};
        return emit(parser, op, left, right, name, EXPR_NUMBER);
    }
    if (!is_wide(left, right))
        return emit(parser, op, left, right, NULL, EXPR_NUMBER);
    size_t end = parser->code->lua.len;
    expr_wrap(parser, right->start, end, "real", right->column);
    right->start +=
        expr_wrap(parser, left->start, right->start, "real", left->column);
    right->nesting++;
    left->nesting++;
    return emit(parser, op, left, right, NULL, EXPR_NUMBER);
}

/* mode == "Auto" compares the label of an enum.  The text must be a label. */
static void compare_label(struct expr_parser *parser, struct expr_node *field,
                          const struct expr_node *text)
{
    const struct expr_operand *plain = &parser->code->operands[field->operand];
    if (plain->ask != EXPR_VALUE)
        return;
    const struct field *one = &parser->scope->layout->fields[plain->first];
    const struct label_set *labels = one->attr->labels;
    if (!labels || labels->flags)
        return;
    const char *label = parser->code->constants[text->text].text;
    const char *nearest = expr_nearest_label(labels, label);
    if (!nearest || strcmp(nearest, label) != 0) {
        expr_fail(parser, text->column, "'%s' is not a label of %s%s", label,
                  one->path, word_hint(nearest).text);
        return;
    }
    struct expr_operand asked = *plain;
    asked.ask = EXPR_LABEL;
    field->operand = expr_add_operand(parser, &asked, field->column);
    field->types = EXPR_TEXT;
}

/* Both are single words of Lua, so both are simply emitted again. */
static void ask_for_label(struct expr_parser *parser, struct expr_node *left,
                          struct expr_node *right)
{
    struct expr_node *field = left->operand >= 0 ? left : right;
    struct expr_node *text = left->text >= 0 ? left : right;
    if (field->operand < 0 || text->text < 0)
        return;
    compare_label(parser, field, text);
    struct buf *lua = &parser->code->lua;
    buf_truncate(lua, left->start);
    buf_printf(lua, field == left ? "o%d" : "k%d",
               field == left ? field->operand : text->text);
    right->start = lua->len;
    buf_printf(lua, field == left ? "k%d" : "o%d",
               field == left ? text->text : field->operand);
}

static struct expr_node compare(struct expr_parser *parser,
                                const struct operation *op,
                                struct expr_node *left, struct expr_node *right)
{
    bool equal = op->group == GROUP_EQUAL;
    if (equal)
        ask_for_label(parser, left, right);
    unsigned common = left->types & right->types;
    bool numbers =
        (left->types & EXPR_NUMERIC) && (right->types & EXPR_NUMERIC);
    bool fits =
        numbers || (common & EXPR_TEXT) ||
        (equal && (left->types & EXPR_BOOL) && (right->types & EXPR_BOOL));
    if (!fits && !parser->failed) {
        expr_fail(parser, right->column, "%s and %s cannot be compared by '%s'",
                  type_words(left->types), type_words(right->types), op->word);
    }
    bool wide = is_wide(left, right);
    return emit(parser, op, left, right, wide ? op->lua : NULL, EXPR_BOOL);
}

static struct expr_node concatenate(struct expr_parser *parser,
                                    const struct operation *op,
                                    struct expr_node *left,
                                    struct expr_node *right)
{
    for (int i = 0; i < 2; i++) {
        const struct expr_node *one = i ? right : left;
        if (!(one->types & (EXPR_TEXT | EXPR_NUMERIC)))
            expr_fail(parser, one->column, "'..' joins texts and numbers");
    }
    bool wide = is_wide(left, right);
    return emit(parser, op, left, right, wide ? ".." : NULL, EXPR_TEXT);
}

static struct expr_node combine(struct expr_parser *parser,
                                const struct operation *op,
                                struct expr_node *left, struct expr_node *right)
{
    switch (op->group) {
    case GROUP_OR:
        need_truth(parser, op->word, left);
        return emit(parser, op, left, right, NULL,
                    (left->types & ~(unsigned)EXPR_NO) | right->types);
    case GROUP_AND:
        need_truth(parser, op->word, left);
        return emit(parser, op, left, right, NULL,
                    (left->types & EXPR_NO) | right->types);
    case GROUP_EQUAL:
    case GROUP_ORDER:
        return compare(parser, op, left, right);
    case GROUP_CONCAT:
        return concatenate(parser, op, left, right);
    default:
        return compute(parser, op, left, right);
    }
}

/* --- operands ----------------------------------------------------------- */

static struct expr_node parse_binary(struct expr_parser *parser, int above);

static struct expr_node parse_constant(struct expr_parser *parser)
{
    const struct expr_token *token = &parser->token;
    struct expr_node node = expr_begin(parser);
    struct expr_constant constant = {.wide = token->number,
                                     .real = token->real};
    node.types = EXPR_NUMBER;
    if (token->kind == TOKEN_INT) {
        buf_put_u64(&parser->code->lua, token->number);
        expr_next(parser);
        return node;
    }
    if (token->kind == TOKEN_WIDE) {
        constant.kind = CONSTANT_WIDE;
        node.types = EXPR_NUMERIC;
    } else if (token->kind == TOKEN_REAL) {
        constant.kind = CONSTANT_REAL;
    } else {
        const struct buf *text = &parser->lexer.string;
        constant.kind = CONSTANT_TEXT;
        constant.text = mem_zalloc(text->len + 1, 1);
        constant.len = text->len;
        if (text->len > 0)
            memcpy(constant.text, text->data, text->len);
        node.types = EXPR_TEXT;
    }
    int index = add_constant(parser, constant, node.column);
    if (constant.kind == CONSTANT_TEXT && !parser->failed)
        node.text = index;
    buf_printf(&parser->code->lua, "k%d", index);
    expr_next(parser);
    return node;
}

static struct expr_node parse_parentheses(struct expr_parser *parser)
{
    struct expr_node node = expr_begin(parser);
    expr_next(parser);
    buf_putc(&parser->code->lua, '(');
    struct expr_node inner = expr_parse_whole(parser);
    expr_expect(parser, ")");
    buf_putc(&parser->code->lua, ')');
    node.types = inner.types;
    node.nesting = inner.nesting + 1;
    return node;
}

static struct expr_node parse_simple(struct expr_parser *parser)
{
    const struct expr_token *token = &parser->token;
    switch (token->kind) {
    case TOKEN_NAME:
        return expr_parse_name(parser);
    case TOKEN_INT:
    case TOKEN_WIDE:
    case TOKEN_REAL:
    case TOKEN_TEXT:
        return parse_constant(parser);
    case TOKEN_MARK:
        if (expr_token_is(token, "("))
            return parse_parentheses(parser);
        expr_fail(parser, token->column, "'%.*s' where a value is expected",
                  (int)token->len, token->word);
        break;
    default:
        expr_fail(parser, token->column, "a value is expected");
        break;
    }
    return expr_begin(parser);
}

static struct expr_node parse_not(struct expr_parser *parser)
{
    struct expr_node node = expr_begin(parser);
    buf_puts(&parser->code->lua, "not ");
    expr_next(parser);
    struct expr_node inner = parse_binary(parser, UNARY_PRIORITY);
    need_truth(parser, "not", &inner);
    node.types = EXPR_BOOL;
    node.nesting = inner.nesting + 1;
    return node;
}

/* -x, ~x and #x. */
static struct expr_node parse_sign(struct expr_parser *parser)
{
    struct expr_node node = expr_begin(parser);
    const char word[] = {*parser->token.word, '\0'};
    expr_next(parser);
    struct expr_node inner = parse_binary(parser, UNARY_PRIORITY);
    char name[] = {word[0], 'x', '\0'};
    node.types = EXPR_NUMBER;
    node.nesting = inner.nesting + 1;
    if (word[0] == '#') {
        if (!(inner.types & EXPR_TEXT))
            expr_fail(parser, inner.column, "'#' is the length of a text");
    } else {
        need_number(parser, word, &inner);
    }
    if (word[0] != '#' && (inner.types & EXPR_WIDE)) {
        expr_wrap(parser, node.start, parser->code->lua.len, name, node.column);
        node.types = EXPR_NUMERIC;
    } else {
        name[1] = ' '; /* two signs in a row would start a comment */
        expr_insert(&parser->code->lua, node.start, name);
    }
    return node;
}

static struct expr_node parse_unary(struct expr_parser *parser)
{
    const struct expr_token *token = &parser->token;
    if (expr_token_is(token, "not"))
        return parse_not(parser);
    if (expr_token_is(token, "-") || expr_token_is(token, "~") ||
        expr_token_is(token, "#"))
        return parse_sign(parser);
    return parse_simple(parser);
}

static const struct operation *find_operator(const struct expr_token *token)
{
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++)
        if (expr_token_is(token, operators[i].word))
            return &operators[i];
    return NULL;
}

/* Parses operators that bind closer than `above`. */
static struct expr_node parse_binary(struct expr_parser *parser, int above)
{
    if (++parser->depth > EXPR_NESTING_MAX) {
        expr_fail(parser, parser->token.column, "nested more than %u deep",
                  EXPR_NESTING_MAX);
    }
    struct expr_node left = parse_unary(parser);
    const struct operation *op = find_operator(&parser->token);
    while (op && op->left > above && !parser->failed) {
        expr_next(parser);
        struct expr_node right = parse_binary(parser, op->right);
        if (parser->failed)
            break;
        left = combine(parser, op, &left, &right);
        op = find_operator(&parser->token);
    }
    parser->depth--;
    return left;
}

struct expr_node expr_parse_whole(struct expr_parser *parser)
{
    return parse_binary(parser, 0);
}

static const char *hint_of(const struct expr_token *token)
{
    return expr_token_is(token, "=")    ? ": '==' compares"
           : expr_token_is(token, "&&") ? ": write 'and'"
           : expr_token_is(token, "||") ? ": write 'or'"
           : expr_token_is(token, "!")  ? ": write 'not'"
                                        : "";
}

bool expr_parse(struct expr_code *code, const struct expr_scope *scope,
                const char *text, struct err *err)
{
    struct expr_parser parser = {
        .lexer = {.text = text, .at = text},
        .scope = scope,
        .code = code,
        .err = err,
    };
    *code = (struct expr_code){0};
    if (strlen(text) > LAYOUT_EXPR_MAX) {
        return expr_fail(&parser, (int)LAYOUT_EXPR_MAX + 1,
                         "more than %u bytes", LAYOUT_EXPR_MAX);
    }
    expr_next(&parser);
    struct expr_node node = expr_parse_whole(&parser);
    const struct expr_token *rest = &parser.token;
    if (rest->kind != TOKEN_END) {
        expr_fail(&parser, rest->column, "'%.*s' is not expected here%s",
                  (int)rest->len, rest->word, hint_of(rest));
    }
    code->types = node.types;
    buf_free(&parser.lexer.string);
    return !parser.failed;
}

void expr_code_free(struct expr_code *code)
{
    buf_free(&code->lua);
    for (size_t i = 0; i < code->constant_count; i++)
        free(code->constants[i].text);
    *code = (struct expr_code){0};
}
