/* SPDX-License-Identifier: MIT */
/* How each attribute of a field is read.  Whether it fits the type is checked
 * by field_check.c, since the type may be given after it. */
#include "loader/field_keys.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/ini.h"
#include "base/number.h"
#include "layout/limits.h"
#include "layout/syntax.h"
#include "loader/pattern.h"

/* --- places -------------------------------------------------------------- */

/* A path of a field: names, dots and indices. */
static bool path_check(const char *text)
{
    return (isalpha((unsigned char)text[0]) || text[0] == '_') &&
           text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
                             "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.[]")] ==
               '\0';
}

/* A number of bytes, or the path of a field that has it; `text` is all or a
 * part of the value. */
static bool parse_bytes(uint64_t *number, const char **name, const char *text,
                        const struct key_value *value)
{
    bool valid = number_parse_u64(text, number);
    /* More digits than 64 bits hold are still a number. */
    bool huge = !valid && text[strspn(text, "0123456789")] == '\0';
    if (!valid && !huge && path_check(text)) {
        *name = arena_strdup(value->arena, text);
        *number = 0;
        return true;
    }
    if (!valid && !huge) {
        return err_set(value->err, STATUS_DATA,
                       "bad %s '%s'; it is a number of bytes such as 16 or "
                       "0x10, or the field that has it",
                       value->row->key, text);
    }
    if (huge || *number > LAYOUT_SIZE_MAX) {
        return err_set(value->err, STATUS_DATA,
                       "%s %s is over the limit of %llu", value->row->key, text,
                       (unsigned long long)LAYOUT_SIZE_MAX);
    }
    return true;
}

/* A place, FIELD+FIELD or FIELD+BYTES. */
static bool parse_offset(void *out, const struct key_value *value)
{
    struct declaration *decl = out;
    const char *plus = strchr(value->text, '+');
    decl->attr->placed = true;
    if (!plus)
        return parse_bytes(&decl->offset, &decl->offset_name, value->text,
                           value);
    const char *first =
        arena_strndup(value->arena, value->text, (size_t)(plus - value->text));
    uint64_t none;
    if (!path_check(first) || plus[1] == '\0') {
        return key_bad(value, "it is the sum of a field and of another or a "
                              "number, such as entries_at+4");
    }
    return parse_bytes(&none, &decl->offset_name, first, value) &&
           parse_bytes(&decl->offset, &decl->plus_name, plus + 1, value);
}

static bool parse_stride(void *out, const struct key_value *value)
{
    struct declaration *decl = out;
    return parse_bytes(&decl->stride, &decl->stride_name, value->text, value) &&
           (decl->stride > 0 || decl->stride_name ||
            err_set(value->err, STATUS_DATA,
                    "a stride of 0 puts all elements at one place"));
}

static bool parse_elements(void *out, const struct key_value *value)
{
    return path_check(value->text)
               ? key_raw(out, value)
               : key_bad(value, "it is the field that has the number of "
                                "elements (a fixed number is in the type's "
                                "brackets)");
}

/* --- types and numbers --------------------------------------------------- */

static bool parse_type(void *out, const struct key_value *value)
{
    return type_parse(value->text, out, value->arena, value->err);
}

static bool parse_bits(void *out, const struct key_value *value)
{
    struct declaration *decl = out;
    char first[24];
    const char *dots = strstr(value->text, "..");
    size_t len = dots ? (size_t)(dots - value->text) : strlen(value->text);
    uint64_t low = 0;
    uint64_t high = 0;
    snprintf(first, sizeof first, "%.*s", (int)len, value->text);
    if (len >= sizeof first || !number_parse_u64(first, &low) ||
        !number_parse_u64(dots ? dots + 2 : first, &high) || low > high ||
        high > 63) {
        return key_bad(value, "write bits = 3 or bits = 4..7, 0 being the "
                              "least significant of at most 64");
    }
    decl->bit_low = (uint8_t)low;
    decl->bit_high = (uint8_t)high;
    return true;
}

/* The decimals of scale and bias are the precision of the field. */
static void note_decimals(struct declaration *decl, const char *text)
{
    const char *point = strchr(text, '.');
    size_t decimals = point ? strlen(point + 1) : 0;
    if (strpbrk(text, "eExX_") || decimals > 6)
        decimals = DECIMALS_UNKNOWN;
    if (decimals > decl->decimals)
        decl->decimals = (uint8_t)decimals;
}

/* scale or bias */
static bool parse_factor(void *out, const struct key_value *value)
{
    struct declaration *decl = out;
    struct attributes *attr = decl->attr;
    bool scale = value->row == &attribute_table[ATTR_SCALE];
    if (!key_real(scale ? &attr->scale : &attr->bias, value))
        return false;
    if (fpclassify(attr->scale) == FP_ZERO)
        return err_set(value->err, STATUS_DATA, "a scale of 0 hides the value");
    attr->scaled = true;
    note_decimals(decl, value->text);
    return true;
}

static bool parse_precision(void *out, const struct key_value *value)
{
    uint64_t digits;
    if (!number_parse_u64(value->text, &digits) || digits > 17)
        return key_bad(value, "it is 0 to 17 decimals");
    *(int *)out = (int)digits;
    return true;
}

/* --- writing and alarms -------------------------------------------------- */

static bool parse_write(void *out, const struct key_value *value)
{
    return pattern_parse(value->text, out, value->arena, value->err);
}

static bool parse_writable(void *out, const struct key_value *value)
{
    struct attributes *attr = out;
    if (strcmp(value->text, "yes") == 0)
        attr->writable = WRITABLE_YES;
    else if (strcmp(value->text, "no") == 0)
        attr->writable = WRITABLE_NO;
    else if (range_parse(value->text, &attr->write_low, &attr->write_high) &&
             attr->write_low <= attr->write_high)
        attr->writable = WRITABLE_RANGE;
    else
        return key_bad(value, "it is yes, no or LOW..HIGH");
    return true;
}

static bool parse_limit(void *out, const struct key_value *value)
{
    struct declaration *decl = out;
    bool warn = value->row == &attribute_table[ATTR_WARN];
    const char *label;
    if (!limit_parse(value->text, warn ? &decl->attr->warn : &decl->attr->crit,
                     &label, value->err)) {
        err_prefix(value->err, "%s", value->row->key);
        return false;
    }
    if (label)
        *(warn ? &decl->warn_label : &decl->crit_label) =
            clean_copy(value->arena, label);
    return true;
}

static bool parse_hyst(void *out, const struct key_value *value)
{
    if (!key_real(out, value))
        return false;
    return *(double *)out >= 0 ||
           err_set(value->err, STATUS_DATA,
                   "hyst %s is negative; the alarm ends when the value is back "
                   "over the limit by more than hyst",
                   value->text);
}

/* --- the table ----------------------------------------------------------- */

/* Values go into the declaration, or into its attributes. */
enum { DECL, ATTR };
#define IN_DECL(member) offsetof(struct declaration, member), DECL
#define IN_ATTR(member) offsetof(struct attributes, member), ATTR

const struct section_key attribute_table[] = {
    [ATTR_OFFSET] = {"offset", parse_offset, 0, DECL, NULL},
    [ATTR_TYPE] = {"type", parse_type, IN_DECL(type), NULL},
    [ATTR_BITS] = {"bits", parse_bits, 0, DECL, NULL},
    [ATTR_LABEL] = {"label", key_text, IN_ATTR(label), NULL},
    [ATTR_DOC] = {"doc", key_text, IN_ATTR(doc), NULL},
    [ATTR_UNIT] = {"unit", key_text, IN_ATTR(unit), NULL},
    [ATTR_GROUP] = {"group", key_text, IN_ATTR(group), NULL},
    [ATTR_SCALE] = {"scale", parse_factor, 0, DECL, NULL},
    [ATTR_BIAS] = {"bias", parse_factor, 0, DECL, NULL},
    [ATTR_PRECISION] = {"precision", parse_precision, IN_ATTR(precision), NULL},
    [ATTR_SHOW] = {"show", key_word, IN_ATTR(show), show_words},
    [ATTR_ROLE] = {"role", key_word, IN_ATTR(role), role_words},
    [ATTR_ENUM] = {"enum", key_identifier, IN_DECL(enum_name), NULL},
    [ATTR_FLAGS] = {"flags", key_identifier, IN_DECL(flags_name), NULL},
    [ATTR_ENCODING] = {"encoding", key_word, IN_ATTR(encoding), encoding_words},
    [ATTR_MIN] = {"min", key_real, IN_ATTR(min), NULL},
    [ATTR_MAX] = {"max", key_real, IN_ATTR(max), NULL},
    [ATTR_LEVEL] = {"level", key_word, IN_ATTR(level), level_words},
    [ATTR_WRITE] = {"write", parse_write, IN_ATTR(write), NULL},
    [ATTR_WRITABLE] = {"writable", parse_writable, 0, ATTR, NULL},
    [ATTR_OVERLAP] = {"overlap", key_yes_no, IN_ATTR(overlap), NULL},
    [ATTR_WARN] = {"warn", parse_limit, 0, DECL, NULL},
    [ATTR_CRIT] = {"crit", parse_limit, 0, DECL, NULL},
    [ATTR_HYST] = {"hyst", parse_hyst, IN_ATTR(hyst), NULL},
    [ATTR_FOR] = {"for", key_period, IN_ATTR(for_ns), NULL},
    [ATTR_STALE] = {"stale", key_period, IN_ATTR(stale_ns), NULL},
    [ATTR_HIDE] = {"hide", key_word, IN_ATTR(hide), hide_words},
    [ATTR_STRIDE] = {"stride", parse_stride, 0, DECL, NULL},
    [ATTR_ELEMENTS] = {"count", parse_elements, IN_DECL(count_name), NULL},
    [ATTR_MAPPING] = {"mapping", key_identifier, IN_DECL(mapping_name), NULL},
    [ATTR_EXPR] = {"expr", key_raw, IN_DECL(expr), NULL},
    [ATTR_COUNT] = {NULL, NULL, 0, DECL, NULL},
};

void attribute_set(struct declaration *decl, const char *key, const char *value,
                   int line, struct arena *arena, struct problems *problems)
{
    const struct key_section section = {
        .kind = "field",
        .name = decl->name,
        .table = attribute_table,
        .keys = &decl->keys,
        .bases = {[DECL] = decl, [ATTR] = decl->attr},
    };
    char plain[INI_LINE_MAX + 1];
    size_t len = attribute_unquoted(&value);
    if (value[len] != '\0') {
        CHECK(len < sizeof plain);
        memcpy(plain, value, len);
        plain[len] = '\0';
        value = plain;
    }
    key_read(&section, key, value, line, arena, problems);
}
