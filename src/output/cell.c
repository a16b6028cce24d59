/* SPDX-License-Identifier: MIT */
/*
 * Values for programs.  Invariant: what is appended is clean UTF-8 without
 * control characters: the strings of a layout are clean, and text of a mapping
 * is cleaned on its way.  Quoting is
 * left to the formats; how people see a value (show, precision) to
 * layout/value.h.
 */
#include "output/cell.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* The most decimals that a scale is believed to have: 0.000000001. */
#define SCALE_DECIMALS_MAX 9

static size_t count_escaped(const char *text, size_t len, char escape)
{
    size_t count = 0;
    for (size_t i = 0; i < len; i++)
        count += (text[i] == '"') | (text[i] == escape);
    return count;
}

/* Moves the `len` bytes at `text` up to end at `to`, with their escapes. */
static void move_escaped(char *to, const char *text, size_t len, char escape)
{
    while (len > 0) {
        char c = text[--len];
        *--to = c;
        if (c == '"' || c == escape)
            *--to = escape;
    }
}

void cell_quote(struct buf *out, size_t start, char escape)
{
    size_t len = out->len - start;
    size_t more = count_escaped(out->data + start, len, escape);
    buf_room(out, more + 2);
    char *text = out->data + start;
    if (more == 0)
        memmove(text + 1, text, len);
    else
        move_escaped(text + 1 + len + more, text, len, escape);
    text[0] = '"';
    text[1 + len + more] = '"';
    buf_grow(out, more + 2);
}

static void put_hex(struct buf *out, const uint8_t *bytes, size_t len)
{
    static const char digits[] = "0123456789abcdef";
    char *to = buf_room(out, len * 2);
    for (size_t i = 0; i < len; i++) {
        *to++ = digits[bytes[i] >> 4];
        *to++ = digits[bytes[i] & 15];
    }
    buf_grow(out, len * 2);
}

/* Whether `factor` times `unit` is a whole number but for the last bits that
 * binary cannot hold. */
static bool is_whole(double factor, double unit)
{
    double product = factor * unit;
    double whole = rint(product);
    return fabs(product - whole) <= 4 * DBL_EPSILON * fabs(product) &&
           (whole != 0 || factor == 0);
}

/* Decimals of the numbers that a scaled integer can show: 1 for scale=0.1; -1
 * when it has no such number. */
static int scale_decimals(const struct attributes *attr)
{
    double unit = 1;
    for (int decimals = 0; decimals <= SCALE_DECIMALS_MAX; decimals++) {
        if (is_whole(attr->scale, unit) && is_whole(attr->bias, unit))
            return decimals;
        unit *= 10;
    }
    return -1;
}

static void put_decimals(struct buf *out, double number, int decimals)
{
    buf_put_fixed(out, number, decimals);
    if (decimals == 0)
        return;
    size_t len = out->len;
    while (out->data[len - 1] == '0')
        len--;
    if (out->data[len - 1] == '.')
        len--;
    buf_truncate(out, len);
}

/* 3 * 0.1 is 0.30000000000000004 as a double; what the layout means is 0.3,
 * which holds as long as a double has a bit to spare for each decimal. */
static bool put_scaled(struct buf *out, const struct attributes *attr,
                       double number)
{
    static const double units[SCALE_DECIMALS_MAX + 1] = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    int decimals = scale_decimals(attr);
    if (decimals < 0 || fabs(number) * units[decimals] >= 0x1p52)
        return false;
    put_decimals(out, number, decimals);
    return true;
}

enum cell cell_put_number(struct buf *out, const struct field *field,
                          double number)
{
    if (!isfinite(number))
        return CELL_NONE;
    bool scaled = field->attr->scaled;
    if (field->kind == KIND_FLOAT)
        if (!scaled && field->size == 4)
            buf_put_f32(out, (float)number);
        else
            buf_put_double(out, number);
    else if (!scaled || !put_scaled(out, field->attr, number))
        buf_put_double(out, number);
    return CELL_PLAIN;
}

static enum cell put_stored_number(struct buf *out, const struct field *field,
                                   const struct value *value)
{
    if (value->type == VALUE_INT)
        buf_put_i64(out, value->i);
    else if (value->type == VALUE_UINT)
        buf_put_u64(out, value->u);
    else if (!isfinite(value->real))
        return CELL_NONE;
    else if (field->size == 4)
        buf_put_f32(out, (float)value->real);
    else
        buf_put_double(out, value->real);
    return CELL_PLAIN;
}

static enum cell put_bytes(struct buf *out, const struct field *field,
                           const struct value *value)
{
    if (field->kind == KIND_BYTES)
        put_hex(out, value->bytes, field->size);
    else if (field->kind == KIND_GUID)
        value_put_guid(out, field, value);
    else
        value_put_string(out, field, value);
    return CELL_TEXT;
}

static enum cell put_meaning(struct buf *out, const struct field *field,
                             const struct value *value)
{
    if (field->attr->labels && value->type != VALUE_REAL) {
        if (field->attr->labels->flags)
            return CELL_NAMES;
        const char *label = value_enum_label(field, value);
        if (!label)
            label = field->attr->labels->otherwise;
        if (label) {
            buf_puts(out, label);
            return CELL_TEXT;
        }
    }
    if (field->kind == KIND_BOOL) {
        buf_puts(out, value->u ? "true" : "false");
        return CELL_PLAIN;
    }
    if (field->attr->scaled)
        return cell_put_number(out, field, value_number(field, value));
    return put_stored_number(out, field, value);
}

enum cell cell_put(struct buf *out, const struct field *field,
                   const struct value *value, bool raw)
{
    struct field copy;
    bool stored = field->kind != KIND_COMPUTED;
    field = value_field(field, value, &copy);
    if (value->type == VALUE_NONE)
        return CELL_NONE;
    if (value->type != VALUE_BYTES)
        return raw ? put_stored_number(out, field, value)
                   : put_meaning(out, field, value);
    if (!raw || !stored)
        return put_bytes(out, field, value);
    put_hex(out, value->bytes, field->size);
    return CELL_TEXT;
}

uint64_t cell_bits(const struct field *field, const struct value *value)
{
    struct field copy;
    field = value_field(field, value, &copy);
    unsigned width = field->width ? field->width : field->size * 8;
    return value->u & UINT64_MAX >> (64 - width);
}

bool cell_put_name(struct buf *out, const struct field *field, uint64_t *bits)
{
    const struct label_set *flags = field->attr->labels;
    for (size_t i = 0; i < flags->count; i++) {
        const struct label_row *row = &flags->rows[i];
        uint64_t mask = UINT64_MAX >> (63 - (row->high - row->low)) << row->low;
        uint64_t set = *bits & mask;
        if (set == 0)
            continue;
        *bits &= ~mask;
        buf_puts(out, row->label);
        if (row->high > row->low) {
            buf_putc(out, '=');
            buf_put_u64(out, set >> row->low);
        }
        return true;
    }
    if (*bits == 0)
        return false;
    buf_puts(out, "0x");
    buf_put_hex(out, *bits, 1);
    *bits = 0;
    return true;
}

static enum cell put_raw(struct buf *out, const struct field *field,
                         const struct sample *sample, size_t index)
{
    return cell_put(out, field, &sample->values[index], true);
}

static enum cell put_unit(struct buf *out, const struct field *field,
                          const struct sample *sample, size_t index)
{
    (void)sample;
    (void)index;
    const char *unit = field->attr->unit;
    if (!unit)
        return CELL_NONE;
    buf_puts(out, unit);
    return CELL_TEXT;
}

static enum cell put_rate(struct buf *out, const struct field *field,
                          const struct sample *sample, size_t index)
{
    (void)field;
    double rate = sample->trends[index].rate;
    if (!isfinite(rate))
        return CELL_NONE;
    buf_put_double(out, rate);
    return CELL_PLAIN;
}

static enum cell put_age(struct buf *out, const struct field *field,
                         const struct sample *sample, size_t index)
{
    (void)field;
    if (sample->values[index].type == VALUE_NONE)
        return CELL_NONE;
    int64_t age_ns = sample_since(sample, sample->trends[index].changed_ns);
    put_decimals(out, (double)age_ns / 1e9, 9);
    return CELL_PLAIN;
}

static enum cell put_flag(struct buf *out, const struct sample *sample,
                          size_t index, enum trend_flag flag)
{
    bool is_set = (sample->trends[index].flags & flag) != 0;
    buf_puts(out, is_set ? "true" : "false");
    return CELL_PLAIN;
}

static enum cell put_changed(struct buf *out, const struct field *field,
                             const struct sample *sample, size_t index)
{
    (void)field;
    return put_flag(out, sample, index, TREND_CHANGED);
}

static enum cell put_held(struct buf *out, const struct field *field,
                          const struct sample *sample, size_t index)
{
    (void)field;
    return put_flag(out, sample, index, TREND_HELD);
}

static enum cell put_min(struct buf *out, const struct field *field,
                         const struct sample *sample, size_t index)
{
    return cell_put_number(out, field, sample->trends[index].min);
}

static enum cell put_max(struct buf *out, const struct field *field,
                         const struct sample *sample, size_t index)
{
    return cell_put_number(out, field, sample->trends[index].max);
}

static enum cell put_stale(struct buf *out, const struct field *field,
                           const struct sample *sample, size_t index)
{
    (void)field;
    return put_flag(out, sample, index, TREND_RESTING);
}

const char *const cell_alarms[] = {
    [ALARM_NONE] = NULL,
    [ALARM_WARN] = "warn",
    [ALARM_CRIT] = "crit",
};

static enum cell put_alarm(struct buf *out, const struct field *field,
                           const struct sample *sample, size_t index)
{
    (void)field;
    const char *word = cell_alarms[sample->trends[index].alarm];
    if (!word)
        return CELL_NONE;
    buf_puts(out, word);
    return CELL_TEXT;
}

const struct cell_detail cell_details[] = {
    {"raw", put_raw},
    {"unit", put_unit},
    {"rate", put_rate},
    {"age", put_age},
    {"changed", put_changed},
    {"held", put_held},
    {"min", put_min},
    {"max", put_max},
    {"stale", put_stale},
    {"alarm", put_alarm},
    {NULL, NULL},
};
