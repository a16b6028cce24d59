/* SPDX-License-Identifier: MIT */
/* Writes values and their details for programs (JSON, CSV). How people see a
 * value (show, precision) is layout/value_text.c. */
#include "output/cell.h"

#include <math.h>
#include <string.h>

#include "base/double_text.h"
#include "base/hex.h"
#include "layout/label_set.h"
#include "layout/value_string.h"
#include "layout/value_text.h"

static enum cell put_word(struct buf *out, const char *word)
{
    if (!word)
        return CELL_NONE;
    buf_puts(out, word);
    return CELL_TEXT;
}

static enum cell put_bool(struct buf *out, bool is_set)
{
    buf_puts(out, is_set ? "true" : "false");
    return CELL_PLAIN;
}

/* 3 * 0.1 is 0.30000000000000004 as a double, but the layout means 0.3: prints
 * as many decimals as the scale has. False if they are too many, or more than a
 * double of this size holds. */
static bool put_scaled(struct buf *out, const struct field *field,
                       double number)
{
    int decimals = value_decimals(field);
    if (decimals < 0 || fabs(number) * pow(10, decimals) >= 0x1p52)
        return false;
    double_put_trimmed(out, number, decimals);
    return true;
}

enum cell cell_put_number(struct buf *out, const struct field *field,
                          double number)
{
    if (!isfinite(number))
        return CELL_NONE;
    bool scaled = field->attr->scaled;
    bool stored_real = field->kind == KIND_FLOAT;
    if (stored_real && !scaled && field->size == 4)
        double_put_shortest_f32(out, (float)number);
    else if (stored_real || !scaled || !put_scaled(out, field, number))
        double_put_shortest(out, number);
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
        double_put_shortest_f32(out, (float)value->real);
    else
        double_put_shortest(out, value->real);
    return CELL_PLAIN;
}

static enum cell put_bytes(struct buf *out, const struct field *field,
                           const struct value *value)
{
    if (field->kind == KIND_BYTES)
        hex_put_bytes(out, value->bytes, field->size, '\0');
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
            return CELL_FLAGS;
        const char *label = value_enum_label(field, value);
        if (label)
            return put_word(out, label);
    }
    if (field->kind == KIND_BOOL)
        return put_bool(out, value->u);
    if (field->attr->scaled)
        return cell_put_number(out, field, value_number(field, value));
    return put_stored_number(out, field, value);
}

enum cell cell_put(struct buf *out, const struct field *field,
                   const struct value *value, bool raw)
{
    CHECK(value->type != VALUE_BYTES || value->bytes);
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
    hex_put_bytes(out, value->bytes, field->size, '\0');
    return CELL_TEXT;
}

static uint64_t flag_bits(const struct field *field, const struct value *value)
{
    struct field copy;
    field = value_field(field, value, &copy);
    return value->u & UINT64_MAX >> (64 - field_bits(field));
}

static void put_flag_names(struct buf *out, const struct cell_format *format,
                           const struct field *field, const struct value *value)
{
    uint64_t bits = flag_bits(field, value);
    size_t start = out->len;
    buf_puts(out, format->flags_open);
    size_t first = out->len;
    size_t name = first;
    while (label_set_put_flag(out, field->attr->labels, &bits)) {
        if (format->quote_each_flag)
            format->quote(out, name);
        buf_putc(out, format->flags_between);
        name = out->len;
    }
    if (out->len > first)
        buf_truncate(out, out->len - 1);
    buf_puts(out, format->flags_close);
    if (!format->quote_each_flag)
        format->quote(out, start);
}

static void finish(struct buf *out, const struct cell_format *format,
                   size_t start, enum cell cell)
{
    if (cell == CELL_NONE)
        buf_puts(out, format->missing);
    else if (cell == CELL_TEXT)
        format->quote(out, start);
}

/* The value as the plan wants it: none if it is held and those are empty. */
static const struct value *planned_value(const struct output_plan *plan,
                                         const struct sample *sample,
                                         size_t index)
{
    static const struct value none = {.type = VALUE_NONE};
    bool held = sample->trends[index].flags & TREND_HELD;
    return held && plan->empty_held ? &none : &sample->values[index];
}

void cell_put_value(struct buf *out, const struct cell_format *format,
                    const struct output_plan *plan, const struct sample *sample,
                    size_t index)
{
    CHECK(index < plan->layout->field_count);
    const struct field *field = &plan->layout->fields[index];
    const struct value *value = planned_value(plan, sample, index);
    size_t start = out->len;
    enum cell cell = cell_put(out, field, value, plan->raw);
    if (cell == CELL_FLAGS)
        put_flag_names(out, format, field, value);
    else
        finish(out, format, start, cell);
}

/* --- details ------------------------------------------------------------ */

enum detail {
    DETAIL_RAW,
    DETAIL_UNIT,
    DETAIL_RATE,
    DETAIL_AGE,
    DETAIL_CHANGED,
    DETAIL_HELD,
    DETAIL_MIN,
    DETAIL_MAX,
    DETAIL_STALE,
    DETAIL_ALARM,
};

const char *const cell_details[] = {
    [DETAIL_RAW] = "raw",
    [DETAIL_UNIT] = "unit",
    [DETAIL_RATE] = "rate",
    [DETAIL_AGE] = "age",
    [DETAIL_CHANGED] = "changed",
    [DETAIL_HELD] = "held",
    [DETAIL_MIN] = "min",
    [DETAIL_MAX] = "max",
    [DETAIL_STALE] = "stale",
    [DETAIL_ALARM] = "alarm",
    NULL,
};

const char *const cell_alarms[] = {
    [ALARM_NONE] = NULL,
    [ALARM_WARN] = "warn",
    [ALARM_CRIT] = "crit",
};

static enum cell put_rate(struct buf *out, double rate)
{
    if (!isfinite(rate))
        return CELL_NONE;
    double_put_shortest(out, rate);
    return CELL_PLAIN;
}

static enum cell put_age(struct buf *out, const struct sample *sample,
                         size_t index)
{
    if (sample->values[index].type == VALUE_NONE)
        return CELL_NONE;
    int64_t age_ns = sample_since(sample, sample->trends[index].changed_ns);
    double_put_trimmed(out, (double)age_ns / 1e9, 9);
    return CELL_PLAIN;
}

static enum cell put_detail(struct buf *out, enum detail detail,
                            const struct output_plan *plan,
                            const struct sample *sample, size_t index)
{
    const struct field *field = &plan->layout->fields[index];
    const struct trend *trend = &sample->trends[index];
    switch (detail) {
    case DETAIL_RAW:
        return cell_put(out, field, planned_value(plan, sample, index), true);
    case DETAIL_UNIT:
        return put_word(out, field->attr->unit);
    case DETAIL_RATE:
        return put_rate(out, trend_rate(trend));
    case DETAIL_AGE:
        return put_age(out, sample, index);
    case DETAIL_CHANGED:
        return put_bool(out, trend->flags & TREND_CHANGED);
    case DETAIL_HELD:
        return put_bool(out, trend->flags & TREND_HELD);
    case DETAIL_MIN:
        return cell_put_number(out, field, trend->min);
    case DETAIL_MAX:
        return cell_put_number(out, field, trend->max);
    case DETAIL_STALE:
        return put_bool(out, trend->flags & TREND_RESTING);
    case DETAIL_ALARM:
        return put_word(out, cell_alarms[trend->alarm]);
    }
    return CELL_NONE;
}

void cell_put_details(struct buf *out, const struct cell_format *format,
                      const struct output_plan *plan,
                      const struct sample *sample, size_t index)
{
    CHECK(index < plan->layout->field_count);
    for (int i = 0; cell_details[i]; i++) {
        format->begin_detail(out, cell_details[i]);
        size_t start = out->len;
        finish(out, format, start,
               put_detail(out, (enum detail)i, plan, sample, index));
    }
}
