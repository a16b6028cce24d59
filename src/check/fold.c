/* SPDX-License-Identifier: MIT */
/*
 * Follows a leaf from its declaration down through structs.
 * Invariant: of a folded array the leaves of the first element are shown, one
 * leaf is `next`, and the others are hidden.
 */
#include "check/fold.h"

#include <string.h>

/* The member that has leaf `rest` of the struct. */
static const struct group *member_of(const struct struct_shape *shape,
                                     uint32_t rest)
{
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

void spot_find(const struct layout *layout, size_t leaf, bool unfold,
               struct spot *spot)
{
    const struct field *field = &layout->fields[leaf];
    const struct group *group = &layout->groups[field->group];
    uint32_t rest = (uint32_t)leaf - group->first;
    unsigned indices = 0;
    *spot = (struct spot){0};
    for (bool outer = false;; outer = spot->placed) {
        uint32_t element = rest / group->leaves;
        rest %= group->leaves;
        spot->placed = group->placed || outer;
        if (!unfold && group->count > SPOT_UNFOLDED_MAX && element > 0) {
            spot->hidden = true;
            spot->next = element == 1 && rest == 0;
            spot->array = group;
            spot->name_len = before_index(field->path, indices);
            spot->before = leaf - group->leaves;
            return;
        }
        if (!group->shape)
            return;
        indices += group->array;
        group = member_of(group->shape, rest);
        rest -= group->first;
        /* Only what stands at the beginning stands where its struct does. */
        spot->placed = spot->placed && group->first == 0;
    }
}
