/* SPDX-License-Identifier: MIT */
/* Where the members of structs lie under an ABI.  Which members there are is
 * struct_def.c. */
#include <stdio.h>

#include "layout/c_placement.h"
#include "layout/words.h"
#include "loader/field_check.h"
#include "loader/struct_def.h"

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
                        word_of(abi_words, (int)abi));
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
        return structs_refuse(decl, ATTR_TYPE, to, err.text);
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
        return structs_refuse(decl, ATTR_STRIDE, to, text);
    }
    if (stand->step > (LAYOUT_SIZE_MAX - one) / decl->type.count) {
        snprintf(text, sizeof text,
                 "field '%.40s' ends behind the limit of %llu bytes",
                 decl->name, (unsigned long long)LAYOUT_SIZE_MAX);
        return structs_refuse(decl, ATTR_OFFSET, to, text);
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
             abi == ABI_UNKNOWN ? "by default" : word_of(abi_words, (int)abi),
             decl->name, member->shift, member->shift + member->bits - 1u,
             member->bits - 1u);
    return structs_refuse(decl, ATTR_BITS, to, text);
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
        return structs_refuse(decl, ATTR_OFFSET, to, text);
    case PLACED_ACROSS:
        snprintf(text, sizeof text,
                 "the bits of '%.40s' lie in nine bytes, which no integer "
                 "holds; describe them as two fields",
                 decl->name);
        return structs_refuse(decl, ATTR_BITS, to, text);
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
