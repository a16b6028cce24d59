/* SPDX-License-Identifier: MIT */
/* Follows paths through groups and structs; nothing is stored for them.  A
 * field has one path. */
#include "layout/path.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Reads "[12]" at the start of `text` and moves after it; false for anything
 * else, also for leading zeros: a field has one path. */
static bool take_index(const char **text, uint64_t *index)
{
    const char *at = *text;
    if (at[0] != '[' || at[1] < '0' || at[1] > '9' ||
        (at[1] == '0' && at[2] != ']'))
        return false;
    *index = 0;
    for (at++; *at >= '0' && *at <= '9' && *index < LAYOUT_FIELDS_MAX; at++)
        *index = *index * 10 + (uint64_t)(*at - '0');
    if (*at != ']')
        return false;
    *text = at + 1;
    return true;
}

/* Follows the rest of a path after a group's name: an index, members.  `first`
 * is the first leaf of the group. */
static size_t follow(const struct group *group, size_t first, const char *rest)
{
    uint64_t index = 0;
    if (group->array && (!take_index(&rest, &index) || index >= group->count))
        return SIZE_MAX;
    first += (size_t)index * group->leaves;
    if (!group->shape)
        return *rest == '\0' && group->count > 0 ? first : SIZE_MAX;
    return *rest == '.' ? path_find_in_shape(group->shape, first, rest + 1)
                        : SIZE_MAX;
}

struct name_place {
    const char *name;
    uint32_t index;
};

static int compare_names(const void *a, const void *b)
{
    const struct name_place *x = a;
    const struct name_place *y = b;
    return strcmp(x->name, y->name);
}

const uint32_t *path_sort_members(const struct group *members, size_t count,
                                  struct arena *arena)
{
    struct name_place *places = mem_zalloc(count, sizeof *places);
    uint32_t *order = arena_alloc(arena, count, sizeof *order);
    for (size_t i = 0; i < count; i++)
        places[i] = (struct name_place){members[i].name, (uint32_t)i};
    qsort(places, count, sizeof *places, compare_names);
    for (size_t i = 0; i < count; i++)
        order[i] = places[i].index;
    free(places);
    return order;
}

static const struct group *find_name(const struct struct_shape *shape,
                                     const char *name, size_t len)
{
    size_t low = 0;
    size_t high = shape->member_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct group *member = &shape->members[shape->by_name[middle]];
        int order = strncmp(member->name, name, len);
        if (order == 0 && member->name[len] == '\0')
            return member;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

size_t path_find_in_shape(const struct struct_shape *shape, size_t first,
                          const char *path)
{
    size_t len = strcspn(path, ".[");
    const struct group *member = find_name(shape, path, len);
    return member ? follow(member, first + member->first, path + len)
                  : SIZE_MAX;
}

/* The group whose name is the longest beginning of `path`, `*len` bytes; of
 * structs only if `shaped`.  SIZE_MAX if there is none. */
static size_t find_group(const struct layout *layout, const char *path,
                         bool shaped, size_t *len)
{
    for (*len = strcspn(path, "[");;) {
        size_t found = name_table_find(&layout->names, path, *len);
        if (found != SIZE_MAX && (!shaped || layout->groups[found].shape))
            return found;
        while (*len > 0 && path[--*len] != '.') {
        }
        if (*len == 0)
            return SIZE_MAX;
    }
}

size_t path_find(const struct layout *layout, const char *path)
{
    CHECK(path);
    size_t len;
    size_t found = find_group(layout, path, false, &len);
    return found == SIZE_MAX ? SIZE_MAX
                             : follow(&layout->groups[found],
                                      layout->groups[found].first, path + len);
}

/* Whether the dotted names are those of a member of the struct, without arrays
 * on the way. */
static bool names_member(const struct struct_shape *shape, const char *path)
{
    for (;;) {
        size_t len = strcspn(path, ".");
        const struct group *member = find_name(shape, path, len);
        if (!member || path[len] == '\0')
            return member;
        if (member->array || !member->shape)
            return false;
        shape = member->shape;
        path += len + 1;
    }
}

bool path_is_member(const struct layout *layout, const char *path)
{
    for (const char *dot = path; (dot = strchr(dot, '.')); dot++) {
        size_t found =
            name_table_find(&layout->names, path, (size_t)(dot - path));
        const struct group *group =
            found == SIZE_MAX ? NULL : &layout->groups[found];
        if (group && group->shape && !group->array &&
            names_member(group->shape, dot + 1))
            return true;
    }
    return false;
}

bool path_find_member(const struct layout *layout, const char *path,
                      struct member_path *found)
{
    size_t len;
    size_t at = find_group(layout, path, true, &len);
    if (at == SIZE_MAX || path[len] != '.' || !layout->groups[at].array)
        return false;
    const struct group *group = &layout->groups[at];
    *found = (struct member_path){
        .first = path_find_in_shape(group->shape, group->first, path + len + 1),
        .step = group->leaves,
        .count = group->count,
        .array = group,
    };
    return found->first != SIZE_MAX;
}

/* The last group on the path that exists; `*rest` begins after its name. */
static const struct group *last_group(const struct layout *layout,
                                      const char *path, const char **rest)
{
    size_t len;
    size_t found = find_group(layout, path, false, &len);
    if (found == SIZE_MAX)
        return NULL;
    const struct group *group = &layout->groups[found];
    for (path += len;;) {
        uint64_t index;
        *rest = path;
        if (group->array &&
            (!take_index(&path, &index) || index >= group->count))
            return group;
        if (!group->shape || *path != '.')
            return group;
        len = strcspn(++path, ".[");
        const struct group *member = find_name(group->shape, path, len);
        if (!member)
            return group;
        group = member;
        path += len;
    }
}

const struct group *path_find_array(const struct layout *layout,
                                    const char *path)
{
    const char *rest;
    uint64_t index;
    const struct group *group = last_group(layout, path, &rest);
    return group && group->array && take_index(&rest, &index) &&
                   index >= group->count
               ? group
               : NULL;
}

/* The group with the name nearest to `name`, or NULL. */
static const struct group *nearest_group(const struct group *groups,
                                         size_t count, const char *name)
{
    const char **words = mem_zalloc(count, sizeof *words);
    for (size_t i = 0; i < count; i++)
        words[i] = groups[i].name;
    const char *nearest = text_nearest(name, words, count);
    size_t found = 0;
    while (nearest && found < count && words[found] != nearest)
        found++;
    free(words);
    return nearest ? &groups[found] : NULL;
}

static uint64_t index_or_0(const struct group *group, const char **rest)
{
    uint64_t index = 0;
    return group->array && take_index(rest, &index) && index < group->count
               ? index
               : 0;
}

const char *path_nearest(const struct layout *layout, const char *path)
{
    size_t len = strcspn(path, "[");
    char *name = mem_strdup(path);
    if (!strchr(path + len, '.'))
        name[len] = '\0';
    const struct group *group =
        nearest_group(layout->groups, layout->group_count, name);
    size_t at = find_group(layout, path, true, &len);
    if (at != SIZE_MAX)
        group = &layout->groups[at];
    if (!group || group->count == 0) {
        free(name);
        return NULL;
    }
    const char *rest = at != SIZE_MAX ? path + len : path + strcspn(path, "[");
    size_t first = group->first;
    while (group) {
        first += (size_t)index_or_0(group, &rest) * group->leaves;
        if (!group->shape)
            break;
        rest += *rest == '.';
        len = strcspn(rest, ".[");
        memcpy(name, rest, len);
        name[len] = '\0';
        rest += len;
        const struct group *member = nearest_group(
            group->shape->members, group->shape->member_count, name);
        group = member ? member : &group->shape->members[0];
        first += group->first;
    }
    free(name);
    return layout->fields[first].path;
}
