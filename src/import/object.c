/* SPDX-License-Identifier: MIT */
/*
 * Which format a file has, and what all formats need.
 * Invariant: the whole file is in memory, and no byte is looked at but through
 * object_bytes, so that damaged offsets lead nowhere.  Leaves the headers to
 * object_elf.c and object_coff.c.
 */
#include "import/object.h"

#include <string.h>

#include "base/os.h"
#include "import/object_format.h"

/* Larger programs exist; their debug information can be kept apart. */
#define FILE_MAX ((size_t)1 << 30)

unsigned char *object_bytes(const struct object *object, uint64_t offset,
                            uint64_t size)
{
    if (offset > object->file.len || size > object->file.len - offset)
        return NULL;
    return (unsigned char *)object->file.data + offset;
}

uint64_t object_number(const struct object *object, const unsigned char *at,
                       unsigned size)
{
    uint64_t number = 0;

    for (unsigned i = 0; i < size; i++)
        number = number << 8 | at[object->big_endian ? i : size - 1 - i];
    return number;
}

const char *object_text(const unsigned char *table, uint64_t size,
                        uint64_t offset)
{
    if (!table || offset >= size ||
        !memchr(table + offset, '\0', (size_t)(size - offset)))
        return "";
    return (const char *)table + offset;
}

void object_relocate(const struct object *object,
                     const struct object_section *section, uint64_t offset,
                     unsigned size, uint64_t value)
{
    if (!section->bytes || offset > section->size ||
        size > section->size - offset)
        return;
    for (unsigned i = 0; i < size; i++) {
        unsigned shift = 8 * (object->big_endian ? size - 1 - i : i);
        section->bytes[offset + i] = (unsigned char)(value >> shift);
    }
}

/* No others: what is not handed over cannot be misread. */
static const char *const debug_names[] = {
    "info", "types", "abbrev", "addr", "str", "str_offsets", "line_str",
};

bool object_is_debug(const char *name)
{
    size_t len;

    if (strncmp(name, ".debug_", 7) == 0)
        name += 7;
    else if (strncmp(name, ".zdebug_", 8) == 0)
        name += 8;
    else
        return false;
    len = strlen(name);
    if (len > 4 && strcmp(name + len - 4, ".dwo") == 0)
        len -= 4;
    for (size_t i = 0; i < sizeof debug_names / sizeof debug_names[0]; i++)
        if (strncmp(name, debug_names[i], len) == 0 &&
            debug_names[i][len] == '\0')
            return true;
    return false;
}

const struct object_section *object_find(const struct object *object,
                                         const char *name)
{
    for (size_t i = 0; i < object->section_count; i++)
        if (strcmp(object->sections[i].name, name) == 0)
            return &object->sections[i];
    return NULL;
}

static bool begins(const struct object *object, const char *magic, size_t len)
{
    return object->file.len >= len &&
           memcmp(object->file.data, magic, len) == 0;
}

static bool read_sections(struct object *object, struct err *err)
{
    if (begins(object,
               "\x7f"
               "ELF",
               4))
        return object_read_elf(object, err);
    if (begins(object, "MZ", 2))
        return object_read_pe(object, err);
    if (begins(object, "\x4c\x01", 2) || begins(object, "\x64\x86", 2) ||
        begins(object, "\x64\xaa", 2)) {
        object->format = OBJECT_COFF;
        return object_read_coff(object, 0, err);
    }
    if (begins(object, "!<arch>\n", 8))
        return err_set(err, STATUS_DATA,
                       "an archive: unpack it (ar x) and name one of its "
                       "object files");
    if (begins(object, "\xcf\xfa\xed\xfe", 4))
        return err_set(err, STATUS_DATA,
                       "a Mach-O file; ELF, PE and COFF are read");
    return err_set(err, STATUS_DATA,
                   "neither a program nor an object file: ELF, PE and COFF "
                   "are read");
}

static void find_debug_file(struct object *object)
{
    const struct object_section *link = object_find(object, ".gnu_debuglink");
    const char *name = "";

    if (link)
        name = object_text(link->bytes, link->size, 0);
    object->debug_file = name[0] != '\0' ? name : NULL;
}

bool object_read(struct object *object, const char *path, struct err *err)
{
    *object = (struct object){0};
    if (!os_read_file(path, FILE_MAX, &object->file, err))
        return false;
    object->arena = arena_new();
    if (!read_sections(object, err)) {
        err_prefix(err, "%s", path);
        object_free(object);
        return false;
    }
    find_debug_file(object);
    return true;
}

void object_free(struct object *object)
{
    arena_free(object->arena);
    buf_free(&object->file);
    *object = (struct object){0};
}
