/* SPDX-License-Identifier: MIT */
/* The name of a mapping, and how many bytes it must have.  Layouts are loaded
 * by loader/, paths are path.c. */
#include "layout/layout.h"

const char *layout_mapping_id(const struct layout *layout, size_t index)
{
    CHECK(index < layout->mapping_count);
    const char *id = layout->mappings[index].id;
    return id ? id : "main";
}

uint64_t layout_mapping_need(const struct layout *layout, size_t index)
{
    CHECK(index < layout->mapping_count);
    const struct mapping *mapping = &layout->mappings[index];
    return mapping->size ? mapping->size : mapping->need;
}
