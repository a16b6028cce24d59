/* SPDX-License-Identifier: MIT */
/* Evaluates expressions in their order and follows their values: a computed
 * field keeps its old value while one of its inputs cannot be read.  The
 * language is expr/, delta and avg are window.c. */
#include "sampler/computed.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sampler/sampler_private.h"
#include "sampler/tracker_scan.h"

/* --- making ------------------------------------------------------------- */

size_t computed_expression(const struct computed *computed, uint32_t field)
{
    return computed->layout->fields[field].kind == KIND_COMPUTED
               ? expr_of_computed(computed->machine, field)
               : SIZE_MAX;
}

/* An expression comes after those that it uses: mappings are passed on in
 * order, `wanted` in reverse. */
static void note_uses(struct computed *computed)
{
    const uint32_t *order = expr_order(computed->machine);
    for (size_t i = 0; i < computed->count; i++) {
        CHECK(order[i] < computed->count);
        struct computed_item *item = &computed->items[order[i]];
        size_t count;
        const struct expr_operand *operands =
            expr_operands(computed->machine, order[i], &count);
        for (size_t j = 0; j < count; j++) {
            uint32_t field = operands[j].first;
            size_t other = computed_expression(computed, field);
            item->mappings |=
                other != SIZE_MAX
                    ? computed->items[other].mappings
                    : UINT64_C(1) << computed->layout->fields[field].mapping;
        }
    }
    for (size_t i = computed->count; i-- > 0;) {
        struct computed_item *item = &computed->items[order[i]];
        size_t count;
        const struct expr_operand *operands =
            expr_operands(computed->machine, order[i], &count);
        if (computed->layout->expressions[order[i]].use != EXPRESSION_COMPUTED)
            item->wanted = true;
        for (size_t j = 0; j < count && item->wanted; j++) {
            size_t other = computed_expression(computed, operands[j].first);
            if (other != SIZE_MAX)
                computed->items[other].wanted = true;
        }
    }
}

/* The time that the value has been there, as far as it is not counted yet. */
static int64_t uncounted_ns(const struct computed *computed,
                            const struct computed_item *item, uint32_t field)
{
    const struct trend *trend = &computed->trends[field];
    int64_t since_ns = trend->changed_ns > item->counted_ns ? trend->changed_ns
                                                            : item->counted_ns;
    return trend->flags & TREND_FRESH ? item->live_ns - since_ns : 0;
}

/* Counts the value up to when it was last computed; it counts again from
 * `from_ns` on. */
static void count_value(struct computed *computed, struct computed_item *item,
                        uint32_t field, int64_t from_ns)
{
    if (computed->statistics)
        statistic_add(&computed->statistics[field],
                      value_number(&computed->layout->fields[field],
                                   &computed->values[field]),
                      uncounted_ns(computed, item, field));
    item->counted_ns = from_ns;
}

/* The field has no value now. */
static void lose(struct computed *computed, struct computed_item *item,
                 uint32_t field)
{
    struct trend *trend = &computed->trends[field];
    count_value(computed, item, field, computed->now_ns);
    computed->values[field] = (struct value){.type = VALUE_NONE};
    item->hash = 0;
    item->last = (struct value){.type = VALUE_NONE};
    trend->rate = NAN;
    trend->flags = 0;
    rate_reset(&computed->rates[field]);
}

static void forget(struct computed *computed, size_t expression)
{
    const struct expression *one = &computed->layout->expressions[expression];
    struct computed_item *item = &computed->items[expression];
    if (one->use != EXPRESSION_COMPUTED)
        return;
    lose(computed, item, one->target);
    item->baseline = 0;
    if (computed->statistics)
        computed->statistics[one->target] = (struct statistic){0};
    computed->trends[one->target].min = NAN;
    computed->trends[one->target].max = NAN;
}

void computed_make(struct computed *computed, const struct layout *layout,
                   struct value *values, struct trend *trends,
                   struct rate *rates, struct statistic *statistics,
                   bool repeats)
{
    *computed = (struct computed){
        .layout = layout,
        .values = values,
        .trends = trends,
        .rates = rates,
        .statistics = statistics,
        .machine = layout->machine,
    };
    if (!computed->machine)
        return;
    computed->items =
        mem_zalloc(layout->expression_count, sizeof(struct computed_item));
    computed->count = layout->expression_count;
    if (!repeats) {
        expr_reset(computed->machine);
        windows_make(&computed->windows, layout, computed->machine);
    }
    note_uses(computed);
    for (size_t i = 0; i < computed->count; i++)
        forget(computed, i);
}

void computed_free(struct computed *computed)
{
    windows_free(&computed->windows);
    for (size_t i = 0; i < computed->count; i++) {
        free(computed->items[i].text);
        free(computed->items[i].base_text);
    }
    free(computed->items);
    *computed = (struct computed){0};
}

uint64_t computed_mappings(const struct computed *computed, uint32_t field)
{
    size_t expression = computed_expression(computed, field);
    return expression == SIZE_MAX ? 0 : computed->items[expression].mappings;
}

void computed_break(struct computed *computed, int64_t now_ns)
{
    for (size_t i = 0; i < computed->count; i++) {
        const struct expression *one = &computed->layout->expressions[i];
        if (one->use != EXPRESSION_COMPUTED)
            continue;
        count_value(computed, &computed->items[i], one->target, now_ns);
        computed->trends[one->target].rate = NAN;
        rate_reset(&computed->rates[one->target]);
    }
    computed->measured_ns = now_ns;
}

void computed_reset(struct computed *computed, size_t mapping)
{
    const struct layout *layout = computed->layout;
    CHECK(mapping < layout->mapping_count);
    computed->seen &= ~(UINT64_C(1) << mapping);
    for (size_t i = 0; i < computed->count; i++)
        if (computed->items[i].mappings >> mapping & 1)
            forget(computed, i);
    for (size_t i = 0; i < computed->windows.count; i++) {
        struct window *window = &computed->windows.items[i];
        size_t other = computed_expression(computed, window->asked.first);
        if (other != SIZE_MAX ? computed->items[other].mappings >> mapping & 1
                              : window->field->mapping == mapping)
            window_reset(window);
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
        size_t other = computed_expression(computed, operands[i].first);
        if (other != SIZE_MAX
                ? computed->items[other].hash == 0
                : operands[i].count == 1 &&
                      is_lost(computed, mapping, operands[i].first))
            return true;
    }
    return false;
}

void computed_forget(struct computed *computed, size_t mapping)
{
    for (size_t i = 0; i < computed->windows.count; i++)
        if (is_lost(computed, mapping, computed->windows.items[i].asked.first))
            window_reset(&computed->windows.items[i]);
    for (size_t i = 0; i < computed->count; i++) {
        size_t expression = expr_order(computed->machine)[i];
        if (computed->layout->expressions[expression].use ==
                EXPRESSION_COMPUTED &&
            is_made_of_lost(computed, mapping, expression))
            forget(computed, expression);
    }
}

/* --- what expressions ask for ------------------------------------------- */

void computed_answer(void *user, const struct expr_operand *operand,
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
        number = trend_rate(trend);
        break;
    case EXPR_MIN:
        number = trend->min;
        break;
    case EXPR_MAX:
        number = trend->max;
        break;
    case EXPR_AGE:
        /* Another mapping's frame may be some microseconds later. */
        number = fmax((double)(computed->now_ns - trend->changed_ns) / 1e9, 0);
        break;
    default: {
        const struct window *window = windows_find(&computed->windows, operand);
        if (window)
            window_answer(window, out);
        return;
    }
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
    struct windows *windows = &computed->windows;
    for (size_t i = windows_first(windows, field);
         i < windows->count && windows->items[i].asked.first == field; i++)
        window_step(&windows->items[i], &computed->values[field],
                    is_fresh(computed, field), computed->now_ns);
}

/* --- following a value -------------------------------------------------- */

/* A hash by which changes are found; 0 only for "no value". */
static uint64_t hash_of(const struct value *value)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325) + (uint64_t)value->type;
    uint64_t bits = 0;
    if (value->type == VALUE_NONE)
        return 0;
    if (value->type == VALUE_BYTES) {
        for (size_t i = 0; i < COMPUTED_TEXT_MAX && value->bytes[i] != 0; i++)
            hash = (hash ^ value->bytes[i]) * UINT64_C(0x100000001b3);
    } else {
        memcpy(&bits, &value->u, sizeof bits);
        hash = bits ^ hash * UINT64_C(0x100000001b3);
    }
    return hash == 0 ? 1 : hash;
}

/* The difference of two numbers, NaN if a counter restarted. */
static double delta_of(const struct field *field, const struct value *before,
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
    bool condition = field->shift == COMPUTED_CONDITION;
    return value->type != VALUE_BYTES && !condition &&
           (field->attr->role == ROLE_COUNTER ||
            field->attr->role == ROLE_GAUGE);
}

/* `last_ns` is the change before this one. */
static void move_rate(struct computed *computed, struct computed_item *item,
                      uint32_t field, bool changed, int64_t last_ns)
{
    const struct value *value = &computed->values[field];
    struct trend *trend = &computed->trends[field];
    struct rate *rate = &computed->rates[field];
    int64_t since_ns = trend->changed_ns > computed->measured_ns
                           ? trend->changed_ns
                           : computed->measured_ns;
    if (!is_rated(&computed->layout->fields[field], value))
        return;
    if (changed && item->last.type != VALUE_NONE)
        trend->rate = rate_change(
            rate,
            delta_of(&computed->layout->fields[field], &item->last, value),
            last_ns, computed->now_ns);
    else if (rate_deadline(rate, since_ns) <= computed->now_ns)
        trend->rate = 0;
    item->last = *value;
}

/* Stores the computed value in the field. */
static void take(struct computed *computed, struct computed_item *item,
                 uint32_t field, const struct value *value)
{
    struct trend *trend = &computed->trends[field];
    uint64_t hash = hash_of(value);
    bool first = item->hash == 0;
    bool changed = !first && item->hash != hash;
    int64_t last_ns = trend->changed_ns;
    item->live_ns = computed->now_ns;
    if (changed) {
        count_value(computed, item, field, computed->now_ns);
        item->previous = computed->values[field];
    } else if (!(trend->flags & TREND_FRESH)) {
        item->counted_ns = computed->now_ns;
    }
    computed->values[field] = *value;
    computed_keep_text(&item->text, &computed->values[field]);
    if (item->baseline == 0)
        computed_set_baseline(item, value, hash);
    if (first || changed)
        trend->changed_ns = computed->now_ns;
    trend->flags = TREND_FRESH | (trend->flags & TREND_VARIED) |
                   (changed ? TREND_CHANGED | TREND_VARIED : 0u) |
                   (hash != item->baseline ? TREND_MOVED : 0u);
    item->hash = hash;
    computed->changed += changed;
    trend_widen(trend, value_number(&computed->layout->fields[field], value));
    move_rate(computed, item, field, changed, last_ns);
}

/* --- one expression ----------------------------------------------------- */

/* The flags of the fields that an expression reads, if any is held.  Elements
 * of an array without a value do not count, nor do fields whose age is read:
 * it goes on. */
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
    count_value(computed, item, field, computed->now_ns);
    trend->flags &= ~(uint32_t)(TREND_FRESH | TREND_CHANGED | TREND_TORN);
    trend->flags |= flags | TREND_HELD;
    if (flags & TREND_TORN)
        return;
    trend->rate = NAN;
    rate_reset(&computed->rates[field]);
    item->last = (struct value){.type = VALUE_NONE};
}

static void step_one(struct computed *computed, size_t expression,
                     const struct trend_strand *strand)
{
    uint32_t field = computed->layout->expressions[expression].target;
    struct computed_item *item = &computed->items[expression];
    uint32_t held = held_by(computed, expression);
    struct value value;
    double number = NAN;
    const struct expr_inputs inputs = {computed->values, NULL, computed_answer,
                                       computed};
    if (item->mappings & ~computed->seen) {
        lose(computed, item, field); /* not even count() is known */
    } else if (held != 0 && item->hash != 0) {
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
    /* A value that was not held in the same cell is not forgotten. */
    if (strand->cells.row && (held == 0 || strand->is_new))
        trend_cells_put(&strand->cells, field, number);
    step_windows(computed, field);
}

void computed_step(struct computed *computed, int64_t now_ns,
                   const struct trend_ring *ring)
{
    computed->now_ns = now_ns;
    computed->changed = 0;
    if (!computed->machine)
        return;
    for (size_t i = 0; i < computed->windows.count; i++) {
        struct window *window = &computed->windows.items[i];
        if (window->field->kind != KIND_COMPUTED)
            window_step(window, &computed->values[window->asked.first],
                        is_fresh(computed, window->asked.first), now_ns);
    }
    const uint32_t *order = expr_order(computed->machine);
    for (size_t i = 0; i < computed->count; i++)
        if (computed->layout->expressions[order[i]].use == EXPRESSION_COMPUTED)
            step_one(computed, order[i],
                     trend_ring_strand(
                         ring, computed->layout->expressions[order[i]].target));
}

static void repeat_one(struct computed *computed, size_t expression,
                       const struct computed_outcome *outcome)
{
    uint32_t field = computed->layout->expressions[expression].target;
    struct computed_item *item = &computed->items[expression];
    if (outcome->value.type == VALUE_NONE) {
        lose(computed, item, field);
        computed->trends[field].flags = outcome->flags & TREND_MISPLACED;
        return;
    }
    bool held = outcome->flags & TREND_HELD;
    if (!held || item->hash == 0)
        take(computed, item, field, &outcome->value);
    if (held)
        hold(computed, item, field, outcome->flags & (TREND_HELD | TREND_TORN));
}

void computed_repeat(struct computed *computed, int64_t now_ns,
                     const struct computed_outcome *outcomes)
{
    computed->now_ns = now_ns;
    computed->changed = 0;
    for (size_t i = 0; i < computed->count; i++)
        if (computed->layout->expressions[i].use == EXPRESSION_COMPUTED)
            repeat_one(computed, i, &outcomes[i]);
}

double computed_average(const struct computed *computed, uint32_t field)
{
    size_t expression = computed_expression(computed, field);
    CHECK(expression != SIZE_MAX);
    return statistic_average(
        computed->statistics[field], &computed->trends[field],
        value_number(&computed->layout->fields[field],
                     &computed->values[field]),
        uncounted_ns(computed, &computed->items[expression], field));
}

const char *computed_problem(const struct computed *computed)
{
    for (size_t i = 0; i < computed->count; i++) {
        const char *message = expr_message(computed->machine, i, NULL);
        if (message)
            return message;
    }
    return "";
}
