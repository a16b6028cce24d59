/* SPDX-License-Identifier: MIT */
/* Prints values for people; value_parse.c reads them back.  Prefixes, dates and
 * durations are format.c, texts value_string.c. */
#include "layout/value_text.h"

#include <math.h>
#include <string.h>

#include "base/double_text.h"
#include "base/hex.h"
#include "layout/field.h"
#include "layout/format.h"
#include "layout/label_set.h"
#include "layout/value.h"
#include "layout/value_string.h"

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

static void put_decimal(struct buf *out, const struct field *field,
                        const struct value *value, bool group_digits)
{
    const struct attributes *attr = field->attr;
    if (attr->scaled || field->kind == KIND_FLOAT) {
        double number = value_number(field, value);
        if (attr->precision >= 0)
            double_put_fixed(out, number, attr->precision);
        else if (!attr->scaled && field->size == 4)
            double_put_shortest_f32(out, (float)number);
        else
            double_put_shortest(out, number);
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

static bool put_time(struct buf *out, const struct field *field,
                     const struct value *value, enum show show)
{
    struct format_time time;
    bool ok = field->attr->scaled || field->kind == KIND_FLOAT
                  ? split_real(show, value_number(field, value), &time)
                  : format_time_split(show, value->u, value->type == VALUE_UINT,
                                      &time);
    if (ok) {
        set_digits(&time, field->attr->precision);
        format_time_put(out, &time);
    }
    return ok;
}

static bool put_duration(struct buf *out, const struct field *field,
                         const struct value *value)
{
    const struct attributes *attr = field->attr;
    bool fraction = attr->scaled || field->kind == KIND_FLOAT;
    int decimals = attr->precision >= 0 ? attr->precision : fraction ? 1 : 0;
    return format_duration(out, value_number(field, value),
                           decimals > 9 ? 9 : decimals);
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
    switch (show) {
    case SHOW_DEFAULT:
    case SHOW_DEC:
        return false;
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
    case SHOW_SI:
        format_si(out, value_number(field, value), field->attr->precision);
        return true;
    case SHOW_IEC:
        format_iec(out, value_number(field, value), field->attr->precision);
        return true;
    case SHOW_DURATION:
        return put_duration(out, field, value);
    case SHOW_UNIX:
    case SHOW_UNIX_MS:
    case SHOW_UNIX_US:
    case SHOW_UNIX_NS:
    case SHOW_FILETIME:
    case SHOW_DOTNET:
        return put_time(out, field, value, show);
    }
    return false;
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
    field = value_field(field, value, &copy);
    enum show chosen = show == SHOW_DEFAULT ? field->attr->show : show;
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
