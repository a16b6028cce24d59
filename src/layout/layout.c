/* SPDX-License-Identifier: MIT */
/* Facts about a whole layout.  It is loaded by loader/, and its paths are
 * followed in path.c. */
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
