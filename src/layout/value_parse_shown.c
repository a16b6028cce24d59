/* SPDX-License-Identifier: MIT */
/* Reads back what value_text.c and format.c print beyond plain decimals.
 * Whether the value fits its field is checked by value_parse.c. */
#include "layout/value_parse_shown.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "base/number.h"
#include "layout/field.h"
#include "layout/format.h"

#define NUMBER_MAX 64 /* bytes of a number before a prefix */

bool shown_parse_pairs(const char *text, const char *skip, uint8_t *storage,
                       size_t count)
{
    for (size_t i = 0; i < count; i++) {
        text += strspn(text, skip);
        if (!hex_read_pair(text, &storage[i]))
            return false;
        text += 2;
    }
    return text[strspn(text, skip)] == '\0';
}

void shown_set_bits(const struct field *field, uint64_t bits, struct value *out)
{
    unsigned width = field_bits(field);
    if (field->kind == KIND_INT && bits <= UINT64_MAX >> (64 - width)) {
        out->type = VALUE_INT;
        out->i = (int64_t)(bits << (64 - width)) >> (64 - width);
    } else {
        out->type = VALUE_UINT;
        out->u = bits;
    }
}

/* --- the stored bits ---------------------------------------------------- */

static bool parse_radix(const struct field *field, const char *text,
                        struct value *out)
{
    uint64_t bits;
    if (text[0] != '0' || !strchr("xXoObB", text[1]) ||
        !number_parse_u64(text, &bits))
        return false;
    if (field->kind != KIND_FLOAT) {
        shown_set_bits(field, bits, out);
        return true;
    }
    if (bits > UINT64_MAX >> (64 - field->size * 8))
        return false;
    uint8_t bytes[8];
    value_store(field, bytes, field->size, bits);
    value_decode(field, bytes, out);
    return true;
}

/* Reads the `len` bytes of text as `count` characters; "\x00" is one. */
static bool read_chars(const char *text, size_t len, uint8_t *bytes,
                       size_t count)
{
    const char *end = text + len;
    for (size_t i = 0; i < count; i++) {
        if (text >= end)
            return false;
        bytes[i] = (uint8_t)*text++;
        if (bytes[i] == '\\') {
            if (end - text <= 2 || *text != 'x' ||
                !hex_read_pair(text + 1, &bytes[i]))
                return false;
            text += 3;
        }
    }
    return text == end;
}

static bool is_chars(const struct field *field)
{
    return field->attr->show == SHOW_CHAR && kind_is_integer(field->kind) &&
           field->width == 0;
}

bool shown_parse_chars(const struct field *field, const char *text,
                       struct value *out)
{
    uint8_t bytes[8];
    /* With labels, the text is a mistyped label. */
    if (!is_chars(field) || field->attr->labels ||
        !read_chars(text, strlen(text), bytes, field->size))
        return false;
    value_decode(field, bytes, out);
    return true;
}

static bool read_quoted(const char *text, uint8_t *bytes, size_t count)
{
    size_t len = strlen(text);
    return len >= 2 && text[0] == '\'' && text[len - 1] == '\'' &&
           read_chars(text + 1, len - 2, bytes, count);
}

static bool read_ipv4(const char *text, uint8_t *bytes)
{
    for (int i = 0; i < 4; i++) {
        char *end;
        unsigned long part = strtoul(text, &end, 10);
        if (!isdigit((unsigned char)*text) || end - text > 3 || part > 255 ||
            *end != (i < 3 ? '.' : '\0'))
            return false;
        bytes[i] = (uint8_t)part;
        text = end + 1;
    }
    return true;
}

bool shown_parse_stored(const struct field *field, const char *text,
                        struct value *out)
{
    uint8_t bytes[8] = {0};
    bool read = false;
    switch (field->attr->show) {
    case SHOW_HEX:
    case SHOW_BIN:
    case SHOW_OCT:
        return parse_radix(field, text, out);
    case SHOW_BYTES:
        read = shown_parse_pairs(text, " :-", bytes, field->size);
        break;
    case SHOW_CHAR:
        read = is_chars(field) && read_quoted(text, bytes, field->size);
        break;
    case SHOW_IPV4:
        read = field->width == 0 && field->size == 4 && read_ipv4(text, bytes);
        break;
    default:
        break;
    }
    if (read)
        value_decode(field, bytes, out);
    return read;
}

/* --- times -------------------------------------------------------------- */

static bool is_time(const struct field *field)
{
    return field->attr->show >= SHOW_UNIX && field->attr->show <= SHOW_DOTNET;
}

bool shown_parse_time(const struct field *field, const char *text,
                      struct value *out)
{
    struct format_time time;
    out->type = VALUE_INT;
    return is_time(field) && kind_is_integer(field->kind) &&
           !field->attr->scaled && format_time_read(text, &time) &&
           format_time_join(field->attr->show, &time, &out->i);
}

static bool time_number(const struct field *field, const char *text,
                        double *number)
{
    struct format_time time;
    int64_t count;
    if (!format_time_read(text, &time))
        return false;
    if (field->attr->show == SHOW_UNIX) {
        *number =
            (double)time.seconds + (double)time.fraction / pow(10, time.digits);
        return true;
    }
    if (!format_time_join(field->attr->show, &time, &count))
        return false;
    *number = (double)count;
    return true;
}

/* "04" or, as the last part, "04.5". */
static bool read_part(const char *text, size_t len, bool last, double *part)
{
    char copy[NUMBER_MAX];
    if (len == 0 || len >= sizeof copy)
        return false;
    memcpy(copy, text, len);
    copy[len] = '\0';
    return isdigit((unsigned char)copy[0]) &&
           copy[strspn(copy, last ? "0123456789." : "0123456789")] == '\0' &&
           number_parse_double(copy, part);
}

/* "02:03:04.5" or "03:04.5"; the first part is less than `most`. */
static bool read_clock(const char *text, double most, double *seconds)
{
    int parts = 0;
    double sum = 0;
    for (;; parts++) {
        size_t len = strcspn(text, ":");
        bool last = text[len] == '\0';
        double part;
        if (parts == 3 || !read_part(text, len, last, &part) ||
            part >= (parts == 0 ? most : 60))
            return false;
        sum = sum * 60 + part;
        if (last)
            break;
        text += len + 1;
    }
    *seconds = sum;
    return parts > 0;
}

static bool read_duration(const char *text, double *seconds)
{
    bool negative = text[0] == '-';
    double days = 0;
    double clock = 0;
    text += negative;
    size_t digits = strspn(text, "0123456789");
    bool has_days = text[digits] == 'd';
    if (has_days) {
        if (!read_part(text, digits, false, &days))
            return false;
        text += digits + 1;
        text += text[0] == ' ' && text[1] != '\0';
    }
    if (!(has_days && text[0] == '\0') &&
        !read_clock(text, has_days ? 24 : INFINITY, &clock))
        return false;
    *seconds = days * 86400 + clock;
    *seconds = negative ? -*seconds : *seconds;
    return true;
}

/* --- prefixes ----------------------------------------------------------- */

struct prefix {
    const char *word;
    int power; /* of 10, or of 2 */
};

static const struct prefix si_prefixes[] = {
    {"k", 3},  {"M", 6},  {"G", 9},  {"T", 12},  {"P", 15},        {"E", 18},
    {"m", -3}, {"u", -6}, {"n", -9}, {"p", -12}, {"\xc2\xb5", -6}, {NULL, 0},
};

static const struct prefix iec_prefixes[] = {
    {"Ki", 10}, {"Mi", 20}, {"Gi", 30}, {"Ti", 40},
    {"Pi", 50}, {"Ei", 60}, {NULL, 0},
};

static bool read_prefixed(const char *text, bool si, double *number)
{
    size_t len = strspn(text, "+-0123456789.");
    const char *word = text + len + (text[len] == ' ');
    const struct prefix *prefix = si ? si_prefixes : iec_prefixes;
    char copy[NUMBER_MAX];
    while (prefix->word && strcmp(prefix->word, word) != 0)
        prefix++;
    if (!prefix->word || len + sizeof "e-12" > sizeof copy)
        return false;
    /* An SI prefix becomes a decimal exponent, so that the number is rounded
     * once.  Scaling by an IEC prefix is exact. */
    memcpy(copy, text, len);
    snprintf(copy + len, sizeof copy - len, "e%d", si ? prefix->power : 0);
    if (!number_parse_double(copy, number))
        return false;
    *number = si ? *number : ldexp(*number, prefix->power);
    return true;
}

bool shown_parse_number(const struct field *field, const char *text,
                        double *number, bool *rounded)
{
    enum show show = field->attr->show;
    *rounded = show == SHOW_SI || show == SHOW_IEC;
    if (*rounded)
        return read_prefixed(text, show == SHOW_SI, number);
    if (show == SHOW_DURATION)
        return read_duration(text, number);
    return is_time(field) && time_number(field, text, number);
}

const char *shown_example(const struct field *field)
{
    switch (field->attr->show) {
    case SHOW_CHAR:
        return field->size == 4 ? "RIFF" : "'A'";
    case SHOW_SI:
        return "12.3 k";
    case SHOW_IEC:
        return "4.0 Ki";
    case SHOW_DURATION:
        return "1d 02:03:04";
    case SHOW_IPV4:
        return "10.0.0.1";
    default:
        return is_time(field) ? "2026-01-02T03:04:05Z" : NULL;
    }
}
