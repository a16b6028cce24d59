/* SPDX-License-Identifier: MIT */
/*
 * Differences and sliding means.
 * Invariant: the memory of a window does not depend on how often it is asked.
 * Changes a second are rate.h's.
 */
#include "sampler/window.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "sampler/rate.h"

void past_make(struct past *past, const struct layout *layout,
               const struct expr_operand *asked)
{
    *past = (struct past){
        .asked = *asked,
        .field = &layout->fields[asked->first],
    };
    if (asked->ask == EXPR_AVG) {
        past->parts = mem_zalloc(PAST_PARTS, sizeof *past->parts);
        past->part_ns = asked->window_ns / PAST_PARTS;
        if (past->part_ns < 1)
            past->part_ns = 1;
    }
    past_reset(past);
}

void past_free(struct past *past)
{
    free(past->parts);
}

void past_reset(struct past *past)
{
    past->last = (struct value){.type = VALUE_NONE};
    past->delta = (struct value){.type = VALUE_NONE};
    for (int i = 0; past->parts && i < PAST_PARTS; i++)
        past->parts[i] = (struct past_part){0};
}

/* --- delta -------------------------------------------------------------- */

static bool is_whole(const struct value *value)
{
    return value->type == VALUE_INT || value->type == VALUE_UINT;
}

/* An exact distance, in one of the two directions. */
static struct value distance(bool down, uint64_t size)
{
    if (!down)
        return (struct value){.type = VALUE_UINT, .u = size};
    if (size <= UINT64_C(1) << 63)
        return (struct value){.type = VALUE_INT, .i = (int64_t)(0 - size)};
    return (struct value){.type = VALUE_REAL, .real = -(double)size};
}

/* A counter only grows: past its highest value it begins at its lowest. */
static struct value counted(const struct past *past, uint64_t before,
                            uint64_t after, bool is_signed)
{
    unsigned bits = field_wrap_bits(past->field);
    if (bits == 0)
        bits = 64;
    if (isnan(rate_counter_delta(before, after, bits, is_signed)))
        return (struct value){.type = VALUE_NONE};
    return distance(false, (after - before) & UINT64_MAX >> (64 - bits));
}

static struct value difference(const struct past *past,
                               const struct value *after)
{
    const struct value *before = &past->last;
    const struct attributes *attr = past->field->attr;
    bool counter = attr->role == ROLE_COUNTER;
    if (before->type == after->type && is_whole(after) && !attr->scaled) {
        bool is_signed = after->type == VALUE_INT;
        bool down = rate_is_below(after->u, before->u, is_signed);
        if (counter)
            return counted(past, before->u, after->u, is_signed);
        return distance(down,
                        down ? before->u - after->u : after->u - before->u);
    }
    double moved =
        value_number(past->field, after) - value_number(past->field, before);
    if (isnan(moved) || (counter && moved < 0))
        return (struct value){.type = VALUE_NONE};
    return (struct value){.type = VALUE_REAL, .real = moved};
}

/* --- avg ---------------------------------------------------------------- */

/* Makes the part of `now_ns` the newest; what is too old is dropped. */
static struct past_part *advance(struct past *past, int64_t now_ns)
{
    int64_t number = now_ns / past->part_ns;
    int64_t steps = number - past->newest;
    if (steps < 0 || steps > PAST_PARTS)
        steps = PAST_PARTS;
    for (int64_t i = 0; i < steps; i++)
        past->parts[((number - i) % PAST_PARTS + PAST_PARTS) % PAST_PARTS] =
            (struct past_part){0};
    past->newest = number;
    return &past->parts[(number % PAST_PARTS + PAST_PARTS) % PAST_PARTS];
}

static void average(const struct past *past, struct value *out)
{
    double sum = 0;
    double count = 0;
    for (int i = 0; i < PAST_PARTS; i++) {
        sum += past->parts[i].sum;
        count += past->parts[i].count;
    }
    if (count > 0)
        *out = (struct value){.type = VALUE_REAL, .real = sum / count};
}

/* --- both --------------------------------------------------------------- */

void past_step(struct past *past, const struct value *value, bool fresh,
               int64_t now_ns)
{
    bool known =
        fresh && value->type != VALUE_NONE && value->type != VALUE_BYTES;
    if (past->asked.ask == EXPR_AVG) {
        struct past_part *part = advance(past, now_ns);
        double number = known ? value_number(past->field, value) : (double)NAN;
        if (!isnan(number)) {
            part->sum += number;
            part->count++;
        }
        return;
    }
    past->delta = (struct value){.type = VALUE_NONE};
    if (known && past->last.type != VALUE_NONE)
        past->delta = difference(past, value);
    past->last = known ? *value : (struct value){.type = VALUE_NONE};
}

void past_answer(const struct past *past, struct value *out)
{
    *out = (struct value){.type = VALUE_NONE};
    if (past->asked.ask == EXPR_AVG)
        average(past, out);
    else
        *out = past->delta;
}
