/* SPDX-License-Identifier: MIT */
/*
 * A hash table of names.
 * Invariant: at most half of the slots are used, so a search ends.
 */
#include "base/name_table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct name_entry {
    const char *name; /* NULL: free */
    size_t value;
};

/* FNV-1a */
static size_t hash(const char *name)
{
    uint64_t sum = UINT64_C(0xcbf29ce484222325);
    for (; *name; name++)
        sum = (sum ^ (unsigned char)*name) * UINT64_C(0x100000001b3);
    return (size_t)(sum ^ sum >> 32);
}

/* The slot of the name, or the free one where it belongs. */
static struct name_entry *slot_of(const struct name_set *set, const char *name)
{
    size_t at = hash(name) & (set->size - 1);
    while (set->slots[at].name && strcmp(set->slots[at].name, name) != 0)
        at = (at + 1) & (set->size - 1);
    return &set->slots[at];
}

static void grow(struct name_set *set)
{
    struct name_set old = *set;
    set->size = old.size ? old.size * 2 : 16;
    set->slots = mem_zalloc(set->size, sizeof *set->slots);
    for (size_t i = 0; i < old.size; i++)
        if (old.slots[i].name)
            *slot_of(set, old.slots[i].name) = old.slots[i];
    free(old.slots);
}

size_t name_set_add(struct name_set *set, const char *name, size_t value)
{
    if (set->count * 2 >= set->size)
        grow(set);
    struct name_entry *entry = slot_of(set, name);
    if (entry->name)
        return entry->value;
    *entry = (struct name_entry){name, value};
    set->count++;
    return SIZE_MAX;
}

size_t name_set_find(const struct name_set *set, const char *name)
{
    if (set->count == 0)
        return SIZE_MAX;
    const struct name_entry *entry = slot_of(set, name);
    return entry->name ? entry->value : SIZE_MAX;
}

void name_set_free(struct name_set *set)
{
    free(set->slots);
    *set = (struct name_set){0};
}
