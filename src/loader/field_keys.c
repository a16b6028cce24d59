/* SPDX-License-Identifier: MIT */
/*
 * One row an attribute: its key, how its value is read, where it is stored.
 * Invariant: attribute_table[i] is the row of enum attribute i.
 * Whether an attribute suits the field's type is left to suits.c, since the
 * type may be given after it.
 */
#include "loader/field_keys.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/ini.h"
#include "base/number.h"
#include "base/text.h"
#include "layout/limits.h"
#include "layout/syntax.h"
#include "layout/words.h"
#include "loader/pattern.h"

static void *place(struct declaration *decl, const struct attribute_row *row)
{
    return (char *)decl->attr + row->where;
}

/* A path of a field: names, dots and indices. */
static bool path_check(const char *text)
{
    return (isalpha((unsigned char)text[0]) || text[0] == '_') &&
           text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
                             "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.[]")] ==
               '\0';
}

/* A number of bytes, or the path of a field that has it. */
static bool parse_place(uint64_t *number, const char **name, const char *key,
                        const char *value, struct arena *arena, struct err *err)
{
    bool sound = number_parse_u64(value, number);
    /* More digits than 64 bits hold are still a number. */
    bool huge = !sound && value[strspn(value, "0123456789")] == '\0';
    if (!sound && !huge && path_check(value)) {
        *name = arena_strdup(arena, value);
        *number = 0;
        return true;
    }
    if (!sound && !huge) {
        return err_set(err, STATUS_DATA,
                       "bad %s '%s'; it is a number of bytes such as 16 or "
                       "0x10, or the field that has it",
                       key, value);
    }
    if (huge || *number > LAYOUT_SIZE_MAX) {
        return err_set(err, STATUS_DATA, "%s %s is over the limit of %llu", key,
                       value, (unsigned long long)LAYOUT_SIZE_MAX);
    }
    return true;
}

/* FIELD+FIELD and FIELD+BYTES; `plus` is where the sign stands. */
static bool parse_sum(struct declaration *decl, const char *key,
                      const char *value, const char *plus, struct arena *arena,
                      struct err *err)
{
    const char *first = arena_printf(arena, "%.*s", (int)(plus - value), value);
    uint64_t none;
    if (!path_check(first) || plus[1] == '\0') {
        return err_set(err, STATUS_DATA,
                       "bad %s '%s'; it is the sum of a field and of another "
                       "or a number, such as entries_at+4",
                       key, value);
    }
    return parse_place(&none, &decl->offset_name, key, first, arena, err) &&
           parse_place(&decl->offset, &decl->plus_name, key, plus + 1, arena,
                       err);
}

static bool parse_offset(struct declaration *decl,
                         const struct attribute_row *row, const char *value,
                         struct arena *arena, struct err *err)
{
    const char *plus = strchr(value, '+');
    decl->attr->placed = true;
    if (plus)
        return parse_sum(decl, row->key, value, plus, arena, err);
    return parse_place(&decl->offset, &decl->offset_name, row->key, value,
                       arena, err);
}

static bool parse_stride(struct declaration *decl,
                         const struct attribute_row *row, const char *value,
                         struct arena *arena, struct err *err)
{
    return parse_place(&decl->stride, &decl->stride_name, row->key, value,
                       arena, err) &&
           (decl->stride > 0 || decl->stride_name ||
            err_set(err, STATUS_DATA,
                    "a stride of 0 puts all elements at one "
                    "place"));
}

static bool parse_elements(struct declaration *decl,
                           const struct attribute_row *row, const char *value,
                           struct arena *arena, struct err *err)
{
    (void)row;
    if (!path_check(value)) {
        return err_set(err, STATUS_DATA,
                       "bad count '%s'; it is the field that has the number "
                       "of elements (a fixed number stands in the type's "
                       "brackets)",
                       value);
    }
    decl->count_name = arena_strdup(arena, value);
    return true;
}

static bool parse_mapping(struct declaration *decl,
                          const struct attribute_row *row, const char *value,
                          struct arena *arena, struct err *err)
{
    (void)row;
    if (!identifier_check(value, err))
        return false;
    decl->mapping_name = arena_strdup(arena, value);
    return true;
}

static bool parse_expr(struct declaration *decl,
                       const struct attribute_row *row, const char *value,
                       struct arena *arena, struct err *err)
{
    (void)row;
    (void)err;
    decl->expr = arena_strdup(arena, value);
    return true;
}

static bool parse_type(struct declaration *decl,
                       const struct attribute_row *row, const char *value,
                       struct arena *arena, struct err *err)
{
    (void)row;
    return type_parse(value, &decl->type, arena, err);
}

static bool parse_bits(struct declaration *decl,
                       const struct attribute_row *row, const char *value,
                       struct arena *arena, struct err *err)
{
    (void)row;
    (void)arena;
    char low_text[24];
    const char *dots = strstr(value, "..");
    size_t len = dots ? (size_t)(dots - value) : strlen(value);
    uint64_t low = 0;
    uint64_t high = 0;
    bool sound = len < sizeof low_text;
    if (sound) {
        memcpy(low_text, value, len);
        low_text[len] = '\0';
        sound = number_parse_u64(low_text, &low) &&
                number_parse_u64(dots ? dots + 2 : low_text, &high);
    }
    if (!sound || low > high || high > 63) {
        return err_set(err, STATUS_DATA,
                       "bad bits '%s'; write bits = 3 or bits = 4..7, 0 being "
                       "the least significant of at most 64",
                       value);
    }
    decl->bit_low = (uint8_t)low;
    decl->bit_high = (uint8_t)high;
    return true;
}

static bool parse_text(struct declaration *decl,
                       const struct attribute_row *row, const char *value,
                       struct arena *arena, struct err *err)
{
    (void)err;
    *(const char **)place(decl, row) = clean_copy(arena, value);
    return true;
}

static bool parse_real(struct declaration *decl,
                       const struct attribute_row *row, const char *value,
                       struct arena *arena, struct err *err)
{
    (void)arena;
    if (!number_parse_double(value, place(decl, row))) {
        return err_set(err, STATUS_DATA, "bad %s '%s'; it is a number",
                       row->key, value);
    }
    return true;
}

/* Remembers the decimals, which are the natural precision of the field. */
static void note_decimals(struct declaration *decl, const char *value)
{
    const char *point = strchr(value, '.');
    size_t decimals = point ? strlen(point + 1) : 0;
    if (strpbrk(value, "eExX_") || decimals > 6)
        decl->exact = false;
    else if (decimals > decl->decimals)
        decl->decimals = (uint8_t)decimals;
}

static bool parse_factor(struct declaration *decl,
                         const struct attribute_row *row, const char *value,
                         struct arena *arena, struct err *err)
{
    if (!parse_real(decl, row, value, arena, err))
        return false;
    if (fpclassify(decl->attr->scale) == FP_ZERO)
        return err_set(err, STATUS_DATA, "a scale of 0 hides the value");
    decl->attr->scaled = true;
    note_decimals(decl, value);
    return true;
}

static bool parse_precision(struct declaration *decl,
                            const struct attribute_row *row, const char *value,
                            struct arena *arena, struct err *err)
{
    (void)row;
    (void)arena;
    uint64_t digits;
    if (!number_parse_u64(value, &digits) || digits > 17) {
        return err_set(err, STATUS_DATA,
                       "bad precision '%s'; it is 0 to 17 decimals", value);
    }
    decl->attr->precision = (int)digits;
    return true;
}

static bool parse_word(struct declaration *decl,
                       const struct attribute_row *row, const char *value,
                       struct arena *arena, struct err *err)
{
    (void)arena;
    int found = word_find(row->words, value);
    if (found < 0) {
        return err_set(err, STATUS_DATA, "unknown %s '%s'%s", row->key, value,
                       word_hint_in(row->words, value).text);
    }
    /* The enums among the attributes have the size of an int. */
    memcpy(place(decl, row), &found, sizeof found);
    return true;
}

static bool parse_set_name(struct declaration *decl,
                           const struct attribute_row *row, const char *value,
                           struct arena *arena, struct err *err)
{
    if (!identifier_check(value, err))
        return false;
    const char *copy = arena_strdup(arena, value);
    if (row == &attribute_table[ATTR_ENUM])
        decl->enum_name = copy;
    else
        decl->flags_name = copy;
    return true;
}

static bool parse_write(struct declaration *decl,
                        const struct attribute_row *row, const char *value,
                        struct arena *arena, struct err *err)
{
    (void)row;
    return pattern_parse(value, &decl->attr->write, arena, err);
}

static bool parse_writable(struct declaration *decl,
                           const struct attribute_row *row, const char *value,
                           struct arena *arena, struct err *err)
{
    (void)row;
    (void)arena;
    struct attributes *attr = decl->attr;
    if (strcmp(value, "yes") == 0) {
        attr->writable = WRITABLE_YES;
    } else if (strcmp(value, "no") == 0) {
        attr->writable = WRITABLE_NO;
    } else if (range_parse(value, &attr->write_low, &attr->write_high) &&
               attr->write_low <= attr->write_high) {
        attr->writable = WRITABLE_RANGE;
    } else {
        return err_set(err, STATUS_DATA,
                       "bad writable '%s'; it is yes, no or LOW..HIGH", value);
    }
    return true;
}

static bool parse_yes_no(struct declaration *decl,
                         const struct attribute_row *row, const char *value,
                         struct arena *arena, struct err *err)
{
    (void)arena;
    bool yes = strcmp(value, "yes") == 0;
    if (!yes && strcmp(value, "no") != 0) {
        return err_set(err, STATUS_DATA, "bad %s '%s'; it is yes or no",
                       row->key, value);
    }
    *(bool *)place(decl, row) = yes;
    return true;
}

static bool parse_limit(struct declaration *decl,
                        const struct attribute_row *row, const char *value,
                        struct arena *arena, struct err *err)
{
    const char *label;
    if (!limit_parse(value, place(decl, row), &label, err)) {
        err_prefix(err, "%s", row->key);
        return false;
    }
    if (!label)
        return true;
    label = clean_copy(arena, label);
    if (row == &attribute_table[ATTR_WARN])
        decl->warn_label = label;
    else
        decl->crit_label = label;
    return true;
}

static bool parse_hyst(struct declaration *decl,
                       const struct attribute_row *row, const char *value,
                       struct arena *arena, struct err *err)
{
    if (!parse_real(decl, row, value, arena, err))
        return false;
    if (decl->attr->hyst < 0) {
        return err_set(err, STATUS_DATA,
                       "hyst %s is negative; it is how far back over the "
                       "limit ends the alarm",
                       value);
    }
    return true;
}

static bool parse_time(struct declaration *decl,
                       const struct attribute_row *row, const char *value,
                       struct arena *arena, struct err *err)
{
    (void)arena;
    if (!number_parse_period(value, place(decl, row))) {
        return err_set(err, STATUS_DATA,
                       "bad %s '%s'; it is a time such as 2s or 500ms",
                       row->key, value);
    }
    return true;
}

#define AT(member) offsetof(struct attributes, member)

const struct attribute_row attribute_table[] = {
    [ATTR_OFFSET] = {"offset", parse_offset, 0, NULL},
    [ATTR_TYPE] = {"type", parse_type, 0, NULL},
    [ATTR_BITS] = {"bits", parse_bits, 0, NULL},
    [ATTR_LABEL] = {"label", parse_text, AT(label), NULL},
    [ATTR_DOC] = {"doc", parse_text, AT(doc), NULL},
    [ATTR_UNIT] = {"unit", parse_text, AT(unit), NULL},
    [ATTR_GROUP] = {"group", parse_text, AT(group), NULL},
    [ATTR_SCALE] = {"scale", parse_factor, AT(scale), NULL},
    [ATTR_BIAS] = {"bias", parse_factor, AT(bias), NULL},
    [ATTR_PRECISION] = {"precision", parse_precision, 0, NULL},
    [ATTR_SHOW] = {"show", parse_word, AT(show), show_words},
    [ATTR_ROLE] = {"role", parse_word, AT(role), role_words},
    [ATTR_ENUM] = {"enum", parse_set_name, 0, NULL},
    [ATTR_FLAGS] = {"flags", parse_set_name, 0, NULL},
    [ATTR_ENCODING] = {"encoding", parse_word, AT(encoding), encoding_words},
    [ATTR_MIN] = {"min", parse_real, AT(min), NULL},
    [ATTR_MAX] = {"max", parse_real, AT(max), NULL},
    [ATTR_LEVEL] = {"level", parse_word, AT(level), level_words},
    [ATTR_WRITE] = {"write", parse_write, 0, NULL},
    [ATTR_WRITABLE] = {"writable", parse_writable, 0, NULL},
    [ATTR_OVERLAP] = {"overlap", parse_yes_no, AT(overlap), NULL},
    [ATTR_WARN] = {"warn", parse_limit, AT(warn), NULL},
    [ATTR_CRIT] = {"crit", parse_limit, AT(crit), NULL},
    [ATTR_HYST] = {"hyst", parse_hyst, AT(hyst), NULL},
    [ATTR_FOR] = {"for", parse_time, AT(for_ns), NULL},
    [ATTR_STALE] = {"stale", parse_time, AT(stale_ns), NULL},
    [ATTR_HIDE] = {"hide", parse_word, AT(hide), hide_words},
    [ATTR_STRIDE] = {"stride", parse_stride, 0, NULL},
    [ATTR_ELEMENTS] = {"count", parse_elements, 0, NULL},
    [ATTR_MAPPING] = {"mapping", parse_mapping, 0, NULL},
    [ATTR_EXPR] = {"expr", parse_expr, 0, NULL},
    [ATTR_COUNT] = {NULL, NULL, 0, NULL},
};

void declaration_begin(struct declaration *decl, const char *name,
                       const char *file, int line, struct arena *arena)
{
    *decl = (struct declaration){
        .name = arena_strdup(arena, name),
        .file = file,
        .line = line,
        .exact = true,
        .attr = arena_alloc(arena, 1, sizeof *decl->attr),
    };
    decl->attr->scale = 1;
    decl->attr->precision = -1;
    decl->attr->line = line;
    decl->attr->file = file;
}

static const struct attribute_row *find_row(const char *key)
{
    for (const struct attribute_row *row = attribute_table; row->key; row++)
        if (row->key[0] == key[0] && strcmp(row->key, key) == 0)
            return row;
    return NULL;
}

static const char *nearest_key(const char *key)
{
    const char *keys[ATTR_COUNT];
    for (size_t i = 0; i < ATTR_COUNT; i++)
        keys[i] = attribute_table[i].key;
    return text_nearest(key, keys, ATTR_COUNT);
}

int attribute_line(const struct declaration *decl, enum attribute which)
{
    int line = decl->lines ? decl->lines[which] : 0;
    return line ? line : decl->line;
}

bool attribute_good(const struct declaration *decl, enum attribute which)
{
    return (decl->good >> which & 1) != 0;
}

void attribute_set(struct declaration *decl, const char *key, const char *value,
                   int line, struct arena *arena, struct problems *problems)
{
    const struct attribute_row *row = find_row(key);
    if (!row) {
        problem_add(problems, decl->file, line, PROBLEM_ERROR,
                    "unknown key '%s' of field '%s'%s", key, decl->name,
                    word_hint(nearest_key(key)).text);
        return;
    }
    enum attribute which = (enum attribute)(row - attribute_table);
    if (decl->seen >> which & 1) {
        problem_add(problems, decl->file, line, PROBLEM_ERROR,
                    "duplicate key '%s' of field '%s'; the first is in line %d",
                    key, decl->name, attribute_line(decl, which));
        return;
    }
    decl->seen |= 1u << which;
    if (decl->lines)
        decl->lines[which] = line;
    struct err err;
    char plain[INI_LINE_MAX + 1];
    size_t len = attribute_unquoted(&value);
    CHECK(len < sizeof plain);
    memcpy(plain, value, len);
    plain[len] = '\0';
    if (len == 0) {
        problem_add(problems, decl->file, line, PROBLEM_ERROR,
                    "%s has no value", key);
    } else if (row->parse(decl, row, plain, arena, &err)) {
        decl->good |= 1u << which;
    } else {
        problem_add(problems, decl->file, line, PROBLEM_ERROR, "%s", err.text);
    }
}
