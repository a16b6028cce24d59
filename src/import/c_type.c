/* SPDX-License-Identifier: MIT */
/* Builds C types from debug entries: follows typedefs and qualifiers,
 * multiplies dimensions, places bit fields.  Finding them by name is
 * c_type_find.c. */
#include "import/c_type.h"

#include <stdlib.h>
#include <string.h>

#include "import/import_private.h"

/* Limits for damaged files. */
#define TYPES_MAX 20000u
#define MEMBERS_MAX 100000u
#define DEPTH_MAX 64 /* typedefs of typedefs, structs in structs */
#define SIZE_BYTES_MAX (UINT64_C(1) << 46)
#define SIZE_BITS_MAX (8 * SIZE_BYTES_MAX)

/* A type without typedefs and qualifiers, and the dimensions around it. */
struct shape {
    struct c_type *type;
    uint64_t count;
    uint64_t inner;
    unsigned dimensions;
    bool flexible;
};

static bool read_shape(struct c_types *types, struct dwarf_ref at, int depth,
                       struct shape *out, struct err *err);

static bool damaged(struct err *err, const char *what)
{
    return err_set(err, STATUS_DATA, "damaged debug information: %s", what);
}

struct c_types *c_types_new(struct dwarf_file *file,
                            const struct object *object)
{
    CHECK(file && object);
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

bool c_type_is_group(const struct c_type *type)
{
    return type->kind == C_TYPE_STRUCT || type->kind == C_TYPE_UNION;
}

static bool same_ref(struct dwarf_ref a, struct dwarf_ref b)
{
    return a.given && a.offset == b.offset && a.in_types == b.in_types;
}

/* The type that was read at `at`, or NULL. */
static struct c_type *find_read(const struct c_types *types,
                                struct dwarf_ref at)
{
    for (size_t i = 0; i < types->count; i++) {
        struct c_type *type = types->list[i];
        if (same_ref(type->at, at) || same_ref(type->declared, at))
            return type;
    }
    return NULL;
}

static struct c_type *add_type(struct c_types *types,
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

/* Makes it a type that the layout language does not have. */
static struct c_type *make_opaque(struct c_type *type, const char *why)
{
    type->kind = C_TYPE_OPAQUE;
    type->why = why;
    return type;
}

static bool is_word_size(uint64_t size)
{
    return size == 1 || size == 2 || size == 4 || size == 8;
}

static bool is_named(const struct dwarf_entry *entry, const char *name)
{
    return entry->name && strcmp(entry->name, name) == 0;
}

static enum c_type_kind kind_of_base(const struct dwarf_entry *entry,
                                     uint64_t size)
{
    enum c_type_kind integer =
        entry->encoding == DWARF_SIGNED ? C_TYPE_INT : C_TYPE_UINT;
    if (size == 1 && (is_named(entry, "char") || is_named(entry, "char8_t")))
        return C_TYPE_CHAR;
    switch (entry->encoding) {
    case DWARF_UTF:
        if (size == 1)
            return C_TYPE_CHAR;
        return size == 2 || size == 4 ? C_TYPE_WIDE : integer;
    case DWARF_SIGNED:
    case DWARF_UNSIGNED:
        /* a type of its own in C++ */
        return is_named(entry, "wchar_t") && (size == 2 || size == 4)
                   ? C_TYPE_WIDE
                   : integer;
    case DWARF_FLOAT:
        return size == 4 || size == 8 ? C_TYPE_FLOAT : C_TYPE_OPAQUE;
    case DWARF_BOOL:
        return size == 1 ? C_TYPE_BOOL : C_TYPE_UINT;
    case DWARF_UNKNOWN:
        break;
    }
    return C_TYPE_OPAQUE;
}

static struct c_type *read_base(struct c_types *types,
                                const struct dwarf_entry *entry)
{
    struct c_type *type = add_type(types, entry, C_TYPE_OPAQUE);
    type->kind = kind_of_base(entry, type->size);
    type->is_signed = entry->encoding == DWARF_SIGNED;
    type->is_wchar = type->kind == C_TYPE_WIDE && is_named(entry, "wchar_t");
    if (type->kind == C_TYPE_OPAQUE || !is_word_size(type->size))
        make_opaque(type, entry->name);
    return type;
}

static struct c_type *read_pointer(struct c_types *types,
                                   const struct dwarf_entry *entry)
{
    struct c_type *type = add_type(types, entry, C_TYPE_POINTER);
    if (type->size == 0) /* clang leaves it out */
        type->size = types->pointer_size;
    if (!is_word_size(type->size))
        make_opaque(type, "a pointer of odd size");
    return type;
}

struct enum_reader {
    struct c_types *types;
    struct c_type *type;
    bool has_negative; /* a value below 0 */
    bool has_huge;     /* a value of 2^63 and more */
};

static bool add_value(void *user, const struct dwarf_entry *entry,
                      struct err *err)
{
    struct enum_reader *reader = user;
    struct c_type *type = reader->type;
    if (entry->tag != DWARF_ENUMERATOR || !entry->name || !entry->value.given)
        return true;
    if (type->value_count == MEMBERS_MAX)
        return damaged(err, "an enum with too many values");
    if (entry->value.value < 0 && entry->value_unsigned)
        reader->has_huge = true;
    else if (entry->value.value < 0)
        reader->has_negative = true;
    *ARENA_ADD(reader->types->arena, type->values, type->value_count) =
        (struct c_type_value){entry->name, entry->value.value};
    return true;
}

/* Some compilers give values without a sign, in as many bits as the enum has.
 */
static void extend_values(struct c_type *type)
{
    CHECK(is_word_size(type->size));
    unsigned shift = 64 - 8 * (unsigned)type->size;

    for (size_t i = 0; i < type->value_count; i++) {
        uint64_t bits = (uint64_t)type->values[i].value << shift;
        type->values[i].value =
            type->is_signed ? (int64_t)bits >> shift : (int64_t)(bits >> shift);
    }
}

static bool read_enum(struct c_types *types, const struct dwarf_entry *entry,
                      int depth, struct c_type **out, struct err *err)
{
    struct c_type *type = add_type(types, entry, C_TYPE_ENUM);
    struct enum_reader reader = {.types = types, .type = type};
    struct shape underlying = {0};
    *out = type;
    if (entry->type.given) {
        if (!read_shape(types, entry->type, depth + 1, &underlying, err))
            return false;
        if (type->size == 0)
            type->size = underlying.type->size;
    }
    if (!is_word_size(type->size)) {
        make_opaque(type, "an enum of odd size");
        return true;
    }
    if (!dwarf_entry_each(types->file, entry->at, add_value, &reader, err))
        return false;
    if (underlying.type)
        type->is_signed = underlying.type->kind == C_TYPE_INT ||
                          (underlying.type->kind == C_TYPE_CHAR &&
                           underlying.type->is_signed);
    /* Some compilers call the type of an enum with negative values unsigned. */
    if (reader.has_negative && (!underlying.type || !reader.has_huge))
        type->is_signed = true;
    extend_values(type);
    return true;
}

struct struct_reader {
    struct c_types *types;
    struct c_type *type;
    int depth;
};

/* Bits from the struct's start.  Before DWARF 4 they were counted from the
 * most significant bit of the storage, in both byte orders. */
static void place_bits(const struct c_types *types,
                       const struct dwarf_entry *entry,
                       struct c_type_member *member)
{
    int64_t storage = entry->byte_size.given ? entry->byte_size.value
                                             : (int64_t)member->type->size;
    int64_t first = 0;
    if (entry->bit_size.value < 1 || entry->bit_size.value > 64) {
        member->why = "a bit field of odd width";
        return;
    }
    member->bits = (unsigned)entry->bit_size.value;
    if (entry->bit_offset.given) {
        first = entry->bit_offset.value;
        if ((uint64_t)first > SIZE_BITS_MAX)
            first = INT64_MIN / 2;
    } else if (entry->bit_offset_old.given && storage >= 0 && storage <= 64 &&
               entry->bit_offset_old.value >= -512 &&
               entry->bit_offset_old.value <= 512) {
        first = entry->bit_offset_old.value;
        if (!types->big_endian)
            first = 8 * storage - first - member->bits;
    }
    first += (int64_t)(8 * member->offset);
    if ((uint64_t)first > SIZE_BITS_MAX)
        member->why = "a bit field outside of its struct";
    member->bit_offset = (uint64_t)first;
}

static bool add_member(void *user, const struct dwarf_entry *entry,
                       struct err *err)
{
    struct struct_reader *reader = user;
    struct c_type *type = reader->type;
    struct shape shape;
    if ((entry->tag != DWARF_MEMBER && entry->tag != DWARF_BASE_CLASS) ||
        entry->external || entry->declaration)
        return true;
    if (type->member_count == MEMBERS_MAX)
        return damaged(err, "a struct with too many members");
    if (entry->in_other_file)
        return err_set(err, STATUS_DATA,
                       "the type of member '%s' is in another file (made by "
                       "dwz): name a file with all of its debug information",
                       entry->name ? entry->name : "?");
    if (!entry->type.given)
        return damaged(err, "a member without a type");
    if (!read_shape(reader->types, entry->type, reader->depth + 1, &shape, err))
        return false;
    if ((uint64_t)entry->offset.value > SIZE_BYTES_MAX)
        return damaged(err, "a member outside of its struct");
    struct c_type_member *member =
        ARENA_ADD(reader->types->arena, type->members, type->member_count);
    *member = (struct c_type_member){
        .name = entry->name,
        .type = shape.type,
        .offset = (uint64_t)entry->offset.value,
        .count = shape.count,
        .inner = shape.inner,
        .dimensions = shape.dimensions,
        .flexible = shape.flexible,
        .base = entry->tag == DWARF_BASE_CLASS,
        .why = entry->computed ? "a virtual base class" : NULL,
    };
    if (entry->bit_size.given)
        place_bits(reader->types, entry, member);
    return true;
}

bool c_type_read_struct(struct c_types *types, const struct dwarf_entry *entry,
                        int depth, struct c_type **out, struct err *err)
{
    CHECK(entry->tag == DWARF_STRUCT || entry->tag == DWARF_UNION);
    *out = find_read(types, entry->at);
    if (*out)
        return (*out)->complete ||
               damaged(err, "a struct that contains itself");
    struct c_type *type = add_type(
        types, entry, entry->tag == DWARF_UNION ? C_TYPE_UNION : C_TYPE_STRUCT);
    struct struct_reader reader = {types, type, depth};
    *out = type;
    if (types->count > TYPES_MAX || type->size > SIZE_BYTES_MAX)
        return damaged(err, "a struct too large for a layout");
    type->complete =
        dwarf_entry_each(types->file, entry->at, add_member, &reader, err);
    return type->complete;
}

/* Elements of a dimension; 0: unknown. */
static uint64_t dimension_count(const struct dwarf_entry *entry)
{
    if (entry->count.given && entry->count.value >= 0)
        return (uint64_t)entry->count.value;
    /* The last index of 0 elements is -1, with a sign or without. */
    if (!entry->upper.given || entry->upper.value < 0 ||
        entry->upper.value == UINT32_MAX)
        return 0;
    return (uint64_t)entry->upper.value + 1;
}

/* Dimensions come from the outer to the inner one. */
static bool add_dimension(void *user, const struct dwarf_entry *entry,
                          struct err *err)
{
    struct shape *shape = user;
    if (entry->tag != DWARF_DIMENSION)
        return true;
    uint64_t count = dimension_count(entry);
    if (count > SIZE_BYTES_MAX ||
        (count > 0 && shape->count > SIZE_BYTES_MAX / count))
        return damaged(err, "an array too large for a layout");
    if (count == 0)
        shape->flexible = true;
    shape->count *= count;
    shape->inner = count;
    if (++shape->dimensions > DEPTH_MAX)
        return damaged(err, "an array of too many dimensions");
    return true;
}

static bool read_array(struct c_types *types, const struct dwarf_entry *entry,
                       int depth, struct shape *out, struct err *err)
{
    struct shape outer = {.count = 1}, element;
    if (!entry->type.given)
        return damaged(err, "an array without a type");
    if (!dwarf_entry_each(types->file, entry->at, add_dimension, &outer, err) ||
        !read_shape(types, entry->type, depth + 1, &element, err))
        return false;
    if (outer.dimensions == 0) { /* clang's way to say [] */
        outer.flexible = true;
        outer.count = 0;
    }
    if (element.count > 0 && outer.count > SIZE_BYTES_MAX / element.count)
        return damaged(err, "an array too large for a layout");
    *out = (struct shape){
        .type = element.type,
        .count = outer.count * element.count,
        .inner = element.dimensions > 0 ? element.inner : outer.inner,
        .dimensions = outer.dimensions + element.dimensions,
        .flexible = outer.flexible || element.flexible,
    };
    return true;
}

/* wchar_t, char16_t and char32_t are typedefs in C, but say more than their
 * integer type.  NULL for others. */
static struct c_type *read_wide_typedef(struct c_types *types,
                                        const struct dwarf_entry *entry,
                                        const struct c_type *integer)
{
    if ((integer->kind != C_TYPE_INT && integer->kind != C_TYPE_UINT) ||
        (integer->size != 2 && integer->size != 4) ||
        (!is_named(entry, "wchar_t") && !is_named(entry, "char16_t") &&
         !is_named(entry, "char32_t")))
        return NULL;
    struct c_type *type = add_type(types, entry, C_TYPE_WIDE);
    type->size = integer->size;
    type->is_signed = integer->kind == C_TYPE_INT;
    type->is_wchar = is_named(entry, "wchar_t");
    return type;
}

static bool read_typedef(struct c_types *types, const struct dwarf_entry *entry,
                         int depth, struct shape *out, struct err *err)
{
    if (entry->in_other_file)
        return err_set(err, STATUS_DATA,
                       "a type is in another file (made by dwz): name a file "
                       "with all of its debug information");
    if (!entry->type.given) {
        *out = (struct shape){.count = 1};
        out->type = make_opaque(add_type(types, entry, C_TYPE_OPAQUE), "void");
        return true;
    }
    if (!read_shape(types, entry->type, depth + 1, out, err))
        return false;
    if (entry->tag != DWARF_TYPEDEF || !entry->name || out->dimensions > 0)
        return true;
    struct c_type *wide = read_wide_typedef(types, entry, out->type);
    if (wide)
        out->type = wide;
    /* a struct or enum without a name of its own */
    if (!out->type->name)
        out->type->name = entry->name;
    return true;
}

static bool read_struct(struct c_types *types, const struct dwarf_entry *entry,
                        int depth, struct c_type **out, struct err *err)
{
    struct dwarf_entry definition;
    const char *why;
    if (!entry->declaration)
        return c_type_read_struct(types, entry, depth, out, err);
    if (!c_type_find_definition(types, entry, &definition, &why, err))
        return false;
    if (why) {
        *out = make_opaque(add_type(types, entry, C_TYPE_OPAQUE), why);
        (*out)->size = 0;
        return true;
    }
    if (!c_type_read_struct(types, &definition, depth, out, err))
        return false;
    (*out)->declared = entry->at;
    return true;
}

static bool read_shape(struct c_types *types, struct dwarf_ref at, int depth,
                       struct shape *out, struct err *err)
{
    struct dwarf_entry entry;
    CHECK(at.given && depth >= 0);
    *out = (struct shape){.count = 1, .type = find_read(types, at)};
    if (out->type)
        return out->type->complete || !c_type_is_group(out->type) ||
               damaged(err, "a struct that contains itself");
    if (depth > DEPTH_MAX || types->count > TYPES_MAX)
        return damaged(err, "types nested too deeply, or too many of them");
    if (!dwarf_entry_read(types->file, at, &entry, err))
        return false;
    if (entry.signature.given) /* in a type unit */
        return read_shape(types, entry.signature, depth + 1, out, err);
    switch (entry.tag) {
    case DWARF_STRUCT:
    case DWARF_UNION:
        return read_struct(types, &entry, depth, &out->type, err);
    case DWARF_ENUM:
        return read_enum(types, &entry, depth, &out->type, err);
    case DWARF_ARRAY:
        return read_array(types, &entry, depth, out, err);
    case DWARF_TYPEDEF:
    case DWARF_QUALIFIER:
        return read_typedef(types, &entry, depth, out, err);
    case DWARF_POINTER:
        out->type = read_pointer(types, &entry);
        return true;
    case DWARF_BASE:
        out->type = read_base(types, &entry);
        return true;
    default:
        out->type = make_opaque(add_type(types, &entry, C_TYPE_OPAQUE),
                                "a type that C does not have");
        return true;
    }
}
