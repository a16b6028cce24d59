/* SPDX-License-Identifier: MIT */
/*
 * Names that are looked up while a layout is read, however many there are.
 */
#ifndef SHMTOP_BASE_NAME_TABLE_H
#define SHMTOP_BASE_NAME_TABLE_H

#include <stddef.h>

/* Zero-initialise, name_set_free when done.  Names are borrowed. */
struct name_set {
    struct name_entry *slots;
    size_t size; /* slots, a power of two */
    size_t count;
};

/* Adds a name that is not there yet and returns SIZE_MAX; else returns the
 * value with which it was added. */
size_t name_set_add(struct name_set *set, const char *name, size_t value);
/* The value of a name, SIZE_MAX if it is not there. */
size_t name_set_find(const struct name_set *set, const char *name);
void name_set_free(struct name_set *set);

#endif
