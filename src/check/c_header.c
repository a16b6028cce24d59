/* SPDX-License-Identifier: MIT */
/* The parts of the C header: unique names, constants and structs.  Members get
 * their places in c_members.c. */
#include "check/c_header.h"

#include <stdlib.h>
#include <string.h>

#include "base/name_table.h"
#include "base/text.h"
#include "check/c_members.h"
#include "layout/abi.h"
#include "layout/label_set.h"
#include "layout/words.h"

/* A 32-bit compiler takes no larger object. */
#define OBJECT_MAX INT32_MAX

struct header {
    struct buf *out;
    const struct layout *layout;
    enum abi abi;
    const char *prefix; /* of every name: the layout's title */
    const char *assert; /* name of the macro */
    struct arena *arena;
    struct name_table names; /* macros and tags */
    const char **tags;       /* by shape */
    size_t *first;           /* by shape: its first leaf; SIZE_MAX: not used */
    unsigned *alignment;     /* by shape: in C; 0: not printed */
};

/* --- names --------------------------------------------------------------- */

/* Of C and C++, and macros of compilers, each between blanks. */
static const char reserved[] =
    " alignas alignof and and_eq asm auto bitand bitor bool break case catch "
    "char class compl const constexpr const_cast continue decltype default "
    "delete do double dynamic_cast else enum explicit export extern false "
    "float for friend goto if inline int long mutable namespace new "
    "noexcept not not_eq nullptr operator or or_eq private protected public "
    "register reinterpret_cast restrict return short signed sizeof static "
    "static_assert static_cast struct switch template this thread_local "
    "throw true try typedef typeid typename typeof union unsigned using "
    "virtual void volatile wchar_t while xor xor_eq linux unix i386 ";

static bool is_reserved(const char *name)
{
    const char *at = reserved;
    size_t len = strlen(name);
    while ((at = strstr(at, name)) && (at[-1] != ' ' || at[len] != ' '))
        at += len;
    return at;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Any text as an identifier, with one '_' for each run of other bytes. */
static const char *identifier(struct header *header, const char *text)
{
    struct buf name = {0};
    for (; *text; text++) {
        bool fits = is_letter(*text) || (*text >= '0' && *text <= '9');
        if (fits || *text == '_')
            buf_putc(&name, *text);
        else if (name.len > 0 && name.data[name.len - 1] != '_')
            buf_putc(&name, '_');
    }
    if (name.len == 0 || !is_letter(name.data[0])) {
        struct buf rest = name;
        name = (struct buf){0};
        buf_printf(&name, "x%s", rest.data ? rest.data : "");
        buf_free(&rest);
    }
    /* Padding members are shmtop_pad1 and so on. */
    if (is_reserved(name.data) ||
        strncmp(name.data, "shmtop_pad", strlen("shmtop_pad")) == 0)
        buf_putc(&name, '_');
    const char *kept = arena_strndup(header->arena, name.data, name.len);
    buf_free(&name);
    return kept;
}

/* The name, with a number if it is taken. */
static const char *unique(struct header *header, struct name_table *names,
                          const char *name)
{
    const char *tried = name;
    for (unsigned i = 2; name_table_add(names, tried, 0) != SIZE_MAX; i++)
        tried = arena_printf(header->arena, "%s_%u", name, i);
    return tried;
}

/* A unique tag for a struct, from `name`. */
static const char *tag(struct header *header, const char *name,
                       const char *suffix)
{
    return unique(header, &header->names,
                  arena_printf(header->arena, "%s_%s%s", header->prefix,
                               identifier(header, name), suffix));
}

/* Text in a comment: clean, and without an end of a comment. */
static void put_comment(struct buf *out, const char *text)
{
    struct buf clean = {0};
    buf_puts(&clean, "");
    text_clean(&clean, text, strlen(text));
    for (size_t i = 0; i < clean.len; i++) {
        bool ends = clean.data[i] == '/' && i > 0 && clean.data[i - 1] == '*';
        buf_putc(out, ends || clean.data[i] == '\\' ? ' ' : clean.data[i]);
    }
    buf_free(&clean);
}

/* --- constants ----------------------------------------------------------- */

static void put_value(struct header *header, const struct label_set *set,
                      const char *label, const char *suffix, uint64_t value)
{
    const char *name =
        arena_printf(header->arena, "%s_%s_%s%s", header->prefix,
                     identifier(header, set->name), label, suffix);
    buf_printf(header->out, "#define %s ",
               unique(header, &header->names, name));
    if (set->is_signed && value == UINT64_C(1) << 63)
        buf_puts(header->out, "INT64_MIN");
    else if (set->is_signed)
        buf_printf(header->out, "(%lld)", (long long)value);
    else
        buf_printf(header->out, set->flags ? "0x%llx%s" : "%llu%s",
                   (unsigned long long)value, value > UINT32_MAX ? "ull" : "u");
    buf_putc(header->out, '\n');
}

/* If two labels make the same identifier, only the first gets a constant. */
static void put_set(struct header *header, const struct label_set *set)
{
    struct name_table labels = {0};
    for (size_t i = 0; i < set->count; i++) {
        const struct label_row *row = &set->rows[i];
        const char *label = identifier(header, row->label);
        if (name_table_add(&labels, label, i) != SIZE_MAX)
            continue;
        if (set->flags) {
            put_value(header, set, label, "", label_row_mask(row));
        } else if (row->low == row->high) {
            put_value(header, set, label, "", row->low);
        } else {
            put_value(header, set, label, "_first", row->low);
            put_value(header, set, label, "_last", row->high);
        }
    }
    name_table_free(&labels);
    if (set->count > 0)
        buf_putc(header->out, '\n');
}

/* --- members ------------------------------------------------------------- */

static const char *integer_type(const struct header *header, bool is_signed,
                                uint64_t bytes)
{
    return arena_printf(header->arena, "%sint%u_t", is_signed ? "" : "u",
                        (unsigned)bytes * 8);
}

/* Sets the type of a leaf, and the units of a text. */
static void set_leaf_type(struct header *header, struct c_member *member,
                          const struct field *leaf)
{
    switch ((enum kind)leaf->kind) {
    case KIND_INT:
    case KIND_UINT:
        member->type =
            integer_type(header, leaf->kind == KIND_INT, member->size);
        break;
    case KIND_FLOAT:
        member->type = leaf->size == 4 ? "float" : "double";
        break;
    case KIND_CHAR:
        member->type = "char";
        member->units = leaf->size;
        break;
    case KIND_UTF16:
        member->type = "uint16_t";
        member->units = leaf->size / 2;
        break;
    case KIND_UTF32:
        member->type = "uint32_t";
        member->units = leaf->size / 4;
        break;
    case KIND_BYTES:
        member->type = "uint8_t";
        member->units = leaf->size;
        break;
    case KIND_GUID:
        member->type =
            arena_printf(header->arena, "struct %s_guid_", header->prefix);
        break;
    case KIND_BOOL:
        member->type = integer_type(header, false, leaf->size);
        break;
    case KIND_COMPUTED:
        break;
    }
}

static void set_leaf(struct header *header, struct c_member *member,
                     const struct group *group, const struct field *leaf)
{
    bool big = leaf->order == ORDER_BIG && leaf->size > 1;
    member->size = group->packed_size ? group->packed_size : leaf->size;
    member->width = leaf->width;
    member->alignment = abi_kind_alignment(header->abi, (enum kind)leaf->kind,
                                           (uint32_t)member->size);
    member->note = big ? "big-endian" : NULL;
    member->foreign = leaf->width && (big || group->array);
    member->bit_end =
        member->bit + (group->count - 1) * group->stride * 8 + leaf->size * 8;
    set_leaf_type(header, member, leaf);
    if (leaf->width && !member->foreign) {
        member->bit += leaf->shift;
        member->bit_end = member->bit + leaf->width;
    }
}

static void set_struct(struct header *header, struct c_member *member,
                       const struct group *group)
{
    const struct struct_shape *shape = group->shape;
    member->type =
        arena_printf(header->arena, "struct %s", header->tags[shape->index]);
    member->size = shape->size;
    member->alignment = header->alignment[shape->index];
    member->bit_end =
        member->bit + (group->count - 1) * group->stride * 8 + shape->size * 8;
}

/* Adds a declaration with a fixed place to the members of `it`. */
static void add_member(struct header *header, struct c_struct *it,
                       struct name_table *names, const struct group *group,
                       size_t first)
{
    CHECK(group->count >= 1 && !group->moving);
    struct c_member *member = &it->members[it->count];
    *member = (struct c_member){
        .name = unique(header, names, identifier(header, group->name)),
        .count = group->array ? group->count : 0,
        .offset = group->offset,
        .stride = group->stride,
        .bit = group->offset * 8,
    };
    if (group->shape)
        set_struct(header, member, group);
    else
        set_leaf(header, member, group, &header->layout->fields[first]);
    it->count++;
}

/* --- structs ------------------------------------------------------------- */

/* Finds a first leaf of each struct that is used. */
static void visit(struct header *header, const struct group *group,
                  size_t first)
{
    const struct struct_shape *shape = group->shape;
    if (!shape || header->first[shape->index] != SIZE_MAX)
        return;
    header->first[shape->index] = first;
    for (size_t i = 0; i < shape->member_count; i++)
        visit(header, &shape->members[i], first + shape->members[i].first);
}

static void put_shape(struct header *header, const struct struct_shape *shape)
{
    size_t first = header->first[shape->index];
    if (first == SIZE_MAX || shape->size > OBJECT_MAX)
        return;
    struct c_struct it = {
        .name = header->tags[shape->index],
        .abi = header->abi,
        .pack = shape->pack,
        .size = shape->size,
        .members = mem_zalloc(shape->member_count, sizeof *it.members),
    };
    struct name_table names = {0};
    for (size_t i = 0; i < shape->member_count; i++) {
        const struct group *member = &shape->members[i];
        if (member->moving)
            buf_printf(header->out, "/* %s: its place is stored in fields */\n",
                       member->name);
        else
            add_member(header, &it, &names, member, first + member->first);
    }
    name_table_free(&names);
    c_struct_put(header->out, &it, header->assert);
    header->alignment[shape->index] = it.alignment;
    free(it.members);
}

static bool is_fixed(const struct layout *layout, const struct group *group,
                     size_t mapping)
{
    const struct field *field = &layout->fields[group->first];
    return field->kind != KIND_COMPUTED && field->mapping == mapping &&
           !group->moving;
}

static void put_mapping(struct header *header, size_t index)
{
    const struct layout *layout = header->layout;
    const struct mapping *mapping = &layout->mappings[index];
    uint64_t size = layout_mapping_need(layout, index);
    struct c_struct it = {
        .name =
            mapping->id ? tag(header, mapping->id, "_mapping") : header->prefix,
        .abi = header->abi,
        .size = size,
        .open = mapping->size == 0,
        .members = mem_zalloc(layout->group_count, sizeof *it.members),
    };
    struct name_table names = {0};
    for (size_t i = 0; i < layout->group_count && size <= OBJECT_MAX; i++) {
        const struct group *group = &layout->groups[i];
        if (is_fixed(layout, group, index))
            add_member(header, &it, &names, group, group->first);
    }
    name_table_free(&names);
    if (it.count > 0)
        c_struct_put(header->out, &it, header->assert);
    free(it.members);
}

/* --- the header ---------------------------------------------------------- */

static bool has_guid(const struct layout *layout)
{
    for (size_t i = 0; i < layout->field_count; i++)
        if (layout->fields[i].kind == KIND_GUID)
            return true;
    return false;
}

static void put_start(struct header *header)
{
    struct buf *out = header->out;
    buf_puts(out, "/* ");
    put_comment(out, header->layout->title);
    buf_printf(out,
               " for %s, made by shmtop check --c-header */\n"
               "#ifndef %s_H_\n#define %s_H_\n\n"
               "#include <stddef.h>\n#include <stdint.h>\n\n"
               "#ifdef __cplusplus\n"
               "#define %s(that) static_assert(that, #that)\n"
               "#else\n"
               "#define %s(that) _Static_assert(that, #that)\n"
               "#endif\n\n",
               word_of(abi_words, (int)header->abi), header->prefix,
               header->prefix, header->assert, header->assert);
    if (has_guid(header->layout)) {
        buf_printf(out,
                   "struct %s_guid_ {\n    uint32_t a;\n    uint16_t b, c;\n"
                   "    uint8_t d[8];\n};\n\n",
                   header->prefix);
    }
}

void c_header_put(struct buf *out, const struct layout *layout, enum abi abi)
{
    CHECK(abi > ABI_UNKNOWN && abi < ABI_COUNT);
    struct header header = {
        .out = out,
        .layout = layout,
        .abi = abi,
        .arena = arena_new(),
        .first = mem_zalloc(layout->shape_count, sizeof *header.first),
        .tags = mem_zalloc(layout->shape_count, sizeof *header.tags),
        .alignment = mem_zalloc(layout->shape_count, sizeof *header.alignment),
    };
    header.prefix = identifier(&header, layout->title);
    header.assert = arena_printf(header.arena, "%s_ASSERT_", header.prefix);
    memset(header.first, 0xff, layout->shape_count * sizeof *header.first);
    for (size_t i = 0; i < layout->group_count; i++)
        visit(&header, &layout->groups[i], layout->groups[i].first);
    unique(&header, &header.names, header.assert);
    unique(&header, &header.names,
           arena_printf(header.arena, "%s_H_", header.prefix));
    unique(&header, &header.names,
           arena_printf(header.arena, "%s_guid_", header.prefix));
    put_start(&header);
    for (size_t i = 0; i < layout->label_set_count; i++)
        put_set(&header, &layout->label_sets[i]);
    for (size_t i = 0; i < layout->shape_count; i++)
        header.tags[i] = tag(&header, layout->shapes[i]->name, "");
    for (size_t i = 0; i < layout->shape_count; i++)
        put_shape(&header, layout->shapes[i]);
    for (size_t i = 0; i < layout->mapping_count; i++)
        put_mapping(&header, i);
    buf_puts(out, "#endif\n");
    arena_free(header.arena);
    name_table_free(&header.names);
    free(header.tags);
    free(header.first);
    free(header.alignment);
}
