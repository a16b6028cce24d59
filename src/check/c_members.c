/* SPDX-License-Identifier: MIT */
/*
 * Makes a compiler put the members of a struct where they shall stand: by
 * padding, and if that does not do by `#pragma pack`.
 * Invariant: every member that is printed was placed by layout/place.h, whose
 * rules are those of the compilers, at its offset; what cannot be is a comment
 * and padding.
 */
#include "check/c_members.h"

#include <stdlib.h>

#include "layout/c_placement.h"

struct writer {
    struct buf *out;
    struct placing placing;
    const struct c_struct *it;
    const char *indent;
    unsigned pads; /* so many were named */
    bool refused;  /* something did not stand where it shall */
    bool last;     /* there is no other way: make it a comment */
    bool *shown;   /* by index of the member */
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

static uint64_t whole_size(const struct c_member *member)
{
    return member->count ? member->stride * (member->count - 1) + member->size
                         : member->size;
}

/* --- padding ------------------------------------------------------------- */

static void put_pad(struct writer *writer, uint64_t bytes)
{
    struct member pad = {.size = bytes, .alignment = 1};
    if (bytes == 0)
        return;
    place_member(&writer->placing, &pad);
    buf_printf(writer->out, "%suint8_t shmtop_pad%u[%llu];\n", writer->indent,
               ++writer->pads, (unsigned long long)bytes);
}

static void put_bit_pad(struct writer *writer, const struct c_member *like,
                        uint64_t bits)
{
    struct member pad = {.size = like->size,
                         .alignment = like->alignment,
                         .bits = (unsigned)bits};
    if (bits == 0)
        return;
    place_member(&writer->placing, &pad);
    buf_printf(writer->out, "%s%s shmtop_pad%u : %u;\n", writer->indent,
               like->type, ++writer->pads, (unsigned)bits);
}

/* --- bit fields ---------------------------------------------------------- */

/* Padding before a bit field. */
struct
try {
    uint64_t bytes, bits;
};

/* Whether the bit field stands where it shall behind that padding. */
static bool would_do(const struct writer *writer, const struct c_member *member,
                     struct try try)
{
    struct placing placing = writer->placing;
    struct member bytes = {.size = try.bytes, .alignment = 1};
    struct member bits = {.size = member->size,
                          .alignment = member->alignment,
                          .bits = (unsigned)try.bits};
    struct member field = bits;
    field.bits = member->width;
    if (try.bits > member->size * 8 || try.bytes > LAYOUT_SIZE_MAX ||
        (try.bytes > 0 && place_member(&placing, &bytes) != PLACED) ||
        (try.bits > 0 && place_member(&placing, &bits) != PLACED))
        return false;
    return place_member(&placing, &field) == PLACED &&
           field.offset * 8 + field.shift == member->bit;
}

static bool find_try(const struct writer *writer, const struct c_member *member,
                     struct try *found)
{
    uint64_t bit = writer->placing.bit;
    uint64_t end = bytes_of(bit);
    uint64_t used = writer->placing.unit * 8 + writer->placing.unit_used;
    uint64_t units = member->size * 8;
    uint64_t container = member->bit / units * units;
    const struct try tries[] = {
        {0, 0},
        {0, member->bit - bit},
        {0, member->bit - used},
        {member->bit / 8 - end, member->bit % 8},
        {member->offset - end, member->bit - member->offset * 8},
        {container / 8 - end, member->bit - container},
    };
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        if (would_do(writer, member, tries[i])) {
            *found = tries[i];
            return true;
        }
    }
    return false;
}

static bool put_bits(struct writer *writer, const struct c_member *member)
{
    struct try padding;
    if (!find_try(writer, member, &padding))
        return false;
    put_pad(writer, padding.bytes);
    put_bit_pad(writer, member, padding.bits);
    struct member field = {.size = member->size,
                           .alignment = member->alignment,
                           .bits = member->width};
    place_member(&writer->placing, &field);
    buf_printf(writer->out, "%s%s %s : %u;\n", writer->indent, member->type,
               member->name, member->width);
    return true;
}

/* --- whole members ------------------------------------------------------- */

/* Whether the member would stand at its offset; else how much padding it takes
 * in bytes. */
static bool stands(const struct writer *writer, const struct c_member *member,
                   unsigned alignment, uint64_t *padding)
{
    struct placing placing = writer->placing;
    struct member whole = {.size = whole_size(member), .alignment = alignment};
    uint64_t end = bytes_of(placing.bit);
    *padding = 0;
    if (place_member(&placing, &whole) == PLACED &&
        whole.offset == member->offset)
        return true;
    if (member->offset <= end)
        return false;
    *padding = member->offset - end;
    struct member pad = {.size = *padding, .alignment = 1};
    placing = writer->placing;
    whole = (struct member){.size = whole_size(member), .alignment = alignment};
    return place_member(&placing, &pad) == PLACED &&
           place_member(&placing, &whole) == PLACED &&
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

/* An array whose elements have something between them is one of bytes: C has
 * no other that ends with its last element. */
static bool has_gaps(const struct c_member *member)
{
    return member->count > 1 && member->stride != member->size;
}

static bool put_whole(struct writer *writer, const struct c_member *member)
{
    bool gaps = has_gaps(member);
    unsigned alignment = gaps ? 1 : member->alignment;
    uint64_t padding;
    if (!stands(writer, member, alignment, &padding))
        return false;
    put_pad(writer, padding);
    struct member whole = {.size = whole_size(member), .alignment = alignment};
    place_member(&writer->placing, &whole);
    if (gaps) {
        buf_printf(writer->out,
                   "%suint8_t %s[%llu]; /* %u of %s, %llu bytes apart */\n",
                   writer->indent, member->name, (unsigned long long)whole.size,
                   member->count, member->type,
                   (unsigned long long)member->stride);
        return true;
    }
    buf_printf(writer->out, "%s%s %s", writer->indent, member->type,
               member->name);
    put_dimensions(writer, member);
    return true;
}

/* --- unions -------------------------------------------------------------- */

/* The members from `from` that share bytes with it or among each other: the
 * index behind the last. */
static size_t cluster_end(const struct c_struct *it, size_t from, bool *overlap)
{
    uint64_t end = it->members[from].bit_end;
    size_t i = from + 1;
    *overlap = false;
    for (; i < it->count && it->members[i].bit / 8 * 8 < bytes_of(end) * 8;
         i++) {
        *overlap |= it->members[i].bit < end;
        end = it->members[i].bit_end > end ? it->members[i].bit_end : end;
    }
    return i;
}

/* Says in words what is not a member here. */
static void put_note(struct writer *writer, const struct c_member *member)
{
    buf_printf(writer->out, "%s/* %s: ", writer->indent, member->name);
    if (member->width)
        buf_printf(writer->out, "%u bits in ", member->width);
    buf_printf(writer->out, "bytes %llu..%llu",
               (unsigned long long)(member->bit / 8),
               (unsigned long long)(bytes_of(member->bit_end) - 1));
    buf_printf(writer->out, "%s%s */\n", member->note ? ", " : "",
               member->note ? member->note : "");
}

static bool put_member(struct writer *writer, size_t index)
{
    const struct c_member *member = &writer->it->members[index];
    bool put = !member->foreign && (member->width ? put_bits(writer, member)
                                                  : put_whole(writer, member));
    writer->shown[index] = put && !member->width;
    if (!put && (writer->last || member->foreign)) {
        put_note(writer, member);
        return true;
    }
    return put;
}

/* One alternative of a union whose first byte is byte `start`. */
static uint64_t put_lane(struct writer *writer, size_t index, uint64_t start)
{
    struct c_member member = writer->it->members[index];
    struct c_struct lane = {.members = &member, .count = 1};
    struct writer inner = {
        .out = writer->out,
        .it = &lane,
        .indent = "            ",
        .pads = writer->pads,
        .last = true,
        .shown = &writer->shown[index],
    };
    member.offset -= member.offset < start ? member.offset : start;
    member.bit -= start * 8;
    member.bit_end -= start * 8;
    place_begin(&inner.placing, writer->it->abi, 1);
    bool bare = member.bit == 0 && !member.width;
    if (bare)
        inner.indent = "        ";
    else
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
        uint64_t lane = put_lane(writer, i, start);
        size = lane > size ? lane : size;
    }
    buf_printf(writer->out, "%s};\n", writer->indent);
    struct member whole = {.size = size, .alignment = 1};
    place_member(&writer->placing, &whole);
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

/* With that pack; false, and nothing printed, when it cannot be. */
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
        buf_printf(out, "struct %s {\n    uint8_t bytes[%llu];\n};\n", it->name,
                   (unsigned long long)it->size);
        it->alignment = 1;
        it->count = 0;
    }
    buf_printf(out, "%s(sizeof(struct %s) == %llu);\n", assert, it->name,
               (unsigned long long)it->size);
    for (size_t i = 0; i < it->count; i++) {
        if (shown[i]) {
            buf_printf(out, "%s(offsetof(struct %s, %s) == %llu);\n", assert,
                       it->name, it->members[i].name,
                       (unsigned long long)it->members[i].offset);
        }
    }
    buf_putc(out, '\n');
    free(shown);
}
