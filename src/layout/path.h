/* SPDX-License-Identifier: MIT */
/*
 * Paths into structs, for the loading of a layout.
 */
#ifndef SHMTOP_LAYOUT_PATH_H
#define SHMTOP_LAYOUT_PATH_H

#include "layout/layout.h"

/* What a path without the index of an array means: its leaf of element 0, and
 * how many leaves further that of the next element is. */
struct found_array {
    size_t first;
    uint32_t step;
    uint32_t count;
    const struct group *array; /* top level */
};

/* The leaf of `path` from the struct `shape`, whose first leaf is `first`;
 * SIZE_MAX if there is none. */
size_t find_in_shape(const struct struct_shape *shape, size_t first,
                     const char *path);

/* The indices of members in strcmp order of their names, in the arena. */
const uint32_t *find_sort_names(const struct group *members, size_t count,
                                struct arena *arena);

/* Whether a dotted path is that of a member, of any kind, of a struct at top
 * level. */
bool find_member(const struct layout *layout, const char *path);

/* Whether `path` is ARRAY.MEMBER of an array of structs at top level. */
bool find_array_member(const struct layout *layout, const char *path,
                       struct found_array *found);

#endif
