/* SPDX-License-Identifier: MIT */
/*
 * PE programs and COFF object files, as mingw-w64 writes them.
 * Invariant: as in object_elf.c, places in the file and no C structs.  The
 * line of a debug section in a PE file is as long as the debug information, not
 * as its padding.
 */
#include <string.h>

#include "import/object_format.h"

#define HEADER_SIZE 20
#define SECTION_SIZE 40
#define SYMBOL_SIZE 18
#define RELOCATION_SIZE 10
#define MANY_RELOCATIONS 0x01000000u

enum { COFF_386 = 0x14c, COFF_X86_64 = 0x8664, COFF_ARM64 = 0xaa64 };

struct coff {
    struct object *object;
    const unsigned char *sections;
    const unsigned char *symbols; /* NULL: none */
    uint64_t symbol_count;
    const unsigned char *texts; /* behind the symbols */
    uint64_t texts_size;
};

static bool damaged(struct err *err, const char *what)
{
    return err_set(err, STATUS_DATA, "a damaged PE or COFF file: %s", what);
}

static uint64_t number(const struct coff *coff, const unsigned char *at,
                       unsigned size)
{
    return object_number(coff->object, at, size);
}

/* "/123" is the name at 123 of the texts. */
static const char *name_of(const struct coff *coff, const unsigned char *at)
{
    char name[9] = {0};
    uint64_t offset = 0;

    memcpy(name, at, 8);
    if (name[0] != '/')
        return arena_strdup(coff->object->arena, name);
    for (const char *digit = name + 1; *digit >= '0' && *digit <= '9'; digit++)
        offset = offset * 10 + (uint64_t)(*digit - '0');
    return object_text(coff->texts, coff->texts_size, offset);
}

static void read_section(const struct coff *coff, size_t index)
{
    struct object *object = coff->object;
    struct object_section *section = &object->sections[index];
    const unsigned char *at = coff->sections + index * SECTION_SIZE;
    uint64_t virtual_size = number(coff, at + 8, 4);
    uint64_t size = number(coff, at + 16, 4);

    if (object->format == OBJECT_PE && virtual_size < size)
        size = virtual_size;
    section->name = name_of(coff, at);
    section->address = number(coff, at + 12, 4);
    section->bytes = object_bytes(object, number(coff, at + 20, 4), size);
    section->size = section->bytes ? size : 0;
}

/* Bytes of a relocation to an address or to a place in a section. */
static unsigned relocated_bytes(const struct object *object, uint64_t type)
{
    switch (object->machine) {
    case MACHINE_X64: /* ADDR64, ADDR32, SECREL */
        return type == 1 ? 8 : type == 2 || type == 11 ? 4 : 0;
    case MACHINE_X86: /* DIR32, SECREL */
        return type == 6 || type == 11 ? 4 : 0;
    case MACHINE_ARM64: /* ADDR32, SECREL, ADDR64 */
        return type == 14 ? 8 : type == 1 || type == 8 ? 4 : 0;
    case MACHINE_OTHER:
        break;
    }
    return 0;
}

static void relocate(const struct coff *coff,
                     const struct object_section *section,
                     const unsigned char *entry)
{
    uint64_t offset = number(coff, entry, 4);
    uint64_t symbol = number(coff, entry + 4, 4);
    unsigned size = relocated_bytes(coff->object, number(coff, entry + 8, 2));
    uint64_t value;

    if (size == 0 || symbol >= coff->symbol_count || offset > section->size ||
        size > section->size - offset)
        return;
    value = number(coff, coff->symbols + symbol * SYMBOL_SIZE + 8, 4) +
            number(coff, section->bytes + offset, size);
    object_relocate(coff->object, section, offset, size, value);
}

static void relocate_section(const struct coff *coff, size_t index)
{
    const struct object_section *section = &coff->object->sections[index];
    const unsigned char *at = coff->sections + index * SECTION_SIZE;
    uint64_t place = number(coff, at + 24, 4);
    uint64_t count = number(coff, at + 32, 2);
    bool many =
        count == 0xffff && (number(coff, at + 36, 4) & MANY_RELOCATIONS) != 0;
    const unsigned char *entries = object_bytes(coff->object, place, 4);

    if (!section->bytes || !entries || !object_is_debug(section->name))
        return;
    if (many) /* the first one counts them */
        count = number(coff, entries, 4);
    entries = object_bytes(coff->object, place, count * RELOCATION_SIZE);
    for (uint64_t i = many; entries && i < count; i++)
        relocate(coff, section, entries + i * RELOCATION_SIZE);
}

static void read_texts(struct coff *coff, uint64_t place, uint64_t count)
{
    struct object *object = coff->object;
    uint64_t behind = place + count * SYMBOL_SIZE;

    if (place == 0)
        return;
    coff->symbols = object_bytes(object, place, count * SYMBOL_SIZE);
    if (!coff->symbols || !object_bytes(object, behind, 4))
        return;
    coff->symbol_count = count;
    coff->texts = object_bytes(object, behind, 4);
    coff->texts_size = number(coff, coff->texts, 4);
    if (coff->texts_size > object->file.len - behind)
        coff->texts_size = object->file.len - behind;
}

static enum object_machine machine_of(uint64_t machine)
{
    switch (machine) {
    case COFF_386:
        return MACHINE_X86;
    case COFF_X86_64:
        return MACHINE_X64;
    case COFF_ARM64:
        return MACHINE_ARM64;
    default:
        return MACHINE_OTHER;
    }
}

bool object_read_coff(struct object *object, uint64_t offset, struct err *err)
{
    const unsigned char *at = object_bytes(object, offset, HEADER_SIZE);
    struct coff coff = {.object = object};
    uint64_t count, options;

    if (!at)
        return damaged(err, "its header");
    object->machine = machine_of(number(&coff, at, 2));
    object->is_64 = object->machine != MACHINE_X86;
    count = number(&coff, at + 2, 2);
    options = number(&coff, at + 16, 2);
    read_texts(&coff, number(&coff, at + 8, 4), number(&coff, at + 12, 4));
    coff.sections = object_bytes(object, offset + HEADER_SIZE + options,
                                 count * SECTION_SIZE);
    if (!coff.sections)
        return damaged(err, "section headers are behind its end");
    object->section_count = (size_t)count;
    object->sections = arena_alloc(object->arena, object->section_count,
                                   sizeof *object->sections);
    for (size_t i = 0; i < object->section_count; i++)
        read_section(&coff, i);
    for (size_t i = 0; object->format == OBJECT_COFF && i < count; i++)
        relocate_section(&coff, i);
    return true;
}

bool object_read_pe(struct object *object, struct err *err)
{
    const unsigned char *at = object_bytes(object, 0x3c, 4);
    uint64_t place = at ? object_number(object, at, 4) : 0;
    const unsigned char *magic = object_bytes(object, place, 4);

    object->format = OBJECT_PE;
    if (!at || !magic || memcmp(magic, "PE\0\0", 4) != 0)
        return damaged(err, "no PE header");
    return object_read_coff(object, place + 4, err);
}
