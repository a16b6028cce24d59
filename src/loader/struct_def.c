/* SPDX-License-Identifier: MIT */
/*
 * Structs: collecting, binding and placing them.
 * Invariant: a bound declaration is sound in itself: its structs exist, hold
 * no struct that holds them, and have as many leaves as `leaves` says, within
 * LAYOUT_FIELDS_MAX.  Which leaves there are in the end is left to emit.c.
 */
#include "loader/struct_def.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/name_table.h"
#include "base/number.h"
#include "layout/c_placement.h"
#include "layout/path.h"
#include "layout/words.h"
#include "loader/field_check.h"

/* --- collecting ---------------------------------------------------------- */

struct struct_def *structs_begin(struct struct_defs *defs, const char *name,
                                 const char *file, int line,
                                 struct arena *arena)
{
    if (defs->count == defs->cap) {
        defs->cap = defs->cap ? defs->cap * 2 : 8;
        defs->items = mem_resize(defs->items, defs->cap, sizeof *defs->items);
    }
    struct struct_def *def = arena_alloc(arena, 1, sizeof *def);
    def->name = arena_strdup(arena, name);
    def->file = file;
    def->line = line;
    size_t first = name_table_add(&defs->names, def->name, defs->count);
    def->first = first == SIZE_MAX ? NULL : defs->items[first];
    defs->items[defs->count++] = def;
    return def;
}

static void set_size(struct struct_def *def, const char *value, int line,
                     struct problems *problems)
{
    if (!number_parse_size(value, &def->size) || def->size < 1 ||
        def->size > LAYOUT_SIZE_MAX) {
        def->size = 0;
        problem_add(problems, def->file, line, PROBLEM_ERROR,
                    "bad @size '%s'; it is a number of bytes such as 64 or "
                    "0x40",
                    value);
    }
}

static void set_pack(struct struct_def *def, const char *value, int line,
                     struct problems *problems)
{
    uint64_t pack;
    if (!number_parse_u64(value, &pack) || pack < 1 || pack > 16 ||
        (pack & (pack - 1)) != 0) {
        problem_add(problems, def->file, line, PROBLEM_ERROR,
                    "bad @pack '%s'; it is 1, 2, 4, 8 or 16 bytes", value);
        return;
    }
    def->pack = (unsigned)pack;
}

void struct_set(struct struct_def *def, const char *key, const char *value,
                int line, struct problems *problems)
{
    bool size = strcmp(key, "@size") == 0;
    if (!size && strcmp(key, "@pack") != 0) {
        problem_add(problems, def->file, line, PROBLEM_ERROR,
                    "unknown setting '%s' of struct '%s'; it is one of @size, "
                    "@pack",
                    key, def->name);
        return;
    }
    int *first = size ? &def->size_line : &def->pack_line;
    if (*first) {
        problem_add(problems, def->file, line, PROBLEM_ERROR,
                    "duplicate setting '%s' of struct '%s'; the first is in "
                    "line %d",
                    key, def->name, *first);
        return;
    }
    *first = line;
    if (size)
        set_size(def, value, line, problems);
    else
        set_pack(def, value, line, problems);
}

void structs_free(struct struct_defs *defs)
{
    for (size_t i = 0; i < defs->count; i++)
        declarations_free(&defs->items[i]->members);
    free(defs->items);
    name_table_free(&defs->names);
    *defs = (struct struct_defs){0};
}

/* --- binding ------------------------------------------------------------- */

static struct struct_def *find_def(const struct struct_defs *defs,
                                   const char *name)
{
    size_t found = name_table_find(&defs->names, name, strlen(name));
    return found == SIZE_MAX ? NULL : defs->items[found];
}

bool structs_refuse(struct declaration *decl, enum attribute which,
                    const struct structs_to *to, const char *text)
{
    problem_add(to->problems, decl->file, attribute_line(decl, which),
                PROBLEM_ERROR, "%s", text);
    decl->refused = true;
    return false;
}

static bool unknown_struct(struct declaration *decl,
                           const struct structs_to *to)
{
    struct err err;
    const char **names = mem_zalloc(to->defs->count, sizeof *names);
    for (size_t i = 0; i < to->defs->count; i++)
        names[i] = to->defs->items[i]->name;
    type_unknown(decl->type.struct_name, names, to->defs->count, &err);
    free(names);
    return structs_refuse(decl, ATTR_TYPE, to, err.text);
}

uint64_t structs_leaves(const struct declaration *decl)
{
    return decl->type.count * (decl->def ? decl->def->leaves : 1);
}

/* What says something of a whole field is not for its members. */
static bool check_member(const struct declaration *decl,
                         const struct structs_to *to)
{
    static const enum attribute refused[] = {ATTR_GROUP, ATTR_MAPPING,
                                             ATTR_EXPR};
    bool sound = true;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        if (attribute_good(decl, refused[i])) {
            problem_add(to->problems, decl->file,
                        attribute_line(decl, refused[i]), PROBLEM_ERROR,
                        "member '%s': %s is for fields, not for members of a "
                        "struct",
                        decl->name, attribute_table[refused[i]].key);
            sound = false;
        }
    }
    return sound;
}

static bool check_members(const struct struct_def *def,
                          const struct structs_to *to)
{
    bool sound = true;
    const struct declaration *members = def->members.items;
    struct name_table names = {0};
    for (size_t i = 0; i < def->members.count; i++) {
        sound &= check_member(&members[i], to);
        size_t first = name_table_add(&names, members[i].name, i);
        if (first != SIZE_MAX) {
            problem_add(to->problems, def->file, members[i].line, PROBLEM_ERROR,
                        "duplicate member '%s' of struct '%s'; the first is in "
                        "line %d",
                        members[i].name, def->name, members[first].line);
            sound = false;
        }
    }
    name_table_free(&names);
    return sound;
}

static void make_shape(struct struct_def *def, const struct structs_to *to)
{
    struct arena *arena = to->layout->arena;
    struct struct_shape *shape = arena_alloc(arena, 1, sizeof *shape);
    struct group *members =
        arena_alloc(arena, def->members.count, sizeof *members);
    uint64_t first = 0;
    for (size_t i = 0; i < def->members.count; i++) {
        const struct declaration *decl = &def->members.items[i];
        members[i] = (struct group){
            .name = decl->name,
            .title = decl->attr->group,
            .first = (uint32_t)first,
            .count = decl->type.count,
            .leaves = decl->def ? (uint32_t)decl->def->leaves : 1,
            .array = decl->type.array,
            .shape = decl->def ? decl->def->shape : NULL,
        };
        first += structs_leaves(decl);
    }
    *shape = (struct struct_shape){
        .name = def->name,
        .members = members,
        .by_name = path_sort_members(members, def->members.count, arena),
        .member_count = def->members.count,
        .pack = def->pack,
        .index = to->layout->shape_count,
    };
    def->shape = shape;
    to->layout->shapes[to->layout->shape_count++] = shape;
}

static bool bind_at(struct declaration *decl, const struct structs_to *to,
                    unsigned depth);

static bool bind_members(struct struct_def *def, const struct structs_to *to,
                         unsigned depth)
{
    bool sound = check_members(def, to);
    def->depth = 1;
    def->leaves = 0;
    for (size_t i = 0; i < def->members.count; i++) {
        struct declaration *decl = &def->members.items[i];
        def->now = decl;
        if (!bind_at(decl, to, depth + 1)) {
            sound = false;
            continue;
        }
        if (decl->def && decl->def->depth >= def->depth)
            def->depth = decl->def->depth + 1;
        def->leaves += structs_leaves(decl);
        if (def->leaves > LAYOUT_FIELDS_MAX) {
            def->leaves = LAYOUT_FIELDS_MAX;
            problem_add(to->problems, def->file, decl->line, PROBLEM_ERROR,
                        "struct '%s' exceeds the limit of %u fields", def->name,
                        LAYOUT_FIELDS_MAX);
            sound = false;
        }
    }
    if (def->members.count == 0) {
        problem_add(to->problems, def->file, def->line, PROBLEM_ERROR,
                    "struct '%s' has no members", def->name);
        sound = false;
    }
    return sound;
}

/* `decl` has the type `def`, in which it stands itself, deeper down. */
static bool refuse_cycle(const struct struct_def *def, struct declaration *decl,
                         const struct structs_to *to)
{
    struct buf text = {0};
    buf_printf(&text, "struct '%s' contains itself: %s", def->name, def->name);
    for (const struct struct_def *at = def;;) {
        buf_printf(&text, ".%s", at->now->name);
        if (at->now == decl)
            break;
        at = find_def(to->defs, at->now->type.struct_name);
    }
    structs_refuse(decl, ATTR_TYPE, to, text.data);
    buf_free(&text);
    return false;
}

static bool refuse_depth(struct declaration *decl, const struct structs_to *to)
{
    char text[120];
    snprintf(text, sizeof text, "structs are nested more than %u deep",
             LAYOUT_DEPTH_MAX);
    return structs_refuse(decl, ATTR_TYPE, to, text);
}

static bool bind_def(struct struct_def *def, struct declaration *decl,
                     const struct structs_to *to, unsigned depth)
{
    if (def->binding)
        return refuse_cycle(def, decl, to);
    if (!def->bound && depth >= LAYOUT_DEPTH_MAX)
        return refuse_depth(decl, to);
    if (!def->bound) {
        def->binding = true;
        def->sound = bind_members(def, to, depth);
        def->binding = false;
        def->bound = true;
        if (def->sound)
            make_shape(def, to);
    }
    if (def->sound && def->depth >= LAYOUT_DEPTH_MAX) {
        def->sound = false;
        return refuse_depth(decl, to);
    }
    decl->refused = !def->sound;
    return def->sound;
}

/* `depth`: of structs around the declaration. */
static bool bind_at(struct declaration *decl, const struct structs_to *to,
                    unsigned depth)
{
    if (decl->refused)
        return false;
    if (!(decl->seen >> ATTR_TYPE & 1)) {
        problem_add(to->problems, decl->file, decl->line, PROBLEM_ERROR,
                    "field '%s' has no type; add type = i32", decl->name);
        decl->refused = true;
        return false;
    }
    if (!attribute_good(decl, ATTR_TYPE)) {
        decl->refused = true;
        return false;
    }
    if (!decl->type.array && (decl->stride || decl->stride_name))
        return structs_refuse(decl, ATTR_STRIDE, to, "stride is for arrays");
    if (!decl->type.array && decl->count_name)
        return structs_refuse(decl, ATTR_ELEMENTS, to, "count is for arrays");
    if (!decl->type.struct_name || decl->def)
        return true;
    struct struct_def *def = find_def(to->defs, decl->type.struct_name);
    if (!def)
        return unknown_struct(decl, to);
    if (!bind_def(def, decl, to, depth))
        return false;
    decl->def = def;
    if (structs_leaves(decl) > LAYOUT_FIELDS_MAX) {
        char text[120];
        snprintf(text, sizeof text,
                 "field '%.40s' exceeds the limit of %u fields", decl->name,
                 LAYOUT_FIELDS_MAX);
        return structs_refuse(decl, ATTR_TYPE, to, text);
    }
    return true;
}

bool structs_bind(struct declaration *decl, const struct structs_to *to)
{
    return bind_at(decl, to, 0);
}
