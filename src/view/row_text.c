/* SPDX-License-Identifier: MIT */
/* Puts together the names of rows. Labels of fields and structs are
 * layout/label.c. */
#include "view/row_text.h"

#include <string.h>

#include "layout/label.h"
#include "layout/value_text.h"
#include "view/rows.h"

/* The label of an array: its elements' without {member}, or its name. */
static const char *array_label(const struct view *view, uint32_t heading)
{
    const struct heading *array = &view->tree.headings[heading];
    const struct layout *layout = view->targets[array->target].layout;
    const char *label = NULL;
    if (array->group->shape) {
        uint32_t instance = view->tree.headings[heading + 1].instance;
        label = layout->instances[instance].label;
    } else {
        uint32_t field = view->tree.leaves[array->first].field;
        label = layout->fields[field].attr->label;
    }
    return label && !strchr(label, '{') ? label : array->group->name;
}

const char *target_title(const struct watched *target)
{
    const struct layout *layout = target->layout;
    const char *label =
        layout->mapping_count ? layout->mappings[0].label : NULL;
    return label ? label : layout->title;
}

void heading_put_title(struct buf *out, const struct view *view,
                       uint32_t heading)
{
    CHECK(heading < view->tree.heading_count);
    const struct heading *h = &view->tree.headings[heading];
    const struct watched *target = &view->targets[h->target];
    const struct layout *layout = target->layout;
    if (h->title) {
        buf_puts(out, h->title);
        return;
    }
    switch ((enum heading_kind)h->kind) {
    case HEADING_TARGET:
        /* The header's word, and the file, which tells it from others. */
        if (!target->name)
            buf_puts(out, target_title(target));
        else if (target_title(target) == layout->title)
            buf_puts(out, target->name);
        else
            buf_printf(out, "%s (%s)", target_title(target), target->name);
        break;
    case HEADING_MAPPING: {
        const char *label = layout->mappings[h->mapping].label;
        buf_puts(out, label ? label : layout_mapping_id(layout, h->mapping));
        break;
    }
    case HEADING_GROUP:
        break;
    case HEADING_ARRAY:
        buf_puts(out, array_label(view, heading));
        break;
    case HEADING_STRUCT:
        struct_put_label(out, layout, h->instance, target->sample->values);
        break;
    }
}

void leaf_put_label(struct buf *out, const struct view *view, uint32_t leaf)
{
    const struct watched *target = leaf_target(view, leaf);
    field_put_label(out, target->layout, view->tree.leaves[leaf].field,
                    target->sample->values);
}

void leaf_put_short_label(struct buf *out, const struct view *view,
                          uint32_t leaf)
{
    field_put_short_label(out, leaf_target(view, leaf)->layout,
                          view->tree.leaves[leaf].field);
}

void leaf_put_member_label(struct buf *out, const struct view *view,
                           uint32_t leaf, uint32_t heading)
{
    uint32_t own = tree_heading_of(&view->tree, leaf);
    /* A member of the struct itself has its label. */
    if (own == heading) {
        leaf_put_short_label(out, view, leaf);
        return;
    }
    const struct layout *layout = leaf_target(view, leaf)->layout;
    const char *path = leaf_field(view, leaf)->path;
    struct buf id = {0};
    tree_put_id(&id, &view->tree, layout, heading);
    buf_puts(out, strlen(path) > id.len ? path + id.len + 1 : path);
    buf_free(&id);
}

void leaf_put_value(struct buf *out, const struct view *view, uint32_t leaf,
                    bool group_digits)
{
    if (leaf_target(view, leaf)->sample->number)
        value_put_text(out, leaf_field(view, leaf), leaf_value(view, leaf),
                       (enum show)view->tree.leaves[leaf].base, group_digits);
}
