/* SPDX-License-Identifier: MIT */
/*
 * Finds the fields that say places, counts, sequence numbers and signs of
 * life.
 * Invariant: a base depends only on fields that have no base, or an earlier
 * one, of the same mapping: places are found in one pass.
 */
#include "loader/references.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layout/field.h"
#include "layout/path.h"
#include "layout/words.h"

/* Who asks for a field by name. */
struct request {
    struct parser *parser;
    const char *file;
    int line;
    const char *what; /* "offset of 'pumps'" */
    uint16_t mapping;
};

static const char depends[] = "stands at a place that depends on this one, or "
                              "is declared behind it";

static uint32_t refuse(const struct request *request, const char *name,
                       const char *why)
{
    problem_add(request->parser->problems, request->file, request->line,
                PROBLEM_ERROR, "the %s, '%s', %s", request->what, name, why);
    return FIELD_NONE;
}

static uint32_t unknown(const struct request *request, const char *name)
{
    const struct layout *layout = request->parser->layout;
    problem_add(request->parser->problems, request->file, request->line,
                PROBLEM_ERROR, "no field '%s' for the %s%s", name,
                request->what, word_hint(path_nearest(layout, name)).text);
    return FIELD_NONE;
}

/* Whether the leaf is an integer of the mapping that asks. */
static uint32_t check_leaf(const struct request *request, const char *name,
                           size_t leaf)
{
    const struct layout *layout = request->parser->layout;
    const struct field *field = &layout->fields[leaf];
    if (!kind_is_integer((enum kind)field->kind))
        return refuse(request, name, "is no integer");
    if (field->mapping != request->mapping)
        return refuse(request, name, "stands in another mapping");
    return (uint32_t)leaf;
}

static uint32_t find_field(const struct request *request, const char *name)
{
    size_t leaf = path_find(request->parser->layout, name);
    return leaf == SIZE_MAX ? unknown(request, name)
                            : check_leaf(request, name, leaf);
}

/* The same of a field whose place no other field says. */
static uint32_t find_fixed(const struct request *request, const char *name)
{
    uint32_t leaf = find_field(request, name);
    if (leaf != FIELD_NONE &&
        request->parser->layout->fields[leaf].base != FIELD_NO_BASE) {
        return refuse(request, name,
                      "has no fixed place; it must be found before all else");
    }
    return leaf;
}

/* --- bases --------------------------------------------------------------- */

void bindings_add(struct bindings *bindings, uint32_t base,
                  struct declaration *decl, uint32_t instance)
{
    if (bindings->count == bindings->cap) {
        bindings->cap = bindings->cap ? bindings->cap * 2 : 64;
        bindings->items =
            mem_resize(bindings->items, bindings->cap, sizeof *bindings->items);
    }
    bindings->items[bindings->count++] = (struct binding){base, decl, instance};
}

void bindings_free(struct bindings *bindings)
{
    free(bindings->items);
    *bindings = (struct bindings){0};
}

/* The leaf that `name` means from within a struct, else from the top. */
static size_t find_near(const struct layout *layout, uint32_t instance,
                        const char *name)
{
    for (; instance != FIELD_NO_INSTANCE;
         instance = layout->instances[instance].parent) {
        const struct instance *around = &layout->instances[instance];
        size_t leaf = path_find_in_shape(around->shape, around->first, name);
        if (leaf != SIZE_MAX)
            return leaf;
    }
    return path_find(layout, name);
}

static uint32_t bind_name(const struct request *request,
                          const struct binding *binding, const char *name)
{
    const struct layout *layout = request->parser->layout;
    size_t leaf = find_near(layout, binding->instance, name);
    if (leaf == SIZE_MAX)
        return unknown(request, name);
    const struct field *field = &layout->fields[leaf];
    if (field->base != FIELD_NO_BASE && field->base >= binding->base)
        return refuse(request, name, depends);
    return check_leaf(request, name, leaf);
}

/* The array of the mapping's buffers, if it is read by method newest. */
static bool find_buffers(const struct parser *parser, uint16_t mapping,
                         struct member_path *buffers)
{
    const struct snapshot_draft *draft = &parser->mappings[mapping].snapshot;
    const char *tick = draft->names[SNAPSHOT_KEY_TICK];
    return draft->method == SNAPSHOT_NEWEST && tick &&
           path_find_member(parser->layout, tick, buffers);
}

/* `@newest` and `@BUFFERS.MEMBER`: true when the offset is one of these. */
static bool bind_newest(const struct request *request, struct base *base,
                        const char *name)
{
    const struct layout *layout = request->parser->layout;
    struct member_path buffers, member;
    if (!find_buffers(request->parser, base->mapping, &buffers))
        return false;
    if (strcmp(name, "newest") == 0) {
        base->newest = true;
        base->offset += buffers.array->offset;
        base->buffer_stride = buffers.array->stride;
        return true;
    }
    if (!path_find_member(layout, name, &member) ||
        member.array != buffers.array)
        return false;
    const struct field *last =
        &layout
             ->fields[member.first + (size_t)(member.count - 1) * member.step];
    if (last->base != FIELD_NO_BASE &&
        last->base >= (size_t)(base - layout->bases)) {
        refuse(request, name, depends);
        return true;
    }
    base->offset_field = check_leaf(request, name, member.first);
    base->buffer_step = member.step;
    return true;
}

static void bind_base(struct parser *parser, const struct binding *binding)
{
    struct base *base = &parser->layout->bases[binding->base];
    const struct declaration *decl = binding->decl;
    char what[LAYOUT_NAME_MAX + 32];
    struct request request = {parser, decl->file, 0, what, base->mapping};
    if (decl->offset_name) {
        request.line = attribute_line(decl, ATTR_OFFSET);
        snprintf(what, sizeof what, "offset of '%s'", decl->name);
        if (!bind_newest(&request, base, decl->offset_name)) {
            base->offset_field =
                bind_name(&request, binding, decl->offset_name);
        }
    }
    if (decl->plus_name)
        base->plus_field = bind_name(&request, binding, decl->plus_name);
    if (decl->stride_name) {
        request.line = attribute_line(decl, ATTR_STRIDE);
        snprintf(what, sizeof what, "stride of '%s'", decl->name);
        base->stride_field = bind_name(&request, binding, decl->stride_name);
    }
    if (decl->count_name) {
        request.line = attribute_line(decl, ATTR_ELEMENTS);
        snprintf(what, sizeof what, "count of '%s'", decl->name);
        base->count_field = bind_name(&request, binding, decl->count_name);
    }
}

void bindings_resolve(struct bindings *bindings, struct parser *parser)
{
    for (size_t i = 0; i < bindings->count; i++) {
        size_t errors = parser->problems->errors;
        struct declaration *decl = bindings->items[i].decl;
        if (decl->lost)
            continue;
        bind_base(parser, &bindings->items[i]);
        decl->lost = parser->problems->errors > errors;
    }
}

/* --- mappings ------------------------------------------------------------ */

static uint32_t bind_key(struct parser *parser, size_t mapping,
                         enum mapping_key key, const char *name)
{
    const struct mapping_draft *draft = &parser->mappings[mapping];
    const struct request request = {
        .parser = parser,
        .file = draft->files[key],
        .line = draft->lines[key],
        .what = mapping_table[key].key,
        .mapping = (uint16_t)mapping,
    };
    return name ? find_fixed(&request, name) : FIELD_NONE;
}

static uint32_t bind_snapshot_key(struct parser *parser, size_t mapping,
                                  enum snapshot_key key)
{
    const struct snapshot_draft *draft = &parser->mappings[mapping].snapshot;
    const struct request request = {
        .parser = parser,
        .file = draft->file,
        .line = draft->lines[key],
        .what = snapshot_table[key].key,
        .mapping = (uint16_t)mapping,
    };
    return draft->names[key] ? find_fixed(&request, draft->names[key])
                             : FIELD_NONE;
}

static void bind_tick(struct parser *parser, size_t mapping,
                      struct snapshot *snapshot)
{
    const struct snapshot_draft *draft = &parser->mappings[mapping].snapshot;
    struct member_path found;
    const char *name = draft->names[SNAPSHOT_KEY_TICK];
    const struct request request = {
        .parser = parser,
        .file = draft->file,
        .line = draft->lines[SNAPSHOT_KEY_TICK],
        .what = "tick",
        .mapping = (uint16_t)mapping,
    };
    if (!name || draft->method != SNAPSHOT_NEWEST)
        return;
    if (!path_find_member(parser->layout, name, &found)) {
        refuse(&request, name,
               "is not ARRAY.MEMBER of an array of structs, one a buffer");
        return;
    }
    snapshot->tick = check_leaf(&request, name, found.first);
    if (snapshot->tick != FIELD_NONE &&
        parser->layout->fields[snapshot->tick].base != FIELD_NO_BASE) {
        refuse(&request, name, "has no fixed place");
        return;
    }
    snapshot->tick_step = found.step;
    snapshot->buffers = found.count;
}

static void bind_snapshot(struct parser *parser, size_t mapping)
{
    const struct snapshot_draft *draft = &parser->mappings[mapping].snapshot;
    struct snapshot *snapshot = &parser->layout->mappings[mapping].snapshot;
    *snapshot = (struct snapshot){
        .method = draft->method,
        .seq = bind_snapshot_key(parser, mapping, SNAPSHOT_KEY_SEQ),
        .begin = bind_snapshot_key(parser, mapping, SNAPSHOT_KEY_BEGIN),
        .end = bind_snapshot_key(parser, mapping, SNAPSHOT_KEY_END),
        .tick = FIELD_NONE,
        .line = draft->line,
    };
    bind_tick(parser, mapping, snapshot);
    if (snapshot->begin != FIELD_NONE && snapshot->begin == snapshot->end) {
        problem_add(parser->problems, draft->file,
                    draft->lines[SNAPSHOT_KEY_END], PROBLEM_ERROR,
                    "begin and end of a pair are two fields");
    }
}

/* --- expressions --------------------------------------------------------- */

static size_t count_expressions(const struct parser *parser)
{
    size_t count = 0;
    for (size_t i = 0; i < parser->fields.count; i++)
        count += parser->fields.items[i].expr ? 1 : 0;
    for (size_t i = 0; i < parser->mapping_count; i++) {
        count += parser->mappings[i].require ? 1 : 0;
        count += parser->mappings[i].gone ? 1 : 0;
    }
    return count;
}

static void add_expression(struct parser *parser, enum expression_use use,
                           uint32_t target, const char *text, const char *file,
                           int line)
{
    struct layout *layout = parser->layout;
    if (text) {
        layout->expressions[layout->expression_count++] =
            (struct expression){use, target, text, file, line};
    }
}

static void list_expressions(struct parser *parser)
{
    struct layout *layout = parser->layout;
    layout->expressions = arena_alloc(layout->arena, count_expressions(parser),
                                      sizeof *layout->expressions);
    for (size_t i = 0; i < parser->fields.count; i++) {
        const struct declaration *decl = &parser->fields.items[i];
        if (decl->computed && layout->groups[i].count > 0) {
            add_expression(parser, EXPRESSION_COMPUTED, layout->groups[i].first,
                           decl->expr, decl->file,
                           attribute_line(decl, ATTR_EXPR));
        }
    }
    for (size_t i = 0; i < parser->mapping_count; i++) {
        const struct mapping_draft *draft = &parser->mappings[i];
        add_expression(parser, EXPRESSION_REQUIRE, (uint32_t)i, draft->require,
                       draft->files[MAPPING_REQUIRE],
                       draft->lines[MAPPING_REQUIRE]);
        add_expression(parser, EXPRESSION_GONE, (uint32_t)i, draft->gone,
                       draft->files[MAPPING_GONE], draft->lines[MAPPING_GONE]);
    }
}

static void check_beat(struct parser *parser, const struct mapping_draft *draft)
{
    if (draft->lines[MAPPING_HEARTBEAT_STALE] &&
        !draft->lines[MAPPING_HEARTBEAT]) {
        problem_add(parser->problems, draft->files[MAPPING_HEARTBEAT_STALE],
                    draft->lines[MAPPING_HEARTBEAT_STALE], PROBLEM_ERROR,
                    "heartbeat_stale without heartbeat does nothing");
    }
}

void bind_mappings(struct parser *parser)
{
    for (size_t i = 0; i < parser->mapping_count; i++) {
        struct mapping *mapping = &parser->layout->mappings[i];
        const struct mapping_draft *draft = &parser->mappings[i];
        mapping->heartbeat =
            bind_key(parser, i, MAPPING_HEARTBEAT, draft->heartbeat);
        mapping->pid = bind_key(parser, i, MAPPING_PID, draft->pid);
        check_beat(parser, draft);
        bind_snapshot(parser, i);
    }
    list_expressions(parser);
}
