/* SPDX-License-Identifier: MIT */
/* Reads [struct NAME] sections and finds out which structs contain which.
 * Where members lie is struct_place.c. */
#include "loader/struct_def.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "layout/path.h"
#include "loader/draft.h"
#include "loader/field_keys.h"

/* --- reading ------------------------------------------------------------- */

static bool parse_pack(void *out, const struct key_value *value)
{
    uint64_t pack;
    if (!number_parse_u64(value->text, &pack) || pack < 1 || pack > 16 ||
        (pack & (pack - 1)) != 0)
        return key_bad(value, "it is 1, 2, 4, 8 or 16 bytes");
    *(unsigned *)out = (unsigned)pack;
    return true;
}

const struct section_key struct_table[] = {
    [STRUCT_SIZE] = {"@size", key_size, offsetof(struct struct_def, size), 0,
                     NULL},
    [STRUCT_PACK] = {"@pack", parse_pack, offsetof(struct struct_def, pack), 0,
                     NULL},
    [STRUCT_KEY_COUNT] = {NULL, NULL, 0, 0, NULL},
};

void structs_begin(struct struct_defs *defs, const char *name, const char *file,
                   int line, struct arena *arena)
{
    CHECK(name[0] && line > 0);
    struct struct_def *def = arena_alloc(arena, 1, sizeof *def);
    def->name = arena_strdup(arena, name);
    def->keys = (struct keys){
        .file = file,
        .line = line,
        .lines = arena_alloc(arena, STRUCT_KEY_COUNT, sizeof(int)),
    };
    size_t first = name_table_add(&defs->names, def->name, defs->count);
    def->first = first == SIZE_MAX ? NULL : defs->items[first];
    *MEM_ADD(defs->items, defs->count) = def;
}

void struct_set(struct struct_def *def, const char *key, const char *value,
                int line, struct arena *arena, struct problems *problems)
{
    const struct key_section section = {
        .kind = "struct",
        .name = def->name,
        .table = struct_table,
        .keys = &def->keys,
        .bases = {def},
    };
    key_read(&section, key, value, line, arena, problems);
}

void structs_free(struct struct_defs *defs)
{
    for (size_t i = 0; i < defs->count; i++)
        declarations_free(&defs->items[i]->members);
    free(defs->items);
    free(defs->sorted);
    name_table_free(&defs->names);
    *defs = (struct struct_defs){0};
}

/* --- members ------------------------------------------------------------- */

static bool check_member(const struct declaration *decl,
                         struct problems *problems)
{
    static const enum attribute fields_only[] = {ATTR_GROUP, ATTR_MAPPING,
                                                 ATTR_EXPR};
    bool valid = true;
    for (size_t i = 0; i < sizeof fields_only / sizeof fields_only[0]; i++) {
        if (!key_valid(&decl->keys, fields_only[i]))
            continue;
        key_problem(problems, &decl->keys, fields_only[i],
                    "member '%s': %s is for fields, not for members of a "
                    "struct",
                    decl->name, attribute_table[fields_only[i]].key);
        valid = false;
    }
    return valid;
}

static bool check_members(const struct struct_def *def,
                          struct problems *problems)
{
    bool valid = def->members.count > 0;
    const struct declaration *members = def->members.items;
    struct name_table names = {0};
    for (size_t i = 0; i < def->members.count; i++) {
        valid &= check_member(&members[i], problems);
        size_t first = name_table_add(&names, members[i].name, i);
        if (first == SIZE_MAX)
            continue;
        problem_add(problems, def->keys.file, members[i].keys.line,
                    PROBLEM_ERROR,
                    "duplicate member '%s' of struct '%s'; the first is in "
                    "line %d",
                    members[i].name, def->name, members[first].keys.line);
        valid = false;
    }
    name_table_free(&names);
    if (def->members.count == 0) {
        problem_add(problems, def->keys.file, def->keys.line, PROBLEM_ERROR,
                    "struct '%s' has no members", def->name);
    }
    return valid;
}

static void make_shape(struct struct_def *def, struct draft *draft)
{
    struct layout *layout = draft->layout;
    struct struct_shape *shape = arena_alloc(layout->arena, 1, sizeof *shape);
    struct group *members =
        arena_alloc(layout->arena, def->members.count, sizeof *members);
    uint64_t first = 0;
    for (size_t i = 0; i < def->members.count; i++) {
        const struct declaration *decl = &def->members.items[i];
        members[i] = (struct group){
            .name = decl->name,
            .title = decl->attr->group,
            .first = (uint32_t)first,
            .count = decl->type.count,
            .leaves = declaration_element_leaves(decl),
            .array = decl->type.array,
            .shape = decl->def ? decl->def->shape : NULL,
        };
        first += declaration_leaves(decl);
    }
    CHECK(first == def->leaves);
    *shape = (struct struct_shape){
        .name = def->name,
        .members = members,
        .by_name =
            path_sort_members(members, def->members.count, layout->arena),
        .member_count = def->members.count,
        .pack = def->pack,
        .index = layout->shape_count,
    };
    def->shape = shape;
    draft->structs.sorted[layout->shape_count] = def;
    layout->shapes[layout->shape_count++] = shape;
}

/* --- types --------------------------------------------------------------- */

static struct struct_def *find_def(const struct struct_defs *defs,
                                   const char *name)
{
    size_t found = name_table_find(&defs->names, name, strlen(name));
    return found == SIZE_MAX ? NULL : defs->items[found];
}

static void unknown_struct(const struct declaration *decl, struct draft *draft)
{
    struct err err;
    const struct struct_defs *defs = &draft->structs;
    const char **names = mem_zalloc(defs->count, sizeof *names);
    for (size_t i = 0; i < defs->count; i++)
        names[i] = defs->items[i]->name;
    type_unknown(decl->type.struct_name, names, defs->count, &err);
    free(names);
    key_problem(draft->problems, &decl->keys, ATTR_TYPE, "%s", err.text);
}

/* The type of `decl` is `def`, which contains `decl`. */
static void refuse_cycle(const struct struct_def *def,
                         const struct declaration *decl, struct draft *draft)
{
    struct buf path = {0};
    for (const struct struct_def *at = def;;) {
        buf_printf(&path, ".%s", at->member->name);
        if (at->member == decl)
            break;
        at = find_def(&draft->structs, at->member->type.struct_name);
        CHECK(at && at->state == STRUCT_BEGUN);
    }
    key_problem(draft->problems, &decl->keys, ATTR_TYPE,
                "struct '%s' contains itself: %s%s", def->name, def->name,
                path.data);
    buf_free(&path);
}

static bool finish_type(struct declaration *decl, struct draft *draft,
                        unsigned depth);

/* Finishes the members, which have `depth` structs around them. */
static bool finish_members(struct struct_def *def, struct draft *draft,
                           unsigned depth)
{
    bool valid = check_members(def, draft->problems);
    def->depth = 1;
    def->leaves = 0;
    for (size_t i = 0; i < def->members.count; i++) {
        struct declaration *decl = &def->members.items[i];
        def->member = decl;
        if (!finish_type(decl, draft, depth)) {
            valid = false;
            continue;
        }
        if (decl->def && decl->def->depth >= def->depth)
            def->depth = decl->def->depth + 1;
        def->leaves += declaration_leaves(decl);
        if (def->leaves > LAYOUT_FIELDS_MAX) {
            def->leaves = LAYOUT_FIELDS_MAX;
            problem_add(draft->problems, def->keys.file, decl->keys.line,
                        PROBLEM_ERROR,
                        "struct '%s' exceeds the limit of %u fields", def->name,
                        LAYOUT_FIELDS_MAX);
            valid = false;
        }
    }
    return valid;
}

/* Whether `decl`, with `depth` structs around it, can have the type `def`.
 * Finishes the struct where it is first used. */
static bool use_def(struct struct_def *def, const struct declaration *decl,
                    struct draft *draft, unsigned depth)
{
    if (def->state == STRUCT_BEGUN) {
        refuse_cycle(def, decl, draft);
        return false;
    }
    bool deep = def->state == STRUCT_READ && depth >= LAYOUT_DEPTH_MAX;
    if (def->state == STRUCT_READ && !deep) {
        def->state = STRUCT_BEGUN;
        bool valid = finish_members(def, draft, depth + 1);
        def->state = valid ? STRUCT_FINISHED : STRUCT_INVALID;
        if (valid)
            make_shape(def, draft);
    }
    if (def->state == STRUCT_FINISHED && def->depth >= LAYOUT_DEPTH_MAX) {
        def->state = STRUCT_INVALID;
        deep = true;
    }
    if (deep) {
        key_problem(draft->problems, &decl->keys, ATTR_TYPE,
                    "structs are nested more than %u deep", LAYOUT_DEPTH_MAX);
    }
    return def->state == STRUCT_FINISHED;
}

static bool check_array(const struct declaration *decl,
                        struct problems *problems)
{
    if (decl->type.array)
        return true;
    if (decl->stride || decl->stride_name)
        key_problem(problems, &decl->keys, ATTR_STRIDE, "stride is for arrays");
    else if (decl->count_name)
        key_problem(problems, &decl->keys, ATTR_ELEMENTS,
                    "count is for arrays");
    else
        return true;
    return false;
}

static bool find_type(struct declaration *decl, struct draft *draft,
                      unsigned depth)
{
    if (!key_given(&decl->keys, ATTR_TYPE)) {
        problem_add(draft->problems, decl->keys.file, decl->keys.line,
                    PROBLEM_ERROR, "field '%s' has no type; add type = i32",
                    decl->name);
    }
    if (!key_valid(&decl->keys, ATTR_TYPE) ||
        !check_array(decl, draft->problems))
        return false;
    if (!decl->type.struct_name)
        return true;
    struct struct_def *def = find_def(&draft->structs, decl->type.struct_name);
    if (!def) {
        unknown_struct(decl, draft);
        return false;
    }
    if (!use_def(def, decl, draft, depth))
        return false;
    decl->def = def;
    if (declaration_leaves(decl) > LAYOUT_FIELDS_MAX) {
        key_problem(draft->problems, &decl->keys, ATTR_TYPE,
                    "field '%s' exceeds the limit of %u fields", decl->name,
                    LAYOUT_FIELDS_MAX);
        return false;
    }
    return true;
}

static bool finish_type(struct declaration *decl, struct draft *draft,
                        unsigned depth)
{
    if (!decl->invalid && !find_type(decl, draft, depth))
        decl->invalid = true;
    return !decl->invalid;
}

/* --- all of them --------------------------------------------------------- */

static void finish_field(struct declaration *decl, struct draft *draft)
{
    if (decl->computed)
        return;
    if (decl->expr) {
        key_problem(draft->problems, &decl->keys, ATTR_EXPR,
                    "field '%s': expr is for a section [computed %s]",
                    decl->name, decl->name);
        decl->invalid = true;
        return;
    }
    finish_type(decl, draft, 0);
}

/* Notes that the struct, and all in it, is placed under `abi`. */
static void use_abi(struct struct_def *def, enum abi abi)
{
    if (def->state != STRUCT_FINISHED || (def->abis >> abi & 1))
        return;
    if (def->abis == 0)
        def->shape_abi = abi;
    def->abis |= 1u << abi;
    for (size_t i = 0; i < def->members.count; i++)
        if (def->members.items[i].def)
            use_abi(def->members.items[i].def, abi);
}

size_t struct_list_abis(const struct struct_def *def, enum abi out[ABI_COUNT])
{
    size_t count = 0;
    if (def->state != STRUCT_FINISHED || def->abis == 0)
        return 0;
    out[count++] = def->shape_abi;
    for (int abi = 0; abi < ABI_COUNT; abi++)
        if ((def->abis >> abi & 1) && abi != (int)def->shape_abi)
            out[count++] = (enum abi)abi;
    return count;
}

/* Structs that no field uses are checked, too. */
static void finish_unused(struct struct_def *def, struct draft *draft)
{
    const struct declaration user = {
        .name = def->name,
        .keys = {.file = def->keys.file, .line = def->keys.line},
    };
    if (def->first) {
        problem_add(draft->problems, def->keys.file, def->keys.line,
                    PROBLEM_ERROR,
                    "duplicate section [struct %s]; the first is in line %d%s",
                    def->name, def->first->keys.line,
                    file_hint(def->first->keys.file, def->keys.file).text);
    } else if (def->state == STRUCT_READ && use_def(def, &user, draft, 0)) {
        use_abi(def, draft->layout->mappings[0].abi);
    }
}

void structs_finish(struct draft *draft)
{
    struct layout *layout = draft->layout;
    struct struct_defs *defs = &draft->structs;
    CHECK(layout->mapping_count > 0 && layout->shape_count == 0);
    layout->shapes =
        arena_alloc(layout->arena, defs->count, sizeof *layout->shapes);
    defs->sorted = mem_zalloc(defs->count, sizeof *defs->sorted);
    for (size_t i = 0; i < draft->fields.count; i++)
        finish_field(&draft->fields.items[i], draft);
    for (size_t i = 0; i < draft->fields.count; i++) {
        const struct declaration *decl = &draft->fields.items[i];
        if (!decl->invalid && decl->def)
            use_abi(decl->def, layout->mappings[decl->mapping].abi);
    }
    for (size_t i = 0; i < defs->count; i++)
        finish_unused(defs->items[i], draft);
}
