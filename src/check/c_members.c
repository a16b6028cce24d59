/* SPDX-License-Identifier: MIT */
/* Places members by padding, and if that is not enough by `#pragma pack`.  Each
 * printed member was placed by layout/c_placement.h, as a compiler will. */
#include "check/c_members.h"

#include <inttypes.h>
#include <stdlib.h>

#include "layout/c_placement.h"

struct writer {
    struct buf *out;
    struct placing placing;
    const struct c_struct *it;
    const char *indent;
    unsigned pads; /* number of padding members */
    bool last;     /* the last way: what has no place becomes a comment */
    bool *shown;   /* by index of the member: has an offset to assert */
};

static int compare_members(const void *a, const void *b)
{
    const struct c_member *x = a;
    const struct c_member *y = b;
    if (x->bit != y->bit)
        return x->bit < y->bit ? -1 : 1;
    if (x->bit_end != y->bit_end)
        return x->bit_end > y->bit_end ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static uint64_t bytes_of(uint64_t bits)
{
    return bits / 8 + (bits % 8 != 0);
}

/* --- padding ------------------------------------------------------------- */

/* Padding before a member. */
struct padding {
    uint64_t bytes;
    uint64_t bits; /* of a bit field like the member, after the bytes */
};

/* The member as place_member takes it: of `bits` bits, or whole if 0. */
static struct member to_place(const struct c_member *member, unsigned bits)
{
    return (struct member){
        .size = member->size, .alignment = member->alignment, .bits = bits};
}

/* Places bytes, with no alignment; nothing for 0. */
static bool place_bytes(struct placing *placing, uint64_t bytes)
{
    struct member pad = {.size = bytes, .alignment = 1};
    return bytes == 0 ||
           (bytes <= LAYOUT_SIZE_MAX && place_member(placing, &pad) == PLACED);
}

static void put_pad(struct writer *writer, uint64_t bytes)
{
    if (bytes == 0)
        return;
    place_bytes(&writer->placing, bytes);
    buf_printf(writer->out, "%suint8_t shmtop_pad%u[%" PRIu64 "];\n",
               writer->indent, ++writer->pads, bytes);
}

static void put_bit_pad(struct writer *writer, const struct c_member *like,
                        uint64_t bits)
{
    if (bits == 0)
        return;
    struct member pad = to_place(like, (unsigned)bits);
    place_member(&writer->placing, &pad);
    buf_printf(writer->out, "%s%s shmtop_pad%u : %u;\n", writer->indent,
               like->type, ++writer->pads, (unsigned)bits);
}

/* --- bit fields ---------------------------------------------------------- */

/* The bit at which a compiler puts the field after that padding, or
 * UINT64_MAX. */
static uint64_t bit_after(const struct writer *writer,
                          const struct c_member *member, struct padding padding)
{
    struct placing placing = writer->placing;
    struct member pad = to_place(member, (unsigned)padding.bits);
    struct member field = to_place(member, member->width);
    if (!place_bytes(&placing, padding.bytes) ||
        (padding.bits > 0 && place_member(&placing, &pad) != PLACED) ||
        place_member(&placing, &field) != PLACED)
        return UINT64_MAX;
    return field.offset * 8 + field.shift;
}

/* Adds bits to the bytes so that the field gets its place. */
static bool find_bits(const struct writer *writer,
                      const struct c_member *member, struct padding *padding)
{
    uint64_t bit = bit_after(writer, member, *padding);
    if (bit > member->bit || member->bit - bit > member->size * 8)
        return false;
    padding->bits = member->bit - bit;
    return bit_after(writer, member, *padding) == member->bit;
}

static bool find_padding(const struct writer *writer,
                         const struct c_member *member, struct padding *found)
{
    uint64_t end = bytes_of(writer->placing.bit);
    *found = (struct padding){0};
    if (find_bits(writer, member, found))
        return true;
    /* The integer around the field begins at most 7 bytes before it. */
    for (uint64_t back = 0; back < 8; back++) {
        if (member->bit / 8 < end + back)
            return false;
        *found = (struct padding){.bytes = member->bit / 8 - back - end};
        if (find_bits(writer, member, found))
            return true;
    }
    return false;
}

static bool put_bits(struct writer *writer, const struct c_member *member)
{
    struct padding padding;
    if (!find_padding(writer, member, &padding))
        return false;
    put_pad(writer, padding.bytes);
    put_bit_pad(writer, member, padding.bits);
    struct member field = to_place(member, member->width);
    place_member(&writer->placing, &field);
    buf_printf(writer->out, "%s%s %s : %u;\n", writer->indent, member->type,
               member->name, member->width);
    return true;
}

/* --- whole members ------------------------------------------------------- */

/* Places the whole member after `bytes` bytes of padding; returns whether it
 * lands on its offset. */
static bool place_after(struct placing *placing, const struct c_member *member,
                        uint64_t size, unsigned alignment, uint64_t bytes)
{
    struct member whole = {.size = size, .alignment = alignment};
    return place_bytes(placing, bytes) &&
           place_member(placing, &whole) == PLACED &&
           whole.offset == member->offset;
}

static void put_dimensions(struct writer *writer, const struct c_member *member)
{
    if (member->count)
        buf_printf(writer->out, "[%u]", member->count);
    if (member->units)
        buf_printf(writer->out, "[%u]", member->units);
    buf_putc(writer->out, ';');
    if (member->note)
        buf_printf(writer->out, " /* %s */", member->note);
    buf_putc(writer->out, '\n');
}

static bool put_whole(struct writer *writer, const struct c_member *member)
{
    uint64_t size = member->count
                        ? member->stride * (member->count - 1) + member->size
                        : member->size;
    /* C has no array with gaps that ends with its last element, but one of
     * bytes. */
    bool gaps = member->count > 1 && member->stride != member->size;
    unsigned alignment = gaps ? 1 : member->alignment;
    uint64_t end = bytes_of(writer->placing.bit);
    uint64_t padding = 0;
    struct placing placing = writer->placing;
    if (!place_after(&placing, member, size, alignment, 0)) {
        if (member->offset <= end)
            return false;
        padding = member->offset - end;
        placing = writer->placing;
        if (!place_after(&placing, member, size, alignment, padding))
            return false;
    }
    put_pad(writer, padding);
    writer->placing = placing;
    if (gaps) {
        buf_printf(writer->out,
                   "%suint8_t %s[%" PRIu64 "]; /* %u of %s, %" PRIu64
                   " bytes apart */\n",
                   writer->indent, member->name, size, member->count,
                   member->type, member->stride);
        return true;
    }
    buf_printf(writer->out, "%s%s %s", writer->indent, member->type,
               member->name);
    put_dimensions(writer, member);
    return true;
}

/* A comment in place of a member. */
static void put_note(struct writer *writer, const struct c_member *member)
{
    buf_printf(writer->out, "%s/* %s: ", writer->indent, member->name);
    if (member->width)
        buf_printf(writer->out, "%u bits in ", member->width);
    buf_printf(writer->out, "bytes %" PRIu64 "..%" PRIu64, member->bit / 8,
               bytes_of(member->bit_end) - 1);
    buf_printf(writer->out, "%s%s */\n", member->note ? ", " : "",
               member->note ? member->note : "");
}

static bool put_member(struct writer *writer, size_t index)
{
    const struct c_member *member = &writer->it->members[index];
    CHECK(member->bit <= member->bit_end);
    bool put = !member->foreign && (member->width ? put_bits(writer, member)
                                                  : put_whole(writer, member));
    writer->shown[index] = put && !member->width;
    if (!put && (writer->last || member->foreign)) {
        put_note(writer, member);
        return true;
    }
    return put;
}

/* --- unions -------------------------------------------------------------- */

/* The index after the last of the members from `from` whose bytes touch; they
 * overlap if some share bits. */
static size_t cluster_end(const struct c_struct *it, size_t from, bool *overlap)
{
    uint64_t end = it->members[from].bit_end;
    size_t i = from + 1;
    *overlap = false;
    for (; i < it->count && it->members[i].bit / 8 < bytes_of(end); i++) {
        *overlap |= it->members[i].bit < end;
        end = it->members[i].bit_end > end ? it->members[i].bit_end : end;
    }
    return i;
}

/* One alternative of a union that begins with byte `start`; returns its size
 * in bytes. */
static uint64_t put_alternative(struct writer *writer, size_t index,
                                uint64_t start)
{
    struct c_member member = writer->it->members[index];
    struct c_struct it = {.members = &member, .count = 1};
    struct writer inner = {
        .out = writer->out,
        .it = &it,
        .pads = writer->pads,
        .last = true,
        .shown = &writer->shown[index],
    };
    member.offset -= member.offset < start ? member.offset : start;
    member.bit -= start * 8;
    member.bit_end -= start * 8;
    place_begin(&inner.placing, writer->it->abi, 1);
    bool bare = member.bit == 0 && !member.width;
    inner.indent = bare ? "        " : "            ";
    if (!bare)
        buf_puts(writer->out, "        struct {\n");
    put_member(&inner, 0);
    if (inner.placing.end == 0)
        put_pad(&inner, 1);
    if (!bare)
        buf_puts(writer->out, "        };\n");
    writer->pads = inner.pads;
    return inner.placing.end;
}

static bool all_foreign(const struct c_struct *it, size_t from, size_t to)
{
    for (; from < to; from++)
        if (!it->members[from].foreign)
            return false;
    return true;
}

static bool put_union(struct writer *writer, size_t from, size_t to)
{
    uint64_t start = writer->it->members[from].bit / 8;
    uint64_t end = bytes_of(writer->placing.bit);
    uint64_t size = 0;
    if (start < end || writer->placing.pack != 1 ||
        all_foreign(writer->it, from, to))
        return false;
    put_pad(writer, start - end);
    buf_printf(writer->out, "%sunion {\n", writer->indent);
    for (size_t i = from; i < to; i++) {
        uint64_t bytes = put_alternative(writer, i, start);
        size = bytes > size ? bytes : size;
    }
    buf_printf(writer->out, "%s};\n", writer->indent);
    place_bytes(&writer->placing, size);
    return true;
}

/* --- the struct ---------------------------------------------------------- */

static bool put_members(struct writer *writer)
{
    const struct c_struct *it = writer->it;
    for (size_t i = 0; i < it->count;) {
        bool overlap;
        size_t end = cluster_end(it, i, &overlap);
        bool put = overlap && put_union(writer, i, end);
        for (; i < end && !put; i++)
            if (!put_member(writer, i))
                return false;
        i = end;
    }
    return true;
}

/* With that pack; false, and nothing printed, if that is not possible. */
static bool put_body(struct buf *out, struct c_struct *it, unsigned pack,
                     bool *shown)
{
    struct writer writer = {
        .out = out,
        .it = it,
        .indent = "    ",
        .last = pack == 1,
        .shown = shown,
    };
    size_t start = out->len;
    uint64_t size;
    if (pack)
        buf_printf(out, "#pragma pack(push, %u)\n", pack);
    buf_printf(out, "struct %s {\n", it->name);
    place_begin(&writer.placing, it->abi, pack);
    bool fits = put_members(&writer) && writer.placing.end <= it->size;
    if (fits && it->open && place_end(&writer.placing, &size, NULL))
        it->size = size;
    else if (fits && place_end(&writer.placing, &size, NULL) && size < it->size)
        put_pad(&writer, it->size - writer.placing.end);
    fits = fits && place_end(&writer.placing, &size, &it->alignment) &&
           size == it->size;
    if (!fits) {
        buf_truncate(out, start);
        return false;
    }
    buf_puts(out, "};\n");
    if (pack)
        buf_puts(out, "#pragma pack(pop)\n");
    return true;
}

void c_struct_put(struct buf *out, struct c_struct *it, const char *assert)
{
    bool *shown = mem_zalloc(it->count, sizeof *shown);
    for (size_t i = 0; i < it->count; i++)
        it->members[i].order = i;
    qsort(it->members, it->count, sizeof *it->members, compare_members);
    if (!put_body(out, it, it->pack, shown) && !put_body(out, it, 1, shown)) {
        buf_printf(out, "struct %s {\n    uint8_t bytes[%" PRIu64 "];\n};\n",
                   it->name, it->size);
        it->alignment = 1;
        it->count = 0;
    }
    buf_printf(out, "%s(sizeof(struct %s) == %" PRIu64 ");\n", assert, it->name,
               it->size);
    for (size_t i = 0; i < it->count; i++)
        if (shown[i])
            buf_printf(out, "%s(offsetof(struct %s, %s) == %" PRIu64 ");\n",
                       assert, it->name, it->members[i].name,
                       it->members[i].offset);
    buf_putc(out, '\n');
    free(shown);
}
