/* SPDX-License-Identifier: MIT */
/*
 * Declarations to groups, and groups to leaves through emit.c.
 * Invariant: no leaf ends behind LAYOUT_SIZE_MAX and there are at most
 * LAYOUT_FIELDS_MAX of them, whatever the file says.  Whether leaves overlap is
 * left to check.c.
 */
#include <stdlib.h>
#include <string.h>

#include "layout/c_placement.h"
#include "layout/path.h"
#include "layout/words.h"
#include "loader/field_check.h"
#include "loader/unroll.h"

static bool exceeds(const struct declaration *decl, uint64_t leaves,
                    struct problems *problems)
{
    if (structs_leaves(decl) <= LAYOUT_FIELDS_MAX - leaves)
        return false;
    problem_add(problems, decl->file, attribute_line(decl, ATTR_TYPE),
                PROBLEM_ERROR, "field '%s' exceeds the limit of %u fields",
                decl->name, LAYOUT_FIELDS_MAX);
    return true;
}

/* Enters the names of all groups; those that are twice get a count of 0. */
static void make_index(struct parser *parser)
{
    struct layout *layout = parser->layout;
    const struct declaration *decls = parser->fields.items;
    for (size_t i = 0; i < parser->fields.count; i++) {
        const char *name = layout->groups[i].name;
        size_t first = name_table_add(&layout->names, name, i);
        if (first == SIZE_MAX)
            continue;
        problem_add(parser->problems, decls[i].file, decls[i].line,
                    PROBLEM_ERROR,
                    "duplicate field '%s'; the first is in line %d%s", name,
                    decls[first].line,
                    file_hint(decls[first].file, decls[i].file).text);
        layout->groups[i].count = 0;
    }
}

/* A name with dots must not be that of a struct's member. */
static void check_dotted(struct parser *parser)
{
    const struct layout *layout = parser->layout;
    for (size_t i = 0; i < parser->fields.count; i++) {
        const struct declaration *decl = &parser->fields.items[i];
        if (layout->groups[i].count > 0 && path_is_member(layout, decl->name)) {
            problem_add(parser->problems, decl->file, decl->line, PROBLEM_ERROR,
                        "duplicate field '%s'; a struct has a member of that "
                        "path",
                        decl->name);
        }
    }
}

static void place_computed(struct parser *parser, struct declaration *decl,
                           struct stand *stand)
{
    decl->type = (struct type_spec){.units = 1, .count = 1};
    if (!(decl->seen >> ATTR_EXPR & 1)) {
        problem_add(parser->problems, decl->file, decl->line, PROBLEM_ERROR,
                    "computed '%s' has no expression; add expr = ...",
                    decl->name);
    }
    suits_check_computed(decl, parser->layout, parser->problems);
    stand->like = (struct field){
        .attr = decl->attr,
        .base = FIELD_NO_BASE,
        .instance = FIELD_NO_INSTANCE,
        .kind = KIND_COMPUTED,
    };
}

/* Of what is no array, and of what is no [computed]. */
static bool check_kind(struct parser *parser, struct declaration *decl)
{
    if (decl->expr) {
        problem_add(parser->problems, decl->file,
                    attribute_line(decl, ATTR_EXPR), PROBLEM_ERROR,
                    "field '%s': expr is for a section [computed %s]",
                    decl->name, decl->name);
        return false;
    }
    return true;
}

/* Where each declaration stands; `stands` is an entry for each. */
static void place_all(struct parser *parser, struct stand *stands)
{
    struct layout *layout = parser->layout;
    struct structs_to to = {layout, &parser->structs, parser->problems,
                            parser->abi != ABI_UNKNOWN};
    struct placing *placings =
        mem_zalloc(layout->mapping_count, sizeof *placings);
    for (size_t i = 0; i < layout->mapping_count; i++)
        place_begin(&placings[i], layout->mappings[i].abi, 0);
    uint64_t leaves = 0;
    for (size_t i = 0; i < parser->fields.count; i++) {
        struct declaration *decl = &parser->fields.items[i];
        struct group *group = &layout->groups[i];
        if (decl->computed)
            place_computed(parser, decl, &stands[i]);
        else if (!check_kind(parser, decl) || !structs_bind(decl, &to) ||
                 !structs_place(&placings[decl->mapping], decl, &stands[i],
                                &to))
            continue;
        if (exceeds(decl, leaves, parser->problems))
            continue;
        leaves += structs_leaves(decl);
        group->count = decl->type.count;
        group->array = decl->type.array;
        group->leaves = decl->def ? (uint32_t)decl->def->leaves : 1;
        group->shape = decl->def ? decl->def->shape : NULL;
    }
    free(placings);
}

/* Structs that no field uses are checked all the same. */
static void check_structs(struct parser *parser)
{
    struct structs_to to = {parser->layout, &parser->structs, parser->problems,
                            parser->abi != ABI_UNKNOWN};
    enum abi abi = parser->layout->mappings[0].abi;
    for (size_t i = 0; i < parser->structs.count; i++) {
        struct struct_def *def = parser->structs.items[i];
        if (def->first) {
            problem_add(parser->problems, def->file, def->line, PROBLEM_ERROR,
                        "duplicate section [struct %s]; the first is in line "
                        "%d%s",
                        def->name, def->first->line,
                        file_hint(def->first->file, def->file).text);
        }
        struct declaration probe = {
            .name = def->name,
            .file = def->file,
            .line = def->line,
            .seen = 1u << ATTR_TYPE,
            .good = 1u << ATTR_TYPE,
            .type = {.struct_name = def->name, .units = 1, .count = 1},
        };
        if (!def->bound && structs_bind(&probe, &to))
            structs_stand(def, abi, &to);
    }
}

void resolve_fields(struct parser *parser)
{
    struct layout *layout = parser->layout;
    size_t count = parser->fields.count;
    struct stand *stands = mem_zalloc(count, sizeof *stands);
    layout->groups = arena_alloc(layout->arena, count, sizeof *layout->groups);
    layout->group_count = count;
    for (size_t i = 0; i < count; i++) {
        const struct declaration *decl = &parser->fields.items[i];
        layout->groups[i] = (struct group){
            .name = decl->name,
            .title = decl->attr->group,
        };
    }
    layout->shapes = arena_alloc(layout->arena, parser->structs.count,
                                 sizeof *layout->shapes);
    place_all(parser, stands);
    check_structs(parser);
    make_index(parser);
    emit_fields(parser, stands);
    check_dotted(parser);
    free(stands);
}
