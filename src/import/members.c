/* SPDX-License-Identifier: MIT */
/*
 * Members as a layout has them: no anonymous structs, unique names, and each
 * bit field in an integer.
 * Invariant: lines that are not allowed to overlap do not, so that the layout
 * loads; how they are written is import_layout.c's part.
 */
#include "import/members.h"

#include <stdlib.h>

#include "layout/layout.h"

/* Anonymous structs in others can be as many as 2 to the power of their
 * depth. */
#define LINES_MAX 200000u

uint64_t member_size(const struct c_type_member *member)
{
    uint64_t size = member->type->size;

    if (member->count > 0 && size > LAYOUT_SIZE_MAX / member->count)
        return LAYOUT_SIZE_MAX;
    return size * member->count;
}

static void add(struct member_lines *lines, const struct c_type_member *member,
                uint64_t start, bool overlap)
{
    *MEM_ADD(lines->items, lines->count) = (struct member_line){
        .member = member,
        .offset = start + member->offset,
        .bit_offset = 8 * start + member->bit_offset,
        .overlap = overlap,
        .why = member->why,
    };
}

static bool is_group(const struct c_type *type)
{
    return type->kind == C_TYPE_STRUCT || type->kind == C_TYPE_UNION;
}

static void collect(struct member_lines *lines, const struct c_type *type,
                    uint64_t start, bool overlap)
{
    overlap = overlap || type->kind == C_TYPE_UNION;
    for (size_t i = 0; i < type->member_count; i++) {
        const struct c_type_member *member = &type->members[i];

        if (++lines->seen > LINES_MAX)
            return;
        if (!member->name && is_group(member->type) && !member->base &&
            member->dimensions == 0 && !member->why)
            collect(lines, member->type, start + member->offset, overlap);
        else if (member->name || member->base)
            add(lines, member, start, overlap);
    }
}

/* Why a member gets no line of its own, or NULL. */
static const char *why_not(const struct member_line *line, uint64_t size)
{
    const struct c_type_member *member = line->member;

    if (line->why)
        return line->why;
    if (member->flexible)
        return "an array whose length is not in its type";
    if (is_group(member->type) && member->type->member_count == 0)
        return "a struct without members";
    if (member->bits > 0)
        return NULL;
    if (member_size(member) == 0)
        return member->type->why ? member->type->why : "of no size";
    if (line->offset > size || member_size(member) > size - line->offset)
        return "behind the end of its struct";
    return NULL;
}

struct places {
    uint64_t size; /* of the struct */
    bool big_endian;
};

/* Whether an integer there would hold all bits of the line. */
static bool holds(const struct places *places, const struct member_line *line,
                  uint64_t start, unsigned size)
{
    return 8 * start <= line->bit_offset &&
           line->bit_offset + line->member->bits <= 8 * (start + size) &&
           start + size <= places->size;
}

static void take(const struct places *places, struct member_line *line,
                 uint64_t start, unsigned size)
{
    uint64_t first = line->bit_offset - 8 * start;

    line->offset = start;
    line->size = size;
    line->shift = places->big_endian
                      ? 8 * size - (unsigned)first - line->member->bits
                      : (unsigned)first;
}

/* An integer of its own type, else the smallest that will do, aligned if that
 * is possible. */
static bool find_place(const struct places *places, struct member_line *line)
{
    unsigned own = (unsigned)line->member->type->size;
    uint64_t byte = line->bit_offset / 8;

    for (unsigned i = 0; i < 9; i++) {
        unsigned size = i == 0 ? own : 1u << (i - 1) % 4;
        uint64_t start = i < 5 ? byte / size * size : byte;

        if (i >= 5 && start + size > places->size)
            start = places->size > size ? places->size - size : 0;
        if (holds(places, line, start, size)) {
            take(places, line, start, size);
            return true;
        }
    }
    return false;
}

static void place_bits(const struct places *places, struct member_line *line)
{
    unsigned own = (unsigned)line->member->type->size;

    if (is_group(line->member->type) ||
        (own != 1 && own != 2 && own != 4 && own != 8))
        line->why = "a bit field whose type is not an integer";
    else if (!find_place(places, line))
        line->why = "a bit field that no integer of 8 bytes holds";
}

static void name_lines(struct member_lines *lines, struct arena *arena)
{
    struct identifiers names = {.arena = arena};

    for (size_t i = 0; i < lines->count; i++) {
        const struct c_type_member *member = lines->items[i].member;
        const char *name = member->name;

        if (!name)
            name = member->type->name ? member->type->name : "base";
        lines->items[i].name = identifiers_add(&names, name, LAYOUT_NAME_MAX);
    }
    identifiers_free(&names);
}

/* Bits from the start of the section. */
static uint64_t first_bit(const struct member_line *line)
{
    return line->member->bits > 0 ? line->bit_offset : 8 * line->offset;
}

static uint64_t end_bit(const struct member_line *line)
{
    return first_bit(line) + (line->member->bits > 0
                                  ? line->member->bits
                                  : 8 * member_size(line->member));
}

static int compare_places(const void *a, const void *b)
{
    const struct member_line *const *left = a, *const *right = b;
    uint64_t x = first_bit(*left), y = first_bit(*right);

    return (x > y) - (x < y);
}

/* Members of a struct share bytes where a base class has room at its end, and
 * in damaged files. */
static void permit_overlaps(struct member_lines *lines)
{
    struct member_line **sorted = mem_zalloc(lines->count, sizeof *sorted);
    struct member_line *last = NULL; /* the one that ends last so far */
    size_t count = 0;

    for (size_t i = 0; i < lines->count; i++)
        if (!lines->items[i].why)
            sorted[count++] = &lines->items[i];
    qsort(sorted, count, sizeof *sorted, compare_places);
    for (size_t i = 0; i < count; i++) {
        if (last && first_bit(sorted[i]) < end_bit(last))
            last->overlap = sorted[i]->overlap = true;
        if (!last || end_bit(sorted[i]) > end_bit(last))
            last = sorted[i];
    }
    free(sorted);
}

bool member_lines_collect(struct member_lines *lines, const struct c_type *type,
                          bool big_endian, struct arena *arena)
{
    struct places places = {type->size, big_endian};

    collect(lines, type, 0, false);
    if (lines->seen > LINES_MAX)
        return false;
    name_lines(lines, arena);
    for (size_t i = 0; i < lines->count; i++)
        lines->items[i].why = why_not(&lines->items[i], type->size);
    permit_overlaps(lines);
    for (size_t i = 0; i < lines->count; i++) {
        struct member_line *line = &lines->items[i];
        if (line->member->bits > 0 && !line->why)
            place_bits(&places, line);
    }
    return true;
}
