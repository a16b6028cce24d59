/* SPDX-License-Identifier: MIT */
/* Computes exact differences and sliding means; rates are rate.c. */
#include "sampler/window.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "layout/field.h"
#include "sampler/rate.h"

void window_make(struct window *window, const struct layout *layout,
                 const struct expr_operand *asked)
{
    CHECK(asked->ask == EXPR_DELTA || asked->ask == EXPR_AVG);
    CHECK(asked->first < layout->field_count);
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

/* A distance of `size` down or up, exact where a type can hold it. */
static struct value distance(bool down, uint64_t size)
{
    if (!down)
        return (struct value){.type = VALUE_UINT, .u = size};
    if (size <= UINT64_C(1) << 63)
        return (struct value){.type = VALUE_INT, .i = (int64_t)(0 - size)};
    return (struct value){.type = VALUE_REAL, .real = -(double)size};
}

/* A counter only grows, and wraps at its width. */
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

static struct window_part *part_at(const struct window *window, int64_t number)
{
    int64_t i = number % WINDOW_PARTS;
    return &window->parts[i < 0 ? i + WINDOW_PARTS : i];
}

/* Makes the part of `now_ns` the newest; clears those between. */
static struct window_part *advance(struct window *window, int64_t now_ns)
{
    CHECK(window->part_ns > 0);
    int64_t number = now_ns / window->part_ns;
    int64_t steps = number - window->newest;
    if (steps < 0 || steps > WINDOW_PARTS)
        steps = WINDOW_PARTS;
    for (int64_t i = 0; i < steps; i++)
        *part_at(window, number - i) = (struct window_part){0};
    window->newest = number;
    return part_at(window, number);
}

static void average(const struct window *window, struct value *out)
{
    double sum = 0;
    double count = 0;
    for (int i = 0; i < WINDOW_PARTS; i++) {
        sum += window->parts[i].sum;
        count += window->parts[i].count;
    }
    *out = (struct value){.type = VALUE_NONE};
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
    if (window->asked.ask == EXPR_AVG)
        average(window, out);
    else
        *out = window->delta;
}

/* --- all windows --------------------------------------------------------- */

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

/* Sorts the windows.  Removes duplicates: several expressions may use the same
 * window. */
static void sort_windows(struct windows *windows)
{
    size_t kept = 0;
    if (windows->count == 0)
        return;
    qsort(windows->items, windows->count, sizeof(struct window),
          compare_windows);
    for (size_t i = 1; i < windows->count; i++)
        if (compare_windows(&windows->items[kept], &windows->items[i]) != 0)
            windows->items[++kept] = windows->items[i];
        else
            window_free(&windows->items[i]);
    windows->count = kept + 1;
}

void windows_make(struct windows *windows, const struct layout *layout,
                  const struct expr_machine *machine)
{
    *windows = (struct windows){0};
    for (size_t i = 0; i < layout->expression_count; i++) {
        size_t count;
        const struct expr_operand *operands = expr_operands(machine, i, &count);
        for (size_t j = 0; j < count; j++) {
            if (operands[j].ask != EXPR_DELTA && operands[j].ask != EXPR_AVG)
                continue;
            window_make(MEM_ADD(windows->items, windows->count), layout,
                        &operands[j]);
        }
    }
    sort_windows(windows);
}

void windows_free(struct windows *windows)
{
    for (size_t i = 0; i < windows->count; i++)
        window_free(&windows->items[i]);
    free(windows->items);
    *windows = (struct windows){0};
}

size_t windows_first(const struct windows *windows, uint32_t field)
{
    size_t low = 0;
    size_t high = windows->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (windows->items[middle].asked.first < field)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct window *windows_find(const struct windows *windows,
                                  const struct expr_operand *asked)
{
    const struct window wanted = {.asked = *asked};
    for (size_t i = windows_first(windows, asked->first); i < windows->count;
         i++) {
        int order = compare_windows(&windows->items[i], &wanted);
        if (order >= 0)
            return order == 0 ? &windows->items[i] : NULL;
    }
    return NULL;
}
