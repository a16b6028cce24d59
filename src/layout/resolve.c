/* SPDX-License-Identifier: MIT */
/*
 * Declarations to groups and leaves: arrays are unrolled here.
 * Invariant: no leaf ends behind LAYOUT_SIZE_MAX and there are at most
 * LAYOUT_FIELDS_MAX of them, whatever the file says.  Whether leaves overlap is
 * left to check.c.
 */
#include <string.h>

#include "layout/parse.h"
#include "layout/suits.h"

static void fail(const struct parser *parser, int line, const char *name,
                 const char *text)
{
    problem_add(parser->problems, parser->file, line, PROBLEM_ERROR,
                "field '%s' %s", name, text);
}

static bool has_place(const struct parser *parser,
                      const struct declaration *decl)
{
    if (!(decl->seen >> ATTR_TYPE & 1)) {
        fail(parser, decl->line, decl->name, "has no type; add type = i32");
    }
    if (!(decl->seen >> ATTR_OFFSET & 1)) {
        fail(parser, decl->line, decl->name,
             decl->lines ? "has no offset; add offset = 0"
                         : "has no offset; add @0 behind its type");
    }
    return attribute_good(decl, ATTR_TYPE);
}

/* The field that all leaves of `decl` are like. */
static struct field pattern_field(const struct parser *parser,
                                  const struct declaration *decl)
{
    const struct type_spec *type = &decl->type;
    enum byte_order order =
        type->has_order ? type->order : parser->layout->mappings[0].order;
    return (struct field){
        .attr = decl->attr,
        .offset = decl->offset,
        .size = type->size,
        .base = FIELD_NO_BASE,
        .kind = (uint8_t)type->kind,
        .order = (uint8_t)order,
    };
}

/* Both factors are within their limits, so the product cannot overflow. */
static bool fits(const struct parser *parser, const struct declaration *decl,
                 size_t leaves)
{
    uint64_t bytes = (uint64_t)decl->type.size * decl->type.count;
    if (bytes > LAYOUT_SIZE_MAX - decl->offset) {
        problem_add(parser->problems, parser->file,
                    attribute_line(decl, ATTR_OFFSET), PROBLEM_ERROR,
                    "field '%s' ends behind the limit of %llu bytes",
                    decl->name, (unsigned long long)LAYOUT_SIZE_MAX);
        return false;
    }
    if (decl->type.count > LAYOUT_FIELDS_MAX - leaves) {
        problem_add(parser->problems, parser->file,
                    attribute_line(decl, ATTR_TYPE), PROBLEM_ERROR,
                    "field '%s' exceeds the limit of %u fields", decl->name,
                    LAYOUT_FIELDS_MAX);
        return false;
    }
    return true;
}

/* Enters the names of all groups; those that are twice get a count of 0. */
static void make_index(struct parser *parser)
{
    struct layout *layout = parser->layout;
    index_make(layout, parser->count);
    for (size_t i = 0; i < parser->count; i++) {
        const char *name = layout->groups[i].name;
        size_t first = index_find(layout, name, strlen(name));
        if (first == SIZE_MAX) {
            index_add(layout, i);
            continue;
        }
        problem_add(parser->problems, parser->file, parser->decls[i].line,
                    PROBLEM_ERROR,
                    "duplicate field '%s'; the first is in line %d", name,
                    parser->decls[first].line);
        layout->groups[i].count = 0;
    }
}

static size_t decimal_digits(uint32_t number)
{
    size_t digits = 1;
    while (number >= 10) {
        number /= 10;
        digits++;
    }
    return digits;
}

static char *put_index(char *at, uint32_t index)
{
    size_t digits = decimal_digits(index);
    for (size_t i = digits; i-- > 0; index /= 10) {
        at[i] = (char)('0' + index % 10);
    }
    return at + digits;
}

/* The paths of an array in one piece of memory. */
static void unroll(struct layout *layout, const struct group *group,
                   const struct field *like)
{
    size_t len = strlen(group->name);
    size_t room = len + decimal_digits(group->count - 1) + 3;
    char *at = arena_alloc(layout->arena, group->count, room);
    for (uint32_t i = 0; i < group->count; i++) {
        struct field *field = &layout->fields[group->first + i];
        *field = *like;
        field->offset += (uint64_t)i * like->size;
        field->path = at;
        memcpy(at, group->name, len);
        at += len;
        *at++ = '[';
        at = put_index(at, i);
        *at++ = ']';
        *at++ = '\0';
    }
}

static void make_fields(struct layout *layout, const struct field *likes,
                        size_t leaves)
{
    uint64_t need = 0;
    layout->fields = arena_alloc(layout->arena, leaves, sizeof *layout->fields);
    layout->field_count = leaves;
    uint32_t first = 0;
    for (size_t i = 0; i < layout->group_count; i++) {
        struct group *group = &layout->groups[i];
        struct field like = likes[i];
        group->first = first;
        first += group->count;
        if (group->count == 0) {
            continue;
        }
        like.group = (uint32_t)i;
        if (group->array) {
            unroll(layout, group, &like);
        } else {
            like.path = group->name;
            layout->fields[group->first] = like;
        }
        uint64_t end = like.offset + (uint64_t)group->count * like.size;
        need = end > need ? end : need;
    }
    struct mapping *mapping = &layout->mappings[0];
    mapping->need = mapping->size ? mapping->size : need;
}

void resolve_fields(struct parser *parser)
{
    struct layout *layout = parser->layout;
    struct field *likes =
        arena_alloc(layout->arena, parser->count, sizeof *likes);
    layout->groups =
        arena_alloc(layout->arena, parser->count, sizeof *layout->groups);
    layout->group_count = parser->count;
    size_t leaves = 0;
    for (size_t i = 0; i < parser->count; i++) {
        struct declaration *decl = &parser->decls[i];
        struct group *group = &layout->groups[i];
        *group = (struct group){.name = decl->name,
                                .title = decl->attr->group,
                                .array = decl->type.array};
        if (!has_place(parser, decl)) {
            continue;
        }
        likes[i] = pattern_field(parser, decl);
        suits_check(decl, &likes[i], layout, parser->file, parser->problems);
        if (attribute_good(decl, ATTR_OFFSET) && fits(parser, decl, leaves)) {
            group->count = decl->type.count;
            leaves += group->count;
        }
    }
    make_index(parser);
    leaves = 0;
    for (size_t i = 0; i < parser->count; i++) {
        leaves += layout->groups[i].count;
    }
    make_fields(layout, likes, leaves);
}
