/* SPDX-License-Identifier: MIT */
/* Sorts fields by place.  The last key is the index, so the order is the same
 * on every system. */
#include "layout/sort.h"

#include <stdlib.h>

#include "layout/field.h"

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

static int compare_pointers(const void *a, const void *b)
{
    const struct field *const *x = a;
    const struct field *const *y = b;
    return compare(*x, *y);
}

uint32_t *sort_by_place(const struct layout *layout)
{
    const struct field *fields = layout->fields;
    size_t count = layout->field_count;
    CHECK(count <= LAYOUT_FIELDS_MAX);
    size_t sorted = 1;
    while (sorted < count && compare(&fields[sorted - 1], &fields[sorted]) < 0)
        sorted++;
    if (sorted >= count)
        return NULL;
    const struct field **pointers = mem_zalloc(count, sizeof *pointers);
    for (size_t i = 0; i < count; i++)
        pointers[i] = &fields[i];
    qsort(pointers, count, sizeof *pointers, compare_pointers);
    uint32_t *order = mem_zalloc(count, sizeof *order);
    for (size_t i = 0; i < count; i++)
        order[i] = (uint32_t)(pointers[i] - fields);
    free(pointers);
    return order;
}
