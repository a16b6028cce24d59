/* SPDX-License-Identifier: MIT */
/*
 * Sorting fields by place.
 * Invariant: the order is total (the last key is the index), hence the same on
 * every system.
 */
#include "layout/sort.h"

#include <stdlib.h>

uint64_t field_first_bit(const struct field *field)
{
    uint64_t first = field->offset * 8;
    if (field->width == 0)
        return first;
    return first + (field->order == ORDER_LITTLE
                        ? field->shift
                        : field->size * 8 - field->shift - field->width);
}

uint64_t field_end_bit(const struct field *field)
{
    return field_first_bit(field) +
           (field->width ? field->width : (uint64_t)field->size * 8);
}

struct entry {
    const struct field *field;
};

static int compare(const struct field *a, const struct field *b)
{
    if (a->mapping != b->mapping)
        return a->mapping < b->mapping ? -1 : 1;
    if (a->base != b->base)
        return a->base < b->base ? -1 : 1;
    uint64_t a_bit = field_first_bit(a);
    uint64_t b_bit = field_first_bit(b);
    if (a_bit != b_bit)
        return a_bit < b_bit ? -1 : 1;
    if (a->size != b->size)
        return a->size < b->size ? -1 : 1;
    return (a > b) - (a < b);
}

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;
    return compare(x->field, y->field);
}

uint32_t *order_by_place(const struct layout *layout)
{
    const struct field *fields = layout->fields;
    size_t count = layout->field_count;
    size_t sorted = 1;
    while (sorted < count && compare(&fields[sorted - 1], &fields[sorted]) < 0)
        sorted++;
    if (sorted >= count)
        return NULL;
    struct entry *entries = mem_zalloc(count, sizeof *entries);
    uint32_t *order = mem_zalloc(count, sizeof *order);
    for (size_t i = 0; i < count; i++)
        entries[i].field = &fields[i];
    qsort(entries, count, sizeof *entries, compare_entries);
    for (size_t i = 0; i < count; i++)
        order[i] = (uint32_t)(entries[i].field - fields);
    free(entries);
    return order;
}
