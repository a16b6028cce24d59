/* SPDX-License-Identifier: MIT */
/*
 * Evaluates expressions in their order and follows what comes out.
 * Invariant: a computed field is held when something that it is computed from
 * is held, and never shows a number of its own making for what is missing.
 * What expressions mean is layout/expr.h's.
 */
#include "sampler/computed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sampler/tracker_scan.h"

struct computed {
    uint64_t mark;     /* what the value was, see mark_of */
    uint64_t baseline; /* and at the baseline */
    uint64_t mappings; /* a bit a mapping that it depends on */
    struct value last; /* of numbers, for the rate */
    uint8_t *text;     /* of the value, where it is one; judging makes others */
    struct value judged;
    bool wanted; /* by require or gone */
};

/* --- making ------------------------------------------------------------- */

static bool asks_past(const struct expr_operand *operand)
{
    return operand->ask == EXPR_DELTA || operand->ask == EXPR_AVG;
}

static int compare_pasts(const void *a, const void *b)
{
    const struct expr_operand *x = &((const struct past *)a)->asked;
    const struct expr_operand *y = &((const struct past *)b)->asked;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->ask != y->ask)
        return x->ask < y->ask ? -1 : 1;
    return (x->window_ns > y->window_ns) - (x->window_ns < y->window_ns);
}

/* Each once, though several expressions may ask for it. */
static void make_pasts(struct compute *compute)
{
    size_t room = 0;
    for (size_t i = 0; i < compute->layout->expression_count; i++) {
        size_t count;
        const struct expr_operand *operands =
            expr_operands(compute->machine, i, &count);
        for (size_t j = 0; j < count; j++) {
            if (!asks_past(&operands[j]))
                continue;
            if (compute->past_count == room) {
                room = room == 0 ? 8 : room * 2;
                compute->pasts =
                    mem_resize(compute->pasts, room, sizeof(struct past));
            }
            past_make(&compute->pasts[compute->past_count++], compute->layout,
                      &operands[j]);
        }
    }
    if (compute->past_count == 0)
        return;
    qsort(compute->pasts, compute->past_count, sizeof(struct past),
          compare_pasts);
    size_t kept = 1;
    for (size_t i = 1; i < compute->past_count; i++)
        if (compare_pasts(&compute->pasts[kept - 1], &compute->pasts[i]) != 0)
            compute->pasts[kept++] = compute->pasts[i];
        else
            past_free(&compute->pasts[i]);
    compute->past_count = kept;
}

static size_t expression_of(const struct compute *compute, uint32_t field)
{
    return compute->layout->fields[field].kind == KIND_COMPUTED
               ? expr_of_computed(compute->machine, field)
               : SIZE_MAX;
}

/* Expressions come behind those that they use, or the other way. */
static void note_uses(struct compute *compute)
{
    const uint32_t *order = expr_order(compute->machine);
    size_t expressions = compute->layout->expression_count;
    for (size_t i = 0; i < expressions; i++) {
        struct computed *item = &compute->items[order[i]];
        size_t count;
        const struct expr_operand *operands =
            expr_operands(compute->machine, order[i], &count);
        for (size_t j = 0; j < count; j++) {
            uint32_t field = operands[j].first;
            size_t other = expression_of(compute, field);
            item->mappings |=
                other != SIZE_MAX
                    ? compute->items[other].mappings
                    : UINT64_C(1) << compute->layout->fields[field].mapping;
        }
    }
    for (size_t i = expressions; i-- > 0;) {
        struct computed *item = &compute->items[order[i]];
        size_t count;
        const struct expr_operand *operands =
            expr_operands(compute->machine, order[i], &count);
        if (compute->layout->expressions[order[i]].use != EXPRESSION_COMPUTED)
            item->wanted = true;
        for (size_t j = 0; j < count && item->wanted; j++) {
            size_t other = expression_of(compute, operands[j].first);
            if (other != SIZE_MAX)
                compute->items[other].wanted = true;
        }
    }
}

static void forget(struct compute *compute, size_t expression)
{
    const struct expression *one = &compute->layout->expressions[expression];
    struct computed *item = &compute->items[expression];
    item->mark = 0;
    item->baseline = 0;
    item->last = (struct value){.type = VALUE_NONE};
    if (one->use != EXPRESSION_COMPUTED)
        return;
    struct trend *trend = &compute->trends[one->target];
    compute->values[one->target] = (struct value){.type = VALUE_NONE};
    trend->rate = NAN;
    trend->min = NAN;
    trend->max = NAN;
    trend->flags = 0;
    rate_reset(&compute->rates[one->target]);
}

void compute_make(struct compute *compute, const struct layout *layout,
                  struct value *values, struct trend *trends,
                  struct rate *rates)
{
    *compute = (struct compute){
        .layout = layout,
        .values = values,
        .trends = trends,
        .rates = rates,
        .machine = expr_open(layout),
    };
    if (!compute->machine)
        return;
    compute->items =
        mem_zalloc(layout->expression_count, sizeof(struct computed));
    make_pasts(compute);
    note_uses(compute);
    for (size_t i = 0; i < layout->expression_count; i++)
        forget(compute, i);
}

void compute_free(struct compute *compute)
{
    for (size_t i = 0; i < compute->past_count; i++)
        past_free(&compute->pasts[i]);
    for (size_t i = 0; compute->items && i < compute->layout->expression_count;
         i++)
        free(compute->items[i].text);
    free(compute->pasts);
    free(compute->items);
    expr_close(compute->machine);
    *compute = (struct compute){0};
}

void compute_reset(struct compute *compute, size_t mapping, double *gap)
{
    const struct layout *layout = compute->layout;
    size_t expressions = compute->machine ? layout->expression_count : 0;
    compute->seen &= ~(UINT64_C(1) << mapping);
    for (size_t i = 0; i < expressions; i++) {
        const struct expression *one = &layout->expressions[i];
        if (!(compute->items[i].mappings >> mapping & 1))
            continue;
        forget(compute, i);
        if (gap && one->use == EXPRESSION_COMPUTED)
            gap[one->target] = NAN;
    }
    for (size_t i = 0; i < compute->past_count; i++) {
        const struct past *past = &compute->pasts[i];
        size_t other = expression_of(compute, past->asked.first);
        if (other != SIZE_MAX ? compute->items[other].mappings >> mapping & 1
                              : past->field->mapping == mapping)
            past_reset(&compute->pasts[i]);
    }
}

void compute_see(struct compute *compute, size_t mapping)
{
    compute->seen |= UINT64_C(1) << mapping;
}

static bool is_lost(const struct compute *compute, size_t mapping,
                    uint32_t index)
{
    const struct field *field = &compute->layout->fields[index];
    return field->mapping == mapping && field->base != FIELD_NO_BASE &&
           compute->values[index].type == VALUE_NONE;
}

static bool is_made_of_lost(const struct compute *compute, size_t mapping,
                            size_t expression)
{
    size_t count;
    const struct expr_operand *operands =
        expr_operands(compute->machine, expression, &count);
    for (size_t i = 0; i < count; i++) {
        size_t other = expression_of(compute, operands[i].first);
        if (other != SIZE_MAX
                ? compute->items[other].mark == 0
                : operands[i].count == 1 &&
                      is_lost(compute, mapping, operands[i].first))
            return true;
    }
    return false;
}

void compute_forget(struct compute *compute, size_t mapping)
{
    size_t expressions =
        compute->machine ? compute->layout->expression_count : 0;
    for (size_t i = 0; i < compute->past_count; i++)
        if (is_lost(compute, mapping, compute->pasts[i].asked.first))
            past_reset(&compute->pasts[i]);
    for (size_t i = 0; i < expressions; i++) {
        size_t expression = expr_order(compute->machine)[i];
        if (compute->layout->expressions[expression].use ==
                EXPRESSION_COMPUTED &&
            is_made_of_lost(compute, mapping, expression))
            forget(compute, expression);
    }
}

/* --- what expressions ask for ------------------------------------------- */

/* The first past of `field` or of one behind it. */
static size_t first_past(const struct compute *compute, uint32_t field)
{
    size_t low = 0;
    size_t high = compute->past_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compute->pasts[middle].asked.first < field)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void answer_past(const struct compute *compute,
                        const struct expr_operand *operand, struct value *out)
{
    const struct past wanted = {.asked = *operand};
    size_t i = first_past(compute, operand->first);
    while (i < compute->past_count &&
           compare_pasts(&compute->pasts[i], &wanted) < 0)
        i++;
    if (i < compute->past_count)
        past_answer(&compute->pasts[i], out);
}

static void answer(void *user, const struct expr_operand *operand,
                   struct value *out)
{
    const struct compute *compute = user;
    const struct trend *trend = &compute->trends[operand->first];
    double number = NAN;
    *out = (struct value){.type = VALUE_NONE};
    if (compute->values[operand->first].type == VALUE_NONE)
        return;
    switch (operand->ask) {
    case EXPR_RATE:
        number = trend->rate;
        break;
    case EXPR_MIN:
        number = trend->min;
        break;
    case EXPR_MAX:
        number = trend->max;
        break;
    case EXPR_AGE:
        /* Another mapping's frame may be some microseconds younger. */
        number = fmax((double)(compute->now_ns - trend->changed_ns) / 1e9, 0);
        break;
    default:
        answer_past(compute, operand, out);
        return;
    }
    if (!isnan(number))
        *out = (struct value){.type = VALUE_REAL, .real = number};
}

static bool is_fresh(const struct compute *compute, uint32_t field)
{
    return (compute->trends[field].flags & TREND_FRESH) != 0;
}

static void step_pasts(struct compute *compute, uint32_t field)
{
    for (size_t i = first_past(compute, field);
         i < compute->past_count && compute->pasts[i].asked.first == field; i++)
        past_step(&compute->pasts[i], &compute->values[field],
                  is_fresh(compute, field), compute->now_ns);
}

/* --- following a value -------------------------------------------------- */

/* Tells values apart: a hash that is not 0, which is for no value. */
static uint64_t mark_of(const struct value *value)
{
    uint64_t mark = UINT64_C(0xcbf29ce484222325) + (uint64_t)value->type;
    uint64_t bits = 0;
    if (value->type == VALUE_NONE)
        return 0;
    if (value->type == VALUE_BYTES) {
        for (size_t i = 0; i < COMPUTED_TEXT_MAX && value->bytes[i] != 0; i++)
            mark = (mark ^ value->bytes[i]) * UINT64_C(0x100000001b3);
    } else {
        memcpy(&bits, &value->u, sizeof bits);
        mark = bits ^ mark * UINT64_C(0x100000001b3);
    }
    return mark == 0 ? 1 : mark;
}

/* How far the number went, NaN when a counter restarted. */
static double travel(const struct field *field, const struct value *before,
                     const struct value *after)
{
    bool counter = field->attr->role == ROLE_COUNTER;
    bool whole = after->type == VALUE_INT || after->type == VALUE_UINT;
    double delta;
    if (before->type == after->type && whole && !field->attr->scaled)
        delta = rate_gauge_delta(before->u, after->u, after->type == VALUE_INT);
    else
        delta = value_number(field, after) - value_number(field, before);
    return counter && delta < 0 ? (double)NAN : delta;
}

static bool is_rated(const struct field *field, const struct value *value)
{
    return value->type != VALUE_BYTES && (field->attr->role == ROLE_COUNTER ||
                                          field->attr->role == ROLE_GAUGE);
}

static void move_rate(struct compute *compute, struct computed *item,
                      uint32_t field, bool changed)
{
    const struct value *value = &compute->values[field];
    struct trend *trend = &compute->trends[field];
    struct rate *rate = &compute->rates[field];
    if (!is_rated(&compute->layout->fields[field], value))
        return;
    if (changed && item->last.type != VALUE_NONE)
        rate_change(rate, &trend->rate,
                    travel(&compute->layout->fields[field], &item->last, value),
                    compute->now_ns);
    else if (rate_deadline(rate, trend->changed_ns) <= compute->now_ns)
        trend->rate = 0;
    item->last = *value;
}

/* There is no value now. */
static void lose(struct compute *compute, struct computed *item, uint32_t field)
{
    struct trend *trend = &compute->trends[field];
    compute->values[field] = (struct value){.type = VALUE_NONE};
    item->mark = 0;
    item->last = (struct value){.type = VALUE_NONE};
    trend->rate = NAN;
    trend->flags = 0;
    rate_reset(&compute->rates[field]);
}

/* A text is kept apart from those of frames that are only judged. */
static void keep_text(struct computed *item, struct value *value)
{
    if (value->type != VALUE_BYTES)
        return;
    if (!item->text)
        item->text = mem_zalloc(COMPUTED_TEXT_MAX + 1, 1);
    memcpy(item->text, value->bytes, COMPUTED_TEXT_MAX);
    value->bytes = item->text;
}

/* A value was computed. */
static void take(struct compute *compute, struct computed *item, uint32_t field,
                 const struct value *value)
{
    struct trend *trend = &compute->trends[field];
    uint64_t mark = mark_of(value);
    bool first = item->mark == 0;
    bool changed = !first && item->mark != mark;
    compute->values[field] = *value;
    keep_text(item, &compute->values[field]);
    if (item->baseline == 0)
        item->baseline = mark;
    if (first || changed)
        trend->changed_ns = compute->now_ns;
    trend->flags = TREND_FRESH | (changed ? TREND_CHANGED : 0u) |
                   (mark != item->baseline ? TREND_MOVED : 0u);
    item->mark = mark;
    compute->changed += changed;
    scan_widen(trend, value_number(&compute->layout->fields[field], value));
    move_rate(compute, item, field, changed);
}

/* --- one expression ----------------------------------------------------- */

/* The flags of fields that are held, together; an age goes on.  Of an array,
 * elements without a value do not count. */
static uint32_t held_by(const struct compute *compute, size_t expression)
{
    size_t count;
    const struct expr_operand *operands =
        expr_operands(compute->machine, expression, &count);
    uint32_t flags = 0;
    for (size_t i = 0; i < count; i++) {
        const struct expr_operand *operand = &operands[i];
        for (uint32_t j = 0; j < operand->count && operand->ask != EXPR_AGE;
             j++) {
            size_t field = operand->first + (size_t)j * operand->step;
            if (compute->values[field].type != VALUE_NONE)
                flags |= compute->trends[field].flags;
        }
    }
    return flags & (TREND_HELD | TREND_TORN);
}

static void hold(struct compute *compute, struct computed *item, uint32_t field,
                 uint32_t flags)
{
    struct trend *trend = &compute->trends[field];
    trend->flags &= ~(uint32_t)(TREND_FRESH | TREND_CHANGED | TREND_TORN);
    trend->flags |= flags | TREND_HELD;
    if (flags & TREND_TORN)
        return;
    trend->rate = NAN;
    rate_reset(&compute->rates[field]);
    item->last = (struct value){.type = VALUE_NONE};
}

static void step_one(struct compute *compute, size_t expression, double *row)
{
    uint32_t field = compute->layout->expressions[expression].target;
    struct computed *item = &compute->items[expression];
    uint32_t held = held_by(compute, expression);
    struct value value;
    double number = NAN;
    const struct expr_inputs inputs = {compute->values, NULL, answer, compute};
    if (item->mappings & ~compute->seen) {
        lose(compute, item, field); /* even count() does not know */
    } else if (held != 0 && item->mark != 0) {
        hold(compute, item, field, held);
    } else {
        expr_eval(compute->machine, expression, &inputs, &value);
        if (value.type == VALUE_NONE) {
            lose(compute, item, field);
            if (expr_message(compute->machine, expression, NULL))
                compute->trends[field].flags = TREND_MISPLACED;
        } else {
            take(compute, item, field, &value);
            number = value_number(&compute->layout->fields[field], &value);
        }
        if (held != 0 && value.type != VALUE_NONE) {
            hold(compute, item, field, held);
            number = NAN;
        }
    }
    if (row)
        row[field] = number;
    step_pasts(compute, field);
}

void compute_step(struct compute *compute, int64_t now_ns, double *row)
{
    compute->now_ns = now_ns;
    compute->changed = 0;
    if (!compute->machine)
        return;
    for (size_t i = 0; i < compute->past_count; i++) {
        struct past *past = &compute->pasts[i];
        if (past->field->kind != KIND_COMPUTED)
            past_step(past, &compute->values[past->asked.first],
                      is_fresh(compute, past->asked.first), now_ns);
    }
    const uint32_t *order = expr_order(compute->machine);
    for (size_t i = 0; i < compute->layout->expression_count; i++)
        if (compute->layout->expressions[order[i]].use == EXPRESSION_COMPUTED)
            step_one(compute, order[i], row);
}

void compute_rebase(struct compute *compute)
{
    size_t count = compute->machine ? compute->layout->expression_count : 0;
    for (size_t i = 0; i < count; i++) {
        const struct expression *one = &compute->layout->expressions[i];
        if (one->use != EXPRESSION_COMPUTED)
            continue;
        struct trend *trend = &compute->trends[one->target];
        trend->min = value_number(&compute->layout->fields[one->target],
                                  &compute->values[one->target]);
        trend->max = trend->min;
        trend->flags &= ~(uint32_t)TREND_MOVED;
        compute->items[i].baseline = compute->items[i].mark;
    }
}

const char *compute_trouble(const struct compute *compute)
{
    size_t count = compute->machine ? compute->layout->expression_count : 0;
    for (size_t i = 0; i < count; i++) {
        const char *message = expr_message(compute->machine, i, NULL);
        if (message)
            return message;
    }
    return "";
}

/* --- require and gone --------------------------------------------------- */

struct judge {
    struct compute *compute;
    compute_look_fn *look;
    void *user;
    struct value value; /* the one that was asked for */
};

static const struct value *look_ahead(void *user, uint32_t field)
{
    struct judge *judge = user;
    struct compute *compute = judge->compute;
    size_t other = expression_of(compute, field);
    if (other != SIZE_MAX)
        return &compute->items[other].judged;
    return judge->look(judge->user, field, &judge->value)
               ? &judge->value
               : &compute->values[field];
}

static void answer_judge(void *user, const struct expr_operand *operand,
                         struct value *out)
{
    const struct judge *judge = user;
    answer(judge->compute, operand, out);
}

/* Computes what expressions of its kind use, then the expression itself. */
static enum expr_truth judge_one(struct judge *judge, size_t expression)
{
    struct compute *compute = judge->compute;
    const uint32_t *order = expr_order(compute->machine);
    const struct expr_inputs inputs = {compute->values, look_ahead,
                                       answer_judge, judge};
    for (size_t i = 0; order[i] != expression; i++) {
        struct computed *item = &compute->items[order[i]];
        if (item->wanted &&
            compute->layout->expressions[order[i]].use == EXPRESSION_COMPUTED)
            expr_eval(compute->machine, order[i], &inputs, &item->judged);
    }
    expr_eval(compute->machine, expression, &inputs,
              &compute->items[expression].judged);
    return expr_truth(compute->machine, expression);
}

enum expr_truth compute_judge(struct compute *compute, enum expression_use use,
                              size_t mapping, compute_look_fn *look, void *user)
{
    size_t count = compute->machine ? compute->layout->expression_count : 0;
    struct judge judge = {compute, look, user, {.type = VALUE_NONE}};
    for (size_t i = 0; i < count; i++) {
        const struct expression *one = &compute->layout->expressions[i];
        if (one->use == use && one->target == mapping)
            return judge_one(&judge, i);
    }
    return use == EXPRESSION_GONE ? EXPR_FALSE : EXPR_TRUE;
}
