/* SPDX-License-Identifier: MIT */
/*
 * A type as INI text.
 * Invariant: what comes out loads as a layout, whatever names and numbers the
 * program has: names are made identifiers, and what a layout cannot say becomes
 * bytes or a comment.
 */
#include "import/write_layout.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/ini.h"
#include "base/text.h"
#include "import/members.h"
#include "layout/type.h"
#include "layout/words.h"

#define FEW_BYTES 16 /* that many are told one by one */
#define LABEL_MAX                                                              \
    160 /* bytes of a value's name; with the value it is a line                \
         */

/* A type that has a section, and what it is called there. */
struct section {
    const struct c_type *type;
    const char *name;
    uint64_t values; /* how many of them it is in the end */
    unsigned height; /* structs in it, one in another; 0 for enums */
};

struct writer {
    const struct object *object;
    struct arena *arena;
    enum abi abi;
    struct buf structs;
    struct buf enums;
    struct section *sections;
    size_t count;
    struct identifiers names; /* theirs */
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

static struct section *find_section(struct writer *writer,
                                    const struct c_type *type)
{
    for (size_t i = 0; i < writer->count; i++)
        if (writer->sections[i].type == type)
            return &writer->sections[i];
    return NULL;
}

/* Valid until the next one; names of structs and enums are all different. */
static struct section *add_section(struct writer *writer,
                                   const struct c_type *type, const char *name)
{
    const char *unique;

    do
        unique = identifiers_add(&writer->names, name, LAYOUT_NAME_MAX);
    while (type_is_name(unique));
    struct section *section = MEM_ADD(writer->sections, writer->count);
    *section = (struct section){type, unique, 1, 0};
    return section;
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

static int compare_values(const void *a, const void *b)
{
    const struct c_type_value *left = a;
    const struct c_type_value *right = b;
    if (left->value != right->value)
        return left->value < right->value ? -1 : 1;
    return strcmp(left->name, right->name);
}

static int compare_patterns(const void *a, const void *b)
{
    const struct c_type_value *left = a;
    const struct c_type_value *right = b;
    uint64_t x = (uint64_t)left->value, y = (uint64_t)right->value;
    if (x != y)
        return x < y ? -1 : 1;
    return strcmp(left->name, right->name);
}

/* Of names for the same value, the first one of the program. */
static void put_values(struct writer *writer, struct buf *out,
                       const struct c_type *type)
{
    struct identifiers labels = {.arena = writer->arena};
    struct c_type_value *values =
        mem_zalloc(type->value_count, sizeof values[0]);
    size_t count = 0;

    for (size_t i = 0; i < type->value_count; i++) {
        bool known = false;
        for (size_t n = 0; n < count && count < 1000 && !known; n++)
            known = values[n].value == type->values[i].value;
        if (!known)
            values[count++] = type->values[i];
    }
    qsort(values, count, sizeof values[0],
          type->is_signed ? compare_values : compare_patterns);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && values[i].value == values[i - 1].value)
            continue;
        if (type->is_signed)
            buf_put_i64(out, values[i].value);
        else
            buf_put_u64(out, (uint64_t)values[i].value);
        buf_puts(out, " = ");
        buf_puts(out, identifiers_add(&labels, values[i].name, LABEL_MAX));
        buf_putc(out, '\n');
    }
    identifiers_free(&labels);
    free(values);
}

/* NULL when it has no values to be named. */
static const char *enum_name(struct writer *writer, const struct c_type *type,
                             const char *parent, const char *member)
{
    const struct section *known = find_section(writer, type);
    const char *name = type->name;

    if (known)
        return known->name;
    if (type->value_count == 0)
        return NULL;
    if (!name)
        name = arena_printf(writer->arena, "%s_%s", parent, member);
    name = add_section(writer, type, name)->name;
    buf_printf(&writer->enums, "\n[enum %s]\n", name);
    put_values(writer, &writer->enums, type);
    return name;
}

static void put_count(struct buf *out, const struct c_type_member *member)
{
    if (member->dimensions > 0)
        buf_printf(out, "[%" PRIu64 "]", member->count);
}

static void put_number(struct buf *out, char letter, unsigned size,
                       const struct c_type_member *member)
{
    buf_printf(out, "%c%u", letter, 8 * size);
    put_count(out, member);
}

/* "char[16]", "char[16][4]": the last dimension is the text. */
static void put_text(struct buf *out, const char *word,
                     const struct c_type_member *member)
{
    buf_printf(out, "%s[%" PRIu64 "]", word, member->inner);
    if (member->count > member->inner)
        buf_printf(out, "[%" PRIu64 "]", member->count / member->inner);
}

/* How many of `unit` bytes one value may have. */
static bool is_text(const struct c_type_member *member, unsigned unit)
{
    return member->dimensions > 0 && member->inner <= LAYOUT_VALUE_MAX / unit;
}

/* So many bytes, in values as large as they may be. */
static void put_bytes(struct buf *out, uint64_t size)
{
    uint64_t one = LAYOUT_VALUE_MAX;

    if (size <= LAYOUT_VALUE_MAX) {
        buf_printf(out, "bytes[%" PRIu64 "]", size);
        return;
    }
    while (size % one != 0)
        one--;
    buf_printf(out, "bytes[%" PRIu64 "][%" PRIu64 "]", one, size / one);
}

static void put_wide(struct writer *writer, struct buf *out,
                     const struct c_type_member *member)
{
    const struct c_type *type = member->type;
    bool windows =
        writer->abi == ABI_X86_WINDOWS || writer->abi == ABI_X64_WINDOWS;
    const char *word = type->size == 2 ? "utf16" : "utf32";

    if (type->is_wchar && writer->abi != ABI_UNKNOWN &&
        type->size == (windows ? 2 : 4))
        word = "wchar";
    if (is_text(member, (unsigned)type->size) && type->size > 1)
        put_text(out, word, member);
    else
        put_number(out, type->is_signed ? 'i' : 'u', (unsigned)type->size,
                   member);
}

static void put_pointer(struct writer *writer, struct buf *out,
                        const struct c_type_member *member)
{
    bool fits = writer->abi != ABI_UNKNOWN &&
                member->type->size == (writer->object->is_64 ? 8 : 4);

    if (fits)
        buf_puts(out, "ptr");
    else
        buf_printf(out, "u%u", 8 * (unsigned)member->type->size);
    put_count(out, member);
}

static bool is_group(const struct c_type *type)
{
    return type->kind == C_TYPE_STRUCT || type->kind == C_TYPE_UNION;
}

static bool put_struct(struct writer *writer, const struct c_type *type,
                       const char *name, struct err *err);

/* Whether a struct may have members of that type. */
static bool has_height(struct writer *writer, const struct c_type *type)
{
    return find_section(writer, type)->height < LAYOUT_DEPTH_MAX - 1;
}

/* The type of a member that is no bit field; `tail` gets what stands behind
 * the place. */
static bool put_type(struct writer *writer, struct buf *out,
                     const struct member_line *line, const char *parent,
                     struct buf *tail, struct err *err)
{
    const struct c_type_member *member = line->member;
    const struct c_type *type = member->type;
    unsigned size = (unsigned)type->size;
    const char *name = NULL;

    switch (type->kind) {
    case C_TYPE_INT:
        put_number(out, 'i', size, member);
        break;
    case C_TYPE_UINT:
        if (size == 1 && member->count > FEW_BYTES)
            put_bytes(out, member->count);
        else
            put_number(out, 'u', size, member);
        break;
    case C_TYPE_FLOAT:
        put_number(out, 'f', size, member);
        break;
    case C_TYPE_BOOL:
        buf_puts(out, "bool");
        put_count(out, member);
        break;
    case C_TYPE_CHAR:
        if (is_text(member, 1))
            put_text(out, "char", member);
        else if (member->dimensions > 0)
            put_bytes(out, member->count);
        else
            put_number(out, type->is_signed ? 'i' : 'u', size, member);
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
        put_number(out, type->is_signed ? 'i' : 'u', size, member);
        name = enum_name(writer, type, parent, line->name);
        if (name)
            buf_printf(tail, " enum=%s", name);
        break;
    case C_TYPE_STRUCT:
    case C_TYPE_UNION:
        name = type->name;
        if (!name)
            name = arena_printf(writer->arena, "%s_%s", parent, line->name);
        if (!put_struct(writer, type, name, err))
            return false;
        if (!has_height(writer, type)) {
            put_bytes(out, member_size(member));
            break;
        }
        buf_puts(out, find_section(writer, type)->name);
        put_count(out, member);
        break;
    case C_TYPE_OPAQUE:
        put_bytes(out, member_size(member));
        break;
    }
    return true;
}

/* Labels of values that a bit field cannot have are an error of a layout. */
static bool has_room(const struct c_type *type, bool with_sign, unsigned bits)
{
    for (size_t i = 0; i < type->value_count; i++) {
        int64_t value = type->values[i].value;
        int64_t above = with_sign   ? value >> (bits - 1)
                        : bits < 64 ? (int64_t)((uint64_t)value >> bits)
                                    : 0;
        if (above != 0 && !(with_sign && above == -1))
            return false;
    }
    return true;
}

static void put_bits(struct writer *writer, struct buf *out,
                     const struct member_line *line, const char *parent,
                     struct buf *tail)
{
    const struct c_type *type = line->member->type;
    unsigned last = line->shift + line->member->bits - 1;
    bool with_sign =
        type->kind == C_TYPE_INT ||
        ((type->kind == C_TYPE_CHAR || type->kind == C_TYPE_ENUM) &&
         type->is_signed);

    buf_printf(out, "%c%u", with_sign ? 'i' : 'u', 8 * line->size);
    buf_printf(tail, " bits=%u", line->shift);
    if (line->member->bits > 1)
        buf_printf(tail, "..%u", last);
    if (type->kind == C_TYPE_ENUM &&
        has_room(type, with_sign, line->member->bits)) {
        const char *name = enum_name(writer, type, parent, line->name);
        if (name)
            buf_printf(tail, " enum=%s", name);
    }
}

static bool is_empty(struct writer *writer, const struct member_line *line)
{
    const struct section *section = NULL;

    if (!line->why && is_group(line->member->type))
        section = find_section(writer, line->member->type);
    return section && section->values == 0;
}

/* Behind a line, why it is not as in the program. */
static void put_remark(struct writer *writer, struct buf *out,
                       const struct member_line *line)
{
    const struct c_type_member *member = line->member;
    const struct c_type *type = member->type;
    bool text = type->kind == C_TYPE_CHAR || type->kind == C_TYPE_WIDE;

    if (member->dimensions > (text ? 2u : 1u))
        buf_printf(out, " ; %u dimensions", member->dimensions);
    if (type->kind == C_TYPE_OPAQUE)
        put_comment(out, type->why ? type->why : "of an unknown type");
    else if (is_group(type) && !has_height(writer, type))
        put_comment(out, "structs in structs, too many for a layout");
    else if (member->name && strcmp(member->name, line->name) != 0)
        put_comment(out, member->name);
}

static bool put_line(struct writer *writer, struct buf *out,
                     const struct member_line *line, const char *parent,
                     struct err *err)
{
    const struct c_type_member *member = line->member;
    struct buf tail = {0};
    const char *why = line->why;
    bool ok = true;

    buf_printf(out, "%s = ", line->name);
    if (!why && member->bits > 0)
        put_bits(writer, out, line, parent, &tail);
    else if (!why)
        ok = put_type(writer, out, line, parent, &tail, err);
    if (ok && is_empty(writer, line))
        why = "a struct without members";
    buf_printf(out, " @%" PRIu64 "%s", line->offset,
               tail.len > 0 ? tail.data : "");
    buf_free(&tail);
    if (line->overlap)
        buf_puts(out, " overlap=yes");
    if (member->name && strncmp(member->name, "_vptr", 5) == 0)
        buf_puts(out, " level=debug");
    if (ok && !why)
        put_remark(writer, out, line);
    if (why) {
        buf_clear(out);
        buf_printf(out, "; %s is left out: ", line->name);
        text_clean(out, why, strlen(why));
    }
    return ok;
}

/* Values in all elements: bytes and texts are one each. */
static uint64_t values_of(struct writer *writer, const struct member_line *line)
{
    const struct c_type_member *member = line->member;
    uint64_t each = 1;

    if (line->why)
        return 0;
    if (is_group(member->type) && has_height(writer, member->type))
        each = find_section(writer, member->type)->values;
    if (each > 0 && member->count > LAYOUT_FIELDS_MAX / each)
        return (uint64_t)LAYOUT_FIELDS_MAX + 1;
    if (member->type->kind == C_TYPE_CHAR && is_text(member, 1))
        return member->count / member->inner;
    if (member->type->size == 1 && member->type->kind == C_TYPE_UINT &&
        member->count > FEW_BYTES)
        return member->count / LAYOUT_VALUE_MAX + 1;
    return each * member->count;
}

/* All lines of `type` into `out`, and how many values and structs they are
 * into `self`. */
static bool put_lines(struct writer *writer, struct buf *out,
                      const struct c_type *type, struct section *self,
                      struct err *err)
{
    struct member_lines lines = {0};
    struct buf text = {0};
    bool ok = true;

    self->values = 0;
    if (!member_lines_collect(&lines, type, writer->object->big_endian,
                              writer->arena))
        ok =
            err_set(err, STATUS_DATA,
                    "'%s' has more members than a layout may have", self->name);
    for (size_t i = 0; i < lines.count && ok; i++) {
        const struct member_line *line = &lines.items[i];

        buf_clear(&text);
        ok = put_line(writer, &text, line, self->name, err);
        if (!ok)
            break;
        write_layout_line(out, &text);
        self->values += values_of(writer, line);
        if (!line->why && is_group(line->member->type) &&
            has_height(writer, line->member->type)) {
            unsigned inner = find_section(writer, line->member->type)->height;
            self->height = inner + 1 > self->height ? inner + 1 : self->height;
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

static bool put_struct(struct writer *writer, const struct c_type *type,
                       const char *name, struct err *err)
{
    struct section self;
    struct buf text = {0};
    bool ok;

    if (find_section(writer, type))
        return true;
    self = *add_section(writer, type, name);
    ok = put_lines(writer, &text, type, &self, err);
    *find_section(writer, type) = self;
    if (self.values > 0 && has_height(writer, type))
        buf_printf(&writer->structs, "\n[struct %s]\n@size = %" PRIu64 "\n%s",
                   self.name, type->size, text.data);
    buf_free(&text);
    return ok;
}

static void put_mapping(const struct writer *writer, struct buf *out,
                        const struct c_type *type, const char *name)
{
    buf_printf(out,
               "[mapping]\n"
               "name = %s ; the struct's name: put the mapping's there\n"
               "size = %" PRIu64 "\n",
               name, type->size);
    if (writer->abi != ABI_UNKNOWN)
        buf_printf(out, "abi = %s\n", word_of(abi_words, (int)writer->abi));
    if (writer->object->big_endian)
        buf_puts(out, "endian = big\n");
}

bool write_layout(struct buf *out, const struct object *object,
                  const struct c_type *type, const char *name, struct err *err)
{
    struct writer writer = {
        .object = object, .arena = arena_new(), .abi = abi_of(object)};
    struct identifiers own = {.arena = writer.arena};
    struct section self = {.type = type};
    struct buf fields = {0};
    bool ok;

    self.name = identifiers_add(&own, name, LAYOUT_NAME_MAX);
    identifiers_free(&own);
    writer.names.arena = writer.arena;
    ok = put_lines(&writer, &fields, type, &self, err);
    if (ok && self.values == 0)
        ok = err_set(err, STATUS_DATA,
                     "'%s' has no members that a layout can have", self.name);
    put_mapping(&writer, out, type, self.name);
    buf_add(out, writer.structs.data, writer.structs.len);
    buf_puts(out, "\n[fields]\n");
    buf_add(out, fields.data, fields.len);
    buf_add(out, writer.enums.data, writer.enums.len);
    buf_free(&fields);
    buf_free(&writer.structs);
    buf_free(&writer.enums);
    free(writer.sections);
    identifiers_free(&writer.names);
    arena_free(writer.arena);
    return ok;
}
