/* SPDX-License-Identifier: MIT */
/*
 * ELF: section headers, and the relocations of object files.
 * Invariant: a header is read by its place in the file alone, never as a C
 * struct, so that both bitnesses and byte orders are the same code.
 */
#include <string.h>

#include "import/object_format.h"

#define SECTIONS_MAX 200000u

enum {
    TYPE_RELOCATABLE = 1,
    MACHINE_386 = 3,
    MACHINE_X86_64 = 62,
    MACHINE_AARCH64 = 183,
    SECTION_SYMBOLS = 2,
    SECTION_RELA = 4,
    SECTION_NOBITS = 8,
    SECTION_REL = 9,
    FLAG_COMPRESSED = 1 << 11,
};

struct header {
    uint32_t name, type, link, info;
    uint64_t flags, address, offset, size;
};

struct elf {
    struct object *object;
    const unsigned char *headers; /* of sections */
    unsigned header_size;
    unsigned word; /* 4 or 8 bytes */
};

static bool damaged(struct err *err, const char *what)
{
    return err_set(err, STATUS_DATA, "a damaged ELF file: %s", what);
}

static struct header header_at(const struct elf *elf, size_t index)
{
    const struct object *object = elf->object;
    const unsigned char *at = elf->headers + index * elf->header_size;
    unsigned word = elf->word;
    struct header header = {
        .name = (uint32_t)object_number(object, at, 4),
        .type = (uint32_t)object_number(object, at + 4, 4),
        .flags = object_number(object, at + 8, word),
        .address = object_number(object, at + 8 + word, word),
        .offset = object_number(object, at + 8 + 2 * word, word),
        .size = object_number(object, at + 8 + 3 * word, word),
        .link = (uint32_t)object_number(object, at + 8 + 4 * word, 4),
        .info = (uint32_t)object_number(object, at + 12 + 4 * word, 4),
    };

    return header;
}

/* A size in front of the zlib stream, in the spelling that came before
 * SHF_COMPRESSED and needs no flag: the reader then sees by the name what it
 * has to do. */
static void respell_compressed(const struct elf *elf,
                               struct object_section *section)
{
    const struct object *object = elf->object;
    unsigned head = elf->word == 8 ? 24 : 12;
    uint64_t size;

    if (!section->bytes || section->size < head ||
        strncmp(section->name, ".debug_", 7) != 0 ||
        object_number(object, section->bytes, 4) != 1)
        return;
    size = object_number(object, section->bytes + elf->word, elf->word);
    section->bytes += head - 12;
    section->size -= head - 12;
    memcpy(section->bytes, "ZLIB", 4);
    for (unsigned i = 0; i < 8; i++)
        section->bytes[4 + i] = (unsigned char)(size >> (56 - 8 * i));
    section->name = arena_printf(object->arena, ".z%s", section->name + 1);
}

static void read_section(const struct elf *elf, size_t index,
                         const struct object_section *names)
{
    struct object *object = elf->object;
    struct object_section *section = &object->sections[index];
    struct header header = header_at(elf, index);

    section->name = object_text(names->bytes, names->size, header.name);
    section->address = header.address;
    if (header.type == SECTION_NOBITS)
        return;
    section->bytes = object_bytes(object, header.offset, header.size);
    section->size = section->bytes ? header.size : 0;
    if ((header.flags & FLAG_COMPRESSED) != 0)
        respell_compressed(elf, section);
}

/* How many bytes an absolute relocation of debug information has; 0 for what
 * is of no use there. */
static unsigned relocated_bytes(const struct object *object, uint64_t type)
{
    switch (object->machine) {
    case MACHINE_X64: /* 64, 32, 32S */
        return type == 1 ? 8 : type == 10 || type == 11 ? 4 : 0;
    case MACHINE_X86: /* 32 */
        return type == 1 ? 4 : 0;
    case MACHINE_ARM64: /* ABS64, ABS32 */
        return type == 257 ? 8 : type == 258 ? 4 : 0;
    case MACHINE_OTHER:
        break;
    }
    return 0;
}

static void relocate(const struct elf *elf, const struct header *table,
                     const unsigned char *entry, bool added)
{
    const struct object *object = elf->object;
    const struct object_section *target = &object->sections[table->info];
    const struct object_section *symbols = &object->sections[table->link];
    unsigned word = elf->word;
    unsigned symbol_size = word == 8 ? 24 : 16;
    uint64_t offset = object_number(object, entry, word);
    uint64_t info = object_number(object, entry + word, word);
    uint64_t symbol = word == 8 ? info >> 32 : info >> 8;
    unsigned size =
        relocated_bytes(object, word == 8 ? info & 0xffffffffu : info & 0xff);
    uint64_t value;

    if (size == 0 || !symbols->bytes || symbol >= symbols->size / symbol_size ||
        offset > target->size || size > target->size - offset)
        return;
    value = object_number(
        object, symbols->bytes + symbol * symbol_size + (word == 8 ? 8 : 4),
        word);
    value += added ? object_number(object, entry + 2 * word, word)
                   : object_number(object, target->bytes + offset, size);
    object_relocate(object, target, offset, size, value);
}

static void relocate_section(const struct elf *elf, size_t index)
{
    const struct object *object = elf->object;
    struct header table = header_at(elf, index);
    bool added = table.type == SECTION_RELA;
    unsigned entry_size = elf->word * (added ? 3 : 2);
    const struct object_section *entries = &object->sections[index];
    const struct object_section *target;

    if ((table.type != SECTION_RELA && table.type != SECTION_REL) ||
        table.info >= object->section_count ||
        table.link >= object->section_count || !entries->bytes)
        return;
    target = &object->sections[table.info];
    if (!target->bytes || strncmp(target->name, ".debug_", 7) != 0)
        return;
    for (uint64_t at = 0; entries->size - at >= entry_size; at += entry_size)
        relocate(elf, &table, entries->bytes + at, added);
}

static enum object_machine machine_of(uint64_t number, bool is_64)
{
    if (number == MACHINE_386 && !is_64)
        return MACHINE_X86;
    if (number == MACHINE_X86_64 && is_64)
        return MACHINE_X64;
    if (number == MACHINE_AARCH64 && is_64)
        return MACHINE_ARM64;
    return MACHINE_OTHER;
}

static bool read_headers(struct elf *elf, const unsigned char *at,
                         struct err *err)
{
    struct object *object = elf->object;
    unsigned word = elf->word;
    const unsigned char *tail = at + 24 + 3 * word;
    uint64_t place = object_number(object, at + 24 + 2 * word, word);
    uint64_t count = object_number(object, tail + 12, 2);
    uint64_t names = object_number(object, tail + 14, 2);
    struct object_section texts = {0};
    struct header header;

    elf->header_size = word == 8 ? 64 : 40;
    if (place == 0)
        return err_set(err, STATUS_DATA,
                       "no sections, so no debug information: name a file "
                       "that was not stripped");
    elf->headers = object_bytes(object, place, elf->header_size);
    if (!elf->headers ||
        object_number(object, tail + 10, 2) != elf->header_size)
        return damaged(err, "no section headers");
    header = header_at(elf, 0);
    if (count == 0) /* too many for the field */
        count = header.size;
    if (names == 0xffff)
        names = header.link;
    if (count > SECTIONS_MAX || names >= count ||
        !object_bytes(object, place, count * elf->header_size))
        return damaged(err, "section headers are behind its end");
    header = header_at(elf, (size_t)names);
    texts.bytes = object_bytes(object, header.offset, header.size);
    texts.size = header.size;
    object->section_count = (size_t)count;
    object->sections = arena_alloc(object->arena, object->section_count,
                                   sizeof *object->sections);
    for (size_t i = 0; i < object->section_count; i++)
        read_section(elf, i, &texts);
    return true;
}

bool object_read_elf(struct object *object, struct err *err)
{
    struct elf elf = {.object = object};
    const unsigned char *at = object_bytes(object, 0, 64);

    if (!at || (at[4] != 1 && at[4] != 2) || (at[5] != 1 && at[5] != 2))
        return damaged(err, "its header");
    object->format = OBJECT_ELF;
    object->is_64 = at[4] == 2;
    object->big_endian = at[5] == 2;
    object->machine =
        machine_of(object_number(object, at + 18, 2), object->is_64);
    elf.word = object->is_64 ? 8 : 4;
    if (!read_headers(&elf, at, err))
        return false;
    if (object_number(object, at + 16, 2) != TYPE_RELOCATABLE)
        return true;
    for (size_t i = 0; i < object->section_count; i++)
        relocate_section(&elf, i);
    return true;
}
