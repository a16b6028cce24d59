/* SPDX-License-Identifier: MIT */
/* Turns libdwarf's entries into ours.  dwarf_open.c opens files, and c_type.c
 * interprets the entries. */
#include <stdlib.h>

#include "import/dwarf_open.h"

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
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
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

/* Frees an error that has no consequence; accepts NULL. */
static void forget(const struct dwarf_file *file, Dwarf_Error error)
{
    if (error)
        dwarf_dealloc_error(file->dwarf, error);
}

/* The number of a location expression of one operation, DW_OP_plus_uconst or
 * DW_OP_constu, which a LEB128 number follows. */
static bool expression_number(const unsigned char *at, uint64_t len,
                              int64_t *out)
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

static bool read_expression(const struct dwarf_file *file,
                            Dwarf_Attribute attribute, Dwarf_Half form,
                            int64_t *out)
{
    Dwarf_Error error = NULL;
    Dwarf_Block *block = NULL;
    Dwarf_Unsigned len = 0;
    Dwarf_Ptr bytes = NULL;
    bool ok = false;

    if (form == DW_FORM_exprloc) {
        ok = dwarf_formexprloc(attribute, &len, &bytes, &error) == DW_DLV_OK &&
             expression_number(bytes, len, out);
    } else if (dwarf_formblock(attribute, &block, &error) == DW_DLV_OK) {
        ok = expression_number(block->bl_data, block->bl_len, out);
        dwarf_dealloc(file->dwarf, block, DW_DLA_BLOCK);
    }
    forget(file, error);
    return ok;
}

/* Bytes of a constant of fixed size, whose sign is not known; 0: another. */
static unsigned bytes_of(Dwarf_Half form)
{
    switch (form) {
    case DW_FORM_data1:
        return 1;
    case DW_FORM_data2:
        return 2;
    case DW_FORM_data4:
        return 4;
    case DW_FORM_data8:
        return 8;
    default:
        return 0;
    }
}

/* `is_unsigned` may be NULL. */
static bool read_number(const struct dwarf_file *file,
                        Dwarf_Attribute attribute, struct dwarf_number *out,
                        bool *is_unsigned)
{
    Dwarf_Error error = NULL;
    Dwarf_Unsigned bits = 0;
    Dwarf_Signed number = 0;
    Dwarf_Half form = 0;
    bool ok = dwarf_whatform(attribute, &form, &error) == DW_DLV_OK;
    unsigned bytes = bytes_of(form);

    if (ok && (form == DW_FORM_sdata || form == DW_FORM_implicit_const)) {
        ok = dwarf_formsdata(attribute, &number, &error) == DW_DLV_OK;
    } else if (ok && (form == DW_FORM_udata || bytes > 0)) {
        ok = dwarf_formudata(attribute, &bits, &error) == DW_DLV_OK;
        number =
            (int64_t)(bytes > 0 ? bits & UINT64_MAX >> (64 - 8 * bytes) : bits);
        if (ok && is_unsigned)
            *is_unsigned = form == DW_FORM_udata;
    } else if (ok) {
        int64_t value = 0;
        ok = read_expression(file, attribute, form, &value);
        number = value;
    }
    forget(file, error);
    if (ok)
        *out = (struct dwarf_number){number, true};
    return ok;
}

/* Follows a signature to its type unit; all other references stay in their
 * section. */
static void read_reference(const struct dwarf_file *file,
                           Dwarf_Attribute attribute, struct dwarf_entry *entry,
                           struct dwarf_ref *out)
{
    Dwarf_Error error = NULL;
    Dwarf_Half form = 0;
    Dwarf_Off offset = 0;
    Dwarf_Sig8 signature;
    Dwarf_Die die = NULL;
    Dwarf_Bool in_info = 1;

    if (dwarf_whatform(attribute, &form, &error) != DW_DLV_OK) {
        /* no reference */
    } else if (form == DW_FORM_GNU_ref_alt || form == DW_FORM_ref_sup4 ||
               form == DW_FORM_ref_sup8) {
        entry->in_other_file = true;
    } else if (form != DW_FORM_ref_sig8) {
        if (dwarf_global_formref(attribute, &offset, &error) == DW_DLV_OK)
            *out = (struct dwarf_ref){
                offset, entry->at.in_types && form != DW_FORM_ref_addr, true};
    } else if (dwarf_formsig8(attribute, &signature, &error) == DW_DLV_OK &&
               dwarf_find_die_given_sig8(file->dwarf, &signature, &die,
                                         &in_info, &error) == DW_DLV_OK) {
        if (dwarf_dieoffset(die, &offset, &error) == DW_DLV_OK)
            *out = (struct dwarf_ref){offset, !in_info, true};
        dwarf_dealloc_die(die);
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

/* `*out` stays NULL without a name, or with one in another file (made by dwz).
 * A name that cannot be read is an error: types would be missing. */
static bool read_name(const struct dwarf_file *file, Dwarf_Attribute attribute,
                      const char **out, struct err *err)
{
    Dwarf_Error error = NULL;
    Dwarf_Half form = 0;
    char *name = NULL;

    if (dwarf_whatform(attribute, &form, &error) != DW_DLV_OK)
        return dwarf_fail(file, error, err);
    if (form == DW_FORM_GNU_strp_alt || form == DW_FORM_strp_sup)
        return true;
    if (dwarf_formstring(attribute, &name, &error) != DW_DLV_OK)
        return dwarf_fail(file, error, err);
    *out = name && name[0] != '\0' ? name : NULL;
    return true;
}

static bool read_attribute(const struct dwarf_file *file,
                           struct dwarf_entry *entry, Dwarf_Attribute attribute,
                           unsigned what, struct err *err)
{
    struct dwarf_number number = {0};
    switch (what) {
    case DW_AT_name:
        return read_name(file, attribute, &entry->name, err);
    case DW_AT_dwo_name:
    case DW_AT_GNU_dwo_name:
        return read_name(file, attribute, &entry->file, err);
    case DW_AT_type:
        read_reference(file, attribute, entry, &entry->type);
        break;
    case DW_AT_signature:
        read_reference(file, attribute, entry, &entry->signature);
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

/* Only the tag is filled in if it is DWARF_OTHER. */
static bool read_die(const struct dwarf_file *file, Dwarf_Die die,
                     bool in_types, struct dwarf_entry *entry, struct err *err)
{
    Dwarf_Error error = NULL;
    Dwarf_Attribute *list = NULL;
    Dwarf_Signed count = 0;
    Dwarf_Half number = 0;
    Dwarf_Off offset = 0;
    bool ok = true;

    *entry = (struct dwarf_entry){0};
    if (dwarf_tag(die, &number, &error) != DW_DLV_OK ||
        dwarf_dieoffset(die, &offset, &error) != DW_DLV_OK)
        return dwarf_fail(file, error, err);
    entry->tag = tag_of(number);
    entry->at = (struct dwarf_ref){offset, in_types, true};
    if (entry->tag == DWARF_OTHER)
        return true;
    int status = dwarf_attrlist(die, &list, &count, &error);
    if (status != DW_DLV_OK)
        return status == DW_DLV_NO_ENTRY || dwarf_fail(file, error, err);
    for (Dwarf_Signed i = 0; i < count; i++) {
        if (ok && dwarf_whatattr(list[i], &number, &error) == DW_DLV_OK)
            ok = read_attribute(file, entry, list[i], number, err);
        else if (ok)
            ok = dwarf_fail(file, error, err);
        dwarf_dealloc_attribute(list[i]);
    }
    dwarf_dealloc(file->dwarf, list, DW_DLA_LIST);
    return ok;
}

static bool find_die(const struct dwarf_file *file, struct dwarf_ref at,
                     Dwarf_Die *out, struct err *err)
{
    Dwarf_Error error = NULL;

    CHECK(at.given);
    return dwarf_offdie_b(file->dwarf, at.offset, !at.in_types, out, &error) ==
               DW_DLV_OK ||
           dwarf_fail(file, error, err);
}

bool dwarf_entry_read(struct dwarf_file *file, struct dwarf_ref at,
                      struct dwarf_entry *out, struct err *err)
{
    CHECK(file && out);
    Dwarf_Die die = NULL;

    if (!find_die(file, at, &die, err))
        return false;
    bool ok = read_die(file, die, at.in_types, out, err);
    dwarf_dealloc_die(die);
    return ok;
}

/* Replaces `*die`, which is at `offset`, by its next sibling, or NULL.  Offsets
 * must rise, so that damaged lists end. */
static bool next_die(const struct dwarf_file *file, bool in_types,
                     Dwarf_Die *die, uint64_t offset, struct err *err)
{
    Dwarf_Error error = NULL;
    Dwarf_Die next = NULL;
    Dwarf_Off next_offset = 0;
    int status = dwarf_siblingof_b(file->dwarf, *die, !in_types, &next, &error);

    dwarf_dealloc_die(*die);
    *die = status == DW_DLV_OK ? next : NULL;
    if (status == DW_DLV_NO_ENTRY)
        return true;
    if (status == DW_DLV_OK &&
        dwarf_dieoffset(next, &next_offset, &error) == DW_DLV_OK &&
        next_offset > offset)
        return true;
    return dwarf_fail(file, error, err);
}

bool dwarf_entry_each(struct dwarf_file *file, struct dwarf_ref parent,
                      dwarf_visit_fn *visit, void *user, struct err *err)
{
    CHECK(file && visit);
    Dwarf_Error error = NULL;
    Dwarf_Die parent_die = NULL, die = NULL;
    struct dwarf_entry entry;
    bool ok = true;

    if (!find_die(file, parent, &parent_die, err))
        return false;
    int status = dwarf_child(parent_die, &die, &error);
    dwarf_dealloc_die(parent_die);
    if (status != DW_DLV_OK)
        return status == DW_DLV_NO_ENTRY || dwarf_fail(file, error, err);
    while (ok && die)
        ok = read_die(file, die, parent.in_types, &entry, err) &&
             (entry.tag == DWARF_OTHER || visit(user, &entry, err)) &&
             next_die(file, parent.in_types, &die, entry.at.offset, err);
    if (die)
        dwarf_dealloc_die(die);
    return ok;
}
