/* SPDX-License-Identifier: MIT */
/*
 * The only file that knows libdwarf: hands it the sections of an object, and
 * turns its entries into ours.
 * Invariant: entries of one parent are visited at rising offsets, so that a
 * damaged tree has an end.  What the entries mean is left to types.c.
 */
#include "import/dwarf.h"

#include <stdlib.h>
#include <string.h>

#include "import/dwarf_open.h"

struct dwarf_file {
    Dwarf_Debug dwarf;
    struct coff coff; /* of a COFF file, else zeros */
    struct coff_access *coff_access;
    struct dwarf_ref *units;
    size_t unit_count;
    uint64_t entries_max;
};

/* ELF machines whose object files libdwarf relocates right, tried with each. */
static const unsigned relocated_machines[] = {
    3 /* x86 */,       62 /* x86-64 */,  40 /* ARM */,
    183 /* AArch64 */, 20 /* PowerPC */, 21 /* 64-bit */,
    8 /* MIPS */,      22 /* S/390 */,   164 /* Hexagon */,
};

static const struct {
    unsigned number;
    enum dwarf_tag tag;
} tags[] = {
    {DW_TAG_compile_unit, DWARF_UNIT},
    {DW_TAG_partial_unit, DWARF_UNIT},
    {DW_TAG_type_unit, DWARF_UNIT},
    {DW_TAG_skeleton_unit, DWARF_UNIT},
    {DW_TAG_namespace, DWARF_NAMESPACE},
    {DW_TAG_subprogram, DWARF_CODE},
    {DW_TAG_lexical_block, DWARF_CODE},
    {DW_TAG_structure_type, DWARF_STRUCT},
    {DW_TAG_class_type, DWARF_STRUCT},
    {DW_TAG_union_type, DWARF_UNION},
    {DW_TAG_member, DWARF_MEMBER},
    {DW_TAG_inheritance, DWARF_BASE_CLASS},
    {DW_TAG_enumeration_type, DWARF_ENUM},
    {DW_TAG_enumerator, DWARF_ENUMERATOR},
    {DW_TAG_array_type, DWARF_ARRAY},
    {DW_TAG_subrange_type, DWARF_DIMENSION},
    {DW_TAG_typedef, DWARF_TYPEDEF},
    {DW_TAG_const_type, DWARF_QUALIFIER},
    {DW_TAG_volatile_type, DWARF_QUALIFIER},
    {DW_TAG_restrict_type, DWARF_QUALIFIER},
    {DW_TAG_atomic_type, DWARF_QUALIFIER},
    {DW_TAG_packed_type, DWARF_QUALIFIER},
    {DW_TAG_immutable_type, DWARF_QUALIFIER},
    {DW_TAG_shared_type, DWARF_QUALIFIER},
    {DW_TAG_pointer_type, DWARF_POINTER},
    {DW_TAG_reference_type, DWARF_POINTER},
    {DW_TAG_rvalue_reference_type, DWARF_POINTER},
    {DW_TAG_ptr_to_member_type, DWARF_POINTER},
    {DW_TAG_base_type, DWARF_BASE},
    {DW_TAG_unspecified_type, DWARF_BASE},
};

static enum dwarf_tag tag_of(unsigned number)
{
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
        if (tags[i].number == number)
            return tags[i].tag;
    return DWARF_OTHER;
}

static enum dwarf_encoding encoding_of(int64_t number)
{
    switch (number) {
    case DW_ATE_signed:
    case DW_ATE_signed_char:
        return DWARF_SIGNED;
    case DW_ATE_unsigned:
    case DW_ATE_unsigned_char:
    case DW_ATE_address:
        return DWARF_UNSIGNED;
    case DW_ATE_float:
        return DWARF_FLOAT;
    case DW_ATE_boolean:
        return DWARF_BOOL;
    case DW_ATE_UTF:
        return DWARF_UTF;
    default:
        return DWARF_UNKNOWN;
    }
}

/* Frees `error`, which may be NULL. */
static bool damaged(const struct dwarf_file *file, Dwarf_Error error,
                    struct err *err)
{
    if (!error)
        return err_set(err, STATUS_DATA,
                       "damaged debug information: an end is missing");
    /* While it opens a file, libdwarf says the same of absurd sizes. */
    if (dwarf_errno(error) == DW_DLE_ALLOC_FAIL && file->dwarf)
        err_set(err, STATUS_INTERNAL, "out of memory");
    else
        err_set(err, STATUS_DATA, "debug information that cannot be read: %s",
                dwarf_errmsg(error));
    dwarf_dealloc_error(file->dwarf, error);
    return false;
}

static void forget(const struct dwarf_file *file, Dwarf_Error error)
{
    if (error)
        dwarf_dealloc_error(file->dwarf, error);
}

/* The one number of a location expression: DW_OP_plus_uconst N, or
 * DW_OP_constu N. */
static bool block_number(const unsigned char *at, uint64_t len, int64_t *out)
{
    uint64_t value = 0;

    if (len < 2 || (at[0] != DW_OP_plus_uconst && at[0] != DW_OP_constu))
        return false;
    for (uint64_t i = 1; i < len && i < 10; i++) {
        value |= (uint64_t)(at[i] & 0x7f) << 7 * (i - 1);
        if ((at[i] & 0x80) == 0) {
            *out = (int64_t)value;
            return i + 1 == len;
        }
    }
    return false;
}

static bool read_block(const struct dwarf_file *file, Dwarf_Attribute attribute,
                       Dwarf_Half form, int64_t *out)
{
    Dwarf_Error error = NULL;
    Dwarf_Block *block = NULL;
    Dwarf_Unsigned len = 0;
    Dwarf_Ptr bytes = NULL;
    bool ok;

    if (form == DW_FORM_exprloc) {
        if (dwarf_formexprloc(attribute, &len, &bytes, &error) == DW_DLV_OK)
            return block_number(bytes, len, out);
        forget(file, error);
        return false;
    }
    if (dwarf_formblock(attribute, &block, &error) != DW_DLV_OK) {
        forget(file, error);
        return false;
    }
    ok = block_number(block->bl_data, block->bl_len, out);
    dwarf_dealloc(file->dwarf, block, DW_DLA_BLOCK);
    return ok;
}

/* Bytes of a constant that does not say its sign; 0: it does. */
static unsigned bytes_of(Dwarf_Half form)
{
    switch (form) {
    case DW_FORM_data1:
        return 1;
    case DW_FORM_data2:
        return 2;
    case DW_FORM_data4:
        return 4;
    default:
        return 0;
    }
}

static bool read_number(const struct dwarf_file *file,
                        Dwarf_Attribute attribute, struct dwarf_number *out,
                        bool *is_unsigned)
{
    Dwarf_Error error = NULL;
    Dwarf_Unsigned plain = 0;
    Dwarf_Signed with_sign = 0;
    Dwarf_Half form = 0;

    if (dwarf_whatform(attribute, &form, &error) != DW_DLV_OK) {
        forget(file, error);
        return false;
    }
    if (form == DW_FORM_sdata || form == DW_FORM_implicit_const) {
        if (dwarf_formsdata(attribute, &with_sign, &error) == DW_DLV_OK) {
            *out = (struct dwarf_number){(int64_t)with_sign, true};
            return true;
        }
    } else if (form == DW_FORM_udata || form == DW_FORM_data8 ||
               bytes_of(form) > 0) {
        if (dwarf_formudata(attribute, &plain, &error) == DW_DLV_OK) {
            if (bytes_of(form) > 0)
                plain &= UINT64_MAX >> (64 - 8 * bytes_of(form));
            *out = (struct dwarf_number){(int64_t)plain, true};
            if (is_unsigned)
                *is_unsigned = form == DW_FORM_udata;
            return true;
        }
    } else if (read_block(file, attribute, form, &out->value)) {
        out->given = true;
        return true;
    }
    forget(file, error);
    return false;
}

/* To a type unit by its signature, else into this section. */
static void read_reference(const struct dwarf_file *file,
                           Dwarf_Attribute attribute, bool in_types,
                           struct dwarf_entry *entry, struct dwarf_ref *out)
{
    Dwarf_Error error = NULL;
    Dwarf_Half form = 0;
    Dwarf_Off offset = 0;
    Dwarf_Sig8 signature;
    Dwarf_Die die = NULL;
    Dwarf_Bool in_info = 1;

    if (dwarf_whatform(attribute, &form, &error) != DW_DLV_OK) {
        forget(file, error);
        return;
    }
    if (form == DW_FORM_GNU_ref_alt || form == DW_FORM_ref_sup4 ||
        form == DW_FORM_ref_sup8) {
        entry->in_other_file = true;
        return;
    }
    if (form == DW_FORM_ref_sig8) {
        if (dwarf_formsig8(attribute, &signature, &error) == DW_DLV_OK &&
            dwarf_find_die_given_sig8(file->dwarf, &signature, &die, &in_info,
                                      &error) == DW_DLV_OK) {
            if (dwarf_dieoffset(die, &offset, &error) == DW_DLV_OK)
                *out = (struct dwarf_ref){offset, !in_info, true};
            dwarf_dealloc_die(die);
        }
    } else if (dwarf_global_formref(attribute, &offset, &error) == DW_DLV_OK) {
        *out = (struct dwarf_ref){offset, in_types && form != DW_FORM_ref_addr,
                                  true};
    }
    forget(file, error);
}

static bool read_flag(const struct dwarf_file *file, Dwarf_Attribute attribute)
{
    Dwarf_Error error = NULL;
    Dwarf_Bool flag = 0;

    if (dwarf_formflag(attribute, &flag, &error) != DW_DLV_OK)
        forget(file, error);
    return flag != 0;
}

/* `*out` is NULL without a name, or with one that is in another file (made by
 * dwz). */
static bool read_name(const struct dwarf_file *file, Dwarf_Attribute attribute,
                      const char **out, struct err *err)
{
    Dwarf_Error error = NULL;
    Dwarf_Half form = 0;
    char *name = NULL;

    if (dwarf_whatform(attribute, &form, &error) != DW_DLV_OK)
        return damaged(file, error, err);
    if (form == DW_FORM_GNU_strp_alt || form == DW_FORM_strp_sup)
        return true;
    if (dwarf_formstring(attribute, &name, &error) != DW_DLV_OK)
        return damaged(file, error, err);
    *out = name && name[0] != '\0' ? name : NULL;
    return true;
}

static bool read_attribute(const struct dwarf_file *file,
                           struct dwarf_entry *entry, Dwarf_Attribute attribute,
                           unsigned what, struct err *err)
{
    bool in_types = entry->at.in_types;
    struct dwarf_number number = {0};

    switch (what) {
    case DW_AT_name:
        return read_name(file, attribute, &entry->name, err);
    case DW_AT_dwo_name:
    case DW_AT_GNU_dwo_name:
        return read_name(file, attribute, &entry->file, err);
    case DW_AT_type:
        read_reference(file, attribute, in_types, entry, &entry->type);
        break;
    case DW_AT_signature:
        read_reference(file, attribute, in_types, entry, &entry->signature);
        break;
    case DW_AT_declaration:
        entry->declaration = read_flag(file, attribute);
        break;
    case DW_AT_external:
        entry->external = read_flag(file, attribute);
        break;
    case DW_AT_encoding:
        if (read_number(file, attribute, &number, NULL))
            entry->encoding = encoding_of(number.value);
        break;
    case DW_AT_byte_size:
        read_number(file, attribute, &entry->byte_size, NULL);
        break;
    case DW_AT_data_member_location:
        entry->computed = !read_number(file, attribute, &entry->offset, NULL);
        break;
    case DW_AT_bit_size:
        read_number(file, attribute, &entry->bit_size, NULL);
        break;
    case DW_AT_data_bit_offset:
        read_number(file, attribute, &entry->bit_offset, NULL);
        break;
    case DW_AT_bit_offset:
        read_number(file, attribute, &entry->bit_offset_old, NULL);
        break;
    case DW_AT_upper_bound:
        read_number(file, attribute, &entry->upper, NULL);
        break;
    case DW_AT_count:
        read_number(file, attribute, &entry->count, NULL);
        break;
    case DW_AT_const_value:
        read_number(file, attribute, &entry->value, &entry->value_unsigned);
        break;
    default:
        break;
    }
    return true;
}

/* Fills in `entry` from `die`; with DWARF_OTHER, nothing but the tag. */
static bool read_die(const struct dwarf_file *file, Dwarf_Die die,
                     bool in_types, struct dwarf_entry *entry, struct err *err)
{
    Dwarf_Error error = NULL;
    Dwarf_Attribute *list = NULL;
    Dwarf_Signed count = 0;
    Dwarf_Half number = 0;
    Dwarf_Off offset = 0;
    bool ok = true;
    int status;

    *entry = (struct dwarf_entry){0};
    if (dwarf_tag(die, &number, &error) != DW_DLV_OK ||
        dwarf_dieoffset(die, &offset, &error) != DW_DLV_OK)
        return damaged(file, error, err);
    entry->tag = tag_of(number);
    entry->at = (struct dwarf_ref){offset, in_types, true};
    if (entry->tag == DWARF_OTHER)
        return true;
    status = dwarf_attrlist(die, &list, &count, &error);
    if (status == DW_DLV_ERROR)
        return damaged(file, error, err);
    for (Dwarf_Signed i = 0; status == DW_DLV_OK && i < count; i++) {
        if (ok && dwarf_whatattr(list[i], &number, &error) == DW_DLV_OK)
            ok = read_attribute(file, entry, list[i], number, err);
        else if (ok)
            ok = damaged(file, error, err);
        dwarf_dealloc_attribute(list[i]);
    }
    if (status == DW_DLV_OK)
        dwarf_dealloc(file->dwarf, list, DW_DLA_LIST);
    return ok;
}

static bool find_die(const struct dwarf_file *file, struct dwarf_ref at,
                     Dwarf_Die *die, struct err *err)
{
    Dwarf_Error error = NULL;

    if (dwarf_offdie_b(file->dwarf, at.offset, !at.in_types, die, &error) ==
        DW_DLV_OK)
        return true;
    return damaged(file, error, err);
}

bool dwarf_entry_read(struct dwarf_file *file, struct dwarf_ref at,
                      struct dwarf_entry *out, struct err *err)
{
    Dwarf_Die die = NULL;
    bool ok;

    if (!find_die(file, at, &die, err))
        return false;
    ok = read_die(file, die, at.in_types, out, err);
    dwarf_dealloc_die(die);
    return ok;
}

/* Replaces `*die` by its next sibling, NULL behind the last one. */
static bool next_die(const struct dwarf_file *file, bool in_types,
                     Dwarf_Die *die, uint64_t offset, struct err *err)
{
    Dwarf_Error error = NULL;
    Dwarf_Die next = NULL;
    Dwarf_Off place = 0;
    int status = dwarf_siblingof_b(file->dwarf, *die, !in_types, &next, &error);

    dwarf_dealloc_die(*die);
    *die = next;
    if (status == DW_DLV_ERROR) {
        *die = NULL;
        return damaged(file, error, err);
    }
    if (status == DW_DLV_NO_ENTRY) {
        *die = NULL;
        return true;
    }
    if (dwarf_dieoffset(next, &place, &error) == DW_DLV_OK && place > offset)
        return true;
    dwarf_dealloc_die(next);
    *die = NULL;
    return damaged(file, error, err);
}

bool dwarf_entry_each(struct dwarf_file *file, struct dwarf_ref parent,
                      dwarf_visit_fn *visit, void *user, struct err *err)
{
    Dwarf_Error error = NULL;
    Dwarf_Die die = NULL;
    Dwarf_Die child = NULL;
    struct dwarf_entry entry;
    bool ok = true;
    int status;

    if (!find_die(file, parent, &die, err))
        return false;
    status = dwarf_child(die, &child, &error);
    dwarf_dealloc_die(die);
    if (status == DW_DLV_ERROR)
        return damaged(file, error, err);
    die = status == DW_DLV_OK ? child : NULL;
    while (ok && die) {
        ok = read_die(file, die, parent.in_types, &entry, err) &&
             (entry.tag == DWARF_OTHER || visit(user, &entry, err)) &&
             next_die(file, parent.in_types, &die, entry.at.offset, err);
    }
    if (die)
        dwarf_dealloc_die(die);
    return ok;
}

static void add_unit(struct dwarf_file *file, struct dwarf_ref unit)
{
    *MEM_ADD(file->units, file->unit_count) = unit;
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
    if (status == DW_DLV_OK)
        add_unit(file, (struct dwarf_ref){offset, in_types, true});
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
    file->entries_max += end; /* an entry has a byte at least */
    return status == DW_DLV_NO_ENTRY || damaged(file, error, err);
}

bool dwarf_is_available(void)
{
    return true;
}

static bool is_relocated(const struct object *object, struct err *err)
{
    if (object->is_linked || object->format != OBJECT_ELF)
        return true;
    for (size_t i = 0;
         i < sizeof relocated_machines / sizeof relocated_machines[0]; i++)
        if (relocated_machines[i] == object->machine_number)
            return true;
    return err_set(err, STATUS_DATA,
                   "an object file for machine %u of ELF, whose names would be "
                   "read wrong: name the program that it is linked into",
                   object->machine_number);
}

/* Fails when types are in section groups: libdwarf opens one group at a time,
 * and there may be thousands. */
static bool has_plain_sections(struct dwarf_file *file, struct err *err)
{
    Dwarf_Unsigned sections, groups, selected, count = 0;
    Dwarf_Error error = NULL;
    bool ok = true;

    if (dwarf_sec_group_sizes(file->dwarf, &sections, &groups, &selected,
                              &count, &error) != DW_DLV_OK)
        return damaged(file, error, err);
    Dwarf_Unsigned *group = mem_zalloc((size_t)count, sizeof *group);
    Dwarf_Unsigned *index = mem_zalloc((size_t)count, sizeof *index);
    const char **name = mem_zalloc((size_t)count, sizeof *name);
    if (dwarf_sec_group_map(file->dwarf, count, group, index, name, &error) ==
        DW_DLV_ERROR)
        ok = damaged(file, error, err);
    for (Dwarf_Unsigned i = 0; ok && i < count; i++) {
        if (group[i] > DW_GROUPNUMBER_DWO &&
            (strcmp(name[i], ".debug_info") == 0 ||
             strcmp(name[i], ".debug_types") == 0))
            ok = err_set(err, STATUS_DATA,
                         "an object file whose types are in sections of their "
                         "own (-fdebug-types-section): name the program that "
                         "it is linked into");
    }
    free(group);
    free(index);
    free(name);
    return ok;
}

static bool has_units(struct dwarf_file *file, struct err *err)
{
    char *link = NULL, *full = NULL, *owner = NULL;
    unsigned char *crc = NULL, *id = NULL;
    unsigned len = 0, type = 0, id_len = 0;
    Dwarf_Error error = NULL;

    if (file->unit_count > 0)
        return true;
    if (file->dwarf && !file->coff_access &&
        dwarf_gnu_debuglink(file->dwarf, &link, &crc, &full, &len, &type,
                            &owner, &id, &id_len, NULL, NULL,
                            &error) == DW_DLV_ERROR)
        forget(file, error);
    free(full); /* newer versions repeat the path there */
    if (link)
        return err_set(err, STATUS_DATA,
                       "no debug information; it is kept apart, in a file %s: "
                       "name that file",
                       link);
    return err_set(err, STATUS_DATA,
                   "no debug information: compile with -g, or name the "
                   "separate .debug file");
}

static bool open_file(struct dwarf_file *file, const char *path,
                      struct err *err)
{
    Dwarf_Error error = NULL;
    int status = file->coff.sections
                     ? dwarf_open_coff(&file->coff, &file->coff_access,
                                       &file->dwarf, &error)
                     : dwarf_open_path(path, &file->dwarf, &error);

    return status != DW_DLV_ERROR || damaged(file, error, err);
}

bool dwarf_file_open(struct dwarf_file **out, const char *path,
                     const struct object *object, struct err *err)
{
    struct dwarf_file *file = mem_zalloc(1, sizeof *file);

    *out = NULL;
    if (object->format == OBJECT_COFF &&
        !coff_read(&file->coff, path, object, err)) {
        dwarf_file_close(file);
        return false;
    }
    if (is_relocated(object, err) && open_file(file, path, err) &&
        (!file->dwarf ||
         (has_plain_sections(file, err) && list_units(file, false, err) &&
          list_units(file, true, err))) &&
        has_units(file, err)) {
        *out = file;
        return true;
    }
    err_prefix(err, "%s", path);
    dwarf_file_close(file);
    return false;
}

void dwarf_file_close(struct dwarf_file *file)
{
    if (!file)
        return;
    if (file->dwarf && file->coff_access)
        dwarf_close_coff(file->dwarf);
    else if (file->dwarf)
        dwarf_close_path(file->dwarf);
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
    return file->units[index];
}
