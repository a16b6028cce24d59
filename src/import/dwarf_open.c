/* SPDX-License-Identifier: MIT */
/* Opens a file with libdwarf and lists its units.  ELF and PE files libdwarf
 * reads itself; of COFF files it gets the sections that coff.c finds. */
#include "import/dwarf_open.h"

#include <stdlib.h>
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

/* ELF machines whose object files libdwarf relocates; each was tried. */
static const unsigned relocated_machines[] = {
    3,   /* x86 */
    8,   /* MIPS */
    20,  /* PowerPC */
    21,  /* 64-bit PowerPC */
    22,  /* S/390 */
    40,  /* ARM */
    62,  /* x86-64 */
    164, /* Hexagon */
    183, /* 64-bit ARM */
};

bool dwarf_fail(const struct dwarf_file *file, Dwarf_Error error,
                struct err *err)
{
    if (!error)
        return err_set(err, STATUS_DATA,
                       "damaged debug information: a list has no end");
    Dwarf_Unsigned number = dwarf_errno(error);
    /* While a file is opened, ALLOC_FAIL may also mean a damaged size. */
    if (number == DW_DLE_GROUP_MAP_ALLOC ||
        (number == DW_DLE_ALLOC_FAIL && file->dwarf))
        err_set(err, STATUS_INTERNAL, "out of memory");
    else
        err_set(err, STATUS_DATA, "debug information that cannot be read: %s",
                dwarf_errmsg(error));
    dwarf_dealloc_error(file->dwarf, error);
    return false;
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

static int open_coff(struct dwarf_file *file, Dwarf_Error *error)
{
    struct coff_access *access = mem_zalloc(1, sizeof *access);
    access->coff = &file->coff;
    access->interface.MEMBER(ai_, object) = access;
    access->interface.MEMBER(ai_, methods) = &methods;
    file->coff_access = access;
    return dwarf_object_init_b(&access->interface, NULL, NULL,
                               DW_GROUPNUMBER_ANY, &file->dwarf, error);
}

static int open_path(struct dwarf_file *file, const char *path,
                     Dwarf_Error *error)
{
#ifdef DW_LIBDWARF_VERSION
    return dwarf_init_path(path, NULL, 0, DW_GROUPNUMBER_ANY, NULL, NULL,
                           &file->dwarf, error);
#else
    return dwarf_init_path(path, NULL, 0, DW_DLC_READ, DW_GROUPNUMBER_ANY, NULL,
                           NULL, &file->dwarf, NULL, 0, NULL, error);
#endif
}

static void close_dwarf(struct dwarf_file *file)
{
#ifdef DW_LIBDWARF_VERSION
    if (file->coff_access)
        dwarf_object_finish(file->dwarf);
    else
        dwarf_finish(file->dwarf);
#else
    Dwarf_Error error = NULL;

    if (file->coff_access)
        dwarf_object_finish(file->dwarf, &error);
    else
        dwarf_finish(file->dwarf, &error);
#endif
}

/* `*end` becomes the offset after the unit. */
static int next_unit(struct dwarf_file *file, bool in_types, uint64_t *end,
                     Dwarf_Error *error)
{
    Dwarf_Unsigned length, type_offset, next;
    Dwarf_Half version, address_size, length_size, extension, kind;
    Dwarf_Off abbreviations, offset = 0;
    Dwarf_Sig8 signature;
    Dwarf_Die die = NULL;
    int status = dwarf_next_cu_header_d(file->dwarf, !in_types, &length,
                                        &version, &abbreviations, &address_size,
                                        &length_size, &extension, &signature,
                                        &type_offset, &next, &kind, error);

    if (status != DW_DLV_OK)
        return status;
    *end = next;
    status = dwarf_siblingof_b(file->dwarf, NULL, !in_types, &die, error);
    if (status != DW_DLV_OK)
        return status == DW_DLV_NO_ENTRY ? DW_DLV_OK : status;
    status = dwarf_dieoffset(die, &offset, error);
    if (status == DW_DLV_OK) {
        *MEM_ADD(file->units, file->unit_count) =
            (struct dwarf_ref){offset, in_types, true};
    }
    dwarf_dealloc_die(die);
    return status;
}

static bool list_units(struct dwarf_file *file, bool in_types, struct err *err)
{
    Dwarf_Error error = NULL;
    uint64_t end = 0;
    int status;

    do
        status = next_unit(file, in_types, &end, &error);
    while (status == DW_DLV_OK);
    file->entries_max += end; /* an entry has at least a byte */
    return status == DW_DLV_NO_ENTRY || dwarf_fail(file, error, err);
}

/* Whether libdwarf finds the right names in such a file. */
static bool check_machine(const struct object *object, struct err *err)
{
    if (object->is_linked || object->format != OBJECT_ELF)
        return true;
    for (size_t i = 0;
         i < sizeof relocated_machines / sizeof *relocated_machines; i++)
        if (relocated_machines[i] == object->machine_number)
            return true;
    return err_set(err, STATUS_DATA,
                   "an object file for machine %u of ELF, whose names would be "
                   "read wrong: name the program that it is linked into",
                   object->machine_number);
}

/* Refuses types in section groups: libdwarf opens one group at a time, and
 * there may be thousands. */
static bool check_groups(const struct dwarf_file *file, struct err *err)
{
    Dwarf_Unsigned sections, groups, selected, count = 0;
    Dwarf_Error error = NULL;

    if (dwarf_sec_group_sizes(file->dwarf, &sections, &groups, &selected,
                              &count, &error) != DW_DLV_OK)
        return dwarf_fail(file, error, err);
    Dwarf_Unsigned *group = mem_zalloc((size_t)count, sizeof *group);
    Dwarf_Unsigned *index = mem_zalloc((size_t)count, sizeof *index);
    const char **name = mem_zalloc((size_t)count, sizeof *name);
    bool ok = dwarf_sec_group_map(file->dwarf, count, group, index, name,
                                  &error) != DW_DLV_ERROR ||
              dwarf_fail(file, error, err);
    for (Dwarf_Unsigned i = 0; ok && i < count; i++)
        if (group[i] > DW_GROUPNUMBER_DWO &&
            (strcmp(name[i], ".debug_info") == 0 ||
             strcmp(name[i], ".debug_types") == 0))
            ok = err_set(err, STATUS_DATA,
                         "an object file whose types are in sections of their "
                         "own (-fdebug-types-section): name the program that "
                         "it is linked into");
    free(group);
    free(index);
    free(name);
    return ok;
}

static bool fail_without_units(const struct dwarf_file *file, struct err *err)
{
    char *link = NULL, *full = NULL, *owner = NULL;
    unsigned char *crc = NULL, *id = NULL;
    unsigned len = 0, type = 0, id_len = 0;
    Dwarf_Error error = NULL;
    if (file->dwarf && !file->coff_access &&
        dwarf_gnu_debuglink(file->dwarf, &link, &crc, &full, &len, &type,
                            &owner, &id, &id_len, NULL, NULL,
                            &error) == DW_DLV_ERROR)
        dwarf_dealloc_error(file->dwarf, error);
    free(full); /* newer versions copy the path */
    if (link)
        return err_set(err, STATUS_DATA,
                       "no debug information; it is in a separate file %s: "
                       "name that file",
                       link);
    return err_set(err, STATUS_DATA,
                   "no debug information: compile with -g, or name the "
                   "separate .debug file");
}

static bool read_units(struct dwarf_file *file, const char *path,
                       struct err *err)
{
    Dwarf_Error error = NULL;
    int status = file->coff.sections ? open_coff(file, &error)
                                     : open_path(file, path, &error);

    if (status == DW_DLV_ERROR)
        return dwarf_fail(file, error, err);
    if (status == DW_DLV_OK &&
        (!check_groups(file, err) || !list_units(file, false, err) ||
         !list_units(file, true, err)))
        return false;
    return file->unit_count > 0 || fail_without_units(file, err);
}

bool dwarf_is_available(void)
{
    return true;
}

bool dwarf_file_open(struct dwarf_file **out, const char *path,
                     const struct object *object, struct err *err)
{
    struct dwarf_file *file = mem_zalloc(1, sizeof *file);
    CHECK(path && object);
    *out = NULL;
    if (object->format == OBJECT_COFF &&
        !coff_read(&file->coff, path, object, err)) {
        dwarf_file_close(file);
        return false;
    }
    if (!check_machine(object, err) || !read_units(file, path, err)) {
        err_prefix(err, "%s", path);
        dwarf_file_close(file);
        return false;
    }
    *out = file;
    return true;
}

void dwarf_file_close(struct dwarf_file *file)
{
    if (!file)
        return;
    if (file->dwarf)
        close_dwarf(file);
    free(file->coff_access);
    coff_free(&file->coff);
    free(file->units);
    free(file);
}

uint64_t dwarf_file_entries_max(const struct dwarf_file *file)
{
    return file->entries_max;
}

size_t dwarf_file_unit_count(const struct dwarf_file *file)
{
    return file->unit_count;
}

struct dwarf_ref dwarf_file_unit(const struct dwarf_file *file, size_t index)
{
    CHECK(index < file->unit_count);
    return file->units[index];
}
