/* SPDX-License-Identifier: MIT */
/*
 * Only debug sections are handed over, behind one without a name: libdwarf
 * takes no section 0.  Old and new versions differ in the names of the same
 * things.
 */
#include "import/debug_sections.h"

#include <stdlib.h>
#include <string.h>

#include "import/object_format.h"

struct debug_sections {
    const struct object *object;
#ifdef DW_LIBDWARF_VERSION
    Dwarf_Obj_Access_Interface_a interface;
#else
    Dwarf_Obj_Access_Interface interface;
#endif
    size_t count;
    struct object_section sections[];
};

static const struct object_section *section_at(const void *user, size_t index)
{
    const struct debug_sections *sections = user;
    return index < sections->count ? &sections->sections[index] : NULL;
}

static Dwarf_Small word_size(void *user)
{
    const struct debug_sections *sections = user;
    return sections->object->is_64 ? 8 : 4;
}

static Dwarf_Unsigned section_count(void *user)
{
    const struct debug_sections *sections = user;
    return sections->count;
}

static int load(const struct object_section *section, Dwarf_Small **bytes)
{
    if (!section || !section->bytes)
        return DW_DLV_NO_ENTRY;
    *bytes = section->bytes;
    return DW_DLV_OK;
}

#ifdef DW_LIBDWARF_VERSION

static Dwarf_Small byte_order(void *user)
{
    const struct debug_sections *sections = user;
    return sections->object->big_endian ? DW_END_big : DW_END_little;
}

static Dwarf_Unsigned file_size(void *user)
{
    const struct debug_sections *sections = user;
    return sections->object->file.len;
}

static int section_info(void *user, Dwarf_Unsigned index,
                        Dwarf_Obj_Access_Section_a *out, int *error)
{
    const struct object_section *section = section_at(user, (size_t)index);

    *error = 0;
    if (!section)
        return DW_DLV_NO_ENTRY;
    memset(out, 0, sizeof *out);
    out->as_name = section->name;
    out->as_size = section->size;
    out->as_addr = section->address;
    return DW_DLV_OK;
}

static int load_section(void *user, Dwarf_Unsigned index, Dwarf_Small **bytes,
                        int *error)
{
    *error = 0;
    return load(section_at(user, (size_t)index), bytes);
}

static const Dwarf_Obj_Access_Methods_a methods = {
    .om_get_section_info = section_info,
    .om_get_byte_order = byte_order,
    .om_get_length_size = word_size,
    .om_get_pointer_size = word_size,
    .om_get_filesize = file_size,
    .om_get_section_count = section_count,
    .om_load_section = load_section,
};

static void connect(struct debug_sections *sections)
{
    sections->interface.ai_object = sections;
    sections->interface.ai_methods = &methods;
}

void debug_sections_finish(Dwarf_Debug dwarf)
{
    dwarf_object_finish(dwarf);
}

#else

static Dwarf_Endianness byte_order(void *user)
{
    const struct debug_sections *sections = user;
    return sections->object->big_endian ? DW_OBJECT_MSB : DW_OBJECT_LSB;
}

static int section_info(void *user, Dwarf_Half index,
                        Dwarf_Obj_Access_Section *out, int *error)
{
    const struct object_section *section = section_at(user, index);

    *error = 0;
    if (!section)
        return DW_DLV_NO_ENTRY;
    memset(out, 0, sizeof *out);
    out->name = section->name;
    out->size = section->size;
    out->addr = section->address;
    return DW_DLV_OK;
}

static int load_section(void *user, Dwarf_Half index, Dwarf_Small **bytes,
                        int *error)
{
    *error = 0;
    return load(section_at(user, index), bytes);
}

static const Dwarf_Obj_Access_Methods methods = {
    .get_section_info = section_info,
    .get_byte_order = byte_order,
    .get_length_size = word_size,
    .get_pointer_size = word_size,
    .get_section_count = section_count,
    .load_section = load_section,
};

static void connect(struct debug_sections *sections)
{
    sections->interface.object = sections;
    sections->interface.methods = &methods;
}

void debug_sections_finish(Dwarf_Debug dwarf)
{
    Dwarf_Error error = NULL;
    dwarf_object_finish(dwarf, &error);
}

#endif

struct debug_sections *debug_sections_new(const struct object *object)
{
    struct debug_sections *sections =
        mem_zalloc(1, sizeof *sections + (object->section_count + 1) *
                                             sizeof sections->sections[0]);

    sections->object = object;
    sections->sections[sections->count++].name = "";
    for (size_t i = 0; i < object->section_count; i++) {
        const struct object_section *section = &object->sections[i];
        if (section->size > 0 && object_is_debug(section->name))
            sections->sections[sections->count++] = *section;
    }
    connect(sections);
    return sections;
}

void debug_sections_free(struct debug_sections *sections)
{
    free(sections);
}

int debug_sections_init(struct debug_sections *sections, Dwarf_Debug *out,
                        Dwarf_Error *error)
{
    *out = NULL;
    return dwarf_object_init_b(&sections->interface, NULL, NULL,
                               DW_GROUPNUMBER_ANY, out, error);
}
