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
    uint64_t need = mapping->size ? mapping->size : mapping->need;
    for (size_t i = 0; need == 0 && i < layout->field_count; i++) {
        const struct field *field = &layout->fields[i];
        uint64_t end = field->offset + field->size;
        if (field->mapping == index && field->base == FIELD_NO_BASE &&
            end > need)
            need = end;
    }
    return need;
}
