/* SPDX-License-Identifier: MIT */
/* The table of formats, and the selection of fields by --include, --exclude and
 * level. */
#include "output/output.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "layout/label.h"
#include "output/output_private.h"

const struct output_ops output_table[] = {
    {"text", false, out_text_begin, out_text_sample},
    {"json", false, NULL, out_json_sample},
    {"csv", true, out_csv_begin, out_csv_sample},
    {NULL, false, NULL, NULL},
};

const struct output_ops *output_find(const char *name)
{
    for (const struct output_ops *row = output_table; row->name; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}

const char *output_nearest(const char *name)
{
    const char *names[sizeof output_table / sizeof output_table[0]];
    size_t count = 0;
    for (const struct output_ops *row = output_table; row->name; row++)
        names[count++] = row->name;
    return text_nearest(name, names, count);
}

/* A list of --include or --exclude. */
struct globs {
    const char *const *items;
    size_t count;
};

/* The path, the label, or the title over the field: of its group or of its
 * mapping. */
static bool globs_match(const struct globs *globs, const struct layout *layout,
                        const struct field *field, const char *label)
{
    const char *group = layout->groups[field->group].title;
    const char *mapping = layout->mappings[field->mapping].label;
    for (size_t i = 0; i < globs->count; i++) {
        const char *glob = globs->items[i];
        if (text_match(glob, field->path, true) ||
            text_match(glob, label, true) ||
            (group && text_match(glob, group, true)) ||
            (mapping && text_match(glob, mapping, true)))
            return true;
    }
    return false;
}

size_t output_select(const struct layout *layout, enum detail_level level,
                     const char *const *include, size_t include_count,
                     const char *const *exclude, size_t exclude_count,
                     uint32_t **out)
{
    CHECK(level <= LEVEL_DEBUG);
    const struct globs wanted = {include, include_count};
    const struct globs unwanted = {exclude, exclude_count};
    uint32_t *fields = mem_zalloc(layout->field_count, sizeof *fields);
    size_t count = 0;
    struct buf label = {0};
    for (size_t i = 0; i < layout->field_count; i++) {
        const struct field *field = &layout->fields[i];
        if (field->level > level)
            continue;
        buf_clear(&label);
        if (include_count + exclude_count > 0)
            field_put_label(&label, layout, i, NULL);
        if ((include_count == 0 ||
             globs_match(&wanted, layout, field, label.data)) &&
            !globs_match(&unwanted, layout, field, label.data))
            fields[count++] = (uint32_t)i;
    }
    buf_free(&label);
    *out = fields;
    return count;
}
