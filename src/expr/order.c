/* SPDX-License-Identifier: MIT */
/* Orders expressions so that each follows those it uses, by a depth-first
 * search. It has a stack of its own, because chains may be long. */
#include "expr/expr_private.h"

#include <stdlib.h>
#include <string.h>

#define NAMES_SHOWN 12 /* of a long circle */

enum { UNSEEN, OPEN, ORDERED };

struct search {
    const struct expr_scope *scope;
    struct problems *problems;
    uint32_t **uses; /* what each expression uses */
    uint32_t *use_counts;
    uint8_t *states;
    uint32_t *stack; /* the OPEN expressions, each used by the one below */
    uint32_t *nexts; /* for each of them, the next use to follow */
    size_t depth;
    uint32_t *order;
    size_t ordered;
    bool *circular;
};

static bool is_among(const uint32_t *uses, uint32_t count, size_t index)
{
    for (uint32_t i = 0; i < count; i++)
        if (uses[i] == index)
            return true;
    return false;
}

/* Each use once, since a circle is reported for each.  Syntax errors are
 * reported when the expression is compiled. */
static void find_uses(struct search *search, uint32_t index)
{
    const struct expr_scope *scope = search->scope;
    struct expr_code code;
    struct err err = {0};
    expr_parse(&code, scope, scope->layout->expressions[index].text, &err);
    uint32_t *uses = mem_zalloc(code.operand_count, sizeof *uses);
    uint32_t count = 0;
    for (size_t i = 0; i < code.operand_count; i++) {
        size_t other = expr_of_field(scope, code.operands[i].first);
        if (other != SIZE_MAX && !is_among(uses, count, other))
            uses[count++] = (uint32_t)other;
    }
    search->uses[index] = uses;
    search->use_counts[index] = count;
    expr_code_free(&code);
}

static const char *name_of(const struct search *search, uint32_t index)
{
    const struct layout *layout = search->scope->layout;
    return layout->fields[layout->expressions[index].target].path;
}

/* The last expression on the stack uses the one at `from`. */
static void report_circle(struct search *search, size_t from)
{
    struct buf names = {0};
    uint32_t first = search->stack[from];
    const struct expression *one = &search->scope->layout->expressions[first];
    for (size_t i = from; i < search->depth; i++) {
        search->circular[search->stack[i]] = true;
        if (i - from < NAMES_SHOWN)
            buf_printf(&names, "%s -> ", name_of(search, search->stack[i]));
        else if (i - from == NAMES_SHOWN)
            buf_puts(&names, "... -> ");
    }
    buf_puts(&names, name_of(search, first));
    if (search->problems) {
        problem_add(search->problems, one->file, one->line, PROBLEM_ERROR,
                    "expr, computed fields use each other in a circle: %s",
                    names.data);
    }
    buf_free(&names);
}

static void push(struct search *search, uint32_t index)
{
    search->states[index] = OPEN;
    search->stack[search->depth] = index;
    search->nexts[search->depth++] = 0;
}

static void follow(struct search *search, uint32_t index)
{
    if (search->states[index] == UNSEEN) {
        push(search, index);
    } else if (search->states[index] == OPEN) {
        size_t from = search->depth;
        while (search->stack[--from] != index) {
        }
        report_circle(search, from);
    }
}

static void order_from(struct search *search, uint32_t start)
{
    CHECK(search->depth == 0);
    push(search, start);
    while (search->depth > 0) {
        uint32_t index = search->stack[search->depth - 1];
        uint32_t *next = &search->nexts[search->depth - 1];
        if (*next < search->use_counts[index]) {
            follow(search, search->uses[index][(*next)++]);
        } else {
            search->states[index] = ORDERED;
            search->order[search->ordered++] = index;
            search->depth--;
        }
    }
}

void expr_find_order(const struct expr_scope *scope, uint32_t *order,
                     bool *circular, struct problems *problems)
{
    size_t count = scope->layout->expression_count;
    struct search search = {
        .scope = scope,
        .problems = problems,
        .uses = mem_zalloc(count, sizeof *search.uses),
        .use_counts = mem_zalloc(count, sizeof *search.use_counts),
        .states = mem_zalloc(count, 1),
        .stack = mem_zalloc(count, sizeof *search.stack),
        .nexts = mem_zalloc(count, sizeof *search.nexts),
        .order = order,
        .circular = circular,
    };
    for (uint32_t i = 0; i < count; i++)
        find_uses(&search, i);
    for (uint32_t i = 0; i < count; i++)
        if (search.states[i] == UNSEEN)
            order_from(&search, i);
    CHECK(search.ordered == count);
    for (uint32_t i = 0; i < count; i++)
        free(search.uses[i]);
    free(search.uses);
    free(search.use_counts);
    free(search.states);
    free(search.stack);
    free(search.nexts);
}
