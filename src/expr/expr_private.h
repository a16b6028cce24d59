/* SPDX-License-Identifier: MIT */
/* What the files of expr/ share: an expression while it is parsed, and what the
 * parser makes of it.  What other rooms use is in expr.h. */
#ifndef SHMTOP_EXPR_EXPR_PRIVATE_H
#define SHMTOP_EXPR_EXPR_PRIVATE_H

#include "expr/expr.h"
#include "expr/lexer.h"

/* The types that a part of an expression can have: a set of bits. */
enum expr_type {
    EXPR_NUMBER = 1, /* an int64_t or a double */
    EXPR_WIDE = 2,   /* also an integer from 2^63 to 2^64 - 1 */
    EXPR_YES = 4,    /* true */
    EXPR_NO = 8,     /* false */
    EXPR_TEXT = 16,
};
#define EXPR_BOOL (EXPR_YES | EXPR_NO)
#define EXPR_NUMERIC (EXPR_NUMBER | EXPR_WIDE)
#define EXPR_ANY (EXPR_NUMERIC | EXPR_BOOL | EXPR_TEXT)

enum expr_constant_kind {
    CONSTANT_WIDE,
    CONSTANT_REAL,
    CONSTANT_TEXT,
    CONSTANT_FUNCTION
};

struct expr_constant {
    enum expr_constant_kind kind;
    uint64_t wide;
    double real;
    char *text; /* owned; of a function its name, "math.floor" or "+" */
    size_t len;
};

#define EXPR_FUNCTIONS_MAX 80u /* more than the tables have */

/* A parsed expression as Lua without names: operands are the parameters o0,
 * o1, ..., constants and functions the upvalues k0, k1, ... */
struct expr_code {
    struct buf lua;
    struct expr_operand operands[EXPR_OPERANDS_MAX];
    size_t operand_count;
    struct expr_constant constants[EXPR_CONSTANTS_MAX + EXPR_FUNCTIONS_MAX];
    size_t constant_count; /* with functions */
    size_t function_count;
    unsigned types; /* of the result */
};

/* The layout whose expressions are parsed. */
struct expr_scope {
    const struct layout *layout;
    uint32_t first_computed; /* index of the first computed field */
    const size_t *computed;  /* the expression of each field from there on */
    const unsigned *types;   /* one an expression; NULL: not known yet */
    bool own_reals;          /* arithmetic on real numbers is ours, not Lua's */
};

/* The state of one parse. */
struct expr_parser {
    struct expr_lexer lexer;
    struct expr_token token; /* the next one; TOKEN_END after an error */
    const struct expr_scope *scope;
    struct expr_code *code;
    struct err *err; /* the first error */
    bool failed;
    unsigned depth; /* recursion of the parser */
};

/* A part that has been parsed.  Its Lua is the end of code->lua. */
struct expr_node {
    size_t start;     /* of its Lua */
    unsigned types;   /* enum expr_type bits */
    unsigned nesting; /* of its Lua */
    int column;
    int operand; /* index if the part is just this operand, else -1 */
    int text;    /* index if the part is just this constant text, else -1 */
};

/* --- parse.c: operators and constants ----------------------------------- */

/* Parses `text`.  False with "column N: ..." in `err`.  The caller frees `code`
 * in both cases; after an error it has the operands up to there. */
bool expr_parse(struct expr_code *code, const struct expr_scope *scope,
                const char *text, struct err *err);
void expr_code_free(struct expr_code *code);

/* Starts a part at the next token. */
struct expr_node expr_begin(const struct expr_parser *parser);
void expr_next(struct expr_parser *parser);
/* Stores the first error and returns false. */
bool expr_fail(struct expr_parser *parser, int column, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
/* Skips `mark`, which must be the next token. */
bool expr_expect(struct expr_parser *parser, const char *mark);
/* Parses a whole expression, up to a closing parenthesis, a comma or the end.
 */
struct expr_node expr_parse_whole(struct expr_parser *parser);

/* Each returns the index, after appending what is new. */
int expr_add_operand(struct expr_parser *parser,
                     const struct expr_operand *operand, int column);
int expr_add_function(struct expr_parser *parser, const char *name, int column);

/* Puts "kN(" and ")" around the Lua from `start` to `end`.  Returns the number
 * of bytes added. */
size_t expr_wrap(struct expr_parser *parser, size_t start, size_t end,
                 const char *name, int column);

void expr_insert(struct buf *buf, size_t at, const char *text);

/* --- translate.c: everything that has a name ---------------------------- */

/* Parses a path, a function call or a named constant. */
struct expr_node expr_parse_name(struct expr_parser *parser);

/* --- names.c: fields of the layout -------------------------------------- */

/* The field of a path; FIELD_NONE with the reason and a hint in `err`. */
uint32_t expr_find_field(const struct layout *layout, const char *path,
                         struct err *err);
/* Stores the elements of the array at `path`, or their `member` (NULL: none),
 * as first, step and count of `out`.  False with the reason in `err`. */
bool expr_find_all(const struct layout *layout, const char *path,
                   const char *member, struct expr_operand *out,
                   struct err *err);
bool expr_is_array(const struct layout *layout, const char *path);
/* The index of a computed field's expression, or SIZE_MAX. */
size_t expr_of_field(const struct expr_scope *scope, uint32_t field);
/* `label` itself if the set has it, else the nearest or NULL. */
const char *expr_nearest_label(const struct label_set *labels,
                               const char *label);
unsigned expr_field_types(const struct expr_scope *scope, uint32_t field);

/* --- order.c ------------------------------------------------------------ */

/* Fills `order` with the indices of all expressions, each after those whose
 * fields it uses.  Sets circular[i] for members of a circle; each circle is an
 * error in `problems` (NULL: not reported). */
void expr_find_order(const struct expr_scope *scope, uint32_t *order,
                     bool *circular, struct problems *problems);

#endif
