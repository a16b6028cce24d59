/* SPDX-License-Identifier: MIT */
/* Opens ELF and PE files through libdwarf's own readers, and COFF files through
 * its interface for sections from elsewhere.  Decoding is dwarf_libdwarf.c's
 * part. */
#include "import/dwarf_open.h"

#include <string.h>

#ifdef DW_LIBDWARF_VERSION /* since 0.2: other names for the same things */
typedef Dwarf_Obj_Access_Interface_a access_interface;
typedef Dwarf_Obj_Access_Methods_a access_methods;
typedef Dwarf_Obj_Access_Section_a access_section;
typedef Dwarf_Unsigned section_index;
typedef Dwarf_Small byte_order;
#define MEMBER(prefix, name) prefix##name
#define LITTLE DW_END_little
#else
typedef Dwarf_Obj_Access_Interface access_interface;
typedef Dwarf_Obj_Access_Methods access_methods;
typedef Dwarf_Obj_Access_Section access_section;
typedef Dwarf_Half section_index;
typedef Dwarf_Endianness byte_order;
#define MEMBER(prefix, name) name
#define LITTLE DW_OBJECT_LSB
#endif

struct coff_access {
    const struct coff *coff;
    access_interface interface;
};

int dwarf_open_path(const char *path, Dwarf_Debug *out, Dwarf_Error *error)
{
    *out = NULL;
#ifdef DW_LIBDWARF_VERSION
    return dwarf_init_path(path, NULL, 0, DW_GROUPNUMBER_ANY, NULL, NULL, out,
                           error);
#else
    return dwarf_init_path(path, NULL, 0, DW_DLC_READ, DW_GROUPNUMBER_ANY, NULL,
                           NULL, out, NULL, 0, NULL, error);
#endif
}

void dwarf_close_path(Dwarf_Debug dwarf)
{
#ifdef DW_LIBDWARF_VERSION
    dwarf_finish(dwarf);
#else
    Dwarf_Error error = NULL;
    dwarf_finish(dwarf, &error);
#endif
}

static const struct coff *coff_of(const void *user)
{
    const struct coff_access *access = user;

    CHECK(access && access->coff);
    return access->coff;
}

static byte_order get_byte_order(void *user)
{
    (void)user;
    return LITTLE;
}

static Dwarf_Small word_size(void *user)
{
    return coff_of(user)->machine == MACHINE_X86 ? 4 : 8;
}

static Dwarf_Unsigned section_count(void *user)
{
    return coff_of(user)->section_count;
}

static int section_info(void *user, section_index index, access_section *out,
                        int *error)
{
    const struct coff *coff = coff_of(user);

    *error = 0;
    if (index >= coff->section_count)
        return DW_DLV_NO_ENTRY;
    *out = (access_section){
        .MEMBER(as_, name) = coff->sections[index].name,
        .MEMBER(as_, size) = coff->sections[index].size,
    };
    return DW_DLV_OK;
}

static int load_section(void *user, section_index index, Dwarf_Small **bytes,
                        int *error)
{
    const struct coff *coff = coff_of(user);

    *error = 0;
    if (index >= coff->section_count || !coff->sections[index].bytes)
        return DW_DLV_NO_ENTRY;
    *bytes = coff->sections[index].bytes;
    return DW_DLV_OK;
}

#ifdef DW_LIBDWARF_VERSION
static Dwarf_Unsigned file_size(void *user)
{
    return coff_of(user)->file.len;
}
#endif

static const access_methods methods = {
    .MEMBER(om_, get_section_info) = section_info,
    .MEMBER(om_, get_byte_order) = get_byte_order,
    .MEMBER(om_, get_length_size) = word_size,
    .MEMBER(om_, get_pointer_size) = word_size,
    .MEMBER(om_, get_section_count) = section_count,
    .MEMBER(om_, load_section) = load_section,
#ifdef DW_LIBDWARF_VERSION
    .om_get_filesize = file_size,
#endif
};

int dwarf_open_coff(const struct coff *coff, struct coff_access **access,
                    Dwarf_Debug *out, Dwarf_Error *error)
{
    *out = NULL;
    *access = mem_zalloc(1, sizeof **access);
    (*access)->coff = coff;
    (*access)->interface.MEMBER(ai_, object) = *access;
    (*access)->interface.MEMBER(ai_, methods) = &methods;
    return dwarf_object_init_b(&(*access)->interface, NULL, NULL,
                               DW_GROUPNUMBER_ANY, out, error);
}

void dwarf_close_coff(Dwarf_Debug dwarf)
{
#ifdef DW_LIBDWARF_VERSION
    dwarf_object_finish(dwarf);
#else
    Dwarf_Error error = NULL;
    dwarf_object_finish(dwarf, &error);
#endif
}
