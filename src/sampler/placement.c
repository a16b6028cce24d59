/* SPDX-License-Identifier: MIT */
/*
 * Invariant: `places` is what the bytes of the last frame that was looked at
 * say, as far as that frame had them.  Reading frames, and doing so again, is
 * the sampler's business; what places are sound is layout/bases.h's.
 */
#include "sampler/placement.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* A field that says where others are, and what it said. */
struct control {
    uint32_t field;
    enum value_type type; /* VALUE_NONE: it could not be read */
    uint64_t bits;
};

/* A frame to read integers from. */
struct looking {
    const struct moving *moving;
    const struct frame *frame;
    const struct range *ranges;
    size_t range_count;
};

/* --- which fields say something ----------------------------------------- */

struct list {
    uint32_t *fields;
    size_t count, room;
};

static void list_add(struct list *list, uint32_t field)
{
    if (field == FIELD_NONE)
        return;
    if (list->count == list->room) {
        list->room = list->room == 0 ? 16 : list->room * 2;
        list->fields = mem_resize(list->fields, list->room, sizeof(uint32_t));
    }
    list->fields[list->count++] = field;
}

/* The elements of an array name the same fields, one after the other. */
static void list_base(struct list *list, const struct layout *layout,
                      const struct base *base, const struct base *last)
{
    const struct snapshot *snapshot = &layout->mappings[base->mapping].snapshot;
    uint32_t buffers = base->buffer_step != 0 ? snapshot->buffers : 1;
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

static void find_controls(struct moving *moving)
{
    const struct layout *layout = moving->layout;
    struct list list = {0};
    const struct base *last = NULL;
    for (size_t i = 0; i < layout->base_count; i++) {
        const struct base *base = &layout->bases[i];
        if (base->mapping != moving->mapping)
            continue;
        list_base(&list, layout, base, last);
        last = base;
    }
    if (list.count > 1)
        qsort(list.fields, list.count, sizeof(uint32_t), compare_fields);
    moving->controls = mem_zalloc(list.count, sizeof(struct control));
    moving->seen = mem_zalloc(list.count, sizeof(struct control));
    for (size_t i = 0; i < list.count; i++) {
        CHECK(list.fields[i] < layout->field_count);
        if (i == 0 || list.fields[i] != list.fields[i - 1])
            moving->controls[moving->control_count++].field = list.fields[i];
    }
    free(list.fields);
}

void moving_make(struct moving *moving, const struct layout *layout,
                 size_t mapping)
{
    *moving = (struct moving){.layout = layout, .mapping = mapping};
    if (!layout->mappings[mapping].moving)
        return;
    moving->need = layout_mapping_need(layout, mapping);
    moving->places = mem_zalloc(layout->base_count, sizeof(struct base_place));
    moving->before = mem_zalloc(layout->base_count, sizeof(struct base_place));
    bases_begin(layout, moving->places);
    find_controls(moving);
}

void moving_free(struct moving *moving)
{
    free(moving->places);
    free(moving->before);
    free(moving->controls);
    free(moving->seen);
    buf_free(&moving->why);
    *moving = (struct moving){0};
}

/* --- looking ------------------------------------------------------------ */

static bool read_value(void *user, uint32_t index, uint64_t at,
                       struct value *out)
{
    const struct looking *looking = user;
    const struct field *field = &looking->moving->layout->fields[index];
    const struct frame *frame = looking->frame;
    if (at > frame->size || field->size > frame->size - at)
        return false;
    size_t first = ranges_find(looking->ranges, looking->range_count, at);
    size_t last = ranges_find(looking->ranges, looking->range_count,
                              at + field->size - 1);
    if (first == SIZE_MAX || last != first + field->size - 1)
        return false;
    value_decode(field, frame->bytes + first, out);
    return true;
}

static void look_at(struct control *control, struct looking *looking)
{
    const struct moving *moving = looking->moving;
    const struct field *field = &moving->layout->fields[control->field];
    struct value value;
    uint64_t at;
    control->type = VALUE_NONE;
    control->bits = 0;
    if (!field_place(field, moving->places, &at) ||
        !read_value(looking, control->field, at, &value))
        return;
    control->type = value.type;
    control->bits = value.type == VALUE_INT ? (uint64_t)value.i : value.u;
}

/* Whether anything that places are made of is new; takes it over. */
static bool look(struct looking *looking, struct moving *moving,
                 uint32_t newest)
{
    bool same = moving->known && newest == moving->newest &&
                looking->frame->size == moving->size;
    for (size_t i = 0; i < moving->control_count; i++) {
        struct control *was = &moving->controls[i];
        struct control *now = &moving->seen[i];
        now->field = was->field;
        look_at(now, looking);
        same = same && now->type == was->type && now->bits == was->bits;
    }
    struct control *seen = moving->seen;
    moving->seen = moving->controls;
    moving->controls = seen;
    moving->newest = newest;
    moving->size = looking->frame->size;
    moving->known = true;
    return !same;
}

static bool differ(const struct layout *layout, const struct base_place *a,
                   const struct base_place *b)
{
    for (size_t i = 0; i < layout->base_count; i++)
        if (a[i].state != b[i].state || a[i].at != b[i].at)
            return true;
    return false;
}

bool moving_follow(struct moving *moving, const struct frame *frame,
                   const struct range *ranges, size_t range_count,
                   uint32_t newest)
{
    struct looking looking = {moving, frame, ranges, range_count};
    if (!moving->places || !look(&looking, moving, newest))
        return false;
    const struct layout *layout = moving->layout;
    struct base_place *before = moving->places;
    struct base_place *places = moving->before;
    const struct bases_view view = {
        .layout = layout,
        .mapping = moving->mapping,
        /* What is cut off of a mapping is held, not gone. */
        .size = frame->size > moving->need ? frame->size : moving->need,
        .newest = moving->newest,
        .read = read_value,
        .user = &looking,
    };
    memcpy(places, before, layout->base_count * sizeof *places);
    buf_clear(&moving->why);
    moving->bad = bases_find(&view, places, &moving->why);
    if (!differ(layout, before, places))
        return false;
    moving->before = before;
    moving->places = places;
    return true;
}
