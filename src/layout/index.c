/* SPDX-License-Identifier: MIT */
/*
 * A hash table from names to groups.
 * Invariant: at most half of the slots are used, so a search ends.  Elements of
 * arrays are not in it: layout_find computes them from their group.
 */
#include <string.h>

#include "loader/draft.h"

/* FNV-1a */
static size_t hash(const char *name, size_t len)
{
    uint64_t sum = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < len; i++)
        sum = (sum ^ (unsigned char)name[i]) * UINT64_C(0x100000001b3);
    return (size_t)(sum ^ sum >> 32);
}

void index_make(struct layout *layout, size_t count)
{
    size_t size = 16;
    while (size < count * 2)
        size *= 2;
    layout->index = arena_alloc(layout->arena, size, sizeof *layout->index);
    layout->index_size = size;
}

/* The slot of `name`, or the free one where it belongs. */
static size_t slot_of(const struct layout *layout, const char *name, size_t len)
{
    size_t mask = layout->index_size - 1;
    size_t slot = hash(name, len) & mask;
    for (; layout->index[slot]; slot = (slot + 1) & mask) {
        const char *other = layout->groups[layout->index[slot] - 1].name;
        if (strncmp(other, name, len) == 0 && other[len] == '\0')
            break;
    }
    return slot;
}

void index_add(struct layout *layout, size_t group)
{
    const char *name = layout->groups[group].name;
    layout->index[slot_of(layout, name, strlen(name))] = (uint32_t)group + 1;
}

size_t index_find(const struct layout *layout, const char *name, size_t len)
{
    if (layout->index_size == 0)
        return SIZE_MAX;
    uint32_t found = layout->index[slot_of(layout, name, len)];
    return found ? found - 1 : SIZE_MAX;
}
