/* SPDX-License-Identifier: MIT */
/* What computed fields keep from step to step: their texts, the baseline, and
 * all of it as data that can be saved.  Computing them is computed.c. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sampler/sampler_private.h"

/* The memory of a text. */
static uint8_t *text_room(uint8_t **text)
{
    if (!*text)
        *text = mem_zalloc(COMPUTED_TEXT_MAX + 1, 1);
    return *text;
}

void computed_keep_text(uint8_t **text, struct value *value)
{
    if (value->type == VALUE_BYTES)
        value->bytes = memcpy(text_room(text), value->bytes, COMPUTED_TEXT_MAX);
}

void computed_set_baseline(struct computed_item *item,
                           const struct value *value, uint64_t hash)
{
    item->baseline = hash;
    item->base = *value;
    computed_keep_text(&item->base_text, &item->base);
}

bool computed_previous(const struct computed *computed, uint32_t field,
                       struct value *out)
{
    size_t expression = computed_expression(computed, field);
    CHECK(expression != SIZE_MAX);
    *out = computed->items[expression].previous;
    return out->type != VALUE_NONE && out->type != VALUE_BYTES;
}

bool computed_baseline(const struct computed *computed, uint32_t field,
                       struct value *out)
{
    size_t expression = computed_expression(computed, field);
    CHECK(expression != SIZE_MAX);
    *out = computed->items[expression].base;
    return computed->items[expression].baseline != 0;
}

void computed_rebase(struct computed *computed)
{
    for (size_t i = 0; i < computed->count; i++) {
        const struct expression *one = &computed->layout->expressions[i];
        if (one->use != EXPRESSION_COMPUTED)
            continue;
        struct trend *trend = &computed->trends[one->target];
        trend->min = value_number(&computed->layout->fields[one->target],
                                  &computed->values[one->target]);
        trend->max = trend->min;
        trend->flags &= ~(uint32_t)TREND_MOVED;
        if (computed->statistics)
            computed->statistics[one->target] = (struct statistic){0};
        computed->items[i].counted_ns = computed->items[i].live_ns;
        computed_set_baseline(&computed->items[i],
                              &computed->values[one->target],
                              computed->items[i].hash);
    }
}

void computed_adopt_baseline(struct computed *computed,
                             const struct computed *from)
{
    CHECK(computed->count == from->count);
    for (size_t i = 0; i < computed->count; i++) {
        computed_set_baseline(&computed->items[i], &from->items[i].base,
                              from->items[i].baseline);
        computed->items[i].counted_ns = from->items[i].counted_ns;
    }
}

static void visit_text(uint8_t **text, struct value *value, bool loaded,
                       computed_visit_fn *part, void *user)
{
    if (value->type != VALUE_BYTES)
        return;
    part(user, text_room(text), COMPUTED_TEXT_MAX);
    if (loaded)
        value->bytes = *text;
}

void computed_visit(struct computed *computed, bool loaded,
                    computed_visit_fn *part, void *user)
{
    for (size_t i = 0; i < computed->count; i++) {
        struct computed_item *item = &computed->items[i];
        if (computed->layout->expressions[i].use != EXPRESSION_COMPUTED)
            continue;
        struct value *value =
            &computed->values[computed->layout->expressions[i].target];
        part(user, item, offsetof(struct computed_item, text));
        visit_text(&item->text, value, loaded, part, user);
        visit_text(&item->base_text, &item->base, loaded, part, user);
    }
}
