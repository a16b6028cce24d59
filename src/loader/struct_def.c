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
    size_t first = name_set_add(&defs->names, def->name, defs->count);
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
    name_set_free(&defs->names);
    *defs = (struct struct_defs){0};
}

/* --- binding ------------------------------------------------------------- */

static struct struct_def *find_def(const struct struct_defs *defs,
                                   const char *name)
{
    size_t found = name_set_find(&defs->names, name);
    return found == SIZE_MAX ? NULL : defs->items[found];
}

static bool refuse(struct declaration *decl, enum attribute which,
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
    return refuse(decl, ATTR_TYPE, to, err.text);
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
    struct name_set names = {0};
    for (size_t i = 0; i < def->members.count; i++) {
        sound &= check_member(&members[i], to);
        size_t first = name_set_add(&names, members[i].name, i);
        if (first != SIZE_MAX) {
            problem_add(to->problems, def->file, members[i].line, PROBLEM_ERROR,
                        "duplicate member '%s' of struct '%s'; the first is in "
                        "line %d",
                        members[i].name, def->name, members[first].line);
            sound = false;
        }
    }
    name_set_free(&names);
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
        .by_name = find_sort_names(members, def->members.count, arena),
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
    refuse(decl, ATTR_TYPE, to, text.data);
    buf_free(&text);
    return false;
}

static bool refuse_depth(struct declaration *decl, const struct structs_to *to)
{
    char text[120];
    snprintf(text, sizeof text, "structs are nested more than %u deep",
             LAYOUT_DEPTH_MAX);
    return refuse(decl, ATTR_TYPE, to, text);
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
        return refuse(decl, ATTR_STRIDE, to, "stride is for arrays");
    if (!decl->type.array && decl->count_name)
        return refuse(decl, ATTR_ELEMENTS, to, "count is for arrays");
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
        return refuse(decl, ATTR_TYPE, to, text);
    }
    return true;
}

bool structs_bind(struct declaration *decl, const struct structs_to *to)
{
    return bind_at(decl, to, 0);
}

/* --- placing ------------------------------------------------------------- */

/* An array of bit fields is one of integers of which some bits are shown: C has
 * no other. */
static bool is_packed_bits(const struct declaration *decl)
{
    return attribute_good(decl, ATTR_BITS) && !decl->type.array &&
           !(decl->seen >> ATTR_OFFSET & 1) && !decl->def;
}

/* What suits the type under one ABI may not suit its size under another. */
static void check_again(struct declaration *decl, enum abi abi,
                        struct field *like, const struct structs_to *to)
{
    struct problems found = {0};
    suits_check(decl, like, to->layout, &found);
    for (size_t i = 0; i < found.count; i++) {
        if (found.items[i].level == PROBLEM_ERROR) {
            problem_add(to->problems, found.items[i].file, found.items[i].line,
                        PROBLEM_ERROR, "%s (abi = %s)", found.items[i].text,
                        name_of(abi_names, (int)abi));
        }
    }
    problems_free(&found);
}

/* What each leaf of a declaration without a struct is like. */
static bool make_like(struct declaration *decl, enum abi abi,
                      struct stand *stand, const struct structs_to *to)
{
    struct err err;
    if (!type_settle(&decl->type, abi, &err))
        return refuse(decl, ATTR_TYPE, to, err.text);
    stand->like = (struct field){
        .attr = decl->attr,
        .size = decl->type.size,
        .base = FIELD_NO_BASE,
        .instance = FIELD_NO_INSTANCE,
        .kind = (uint8_t)decl->type.kind,
    };
    if (!decl->checked) {
        size_t errors = to->problems->errors;
        decl->checked = true;
        suits_check(decl, &stand->like, to->layout, to->problems);
        decl->checked_size =
            to->problems->errors == errors ? decl->type.size : 0;
    } else if (decl->checked_size == decl->type.size) {
        suits_set_bits(decl, &stand->like);
    } else if (decl->checked_size != 0) {
        check_again(decl, abi, &stand->like, to);
    }
    return true;
}

/* Size and alignment of one element. */
static bool measure(struct declaration *decl, enum abi abi,
                    struct member *member, struct stand *stand,
                    const struct structs_to *to)
{
    if (!decl->def) {
        if (!make_like(decl, abi, stand, to))
            return false;
        member->size = stand->like.size;
        member->alignment = abi_kind_alignment(abi, (enum kind)stand->like.kind,
                                               stand->like.size);
        return true;
    }
    if (!decl->checked) {
        decl->checked = true;
        suits_check_struct(decl, to->problems);
    }
    const struct struct_stand *inner = structs_stand(decl->def, abi, to);
    if (!inner) {
        decl->refused = true;
        return false;
    }
    member->size = inner->size;
    member->alignment = inner->alignment;
    return true;
}

/* Makes of one element all of them. */
static bool spread(struct declaration *decl, struct member *member,
                   struct stand *stand, const struct structs_to *to)
{
    char text[200];
    uint64_t one = member->size;
    stand->step = decl->stride ? decl->stride : one;
    if (stand->step < one) {
        snprintf(text, sizeof text,
                 "the stride of '%.40s' is smaller than its %llu bytes",
                 decl->name, (unsigned long long)one);
        return refuse(decl, ATTR_STRIDE, to, text);
    }
    if (stand->step > (LAYOUT_SIZE_MAX - one) / decl->type.count) {
        snprintf(text, sizeof text,
                 "field '%.40s' ends behind the limit of %llu bytes",
                 decl->name, (unsigned long long)LAYOUT_SIZE_MAX);
        return refuse(decl, ATTR_OFFSET, to, text);
    }
    member->size = stand->step * (decl->type.count - 1) + one;
    return true;
}

/* Numbers of bits that do not begin with 0 claim a place: it must be the one
 * that the ABI gives. */
static bool check_packed(struct declaration *decl, enum abi abi,
                         const struct member *member,
                         const struct structs_to *to)
{
    char text[240];
    if (decl->bit_low == 0 || decl->bit_low == member->shift)
        return true;
    snprintf(text, sizeof text,
             "the ABI %s puts the bits of '%.40s' to %u..%u; give the "
             "integer's offset, or bits = 0..%u for a width alone",
             abi == ABI_UNKNOWN ? "by default" : name_of(abi_names, (int)abi),
             decl->name, member->shift, member->shift + member->bits - 1u,
             member->bits - 1u);
    return refuse(decl, ATTR_BITS, to, text);
}

void structs_fill_group(struct group *group, const struct declaration *decl,
                        const struct stand *stand)
{
    group->offset = stand->offset;
    group->stride = stand->step;
    group->placed = decl->attr->placed;
    group->moving = decl->offset_name || decl->stride_name;
    group->packed_size = is_packed_bits(decl) ? (uint8_t)decl->type.size : 0;
}

bool structs_place(struct placing *placing, struct declaration *decl,
                   struct stand *stand, const struct structs_to *to)
{
    struct member member = {0};
    char text[200];
    *stand = (struct stand){0};
    if (decl->refused || !measure(decl, placing->abi, &member, stand, to) ||
        !spread(decl, &member, stand, to)) {
        decl->refused = true;
        return false;
    }
    if (decl->offset_name)
        return true;
    member.fixed = attribute_good(decl, ATTR_OFFSET);
    member.at = decl->offset;
    member.bits = is_packed_bits(decl) ? stand->like.width : 0;
    switch (place_member(placing, &member)) {
    case PLACED:
        break;
    case PLACED_TOO_LARGE:
        snprintf(text, sizeof text,
                 "field '%.40s' ends behind the limit of %llu bytes",
                 decl->name, (unsigned long long)LAYOUT_SIZE_MAX);
        return refuse(decl, ATTR_OFFSET, to, text);
    case PLACED_ACROSS:
        snprintf(text, sizeof text,
                 "the bits of '%.40s' lie in nine bytes, which no integer "
                 "holds; describe them as two fields",
                 decl->name);
        return refuse(decl, ATTR_BITS, to, text);
    }
    stand->offset = member.offset;
    if (member.bits) {
        stand->like.shift = member.shift;
        stand->like.size = member.container;
        return to->any_abi || check_packed(decl, placing->abi, &member, to);
    }
    return true;
}

static bool finish_size(struct struct_def *def, const struct placing *placing,
                        struct struct_stand *stand, const struct structs_to *to)
{
    bool fits = place_end(placing, &stand->size, &stand->alignment);
    if (!fits || (def->size && placing->end > def->size)) {
        problem_add(to->problems, def->file,
                    def->size_line ? def->size_line : def->line, PROBLEM_ERROR,
                    "the members of struct '%s' take %llu bytes, more than %s "
                    "%llu",
                    def->name, (unsigned long long)placing->end,
                    fits ? "its @size of" : "the limit of",
                    (unsigned long long)(fits ? def->size : LAYOUT_SIZE_MAX));
        return false;
    }
    if (def->size)
        stand->size = def->size;
    return true;
}

/* The shape has room for one ABI: that which is asked for first. */
static void fill_shape(struct struct_def *def, const struct struct_stand *stand,
                       const struct placing *placing)
{
    struct struct_shape *shape = def->shape;
    if (shape->alignment > 0)
        return;
    shape->size = stand->size;
    shape->used = placing->end;
    shape->alignment = stand->alignment;
    for (size_t i = 0; i < shape->member_count; i++) {
        structs_fill_group(&shape->members[i], &def->members.items[i],
                           &stand->members[i]);
    }
}

const struct struct_stand *structs_stand(struct struct_def *def, enum abi abi,
                                         const struct structs_to *to)
{
    struct struct_stand *stand = &def->stands[abi];
    if (!def->sound || stand->refused)
        return NULL;
    if (stand->members)
        return stand;
    struct placing placing;
    bool sound = true;
    place_begin(&placing, abi, def->pack);
    stand->members = arena_alloc(to->layout->arena, def->members.count,
                                 sizeof *stand->members);
    for (size_t i = 0; i < def->members.count; i++) {
        sound &= structs_place(&placing, &def->members.items[i],
                               &stand->members[i], to);
    }
    /* Under another ABI, with which this struct was placed, it stays. */
    stand->refused = !sound || !finish_size(def, &placing, stand, to);
    if (stand->refused)
        return NULL;
    fill_shape(def, stand, &placing);
    return stand;
}
