/* SPDX-License-Identifier: MIT */
/*
 * Invariant: places follow from the patterns alone, as the values do, so a run
 * can be repeated.  What is sound is layout/bases.h's.
 */
#include "writer/placement.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* The instant for which fields are read. */
struct reading {
    const struct layout *layout;
    const struct instant *now;
};

static bool is_still(const struct layout *layout, uint32_t field)
{
    return field == FIELD_NONE ||
           layout->fields[field].attr->write.kind == PATTERN_NONE ||
           pattern_is_constant(&layout->fields[field]);
}

static bool is_all_still(const struct standing *standing)
{
    const struct layout *layout = standing->layout;
    for (size_t i = 0; i < layout->base_count; i++) {
        const struct base *base = &layout->bases[i];
        if (base->mapping != standing->mapping)
            continue;
        if (!is_still(layout, base->plus_field) ||
            !is_still(layout, base->stride_field) ||
            !is_still(layout, base->count_field))
            return false;
        for (uint32_t n = 0; n < standing->buffers; n++)
            if (base->offset_field != FIELD_NONE &&
                !is_still(layout, base->offset_field + n * base->buffer_step))
                return false;
    }
    return true;
}

void standing_make(struct standing *standing, const struct layout *layout,
                   size_t mapping, uint32_t buffers)
{
    *standing = (struct standing){
        .layout = layout,
        .mapping = mapping,
        .size = layout_mapping_need(layout, mapping),
        .buffers = buffers,
    };
    if (!layout->mappings[mapping].moving)
        return;
    size_t count = layout->base_count * buffers;
    standing->places = mem_zalloc(count, sizeof(struct base_place));
    standing->before = mem_zalloc(count, sizeof(struct base_place));
    standing->still = is_all_still(standing);
}

void standing_free(struct standing *standing)
{
    free(standing->places);
    free(standing->before);
    *standing = (struct standing){0};
}

static bool read_pattern(void *user, uint32_t index, uint64_t at,
                         struct value *out)
{
    const struct reading *reading = user;
    const struct field *field = &reading->layout->fields[index];
    uint8_t storage[16];
    CHECK(field->size <= sizeof storage);
    (void)at;
    *out = (struct value){.type = VALUE_UINT};
    if (field->attr->write.kind != PATTERN_NONE)
        pattern_value(reading->layout, index, reading->now, storage, out);
    return true;
}

static bool fail(const struct standing *standing, const struct buf *why,
                 struct err *err)
{
    const struct layout *layout = standing->layout;
    const struct mapping *mapping = &layout->mappings[standing->mapping];
    return err_set(err, STATUS_DATA, "%s:%d: %s%s", layout->file, mapping->line,
                   why->data,
                   mapping->size == 0 ? "; give the mapping a size" : "");
}

bool standing_move(struct standing *standing, const struct instant *now,
                   bool *moved, struct err *err)
{
    const struct layout *layout = standing->layout;
    struct reading reading = {layout, now};
    struct bases_view view = {
        .layout = layout,
        .mapping = standing->mapping,
        .size = standing->size,
        .read = read_pattern,
        .user = &reading,
    };
    size_t count = layout->base_count * standing->buffers;
    struct buf why = {0};
    bool ok = true;
    *moved = false;
    if (!standing->places || (standing->known && standing->still))
        return true;
    memcpy(standing->before, standing->places,
           count * sizeof *standing->places);
    for (; ok && view.newest < standing->buffers; view.newest++) {
        struct base_place *places =
            standing->places + view.newest * layout->base_count;
        bases_begin(layout, places);
        if (bases_find(&view, places, &why) > 0)
            ok = fail(standing, &why, err);
    }
    buf_free(&why);
    *moved = memcmp(standing->before, standing->places,
                    count * sizeof *standing->places) != 0;
    standing->known = true;
    return ok;
}

static const struct base_place *of_buffer(const struct standing *standing,
                                          const struct base_place *places,
                                          uint32_t buffer)
{
    CHECK(buffer < standing->buffers);
    if (!places)
        return NULL;
    return places + buffer * standing->layout->base_count;
}

bool standing_find(const struct standing *standing, const struct field *field,
                   uint32_t buffer, uint64_t *at)
{
    return field_place(field, of_buffer(standing, standing->places, buffer),
                       at);
}

bool standing_stayed(const struct standing *standing, const struct field *field,
                     uint32_t buffer)
{
    uint64_t was, is;
    return field_place(field, of_buffer(standing, standing->before, buffer),
                       &was) &&
           standing_find(standing, field, buffer, &is) && was == is;
}
