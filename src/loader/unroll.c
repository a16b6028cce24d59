/* SPDX-License-Identifier: MIT */
/* Makes the leaves of placed declarations.  Whether they overlap is checked by
 * overlap.c. */
#include <stdlib.h>
#include <string.h>

#include "loader/loader_private.h"

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

struct unroller {
    struct draft *draft;
    struct layout *layout;
    struct buf path;
    size_t next; /* leaf */
};

static void add_leaf(struct unroller *unroller, const struct declaration *decl,
                     const struct placement *placement,
                     const struct around *around, uint64_t offset)
{
    struct layout *layout = unroller->layout;
    struct field *field = &layout->fields[unroller->next++];
    *field = placement->leaf;
    field->path =
        arena_strndup(layout->arena, unroller->path.data, unroller->path.len);
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

static void unroll(struct unroller *unroller, struct declaration *decl,
                   const struct placement *placement,
                   const struct around *outer, uint64_t offset);

/* All leaves of one element of a struct, which is at around->offset. */
static void unroll_members(struct unroller *unroller, struct declaration *decl,
                           const struct around *around)
{
    const struct placement *members =
        decl->def->placements[around->abi].members;
    CHECK(members);
    buf_putc(&unroller->path, '.');
    size_t len = unroller->path.len;
    for (size_t i = 0; i < decl->def->members.count; i++) {
        buf_truncate(&unroller->path, len);
        unroll(unroller, &decl->def->members.items[i], &members[i], around,
               around->offset + members[i].offset);
    }
}

static uint32_t element_instance(struct unroller *unroller,
                                 const struct declaration *decl,
                                 const struct around *outer, uint32_t element)
{
    struct layout *layout = unroller->layout;
    *MEM_ADD(layout->instances, layout->instance_count) = (struct instance){
        .label = decl->attr->label,
        .name = decl->name,
        .parent = outer->instance,
        .first = (uint32_t)unroller->next,
        .element = element,
        .elements = decl->type.count,
        .array = decl->type.array,
        .hide = decl->attr->hide,
        .shape = decl->def->shape,
    };
    return (uint32_t)(layout->instance_count - 1);
}

/* The base of an element of a moving declaration, which would be at `offset`
 * from the base of `outer`. */
static uint32_t element_base(struct unroller *unroller,
                             struct declaration *decl,
                             const struct placement *placement,
                             const struct around *outer, uint64_t offset,
                             uint32_t element)
{
    struct layout *layout = unroller->layout;
    *MEM_ADD(layout->bases, layout->base_count) = (struct base){
        .parent = decl->offset_name ? FIELD_NO_BASE : outer->base,
        .offset_field = FIELD_NONE,
        .plus_field = FIELD_NONE,
        .stride_field = FIELD_NONE,
        .count_field = FIELD_NONE,
        .element = element,
        .most = decl->type.count,
        .mapping = outer->mapping,
        .offset = decl->offset_name ? decl->offset : offset,
        .stride = placement->stride,
        .extent = placement->size,
        .group = outer->group,
    };
    uint32_t index = (uint32_t)(layout->base_count - 1);
    layout->mappings[outer->mapping].moving = true;
    references_add(&unroller->draft->references, index, decl, outer->instance);
    return index;
}

/* One element; the first is `offset` from the base of `outer`. */
static void unroll_element(struct unroller *unroller, struct declaration *decl,
                           const struct placement *placement,
                           const struct around *outer, uint64_t offset,
                           uint32_t element)
{
    struct around around = *outer;
    if (declaration_is_moving(decl)) {
        around.base =
            element_base(unroller, decl, placement, outer, offset, element);
        offset = 0;
    } else {
        offset += element * placement->stride;
    }
    if (!decl->def) {
        add_leaf(unroller, decl, placement, &around, offset);
        return;
    }
    around.offset = offset;
    around.instance = element_instance(unroller, decl, outer, element);
    around.overlap = outer->overlap || decl->attr->overlap;
    if (decl->attr->level > around.level)
        around.level = decl->attr->level;
    unroll_members(unroller, decl, &around);
}

static void unroll(struct unroller *unroller, struct declaration *decl,
                   const struct placement *placement,
                   const struct around *outer, uint64_t offset)
{
    buf_puts(&unroller->path, decl->name);
    size_t len = unroller->path.len;
    for (uint32_t i = 0; i < decl->type.count; i++) {
        buf_truncate(&unroller->path, len);
        if (decl->type.array) {
            buf_putc(&unroller->path, '[');
            buf_put_u64(&unroller->path, i);
            buf_putc(&unroller->path, ']');
        }
        unroll_element(unroller, decl, placement, outer, offset, i);
    }
}

/* Bytes that the mapping must have because of the declaration. */
static void note_need(struct mapping *mapping, const struct declaration *decl,
                      const struct placement *placement)
{
    if (decl->computed || decl->offset_name)
        return;
    uint64_t end = placement->offset +
                   placement->stride * (decl->type.count - 1) + placement->size;
    if (mapping->size)
        mapping->need = mapping->size;
    else if (!declaration_is_moving(decl) && end > mapping->need)
        mapping->need = end;
}

static void unroll_group(struct unroller *unroller, size_t index)
{
    struct layout *layout = unroller->layout;
    struct declaration *decl = &unroller->draft->fields.items[index];
    const struct placement *placement = &unroller->draft->placements[index];
    struct mapping *mapping = &layout->mappings[decl->mapping];
    const struct around around = {
        .base = FIELD_NO_BASE,
        .instance = FIELD_NO_INSTANCE,
        .group = (uint32_t)index,
        .mapping = decl->mapping,
        .abi = mapping->abi,
        .order = mapping->order,
    };
    layout->groups[index].first = (uint32_t)unroller->next;
    buf_clear(&unroller->path);
    unroll(unroller, decl, placement, &around, placement->offset);
    note_need(mapping, decl, placement);
}

/* Moves a list into the arena. */
static void *keep(struct arena *arena, void *list, size_t count, size_t size)
{
    void *kept = arena_alloc(arena, count, size);
    if (count > 0)
        memcpy(kept, list, count * size);
    free(list);
    return kept;
}

void unroll_fields(struct draft *draft)
{
    struct layout *layout = draft->layout;
    struct unroller unroller = {.draft = draft, .layout = layout};
    size_t leaves = 0;
    CHECK(draft->placements && layout->group_count == draft->fields.count);
    for (size_t i = 0; i < layout->group_count; i++)
        leaves += (size_t)layout->groups[i].count * layout->groups[i].leaves;
    layout->fields = arena_alloc(layout->arena, leaves, sizeof *layout->fields);
    layout->field_count = leaves;
    for (int computed = 0; computed < 2; computed++) {
        for (size_t i = 0; i < layout->group_count; i++)
            if (layout->groups[i].count > 0 &&
                draft->fields.items[i].computed == (computed == 1))
                unroll_group(&unroller, i);
    }
    CHECK(unroller.next == leaves);
    layout->instances = keep(layout->arena, layout->instances,
                             layout->instance_count, sizeof *layout->instances);
    layout->bases = keep(layout->arena, layout->bases, layout->base_count,
                         sizeof *layout->bases);
    buf_free(&unroller.path);
}
