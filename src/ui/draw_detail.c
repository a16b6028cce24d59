/* SPDX-License-Identifier: MIT */
/*
 * The detail pane: everything about the cursor's field, as items that flow
 * into the pane's lines.  Invariant: an item is never split, but for the words
 * of the documentation.
 */
#include <string.h>

#include "base/text.h"
#include "check/check.h"
#include "layout/limits.h"
#include "layout/words.h"
#include "loader/snapshot_keys.h"
#include "sampler/alarm.h"
#include "ui/draw_numbers.h"
#include "ui/draw_text.h"

#define BYTES_MOST 16 /* stored bytes that are shown */

struct flow {
    const struct drawing *d;
    struct area area;
    int row, column;
};

/* Places the text in fit->text as one item, `gap` blanks behind the last
 * one, and empties it. */
static void flow_item(struct flow *flow, int gap, uint32_t style)
{
    struct buf *text = &flow->d->fit->text;
    int total = flow->d->grid->columns;
    if (!text->len)
        return;
    size_t width = text_columns(text->data, text->len);
    int at = flow->column + (flow->column ? gap : 0);
    if (flow->column && width > (size_t)(total > at ? total - at : 0)) {
        flow->row++;
        at = 0;
    }
    if (flow->row < flow->area.rows)
        flow->column =
            at + draw_text(flow->d, flow->area.row + flow->row, at, total - at,
                           ALIGN_LEFT, text->data, text->len, style);
    buf_clear(text);
}

static void flow_named(struct flow *flow, const char *name,
                       void (*put)(struct buf *, const struct flow *,
                                   uint32_t field),
                       uint32_t field)
{
    struct buf *text = &flow->d->fit->text;
    buf_puts(text, name);
    size_t bare = text->len;
    put(text, flow, field);
    if (text->len == bare)
        buf_clear(text);
    flow_item(flow, 2, STYLE_PLAIN);
}

static void put_shown(struct buf *out, const struct flow *flow, uint32_t field,
                      enum show show)
{
    value_put_text(out, &flow->d->layout->fields[field],
                   &flow->d->sample->values[field], show, false);
}

static void put_dec(struct buf *out, const struct flow *flow, uint32_t field)
{
    put_shown(out, flow, field, SHOW_DEC);
}

/* Without the zeros in front, which the bytes show. */
static void put_hex(struct buf *out, const struct flow *flow, uint32_t index)
{
    const struct field *field = &flow->d->layout->fields[index];
    const struct value *value = &flow->d->sample->values[index];
    unsigned bits = field->width ? field->width : field->size * 8;
    if (value->type == VALUE_NONE)
        return;
    uint64_t pattern = value->type == VALUE_INT ? (uint64_t)value->i : value->u;
    if (bits < 64)
        pattern &= (UINT64_C(1) << bits) - 1;
    buf_puts(out, "0x");
    buf_put_hex(out, pattern, 1);
}

static void put_own(struct buf *out, const struct flow *flow, uint32_t field)
{
    put_shown(out, flow, field, SHOW_DEFAULT);
}

static void put_bytes(struct buf *out, const struct flow *flow, uint32_t field)
{
    const uint8_t *bytes = sampler_field_bytes(flow->d->sampler, field);
    uint32_t size = flow->d->layout->fields[field].size;
    for (uint32_t i = 0; bytes && i < size && i < BYTES_MOST; i++) {
        if (i)
            buf_putc(out, ' ');
        buf_put_hex(out, bytes[i], 2);
    }
    if (bytes && size > BYTES_MOST)
        buf_printf(out, " +%u", size - BYTES_MOST);
}

static void put_min(struct buf *out, const struct flow *flow, uint32_t field)
{
    draw_put_number(out, &flow->d->layout->fields[field],
                    flow->d->sample->trends[field].min);
}

static void put_max(struct buf *out, const struct flow *flow, uint32_t field)
{
    draw_put_number(out, &flow->d->layout->fields[field],
                    flow->d->sample->trends[field].max);
}

/* What a computed field is computed from. */
static void put_expression(struct buf *out, const struct flow *flow,
                           uint32_t field)
{
    const struct layout *layout = flow->d->layout;
    for (size_t i = 0; i < layout->expression_count; i++) {
        const struct expression *one = &layout->expressions[i];
        if (one->use == EXPRESSION_COMPUTED && one->target == field)
            draw_put_clean(out, one->text);
    }
}

static void flow_place(struct flow *flow, const struct field *field,
                       uint32_t index)
{
    struct buf *text = &flow->d->fit->text;
    uint64_t at;
    draw_put_clean(text, field->path);
    flow_item(flow, 2, STYLE_BOLD);
    field_put_type_order(text, field);
    if (field->kind == KIND_COMPUTED) {
        flow_item(flow, 2, STYLE_PLAIN);
        flow_named(flow, "expr ", put_expression, index);
        return;
    }
    if (sampler_field_place(flow->d->sampler, index, &at)) {
        buf_puts(text, " @0x");
        buf_put_hex(text, at, 4);
    }
    flow_item(flow, 2, STYLE_PLAIN);
}

static void flow_value(struct flow *flow, const struct field *field,
                       uint32_t index)
{
    if (field->kind == KIND_INT || field->kind == KIND_UINT) {
        flow_named(flow, "dec ", put_dec, index);
        flow_named(flow, "hex ", put_hex, index);
    }
    /* Labels, scaled numbers and texts that the table may have cut. */
    if ((field->kind != KIND_INT && field->kind != KIND_UINT) ||
        field->attr->labels || field->attr->scaled)
        flow_named(flow, "= ", put_own, index);
    flow_named(flow, "bytes ", put_bytes, index);
    if (field->attr->role == ROLE_GAUGE) {
        flow_named(flow, "min ", put_min, index);
        flow_named(flow, "max ", put_max, index);
    }
}

static void flow_words(struct flow *flow, const char *words)
{
    struct buf *text = &flow->d->fit->text;
    for (int gap = 2; words && *words; gap = 1) {
        size_t len = strcspn(words, " ");
        text_clean(text, words, len);
        flow_item(flow, gap, STYLE_DIM);
        words += len;
        words += strspn(words, " ");
    }
}

static void put_alarm(struct buf *out, const struct flow *flow, uint32_t field)
{
    const struct alarm *alarm = sample_alarm(flow->d->sample, field);
    if (!alarm || alarm->level == ALARM_NONE)
        return;
    buf_puts(out, alarm->level == ALARM_CRIT ? "!! critical for "
                                             : "! alarming for ");
    draw_put_age(out, flow->d->sample->mono_ns - alarm->since_ns);
}

static void put_warn(struct buf *out, const struct flow *flow, uint32_t index)
{
    const struct field *field = &flow->d->layout->fields[index];
    limit_put(out, &field->attr->warn, field);
}

static void put_crit(struct buf *out, const struct flow *flow, uint32_t index)
{
    const struct field *field = &flow->d->layout->fields[index];
    limit_put(out, &field->attr->crit, field);
}

static void put_hyst(struct buf *out, const struct flow *flow, uint32_t field)
{
    if (flow->d->layout->fields[field].attr->hyst > 0)
        buf_put_double(out, flow->d->layout->fields[field].attr->hyst);
}

static void put_for(struct buf *out, const struct flow *flow, uint32_t field)
{
    if (flow->d->layout->fields[field].attr->for_ns > 0)
        draw_put_period(out, flow->d->layout->fields[field].attr->for_ns);
}

static void put_stale(struct buf *out, const struct flow *flow, uint32_t field)
{
    if (flow->d->layout->fields[field].attr->stale_ns > 0)
        draw_put_period(out, flow->d->layout->fields[field].attr->stale_ns);
}

/* What is alarming of it, and whether it is. */
static void flow_alarm(struct flow *flow, uint32_t index)
{
    enum alarm_level level = flow->d->sample->number
                                 ? flow->d->sample->trends[index].alarm
                                 : ALARM_NONE;
    put_alarm(&flow->d->fit->text, flow, index);
    flow_item(flow, 2, STYLE_BOLD | draw_alarm_style(level));
    flow_named(flow, "warn ", put_warn, index);
    flow_named(flow, "crit ", put_crit, index);
    flow_named(flow, "hyst ", put_hyst, index);
    flow_named(flow, "for ", put_for, index);
    flow_named(flow, "stale ", put_stale, index);
}

/* Whether it is read whole, for the producer's ABI where that matters. */
static void put_atomic(struct buf *out, const struct layout *layout,
                       const struct field *field)
{
    enum abi abi = layout->mappings[field->mapping].abi;
    bool depends = field_atomic(field, ABI_UNKNOWN) == ATOMIC_IF_64BIT;
    buf_puts(out, field_is_aligned(field) ? "aligned" : "misaligned");
    if (field->kind > KIND_BOOL)
        return;
    switch (field_atomic(field, abi)) {
    case ATOMIC_NO:
        buf_puts(out, ", not atomic");
        break;
    case ATOMIC_YES:
        buf_puts(out, ", atomic");
        break;
    case ATOMIC_IF_64BIT:
        buf_puts(out, ", atomic if its producer is 64-bit");
        break;
    }
    if (depends && abi != ABI_UNKNOWN)
        buf_printf(out, " for %s", name_of(abi_names, (int)abi));
}

/* How whole the frames of the field's mapping are, and what it took; only a
 * declared method may call them anything. */
static void put_whole(struct buf *out, const struct sample *sample,
                      const struct field *field)
{
    if (!sample->number || !sample->wholeness)
        return;
    const struct wholeness *whole = &sample->wholeness[field->mapping];
    if (whole->method == SNAPSHOT_NONE)
        return;
    const char *word = name_of(snapshot_names, (int)whole->method);
    if (whole->verdict == VERDICT_TORN)
        buf_printf(out, "torn (%s), held", word);
    else if (whole->verdict != VERDICT_WHOLE)
        buf_printf(out, "not judged (%s)", word);
    else if (whole->method == SNAPSHOT_STABLE)
        buf_puts(out, "stable: read twice alike");
    else
        buf_printf(out, "whole by %s", word);
    buf_printf(out, ", %llu retries, %llu given up of %llu",
               (unsigned long long)whole->retries,
               (unsigned long long)whole->given_up,
               (unsigned long long)whole->frames);
}

void draw_detail(const struct drawing *d, struct area area)
{
    const struct view *view = d->view;
    struct flow flow = {.d = d, .area = area};
    buf_clear(&d->fit->text);
    if (!view->row_count)
        return;
    uint32_t index = view->rows[view->cursor];
    const struct field *field = &d->layout->fields[index];
    flow_place(&flow, field, index);
    if (d->sample->number)
        flow_value(&flow, field, index);
    flow_alarm(&flow, index);
    if (field->kind != KIND_COMPUTED)
        put_atomic(&d->fit->text, d->layout, field);
    flow_item(&flow, 2, STYLE_PLAIN);
    put_whole(&d->fit->text, d->sample, field);
    flow_item(&flow, 2, STYLE_PLAIN);
    flow_words(&flow, field->attr->doc);
}
