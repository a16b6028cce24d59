/* SPDX-License-Identifier: MIT */
/* Reads and relocates the debug sections of a COFF object file.  Every offset
 * is checked, since the file may be damaged.  libdwarf decodes the sections. */
#include "import/coff.h"

#include <string.h>

#include "base/os_files.h"

#define FILE_MAX ((size_t)1 << 30)
#define HEADER_SIZE 20
#define SECTION_SIZE 40
#define SYMBOL_SIZE 18
#define RELOCATION_SIZE 10
#define MANY_RELOCATIONS 0x01000000u

/* The tables that the header points to. */
struct tables {
    struct coff *coff;
    const unsigned char *sections;
    const unsigned char *symbols; /* NULL: none */
    uint64_t symbol_count;
    const unsigned char *texts; /* after the symbols */
    uint64_t texts_size;
};

static bool damaged(struct err *err, const char *what)
{
    return err_set(err, STATUS_DATA, "a damaged COFF file: %s", what);
}

/* The file's bytes [offset, offset + size), or NULL if out of range. */
static unsigned char *bytes_at(const struct coff *coff, uint64_t offset,
                               uint64_t size)
{
    if (offset > coff->file.len || size > coff->file.len - offset)
        return NULL;
    return (unsigned char *)coff->file.data + offset;
}

static uint64_t number_at(const unsigned char *at, unsigned size)
{
    uint64_t number = 0;
    CHECK(at && size >= 1 && size <= 8);
    for (unsigned i = size; i-- > 0;)
        number = number << 8 | at[i];
    return number;
}

/* "/123" is the name at offset 123 of the texts; "" if there is none. */
static const char *name_of(const struct tables *tables, const unsigned char *at)
{
    char name[9] = {0};
    uint64_t offset = 0;
    memcpy(name, at, 8);
    if (name[0] != '/')
        return arena_strdup(tables->coff->arena, name);
    for (const char *digit = name + 1; *digit >= '0' && *digit <= '9'; digit++)
        offset = offset * 10 + (uint64_t)(*digit - '0');
    if (!tables->texts || offset >= tables->texts_size ||
        !memchr(tables->texts + offset, '\0',
                (size_t)(tables->texts_size - offset)))
        return "";
    return (const char *)tables->texts + offset;
}

/* No others: sections that are not handed over cannot be misread. */
static bool is_debug(const char *name)
{
    static const char *const names[] = {
        "info", "types", "abbrev", "addr", "str", "str_offsets", "line_str",
    };
    if (strncmp(name, ".debug_", 7) != 0)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(name + 7, names[i]) == 0)
            return true;
    return false;
}

/* Bytes of a relocation to an address or to an offset in a section; 0 for
 * others. */
static unsigned relocated_bytes(enum object_machine machine, uint64_t type)
{
    switch (machine) {
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

static void relocate(const struct tables *tables,
                     const struct coff_section *section,
                     const unsigned char *entry)
{
    uint64_t offset = number_at(entry, 4);
    uint64_t symbol = number_at(entry + 4, 4);
    unsigned size =
        relocated_bytes(tables->coff->machine, number_at(entry + 8, 2));
    if (size == 0 || symbol >= tables->symbol_count || offset > section->size ||
        size > section->size - offset)
        return;
    unsigned char *target = section->bytes + offset;
    uint64_t value = number_at(tables->symbols + symbol * SYMBOL_SIZE + 8, 4) +
                     number_at(target, size);
    for (unsigned i = 0; i < size; i++)
        target[i] = (unsigned char)(value >> 8 * i);
}

static void relocate_section(const struct tables *tables,
                             const unsigned char *header,
                             const struct coff_section *section)
{
    uint64_t offset = number_at(header + 24, 4);
    uint64_t count = number_at(header + 32, 2);
    bool many =
        count == 0xffff && (number_at(header + 36, 4) & MANY_RELOCATIONS) != 0;
    const unsigned char *entries = bytes_at(tables->coff, offset, 4);
    if (!entries)
        return;
    if (many) /* the first entry holds their count */
        count = number_at(entries, 4);
    entries = bytes_at(tables->coff, offset, count * RELOCATION_SIZE);
    for (uint64_t i = many; entries && i < count; i++)
        relocate(tables, section, entries + i * RELOCATION_SIZE);
}

static void read_section(const struct tables *tables, size_t index)
{
    struct coff *coff = tables->coff;
    const unsigned char *header = tables->sections + index * SECTION_SIZE;
    struct coff_section section = {
        .name = name_of(tables, header),
        .size = number_at(header + 16, 4),
    };
    section.bytes = bytes_at(coff, number_at(header + 20, 4), section.size);
    if (!section.bytes || section.size == 0 || !is_debug(section.name))
        return;
    relocate_section(tables, header, &section);
    coff->sections[coff->section_count++] = section;
}

static void find_texts(struct tables *tables, uint64_t offset, uint64_t count)
{
    const struct coff *coff = tables->coff;
    uint64_t end = offset + count * SYMBOL_SIZE;
    if (offset == 0)
        return;
    tables->symbols = bytes_at(coff, offset, count * SYMBOL_SIZE);
    if (!tables->symbols || !bytes_at(coff, end, 4))
        return;
    tables->symbol_count = count;
    tables->texts = bytes_at(coff, end, 4);
    tables->texts_size = number_at(tables->texts, 4);
    if (tables->texts_size > coff->file.len - end)
        tables->texts_size = coff->file.len - end;
}

static bool read_sections(struct coff *coff, struct err *err)
{
    const unsigned char *header = bytes_at(coff, 0, HEADER_SIZE);
    struct tables tables = {.coff = coff};
    if (!header)
        return damaged(err, "its header");
    size_t count = (size_t)number_at(header + 2, 2);
    find_texts(&tables, number_at(header + 8, 4), number_at(header + 12, 4));
    tables.sections = bytes_at(coff, HEADER_SIZE + number_at(header + 16, 2),
                               count * SECTION_SIZE);
    if (!tables.sections)
        return damaged(err, "section headers after its end");
    coff->sections =
        arena_alloc(coff->arena, count + 1, sizeof *coff->sections);
    coff->sections[coff->section_count++].name = "";
    for (size_t i = 0; i < count; i++)
        read_section(&tables, i);
    return true;
}

bool coff_read(struct coff *coff, const char *path, const struct object *object,
               struct err *err)
{
    CHECK(object->format == OBJECT_COFF);
    *coff = (struct coff){.machine = object->machine};
    if (!os_read_file(path, FILE_MAX, &coff->file, err))
        return false;
    coff->arena = arena_new();
    if (read_sections(coff, err))
        return true;
    err_prefix(err, "%s", path);
    coff_free(coff);
    return false;
}

void coff_free(struct coff *coff)
{
    arena_free(coff->arena);
    buf_free(&coff->file);
    *coff = (struct coff){0};
}
