/* SPDX-License-Identifier: MIT */
/* Measures declarations and places them with the rules of layout/c_placement.c.
 * Which structs exist is known from struct_def.c. */
#include "loader/struct_place.h"

#include "layout/c_placement.h"
#include "loader/draft.h"
#include "loader/field_keys.h"

/* The error is reported, and must not be again under another ABI. */
static bool refuse(struct declaration *decl)
{
    decl->invalid = true;
    return false;
}

static void too_large(const struct declaration *decl, struct draft *draft)
{
    key_problem(draft->problems, &decl->keys, ATTR_OFFSET,
                "field '%s' ends after the limit of %llu bytes", decl->name,
                (unsigned long long)LAYOUT_SIZE_MAX);
}

/* Size and alignment of one element. */
static bool measure(const struct declaration *decl, enum abi abi,
                    struct member *member, struct placement *out)
{
    if (decl->def) {
        const struct struct_placement *inner = &decl->def->placements[abi];
        member->alignment = inner->alignment;
        out->size = inner->size;
        return inner->members;
    }
    struct err reported; /* by fields_check */
    if (!declaration_leaf(decl, abi, &out->leaf, &reported))
        return false;
    member->alignment =
        abi_kind_alignment(abi, (enum kind)out->leaf.kind, out->leaf.size);
    out->size = out->leaf.size;
    return true;
}

/* Size of all elements. */
static bool measure_all(const struct declaration *decl, struct member *member,
                        struct placement *out, struct draft *draft)
{
    uint64_t one = out->size;
    out->stride = decl->stride ? decl->stride : one;
    if (out->stride < one) {
        key_problem(draft->problems, &decl->keys, ATTR_STRIDE,
                    "the stride of '%s' is smaller than its %llu bytes",
                    decl->name, (unsigned long long)one);
        return false;
    }
    if (out->stride > (LAYOUT_SIZE_MAX - one) / decl->type.count) {
        too_large(decl, draft);
        return false;
    }
    member->size = out->stride * (decl->type.count - 1) + one;
    return true;
}

/* Bit numbers that do not begin with 0 claim a place.  It must be the one that
 * the ABI gives. */
static bool check_packed(const struct declaration *decl, enum abi abi,
                         const struct member *member, struct draft *draft)
{
    /* --abi and check show how other ABIs place the bits. */
    if (draft->abi != ABI_UNKNOWN || decl->bit_low == 0 ||
        decl->bit_low == member->shift)
        return true;
    key_problem(draft->problems, &decl->keys, ATTR_BITS,
                "the ABI %s puts the bits of '%s' to %u..%u; give the "
                "integer's offset, or bits = 0..%u for a width alone",
                abi == ABI_UNKNOWN ? "by default"
                                   : word_of(abi_words, (int)abi),
                decl->name, member->shift, member->shift + member->bits - 1u,
                member->bits - 1u);
    return false;
}

static bool place(struct placing *placing, const struct declaration *decl,
                  struct member *member, struct draft *draft)
{
    switch (place_member(placing, member)) {
    case PLACED:
        return true;
    case PLACED_TOO_LARGE:
        too_large(decl, draft);
        return false;
    case PLACED_ACROSS:
        key_problem(draft->problems, &decl->keys, ATTR_BITS,
                    "the bits of '%s' are in nine bytes, which no integer "
                    "has; describe them as two fields",
                    decl->name);
        return false;
    }
    CHECK(false);
    return false;
}

bool declaration_place(struct placing *placing, struct declaration *decl,
                       struct placement *out, struct draft *draft)
{
    CHECK(!decl->computed && placing->abi < ABI_COUNT);
    struct member member = {0};
    if (decl->invalid || !measure(decl, placing->abi, &member, out))
        return false;
    if (!measure_all(decl, &member, out, draft))
        return refuse(decl);
    bool packed = declaration_is_packed(decl);
    if (packed)
        out->packed_size = (uint8_t)out->leaf.size;
    if (decl->offset_name)
        return true;
    member.fixed = key_valid(&decl->keys, ATTR_OFFSET);
    member.at = decl->offset;
    member.bits = packed ? out->leaf.width : 0;
    if (!place(placing, decl, &member, draft))
        return refuse(decl);
    out->offset = member.offset;
    if (member.bits) {
        out->leaf.shift = member.shift;
        out->leaf.size = member.container;
        out->size = member.container;
        if (!check_packed(decl, placing->abi, &member, draft))
            return refuse(decl);
    }
    return true;
}

void placement_fill_group(struct group *group, const struct declaration *decl,
                          const struct placement *placement)
{
    group->offset = placement->offset;
    group->stride = placement->stride;
    group->placed = decl->attr->placed;
    group->moving = decl->offset_name || decl->stride_name;
    group->packed_size = placement->packed_size;
}

/* --- structs ------------------------------------------------------------- */

/* Sets size and alignment.  An error is not reported again if it is the same
 * under another ABI; `reported` is the size of the last one. */
static bool finish_size(const struct struct_def *def,
                        const struct placing *placing,
                        struct struct_placement *out, uint64_t *reported,
                        struct problems *problems)
{
    bool fits = place_end(placing, &out->size, &out->alignment);
    if (fits && (!def->size || placing->end <= def->size)) {
        out->size = def->size ? def->size : out->size;
        return true;
    }
    if (placing->end != *reported) {
        *reported = placing->end;
        key_problem(problems, &def->keys, STRUCT_SIZE,
                    "the members of struct '%s' take %llu bytes, more than %s "
                    "%llu",
                    def->name, (unsigned long long)placing->end,
                    fits ? "its @size of" : "the limit of",
                    (unsigned long long)(fits ? def->size : LAYOUT_SIZE_MAX));
    }
    return false;
}

static void fill_shape(const struct struct_def *def,
                       const struct struct_placement *placement, uint64_t used)
{
    struct struct_shape *shape = def->shape;
    shape->size = placement->size;
    shape->used = used;
    shape->alignment = placement->alignment;
    for (size_t i = 0; i < shape->member_count; i++) {
        placement_fill_group(&shape->members[i], &def->members.items[i],
                             &placement->members[i]);
    }
}

static void place_struct(struct struct_def *def, enum abi abi,
                         uint64_t *reported, struct draft *draft)
{
    struct struct_placement *out = &def->placements[abi];
    struct placement *members =
        arena_alloc(draft->layout->arena, def->members.count, sizeof *members);
    struct placing placing;
    bool valid = true;
    place_begin(&placing, abi, def->pack);
    for (size_t i = 0; i < def->members.count; i++) {
        valid &= declaration_place(&placing, &def->members.items[i],
                                   &members[i], draft);
    }
    if (!valid || !finish_size(def, &placing, out, reported, draft->problems))
        return;
    out->members = members;
    if (def->shape_abi == abi)
        fill_shape(def, out, placing.end);
}

void structs_place(struct draft *draft)
{
    for (size_t i = 0; i < draft->layout->shape_count; i++) {
        struct struct_def *def = draft->structs.sorted[i];
        enum abi abis[ABI_COUNT];
        size_t count = struct_list_abis(def, abis);
        uint64_t reported = 0;
        CHECK(def->shape->index == i);
        for (size_t n = 0; n < count; n++)
            place_struct(def, abis[n], &reported, draft);
    }
}
