/* SPDX-License-Identifier: MIT */
/* Turns field values into operands, in shown units.  A missing value stays
 * missing; missing elements of an array are left out. */
#include "expr/operand.h"

#include <math.h>
#include <string.h>

#include "expr/wide_int.h"
#include "layout/value_string.h"
#include "layout/value_text.h"

static void put_wide(struct lua_datum *out, struct wide a)
{
    bool narrow = a.negative || a.bits <= (uint64_t)INT64_MAX;
    out->kind = narrow ? DATUM_INT : DATUM_WIDE;
    out->i = (int64_t)a.bits;
    out->wide = a.bits;
}

static void put_real(struct lua_datum *out, double real)
{
    out->kind = DATUM_REAL;
    out->real = real;
}

static void put_text(const struct field *field, const struct value *value,
                     struct buf *text, struct lua_datum *out)
{
    if (field->kind == KIND_BYTES) {
        buf_add(text, value->bytes, field->size);
    } else if (field->kind == KIND_GUID) {
        value_put_guid(text, field, value);
    } else if (field->kind == KIND_COMPUTED) {
        const void *end = memchr(value->bytes, 0, COMPUTED_TEXT_MAX);
        buf_add(text, value->bytes,
                end ? (size_t)((const uint8_t *)end - value->bytes)
                    : COMPUTED_TEXT_MAX);
    } else {
        value_put_string(text, field, value);
    }
    out->kind = DATUM_TEXT;
    out->text = text->len > 0 ? text->data : "";
    out->len = text->len;
}

static void put_value(const struct field *field, const struct value *value,
                      struct buf *text, struct lua_datum *out)
{
    bool scaled = field->attr->scaled;
    switch (value->type) {
    case VALUE_NONE:
        break;
    case VALUE_BYTES:
        put_text(field, value, text, out);
        break;
    case VALUE_REAL:
        put_real(out, value_number(field, value));
        break;
    case VALUE_INT:
    case VALUE_UINT:
        if (scaled) {
            put_real(out, value_number(field, value));
        } else if (field->kind == KIND_BOOL) {
            out->kind = DATUM_TRUTH;
            out->i = value->u != 0;
        } else {
            put_wide(out, value->type == VALUE_INT ? wide_of_int(value->i)
                                                   : wide_of_uint(value->u));
        }
        break;
    }
}

/* An enum's label, or the printed value of another field. */
static void put_label(const struct field *field, const struct value *value,
                      struct buf *text, struct lua_datum *out)
{
    if (value->type == VALUE_NONE)
        return;
    const char *label = value_enum_label(field, value);
    if (label) {
        buf_puts(text, label);
    } else {
        struct field copy;
        value_put_text(text, value_field(field, value, &copy), value,
                       SHOW_DEFAULT, false);
    }
    out->kind = DATUM_TEXT;
    out->text = text->len > 0 ? text->data : "";
    out->len = text->len;
}

/* --- all elements of an array ------------------------------------------- */

static bool is_whole(const struct lua_datum *a)
{
    return a->kind == DATUM_INT || a->kind == DATUM_WIDE ||
           a->kind == DATUM_TRUTH;
}

static struct wide wide_of(const struct lua_datum *a)
{
    return a->kind == DATUM_WIDE ? wide_of_uint(a->wide) : wide_of_int(a->i);
}

static double real_of(const struct lua_datum *a)
{
    return is_whole(a) ? wide_real(wide_of(a)) : a->real;
}

static int order_of(const struct lua_datum *a, const struct lua_datum *b)
{
    if (is_whole(a) && is_whole(b))
        return wide_compare(wide_of(a), wide_of(b));
    double x = real_of(a);
    double y = real_of(b);
    return (x > y) - (x < y);
}

static void add(struct lua_datum *sum, const struct lua_datum *one)
{
    if (is_whole(sum) && is_whole(one)) {
        struct wide total = {0};
        wide_compute(WIDE_ADD, wide_of(sum), wide_of(one), &total);
        put_wide(sum, total);
    } else {
        put_real(sum, real_of(sum) + real_of(one));
    }
}

static bool is_match(const struct field *field, const struct value *value,
                     const struct value *match)
{
    if (match->type == VALUE_BYTES) {
        const char *label = value_enum_label(field, value);
        return label && strcmp(label, (const char *)match->bytes) == 0;
    }
    struct lua_datum a = {0};
    struct lua_datum b = {0};
    struct buf text = {0};
    put_value(field, value, &text, &a);
    buf_free(&text);
    if (match->type == VALUE_REAL) {
        put_real(&b, match->real);
    } else {
        put_wide(&b, match->type == VALUE_INT ? wide_of_int(match->i)
                                              : wide_of_uint(match->u));
    }
    bool number = is_whole(&a) || (a.kind == DATUM_REAL && !isnan(a.real));
    return number && order_of(&a, &b) == 0;
}

/* Adds one element to the result so far, `out`. */
static void accumulate(const struct expr_operand *operand,
                       const struct lua_datum *one, struct lua_datum *out)
{
    bool first = out->kind == DATUM_NONE;
    switch (operand->ask) {
    case EXPR_ALL_MIN:
        if (first || order_of(one, out) < 0)
            *out = *one;
        break;
    case EXPR_ALL_MAX:
        if (first || order_of(one, out) > 0)
            *out = *one;
        break;
    default:
        if (first)
            *out = *one;
        else
            add(out, one);
        break;
    }
}

static const struct value *look(const struct expr_inputs *inputs, size_t field)
{
    return inputs->look ? inputs->look(inputs->user, (uint32_t)field)
                        : &inputs->values[field];
}

static void put_all(const struct layout *layout,
                    const struct expr_operand *operand,
                    const struct expr_inputs *inputs, struct lua_datum *out)
{
    int64_t count = 0;
    for (uint32_t i = 0; i < operand->count; i++) {
        size_t index = operand->first + (size_t)i * operand->step;
        const struct field *field = &layout->fields[index];
        const struct value *value = look(inputs, index);
        struct lua_datum one = {0};
        if (value->type == VALUE_NONE ||
            (operand->matches && !is_match(field, value, &operand->match)))
            continue;
        count++;
        if (operand->ask == EXPR_ALL_COUNT)
            continue;
        put_value(field, value, NULL, &one);
        if (one.kind == DATUM_TRUTH)
            put_wide(&one, wide_of(&one));
        accumulate(operand, &one, out);
    }
    if (operand->ask == EXPR_ALL_COUNT)
        put_wide(out, wide_of_int(count));
    else if (operand->ask == EXPR_ALL_AVG && count > 0)
        put_real(out, real_of(out) / (double)count);
}

void operand_read(const struct layout *layout,
                  const struct expr_operand *operand,
                  const struct expr_inputs *inputs, struct buf *text,
                  struct lua_datum *out)
{
    const struct field *field = &layout->fields[operand->first];
    struct value answer = {.type = VALUE_NONE};
    CHECK(operand->first < layout->field_count && operand->count > 0);
    CHECK(inputs->values || inputs->look);
    *out = (struct lua_datum){0};
    buf_clear(text);
    switch (operand->ask) {
    case EXPR_VALUE:
        put_value(field, look(inputs, operand->first), text, out);
        break;
    case EXPR_LABEL:
        put_label(field, look(inputs, operand->first), text, out);
        break;
    case EXPR_RATE:
    case EXPR_DELTA:
    case EXPR_AVG:
    case EXPR_MIN:
    case EXPR_MAX:
    case EXPR_AGE:
        CHECK(inputs->answer);
        inputs->answer(inputs->user, operand, &answer);
        if (answer.type == VALUE_REAL)
            put_real(out, answer.real);
        else if (answer.type == VALUE_INT)
            put_wide(out, wide_of_int(answer.i));
        else if (answer.type == VALUE_UINT)
            put_wide(out, wide_of_uint(answer.u));
        break;
    default:
        put_all(layout, operand, inputs, out);
        break;
    }
}
