/* SPDX-License-Identifier: MIT */
/* Checks attributes once all of a field are known, so that later rooms need not
 * ask whether one has a meaning for a kind.  How an attribute is written is
 * field_keys.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "layout/field.h"
#include "layout/label_set.h"
#include "layout/limits.h"
#include "layout/path.h"
#include "layout/value.h"
#include "loader/field_keys.h"
#include "loader/loader_private.h"
#include "loader/pattern.h"

/* A declaration that is checked. */
struct check {
    const struct declaration *decl;
    const struct layout *layout;
    struct problems *problems;
};

static bool has(const struct check *check, enum attribute which)
{
    return key_valid(&check->decl->keys, which);
}

static void fail(const struct check *check, enum attribute which,
                 const char *text)
{
    key_problem(check->problems, &check->decl->keys, which, "field '%s': %s",
                check->decl->name, text);
}

/* Fails if the attribute is given but does not fit. */
static void need(const struct check *check, enum attribute which, bool fits,
                 const char *text)
{
    if (!fits && has(check, which))
        fail(check, which, text);
}

static void check_bits(const struct check *check, const struct field *leaf)
{
    if (!has(check, ATTR_BITS))
        return;
    if (!kind_is_integer(leaf->kind)) {
        fail(check, ATTR_BITS, "bits are for i8..i64 and u8..u64");
    } else if (leaf->width == 0) {
        key_problem(check->problems, &check->decl->keys, ATTR_BITS,
                    "field '%s': bit %u is outside of the type's bits 0..%u",
                    check->decl->name, check->decl->bit_high,
                    leaf->size * 8 - 1);
    }
}

/* --- labels -------------------------------------------------------------- */

/* The set of enum= or flags=, or NULL. */
static const struct label_set *find_set(const struct check *check,
                                        enum attribute which, const char *name)
{
    bool flags = which == ATTR_FLAGS;
    const char *word = attribute_table[which].key;
    const char *other = attribute_table[flags ? ATTR_ENUM : ATTR_FLAGS].key;
    if (!has(check, which))
        return NULL;
    const struct label_set *set = label_set_find(check->layout, name, flags);
    if (set)
        return set;
    if (label_set_find(check->layout, name, !flags)) {
        key_problem(check->problems, &check->decl->keys, which,
                    "'%s' is a section [%s %s]; write %s = %s", name, other,
                    name, other, name);
    } else {
        const char *nearest = label_set_nearest(check->layout, name, flags);
        key_problem(check->problems, &check->decl->keys, which,
                    "no section [%s %s]%s", word, name,
                    word_hint(nearest).text);
    }
    return NULL;
}

/* The end of a row that the field can never store, or NULL. */
static const uint64_t *strange_end(const struct label_set *set,
                                   const struct label_row *row, int64_t low,
                                   uint64_t high)
{
    const uint64_t *ends[] = {&row->low, &row->high};
    for (size_t i = 0; i < 2; i++) {
        bool negative = set->is_signed && (int64_t)*ends[i] < 0;
        if (negative ? (int64_t)*ends[i] < low : *ends[i] > high)
            return ends[i];
    }
    return NULL;
}

static void check_enum(const struct check *check, const struct field *leaf,
                       const struct label_set *set)
{
    int64_t low;
    uint64_t high;
    if (!field_integer_limits(leaf, &low, &high))
        return;
    for (size_t i = 0; i < set->count; i++) {
        const uint64_t *end = strange_end(set, &set->rows[i], low, high);
        if (!end)
            continue;
        char text[24];
        if (set->is_signed)
            snprintf(text, sizeof text, "%lld", (long long)*end);
        else
            snprintf(text, sizeof text, "%llu", (unsigned long long)*end);
        key_problem(check->problems, &check->decl->keys, ATTR_ENUM,
                    "field '%s' has the range %lld..%llu, but '%s' of enum "
                    "'%s' is %s",
                    check->decl->name, (long long)low, (unsigned long long)high,
                    set->rows[i].label, set->name, text);
        return;
    }
}

static void check_flags(const struct check *check, const struct field *leaf,
                        const struct label_set *set)
{
    if (!kind_is_integer(leaf->kind) || set->count == 0)
        return;
    const struct label_row *row = &set->rows[set->count - 1];
    if (row->high < field_bits(leaf))
        return;
    key_problem(check->problems, &check->decl->keys, ATTR_FLAGS,
                "field '%s' has %u bits, but '%s' of flags '%s' is bit %llu",
                check->decl->name, field_bits(leaf), row->label, set->name,
                (unsigned long long)row->high);
}

static void check_labels(const struct check *check, const struct field *leaf)
{
    const struct declaration *decl = check->decl;
    bool integer = kind_is_integer(leaf->kind);
    need(check, ATTR_ENUM, integer, "enum is for i8..i64 and u8..u64");
    need(check, ATTR_FLAGS, integer, "flags are for i8..i64 and u8..u64");
    const struct label_set *set = find_set(check, ATTR_ENUM, decl->enum_name);
    decl->attr->labels = set;
    if (set)
        check_enum(check, leaf, set);
    set = find_set(check, ATTR_FLAGS, decl->flags_name);
    if (has(check, ATTR_ENUM) && has(check, ATTR_FLAGS)) {
        fail(check, ATTR_FLAGS, "enum and flags exclude each other");
    } else if (set) {
        check_flags(check, leaf, set);
        decl->attr->labels = set;
    }
}

/* --- numbers ------------------------------------------------------------- */

/* What the field's show is for, NULL if it fits the field. */
static const char *show_refusal(const struct field *leaf)
{
    bool integer = kind_is_integer(leaf->kind);
    bool number = integer || leaf->kind == KIND_FLOAT;
    bool whole = integer && leaf->width == 0;
    unsigned bits = field_bits(leaf);
    switch (leaf->attr->show) {
    case SHOW_DEFAULT:
    case SHOW_BYTES:
        break;
    case SHOW_HEX:
        return number || leaf->kind == KIND_BYTES ? NULL
                                                  : "is for numbers and bytes";
    case SHOW_DEC:
    case SHOW_SI:
    case SHOW_IEC:
    case SHOW_DURATION:
    case SHOW_BIN:
    case SHOW_OCT:
        return number ? NULL : "is for numbers";
    case SHOW_CHAR:
        return whole && bits <= 32 ? NULL
                                   : "is for integers of 8, 16 or 32 bits";
    case SHOW_IPV4:
        return whole && bits == 32 ? NULL : "is for integers of 32 bits";
    case SHOW_UNIX:
        return (integer && bits >= 32) || (number && bits == 64)
                   ? NULL
                   : "is for integers of 32 bits or more and f64";
    case SHOW_UNIX_MS:
    case SHOW_UNIX_US:
    case SHOW_UNIX_NS:
    case SHOW_FILETIME:
    case SHOW_DOTNET:
        return number && bits == 64 ? NULL : "is for 64-bit numbers";
    }
    return NULL;
}

static void check_show(const struct check *check, const struct field *leaf)
{
    const char *refusal = has(check, ATTR_SHOW) ? show_refusal(leaf) : NULL;
    if (refusal) {
        key_problem(check->problems, &check->decl->keys, ATTR_SHOW,
                    "field '%s': show = %s %s", check->decl->name,
                    word_of(show_words, (int)leaf->attr->show), refusal);
    }
}

/* Whether decimals can be printed at all. */
static bool has_decimals(const struct field *leaf)
{
    enum show show = leaf->attr->show;
    return leaf->attr->scaled || leaf->kind == KIND_FLOAT ||
           (show >= SHOW_SI && show <= SHOW_DOTNET);
}

static void check_number(const struct check *check, const struct field *leaf)
{
    const struct attributes *attr = leaf->attr;
    bool number = kind_is_integer(leaf->kind) || leaf->kind == KIND_FLOAT;
    need(check, ATTR_SCALE, number, "scale is for numbers");
    need(check, ATTR_BIAS, number, "bias is for numbers");
    need(check, ATTR_MIN, number, "min is for numbers");
    need(check, ATTR_MAX, number, "max is for numbers");
    need(check, ATTR_PRECISION, number && has_decimals(leaf),
         "precision is for floats, scaled numbers, times and the shows si, "
         "iec and duration");
    need(check, ATTR_MAX, !has(check, ATTR_MIN) || attr->min < attr->max,
         "max must be more than min");
}

static void check_role(const struct check *check, const struct field *leaf)
{
    bool numeric = field_is_numeric(leaf);
    enum role role = leaf->attr->role;
    need(check, ATTR_ROLE, role != ROLE_TEXT || !numeric,
         "role = text is for texts and bytes");
    need(check, ATTR_ROLE,
         role != ROLE_COUNTER ||
             (numeric && leaf->kind != KIND_BOOL && !leaf->attr->labels),
         "role = counter is for numbers without enum and flags");
    need(check, ATTR_ROLE, role != ROLE_GAUGE || numeric,
         "role = gauge is for numbers");
}

/* --- alarms and writing -------------------------------------------------- */

static void take_label(const struct check *check, enum attribute which,
                       const struct field *leaf, struct limit *limit,
                       const char *label)
{
    struct err err;
    if (has(check, which) && label &&
        !limit_set_label(limit, label, leaf, &err))
        fail(check, which, err.text);
}

/* Whether hyst has a meaning for the limit. */
static bool has_hyst(const struct limit *limit)
{
    return limit->kind != LIMIT_NONE && limit->kind != LIMIT_OTHER;
}

static void check_limits(const struct check *check, const struct field *leaf)
{
    const struct declaration *decl = check->decl;
    struct attributes *attr = decl->attr;
    bool number = field_is_numeric(leaf);
    bool any =
        key_given(&decl->keys, ATTR_WARN) || key_given(&decl->keys, ATTR_CRIT);
    need(check, ATTR_WARN, number, "warn is for numbers");
    need(check, ATTR_CRIT, number, "crit is for numbers");
    need(check, ATTR_HYST, any, "hyst without warn and crit does nothing");
    need(check, ATTR_FOR, any, "for without warn and crit does nothing");
    if (!number)
        return;
    take_label(check, ATTR_WARN, leaf, &attr->warn, decl->warn_label);
    take_label(check, ATTR_CRIT, leaf, &attr->crit, decl->crit_label);
    need(check, ATTR_HYST,
         !any || has_hyst(&attr->warn) || has_hyst(&attr->crit),
         "hyst is for limits other than !=");
    if (has(check, ATTR_WARN) && has(check, ATTR_CRIT) &&
        limit_covers(&attr->crit, &attr->warn)) {
        problem_add(check->problems, decl->keys.file,
                    key_line(&decl->keys, ATTR_WARN), PROBLEM_WARNING,
                    "field '%s': warn is never seen, because crit holds "
                    "whenever it does",
                    decl->name);
    }
}

/* All other attributes are valid. */
static void check_writing(const struct check *check, const struct field *leaf)
{
    const struct attributes *attr = leaf->attr;
    double low = 0;
    double high = 0;
    struct err err;
    if (attr->writable == WRITABLE_RANGE &&
        (!field_limits(leaf, &low, &high) || attr->write_low < low ||
         attr->write_high > high)) {
        need(check, ATTR_WRITABLE, false,
             field_is_numeric(leaf)
                 ? "the range of writable does not fit the field's range"
                 : "a range is for numbers; write writable = yes");
    }
    if (has(check, ATTR_WRITE) && !pattern_check(leaf, &err))
        fail(check, ATTR_WRITE, err.text);
}

/* --- a declaration ------------------------------------------------------- */

static void set_defaults(const struct declaration *decl,
                         const struct field *leaf)
{
    struct attributes *attr = decl->attr;
    attr->has_min = key_valid(&decl->keys, ATTR_MIN);
    attr->has_max = key_valid(&decl->keys, ATTR_MAX);
    if (attr->scaled && attr->precision < 0 &&
        decl->decimals != DECIMALS_UNKNOWN && kind_is_integer(leaf->kind))
        attr->precision = decl->decimals;
    if (key_valid(&decl->keys, ATTR_ROLE))
        return;
    if (!field_is_numeric(leaf))
        attr->role = ROLE_TEXT;
    else if (attr->labels || leaf->kind == KIND_BOOL)
        attr->role = ROLE_STATE;
    else if (attr->write.kind == PATTERN_COUNT && kind_is_integer(leaf->kind))
        attr->role = ROLE_COUNTER;
    else
        attr->role = ROLE_GAUGE;
}

/* Checks a declaration whose leaves are like `leaf`. */
static void check_leaf(const struct check *check, const struct field *leaf)
{
    size_t before = check->problems->errors;
    check_bits(check, leaf);
    check_labels(check, leaf);
    check_show(check, leaf);
    check_number(check, leaf);
    need(check, ATTR_ENCODING, leaf->kind == KIND_CHAR,
         "encoding is for char[N]");
    check_role(check, leaf);
    check_limits(check, leaf);
    if (check->problems->errors == before)
        check_writing(check, leaf);
    set_defaults(check->decl, leaf);
}

/* The same for a further size of the type, under another ABI. */
static void check_other_size(const struct check *check,
                             const struct field *leaf, enum abi abi)
{
    struct problems found = {0};
    const struct check other = {check->decl, check->layout, &found};
    check_leaf(&other, leaf);
    for (size_t i = 0; i < found.count; i++) {
        const struct problem *problem = &found.items[i];
        if (problem->level == PROBLEM_ERROR) {
            problem_add(check->problems, problem->file, problem->line,
                        PROBLEM_ERROR, "%s (abi = %s)", problem->text,
                        word_of(abi_words, (int)abi));
        }
    }
    problems_free(&found);
}

/* Checks each size that the type has under the ABIs, up to the first with
 * errors. */
static void check_sizes(const struct check *check, const enum abi *abis,
                        size_t count)
{
    size_t before = check->problems->errors;
    uint32_t sizes[ABI_COUNT];
    size_t done = 0;
    CHECK(count <= ABI_COUNT);
    for (size_t i = 0; i < count; i++) {
        struct err err;
        struct field leaf;
        if (!declaration_leaf(check->decl, abis[i], &leaf, &err)) {
            key_problem(check->problems, &check->decl->keys, ATTR_TYPE, "%s",
                        err.text);
            return;
        }
        size_t same = 0;
        while (same < done && sizes[same] != leaf.size)
            same++;
        if (same < done || check->problems->errors > before)
            continue;
        sizes[done++] = leaf.size;
        if (done == 1)
            check_leaf(check, &leaf);
        else
            check_other_size(check, &leaf, abis[i]);
    }
}

/* Attributes that other kinds of declarations have. */
static void refuse_all(const struct check *check,
                       const enum attribute *attributes, size_t count,
                       const char *text)
{
    for (size_t i = 0; i < count; i++) {
        if (has(check, attributes[i])) {
            key_problem(check->problems, &check->decl->keys, attributes[i],
                        "field '%s': %s %s", check->decl->name,
                        attribute_table[attributes[i]].key, text);
        }
    }
}

static void fail_member(const struct check *check, const char *name)
{
    const struct struct_shape *shape = check->decl->def->shape;
    const char **words = mem_zalloc(shape->member_count, sizeof *words);
    for (size_t i = 0; i < shape->member_count; i++)
        words[i] = shape->members[i].name;
    const char *nearest = text_nearest(name, words, shape->member_count);
    bool many = nearest && strcmp(nearest, name) == 0;
    key_problem(check->problems, &check->decl->keys, ATTR_LABEL,
                "label of '%s': struct '%s' has no value '%s'%s",
                check->decl->name, shape->name, name,
                many ? "; it has more in it: name one of them"
                     : word_hint(nearest).text);
    free(words);
}

/* Each {member} of a struct's label must be one. */
static void check_label(const struct check *check)
{
    const char *at = check->decl->attr->label;
    while (at && (at = strchr(at, '{'))) {
        size_t len = strcspn(++at, "}");
        char name[LAYOUT_NAME_MAX * 2];
        if (at[len] == '\0' || len >= sizeof name)
            return;
        memcpy(name, at, len);
        name[len] = '\0';
        if (path_find_in_shape(check->decl->def->shape, 0, name) == SIZE_MAX)
            fail_member(check, name);
        at += len;
    }
}

static void check_struct(const struct check *check)
{
    static const enum attribute members_only[] = {
        ATTR_BITS, ATTR_UNIT, ATTR_SCALE, ATTR_BIAS,     ATTR_PRECISION,
        ATTR_SHOW, ATTR_ROLE, ATTR_ENUM,  ATTR_FLAGS,    ATTR_ENCODING,
        ATTR_MIN,  ATTR_MAX,  ATTR_WRITE, ATTR_WRITABLE,
    };
    refuse_all(check, members_only, sizeof members_only / sizeof *members_only,
               "is for its members, in the struct's section");
    check_label(check);
}

static void check_computed(const struct check *check)
{
    static const enum attribute stored_only[] = {
        ATTR_OFFSET, ATTR_TYPE,     ATTR_BITS,    ATTR_SCALE,    ATTR_BIAS,
        ATTR_FLAGS,  ATTR_ENCODING, ATTR_WRITE,   ATTR_WRITABLE, ATTR_OVERLAP,
        ATTR_STRIDE, ATTR_ELEMENTS, ATTR_MAPPING,
    };
    const struct declaration *decl = check->decl;
    struct attributes *attr = decl->attr;
    if (!key_given(&decl->keys, ATTR_EXPR)) {
        problem_add(
            check->problems, decl->keys.file, decl->keys.line, PROBLEM_ERROR,
            "computed '%s' has no expression; add expr = ...", decl->name);
    }
    refuse_all(check, stored_only, sizeof stored_only / sizeof *stored_only,
               "is for fields in a mapping, not for [computed]");
    attr->labels = find_set(check, ATTR_ENUM, decl->enum_name);
    attr->has_min = key_valid(&decl->keys, ATTR_MIN);
    attr->has_max = key_valid(&decl->keys, ATTR_MAX);
    if (!key_valid(&decl->keys, ATTR_ROLE))
        attr->role = attr->labels ? ROLE_STATE : ROLE_GAUGE;
}

static void check_declaration(const struct declaration *decl,
                              const enum abi *abis, size_t count,
                              const struct draft *draft)
{
    const struct check check = {decl, draft->layout, draft->problems};
    if (decl->computed)
        check_computed(&check);
    else if (decl->invalid)
        return;
    else if (decl->def)
        check_struct(&check);
    else
        check_sizes(&check, abis, count);
}

void fields_check(struct draft *draft)
{
    const struct layout *layout = draft->layout;
    CHECK(layout->label_sets && layout->mapping_count > 0);
    for (size_t i = 0; i < draft->fields.count; i++) {
        const struct declaration *decl = &draft->fields.items[i];
        CHECK(decl->mapping < layout->mapping_count);
        check_declaration(decl, &layout->mappings[decl->mapping].abi, 1, draft);
    }
    for (size_t i = 0; i < layout->shape_count; i++) {
        const struct struct_def *def = draft->structs.sorted[i];
        enum abi abis[ABI_COUNT];
        size_t count = struct_list_abis(def, abis);
        for (size_t j = 0; count > 0 && j < def->members.count; j++)
            check_declaration(&def->members.items[j], abis, count, draft);
    }
}
