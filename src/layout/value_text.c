/* SPDX-License-Identifier: MIT */
/* Prints values for people; value_parse.c reads them back.  Prefixes, dates and
 * durations are format.c, texts value_string.c. */
#include "layout/value_text.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/double_text.h"
#include "base/hex.h"
#include "layout/field.h"
#include "layout/format.h"
#include "layout/label_set.h"
#include "layout/value.h"
#include "layout/value_string.h"

/* Significant digits of real numbers without `precision`. */
#define F32_DIGITS 7
#define REAL_DIGITS 10
#define MEAN_DIGITS 4 /* of a mean of integers, if it has decimals */
/* A scale with more decimals than this counts as a real number. */
#define SCALE_DECIMALS_MAX 9

/* The bits of a number as they are stored, `field_bits` of them. */
static uint64_t stored_bits(const struct field *field,
                            const struct value *value)
{
    if (field->kind == KIND_FLOAT && field->size == 4) {
        float narrow = (float)value->real;
        uint32_t four;
        memcpy(&four, &narrow, sizeof four);
        return four;
    }
    return value->u & UINT64_MAX >> (64 - field_bits(field));
}

/* All bits of the field, `step` of them a digit. */
static bool put_radix(struct buf *out, const struct field *field,
                      const struct value *value, unsigned step,
                      const char *prefix)
{
    uint64_t bits = stored_bits(field, value);
    unsigned digits = (field_bits(field) + step - 1) / step;
    buf_puts(out, prefix);
    char *at = buf_room(out, digits);
    for (unsigned i = 0; i < digits; i++) {
        unsigned digit =
            (unsigned)(bits >> ((digits - 1 - i) * step)) & ((1u << step) - 1);
        at[i] = "0123456789abcdef"[digit];
    }
    buf_grow(out, digits);
    return true;
}

/* Characters in memory order, quoted: 'RIFF', '\x00A'. */
static void put_chars(struct buf *out, const uint8_t *bytes, size_t count)
{
    buf_putc(out, '\'');
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] >= 0x20 && bytes[i] <= 0x7e && bytes[i] != '\\') {
            buf_putc(out, (char)bytes[i]);
        } else {
            buf_puts(out, "\\x");
            buf_put_hex(out, bytes[i], 2);
        }
    }
    buf_putc(out, '\'');
}

/* Whether `factor * unit` is a whole number, apart from rounding errors. */
static bool is_whole(double factor, double unit)
{
    double product = factor * unit;
    double whole = rint(product);
    return fabs(product - whole) <= 4 * DBL_EPSILON * fabs(product) &&
           (whole != 0 || factor == 0);
}

int value_decimals(const struct field *field)
{
    const struct attributes *attr = field->attr;
    double unit = 1;
    for (int decimals = 0; decimals <= SCALE_DECIMALS_MAX; decimals++) {
        if (is_whole(attr->scale, unit) && is_whole(attr->bias, unit))
            return decimals;
        unit *= 10;
    }
    return -1;
}

/* Whether the field's numbers are no more exact than f32. */
static bool is_f32(const struct field *field)
{
    return field->kind == KIND_COMPUTED
               ? field->shift == COMPUTED_F32
               : field->kind == KIND_FLOAT && field->size == 4;
}

/* A number that is not one of the field's integers. */
static void put_real(struct buf *out, const struct field *field, double number,
                     bool group_digits)
{
    const struct attributes *attr = field->attr;
    bool whole = kind_is_integer(field->kind) || field->kind == KIND_BOOL;
    size_t start = out->len;
    if (attr->precision >= 0)
        double_put_fixed(out, number, attr->precision);
    else if (whole && !attr->scaled)
        double_put_digits(out, number, MEAN_DIGITS);
    else if (whole && value_decimals(field) >= 0)
        double_put_trimmed(out, number, value_decimals(field));
    else if (!is_f32(field))
        double_put_digits(out, number, REAL_DIGITS);
    else if (fabs(number) >= FLT_MIN)
        double_put_digits(out, number, F32_DIGITS);
    else
        double_put_shortest_f32(out, (float)number); /* has fewer digits */
    if (group_digits)
        format_group(out, start);
}

static void put_decimal(struct buf *out, const struct field *field,
                        const struct value *value, bool group_digits)
{
    if (field->attr->scaled || field->kind == KIND_FLOAT) {
        put_real(out, field, value_number(field, value), group_digits);
        return;
    }
    size_t start = out->len;
    if (value->type == VALUE_INT)
        buf_put_i64(out, value->i);
    else
        buf_put_u64(out, value->u);
    if (group_digits)
        format_group(out, start);
}

/* Cuts or extends the decimals of a time to `precision`, if that is given. */
static void set_digits(struct format_time *time, int precision)
{
    if (precision < 0)
        return;
    int wanted = precision > 9 ? 9 : precision;
    for (; time->digits > wanted; time->digits--)
        time->fraction /= 10;
    for (; time->digits < wanted; time->digits++)
        time->fraction *= 10;
}

/* A time that is scaled or has a fraction. */
static bool split_real(enum show show, double number, struct format_time *out)
{
    if (show != SHOW_UNIX) {
        return fabs(number) < 9e18 &&
               format_time_split(show, (uint64_t)(int64_t)round(number), false,
                                 out);
    }
    return fabs(number) < 1e12 &&
           format_time_split(SHOW_UNIX_MS,
                             (uint64_t)(int64_t)floor(number * 1000), false,
                             out);
}

static bool is_real(const struct field *field)
{
    return field->attr->scaled || field->kind == KIND_FLOAT;
}

/* The value as a time; false if it is none, or if `show` is no time. */
static bool find_time(const struct field *field, const struct value *value,
                      enum show show, struct format_time *out)
{
    if (show < SHOW_UNIX || show > SHOW_DOTNET)
        return false;
    return is_real(field) ? split_real(show, value_number(field, value), out)
                          : format_time_split(show, value->u,
                                              value->type == VALUE_UINT, out);
}

static bool put_time(struct buf *out, const struct field *field,
                     struct format_time *time)
{
    set_digits(time, field->attr->precision);
    format_time_put(out, time);
    return true;
}

static bool put_duration(struct buf *out, const struct field *field,
                         double seconds)
{
    int precision = field->attr->precision;
    int decimals = precision >= 0 ? precision : is_real(field) ? 1 : 0;
    return format_duration(out, seconds, decimals > 9 ? 9 : decimals);
}

/* The shows of any number.  False if `show` cannot print this one. */
static bool put_shown_number(struct buf *out, const struct field *field,
                             double number, enum show show)
{
    struct format_time time;
    switch (show) {
    case SHOW_SI:
        format_si(out, number, field->attr->precision);
        return true;
    case SHOW_IEC:
        format_iec(out, number, field->attr->precision);
        return true;
    case SHOW_DURATION:
        return put_duration(out, field, number);
    case SHOW_UNIX:
    case SHOW_UNIX_MS:
    case SHOW_UNIX_US:
    case SHOW_UNIX_NS:
    case SHOW_FILETIME:
    case SHOW_DOTNET:
        return split_real(show, number, &time) && put_time(out, field, &time);
    default:
        return false;
    }
}

/* The shows of stored bytes. */
static bool put_stored(struct buf *out, const struct field *field,
                       const struct value *value, enum show show)
{
    uint8_t bytes[8];
    uint8_t mask[8];
    if (!value_encode(field, value, bytes, mask))
        return false;
    bool whole_integer = kind_is_integer(field->kind) && field->width == 0;
    if (show == SHOW_BYTES) {
        hex_put_bytes(out, bytes, field->size, ' ');
        return true;
    }
    if (show == SHOW_CHAR && whole_integer && field->size <= 4) {
        put_chars(out, bytes, field->size);
        return true;
    }
    if (show == SHOW_IPV4 && whole_integer && field->size == 4) {
        buf_printf(out, "%u.%u.%u.%u", bytes[0], bytes[1], bytes[2], bytes[3]);
        return true;
    }
    return false;
}

/* False if `show` cannot print this value. */
static bool put_shown(struct buf *out, const struct field *field,
                      const struct value *value, enum show show)
{
    struct format_time time;
    switch (show) {
    case SHOW_HEX:
        return put_radix(out, field, value, 4, "0x");
    case SHOW_BIN:
        return put_radix(out, field, value, 1, "0b");
    case SHOW_OCT:
        return put_radix(out, field, value, 3, "0o");
    case SHOW_CHAR:
    case SHOW_BYTES:
    case SHOW_IPV4:
        return put_stored(out, field, value, show);
    case SHOW_UNIX:
    case SHOW_UNIX_MS:
    case SHOW_UNIX_US:
    case SHOW_UNIX_NS:
    case SHOW_FILETIME:
    case SHOW_DOTNET:
        return find_time(field, value, show, &time) &&
               put_time(out, field, &time);
    default:
        break;
    }
    return put_shown_number(out, field, value_number(field, value), show);
}

static void put_number(struct buf *out, const struct field *field,
                       const struct value *value, enum show show,
                       bool group_digits)
{
    if (put_shown(out, field, value, show))
        return;
    if (field->kind == KIND_BOOL && show == SHOW_DEFAULT) {
        buf_puts(out, value->u ? "true" : "false");
        return;
    }
    put_decimal(out, field, value, group_digits);
}

/* Names joined by `|`; "-" if no bit is set. */
static void put_flags(struct buf *out, const struct field *field,
                      const struct value *value)
{
    uint64_t bits = stored_bits(field, value);
    if (bits == 0)
        buf_putc(out, '-');
    while (label_set_put_flag(out, field->attr->labels, &bits))
        if (bits != 0)
            buf_putc(out, '|');
}

static void put_enum(struct buf *out, const struct field *field,
                     const struct value *value, bool group_digits)
{
    const struct label_row *row = label_set_row(field->attr->labels, value->u);
    if (row) {
        buf_puts(out, row->label);
        return;
    }
    const char *otherwise = field->attr->labels->otherwise;
    if (otherwise) {
        buf_puts(out, otherwise);
        buf_puts(out, " (");
    }
    put_number(out, field, value, field->attr->show, group_digits);
    if (otherwise)
        buf_putc(out, ')');
}

static void put_bytes(struct buf *out, const struct field *field,
                      const struct value *value, enum show show)
{
    bool raw = show == SHOW_BYTES || show == SHOW_HEX;
    if (field->kind == KIND_BYTES || raw)
        hex_put_bytes(out, value->bytes, field->size, ' ');
    else if (field->kind == KIND_GUID)
        value_put_guid(out, field, value);
    else
        value_put_string(out, field, value);
}

void value_put_text(struct buf *out, const struct field *field,
                    const struct value *value, enum show show,
                    bool group_digits)
{
    CHECK(show >= SHOW_DEFAULT && show <= SHOW_IPV4);
    if (value->type == VALUE_NONE)
        return;
    struct field copy;
    enum show chosen = show == SHOW_DEFAULT ? field->attr->show : show;
    bool computed_f32 = field->kind == KIND_COMPUTED && is_f32(field);
    field = value_field(field, value, &copy);
    if (computed_f32 && value->type == VALUE_REAL && chosen <= SHOW_DEC)
        copy.size = 4;
    const struct label_set *labels =
        value->type == VALUE_REAL ? NULL : field->attr->labels;
    if (value->type == VALUE_BYTES)
        put_bytes(out, field, value, chosen);
    else if (labels && show == SHOW_DEFAULT && labels->flags)
        put_flags(out, field, value);
    else if (labels && show == SHOW_DEFAULT)
        put_enum(out, field, value, group_digits);
    else
        put_number(out, field, value, chosen, group_digits);
}

/* The field's value of a statistic that is one; false if it has decimals or is
 * scaled.  2^64 - 1 is 2^64 as a double. */
static bool find_whole(const struct field *field, double number,
                       struct value *out)
{
    if (!kind_is_integer(field->kind) || field->attr->scaled ||
        floor(number) < number)
        return false;
    if (field->kind == KIND_INT)
        *out = (struct value){
            .type = VALUE_INT,
            .i = number < 0x1p63 ? (int64_t)fmax(number, -0x1p63) : INT64_MAX};
    else
        *out = (struct value){.type = VALUE_UINT,
                              .u = number < 0x1p64 ? (uint64_t)fmax(number, 0)
                                                   : UINT64_MAX};
    return true;
}

void value_put_number_text(struct buf *out, const struct field *field,
                           double number, bool group_digits)
{
    CHECK(field->attr->show >= SHOW_DEFAULT && field->attr->show <= SHOW_IPV4);
    struct value whole;
    if (isnan(number))
        return;
    if (find_whole(field, number, &whole))
        put_number(out, field, &whole, field->attr->show, group_digits);
    else if (!put_shown_number(out, field, number, field->attr->show))
        put_real(out, field, number, group_digits);
}

/* --- differences ---------------------------------------------------------- */

/* The values are numbers whose difference means anything. */
static bool has_difference(const struct field *field,
                           const struct value *before,
                           const struct value *after)
{
    enum show show = field->attr->show;
    return !field->attr->labels && field->kind <= KIND_FLOAT &&
           show != SHOW_CHAR && show != SHOW_BYTES && show != SHOW_IPV4 &&
           !isnan(value_number(field, after) - value_number(field, before));
}

/* Without the digits that the greater of the two numbers does not have: they
 * would be errors of rounding. */
static void put_real_distance(struct buf *out, const struct field *field,
                              double number, double greater, bool narrow)
{
    int digits = narrow ? F32_DIGITS : REAL_DIGITS;
    double decimals = digits - 1 - floor(log10(greater));
    if (field->attr->precision >= 0 || field->kind != KIND_FLOAT)
        put_real(out, field, number, true);
    else if (decimals >= 0 && decimals <= 15)
        double_put_trimmed(out, number, (int)decimals);
    else
        double_put_digits(out, number, digits);
}

static bool put_time_distance(struct buf *out, const struct field *field,
                              const struct format_time *a,
                              const struct format_time *b)
{
    double fractions = (double)b->fraction - (double)a->fraction;
    double seconds =
        (double)(b->seconds - a->seconds) + fractions * pow(10, -a->digits);
    int decimals = field->attr->precision;
    if (decimals < 0)
        decimals = a->digits < 3 ? a->digits : 3;
    return format_duration(out, fabs(seconds), decimals < 9 ? decimals : 9);
}

/* Whether the difference is that of the stored integers. */
static bool is_exact(const struct field *field, const struct value *before,
                     const struct value *after)
{
    return !is_real(field) && before->type == after->type;
}

static bool is_below(const struct field *field, const struct value *a,
                     const struct value *b)
{
    if (!is_exact(field, a, b))
        return value_number(field, a) < value_number(field, b);
    return a->type == VALUE_INT ? a->i < b->i : a->u < b->u;
}

/* The distance between two values, without a sign. */
static void put_distance(struct buf *out, const struct field *field,
                         const struct value *before, const struct value *after,
                         bool narrow)
{
    double a = value_number(field, before);
    double b = value_number(field, after);
    enum show show = field->attr->show;
    struct format_time times[2];
    size_t at = out->len;
    if (find_time(field, before, show, &times[0]) &&
        find_time(field, after, show, &times[1]) &&
        put_time_distance(out, field, &times[0], &times[1]))
        return;
    if (show >= SHOW_SI && show <= SHOW_DURATION &&
        put_shown_number(out, field, fabs(b - a), show))
        return;
    if (!is_exact(field, before, after)) {
        put_real_distance(out, field, fabs(b - a), fmax(fabs(a), fabs(b)),
                          narrow);
        return;
    }
    buf_put_u64(out, is_below(field, after, before) ? before->u - after->u
                                                    : after->u - before->u);
    format_group(out, at);
}

void value_put_difference(struct buf *out, const struct field *field,
                          const struct value *before, const struct value *after)
{
    struct field copy;
    bool narrow = is_f32(field);
    if (before->type == VALUE_NONE || after->type == VALUE_NONE)
        return;
    field =
        value_field(field, before->type == VALUE_REAL ? before : after, &copy);
    if (!has_difference(field, before, after))
        return;
    size_t at = out->len;
    buf_putc(out, is_below(field, after, before) ? '-' : '+');
    put_distance(out, field, before, after, narrow);
    /* A difference that its digits do not show has no sign. */
    if (strpbrk(out->data + at, "123456789i"))
        return;
    memmove(out->data + at, out->data + at + 1, out->len - at - 1);
    buf_truncate(out, out->len - 1);
}
