/* SPDX-License-Identifier: MIT */
/* Gives an offset to each field of a mapping.  Members of structs are
 * struct_place.c; leaves are made by unroll.c. */
#include <stdlib.h>

#include "layout/c_placement.h"
#include "layout/path.h"
#include "loader/field_keys.h"
#include "loader/loader_private.h"

static bool exceeds(const struct declaration *decl, uint64_t leaves,
                    struct problems *problems)
{
    if (declaration_leaves(decl) <= LAYOUT_FIELDS_MAX - leaves)
        return false;
    key_problem(problems, &decl->keys, ATTR_TYPE,
                "field '%s' exceeds the limit of %u fields", decl->name,
                LAYOUT_FIELDS_MAX);
    return true;
}

static void place_computed(struct declaration *decl, struct placement *out)
{
    decl->type = (struct type_spec){.units = 1, .count = 1};
    out->leaf = (struct field){
        .attr = decl->attr,
        .base = FIELD_NO_BASE,
        .instance = FIELD_NO_INSTANCE,
        .kind = KIND_COMPUTED,
    };
}

static void fill_group(struct group *group, const struct declaration *decl,
                       const struct placement *placement)
{
    group->count = decl->type.count;
    group->array = decl->type.array;
    group->leaves = declaration_element_leaves(decl);
    group->shape = decl->def ? decl->def->shape : NULL;
    placement_fill_group(group, decl, placement);
}

static void place_all(struct draft *draft)
{
    struct layout *layout = draft->layout;
    struct placing *placings =
        mem_zalloc(layout->mapping_count, sizeof *placings);
    for (size_t i = 0; i < layout->mapping_count; i++)
        place_begin(&placings[i], layout->mappings[i].abi, 0);
    uint64_t leaves = 0;
    for (size_t i = 0; i < draft->fields.count; i++) {
        struct declaration *decl = &draft->fields.items[i];
        struct placement *placement = &draft->placements[i];
        struct group *group = &layout->groups[i];
        *group = (struct group){.name = decl->name, .title = decl->attr->group};
        if (decl->computed)
            place_computed(decl, placement);
        else if (!declaration_place(&placings[decl->mapping], decl, placement,
                                    draft))
            continue;
        if (exceeds(decl, leaves, draft->problems))
            continue;
        leaves += declaration_leaves(decl);
        fill_group(group, decl, placement);
    }
    CHECK(leaves <= LAYOUT_FIELDS_MAX);
    free(placings);
}

static void index_names(struct draft *draft)
{
    struct layout *layout = draft->layout;
    const struct declaration *decls = draft->fields.items;
    for (size_t i = 0; i < draft->fields.count; i++) {
        const char *name = decls[i].name;
        size_t first = name_table_add(&layout->names, name, i);
        if (first == SIZE_MAX)
            continue;
        const struct keys *keys = &decls[i].keys;
        const struct keys *other = &decls[first].keys;
        problem_add(draft->problems, keys->file, keys->line, PROBLEM_ERROR,
                    "duplicate field '%s'; the first is in line %d%s", name,
                    other->line, file_hint(other->file, keys->file).text);
        layout->groups[i].count = 0;
    }
}

/* A name with dots must not be the path of a struct's member. */
static void check_dotted(struct draft *draft)
{
    for (size_t i = 0; i < draft->fields.count; i++) {
        const struct declaration *decl = &draft->fields.items[i];
        if (draft->layout->groups[i].count > 0 &&
            path_is_member(draft->layout, decl->name)) {
            problem_add(draft->problems, decl->keys.file, decl->keys.line,
                        PROBLEM_ERROR,
                        "duplicate field '%s'; a struct has a member of that "
                        "path",
                        decl->name);
        }
    }
}

void fields_place(struct draft *draft)
{
    struct layout *layout = draft->layout;
    size_t count = draft->fields.count;
    CHECK(!layout->groups && !draft->placements);
    draft->placements = mem_zalloc(count, sizeof *draft->placements);
    layout->groups = arena_alloc(layout->arena, count, sizeof *layout->groups);
    layout->group_count = count;
    place_all(draft);
    index_names(draft);
    check_dotted(draft);
}
