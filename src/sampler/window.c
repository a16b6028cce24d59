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

void window_make(struct window *window, const struct layout *layout,
                 const struct expr_operand *asked)
{
    *window = (struct window){
        .asked = *asked,
        .field = &layout->fields[asked->first],
    };
    if (asked->ask == EXPR_AVG) {
        window->parts = mem_zalloc(WINDOW_PARTS, sizeof *window->parts);
        window->part_ns = asked->window_ns / WINDOW_PARTS;
        if (window->part_ns < 1)
            window->part_ns = 1;
    }
    window_reset(window);
}

void window_free(struct window *window)
{
    free(window->parts);
}

void window_reset(struct window *window)
{
    window->last = (struct value){.type = VALUE_NONE};
    window->delta = (struct value){.type = VALUE_NONE};
    for (int i = 0; window->parts && i < WINDOW_PARTS; i++)
        window->parts[i] = (struct window_part){0};
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

/* A counter only grows: window its highest value it begins at its lowest. */
static struct value counted(const struct window *window, uint64_t before,
                            uint64_t after, bool is_signed)
{
    unsigned bits = field_wrap_bits(window->field);
    if (bits == 0)
        bits = 64;
    if (isnan(rate_counter_delta(before, after, bits, is_signed)))
        return (struct value){.type = VALUE_NONE};
    return distance(false, (after - before) & UINT64_MAX >> (64 - bits));
}

static struct value difference(const struct window *window,
                               const struct value *after)
{
    const struct value *before = &window->last;
    const struct attributes *attr = window->field->attr;
    bool counter = attr->role == ROLE_COUNTER;
    if (before->type == after->type && is_whole(after) && !attr->scaled) {
        bool is_signed = after->type == VALUE_INT;
        bool down = rate_is_below(after->u, before->u, is_signed);
        if (counter)
            return counted(window, before->u, after->u, is_signed);
        return distance(down,
                        down ? before->u - after->u : after->u - before->u);
    }
    double moved = value_number(window->field, after) -
                   value_number(window->field, before);
    if (isnan(moved) || (counter && moved < 0))
        return (struct value){.type = VALUE_NONE};
    return (struct value){.type = VALUE_REAL, .real = moved};
}

/* --- avg ---------------------------------------------------------------- */

/* Makes the part of `now_ns` the newest; what is too old is dropped. */
static struct window_part *advance(struct window *window, int64_t now_ns)
{
    int64_t number = now_ns / window->part_ns;
    int64_t steps = number - window->newest;
    if (steps < 0 || steps > WINDOW_PARTS)
        steps = WINDOW_PARTS;
    for (int64_t i = 0; i < steps; i++)
        window->parts[((number - i) % WINDOW_PARTS + WINDOW_PARTS) %
                      WINDOW_PARTS] = (struct window_part){0};
    window->newest = number;
    return &window
                ->parts[(number % WINDOW_PARTS + WINDOW_PARTS) % WINDOW_PARTS];
}

static void average(const struct window *window, struct value *out)
{
    double sum = 0;
    double count = 0;
    for (int i = 0; i < WINDOW_PARTS; i++) {
        sum += window->parts[i].sum;
        count += window->parts[i].count;
    }
    if (count > 0)
        *out = (struct value){.type = VALUE_REAL, .real = sum / count};
}

/* --- both --------------------------------------------------------------- */

void window_step(struct window *window, const struct value *value, bool fresh,
                 int64_t now_ns)
{
    bool known =
        fresh && value->type != VALUE_NONE && value->type != VALUE_BYTES;
    if (window->asked.ask == EXPR_AVG) {
        struct window_part *part = advance(window, now_ns);
        double number =
            known ? value_number(window->field, value) : (double)NAN;
        if (!isnan(number)) {
            part->sum += number;
            part->count++;
        }
        return;
    }
    window->delta = (struct value){.type = VALUE_NONE};
    if (known && window->last.type != VALUE_NONE)
        window->delta = difference(window, value);
    window->last = known ? *value : (struct value){.type = VALUE_NONE};
}

void window_answer(const struct window *window, struct value *out)
{
    *out = (struct value){.type = VALUE_NONE};
    if (window->asked.ask == EXPR_AVG)
        average(window, out);
    else
        *out = window->delta;
}
