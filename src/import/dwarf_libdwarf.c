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

struct debug {
    Dwarf_Debug dwarf;
    struct coff coff; /* of a COFF file, else zeros */
    struct coff_access *coff_access;
    struct entry_ref *units;
    size_t unit_count;
    size_t unit_room;
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
    enum entry_tag tag;
} tags[] = {
    {DW_TAG_compile_unit, ENTRY_UNIT},
    {DW_TAG_partial_unit, ENTRY_UNIT},
    {DW_TAG_type_unit, ENTRY_UNIT},
    {DW_TAG_skeleton_unit, ENTRY_UNIT},
    {DW_TAG_namespace, ENTRY_NAMESPACE},
    {DW_TAG_subprogram, ENTRY_CODE},
    {DW_TAG_lexical_block, ENTRY_CODE},
    {DW_TAG_structure_type, ENTRY_STRUCT},
    {DW_TAG_class_type, ENTRY_STRUCT},
    {DW_TAG_union_type, ENTRY_UNION},
    {DW_TAG_member, ENTRY_MEMBER},
    {DW_TAG_inheritance, ENTRY_BASE_CLASS},
    {DW_TAG_enumeration_type, ENTRY_ENUM},
    {DW_TAG_enumerator, ENTRY_ENUMERATOR},
    {DW_TAG_array_type, ENTRY_ARRAY},
    {DW_TAG_subrange_type, ENTRY_DIMENSION},
    {DW_TAG_typedef, ENTRY_TYPEDEF},
    {DW_TAG_const_type, ENTRY_QUALIFIER},
    {DW_TAG_volatile_type, ENTRY_QUALIFIER},
    {DW_TAG_restrict_type, ENTRY_QUALIFIER},
    {DW_TAG_atomic_type, ENTRY_QUALIFIER},
    {DW_TAG_packed_type, ENTRY_QUALIFIER},
    {DW_TAG_immutable_type, ENTRY_QUALIFIER},
    {DW_TAG_shared_type, ENTRY_QUALIFIER},
    {DW_TAG_pointer_type, ENTRY_POINTER},
    {DW_TAG_reference_type, ENTRY_POINTER},
    {DW_TAG_rvalue_reference_type, ENTRY_POINTER},
    {DW_TAG_ptr_to_member_type, ENTRY_POINTER},
    {DW_TAG_base_type, ENTRY_BASE},
    {DW_TAG_unspecified_type, ENTRY_BASE},
};

static enum entry_tag tag_of(unsigned number)
{
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
        if (tags[i].number == number)
            return tags[i].tag;
    return ENTRY_OTHER;
}

static enum entry_encoding encoding_of(int64_t number)
{
    switch (number) {
    case DW_ATE_signed:
    case DW_ATE_signed_char:
        return ENCODED_SIGNED;
    case DW_ATE_unsigned:
    case DW_ATE_unsigned_char:
    case DW_ATE_address:
        return ENCODED_UNSIGNED;
    case DW_ATE_float:
        return ENCODED_FLOAT;
    case DW_ATE_boolean:
        return ENCODED_BOOL;
    case DW_ATE_UTF:
        return ENCODED_UTF;
    default:
        return ENCODED_OTHER;
    }
}

/* Frees `error`, which may be NULL. */
static bool damaged(const struct debug *debug, Dwarf_Error error,
                    struct err *err)
{
    if (!error)
        return err_set(err, STATUS_DATA,
                       "damaged debug information: an end is missing");
    /* While it opens a file, libdwarf says the same of absurd sizes. */
    if (dwarf_errno(error) == DW_DLE_ALLOC_FAIL && debug->dwarf)
        err_set(err, STATUS_INTERNAL, "out of memory");
    else
        err_set(err, STATUS_DATA, "debug information that cannot be read: %s",
                dwarf_errmsg(error));
    dwarf_dealloc_error(debug->dwarf, error);
    return false;
}

static void forget(const struct debug *debug, Dwarf_Error error)
{
    if (error)
        dwarf_dealloc_error(debug->dwarf, error);
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

static bool read_block(const struct debug *debug, Dwarf_Attribute attribute,
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
        forget(debug, error);
        return false;
    }
    if (dwarf_formblock(attribute, &block, &error) != DW_DLV_OK) {
        forget(debug, error);
        return false;
    }
    ok = block_number(block->bl_data, block->bl_len, out);
    dwarf_dealloc(debug->dwarf, block, DW_DLA_BLOCK);
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

static bool read_number(const struct debug *debug, Dwarf_Attribute attribute,
                        struct entry_number *out, bool *is_unsigned)
{
    Dwarf_Error error = NULL;
    Dwarf_Unsigned plain = 0;
    Dwarf_Signed with_sign = 0;
    Dwarf_Half form = 0;

    if (dwarf_whatform(attribute, &form, &error) != DW_DLV_OK) {
        forget(debug, error);
        return false;
    }
    if (form == DW_FORM_sdata || form == DW_FORM_implicit_const) {
        if (dwarf_formsdata(attribute, &with_sign, &error) == DW_DLV_OK) {
            *out = (struct entry_number){(int64_t)with_sign, true};
            return true;
        }
    } else if (form == DW_FORM_udata || form == DW_FORM_data8 ||
               bytes_of(form) > 0) {
        if (dwarf_formudata(attribute, &plain, &error) == DW_DLV_OK) {
            if (bytes_of(form) > 0)
                plain &= UINT64_MAX >> (64 - 8 * bytes_of(form));
            *out = (struct entry_number){(int64_t)plain, true};
            if (is_unsigned)
                *is_unsigned = form == DW_FORM_udata;
            return true;
        }
    } else if (read_block(debug, attribute, form, &out->value)) {
        out->given = true;
        return true;
    }
    forget(debug, error);
    return false;
}

/* To a type unit by its signature, else into this section. */
static void read_reference(const struct debug *debug, Dwarf_Attribute attribute,
                           bool in_types, struct entry *entry,
                           struct entry_ref *out)
{
    Dwarf_Error error = NULL;
    Dwarf_Half form = 0;
    Dwarf_Off offset = 0;
    Dwarf_Sig8 signature;
    Dwarf_Die die = NULL;
    Dwarf_Bool in_info = 1;

    if (dwarf_whatform(attribute, &form, &error) != DW_DLV_OK) {
        forget(debug, error);
        return;
    }
    if (form == DW_FORM_GNU_ref_alt || form == DW_FORM_ref_sup4 ||
        form == DW_FORM_ref_sup8) {
        entry->elsewhere = true;
        return;
    }
    if (form == DW_FORM_ref_sig8) {
        if (dwarf_formsig8(attribute, &signature, &error) == DW_DLV_OK &&
            dwarf_find_die_given_sig8(debug->dwarf, &signature, &die, &in_info,
                                      &error) == DW_DLV_OK) {
            if (dwarf_dieoffset(die, &offset, &error) == DW_DLV_OK)
                *out = (struct entry_ref){offset, !in_info, true};
            dwarf_dealloc_die(die);
        }
    } else if (dwarf_global_formref(attribute, &offset, &error) == DW_DLV_OK) {
        *out = (struct entry_ref){offset, in_types && form != DW_FORM_ref_addr,
                                  true};
    }
    forget(debug, error);
}

static bool read_flag(const struct debug *debug, Dwarf_Attribute attribute)
{
    Dwarf_Error error = NULL;
    Dwarf_Bool flag = 0;

    if (dwarf_formflag(attribute, &flag, &error) != DW_DLV_OK)
        forget(debug, error);
    return flag != 0;
}

/* `*out` is NULL without a name, or with one that is in another file (made by
 * dwz). */
static bool read_name(const struct debug *debug, Dwarf_Attribute attribute,
                      const char **out, struct err *err)
{
    Dwarf_Error error = NULL;
    Dwarf_Half form = 0;
    char *name = NULL;

    if (dwarf_whatform(attribute, &form, &error) != DW_DLV_OK)
        return damaged(debug, error, err);
    if (form == DW_FORM_GNU_strp_alt || form == DW_FORM_strp_sup)
        return true;
    if (dwarf_formstring(attribute, &name, &error) != DW_DLV_OK)
        return damaged(debug, error, err);
    *out = name && name[0] != '\0' ? name : NULL;
    return true;
}

static bool read_attribute(const struct debug *debug, struct entry *entry,
                           Dwarf_Attribute attribute, unsigned what,
                           struct err *err)
{
    bool in_types = entry->at.in_types;
    struct entry_number number = {0};

    switch (what) {
    case DW_AT_name:
        return read_name(debug, attribute, &entry->name, err);
    case DW_AT_dwo_name:
    case DW_AT_GNU_dwo_name:
        return read_name(debug, attribute, &entry->file, err);
    case DW_AT_type:
        read_reference(debug, attribute, in_types, entry, &entry->type);
        break;
    case DW_AT_signature:
        read_reference(debug, attribute, in_types, entry, &entry->signature);
        break;
    case DW_AT_declaration:
        entry->declaration = read_flag(debug, attribute);
        break;
    case DW_AT_external:
        entry->external = read_flag(debug, attribute);
        break;
    case DW_AT_encoding:
        if (read_number(debug, attribute, &number, NULL))
            entry->encoding = encoding_of(number.value);
        break;
    case DW_AT_byte_size:
        read_number(debug, attribute, &entry->byte_size, NULL);
        break;
    case DW_AT_data_member_location:
        entry->computed = !read_number(debug, attribute, &entry->place, NULL);
        break;
    case DW_AT_bit_size:
        read_number(debug, attribute, &entry->bit_size, NULL);
        break;
    case DW_AT_data_bit_offset:
        read_number(debug, attribute, &entry->bit_place, NULL);
        break;
    case DW_AT_bit_offset:
        read_number(debug, attribute, &entry->bit_place_old, NULL);
        break;
    case DW_AT_upper_bound:
        read_number(debug, attribute, &entry->upper, NULL);
        break;
    case DW_AT_count:
        read_number(debug, attribute, &entry->count, NULL);
        break;
    case DW_AT_const_value:
        read_number(debug, attribute, &entry->value, &entry->value_unsigned);
        break;
    default:
        break;
    }
    return true;
}

/* Fills in `entry` from `die`; with ENTRY_OTHER, nothing but the tag. */
static bool read_die(const struct debug *debug, Dwarf_Die die, bool in_types,
                     struct entry *entry, struct err *err)
{
    Dwarf_Error error = NULL;
    Dwarf_Attribute *list = NULL;
    Dwarf_Signed count = 0;
    Dwarf_Half number = 0;
    Dwarf_Off offset = 0;
    bool ok = true;
    int status;

    *entry = (struct entry){0};
    if (dwarf_tag(die, &number, &error) != DW_DLV_OK ||
        dwarf_dieoffset(die, &offset, &error) != DW_DLV_OK)
        return damaged(debug, error, err);
    entry->tag = tag_of(number);
    entry->at = (struct entry_ref){offset, in_types, true};
    if (entry->tag == ENTRY_OTHER)
        return true;
    status = dwarf_attrlist(die, &list, &count, &error);
    if (status == DW_DLV_ERROR)
        return damaged(debug, error, err);
    for (Dwarf_Signed i = 0; status == DW_DLV_OK && i < count; i++) {
        if (ok && dwarf_whatattr(list[i], &number, &error) == DW_DLV_OK)
            ok = read_attribute(debug, entry, list[i], number, err);
        else if (ok)
            ok = damaged(debug, error, err);
        dwarf_dealloc_attribute(list[i]);
    }
    if (status == DW_DLV_OK)
        dwarf_dealloc(debug->dwarf, list, DW_DLA_LIST);
    return ok;
}

static bool find_die(const struct debug *debug, struct entry_ref at,
                     Dwarf_Die *die, struct err *err)
{
    Dwarf_Error error = NULL;

    if (dwarf_offdie_b(debug->dwarf, at.offset, !at.in_types, die, &error) ==
        DW_DLV_OK)
        return true;
    return damaged(debug, error, err);
}

bool entry_read(struct debug *debug, struct entry_ref at, struct entry *out,
                struct err *err)
{
    Dwarf_Die die = NULL;
    bool ok;

    if (!find_die(debug, at, &die, err))
        return false;
    ok = read_die(debug, die, at.in_types, out, err);
    dwarf_dealloc_die(die);
    return ok;
}

/* Replaces `*die` by its next sibling, NULL behind the last one. */
static bool next_die(const struct debug *debug, bool in_types, Dwarf_Die *die,
                     uint64_t offset, struct err *err)
{
    Dwarf_Error error = NULL;
    Dwarf_Die next = NULL;
    Dwarf_Off place = 0;
    int status =
        dwarf_siblingof_b(debug->dwarf, *die, !in_types, &next, &error);

    dwarf_dealloc_die(*die);
    *die = next;
    if (status == DW_DLV_ERROR) {
        *die = NULL;
        return damaged(debug, error, err);
    }
    if (status == DW_DLV_NO_ENTRY) {
        *die = NULL;
        return true;
    }
    if (dwarf_dieoffset(next, &place, &error) == DW_DLV_OK && place > offset)
        return true;
    dwarf_dealloc_die(next);
    *die = NULL;
    return damaged(debug, error, err);
}

bool entry_each(struct debug *debug, struct entry_ref parent,
                entry_visit_fn *visit, void *user, struct err *err)
{
    Dwarf_Error error = NULL;
    Dwarf_Die die = NULL;
    Dwarf_Die child = NULL;
    struct entry entry;
    bool ok = true;
    int status;

    if (!find_die(debug, parent, &die, err))
        return false;
    status = dwarf_child(die, &child, &error);
    dwarf_dealloc_die(die);
    if (status == DW_DLV_ERROR)
        return damaged(debug, error, err);
    die = status == DW_DLV_OK ? child : NULL;
    while (ok && die) {
        ok = read_die(debug, die, parent.in_types, &entry, err) &&
             (entry.tag == ENTRY_OTHER || visit(user, &entry, err)) &&
             next_die(debug, parent.in_types, &die, entry.at.offset, err);
    }
    if (die)
        dwarf_dealloc_die(die);
    return ok;
}

static void add_unit(struct debug *debug, struct entry_ref unit)
{
    if (debug->unit_count == debug->unit_room) {
        debug->unit_room = debug->unit_room * 2 + 16;
        debug->units =
            mem_resize(debug->units, debug->unit_room, sizeof *debug->units);
    }
    debug->units[debug->unit_count++] = unit;
}

/* `*end` becomes the offset after the unit. */
static int next_unit(struct debug *debug, bool in_types, uint64_t *end,
                     Dwarf_Error *error)
{
    Dwarf_Unsigned length, type_offset, next;
    Dwarf_Half version, address_size, length_size, extension, kind;
    Dwarf_Off abbreviations, offset = 0;
    Dwarf_Sig8 signature;
    Dwarf_Die die = NULL;
    int status = dwarf_next_cu_header_d(debug->dwarf, !in_types, &length,
                                        &version, &abbreviations, &address_size,
                                        &length_size, &extension, &signature,
                                        &type_offset, &next, &kind, error);

    if (status != DW_DLV_OK)
        return status;
    *end = next;
    status = dwarf_siblingof_b(debug->dwarf, NULL, !in_types, &die, error);
    if (status != DW_DLV_OK)
        return status == DW_DLV_NO_ENTRY ? DW_DLV_OK : status;
    status = dwarf_dieoffset(die, &offset, error);
    if (status == DW_DLV_OK)
        add_unit(debug, (struct entry_ref){offset, in_types, true});
    dwarf_dealloc_die(die);
    return status;
}

static bool list_units(struct debug *debug, bool in_types, struct err *err)
{
    Dwarf_Error error = NULL;
    uint64_t end = 0;
    int status;

    do
        status = next_unit(debug, in_types, &end, &error);
    while (status == DW_DLV_OK);
    debug->entries_max += end; /* an entry has a byte at least */
    return status == DW_DLV_NO_ENTRY || damaged(debug, error, err);
}

bool debug_is_available(void)
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
static bool has_plain_sections(struct debug *debug, struct err *err)
{
    Dwarf_Unsigned sections, groups, selected, count = 0;
    Dwarf_Error error = NULL;
    bool ok = true;

    if (dwarf_sec_group_sizes(debug->dwarf, &sections, &groups, &selected,
                              &count, &error) != DW_DLV_OK)
        return damaged(debug, error, err);
    Dwarf_Unsigned *group = mem_zalloc((size_t)count, sizeof *group);
    Dwarf_Unsigned *index = mem_zalloc((size_t)count, sizeof *index);
    const char **name = mem_zalloc((size_t)count, sizeof *name);
    if (dwarf_sec_group_map(debug->dwarf, count, group, index, name, &error) ==
        DW_DLV_ERROR)
        ok = damaged(debug, error, err);
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

static bool has_units(struct debug *debug, struct err *err)
{
    char *link = NULL, *full = NULL, *owner = NULL;
    unsigned char *crc = NULL, *id = NULL;
    unsigned len = 0, type = 0, id_len = 0;
    Dwarf_Error error = NULL;

    if (debug->unit_count > 0)
        return true;
    if (debug->dwarf && !debug->coff_access &&
        dwarf_gnu_debuglink(debug->dwarf, &link, &crc, &full, &len, &type,
                            &owner, &id, &id_len, NULL, NULL,
                            &error) == DW_DLV_ERROR)
        forget(debug, error);
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

static bool open_file(struct debug *debug, const char *path, struct err *err)
{
    Dwarf_Error error = NULL;
    int status = debug->coff.sections
                     ? dwarf_open_coff(&debug->coff, &debug->coff_access,
                                       &debug->dwarf, &error)
                     : dwarf_open_path(path, &debug->dwarf, &error);

    return status != DW_DLV_ERROR || damaged(debug, error, err);
}

bool debug_open(struct debug **out, const char *path,
                const struct object *object, struct err *err)
{
    struct debug *debug = mem_zalloc(1, sizeof *debug);

    *out = NULL;
    if (object->format == OBJECT_COFF &&
        !coff_read(&debug->coff, path, object, err)) {
        debug_close(debug);
        return false;
    }
    if (is_relocated(object, err) && open_file(debug, path, err) &&
        (!debug->dwarf ||
         (has_plain_sections(debug, err) && list_units(debug, false, err) &&
          list_units(debug, true, err))) &&
        has_units(debug, err)) {
        *out = debug;
        return true;
    }
    err_prefix(err, "%s", path);
    debug_close(debug);
    return false;
}

void debug_close(struct debug *debug)
{
    if (!debug)
        return;
    if (debug->dwarf && debug->coff_access)
        dwarf_close_coff(debug->dwarf);
    else if (debug->dwarf)
        dwarf_close_path(debug->dwarf);
    free(debug->coff_access);
    coff_free(&debug->coff);
    free(debug->units);
    free(debug);
}

uint64_t debug_entries_max(const struct debug *debug)
{
    return debug->entries_max;
}

size_t debug_unit_count(const struct debug *debug)
{
    return debug->unit_count;
}

struct entry_ref debug_unit(const struct debug *debug, size_t index)
{
    return debug->units[index];
}
