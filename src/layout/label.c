/* SPDX-License-Identifier: MIT */
/* Puts together labels of structs and fields; {member} in a struct's label is
 * that member's text, or the element's index while it has none. */
#include <string.h>

#include "layout/label.h"
#include "layout/path.h"
#include "layout/value.h"
#include "layout/value_text.h"

static void put_index(struct buf *out, uint64_t index)
{
    buf_putc(out, '[');
    buf_put_u64(out, index);
    buf_putc(out, ']');
}

/* The text of member `name`; false if it has none (yet). */
static bool put_member(struct buf *out, const struct layout *layout,
                       const struct instance *instance, const char *name,
                       const struct value *values)
{
    size_t leaf = path_find_in_shape(instance->shape, instance->first, name);
    if (leaf == SIZE_MAX || !values)
        return false;
    size_t before = out->len;
    value_put_text(out, &layout->fields[leaf], &values[leaf], SHOW_DEFAULT,
                   false);
    return out->len > before;
}

/* "Pump {name}" with the name filled in. */
static void put_prefix(struct buf *out, const struct layout *layout,
                       const struct instance *instance,
                       const struct value *values)
{
    const char *at = instance->label ? instance->label : instance->name;
    bool distinct = !instance->array;
    for (const char *open; (open = strchr(at, '{'));) {
        const char *close = strchr(open, '}');
        char name[LAYOUT_NAME_MAX * 2];
        size_t len = close ? (size_t)(close - open) - 1 : sizeof name;
        if (len >= sizeof name)
            break;
        memcpy(name, open + 1, len);
        name[len] = '\0';
        buf_add(out, at, (size_t)(open - at));
        if (put_member(out, layout, instance, name, values)) {
            distinct = true;
        } else if (!distinct) {
            put_index(out, instance->element);
            distinct = true;
        }
        at = close + 1;
    }
    buf_puts(out, at);
    if (!distinct) {
        buf_puts(out, instance->label ? " " : "");
        put_index(out, instance->element);
    }
    buf_putc(out, ' ');
}

static void put_prefixes(struct buf *out, const struct layout *layout,
                         uint32_t index, const struct value *values)
{
    if (index == FIELD_NO_INSTANCE)
        return;
    const struct instance *instance = &layout->instances[index];
    put_prefixes(out, layout, instance->parent, values);
    /* A struct without a label, and not in an array, adds nothing. */
    if (instance->label || instance->array)
        put_prefix(out, layout, instance, values);
}

/* Whether a struct around the field has a label. */
static bool is_prefixed(const struct layout *layout, const struct field *field)
{
    for (uint32_t i = field->instance; i != FIELD_NO_INSTANCE;
         i = layout->instances[i].parent)
        if (layout->instances[i].label)
            return true;
    return false;
}

/* The innermost declaration of the field, and which of its elements it is. */
static const struct group *own_array(const struct layout *layout, size_t index,
                                     uint64_t *element)
{
    const struct field *field = &layout->fields[index];
    const struct group *groups = &layout->groups[field->group];
    size_t count = 1;
    size_t first = 0;
    if (field->instance != FIELD_NO_INSTANCE) {
        const struct instance *instance = &layout->instances[field->instance];
        groups = instance->shape->members;
        count = instance->shape->member_count;
        first = instance->first;
    }
    size_t i = 0;
    while (count - i > 1) {
        size_t middle = i + (count - i) / 2;
        if (first + groups[middle].first > index)
            count = middle;
        else
            i = middle;
    }
    *element = index - first - groups[i].first;
    return &groups[i];
}

void field_put_label(struct buf *out, const struct layout *layout, size_t index,
                     const struct value *values)
{
    CHECK(index < layout->field_count);
    const struct field *field = &layout->fields[index];
    uint64_t element;
    if (!field->attr->label && !is_prefixed(layout, field)) {
        buf_puts(out, field->path);
        return;
    }
    const struct group *group = own_array(layout, index, &element);
    put_prefixes(out, layout, field->instance, values);
    buf_puts(out, field->attr->label ? field->attr->label : group->name);
    if (group->array) {
        buf_puts(out, field->attr->label ? " " : "");
        put_index(out, element);
    }
}

void field_put_short_label(struct buf *out, const struct layout *layout,
                           size_t index)
{
    CHECK(index < layout->field_count);
    const struct field *field = &layout->fields[index];
    uint64_t element;
    const struct group *group = own_array(layout, index, &element);
    if (group->array)
        put_index(out, element);
    else
        buf_puts(out, field->attr->label ? field->attr->label : group->name);
}

void struct_put_label(struct buf *out, const struct layout *layout,
                      size_t instance, const struct value *values)
{
    CHECK(instance < layout->instance_count);
    const struct instance *own = &layout->instances[instance];
    if (own->array)
        put_index(out, own->element);
    if (own->array && (!own->label || !strchr(own->label, '{')))
        return;
    buf_puts(out, own->array ? " " : "");
    put_prefix(out, layout, own, values);
    buf_truncate(out, out->len - 1);
}

void field_element(const struct layout *layout, size_t index, uint64_t *element,
                   uint64_t *count)
{
    CHECK(index < layout->field_count);
    const struct field *field = &layout->fields[index];
    const struct group *own = own_array(layout, index, element);
    *count = own->count;
    for (uint32_t i = field->instance; i != FIELD_NO_INSTANCE;
         i = layout->instances[i].parent) {
        const struct instance *instance = &layout->instances[i];
        *element += instance->element * *count;
        *count *= instance->elements;
    }
}
