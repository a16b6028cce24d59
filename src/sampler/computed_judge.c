/* SPDX-License-Identifier: MIT */
/* Whether `require` and `gone` hold: the fields that they use are computed from
 * a frame that is not part of the sample yet. */
#include "sampler/sampler_private.h"

/* A mapping that is judged before its frame becomes part of the sample. */
struct judge {
    struct computed *computed;
    computed_read_fn *read;
    void *user;
    struct value value; /* the one that was read last */
};

static const struct value *read_ahead(void *user, uint32_t field)
{
    struct judge *judge = user;
    struct computed *computed = judge->computed;
    size_t other = computed_expression(computed, field);
    if (other != SIZE_MAX)
        return &computed->items[other].judged;
    return judge->read(judge->user, field, &judge->value)
               ? &judge->value
               : &computed->values[field];
}

static void answer_judge(void *user, const struct expr_operand *operand,
                         struct value *out)
{
    struct judge *judge = user;
    computed_answer(judge->computed, operand, out);
}

/* Computes the fields that `require` and `gone` use, then the expression. */
static enum expr_truth judge_one(struct judge *judge, size_t expression)
{
    struct computed *computed = judge->computed;
    const uint32_t *order = expr_order(computed->machine);
    const struct expr_inputs inputs = {computed->values, read_ahead,
                                       answer_judge, judge};
    for (size_t i = 0; order[i] != expression; i++) {
        struct computed_item *item = &computed->items[order[i]];
        if (item->wanted &&
            computed->layout->expressions[order[i]].use == EXPRESSION_COMPUTED)
            expr_eval(computed->machine, order[i], &inputs, &item->judged);
    }
    expr_eval(computed->machine, expression, &inputs,
              &computed->items[expression].judged);
    return expr_truth(computed->machine, expression);
}

enum expr_truth computed_judge(struct computed *computed,
                               enum expression_use use, size_t mapping,
                               computed_read_fn *read, void *user)
{
    struct judge judge = {computed, read, user, {.type = VALUE_NONE}};
    for (size_t i = 0; i < computed->count; i++) {
        const struct expression *one = &computed->layout->expressions[i];
        if (one->use == use && one->target == mapping)
            return judge_one(&judge, i);
    }
    return use == EXPRESSION_GONE ? EXPR_FALSE : EXPR_TRUE;
}
