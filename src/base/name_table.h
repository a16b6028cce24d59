/* SPDX-License-Identifier: MIT */
/* A hash table from names to numbers. */
#ifndef SHMTOP_BASE_NAME_TABLE_H
#define SHMTOP_BASE_NAME_TABLE_H

#include <stddef.h>

/* Zero-initialise, name_table_free when done.  Names are borrowed. */
struct name_table {
    struct name_entry *slots;
    size_t size; /* slots, a power of two */
    size_t count;
};

/* Adds a name and returns SIZE_MAX, or returns the value of the name if it is
 * in the table already. */
size_t name_table_add(struct name_table *table, const char *name, size_t value);
/* The value of the name that is the `len` bytes at `name`, or SIZE_MAX. */
size_t name_table_find(const struct name_table *table, const char *name,
                       size_t len);
/* Changes the value of a name that is in the table. */
void name_table_set(struct name_table *table, const char *name, size_t value);
void name_table_free(struct name_table *table);

#endif
