/* SPDX-License-Identifier: MIT */
/* Looks up the field that a key names, and fills its index into the layout.
 * Names in expressions are expr/names.c. */
#include "loader/references.h"

#include <stdlib.h>
#include <string.h>

#include "layout/field.h"
#include "layout/path.h"
#include "loader/draft.h"
#include "loader/field_keys.h"

void references_add(struct references *references, uint32_t base,
                    struct declaration *decl, uint32_t instance)
{
    *MEM_ADD(references->items, references->count) =
        (struct reference){base, instance, decl};
}

void references_free(struct references *references)
{
    free(references->items);
    *references = (struct references){0};
}

/* --- names --------------------------------------------------------------- */

/* A key that names a field. */
struct request {
    struct draft *draft;
    const struct keys *keys;
    const struct section_key *table;
    unsigned key;   /* row of the table */
    const char *of; /* the field that has the key, or NULL */
    const char *name;
    uint16_t mapping;
};

static const char depends[] = "is at a place that depends on this one, or is "
                              "declared after it";

static uint32_t refuse(const struct request *request, const char *why)
{
    bool of = request->of;
    key_problem(request->draft->problems, request->keys, request->key,
                "the %s%s%s%s, '%s', %s", request->table[request->key].key,
                of ? " of '" : "", of ? request->of : "", of ? "'" : "",
                request->name, why);
    return FIELD_NONE;
}

static uint32_t unknown(const struct request *request)
{
    const struct layout *layout = request->draft->layout;
    bool of = request->of;
    key_problem(request->draft->problems, request->keys, request->key,
                "no field '%s' for the %s%s%s%s%s", request->name,
                request->table[request->key].key, of ? " of '" : "",
                of ? request->of : "", of ? "'" : "",
                word_hint(path_nearest(layout, request->name)).text);
    return FIELD_NONE;
}

/* The leaf must be an integer of the mapping that has the key. */
static uint32_t check_leaf(const struct request *request, size_t leaf)
{
    const struct layout *layout = request->draft->layout;
    CHECK(leaf < layout->field_count);
    const struct field *field = &layout->fields[leaf];
    if (!kind_is_integer((enum kind)field->kind))
        return refuse(request, "is no integer");
    if (field->mapping != request->mapping)
        return refuse(request, "is in another mapping");
    return (uint32_t)leaf;
}

/* A field at a fixed place. */
static uint32_t find_fixed(const struct request *request)
{
    const struct layout *layout = request->draft->layout;
    if (!request->name)
        return FIELD_NONE;
    size_t found = path_find(layout, request->name);
    if (found == SIZE_MAX)
        return unknown(request);
    uint32_t leaf = check_leaf(request, found);
    if (leaf != FIELD_NONE && layout->fields[leaf].base != FIELD_NO_BASE) {
        return refuse(request, "has no fixed place; it must be found before "
                               "all else");
    }
    return leaf;
}

/* --- bases --------------------------------------------------------------- */

/* The leaf that `name` means within a struct, or else in the layout. */
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

/* Whether the place of `field` is known before that of base `index`. */
static bool is_earlier(const struct field *field, size_t index)
{
    return field->base == FIELD_NO_BASE || field->base < index;
}

static uint32_t bind_name(const struct request *request,
                          const struct reference *reference)
{
    const struct layout *layout = request->draft->layout;
    size_t leaf = find_near(layout, reference->instance, request->name);
    if (leaf == SIZE_MAX)
        return unknown(request);
    if (!is_earlier(&layout->fields[leaf], reference->base))
        return refuse(request, depends);
    return check_leaf(request, leaf);
}

/* The array of the mapping's buffers, if it is read by method newest. */
static bool find_buffers(const struct draft *draft, uint16_t mapping,
                         struct member_path *buffers)
{
    const struct snapshot_draft *snapshot = &draft->mappings[mapping].snapshot;
    const char *tick = snapshot->names[SNAPSHOT_KEY_TICK];
    return snapshot->method == SNAPSHOT_NEWEST && tick &&
           path_find_member(draft->layout, tick, buffers);
}

/* Binds `@newest` and `@BUFFERS.MEMBER`.  False when the offset is neither. */
static bool bind_newest(const struct request *request, struct base *base)
{
    const struct layout *layout = request->draft->layout;
    struct member_path buffers, member;
    if (!find_buffers(request->draft, base->mapping, &buffers))
        return false;
    if (strcmp(request->name, "newest") == 0) {
        base->newest = true;
        base->offset += buffers.array->offset;
        base->buffer_stride = buffers.array->stride;
        return true;
    }
    if (!path_find_member(layout, request->name, &member) ||
        member.array != buffers.array)
        return false;
    size_t last = member.first + (size_t)(member.count - 1) * member.step;
    if (!is_earlier(&layout->fields[last], (size_t)(base - layout->bases))) {
        refuse(request, depends);
        return true;
    }
    base->offset_field = check_leaf(request, member.first);
    base->buffer_step = member.step;
    return true;
}

static void bind_base(struct draft *draft, const struct reference *reference)
{
    struct base *base = &draft->layout->bases[reference->base];
    const struct declaration *decl = reference->decl;
    const struct {
        const char *name;
        enum attribute key;
        uint32_t *out;
    } names[] = {
        {decl->offset_name, ATTR_OFFSET, &base->offset_field},
        {decl->plus_name, ATTR_OFFSET, &base->plus_field},
        {decl->stride_name, ATTR_STRIDE, &base->stride_field},
        {decl->count_name, ATTR_ELEMENTS, &base->count_field},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (!names[i].name)
            continue;
        const struct request request = {
            .draft = draft,
            .keys = &decl->keys,
            .table = attribute_table,
            .key = names[i].key,
            .of = decl->name,
            .name = names[i].name,
            .mapping = base->mapping,
        };
        bool offset = names[i].out == &base->offset_field;
        if (!offset || !bind_newest(&request, base))
            *names[i].out = bind_name(&request, reference);
    }
}

/* An error is reported for the first element of a declaration only. */
static void bind_bases(struct draft *draft)
{
    const struct references *references = &draft->references;
    for (size_t i = 0; i < references->count; i++) {
        size_t errors = draft->problems->errors;
        struct declaration *decl = references->items[i].decl;
        if (decl->invalid)
            continue;
        bind_base(draft, &references->items[i]);
        decl->invalid = draft->problems->errors > errors;
    }
}

/* --- mappings ------------------------------------------------------------ */

static uint32_t bind_key(struct draft *draft, size_t mapping,
                         enum mapping_key key, const char *name)
{
    const struct request request = {
        .draft = draft,
        .keys = &draft->mappings[mapping].keys,
        .table = mapping_table,
        .key = key,
        .name = name,
        .mapping = (uint16_t)mapping,
    };
    return find_fixed(&request);
}

static struct request snapshot_request(struct draft *draft, size_t mapping,
                                       enum snapshot_key key)
{
    const struct snapshot_draft *snapshot = &draft->mappings[mapping].snapshot;
    return (struct request){
        .draft = draft,
        .keys = &snapshot->keys,
        .table = snapshot_table,
        .key = key,
        .name = snapshot->names[key],
        .mapping = (uint16_t)mapping,
    };
}

static uint32_t bind_snapshot_key(struct draft *draft, size_t mapping,
                                  enum snapshot_key key)
{
    const struct request request = snapshot_request(draft, mapping, key);
    return find_fixed(&request);
}

static void bind_tick(struct draft *draft, size_t mapping,
                      struct snapshot *snapshot)
{
    const struct layout *layout = draft->layout;
    const struct request request =
        snapshot_request(draft, mapping, SNAPSHOT_KEY_TICK);
    struct member_path found;
    if (!request.name || snapshot->method != SNAPSHOT_NEWEST)
        return;
    if (!path_find_member(layout, request.name, &found)) {
        refuse(&request,
               "is not ARRAY.MEMBER of an array of structs, one a buffer");
        return;
    }
    snapshot->tick = check_leaf(&request, found.first);
    if (snapshot->tick != FIELD_NONE &&
        layout->fields[snapshot->tick].base != FIELD_NO_BASE) {
        refuse(&request, "has no fixed place");
        return;
    }
    snapshot->tick_step = found.step;
    snapshot->buffers = found.count;
}

static void bind_snapshot(struct draft *draft, size_t mapping)
{
    const struct snapshot_draft *from = &draft->mappings[mapping].snapshot;
    struct snapshot *snapshot = &draft->layout->mappings[mapping].snapshot;
    *snapshot = (struct snapshot){
        .method = from->method,
        .seq = bind_snapshot_key(draft, mapping, SNAPSHOT_KEY_SEQ),
        .begin = bind_snapshot_key(draft, mapping, SNAPSHOT_KEY_BEGIN),
        .end = bind_snapshot_key(draft, mapping, SNAPSHOT_KEY_END),
        .tick = FIELD_NONE,
        .line = from->keys.line,
    };
    bind_tick(draft, mapping, snapshot);
    if (snapshot->begin != FIELD_NONE && snapshot->begin == snapshot->end) {
        key_problem(draft->problems, &from->keys, SNAPSHOT_KEY_END,
                    "begin and end of a pair are two fields");
    }
}

static void bind_mapping(struct draft *draft, size_t index)
{
    struct mapping *mapping = &draft->layout->mappings[index];
    const struct mapping_draft *from = &draft->mappings[index];
    mapping->heartbeat =
        bind_key(draft, index, MAPPING_HEARTBEAT, from->heartbeat);
    mapping->pid = bind_key(draft, index, MAPPING_PID, from->pid);
    if (key_given(&from->keys, MAPPING_HEARTBEAT_STALE) &&
        !key_given(&from->keys, MAPPING_HEARTBEAT)) {
        key_problem(draft->problems, &from->keys, MAPPING_HEARTBEAT_STALE,
                    "heartbeat_stale without heartbeat does nothing");
    }
    bind_snapshot(draft, index);
}

/* --- expressions --------------------------------------------------------- */

static size_t count_expressions(const struct draft *draft)
{
    size_t count = 0;
    for (size_t i = 0; i < draft->fields.count; i++)
        count += draft->fields.items[i].expr ? 1 : 0;
    for (size_t i = 0; i < draft->mapping_count; i++) {
        count += draft->mappings[i].require ? 1 : 0;
        count += draft->mappings[i].gone ? 1 : 0;
    }
    return count;
}

static void add_expression(struct layout *layout, enum expression_use use,
                           size_t target, const char *text,
                           const struct keys *keys, unsigned key)
{
    if (!text)
        return;
    layout->expressions[layout->expression_count++] = (struct expression){
        .use = use,
        .target = (uint32_t)target,
        .text = text,
        .file = key_file(keys, key),
        .line = key_line(keys, key),
    };
}

static void list_expressions(struct draft *draft)
{
    struct layout *layout = draft->layout;
    size_t count = count_expressions(draft);
    layout->expressions =
        arena_alloc(layout->arena, count, sizeof *layout->expressions);
    for (size_t i = 0; i < draft->fields.count; i++) {
        const struct declaration *decl = &draft->fields.items[i];
        if (decl->computed && layout->groups[i].count > 0) {
            add_expression(layout, EXPRESSION_COMPUTED, layout->groups[i].first,
                           decl->expr, &decl->keys, ATTR_EXPR);
        }
    }
    for (size_t i = 0; i < draft->mapping_count; i++) {
        const struct mapping_draft *from = &draft->mappings[i];
        add_expression(layout, EXPRESSION_REQUIRE, i, from->require,
                       &from->keys, MAPPING_REQUIRE);
        add_expression(layout, EXPRESSION_GONE, i, from->gone, &from->keys,
                       MAPPING_GONE);
    }
    CHECK(layout->expression_count <= count);
}

void references_bind(struct draft *draft)
{
    CHECK(draft->mapping_count == draft->layout->mapping_count);
    bind_bases(draft);
    for (size_t i = 0; i < draft->mapping_count; i++)
        bind_mapping(draft, i);
    list_expressions(draft);
}
