/* SPDX-License-Identifier: MIT */
/*
 * Entries of debug information into types: typedefs and qualifiers are
 * followed, dimensions multiplied, places of bit fields brought to one form.
 * Invariant: a type is read once and no struct contains itself, whatever the
 * file says; depths and counts are limited.  Which types are asked for is
 * c_types_find.c's part.
 */
#include "import/c_type.h"

#include <stdlib.h>
#include <string.h>

#include "import/c_type_parts.h"

#define TYPES_MAX 20000u
#define MEMBERS_MAX 100000u
#define CHAIN_MAX 64 /* typedefs of typedefs, structs in structs */
#define SIZE_MOST (UINT64_C(1) << 46)

/* What stands behind a reference once names and dimensions are gone. */
struct shape {
    struct c_type *type;
    uint64_t count;
    uint64_t inner;
    unsigned dimensions;
    bool flexible;
};

static bool shape_read(struct c_types *types, struct dwarf_ref at, int depth,
                       struct shape *out, struct err *err);

static bool damaged(struct err *err, const char *what)
{
    return err_set(err, STATUS_DATA, "damaged debug information: %s", what);
}

struct c_types *c_types_new(struct dwarf_file *file,
                            const struct object *object)
{
    struct c_types *types = mem_zalloc(1, sizeof *types);

    types->file = file;
    types->big_endian = object->big_endian;
    types->pointer_size = object->is_64 ? 8 : 4;
    types->arena = arena_new();
    return types;
}

void c_types_free(struct c_types *types)
{
    if (!types)
        return;
    arena_free(types->arena);
    free(types->list);
    free(types->matches);
    free(types->names);
    free(types);
}

static bool is_at(struct dwarf_ref place, struct dwarf_ref at)
{
    return place.given && place.offset == at.offset &&
           place.in_types == at.in_types;
}

static struct c_type *type_known(const struct c_types *types,
                                 struct dwarf_ref at)
{
    for (size_t i = 0; i < types->count; i++) {
        struct c_type *type = types->list[i];
        if (is_at(type->at, at) || is_at(type->declared, at))
            return type;
    }
    return NULL;
}

static struct c_type *type_add(struct c_types *types,
                               const struct dwarf_entry *entry,
                               enum c_type_kind kind)
{
    struct c_type *type = arena_alloc(types->arena, 1, sizeof *type);

    *type = (struct c_type){.kind = kind, .name = entry->name, .at = entry->at};
    if (entry->byte_size.given && entry->byte_size.value > 0)
        type->size = (uint64_t)entry->byte_size.value;
    *MEM_ADD(types->list, types->count) = type;
    return type;
}

/* A number that no integer of the layout language can hold. */
static struct c_type *opaque(struct c_type *type, const char *why)
{
    type->kind = C_TYPE_OPAQUE;
    type->why = why;
    return type;
}

static bool is_word_size(uint64_t size)
{
    return size == 1 || size == 2 || size == 4 || size == 8;
}

static struct c_type *base_read(struct c_types *types,
                                const struct dwarf_entry *entry)
{
    struct c_type *type = type_add(types, entry, C_TYPE_INT);
    bool is_char = entry->name && (strcmp(entry->name, "char") == 0 ||
                                   strcmp(entry->name, "char8_t") == 0);

    type->is_signed = entry->encoding == DWARF_SIGNED;
    if (is_char && type->size == 1) {
        type->kind = C_TYPE_CHAR;
        return type;
    }
    switch (entry->encoding) {
    case DWARF_UTF:
        type->kind = type->size == 1 ? C_TYPE_CHAR : C_TYPE_WIDE;
        break;
    case DWARF_SIGNED:
    case DWARF_UNSIGNED:
        type->kind = type->is_signed ? C_TYPE_INT : C_TYPE_UINT;
        /* C++ has it as a type of its own. */
        if (entry->name && strcmp(entry->name, "wchar_t") == 0) {
            type->kind = C_TYPE_WIDE;
            type->is_wchar = true;
        }
        break;
    case DWARF_FLOAT:
        type->kind = C_TYPE_FLOAT;
        if (type->size != 4 && type->size != 8)
            return opaque(type, entry->name);
        break;
    case DWARF_BOOL:
        type->kind = type->size == 1 ? C_TYPE_BOOL : C_TYPE_UINT;
        break;
    case DWARF_UNKNOWN:
        return opaque(type, entry->name);
    }
    if (type->kind == C_TYPE_WIDE && type->size != 2 && type->size != 4)
        type->kind = type->is_signed ? C_TYPE_INT : C_TYPE_UINT;
    return is_word_size(type->size) ? type : opaque(type, entry->name);
}

struct enum_reader {
    struct c_types *types;
    struct c_type *type;
    bool negative, huge;
};

static bool take_value(void *user, const struct dwarf_entry *entry,
                       struct err *err)
{
    struct enum_reader *reader = user;
    struct c_type *type = reader->type;

    if (entry->tag != DWARF_ENUMERATOR || !entry->name || !entry->value.given)
        return true;
    if (type->value_count == MEMBERS_MAX)
        return damaged(err, "an enum with too many values");
    if (entry->value.value < 0) {
        if (entry->value_unsigned)
            reader->huge = true;
        else
            reader->negative = true;
    }
    *ARENA_ADD(reader->types->arena, type->values, type->value_count) =
        (struct c_type_value){entry->name, entry->value.value};
    return true;
}

/* Constants of some compilers say no sign: then all the bits of the enum's
 * size are the number. */
static void settle_sign(struct enum_reader *reader, bool known, bool is_signed)
{
    struct c_type *type = reader->type;
    unsigned shift = type->size < 8 ? 64 - 8 * (unsigned)type->size : 0;

    type->is_signed = known ? is_signed : reader->negative;
    for (size_t i = 0; i < type->value_count && shift > 0; i++) {
        uint64_t bits = (uint64_t)type->values[i].value << shift;
        type->values[i].value =
            type->is_signed ? (int64_t)bits >> shift : (int64_t)(bits >> shift);
    }
}

static bool enum_read(struct c_types *types, const struct dwarf_entry *entry,
                      int depth, struct c_type **out, struct err *err)
{
    struct enum_reader reader = {.types = types};
    struct shape under = {0};
    bool known = false, is_signed = false;

    *out = reader.type = type_add(types, entry, C_TYPE_ENUM);
    if (entry->type.given) {
        if (!shape_read(types, entry->type, depth + 1, &under, err))
            return false;
        known = true;
        is_signed = under.type->kind == C_TYPE_INT ||
                    (under.type->kind == C_TYPE_CHAR && under.type->is_signed);
        if (reader.type->size == 0)
            reader.type->size = under.type->size;
    }
    if (!is_word_size(reader.type->size)) {
        opaque(reader.type, "an enum of odd size");
        return true;
    }
    if (!dwarf_entry_each(types->file, entry->at, take_value, &reader, err))
        return false;
    /* Without an underlying type, some compilers call an enum with negative
     * values unsigned. */
    if (known && !is_signed && reader.negative && !reader.huge)
        is_signed = true;
    settle_sign(&reader, known, is_signed);
    return true;
}

struct struct_reader {
    struct c_types *types;
    struct c_type *type;
    int depth;
};

static struct c_type_member *member_add(struct struct_reader *reader)
{
    struct c_type *type = reader->type;

    return ARENA_ADD(reader->types->arena, type->members, type->member_count);
}

/* Bits from the struct's start.  Before DWARF 4 they were counted from the
 * most significant bit of the storage, whatever the byte order. */
static void place_bits(const struct c_types *types,
                       const struct dwarf_entry *entry,
                       struct c_type_member *member)
{
    int64_t size = entry->byte_size.given ? entry->byte_size.value
                                          : (int64_t)member->type->size;
    int64_t place = 0;

    if (entry->bit_size.value < 1 || entry->bit_size.value > 64) {
        member->why = "a bit field of odd width";
        return;
    }
    member->bits = (unsigned)entry->bit_size.value;
    if (entry->bit_offset.given) {
        place = entry->bit_offset.value;
        if (place < 0 || (uint64_t)place > 8 * SIZE_MOST)
            place = INT64_MIN / 2;
    } else if (entry->bit_offset_old.given && size >= 0 && size <= 64 &&
               entry->bit_offset_old.value >= -512 &&
               entry->bit_offset_old.value <= 512) {
        place = entry->bit_offset_old.value;
        if (!types->big_endian)
            place = 8 * size - place - member->bits;
    }
    place += (int64_t)(8 * member->offset);
    if (place < 0 || (uint64_t)place > 8 * SIZE_MOST)
        member->why = "a bit field in front of its struct";
    member->bit_offset = (uint64_t)place;
}

static bool take_member(void *user, const struct dwarf_entry *entry,
                        struct err *err)
{
    struct struct_reader *reader = user;
    struct c_type_member *member;
    struct shape shape = {0};

    if ((entry->tag != DWARF_MEMBER && entry->tag != DWARF_BASE_CLASS) ||
        entry->external || entry->declaration)
        return true;
    if (reader->type->member_count == MEMBERS_MAX)
        return damaged(err, "a struct with too many members");
    if (entry->in_other_file)
        return err_set(err, STATUS_DATA,
                       "the type of member '%s' is in another file (made by "
                       "dwz): name a file with all of its debug information",
                       entry->name ? entry->name : "?");
    if (!entry->type.given)
        return damaged(err, "a member without a type");
    if (!shape_read(reader->types, entry->type, reader->depth + 1, &shape, err))
        return false;
    member = member_add(reader);
    *member = (struct c_type_member){
        .name = entry->name,
        .type = shape.type,
        .count = shape.count,
        .inner = shape.inner,
        .dimensions = shape.dimensions,
        .flexible = shape.flexible,
        .base = entry->tag == DWARF_BASE_CLASS,
    };
    if (entry->computed)
        member->why = "a virtual base class";
    if (entry->offset.value < 0 || (uint64_t)entry->offset.value > SIZE_MOST)
        return damaged(err, "a member outside of its struct");
    member->offset = (uint64_t)entry->offset.value;
    if (entry->bit_size.given)
        place_bits(reader->types, entry, member);
    return true;
}

bool c_type_read_struct(struct c_types *types, const struct dwarf_entry *entry,
                        int depth, struct c_type **out, struct err *err)
{
    struct struct_reader reader = {.types = types, .depth = depth};

    *out = type_known(types, entry->at);
    if (*out)
        return (*out)->done || damaged(err, "a struct that contains itself");
    reader.type = type_add(
        types, entry, entry->tag == DWARF_UNION ? C_TYPE_UNION : C_TYPE_STRUCT);
    *out = reader.type;
    if (types->count > TYPES_MAX || reader.type->size > SIZE_MOST)
        return damaged(err, "a struct too large for a layout");
    if (!dwarf_entry_each(types->file, entry->at, take_member, &reader, err))
        return false;
    reader.type->done = true;
    return true;
}

/* Dimensions come from the outer to the inner one. */
static bool take_dimension(void *user, const struct dwarf_entry *entry,
                           struct err *err)
{
    struct shape *shape = user;
    uint64_t count = 0;

    if (entry->tag != DWARF_DIMENSION)
        return true;
    /* An upper bound of -1 (of 0 elements) comes with and without sign. */
    if (entry->count.given && entry->count.value >= 0)
        count = (uint64_t)entry->count.value;
    else if (entry->upper.given && entry->upper.value >= 0 &&
             entry->upper.value < UINT32_MAX)
        count = (uint64_t)entry->upper.value + 1;
    else if (entry->upper.given && entry->upper.value >= UINT32_MAX)
        count = entry->upper.value == UINT32_MAX
                    ? 0
                    : (uint64_t)entry->upper.value + 1;
    if (count > SIZE_MOST || (count > 0 && shape->count > SIZE_MOST / count))
        return damaged(err, "an array too large for a layout");
    if (count == 0)
        shape->flexible = true;
    shape->count *= count;
    shape->inner = count;
    if (++shape->dimensions > CHAIN_MAX)
        return damaged(err, "an array of too many dimensions");
    return true;
}

static bool array_read(struct c_types *types, const struct dwarf_entry *entry,
                       int depth, struct shape *out, struct err *err)
{
    struct shape outer = {.count = 1};
    struct shape element;

    if (!entry->type.given)
        return damaged(err, "an array of nothing");
    if (!dwarf_entry_each(types->file, entry->at, take_dimension, &outer,
                          err) ||
        !shape_read(types, entry->type, depth + 1, &element, err))
        return false;
    if (outer.dimensions == 0) { /* clang: no subrange for [] */
        outer.flexible = true;
        outer.count = 0;
    }
    *out = element;
    if (element.count > 0 && outer.count > SIZE_MOST / element.count)
        return damaged(err, "an array too large for a layout");
    out->count = outer.count * element.count;
    out->inner = element.dimensions > 0 ? element.inner : outer.inner;
    out->dimensions = outer.dimensions + element.dimensions;
    out->flexible = outer.flexible || element.flexible;
    return true;
}

/* wchar_t and its like are typedefs in C, names that tell more than the type
 * behind them. */
static struct c_type *wide_typedef(struct c_types *types,
                                   const struct dwarf_entry *entry,
                                   const struct c_type *under)
{
    struct c_type *type;
    bool wchar = strcmp(entry->name, "wchar_t") == 0;

    if ((under->kind != C_TYPE_INT && under->kind != C_TYPE_UINT) ||
        (under->size != 2 && under->size != 4) ||
        (!wchar && strcmp(entry->name, "char16_t") != 0 &&
         strcmp(entry->name, "char32_t") != 0))
        return NULL;
    type = type_add(types, entry, C_TYPE_WIDE);
    type->size = under->size;
    type->is_signed = under->kind == C_TYPE_INT;
    type->is_wchar = wchar;
    return type;
}

static bool typedef_read(struct c_types *types, const struct dwarf_entry *entry,
                         int depth, struct shape *out, struct err *err)
{
    struct c_type *wide;

    if (entry->in_other_file)
        return err_set(err, STATUS_DATA,
                       "a type is in another file (made by dwz): name a file "
                       "with all of its debug information");
    if (!entry->type.given) { /* of void */
        *out = (struct shape){.count = 1};
        out->type = opaque(type_add(types, entry, C_TYPE_OPAQUE), "void");
        return true;
    }
    if (!shape_read(types, entry->type, depth + 1, out, err))
        return false;
    if (entry->tag != DWARF_TYPEDEF || !entry->name || out->dimensions > 0)
        return true;
    wide = wide_typedef(types, entry, out->type);
    if (wide)
        out->type = wide;
    /* A struct or enum that has no other name. */
    if (!out->type->name)
        out->type->name = entry->name;
    return true;
}

static bool struct_read(struct c_types *types, const struct dwarf_entry *entry,
                        int depth, struct c_type **out, struct err *err)
{
    struct dwarf_entry complete;
    const char *why;

    if (!entry->declaration)
        return c_type_read_struct(types, entry, depth, out, err);
    if (!c_type_complete(types, entry, &complete, &why, err))
        return false;
    if (why) {
        *out = opaque(type_add(types, entry, C_TYPE_OPAQUE), why);
        (*out)->size = 0;
        return true;
    }
    if (!c_type_read_struct(types, &complete, depth, out, err))
        return false;
    (*out)->declared = entry->at;
    return true;
}

static bool shape_read(struct c_types *types, struct dwarf_ref at, int depth,
                       struct shape *out, struct err *err)
{
    struct dwarf_entry entry;

    *out = (struct shape){.count = 1, .type = type_known(types, at)};
    if (out->type)
        return out->type->done || out->type->kind < C_TYPE_STRUCT ||
               damaged(err, "a struct that contains itself");
    if (depth > CHAIN_MAX || types->count > TYPES_MAX)
        return damaged(err, "types nested too deeply, or too many of them");
    if (!dwarf_entry_read(types->file, at, &entry, err))
        return false;
    if (entry.signature.given) /* in a type unit */
        return shape_read(types, entry.signature, depth + 1, out, err);
    switch (entry.tag) {
    case DWARF_STRUCT:
    case DWARF_UNION:
        return struct_read(types, &entry, depth, &out->type, err);
    case DWARF_ENUM:
        return enum_read(types, &entry, depth, &out->type, err);
    case DWARF_ARRAY:
        return array_read(types, &entry, depth, out, err);
    case DWARF_TYPEDEF:
    case DWARF_QUALIFIER:
        return typedef_read(types, &entry, depth, out, err);
    case DWARF_POINTER:
        out->type = type_add(types, &entry, C_TYPE_POINTER);
        if (out->type->size == 0) /* clang leaves it out */
            out->type->size = types->pointer_size;
        if (!is_word_size(out->type->size))
            opaque(out->type, "a pointer of odd size");
        return true;
    case DWARF_BASE:
        out->type = base_read(types, &entry);
        return true;
    default:
        out->type = opaque(type_add(types, &entry, C_TYPE_OPAQUE),
                           "a type that C does not have");
        return true;
    }
}
