/* SPDX-License-Identifier: MIT */
/* Computes locations again only if one of the fields that they depend on has
 * changed; the arithmetic is location.c. */
#include "layout/placement.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "layout/snapshot.h"

/* A field that places others, and its bits at the last look. */
struct placement_control {
    uint32_t field;
    enum value_type type; /* VALUE_NONE: it could not be read */
    uint64_t bits;
};

/* --- the controls of a mapping ------------------------------------------ */

struct list {
    uint32_t *fields;
    size_t count;
};

static void list_add(struct list *list, uint32_t field)
{
    if (field == FIELD_NONE)
        return;
    *MEM_ADD(list->fields, list->count) = field;
}

/* Adds the fields that place `base`, without those of `last`: the elements of
 * an array follow each other and share them. */
static void list_base(struct list *list, const struct layout *layout,
                      const struct base *base, const struct base *last)
{
    const struct snapshot *snapshot = &layout->mappings[base->mapping].snapshot;
    uint32_t buffers = base->buffer_step ? snapshot_buffers(snapshot) : 1;
    if (!last || last->count_field != base->count_field)
        list_add(list, base->count_field);
    if (!last || last->stride_field != base->stride_field)
        list_add(list, base->stride_field);
    if (!last || last->plus_field != base->plus_field)
        list_add(list, base->plus_field);
    if (base->offset_field == FIELD_NONE ||
        (last && last->offset_field == base->offset_field))
        return;
    for (uint32_t i = 0; i < buffers; i++)
        list_add(list, base->offset_field + i * base->buffer_step);
}

static int compare_fields(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void find_controls(struct placement *placement)
{
    const struct layout *layout = placement->layout;
    struct list list = {0};
    const struct base *last = NULL;
    for (size_t i = 0; i < layout->base_count; i++) {
        const struct base *base = &layout->bases[i];
        if (base->mapping != placement->mapping)
            continue;
        list_base(&list, layout, base, last);
        last = base;
    }
    if (list.count > 1)
        qsort(list.fields, list.count, sizeof(uint32_t), compare_fields);
    placement->controls =
        mem_zalloc(list.count, sizeof(struct placement_control));
    placement->seen = mem_zalloc(list.count, sizeof(struct placement_control));
    for (size_t i = 0; i < list.count; i++) {
        CHECK(list.fields[i] < layout->field_count);
        if (i == 0 || list.fields[i] != list.fields[i - 1])
            placement->controls[placement->control_count++].field =
                list.fields[i];
    }
    free(list.fields);
}

void placement_make(struct placement *placement, const struct layout *layout,
                    size_t mapping, uint32_t buffers)
{
    CHECK(mapping < layout->mapping_count && buffers >= 1);
    *placement = (struct placement){
        .layout = layout,
        .mapping = mapping,
        .buffers = buffers,
    };
    if (!layout->mappings[mapping].moving)
        return;
    size_t count = layout->base_count * buffers;
    placement->now = mem_zalloc(count, sizeof(struct location));
    placement->before = mem_zalloc(count, sizeof(struct location));
    for (uint32_t i = 0; i < buffers; i++)
        locations_begin(layout, placement->now + i * layout->base_count);
    memcpy(placement->before, placement->now, count * sizeof *placement->now);
    find_controls(placement);
}

void placement_free(struct placement *placement)
{
    free(placement->now);
    free(placement->before);
    free(placement->controls);
    free(placement->seen);
    buf_free(&placement->why);
    *placement = (struct placement){0};
}

/* --- looking ------------------------------------------------------------ */

static void read_control(const struct location_view *view,
                         const struct location *places,
                         struct placement_control *control)
{
    const struct field *field = &view->layout->fields[control->field];
    struct value value;
    uint64_t at;
    control->type = VALUE_NONE;
    control->bits = 0;
    if (!field_location(field, places, &at) || at > view->size ||
        field->size > view->size - at ||
        !view->read(view->user, control->field, at, &value))
        return;
    control->type = value.type;
    control->bits = value.u;
}

/* Reads all controls; false if they, the size and the newest buffer are those
 * of the last look. */
static bool read_controls(struct placement *placement,
                          const struct location_view *view)
{
    bool same = placement->known && view->newest == placement->newest &&
                view->size == placement->size;
    for (size_t i = 0; i < placement->control_count; i++) {
        const struct placement_control *was = &placement->controls[i];
        struct placement_control *is = &placement->seen[i];
        is->field = was->field;
        read_control(view, placement->now, is);
        same = same && is->type == was->type && is->bits == was->bits;
    }
    struct placement_control *seen = placement->seen;
    placement->seen = placement->controls;
    placement->controls = seen;
    placement->newest = view->newest;
    placement->size = view->size;
    placement->known = true;
    return !same;
}

static bool differ(const struct location *a, const struct location *b,
                   size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (a[i].state != b[i].state || a[i].at != b[i].at)
            return true;
    return false;
}

bool placement_look(struct placement *placement, uint64_t size, uint32_t newest,
                    location_read_fn *read, void *user)
{
    const struct layout *layout = placement->layout;
    struct location_view view = {
        .layout = layout,
        .mapping = placement->mapping,
        .size = size,
        .newest = newest,
        .read = read,
        .user = user,
    };
    placement->changed = false;
    if (!placement->now || !read_controls(placement, &view))
        return false;
    buf_clear(&placement->why);
    placement->bad = 0;
    for (uint32_t i = 0; i < placement->buffers; i++, view.newest++)
        placement->bad += locations_find(
            &view, placement->before + i * layout->base_count, &placement->why);
    struct location *found = placement->before;
    placement->changed =
        differ(placement->now, found, layout->base_count * placement->buffers);
    if (placement->changed) {
        placement->before = placement->now;
        placement->now = found;
    }
    return placement->changed;
}

/* The locations of one buffer, or NULL if the mapping has none. */
static const struct location *of_buffer(const struct placement *placement,
                                        const struct location *places,
                                        uint32_t buffer)
{
    CHECK(buffer < placement->buffers);
    return places ? places + buffer * placement->layout->base_count : NULL;
}

bool placement_find(const struct placement *placement,
                    const struct field *field, uint32_t buffer, uint64_t *at)
{
    CHECK(field->mapping == placement->mapping);
    return field_location(field, of_buffer(placement, placement->now, buffer),
                          at);
}

bool placement_stayed(const struct placement *placement,
                      const struct field *field, uint32_t buffer)
{
    uint64_t was, is;
    if (!placement->changed)
        return true;
    return field_location(
               field, of_buffer(placement, placement->before, buffer), &was) &&
           placement_find(placement, field, buffer, &is) && was == is;
}
