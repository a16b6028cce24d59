/* SPDX-License-Identifier: MIT */
/* Writes a type as INI text that loads whatever names and numbers the program
 * has: names become identifiers, and what a layout cannot express becomes bytes
 * or a comment. */
#include "import/write_layout.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/ini.h"
#include "base/text.h"
#include "import/identifiers.h"
#include "import/members.h"
#include "layout/type.h"
#include "layout/words.h"

#define NUMBERS_MAX 16 /* elements of u8; longer arrays become bytes */
#define LABEL_MAX 160  /* bytes of a label; its value is on the same line */

/* A type with a section of its own. */
struct section {
    const struct c_type *type;
    const char *name;
    uint64_t values; /* leaves of a struct */
    unsigned height; /* levels of structs in a struct */
    struct section *next;
};

struct import_writer {
    const struct object *object;
    struct arena *arena;
    enum abi abi;
    struct buf structs; /* text of [struct] sections */
    struct buf enums;   /* text of [enum] sections */
    struct section *sections;
    struct identifiers names; /* of the sections */
};

static enum abi abi_of(const struct object *object)
{
    bool linux = object->format == OBJECT_ELF;
    switch (object->machine) {
    case MACHINE_X86:
        return linux ? ABI_X86_LINUX : ABI_X86_WINDOWS;
    case MACHINE_X64:
        return linux ? ABI_X64_LINUX : ABI_X64_WINDOWS;
    case MACHINE_ARM64:
        return linux && !object->big_endian ? ABI_ARM64_LINUX : ABI_UNKNOWN;
    case MACHINE_OTHER:
        break;
    }
    return ABI_UNKNOWN;
}

static struct section *find_section(const struct import_writer *writer,
                                    const struct c_type *type)
{
    struct section *section = writer->sections;
    while (section && section->type != type)
        section = section->next;
    return section;
}

static struct section *add_section(struct import_writer *writer,
                                   const struct c_type *type, const char *name)
{
    struct section *section = arena_alloc(writer->arena, 1, sizeof *section);
    section->type = type;
    do
        section->name = identifiers_add(&writer->names, name, LAYOUT_NAME_MAX);
    while (type_is_name(section->name));
    section->next = writer->sections;
    writer->sections = section;
    return section;
}

/* A name for a type: its own, or that of its only member. */
static const char *name_type(const struct import_writer *writer,
                             const struct c_type *type, const char *parent,
                             const char *member)
{
    return type->name ? type->name
                      : arena_printf(writer->arena, "%s_%s", parent, member);
}

void write_layout_line(struct buf *out, const struct buf *line)
{
    size_t len = line->len < INI_LINE_MAX ? line->len : INI_LINE_MAX;
    while (len < line->len && ((unsigned char)line->data[len] & 0xc0) == 0x80)
        len--;
    buf_add(out, line->data, len);
    buf_putc(out, '\n');
}

static void put_comment(struct buf *out, const char *text)
{
    buf_puts(out, " ; ");
    text_clean(out, text, strlen(text));
}

struct sorted_value {
    uint64_t key;
    const struct c_type_value *value;
};

static int compare_values(const void *a, const void *b)
{
    const struct sorted_value *left = a, *right = b;
    if (left->key != right->key)
        return left->key < right->key ? -1 : 1;
    return left->value < right->value ? -1 : left->value > right->value;
}

/* Rising values; of several names for one value the first in the program. */
static void put_values(struct import_writer *writer, struct buf *out,
                       const struct c_type *type)
{
    struct identifiers labels = {.arena = writer->arena};
    struct sorted_value *sorted = mem_zalloc(type->value_count, sizeof *sorted);
    for (size_t i = 0; i < type->value_count; i++)
        sorted[i] = (struct sorted_value){(uint64_t)type->values[i].value ^
                                              (uint64_t)type->is_signed << 63,
                                          &type->values[i]};
    qsort(sorted, type->value_count, sizeof *sorted, compare_values);
    for (size_t i = 0; i < type->value_count; i++) {
        const struct c_type_value *value = sorted[i].value;
        if (i > 0 && sorted[i].key == sorted[i - 1].key)
            continue;
        if (type->is_signed)
            buf_put_i64(out, value->value);
        else
            buf_put_u64(out, (uint64_t)value->value);
        buf_printf(out, " = %s\n",
                   identifiers_add(&labels, value->name, LABEL_MAX));
    }
    identifiers_free(&labels);
    free(sorted);
}

/* Puts " enum=NAME", and the section on first use, if the enum has values. */
static void put_enum(struct import_writer *writer, struct buf *out,
                     const struct c_type *type, const char *parent,
                     const char *member)
{
    const struct section *section = find_section(writer, type);
    if (type->value_count == 0)
        return;
    if (!section) {
        section =
            add_section(writer, type, name_type(writer, type, parent, member));
        buf_printf(&writer->enums, "\n[enum %s]\n", section->name);
        put_values(writer, &writer->enums, type);
    }
    buf_printf(out, " enum=%s", section->name);
}

static void put_count(struct buf *out, const struct c_type_member *member)
{
    if (member->dimensions > 0)
        buf_printf(out, "[%" PRIu64 "]", member->count);
}

static void put_number(struct buf *out, char letter,
                       const struct c_type_member *member)
{
    buf_printf(out, "%c%u", letter, 8 * (unsigned)member->type->size);
    put_count(out, member);
}

static void put_integer(struct buf *out, const struct c_type_member *member)
{
    put_number(out, member->type->is_signed ? 'i' : 'u', member);
}

/* "char[16]", "char[16][4]": the last dimension is the text. */
static void put_text(struct buf *out, const char *word,
                     const struct c_type_member *member)
{
    buf_printf(out, "%s[%" PRIu64 "]", word, member->inner);
    if (member->count > member->inner)
        buf_printf(out, "[%" PRIu64 "]", member->count / member->inner);
}

/* Whether the last dimension can be one text. */
static bool is_text(const struct c_type_member *member)
{
    return member->dimensions > 0 &&
           member->inner <= LAYOUT_VALUE_MAX / member->type->size;
}

/* An array of the largest values that divide `size`. */
static void put_bytes(struct buf *out, uint64_t size)
{
    uint64_t one = size < LAYOUT_VALUE_MAX ? size : LAYOUT_VALUE_MAX;
    CHECK(size > 0);
    while (size % one != 0)
        one--;
    buf_printf(out, "bytes[%" PRIu64 "]", one);
    if (size > one)
        buf_printf(out, "[%" PRIu64 "]", size / one);
}

static void put_wide(const struct import_writer *writer, struct buf *out,
                     const struct c_type_member *member)
{
    const struct c_type *type = member->type;
    bool windows =
        writer->abi == ABI_X86_WINDOWS || writer->abi == ABI_X64_WINDOWS;
    if (!is_text(member))
        put_integer(out, member);
    else if (type->is_wchar && writer->abi != ABI_UNKNOWN &&
             type->size == (windows ? 2 : 4))
        put_text(out, "wchar", member);
    else
        put_text(out, type->size == 2 ? "utf16" : "utf32", member);
}

/* Only an ABI gives ptr its size. */
static void put_pointer(const struct import_writer *writer, struct buf *out,
                        const struct c_type_member *member)
{
    if (writer->abi != ABI_UNKNOWN &&
        member->type->size == (writer->object->is_64 ? 8 : 4)) {
        buf_puts(out, "ptr");
        put_count(out, member);
    } else {
        put_number(out, 'u', member);
    }
}

static bool put_struct(struct import_writer *writer, const struct c_type *type,
                       const char *name, struct err *err);

/* Whether a struct may have members of that type. */
static bool fits_depth(const struct import_writer *writer,
                       const struct c_type *type)
{
    const struct section *section = find_section(writer, type);
    CHECK(section);
    return section->height < LAYOUT_DEPTH_MAX - 1;
}

/* The type of a member that is not a bit field; `tail` gets the attributes
 * after the offset. */
static bool put_type(struct import_writer *writer, struct buf *out,
                     const struct member_line *line, const char *parent,
                     struct buf *tail, struct err *err)
{
    const struct c_type_member *member = line->member;
    const struct c_type *type = member->type;
    switch (type->kind) {
    case C_TYPE_INT:
        put_number(out, 'i', member);
        break;
    case C_TYPE_UINT:
        if (type->size == 1 && member->count > NUMBERS_MAX)
            put_bytes(out, member->count);
        else
            put_number(out, 'u', member);
        break;
    case C_TYPE_FLOAT:
        put_number(out, 'f', member);
        break;
    case C_TYPE_BOOL:
        buf_puts(out, "bool");
        put_count(out, member);
        break;
    case C_TYPE_CHAR:
        if (is_text(member))
            put_text(out, "char", member);
        else if (member->dimensions > 0)
            put_bytes(out, member->count);
        else
            put_integer(out, member);
        break;
    case C_TYPE_WIDE:
        put_wide(writer, out, member);
        break;
    case C_TYPE_POINTER:
        put_pointer(writer, out, member);
        if (writer->abi == ABI_UNKNOWN)
            buf_puts(tail, " show=hex");
        break;
    case C_TYPE_ENUM:
        put_integer(out, member);
        put_enum(writer, tail, type, parent, line->name);
        break;
    case C_TYPE_STRUCT:
    case C_TYPE_UNION:
        if (!put_struct(writer, type,
                        name_type(writer, type, parent, line->name), err))
            return false;
        if (fits_depth(writer, type)) {
            buf_puts(out, find_section(writer, type)->name);
            put_count(out, member);
            break;
        }
        put_bytes(out, member_size(member));
        break;
    case C_TYPE_OPAQUE:
        put_bytes(out, member_size(member));
        break;
    }
    return true;
}

/* Whether `bits` bits can have all values of an enum: a layout may not have
 * other labels. */
static bool fits_bits(const struct c_type *type, bool is_signed, unsigned bits)
{
    CHECK(bits >= 1 && bits <= 64);
    for (size_t i = 0; i < type->value_count; i++) {
        int64_t value = type->values[i].value;
        int64_t above = is_signed   ? value >> (bits - 1)
                        : bits < 64 ? (int64_t)((uint64_t)value >> bits)
                                    : 0;
        if (above != 0 && !(is_signed && above == -1))
            return false;
    }
    return true;
}

static void put_bits(struct import_writer *writer, struct buf *out,
                     const struct member_line *line, const char *parent,
                     struct buf *tail)
{
    const struct c_type *type = line->member->type;
    unsigned bits = line->member->bits;
    bool is_signed =
        type->kind == C_TYPE_INT ||
        ((type->kind == C_TYPE_CHAR || type->kind == C_TYPE_ENUM) &&
         type->is_signed);
    buf_printf(out, "%c%u", is_signed ? 'i' : 'u', 8 * line->size);
    buf_printf(tail, " bits=%u", line->shift);
    if (bits > 1)
        buf_printf(tail, "..%u", line->shift + bits - 1);
    if (type->kind == C_TYPE_ENUM && fits_bits(type, is_signed, bits))
        put_enum(writer, tail, type, parent, line->name);
}

/* Whether it is of a struct whose members are all left out. */
static bool is_empty(const struct import_writer *writer,
                     const struct member_line *line)
{
    const struct section *section =
        c_type_is_group(line->member->type)
            ? find_section(writer, line->member->type)
            : NULL;
    return section && section->values == 0;
}

/* A comment about what differs from the program. */
static void put_remark(const struct import_writer *writer, struct buf *out,
                       const struct member_line *line)
{
    const struct c_type_member *member = line->member;
    const struct c_type *type = member->type;
    bool text = type->kind == C_TYPE_CHAR || type->kind == C_TYPE_WIDE;
    if (member->dimensions > (text ? 2u : 1u))
        buf_printf(out, " ; %u dimensions", member->dimensions);
    if (type->kind == C_TYPE_OPAQUE)
        put_comment(out, type->why ? type->why : "of an unknown type");
    else if (c_type_is_group(type) && !fits_depth(writer, type))
        put_comment(out, "structs in structs, too many for a layout");
    else if (member->name && strcmp(member->name, line->name) != 0)
        put_comment(out, member->name);
}

static bool put_line(struct import_writer *writer, struct buf *out,
                     const struct member_line *line, const char *parent,
                     struct err *err)
{
    const struct c_type_member *member = line->member;
    const char *why = line->why;
    struct buf tail = {0};
    bool ok = true;
    buf_printf(out, "%s = ", line->name);
    if (!why && member->bits > 0)
        put_bits(writer, out, line, parent, &tail);
    else if (!why)
        ok = put_type(writer, out, line, parent, &tail, err);
    if (ok && !why && is_empty(writer, line))
        why = "a struct without members";
    if (why) {
        buf_clear(out);
        buf_printf(out, "; %s is left out: ", line->name);
        text_clean(out, why, strlen(why));
    } else if (ok) {
        buf_printf(out, " @%" PRIu64 "%s%s", line->offset,
                   tail.len > 0 ? tail.data : "",
                   line->overlap ? " overlap=yes" : "");
        if (member->name && strncmp(member->name, "_vptr", 5) == 0)
            buf_puts(out, " level=debug");
        put_remark(writer, out, line);
    }
    buf_free(&tail);
    return ok;
}

/* Leaves of all elements: bytes and texts are one each. */
static uint64_t count_values(const struct import_writer *writer,
                             const struct member_line *line)
{
    const struct c_type_member *member = line->member;
    const struct c_type *type = member->type;
    uint64_t each = 1;
    if (line->why)
        return 0;
    if (c_type_is_group(type) && fits_depth(writer, type))
        each = find_section(writer, type)->values;
    if (each > 0 && member->count > LAYOUT_FIELDS_MAX / each)
        return (uint64_t)LAYOUT_FIELDS_MAX + 1;
    if (type->kind == C_TYPE_CHAR && is_text(member))
        return member->count / member->inner;
    if (type->kind == C_TYPE_UINT && type->size == 1 &&
        member->count > NUMBERS_MAX)
        return member->count / LAYOUT_VALUE_MAX + 1;
    return each * member->count;
}

/* Puts the lines of all members, and fills in values and height of `self`. */
static bool put_members(struct import_writer *writer, struct buf *out,
                        struct section *self, struct err *err)
{
    struct member_lines lines = {0};
    struct buf text = {0};
    bool ok = member_lines_collect(&lines, self->type,
                                   writer->object->big_endian, writer->arena);
    if (!ok)
        err_set(err, STATUS_DATA,
                "'%s' has more members than a layout may have", self->name);
    for (size_t i = 0; ok && i < lines.count; i++) {
        const struct member_line *line = &lines.items[i];
        const struct c_type *type = line->member->type;
        buf_clear(&text);
        ok = put_line(writer, &text, line, self->name, err);
        if (!ok)
            break;
        write_layout_line(out, &text);
        self->values += count_values(writer, line);
        if (!line->why && c_type_is_group(type) && fits_depth(writer, type)) {
            unsigned height = find_section(writer, type)->height + 1;
            self->height = height > self->height ? height : self->height;
        }
        if (self->values > LAYOUT_FIELDS_MAX)
            ok = err_set(err, STATUS_DATA,
                         "'%s' has more values than a layout may have, %u",
                         self->name, LAYOUT_FIELDS_MAX);
    }
    buf_free(&text);
    free(lines.items);
    return ok;
}

/* Puts its section, unless there is one. */
static bool put_struct(struct import_writer *writer, const struct c_type *type,
                       const char *name, struct err *err)
{
    struct buf text = {0};
    if (find_section(writer, type))
        return true;
    struct section *self = add_section(writer, type, name);
    bool ok = put_members(writer, &text, self, err);
    if (ok && self->values > 0 && fits_depth(writer, type))
        buf_printf(&writer->structs, "\n[struct %s]\n@size = %" PRIu64 "\n%s",
                   self->name, type->size, text.data);
    buf_free(&text);
    return ok;
}

static void put_mapping(const struct import_writer *writer, struct buf *out,
                        const struct section *self)
{
    buf_printf(out,
               "[mapping]\n"
               "name = %s ; the struct's name: put the mapping's there\n"
               "size = %" PRIu64 "\n",
               self->name, self->type->size);
    if (writer->abi != ABI_UNKNOWN)
        buf_printf(out, "abi = %s\n", word_of(abi_words, (int)writer->abi));
    if (writer->object->big_endian)
        buf_puts(out, "endian = big\n");
}

bool write_layout(struct buf *out, const struct object *object,
                  const struct c_type *type, const char *name, struct err *err)
{
    CHECK(object && c_type_is_group(type) && name);
    struct arena *arena = arena_new();
    struct import_writer writer = {.object = object,
                                   .arena = arena,
                                   .abi = abi_of(object),
                                   .names = {.arena = arena}};
    struct identifiers own = {.arena = arena};
    struct buf fields = {0};

    struct section self = {
        .type = type, .name = identifiers_add(&own, name, LAYOUT_NAME_MAX)};
    bool ok = put_members(&writer, &fields, &self, err);
    if (ok && self.values == 0)
        ok = err_set(err, STATUS_DATA,
                     "'%s' has no members that a layout can have", self.name);
    put_mapping(&writer, out, &self);
    buf_add(out, writer.structs.data, writer.structs.len);
    buf_puts(out, "\n[fields]\n");
    buf_add(out, fields.data, fields.len);
    buf_add(out, writer.enums.data, writer.enums.len);
    buf_free(&fields);
    buf_free(&writer.structs);
    buf_free(&writer.enums);
    identifiers_free(&own);
    identifiers_free(&writer.names);
    arena_free(arena);
    return ok;
}
