/* SPDX-License-Identifier: MIT */
/*
 * From the text of an expression to Lua that names nothing: operands are
 * parameters o0, o1, ..., constants and functions are upvalues k0, k1, ...
 * Only the layout floor includes this.
 */
#ifndef SHMTOP_EXPR_PARSE_H
#define SHMTOP_EXPR_PARSE_H

#include "expr/expr.h"
#include "expr/lexer.h"

/* What a part of an expression can be: a set of bits. */
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
    char *text; /* owned; of a function: its name, "math.floor" or "+" */
    size_t len;
};

#define EXPR_FUNCTIONS_MAX 80u /* more than there are */

struct expr_code {
    struct buf lua; /* an expression of Lua */
    struct expr_operand operands[EXPR_OPERANDS_MAX];
    size_t operand_count;
    struct expr_constant constants[EXPR_CONSTANTS_MAX + EXPR_FUNCTIONS_MAX];
    size_t constant_count; /* with functions */
    size_t function_count;
    unsigned types; /* of the result */
};

/* What is known of the layout while its expressions are parsed. */
struct expr_scope {
    const struct layout *layout;
    uint32_t first_computed; /* index of the first computed field */
    const size_t *computed;  /* the expression of each field from there on */
    const unsigned *types;   /* one an expression; NULL: not known yet */
    bool own_reals;          /* real numbers are not left to Lua */
};

/* Parses `text`.  False with "column N: ..." in `err`; `code` is to be freed
 * in any case, and has the operands up to there. */
bool expr_parse(struct expr_code *code, const struct expr_scope *scope,
                const char *text, struct err *err);
void expr_code_free(struct expr_code *code);

/* --- names (expr_names.c) ----------------------------------------------- */

/* The field of a path; FIELD_NONE with the reason, and a hint, in `err`. */
uint32_t expr_find_field(const struct layout *layout, const char *path,
                         struct err *err);
/* All elements of the array at `path` (or their `member`, not NULL) as first,
 * step and count of `out`. */
bool expr_find_all(const struct layout *layout, const char *path,
                   const char *member, struct expr_operand *out,
                   struct err *err);
bool expr_is_array(const struct layout *layout, const char *path);
/* The expression of a computed field, or SIZE_MAX. */
size_t expr_of_field(const struct expr_scope *scope, uint32_t field);
/* `label` itself when the set has it, else the nearest or NULL. */
const char *expr_nearest_label(const struct label_set *labels,
                               const char *label);
unsigned expr_field_types(const struct expr_scope *scope, uint32_t field);

#endif
