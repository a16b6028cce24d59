/* SPDX-License-Identifier: MIT */
/* Declarations in lists, and what follows from one alone.  Reading one is
 * field_line.c and field_keys.c. */
#include "loader/declaration.h"

#include <stdlib.h>

#include "layout/field.h"
#include "loader/field_keys.h"
#include "loader/struct_def.h"

struct declaration *declarations_add(struct declarations *list,
                                     const char *name, const char *file,
                                     int line, struct arena *arena)
{
    CHECK(name && file && line > 0);
    struct declaration *decl = MEM_ADD(list->items, list->count);
    *decl = (struct declaration){
        .name = arena_strdup(arena, name),
        .keys = {.file = file, .line = line},
        .attr = arena_alloc(arena, 1, sizeof *decl->attr),
    };
    decl->attr->scale = 1;
    decl->attr->precision = -1;
    decl->attr->line = line;
    decl->attr->file = file;
    return decl;
}

void declarations_free(struct declarations *list)
{
    free(list->items);
    *list = (struct declarations){0};
}

uint32_t declaration_element_leaves(const struct declaration *decl)
{
    CHECK(!decl->def || decl->def->leaves <= LAYOUT_FIELDS_MAX);
    return decl->def ? (uint32_t)decl->def->leaves : 1;
}

uint64_t declaration_leaves(const struct declaration *decl)
{
    return (uint64_t)decl->type.count * declaration_element_leaves(decl);
}

bool declaration_is_moving(const struct declaration *decl)
{
    return decl->offset_name || decl->stride_name || decl->count_name;
}

/* C has no arrays of bit fields: an array with `bits` is one of integers of
 * which some bits are shown. */
bool declaration_is_packed(const struct declaration *decl)
{
    return key_valid(&decl->keys, ATTR_BITS) && !decl->type.array &&
           !key_given(&decl->keys, ATTR_OFFSET) && !decl->def;
}

bool declaration_leaf(const struct declaration *decl, enum abi abi,
                      struct field *leaf, struct err *err)
{
    CHECK(!decl->type.struct_name && abi < ABI_COUNT);
    struct type_spec type = decl->type;
    if (!type_settle(&type, abi, err))
        return false;
    *leaf = (struct field){
        .attr = decl->attr,
        .size = type.size,
        .base = FIELD_NO_BASE,
        .instance = FIELD_NO_INSTANCE,
        .kind = (uint8_t)type.kind,
    };
    if (key_valid(&decl->keys, ATTR_BITS) && kind_is_integer(type.kind) &&
        decl->bit_high < type.size * 8) {
        leaf->shift = decl->bit_low;
        leaf->width = (uint8_t)(decl->bit_high - decl->bit_low + 1);
    }
    return true;
}
