/* SPDX-License-Identifier: MIT */
/* Reads values, for `set` and for `const` patterns; the forms of `show` are
 * value_parse_shown.c.  The range of `writable` is checked by the writer. */
#include "layout/value_parse.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/double_text.h"
#include "base/number.h"
#include "base/text.h"
#include "base/utf8.h"
#include "layout/field.h"
#include "layout/label_set.h"
#include "layout/value_parse_shown.h"
#include "layout/words.h"

/* A text while it is stored unit by unit. */
struct target {
    const struct field *field;
    uint8_t *at;
    uint32_t left; /* bytes */
};

static bool put_unit(struct target *target, uint32_t unit, uint32_t size)
{
    if (target->left < size)
        return false;
    value_store(target->field, target->at, size, unit);
    target->at += size;
    target->left -= size;
    return true;
}

static bool put_code(struct target *target, uint32_t code)
{
    if (target->field->kind == KIND_UTF32)
        return put_unit(target, code, 4);
    if (target->field->kind == KIND_CHAR)
        return put_unit(target, code, 1);
    if (code < 0x10000)
        return put_unit(target, code, 2);
    code -= 0x10000;
    return put_unit(target, 0xd800 + (code >> 10), 2) &&
           put_unit(target, 0xdc00 + (code & 0x3ff), 2);
}

static bool too_long(const struct field *field, struct err *err)
{
    return err_set(err, STATUS_DATA, "the text does not fit into %u bytes",
                   field->size);
}

static bool parse_text(const struct field *field, const char *text,
                       uint8_t *storage, struct err *err)
{
    size_t len = strlen(text);
    memset(storage, 0, field->size);
    if (field->kind == KIND_CHAR && field->attr->encoding == ENCODING_UTF8) {
        if (len > field->size)
            return too_long(field, err);
        memcpy(storage, text, len);
        return true;
    }
    struct target target = {field, storage, field->size};
    while (len > 0) {
        uint32_t code;
        size_t took = utf8_next(text, len, &code);
        if (code == UTF8_REPLACEMENT && took == 1)
            return err_set(err, STATUS_DATA, "the text is not valid UTF-8");
        if (field->kind == KIND_CHAR && code > 0xff) {
            return err_set(err, STATUS_DATA,
                           "the text has characters that are not in latin1");
        }
        if (!put_code(&target, code))
            return too_long(field, err);
        text += took;
        len -= took;
    }
    return true;
}

static bool parse_guid(const struct field *field, const char *text,
                       uint8_t *storage, struct err *err)
{
    static const uint8_t little[] = {3, 2, 1, 0, 5, 4, 7, 6};
    char plain[36 + 1];
    uint8_t bytes[16];
    size_t len = strlen(text);
    bool braces = len == 38 && text[0] == '{' && text[37] == '}';
    bool sound = len == 36 || braces;
    if (sound) {
        memcpy(plain, text + braces, 36);
        plain[36] = '\0';
        sound = plain[8] == '-' && plain[13] == '-' && plain[18] == '-' &&
                plain[23] == '-' && shown_parse_pairs(plain, "-", bytes, 16);
    }
    if (!sound) {
        return err_set(err, STATUS_DATA,
                       "'%s' is not a GUID such as "
                       "00112233-4455-6677-8899-aabbccddeeff",
                       text);
    }
    for (size_t i = 0; i < 16; i++) {
        bool swap = i < sizeof little && field->order == ORDER_LITTLE;
        storage[i] = bytes[swap ? little[i] : i];
    }
    return true;
}

static bool unknown_label(const struct field *field, const char *text,
                          struct err *err)
{
    const struct label_set *labels = field->attr->labels;
    return err_set(err, STATUS_DATA, "'%s' is not in %s '%s'%s", text,
                   labels->flags ? "flags" : "enum", labels->name,
                   word_hint(label_set_nearest_label(labels, text)).text);
}

/* One part of a flags value: "overheat", "zone=3" or "0x80". */
static bool parse_flag(const struct field *field, char *part, uint64_t *bits,
                       struct err *err)
{
    uint64_t number;
    if (number_parse_u64(part, &number)) {
        *bits |= number;
        return true;
    }
    size_t len = strcspn(part, "=");
    const struct label_row *row =
        label_set_row_of(field->attr->labels, part, len);
    if (!row) {
        part[len] = '\0';
        return unknown_label(field, part, err);
    }
    uint64_t most = label_row_mask(row) >> row->low;
    number = 1;
    if (part[len] == '=' &&
        (!number_parse_u64(part + len + 1, &number) || number > most)) {
        return err_set(err, STATUS_DATA, "'%s': %s is 0 to %llu", part,
                       row->label, (unsigned long long)most);
    }
    *bits |= number << row->low;
    return true;
}

static bool parse_flags(const struct field *field, const char *text,
                        uint64_t *bits, struct err *err)
{
    *bits = 0;
    if (strcmp(text, "-") == 0)
        return true;
    char *copy = mem_strdup(text);
    bool ok = true;
    for (char *part = copy; ok && part;) {
        char *bar = strchr(part, '|');
        if (bar)
            *bar++ = '\0';
        part += strspn(part, " ");
        for (size_t len = strlen(part); len > 0 && part[len - 1] == ' ';)
            part[--len] = '\0';
        ok = parse_flag(field, part, bits, err);
        part = bar;
    }
    free(copy);
    return ok;
}

static bool parse_bool(const char *text, uint64_t *bits)
{
    *bits = strcmp(text, "true") == 0 || strcmp(text, "1") == 0;
    return *bits || strcmp(text, "false") == 0 || strcmp(text, "0") == 0;
}

static bool out_of_range(const struct field *field, const char *text,
                         struct err *err)
{
    struct buf range = {0};
    int64_t least;
    uint64_t most;
    double low = 0;
    double high = 0;
    if (!field->attr->scaled && field_integer_limits(field, &least, &most)) {
        buf_put_i64(&range, least);
        buf_puts(&range, "..");
        buf_put_u64(&range, most);
    } else {
        field_limits(field, &low, &high);
        double_put_shortest(&range, low);
        buf_puts(&range, "..");
        double_put_shortest(&range, high);
    }
    err_set(err, STATUS_DATA, "%s is out of the field's range of %s", text,
            range.data);
    buf_free(&range);
    return false;
}

/* A number without its spaces. */
#define PLAIN_MAX 64

/* Copies "10 000.5" without its spaces; false if they are not as format_group
 * puts them. */
static bool ungroup(const char *text, char out[PLAIN_MAX])
{
    size_t sign = *text == '-';
    size_t run = strspn(text + sign, "0123456789");
    size_t len = sign + run;
    if (strlen(text) >= PLAIN_MAX || run < 1 || run > 3 || text[len] != ' ')
        return false;
    memcpy(out, text, len);
    for (text += len; *text == ' '; text += 4, len += 3) {
        if (strspn(text + 1, "0123456789") != 3)
            return false;
        memcpy(out + len, text + 1, 3);
    }
    strcpy(out + len, text);
    return *text == '\0' || *text == '.';
}

static bool parse_integer(const char *text, struct value *out)
{
    char plain[PLAIN_MAX];
    if (ungroup(text, plain))
        text = plain;
    if (number_parse_i64(text, &out->i)) {
        out->type = VALUE_INT;
        return true;
    }
    out->type = VALUE_UINT;
    return number_parse_u64(text, &out->u);
}

/* A number in shown units, rounded to what an integer field can store. */
static bool unscale(const struct field *field, double number, struct value *out)
{
    double stored = (number - field->attr->bias) / field->attr->scale;
    if (field->kind == KIND_FLOAT) {
        out->type = VALUE_REAL;
        out->real = stored;
        return true;
    }
    stored = round(stored);
    if (stored >= -0x1p63 && stored < 0x1p63) {
        out->type = VALUE_INT;
        out->i = (int64_t)stored;
        return true;
    }
    out->type = VALUE_UINT;
    out->u = stored >= 0 && stored < 0x1p64 ? (uint64_t)stored : 0;
    return stored >= 0 && stored < 0x1p64;
}

static bool parse_real(const char *text, double *out)
{
    static const struct {
        const char *word;
        double value;
    } words[] = {{"nan", NAN}, {"inf", INFINITY}, {"-inf", -INFINITY}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(words[i].word, text) == 0) {
            *out = words[i].value;
            return true;
        }
    }
    return number_parse_double(text, out);
}

static bool no_number(const struct field *field, const char *text,
                      struct err *err)
{
    const char *example = shown_example(field);
    return example
               ? err_set(err, STATUS_DATA,
                         "'%s' is not a number; write 12 or %s", text, example)
               : err_set(err, STATUS_DATA, "'%s' is not a number", text);
}

/* A number in shown units; `*rounded`: see shown_parse_number. */
static bool parse_shown(const struct field *field, const char *text,
                        double *number, bool *rounded)
{
    char plain[PLAIN_MAX];
    if (ungroup(text, plain))
        text = plain;
    if (shown_parse_number(field, text, number, rounded))
        return true;
    *rounded = false;
    return field->kind == KIND_FLOAT ? parse_real(text, number)
                                     : number_parse_double(text, number);
}

static bool parse_number(const struct field *field, const char *text,
                         struct value *out, struct err *err)
{
    bool exact = field->kind != KIND_FLOAT && !field->attr->scaled;
    if (shown_parse_stored(field, text, out) ||
        (exact &&
         (parse_integer(text, out) || shown_parse_chars(field, text, out) ||
          shown_parse_time(field, text, out))))
        return true;
    double number;
    bool rounded;
    if (!parse_shown(field, text, &number, &rounded))
        return no_number(field, text, err);
    if (field->kind == KIND_FLOAT && !field->attr->scaled) {
        out->type = VALUE_REAL;
        out->real = number;
        return true;
    }
    /* A number with a prefix was rounded for display, so its fraction counts
     * only below 1000. */
    bool whole = floor(number) >= number || (rounded && fabs(number) >= 1000);
    if (exact && !whole)
        return err_set(err, STATUS_DATA, "%s is not a whole number", text);
    return unscale(field, number, out) || out_of_range(field, text, err);
}

/* "Unknown (8)": a value without a row is shown as a number in the `*`
 * label. */
static bool parse_otherwise(const struct field *field, const char *text,
                            struct value *out, struct err *err)
{
    const char *label = field->attr->labels->otherwise;
    size_t len = label ? strlen(label) : 0;
    size_t all = strlen(text);
    if (!label || all < len + 4 || strncmp(text, label, len) != 0 ||
        strncmp(text + len, " (", 2) != 0 || text[all - 1] != ')')
        return unknown_label(field, text, err);
    char *inner = mem_strdup(text + len + 2);
    inner[all - len - 3] = '\0';
    bool ok = parse_number(field, inner, out, err);
    free(inner);
    return ok;
}

static bool parse_any_number(const struct field *field, const char *text,
                             struct value *out, struct err *err)
{
    const struct label_set *labels = field->attr->labels;
    if (field->kind == KIND_BOOL) {
        out->type = VALUE_UINT;
        return parse_bool(text, &out->u) ||
               shown_parse_stored(field, text, out) ||
               err_set(err, STATUS_DATA, "'%s' is neither true nor false",
                       text);
    }
    if (labels && labels->flags) {
        uint64_t bits;
        if (!parse_flags(field, text, &bits, err))
            return false;
        shown_set_bits(field, bits, out);
        return true;
    }
    const struct label_row *row =
        labels ? label_set_row_of(labels, text, strlen(text)) : NULL;
    if (row) {
        out->type = field->kind == KIND_INT ? VALUE_INT : VALUE_UINT;
        out->u = row->low;
        return true;
    }
    if (parse_number(field, text, out, err))
        return true;
    bool number = isdigit((unsigned char)text[0]) || text[0] == '-';
    return labels && !number && parse_otherwise(field, text, out, err);
}

bool value_parse(const struct field *field, const char *text, uint8_t *storage,
                 struct value *out, struct err *err)
{
    out->type = VALUE_BYTES;
    out->bytes = storage;
    if (field->kind >= KIND_CHAR && field->attr->show == SHOW_BYTES &&
        shown_parse_pairs(text, " ", storage, field->size))
        return true;
    switch ((enum kind)field->kind) {
    case KIND_CHAR:
    case KIND_UTF16:
    case KIND_UTF32:
        return parse_text(field, text, storage, err);
    case KIND_BYTES:
        return shown_parse_pairs(text, " :-", storage, field->size) ||
               err_set(err, STATUS_DATA,
                       "'%s' is not the field's %u bytes as hex pairs", text,
                       field->size);
    case KIND_GUID:
        return parse_guid(field, text, storage, err);
    default:
        break;
    }
    CHECK(field_is_numeric(field));
    uint8_t bytes[8];
    uint8_t mask[8];
    if (!parse_any_number(field, text, out, err))
        return false;
    return value_encode(field, out, bytes, mask) ||
           out_of_range(field, text, err);
}
