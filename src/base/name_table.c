/* SPDX-License-Identifier: MIT */
/* The one hash table of names: at most half of its slots are used. */
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
static size_t hash(const char *name, size_t len)
{
    uint64_t sum = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < len; i++)
        sum = (sum ^ (unsigned char)name[i]) * UINT64_C(0x100000001b3);
    return (size_t)(sum ^ sum >> 32);
}

/* The slot of the name, or the free one where it belongs. */
static struct name_entry *slot_of(const struct name_table *table,
                                  const char *name, size_t len)
{
    CHECK(table->count < table->size);
    size_t mask = table->size - 1;
    for (size_t at = hash(name, len) & mask;; at = (at + 1) & mask) {
        struct name_entry *entry = &table->slots[at];
        if (!entry->name ||
            (strncmp(entry->name, name, len) == 0 && entry->name[len] == '\0'))
            return entry;
    }
}

static void grow(struct name_table *table)
{
    struct name_table old = *table;
    table->size = old.size ? old.size * 2 : 16;
    table->slots = mem_zalloc(table->size, sizeof *table->slots);
    for (size_t i = 0; i < old.size; i++) {
        const char *name = old.slots[i].name;
        if (name)
            *slot_of(table, name, strlen(name)) = old.slots[i];
    }
    free(old.slots);
}

size_t name_table_add(struct name_table *table, const char *name, size_t value)
{
    CHECK(value != SIZE_MAX);
    if (table->count * 2 >= table->size)
        grow(table);
    struct name_entry *entry = slot_of(table, name, strlen(name));
    if (entry->name)
        return entry->value;
    *entry = (struct name_entry){name, value};
    table->count++;
    return SIZE_MAX;
}

size_t name_table_find(const struct name_table *table, const char *name,
                       size_t len)
{
    if (table->count == 0)
        return SIZE_MAX;
    const struct name_entry *entry = slot_of(table, name, len);
    return entry->name ? entry->value : SIZE_MAX;
}

void name_table_set(struct name_table *table, const char *name, size_t value)
{
    CHECK(table->count > 0 && value != SIZE_MAX);
    struct name_entry *entry = slot_of(table, name, strlen(name));
    CHECK(entry->name);
    entry->value = value;
}

void name_table_free(struct name_table *table)
{
    free(table->slots);
    *table = (struct name_table){0};
}
