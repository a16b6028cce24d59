/* SPDX-License-Identifier: MIT */
/* Finds the outermost long array that a field is in, so that the table can
 * show only its first element. */
#include "check/fold.h"

#include <string.h>

/* The member with leaf `rest` of the struct. */
static const struct group *member_of(const struct struct_shape *shape,
                                     uint32_t rest)
{
    CHECK(shape->member_count > 0);
    size_t low = 0;
    size_t high = shape->member_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (shape->members[middle].first <= rest)
            low = middle;
        else
            high = middle;
    }
    return &shape->members[low];
}

/* Bytes of `path` before its index number `index`. */
static size_t before_index(const char *path, unsigned index)
{
    const char *at = strchr(path, '[');
    for (; at && index > 0; index--)
        at = strchr(at + 1, '[');
    return at ? (size_t)(at - path) : strlen(path);
}

struct fold fold_find(const struct layout *layout, size_t leaf, bool unfold)
{
    CHECK(leaf < layout->field_count);
    const struct field *field = &layout->fields[leaf];
    const struct group *group = &layout->groups[field->group];
    CHECK(leaf >= group->first);
    uint32_t rest = (uint32_t)leaf - group->first;
    unsigned indices = 0;
    struct fold fold = {.placed = group->placed};
    for (;;) {
        uint32_t element = rest / group->leaves;
        rest %= group->leaves;
        if (!unfold && group->count > FOLD_UNFOLDED_MAX && element > 0) {
            fold.hidden = true;
            fold.next = element == 1 && rest == 0;
            fold.array = group;
            fold.name_len = before_index(field->path, indices);
            fold.before = leaf - group->leaves;
            return fold;
        }
        if (!group->shape)
            return fold;
        indices += group->array;
        group = member_of(group->shape, rest);
        rest -= group->first;
        /* Only the first member of a struct is where the struct is. */
        fold.placed = group->placed || (fold.placed && group->first == 0);
    }
}
