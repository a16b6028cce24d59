/* SPDX-License-Identifier: MIT */
/*
 * Attributes against the type and against each other, once all are known.
 * Invariant: a declaration without errors never makes value.c or a later floor
 * ask whether an attribute has a meaning for the field's kind.
 */
#include "loader/field_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "layout/field.h"
#include "layout/label_set.h"
#include "layout/limits.h"
#include "layout/path.h"
#include "layout/value.h"
#include "layout/words.h"
#include "loader/label_sections.h"
#include "loader/pattern.h"
#include "loader/struct_def.h"

struct check {
    const struct declaration *decl;
    struct problems *problems;
};

static void fail(const struct check *check, enum attribute which,
                 const char *text)
{
    problem_add(check->problems, check->decl->file,
                attribute_line(check->decl, which), PROBLEM_ERROR,
                "field '%s': %s", check->decl->name, text);
}

/* The attribute was given soundly, but `suits` does not hold. */
static void need(const struct check *check, enum attribute which, bool suits,
                 const char *text)
{
    if (!suits && attribute_good(check->decl, which))
        fail(check, which, text);
}

void suits_set_bits(const struct declaration *decl, struct field *field)
{
    if (attribute_good(decl, ATTR_BITS)) {
        field->shift = decl->bit_low;
        field->width = (uint8_t)(decl->bit_high - decl->bit_low + 1);
    }
}

static void check_bits(const struct check *check, struct field *field)
{
    const struct declaration *decl = check->decl;
    if (!attribute_good(decl, ATTR_BITS))
        return;
    if (!kind_is_integer(field->kind)) {
        fail(check, ATTR_BITS, "bits are for i8..i64 and u8..u64");
    } else if (decl->bit_high >= field->size * 8) {
        problem_add(check->problems, check->decl->file,
                    attribute_line(decl, ATTR_BITS), PROBLEM_ERROR,
                    "field '%s': bit %u is outside of the type's bits 0..%u",
                    decl->name, decl->bit_high, field->size * 8 - 1);
    } else {
        suits_set_bits(decl, field);
    }
}

static void check_set(const struct check *check, enum attribute which,
                      const char *name, const struct layout *layout,
                      const struct label_set **out)
{
    bool flags = which == ATTR_FLAGS;
    const char *word = flags ? "flags" : "enum";
    const char *other = flags ? "enum" : "flags";
    if (!attribute_good(check->decl, which))
        return;
    *out = label_set_find(layout, name, flags);
    if (*out)
        return;
    int line = attribute_line(check->decl, which);
    if (label_set_find(layout, name, !flags)) {
        problem_add(check->problems, check->decl->file, line, PROBLEM_ERROR,
                    "'%s' is a section [%s %s]; write %s = %s", name, other,
                    name, other, name);
    } else {
        problem_add(check->problems, check->decl->file, line, PROBLEM_ERROR,
                    "no section [%s %s]%s", word, name,
                    word_hint(label_set_nearest(layout, name, flags)).text);
    }
}

/* The end of a row that the field can never hold, or NULL. */
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

static void check_rows(const struct check *check, const struct field *field,
                       const struct label_set *set)
{
    int64_t low;
    uint64_t high;
    if (!field_integer_limits(field, &low, &high))
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
        problem_add(check->problems, check->decl->file,
                    attribute_line(check->decl, ATTR_ENUM), PROBLEM_ERROR,
                    "field '%s' has the range %lld..%llu, but '%s' of enum "
                    "'%s' is %s",
                    check->decl->name, (long long)low, (unsigned long long)high,
                    set->rows[i].label, set->name, text);
        return;
    }
}

static void check_labels(const struct check *check, const struct field *field,
                         const struct layout *layout)
{
    const struct declaration *decl = check->decl;
    bool integer = kind_is_integer(field->kind);
    const struct label_set *set = NULL;
    need(check, ATTR_ENUM, integer, "enum is for i8..i64 and u8..u64");
    need(check, ATTR_FLAGS, integer, "flags are for i8..i64 and u8..u64");
    check_set(check, ATTR_ENUM, decl->enum_name, layout, &set);
    decl->attr->labels = set;
    if (set)
        check_rows(check, field, set);
    set = NULL;
    check_set(check, ATTR_FLAGS, decl->flags_name, layout, &set);
    if (attribute_good(decl, ATTR_ENUM) && attribute_good(decl, ATTR_FLAGS)) {
        fail(check, ATTR_FLAGS, "enum and flags exclude each other");
        return;
    }
    if (set && integer && set->count > 0 &&
        set->rows[set->count - 1].high >= field_bits(field)) {
        const struct label_row *row = &set->rows[set->count - 1];
        problem_add(check->problems, check->decl->file,
                    attribute_line(decl, ATTR_FLAGS), PROBLEM_ERROR,
                    "field '%s' has %u bits, but '%s' of flags '%s' is bit "
                    "%llu",
                    decl->name, field_bits(field), row->label, set->name,
                    (unsigned long long)row->high);
    }
    if (set)
        decl->attr->labels = set;
}

static const char *show_refusal(const struct field *field)
{
    bool integer = kind_is_integer(field->kind);
    bool number = integer || field->kind == KIND_FLOAT;
    unsigned bits = field_bits(field);
    switch (field->attr->show) {
    case SHOW_DEFAULT:
    case SHOW_BYTES:
        return NULL;
    case SHOW_HEX:
        return number || field->kind == KIND_BYTES ? NULL
                                                   : "is for numbers and bytes";
    case SHOW_DEC:
    case SHOW_SI:
    case SHOW_IEC:
    case SHOW_DURATION:
        return number ? NULL : "is for numbers";
    case SHOW_BIN:
    case SHOW_OCT:
        return number ? NULL : "is for numbers";
    case SHOW_CHAR:
        return integer && field->width == 0 && bits <= 32
                   ? NULL
                   : "is for integers of 8, 16 or 32 bits";
    case SHOW_IPV4:
        return integer && field->width == 0 && bits == 32
                   ? NULL
                   : "is for integers of 32 bits";
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

/* Whether decimals can be printed at all. */
static bool has_decimals(const struct field *field)
{
    enum show show = field->attr->show;
    return field->attr->scaled || field->kind == KIND_FLOAT ||
           (show >= SHOW_SI && show <= SHOW_DOTNET);
}

static void check_number(const struct check *check, const struct field *field)
{
    const struct attributes *attr = field->attr;
    bool number = kind_is_integer(field->kind) || field->kind == KIND_FLOAT;
    need(check, ATTR_SCALE, number, "scale is for numbers");
    need(check, ATTR_BIAS, number, "bias is for numbers");
    need(check, ATTR_MIN, number, "min is for numbers");
    need(check, ATTR_MAX, number, "max is for numbers");
    need(check, ATTR_PRECISION, number && has_decimals(field),
         "precision is for floats, scaled numbers, times and the shows si, "
         "iec and duration");
    if (attribute_good(check->decl, ATTR_MIN) &&
        attribute_good(check->decl, ATTR_MAX) && attr->min >= attr->max)
        fail(check, ATTR_MAX, "max must be more than min");
}

static void check_role(const struct check *check, const struct field *field)
{
    bool numeric = field_is_numeric(field);
    enum role role = field->attr->role;
    need(check, ATTR_ROLE, role != ROLE_TEXT || !numeric,
         "role = text is for texts and bytes");
    need(check, ATTR_ROLE,
         role != ROLE_COUNTER ||
             (numeric && field->kind != KIND_BOOL && !field->attr->labels),
         "role = counter is for numbers without enum and flags");
    need(check, ATTR_ROLE, role != ROLE_GAUGE || numeric,
         "role = gauge is for numbers");
}

static void take_label(const struct check *check, enum attribute which,
                       const struct field *field, struct limit *limit,
                       const char *label)
{
    struct err err;
    if (attribute_good(check->decl, which) && label &&
        !limit_set_label(limit, label, field, &err))
        fail(check, which, err.text);
}

/* Whether an alarm on the limit could end by going back a way. */
static bool has_way_back(const struct limit *limit)
{
    return limit->kind != LIMIT_NONE && limit->kind != LIMIT_OTHER;
}

static void check_limits(const struct check *check, const struct field *field)
{
    const struct declaration *decl = check->decl;
    struct attributes *attr = decl->attr;
    /* What a computed value will be is not known before it is. */
    bool number = field_is_numeric(field) || field->kind == KIND_COMPUTED;
    bool any = (decl->seen >> ATTR_WARN & 1) || (decl->seen >> ATTR_CRIT & 1);
    need(check, ATTR_WARN, number, "warn is for numbers");
    need(check, ATTR_CRIT, number, "crit is for numbers");
    need(check, ATTR_HYST, any, "hyst without warn and crit does nothing");
    need(check, ATTR_FOR, any, "for without warn and crit does nothing");
    if (!number)
        return;
    take_label(check, ATTR_WARN, field, &attr->warn, decl->warn_label);
    take_label(check, ATTR_CRIT, field, &attr->crit, decl->crit_label);
    need(check, ATTR_HYST,
         !any || has_way_back(&attr->warn) || has_way_back(&attr->crit),
         "hyst is for limits other than !=");
    if (attribute_good(decl, ATTR_WARN) && attribute_good(decl, ATTR_CRIT) &&
        limit_covers(&attr->crit, &attr->warn)) {
        problem_add(check->problems, decl->file,
                    attribute_line(decl, ATTR_WARN), PROBLEM_WARNING,
                    "field '%s': warn is never seen, because crit holds "
                    "whenever it does",
                    decl->name);
    }
}

static void check_writing(const struct check *check, const struct field *field)
{
    const struct attributes *attr = field->attr;
    double low = 0;
    double high = 0;
    struct err err;
    if (attribute_good(check->decl, ATTR_WRITABLE) &&
        attr->writable == WRITABLE_RANGE &&
        (!field_limits(field, &low, &high) || attr->write_low < low ||
         attr->write_high > high)) {
        fail(check, ATTR_WRITABLE,
             field_is_numeric(field)
                 ? "the range of writable does not fit the field's range"
                 : "a range is for numbers; write writable = yes");
    }
    if (attribute_good(check->decl, ATTR_WRITE) && !pattern_suits(field, &err))
        fail(check, ATTR_WRITE, err.text);
}

static void set_defaults(const struct declaration *decl,
                         const struct field *field)
{
    struct attributes *attr = decl->attr;
    attr->has_min = attribute_good(decl, ATTR_MIN);
    attr->has_max = attribute_good(decl, ATTR_MAX);
    if (attr->scaled && attr->precision < 0 && decl->exact &&
        kind_is_integer(field->kind))
        attr->precision = decl->decimals;
    if (attribute_good(decl, ATTR_ROLE))
        return;
    if (!field_is_numeric(field))
        attr->role = ROLE_TEXT;
    else if (attr->labels || field->kind == KIND_BOOL)
        attr->role = ROLE_STATE;
    else if (attr->write.kind == PATTERN_COUNT && kind_is_integer(field->kind))
        attr->role = ROLE_COUNTER;
    else
        attr->role = ROLE_GAUGE;
}

void suits_check(struct declaration *decl, struct field *field,
                 const struct layout *layout, struct problems *problems)
{
    struct check check = {decl, problems};
    size_t before = problems->errors;
    check_bits(&check, field);
    check_labels(&check, field, layout);
    const char *refusal =
        attribute_good(decl, ATTR_SHOW) ? show_refusal(field) : NULL;
    if (refusal) {
        problem_add(problems, decl->file, attribute_line(decl, ATTR_SHOW),
                    PROBLEM_ERROR, "field '%s': show = %s %s", decl->name,
                    word_of(show_words, (int)field->attr->show), refusal);
    }
    check_number(&check, field);
    need(&check, ATTR_ENCODING, field->kind == KIND_CHAR,
         "encoding is for char[N]");
    check_role(&check, field);
    check_limits(&check, field);
    if (problems->errors == before) {
        /* Needs all other attributes sound. */
        check_writing(&check, field);
    }
    set_defaults(decl, field);
}

/* Whether the attribute belongs to the other kinds of declarations. */
static void refuse_all(const struct declaration *decl,
                       const enum attribute *refused, size_t count,
                       const char *text, struct problems *problems)
{
    for (size_t i = 0; i < count; i++) {
        if (attribute_good(decl, refused[i])) {
            problem_add(problems, decl->file, attribute_line(decl, refused[i]),
                        PROBLEM_ERROR, "field '%s': %s %s", decl->name,
                        attribute_table[refused[i]].key, text);
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
    problem_add(check->problems, check->decl->file,
                attribute_line(check->decl, ATTR_LABEL), PROBLEM_ERROR,
                "label of '%s': struct '%s' has no value '%s'%s",
                check->decl->name, shape->name, name,
                many ? "; it has more in it: name one of them"
                     : word_hint(nearest).text);
    free(words);
}

/* Each {member} of a struct's label is one. */
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

void suits_check_struct(struct declaration *decl, struct problems *problems)
{
    static const enum attribute refused[] = {
        ATTR_BITS, ATTR_UNIT, ATTR_SCALE, ATTR_BIAS,     ATTR_PRECISION,
        ATTR_SHOW, ATTR_ROLE, ATTR_ENUM,  ATTR_FLAGS,    ATTR_ENCODING,
        ATTR_MIN,  ATTR_MAX,  ATTR_WRITE, ATTR_WRITABLE,
    };
    struct check check = {decl, problems};
    refuse_all(decl, refused, sizeof refused / sizeof refused[0],
               "is for its members, in the struct's section", problems);
    check_label(&check);
}

void suits_check_computed(struct declaration *decl, const struct layout *layout,
                          struct problems *problems)
{
    static const enum attribute refused[] = {
        ATTR_OFFSET, ATTR_TYPE,     ATTR_BITS,    ATTR_SCALE,    ATTR_BIAS,
        ATTR_FLAGS,  ATTR_ENCODING, ATTR_WRITE,   ATTR_WRITABLE, ATTR_OVERLAP,
        ATTR_STRIDE, ATTR_ELEMENTS, ATTR_MAPPING,
    };
    struct check check = {decl, problems};
    refuse_all(decl, refused, sizeof refused / sizeof refused[0],
               "is for what stands in a mapping, not for [computed]", problems);
    check_set(&check, ATTR_ENUM, decl->enum_name, layout, &decl->attr->labels);
    decl->attr->has_min = attribute_good(decl, ATTR_MIN);
    decl->attr->has_max = attribute_good(decl, ATTR_MAX);
    if (!attribute_good(decl, ATTR_ROLE))
        decl->attr->role = decl->attr->labels ? ROLE_STATE : ROLE_GAUGE;
}
