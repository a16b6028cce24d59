/* SPDX-License-Identifier: MIT */
/*
 * Values as people read them.
 * Invariant: value_parse reads back what is printed here, as far as the digits
 * shown go.  Prefixes and dates are format.c's, texts value_string.c's.
 */
#include <math.h>
#include <string.h>

#include "layout/format.h"
#include "layout/type.h"
#include "layout/value.h"

static unsigned bits_of(const struct field *field)
{
    return field->width ? field->width : field->size * 8;
}

static void put_hex_pairs(struct buf *out, const uint8_t *bytes, size_t count)
{
    static const char digits[] = "0123456789abcdef";
    if (count == 0)
        return;
    char *at = buf_room(out, count * 3);
    for (size_t i = 0; i < count; i++) {
        *at++ = digits[bytes[i] >> 4];
        *at++ = digits[bytes[i] & 15];
        *at++ = ' ';
    }
    buf_grow(out, count * 3 - 1);
}

/* The stored bits of a number, as an unsigned integer of the field's width. */
static uint64_t stored_bits(const struct field *field,
                            const struct value *value)
{
    if (field->kind == KIND_FLOAT && field->size == 4) {
        float narrow = (float)value->real;
        uint32_t four;
        memcpy(&four, &narrow, sizeof four);
        return four;
    }
    return value->u & UINT64_MAX >> (64 - bits_of(field));
}

static void put_radix(struct buf *out, uint64_t bits, unsigned width,
                      unsigned step, const char *prefix)
{
    unsigned digits = (width + step - 1) / step;
    buf_puts(out, prefix);
    char *at = buf_room(out, digits);
    for (unsigned i = 0; i < digits; i++) {
        unsigned digit =
            (unsigned)(bits >> ((digits - 1 - i) * step)) & ((1u << step) - 1);
        at[i] = "0123456789abcdef"[digit];
    }
    buf_grow(out, digits);
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
            buf_put_fixed(out, number, attr->precision);
        else if (!attr->scaled && field->size == 4)
            buf_put_f32(out, (float)number);
        else
            buf_put_double(out, number);
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

/* Cuts or keeps the decimals of a time as `precision` asks. */
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

/* A time in seconds that may have a fraction, or that was scaled. */
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

/* The shows that look at the stored bits. */
static bool put_stored(struct buf *out, const struct field *field,
                       const struct value *value, enum show show)
{
    uint8_t bytes[8];
    uint8_t mask[8];
    uint64_t bits = stored_bits(field, value);
    unsigned width = bits_of(field);
    switch (show) {
    case SHOW_HEX:
        put_radix(out, bits, width, 4, "0x");
        return true;
    case SHOW_BIN:
        put_radix(out, bits, width, 1, "0b");
        return true;
    case SHOW_OCT:
        put_radix(out, bits, width, 3, "0o");
        return true;
    default:
        break;
    }
    if (!value_encode(field, value, bytes, mask))
        return false;
    bool whole_integer = kind_is_integer(field->kind) && field->width == 0;
    if (show == SHOW_BYTES) {
        put_hex_pairs(out, bytes, field->size);
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

/* False when `show` cannot print this very value. */
static bool put_shown(struct buf *out, const struct field *field,
                      const struct value *value, enum show show)
{
    switch (show) {
    case SHOW_DEFAULT:
    case SHOW_DEC:
        return false;
    case SHOW_HEX:
    case SHOW_BIN:
    case SHOW_OCT:
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

static void put_separator(struct buf *out, size_t start)
{
    if (out->len > start)
        buf_putc(out, '|');
}

/* Names joined by `|`, "zone=3" for several bits, the unnamed rest as hex;
 * "-" when no bit is set. */
static void put_flags(struct buf *out, const struct field *field,
                      const struct value *value)
{
    const struct label_set *labels = field->attr->labels;
    uint64_t rest = stored_bits(field, value);
    size_t start = out->len;
    for (size_t i = 0; i < labels->count; i++) {
        const struct label_row *row = &labels->rows[i];
        uint64_t mask = UINT64_MAX >> (63 - (row->high - row->low)) << row->low;
        if ((rest & mask) == 0)
            continue;
        put_separator(out, start);
        buf_puts(out, row->label);
        if (row->high > row->low) {
            buf_putc(out, '=');
            buf_put_u64(out, (rest & mask) >> row->low);
        }
        rest &= ~mask;
    }
    if (rest != 0) {
        put_separator(out, start);
        buf_puts(out, "0x");
        buf_put_hex(out, rest, 1);
    } else if (out->len == start) {
        buf_putc(out, '-');
    }
}

static void put_enum(struct buf *out, const struct field *field,
                     const struct value *value, bool group_digits)
{
    const char *label = value_enum_label(field, value);
    const char *otherwise = field->attr->labels->otherwise;
    if (label) {
        buf_puts(out, label);
        return;
    }
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
        put_hex_pairs(out, value->bytes, field->size);
    else if (field->kind == KIND_GUID)
        value_put_guid(out, field, value);
    else
        value_put_string(out, field, value);
}

void value_put_text(struct buf *out, const struct field *field,
                    const struct value *value, enum show show,
                    bool group_digits)
{
    struct field copy;
    field = value_field(field, value, &copy);
    enum show chosen = show == SHOW_DEFAULT ? field->attr->show : show;
    const struct label_set *labels =
        value->type == VALUE_REAL ? NULL : field->attr->labels;
    if (value->type == VALUE_NONE)
        return;
    if (value->type == VALUE_BYTES)
        put_bytes(out, field, value, chosen);
    else if (labels && show == SHOW_DEFAULT && labels->flags)
        put_flags(out, field, value);
    else if (labels && show == SHOW_DEFAULT)
        put_enum(out, field, value, group_digits);
    else
        put_number(out, field, value, chosen, group_digits);
}
