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

struct computed_item {
    uint64_t mark;     /* what the value was, see mark_of */
    uint64_t baseline; /* and at the baseline */
    uint64_t mappings; /* a bit a mapping that it depends on */
    struct value last; /* of numbers, for the rate */
    uint8_t *text;     /* of the value, where it is one; judging makes others */
    struct value judged;
    bool wanted; /* by require or gone */
};

/* --- making ------------------------------------------------------------- */

static bool asks_window(const struct expr_operand *operand)
{
    return operand->ask == EXPR_DELTA || operand->ask == EXPR_AVG;
}

static int compare_windows(const void *a, const void *b)
{
    const struct expr_operand *x = &((const struct window *)a)->asked;
    const struct expr_operand *y = &((const struct window *)b)->asked;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->ask != y->ask)
        return x->ask < y->ask ? -1 : 1;
    return (x->window_ns > y->window_ns) - (x->window_ns < y->window_ns);
}

/* Each once, though several expressions may ask for it. */
static void make_windows(struct computed *computed)
{
    size_t room = 0;
    for (size_t i = 0; i < computed->layout->expression_count; i++) {
        size_t count;
        const struct expr_operand *operands =
            expr_operands(computed->machine, i, &count);
        for (size_t j = 0; j < count; j++) {
            if (!asks_window(&operands[j]))
                continue;
            if (computed->window_count == room) {
                room = room == 0 ? 8 : room * 2;
                computed->windows =
                    mem_resize(computed->windows, room, sizeof(struct window));
            }
            window_make(&computed->windows[computed->window_count++],
                        computed->layout, &operands[j]);
        }
    }
    if (computed->window_count == 0)
        return;
    qsort(computed->windows, computed->window_count, sizeof(struct window),
          compare_windows);
    size_t kept = 1;
    for (size_t i = 1; i < computed->window_count; i++)
        if (compare_windows(&computed->windows[kept - 1],
                            &computed->windows[i]) != 0)
            computed->windows[kept++] = computed->windows[i];
        else
            window_free(&computed->windows[i]);
    computed->window_count = kept;
}

static size_t expression_of(const struct computed *computed, uint32_t field)
{
    return computed->layout->fields[field].kind == KIND_COMPUTED
               ? expr_of_computed(computed->machine, field)
               : SIZE_MAX;
}

/* Expressions come behind those that they use, or the other way. */
static void note_uses(struct computed *computed)
{
    const uint32_t *order = expr_order(computed->machine);
    size_t expressions = computed->layout->expression_count;
    for (size_t i = 0; i < expressions; i++) {
        struct computed_item *item = &computed->items[order[i]];
        size_t count;
        const struct expr_operand *operands =
            expr_operands(computed->machine, order[i], &count);
        for (size_t j = 0; j < count; j++) {
            uint32_t field = operands[j].first;
            size_t other = expression_of(computed, field);
            item->mappings |=
                other != SIZE_MAX
                    ? computed->items[other].mappings
                    : UINT64_C(1) << computed->layout->fields[field].mapping;
        }
    }
    for (size_t i = expressions; i-- > 0;) {
        struct computed_item *item = &computed->items[order[i]];
        size_t count;
        const struct expr_operand *operands =
            expr_operands(computed->machine, order[i], &count);
        if (computed->layout->expressions[order[i]].use != EXPRESSION_COMPUTED)
            item->wanted = true;
        for (size_t j = 0; j < count && item->wanted; j++) {
            size_t other = expression_of(computed, operands[j].first);
            if (other != SIZE_MAX)
                computed->items[other].wanted = true;
        }
    }
}

static void forget(struct computed *computed, size_t expression)
{
    const struct expression *one = &computed->layout->expressions[expression];
    struct computed_item *item = &computed->items[expression];
    item->mark = 0;
    item->baseline = 0;
    item->last = (struct value){.type = VALUE_NONE};
    if (one->use != EXPRESSION_COMPUTED)
        return;
    struct trend *trend = &computed->trends[one->target];
    computed->values[one->target] = (struct value){.type = VALUE_NONE};
    trend->rate = NAN;
    trend->min = NAN;
    trend->max = NAN;
    trend->flags = 0;
    rate_reset(&computed->rates[one->target]);
}

void computed_make(struct computed *computed, const struct layout *layout,
                   struct value *values, struct trend *trends,
                   struct rate *rates)
{
    *computed = (struct computed){
        .layout = layout,
        .values = values,
        .trends = trends,
        .rates = rates,
        .machine = layout->machine,
    };
    if (!computed->machine)
        return;
    expr_reset(computed->machine);
    computed->items =
        mem_zalloc(layout->expression_count, sizeof(struct computed_item));
    make_windows(computed);
    note_uses(computed);
    for (size_t i = 0; i < layout->expression_count; i++)
        forget(computed, i);
}

void computed_free(struct computed *computed)
{
    for (size_t i = 0; i < computed->window_count; i++)
        window_free(&computed->windows[i]);
    for (size_t i = 0;
         computed->items && i < computed->layout->expression_count; i++)
        free(computed->items[i].text);
    free(computed->windows);
    free(computed->items);
    *computed = (struct computed){0};
}

void computed_reset(struct computed *computed, size_t mapping, double *gap)
{
    const struct layout *layout = computed->layout;
    size_t expressions = computed->machine ? layout->expression_count : 0;
    computed->seen &= ~(UINT64_C(1) << mapping);
    for (size_t i = 0; i < expressions; i++) {
        const struct expression *one = &layout->expressions[i];
        if (!(computed->items[i].mappings >> mapping & 1))
            continue;
        forget(computed, i);
        if (gap && one->use == EXPRESSION_COMPUTED)
            gap[one->target] = NAN;
    }
    for (size_t i = 0; i < computed->window_count; i++) {
        const struct window *window = &computed->windows[i];
        size_t other = expression_of(computed, window->asked.first);
        if (other != SIZE_MAX ? computed->items[other].mappings >> mapping & 1
                              : window->field->mapping == mapping)
            window_reset(&computed->windows[i]);
    }
}

void computed_see(struct computed *computed, size_t mapping)
{
    computed->seen |= UINT64_C(1) << mapping;
}

static bool is_lost(const struct computed *computed, size_t mapping,
                    uint32_t index)
{
    const struct field *field = &computed->layout->fields[index];
    return field->mapping == mapping && field->base != FIELD_NO_BASE &&
           computed->values[index].type == VALUE_NONE;
}

static bool is_made_of_lost(const struct computed *computed, size_t mapping,
                            size_t expression)
{
    size_t count;
    const struct expr_operand *operands =
        expr_operands(computed->machine, expression, &count);
    for (size_t i = 0; i < count; i++) {
        size_t other = expression_of(computed, operands[i].first);
        if (other != SIZE_MAX
                ? computed->items[other].mark == 0
                : operands[i].count == 1 &&
                      is_lost(computed, mapping, operands[i].first))
            return true;
    }
    return false;
}

void computed_forget(struct computed *computed, size_t mapping)
{
    size_t expressions =
        computed->machine ? computed->layout->expression_count : 0;
    for (size_t i = 0; i < computed->window_count; i++)
        if (is_lost(computed, mapping, computed->windows[i].asked.first))
            window_reset(&computed->windows[i]);
    for (size_t i = 0; i < expressions; i++) {
        size_t expression = expr_order(computed->machine)[i];
        if (computed->layout->expressions[expression].use ==
                EXPRESSION_COMPUTED &&
            is_made_of_lost(computed, mapping, expression))
            forget(computed, expression);
    }
}

/* --- what expressions ask for ------------------------------------------- */

/* The first window of `field` or of one behind it. */
static size_t first_window(const struct computed *computed, uint32_t field)
{
    size_t low = 0;
    size_t high = computed->window_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (computed->windows[middle].asked.first < field)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void answer_window(const struct computed *computed,
                          const struct expr_operand *operand, struct value *out)
{
    const struct window wanted = {.asked = *operand};
    size_t i = first_window(computed, operand->first);
    while (i < computed->window_count &&
           compare_windows(&computed->windows[i], &wanted) < 0)
        i++;
    if (i < computed->window_count)
        window_answer(&computed->windows[i], out);
}

static void answer(void *user, const struct expr_operand *operand,
                   struct value *out)
{
    const struct computed *computed = user;
    const struct trend *trend = &computed->trends[operand->first];
    double number = NAN;
    *out = (struct value){.type = VALUE_NONE};
    if (computed->values[operand->first].type == VALUE_NONE)
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
        number = fmax((double)(computed->now_ns - trend->changed_ns) / 1e9, 0);
        break;
    default:
        answer_window(computed, operand, out);
        return;
    }
    if (!isnan(number))
        *out = (struct value){.type = VALUE_REAL, .real = number};
}

static bool is_fresh(const struct computed *computed, uint32_t field)
{
    return (computed->trends[field].flags & TREND_FRESH) != 0;
}

static void step_windows(struct computed *computed, uint32_t field)
{
    for (size_t i = first_window(computed, field);
         i < computed->window_count &&
         computed->windows[i].asked.first == field;
         i++)
        window_step(&computed->windows[i], &computed->values[field],
                    is_fresh(computed, field), computed->now_ns);
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

static void move_rate(struct computed *computed, struct computed_item *item,
                      uint32_t field, bool changed)
{
    const struct value *value = &computed->values[field];
    struct trend *trend = &computed->trends[field];
    struct rate *rate = &computed->rates[field];
    if (!is_rated(&computed->layout->fields[field], value))
        return;
    if (changed && item->last.type != VALUE_NONE)
        rate_change(
            rate, &trend->rate,
            travel(&computed->layout->fields[field], &item->last, value),
            computed->now_ns);
    else if (rate_deadline(rate, trend->changed_ns) <= computed->now_ns)
        trend->rate = 0;
    item->last = *value;
}

/* There is no value now. */
static void lose(struct computed *computed, struct computed_item *item,
                 uint32_t field)
{
    struct trend *trend = &computed->trends[field];
    computed->values[field] = (struct value){.type = VALUE_NONE};
    item->mark = 0;
    item->last = (struct value){.type = VALUE_NONE};
    trend->rate = NAN;
    trend->flags = 0;
    rate_reset(&computed->rates[field]);
}

/* A text is kept apart from those of frames that are only judged. */
static void keep_text(struct computed_item *item, struct value *value)
{
    if (value->type != VALUE_BYTES)
        return;
    if (!item->text)
        item->text = mem_zalloc(COMPUTED_TEXT_MAX + 1, 1);
    memcpy(item->text, value->bytes, COMPUTED_TEXT_MAX);
    value->bytes = item->text;
}

/* A value was computed. */
static void take(struct computed *computed, struct computed_item *item,
                 uint32_t field, const struct value *value)
{
    struct trend *trend = &computed->trends[field];
    uint64_t mark = mark_of(value);
    bool first = item->mark == 0;
    bool changed = !first && item->mark != mark;
    computed->values[field] = *value;
    keep_text(item, &computed->values[field]);
    if (item->baseline == 0)
        item->baseline = mark;
    if (first || changed)
        trend->changed_ns = computed->now_ns;
    trend->flags = TREND_FRESH | (changed ? TREND_CHANGED : 0u) |
                   (mark != item->baseline ? TREND_MOVED : 0u);
    item->mark = mark;
    computed->changed += changed;
    trend_widen(trend, value_number(&computed->layout->fields[field], value));
    move_rate(computed, item, field, changed);
}

/* --- one expression ----------------------------------------------------- */

/* The flags of fields that are held, together; an age goes on.  Of an array,
 * elements without a value do not count. */
static uint32_t held_by(const struct computed *computed, size_t expression)
{
    size_t count;
    const struct expr_operand *operands =
        expr_operands(computed->machine, expression, &count);
    uint32_t flags = 0;
    for (size_t i = 0; i < count; i++) {
        const struct expr_operand *operand = &operands[i];
        for (uint32_t j = 0; j < operand->count && operand->ask != EXPR_AGE;
             j++) {
            size_t field = operand->first + (size_t)j * operand->step;
            if (computed->values[field].type != VALUE_NONE)
                flags |= computed->trends[field].flags;
        }
    }
    return flags & (TREND_HELD | TREND_TORN);
}

static void hold(struct computed *computed, struct computed_item *item,
                 uint32_t field, uint32_t flags)
{
    struct trend *trend = &computed->trends[field];
    trend->flags &= ~(uint32_t)(TREND_FRESH | TREND_CHANGED | TREND_TORN);
    trend->flags |= flags | TREND_HELD;
    if (flags & TREND_TORN)
        return;
    trend->rate = NAN;
    rate_reset(&computed->rates[field]);
    item->last = (struct value){.type = VALUE_NONE};
}

static void step_one(struct computed *computed, size_t expression, double *row)
{
    uint32_t field = computed->layout->expressions[expression].target;
    struct computed_item *item = &computed->items[expression];
    uint32_t held = held_by(computed, expression);
    struct value value;
    double number = NAN;
    const struct expr_inputs inputs = {computed->values, NULL, answer,
                                       computed};
    if (item->mappings & ~computed->seen) {
        lose(computed, item, field); /* even count() does not know */
    } else if (held != 0 && item->mark != 0) {
        hold(computed, item, field, held);
    } else {
        expr_eval(computed->machine, expression, &inputs, &value);
        if (value.type == VALUE_NONE) {
            lose(computed, item, field);
            if (expr_message(computed->machine, expression, NULL))
                computed->trends[field].flags = TREND_MISPLACED;
        } else {
            take(computed, item, field, &value);
            number = value_number(&computed->layout->fields[field], &value);
        }
        if (held != 0 && value.type != VALUE_NONE) {
            hold(computed, item, field, held);
            number = NAN;
        }
    }
    if (row)
        row[field] = number;
    step_windows(computed, field);
}

void computed_step(struct computed *computed, int64_t now_ns, double *row)
{
    computed->now_ns = now_ns;
    computed->changed = 0;
    if (!computed->machine)
        return;
    for (size_t i = 0; i < computed->window_count; i++) {
        struct window *window = &computed->windows[i];
        if (window->field->kind != KIND_COMPUTED)
            window_step(window, &computed->values[window->asked.first],
                        is_fresh(computed, window->asked.first), now_ns);
    }
    const uint32_t *order = expr_order(computed->machine);
    for (size_t i = 0; i < computed->layout->expression_count; i++)
        if (computed->layout->expressions[order[i]].use == EXPRESSION_COMPUTED)
            step_one(computed, order[i], row);
}

void computed_rebase(struct computed *computed)
{
    size_t count = computed->machine ? computed->layout->expression_count : 0;
    for (size_t i = 0; i < count; i++) {
        const struct expression *one = &computed->layout->expressions[i];
        if (one->use != EXPRESSION_COMPUTED)
            continue;
        struct trend *trend = &computed->trends[one->target];
        trend->min = value_number(&computed->layout->fields[one->target],
                                  &computed->values[one->target]);
        trend->max = trend->min;
        trend->flags &= ~(uint32_t)TREND_MOVED;
        computed->items[i].baseline = computed->items[i].mark;
    }
}

const char *computed_trouble(const struct computed *computed)
{
    size_t count = computed->machine ? computed->layout->expression_count : 0;
    for (size_t i = 0; i < count; i++) {
        const char *message = expr_message(computed->machine, i, NULL);
        if (message)
            return message;
    }
    return "";
}

/* --- require and gone --------------------------------------------------- */

struct judge {
    struct computed *computed;
    computed_look_fn *look;
    void *user;
    struct value value; /* the one that was asked for */
};

static const struct value *look_ahead(void *user, uint32_t field)
{
    struct judge *judge = user;
    struct computed *computed = judge->computed;
    size_t other = expression_of(computed, field);
    if (other != SIZE_MAX)
        return &computed->items[other].judged;
    return judge->look(judge->user, field, &judge->value)
               ? &judge->value
               : &computed->values[field];
}

static void answer_judge(void *user, const struct expr_operand *operand,
                         struct value *out)
{
    const struct judge *judge = user;
    answer(judge->computed, operand, out);
}

/* Computes what expressions of its kind use, then the expression itself. */
static enum expr_truth judge_one(struct judge *judge, size_t expression)
{
    struct computed *computed = judge->computed;
    const uint32_t *order = expr_order(computed->machine);
    const struct expr_inputs inputs = {computed->values, look_ahead,
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
                               computed_look_fn *look, void *user)
{
    size_t count = computed->machine ? computed->layout->expression_count : 0;
    struct judge judge = {computed, look, user, {.type = VALUE_NONE}};
    for (size_t i = 0; i < count; i++) {
        const struct expression *one = &computed->layout->expressions[i];
        if (one->use == use && one->target == mapping)
            return judge_one(&judge, i);
    }
    return use == EXPRESSION_GONE ? EXPR_FALSE : EXPR_TRUE;
}
