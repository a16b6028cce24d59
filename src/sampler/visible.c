/* SPDX-License-Identifier: MIT */
/* Decides which array elements are in use, from their values alone.  The
 * user's filter is ui/view_rows.c. */
#include "sampler/visible.h"

#include <string.h>

static bool is_zero(const struct field *field, const struct value *value)
{
    uint32_t unit = field->kind == KIND_CHAR    ? 1
                    : field->kind == KIND_UTF16 ? 2
                    : field->kind == KIND_UTF32 ? 4
                                                : field->size;
    switch (value->type) {
    case VALUE_NONE:
        return false;
    case VALUE_INT:
    case VALUE_UINT:
        return value->u == 0;
    case VALUE_REAL:
        return !(value->real < 0 || value->real > 0) &&
               value->real == value->real;
    case VALUE_BYTES:
        break;
    }
    /* Text is empty if its first unit is 0, whatever comes after it. */
    for (uint32_t i = 0; i < unit; i++)
        if (value->bytes[i] != 0)
            return false;
    return true;
}

static size_t leaves_of(const struct struct_shape *shape)
{
    size_t leaves = 0;
    for (size_t i = 0; i < shape->member_count; i++)
        leaves += (size_t)shape->members[i].count * shape->members[i].leaves;
    return leaves;
}

static bool is_unused(const struct layout *layout, const struct sample *sample,
                      const struct instance *instance)
{
    size_t end = instance->first + leaves_of(instance->shape);
    CHECK(end <= layout->field_count);
    for (size_t i = instance->first; i < end; i++)
        if (!(sample->trends[i].flags & TREND_ABSENT) &&
            !is_zero(&layout->fields[i], &sample->values[i]))
            return false;
    return true;
}

bool visible_field(const struct layout *layout, const struct sample *sample,
                   size_t field)
{
    CHECK(field < layout->field_count);
    const struct field *f = &layout->fields[field];
    if (sample->trends[field].flags & TREND_ABSENT)
        return false;
    if (f->attr->hide == HIDE_UNUSED && is_zero(f, &sample->values[field]))
        return false;
    for (uint32_t i = f->instance; i != FIELD_NO_INSTANCE;
         i = layout->instances[i].parent) {
        const struct instance *instance = &layout->instances[i];
        if (instance->hide == HIDE_UNUSED &&
            is_unused(layout, sample, instance))
            return false;
    }
    return true;
}

/* Sets the fields of unused structs to false: each struct is judged once. */
static void hide_structs(const struct layout *layout,
                         const struct sample *sample, bool *out)
{
    for (size_t i = 0; i < layout->instance_count; i++) {
        const struct instance *instance = &layout->instances[i];
        if (instance->hide != HIDE_UNUSED ||
            !is_unused(layout, sample, instance))
            continue;
        memset(out + instance->first, 0,
               leaves_of(instance->shape) * sizeof *out);
    }
}

uint64_t visible_all(const struct layout *layout, const struct sample *sample,
                     bool *out)
{
    CHECK(sample->field_count == layout->field_count);
    for (size_t i = 0; i < layout->field_count; i++)
        out[i] = !(sample->trends[i].flags & TREND_ABSENT) &&
                 (layout->fields[i].attr->hide != HIDE_UNUSED ||
                  !is_zero(&layout->fields[i], &sample->values[i]));
    hide_structs(layout, sample, out);
    uint64_t mark = 0;
    for (size_t i = 0; i < layout->field_count; i++) {
        mark = (mark ^ (uint64_t)out[i]) * UINT64_C(0x100000001b3);
        mark ^= mark >> 29;
    }
    return mark;
}

bool visible_hides_any(const struct layout *layout)
{
    for (size_t i = 0; i < layout->instance_count; i++)
        if (layout->instances[i].hide != HIDE_NO)
            return true;
    for (size_t i = 0; i < layout->field_count; i++)
        if (layout->fields[i].attr->hide != HIDE_NO)
            return true;
    return false;
}
