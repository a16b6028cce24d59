/* SPDX-License-Identifier: MIT */
/* Collects members as a layout can have them: unique names, no anonymous
 * structs, each bit field in an integer, overlaps permitted. */
#include "import/members.h"

#include <stdlib.h>

#include "import/identifiers.h"
#include "layout/layout.h"

/* Anonymous structs in anonymous structs can have 2^depth members. */
#define MEMBERS_MAX 200000u

uint64_t member_size(const struct c_type_member *member)
{
    uint64_t size = member->type->size;
    if (member->count > 0 && size > LAYOUT_SIZE_MAX / member->count)
        return LAYOUT_SIZE_MAX;
    return size * member->count;
}

static void collect(struct member_lines *lines, const struct c_type *type,
                    uint64_t start, bool overlap)
{
    overlap = overlap || type->kind == C_TYPE_UNION;
    for (size_t i = 0; i < type->member_count; i++) {
        const struct c_type_member *member = &type->members[i];
        if (++lines->visited > MEMBERS_MAX)
            return;
        if (!member->name && c_type_is_group(member->type) && !member->base &&
            member->dimensions == 0 && !member->why)
            collect(lines, member->type, start + member->offset, overlap);
        else if (member->name || member->base)
            *MEM_ADD(lines->items, lines->count) = (struct member_line){
                .member = member,
                .offset = start + member->offset,
                .bit_offset = 8 * start + member->bit_offset,
                .overlap = overlap,
                .why = member->why,
            };
    }
}

/* The reason why a member of a struct of `size` bytes gets no line, or NULL. */
static const char *why_not(const struct member_line *line, uint64_t size)
{
    const struct c_type_member *member = line->member;
    if (line->why)
        return line->why;
    if (member->flexible)
        return "an array whose length is not in its type";
    if (c_type_is_group(member->type) && member->type->member_count == 0)
        return "a struct without members";
    if (member->bits > 0)
        return NULL;
    if (member_size(member) == 0)
        return member->type->why ? member->type->why : "of no size";
    if (line->offset > size || member_size(member) > size - line->offset)
        return "after the end of its struct";
    return NULL;
}

/* Whether an integer of `size` bytes at `start` is inside of its struct and
 * contains all bits of the line. */
static bool contains_bits(const struct member_line *line, uint64_t start,
                          unsigned size, uint64_t struct_size)
{
    return 8 * start <= line->bit_offset &&
           line->bit_offset + line->member->bits <= 8 * (start + size) &&
           start + size <= struct_size;
}

/* Takes an integer of the field's own type, else the smallest one that contains
 * it, aligned if possible. */
static bool find_integer(struct member_line *line, uint64_t struct_size,
                         bool big_endian)
{
    unsigned own = (unsigned)line->member->type->size;
    CHECK(own == 1 || own == 2 || own == 4 || own == 8);
    uint64_t byte = line->bit_offset / 8;
    for (unsigned i = 0; i < 9; i++) {
        unsigned size = i == 0 ? own : 1u << (i - 1) % 4;
        uint64_t start = i < 5 ? byte / size * size : byte;
        if (i >= 5 && start + size > struct_size)
            start = struct_size > size ? struct_size - size : 0;
        if (!contains_bits(line, start, size, struct_size))
            continue;
        unsigned first = (unsigned)(line->bit_offset - 8 * start);
        line->offset = start;
        line->size = size;
        line->shift =
            big_endian ? 8 * size - first - line->member->bits : first;
        return true;
    }
    return false;
}

static void place_bits(struct member_line *line, uint64_t struct_size,
                       bool big_endian)
{
    uint64_t own = line->member->type->size;
    if (c_type_is_group(line->member->type) ||
        (own != 1 && own != 2 && own != 4 && own != 8))
        line->why = "a bit field whose type is not an integer";
    else if (!find_integer(line, struct_size, big_endian))
        line->why = "a bit field that no integer of 8 bytes contains";
}

static void name_lines(struct member_lines *lines, struct arena *arena)
{
    struct identifiers names = {.arena = arena};
    for (size_t i = 0; i < lines->count; i++) {
        const struct c_type_member *member = lines->items[i].member;
        const char *name = member->name ? member->name : member->type->name;
        lines->items[i].name =
            identifiers_add(&names, name ? name : "base", LAYOUT_NAME_MAX);
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

/* Members of a struct share bytes where a base class has padding at its end,
 * and in damaged files. */
static void permit_overlaps(struct member_lines *lines)
{
    struct member_line **sorted = mem_zalloc(lines->count, sizeof *sorted);
    struct member_line *last = NULL; /* the one with the last end so far */
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
    CHECK(c_type_is_group(type) && lines->count == 0);
    collect(lines, type, 0, false);
    if (lines->visited > MEMBERS_MAX)
        return false;
    name_lines(lines, arena);
    for (size_t i = 0; i < lines->count; i++)
        lines->items[i].why = why_not(&lines->items[i], type->size);
    permit_overlaps(lines);
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].member->bits > 0 && !lines->items[i].why)
            place_bits(&lines->items[i], type->size, big_endian);
    return true;
}
