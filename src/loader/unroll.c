/* SPDX-License-Identifier: MIT */
/*
 * Unrolls arrays and structs.
 * Invariant: the leaves of a declaration are consecutive, in the order of its
 * struct's members, and as many as structs_leaves says.  Where they stand was
 * settled before; what overlaps is left to check.c.
 */
#include "loader/unroll.h"

#include <stdlib.h>
#include <string.h>

#include "loader/references.h"

/* What leaves inherit from the declarations around them. */
struct around {
    uint64_t offset; /* bytes from `base` */
    uint32_t base;
    uint32_t instance;
    uint32_t group;
    uint16_t mapping;
    enum abi abi;
    enum byte_order order;
    enum detail_level level;
    bool overlap;
};

struct emitter {
    struct parser *parser;
    struct layout *layout;
    struct structs_to to;
    struct buf path;
    size_t next; /* leaf */
    size_t instance_cap, base_cap;
    struct bindings bindings;
};

static struct instance *add_instance(struct emitter *emitter)
{
    struct layout *layout = emitter->layout;
    if (layout->instance_count == emitter->instance_cap) {
        emitter->instance_cap =
            emitter->instance_cap ? emitter->instance_cap * 2 : 64;
        layout->instances = mem_resize(layout->instances, emitter->instance_cap,
                                       sizeof *layout->instances);
    }
    return &layout->instances[layout->instance_count++];
}

static struct base *add_base(struct emitter *emitter)
{
    struct layout *layout = emitter->layout;
    if (layout->base_count == emitter->base_cap) {
        emitter->base_cap = emitter->base_cap ? emitter->base_cap * 2 : 64;
        layout->bases =
            mem_resize(layout->bases, emitter->base_cap, sizeof *layout->bases);
    }
    return &layout->bases[layout->base_count++];
}

static bool is_moving(const struct declaration *decl)
{
    return decl->offset_name || decl->stride_name || decl->count_name;
}

static void put_index(struct buf *path, uint32_t index)
{
    buf_putc(path, '[');
    buf_put_u64(path, index);
    buf_putc(path, ']');
}

/* A leaf at `offset` from the base of `around`. */
static void emit_leaf(struct emitter *emitter, const struct declaration *decl,
                      const struct stand *stand, const struct around *around,
                      uint64_t offset)
{
    struct layout *layout = emitter->layout;
    struct field *field = &layout->fields[emitter->next++];
    *field = stand->like;
    field->path =
        arena_strndup(layout->arena, emitter->path.data, emitter->path.len);
    field->offset = offset;
    field->base = around->base;
    field->instance = around->instance;
    field->group = around->group;
    field->mapping = around->mapping;
    field->order =
        (uint8_t)(decl->type.has_order ? decl->type.order : around->order);
    field->level =
        (uint8_t)(decl->attr->level > around->level ? decl->attr->level
                                                    : around->level);
    field->overlap = decl->attr->overlap || around->overlap;
}

static void emit(struct emitter *emitter, struct declaration *decl,
                 const struct stand *stand, const struct around *outer,
                 uint64_t offset);

/* All leaves of one element of a struct, which stands at around->offset. */
static void emit_members(struct emitter *emitter, struct declaration *decl,
                         const struct around *around)
{
    const struct struct_stand *inner =
        structs_stand(decl->def, around->abi, &emitter->to);
    buf_putc(&emitter->path, '.');
    size_t len = emitter->path.len;
    for (size_t i = 0; i < decl->def->members.count; i++) {
        buf_truncate(&emitter->path, len);
        emit(emitter, &decl->def->members.items[i], &inner->members[i], around,
             around->offset + inner->members[i].offset);
    }
}

static uint32_t element_instance(struct emitter *emitter,
                                 const struct declaration *decl,
                                 const struct around *outer, uint32_t element)
{
    struct instance *instance = add_instance(emitter);
    *instance = (struct instance){
        .label = decl->attr->label,
        .name = decl->name,
        .parent = outer->instance,
        .first = (uint32_t)emitter->next,
        .element = element,
        .elements = decl->type.count,
        .array = decl->type.array,
        .hide = decl->attr->hide,
        .shape = decl->def->shape,
    };
    return (uint32_t)(emitter->layout->instance_count - 1);
}

static uint64_t element_size(struct emitter *emitter,
                             const struct declaration *decl,
                             const struct stand *stand, enum abi abi)
{
    return decl->def ? structs_stand(decl->def, abi, &emitter->to)->size
                     : stand->like.size;
}

/* The base of an element of a moving declaration that would stand at `offset`
 * from the base of `outer`. */
static uint32_t element_base(struct emitter *emitter, struct declaration *decl,
                             const struct stand *stand,
                             const struct around *outer, uint64_t offset,
                             uint32_t element)
{
    struct base *base = add_base(emitter);
    *base = (struct base){
        .parent = decl->offset_name ? FIELD_NO_BASE : outer->base,
        .offset_field = FIELD_NONE,
        .plus_field = FIELD_NONE,
        .stride_field = FIELD_NONE,
        .count_field = FIELD_NONE,
        .element = element,
        .most = decl->type.count,
        .mapping = outer->mapping,
        .offset = decl->offset_name ? decl->offset : offset,
        .stride = stand->step,
        .extent = element_size(emitter, decl, stand, outer->abi),
        .group = outer->group,
    };
    uint32_t index = (uint32_t)(emitter->layout->base_count - 1);
    emitter->layout->mappings[outer->mapping].moving = true;
    bindings_add(&emitter->bindings, index, decl, outer->instance);
    return index;
}

/* One element, `offset` from the base of `outer`. */
static void emit_element(struct emitter *emitter, struct declaration *decl,
                         const struct stand *stand, const struct around *outer,
                         uint64_t offset, uint32_t element)
{
    struct around around = *outer;
    if (is_moving(decl)) {
        around.base =
            element_base(emitter, decl, stand, outer, offset, element);
        offset = 0;
    } else {
        offset += element * stand->step;
    }
    if (!decl->def) {
        emit_leaf(emitter, decl, stand, &around, offset);
        return;
    }
    around.offset = offset;
    around.instance = element_instance(emitter, decl, outer, element);
    around.overlap = outer->overlap || decl->attr->overlap;
    if (decl->attr->level > around.level)
        around.level = decl->attr->level;
    emit_members(emitter, decl, &around);
}

static void emit(struct emitter *emitter, struct declaration *decl,
                 const struct stand *stand, const struct around *outer,
                 uint64_t offset)
{
    buf_puts(&emitter->path, decl->name);
    size_t len = emitter->path.len;
    for (uint32_t i = 0; i < decl->type.count; i++) {
        buf_truncate(&emitter->path, len);
        if (decl->type.array)
            put_index(&emitter->path, i);
        emit_element(emitter, decl, stand, outer, offset, i);
    }
}

static void note_need(struct emitter *emitter, const struct declaration *decl,
                      const struct stand *stand)
{
    struct mapping *mapping = &emitter->layout->mappings[decl->mapping];
    if (is_moving(decl) && decl->offset_name)
        return;
    uint64_t end = stand->offset + stand->step * (decl->type.count - 1) +
                   element_size(emitter, decl, stand, mapping->abi);
    if (mapping->size)
        mapping->need = mapping->size;
    else if (!is_moving(decl) && end > mapping->need)
        mapping->need = end;
}

static void emit_group(struct emitter *emitter, size_t index,
                       const struct stand *stand)
{
    struct layout *layout = emitter->layout;
    struct declaration *decl = &emitter->parser->fields.items[index];
    const struct mapping *mapping = &layout->mappings[decl->mapping];
    struct around around = {
        .base = FIELD_NO_BASE,
        .instance = FIELD_NO_INSTANCE,
        .group = (uint32_t)index,
        .mapping = decl->mapping,
        .abi = mapping->abi,
        .order = mapping->order,
    };
    layout->groups[index].first = (uint32_t)emitter->next;
    structs_fill_group(&layout->groups[index], decl, stand);
    buf_clear(&emitter->path);
    emit(emitter, decl, stand, &around, stand->offset);
    if (!decl->computed)
        note_need(emitter, decl, stand);
}

/* Into the arena, where all the rest is. */
static void *keep(struct arena *arena, void *list, size_t count, size_t size)
{
    void *kept = arena_alloc(arena, count, size);
    if (count > 0)
        memcpy(kept, list, count * size);
    free(list);
    return kept;
}

void emit_fields(struct parser *parser, const struct stand *stands)
{
    struct layout *layout = parser->layout;
    struct emitter emitter = {
        .parser = parser,
        .layout = layout,
        .to = {layout, &parser->structs, parser->problems,
               parser->abi != ABI_UNKNOWN},
    };
    size_t leaves = 0;
    for (size_t i = 0; i < layout->group_count; i++)
        leaves += (size_t)layout->groups[i].count * layout->groups[i].leaves;
    layout->fields = arena_alloc(layout->arena, leaves, sizeof *layout->fields);
    layout->field_count = leaves;
    for (int computed = 0; computed < 2; computed++) {
        for (size_t i = 0; i < layout->group_count; i++)
            if (layout->groups[i].count > 0 &&
                parser->fields.items[i].computed == (computed == 1))
                emit_group(&emitter, i, &stands[i]);
    }
    CHECK(emitter.next == leaves);
    layout->instances = keep(layout->arena, layout->instances,
                             layout->instance_count, sizeof *layout->instances);
    layout->bases = keep(layout->arena, layout->bases, layout->base_count,
                         sizeof *layout->bases);
    bindings_resolve(&emitter.bindings, parser);
    bindings_free(&emitter.bindings);
    buf_free(&emitter.path);
}
