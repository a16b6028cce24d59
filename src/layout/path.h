/* SPDX-License-Identifier: MIT */
/* Paths of fields: "pumps[3].state". */
#ifndef SHMTOP_LAYOUT_PATH_H
#define SHMTOP_LAYOUT_PATH_H

#include "layout/layout.h"

/* Index of the field with that path, or SIZE_MAX. */
size_t path_find(const struct layout *layout, const char *path);
/* The array that a path names with an index out of range, or NULL. */
const struct group *path_find_array(const struct layout *layout,
                                    const char *path);
/* The path nearest to a mistyped one, or NULL. */
const char *path_nearest(const struct layout *layout, const char *path);

/* A member of an array of structs, named without an index. */
struct member_path {
    size_t first;   /* index of the leaf of element 0 */
    uint32_t step;  /* leaves from there to that of the next element */
    uint32_t count; /* elements */
    const struct group *array; /* at top level */
};

/* The leaf with that path from the struct `shape`, whose first leaf is `first`;
 * SIZE_MAX if there is none. */
size_t path_find_in_shape(const struct struct_shape *shape, size_t first,
                          const char *path);

/* The indices of members in strcmp order of their names, in `arena`. */
const uint32_t *path_sort_members(const struct group *members, size_t count,
                                  struct arena *arena);

/* Whether a dotted path is that of a member of a struct at top level. */
bool path_is_member(const struct layout *layout, const char *path);

/* Finds ARRAY.MEMBER of an array of structs at top level; false if `path` is
 * not of that form. */
bool path_find_member(const struct layout *layout, const char *path,
                      struct member_path *found);

#endif
