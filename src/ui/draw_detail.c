/* SPDX-License-Identifier: MIT */
/* The detail pane: everything about the cursor's field, as items that flow
 * into the pane's lines. Only the words of the documentation are split. */
#include <string.h>

#include "base/double_text.h"
#include "base/hex.h"
#include "base/text.h"
#include "draw/numbers.h"
#include "layout/field.h"
#include "layout/limits.h"
#include "layout/value_text.h"
#include "layout/words.h"
#include "sampler/alarm.h"
#include "ui/field_text.h"

#define BYTES_MOST 16 /* stored bytes that are shown */

struct flow {
    const struct drawing *d;
    const struct field *field; /* the cursor's */
    uint32_t index;
    struct area area;
    int row, column; /* where the next item goes */
    size_t name_len; /* of the item in fit->text; it needs more than that */
};

/* Begins an item; append to the buffer and call flow_item. */
static struct buf *begin(struct flow *flow, const char *name)
{
    struct buf *text = &flow->d->fit->text;
    buf_clear(text);
    buf_puts(text, name);
    flow->name_len = text->len;
    return text;
}

/* Places the item that was begun, `gap` blanks after the last one, on the next
 * line if it does not fit. An item that is only a name is dropped. */
static void flow_item(struct flow *flow, int gap, uint32_t style)
{
    const struct buf *text = &flow->d->fit->text;
    int total = flow->d->canvas.grid->columns;
    if (text->len == flow->name_len)
        return;
    size_t width = text_columns(text->data, text->len);
    int at = flow->column + (flow->column ? gap : 0);
    if (flow->column && width > (size_t)(total > at ? total - at : 0)) {
        flow->row++;
        at = 0;
    }
    if (flow->row < flow->area.rows)
        flow->column =
            at + draw_text(&flow->d->canvas, flow->area.row + flow->row, at,
                           total - at, ALIGN_LEFT, text->data, text->len,
                           style);
}

static void flow_shown(struct flow *flow, const char *name, enum show show)
{
    value_put_text(begin(flow, name), flow->field,
                   &flow->d->sample->values[flow->index], show, false);
    flow_item(flow, 2, STYLE_PLAIN);
}

static void flow_period(struct flow *flow, const char *name, int64_t period_ns)
{
    struct buf *text = begin(flow, name);
    if (period_ns > 0)
        draw_put_period(text, period_ns);
    flow_item(flow, 2, STYLE_PLAIN);
}

static void flow_number(struct flow *flow, const char *name, double number)
{
    draw_put_number(begin(flow, name), flow->field, number);
    flow_item(flow, 2, STYLE_PLAIN);
}

static void flow_limit(struct flow *flow, const char *name,
                       const struct limit *limit)
{
    limit_put(begin(flow, name), limit, flow->field);
    flow_item(flow, 2, STYLE_PLAIN);
}

/* Without leading zeros, which the bytes show. */
static void flow_hex(struct flow *flow)
{
    const struct field *field = flow->field;
    const struct value *value = &flow->d->sample->values[flow->index];
    struct buf *text = begin(flow, "hex ");
    if (value->type != VALUE_NONE) {
        buf_puts(text, "0x");
        buf_put_hex(text, value->u & UINT64_MAX >> (64 - field_bits(field)), 1);
    }
    flow_item(flow, 2, STYLE_PLAIN);
}

static void flow_bytes(struct flow *flow)
{
    const uint8_t *bytes = sampler_field_bytes(flow->d->sampler, flow->index);
    uint32_t size = flow->field->size;
    struct buf *text = begin(flow, "bytes ");
    if (bytes)
        hex_put_bytes(text, bytes, size < BYTES_MOST ? size : BYTES_MOST, ' ');
    if (bytes && size > BYTES_MOST)
        buf_printf(text, " +%u", size - BYTES_MOST);
    flow_item(flow, 2, STYLE_PLAIN);
}

static void flow_expression(struct flow *flow)
{
    const struct layout *layout = flow->d->layout;
    struct buf *text = begin(flow, "expr ");
    for (size_t i = 0; i < layout->expression_count; i++) {
        const struct expression *one = &layout->expressions[i];
        if (one->use == EXPRESSION_COMPUTED && one->target == flow->index)
            draw_put_clean(text, one->text);
    }
    flow_item(flow, 2, STYLE_PLAIN);
}

static void flow_place(struct flow *flow)
{
    uint64_t at;
    draw_put_clean(begin(flow, ""), flow->field->path);
    flow_item(flow, 2, STYLE_BOLD);
    struct buf *text = begin(flow, "");
    field_put_type_order(text, flow->field);
    if (sampler_field_place(flow->d->sampler, flow->index, &at)) {
        buf_puts(text, " @0x");
        buf_put_hex(text, at, 4);
    }
    flow_item(flow, 2, STYLE_PLAIN);
    if (flow->field->kind == KIND_COMPUTED)
        flow_expression(flow);
}

static void flow_value(struct flow *flow)
{
    const struct field *field = flow->field;
    const struct trend *trend = &flow->d->sample->trends[flow->index];
    bool integer = field->kind == KIND_INT || field->kind == KIND_UINT;
    if (integer) {
        flow_shown(flow, "dec ", SHOW_DEC);
        flow_hex(flow);
    }
    /* Labels, scaled numbers, and texts that the table may have cut. */
    if (!integer || field->attr->labels || field->attr->scaled)
        flow_shown(flow, "= ", SHOW_DEFAULT);
    if (field->kind != KIND_COMPUTED)
        flow_bytes(flow);
    if (field->attr->role == ROLE_GAUGE) {
        flow_number(flow, "min ", trend->min);
        flow_number(flow, "max ", trend->max);
    }
}

static void flow_words(struct flow *flow, const char *words)
{
    for (int gap = 2; words && *words; gap = 1) {
        size_t len = strcspn(words, " ");
        text_clean(begin(flow, ""), words, len);
        flow_item(flow, gap, STYLE_DIM);
        words += len;
        words += strspn(words, " ");
    }
}

/* The alarm if there is one, and the limits. */
static void flow_alarm(struct flow *flow)
{
    const struct attributes *attr = flow->field->attr;
    const struct alarm *alarm = sample_alarm(flow->d->sample, flow->index);
    struct buf *text = begin(flow, "");
    if (alarm && alarm->level != ALARM_NONE) {
        buf_puts(text, alarm->level == ALARM_CRIT ? "!! critical for "
                                                  : "! alarming for ");
        draw_put_age(text, flow->d->sample->mono_ns - alarm->since_ns);
        flow_item(flow, 2, STYLE_BOLD | draw_alarm_style(alarm->level));
    }
    flow_limit(flow, "warn ", &attr->warn);
    flow_limit(flow, "crit ", &attr->crit);
    text = begin(flow, "hyst ");
    if (attr->hyst > 0)
        double_put_shortest(text, attr->hyst);
    flow_item(flow, 2, STYLE_PLAIN);
    flow_period(flow, "for ", attr->for_ns);
    flow_period(flow, "stale ", attr->stale_ns);
}

/* Whether the field is read in one access, for the producer's ABI if that
 * matters. */
static void flow_atomic(struct flow *flow)
{
    static const char *const words[] = {
        [ATOMIC_NO] = ", not atomic",
        [ATOMIC_YES] = ", atomic",
        [ATOMIC_IF_64BIT] = ", atomic if its producer is 64-bit",
    };
    const struct field *field = flow->field;
    enum abi abi = flow->d->layout->mappings[field->mapping].abi;
    struct buf *text = begin(flow, "");
    if (field->kind == KIND_COMPUTED)
        return;
    buf_puts(text, field_is_aligned(field) ? "aligned" : "misaligned");
    if (field->kind <= KIND_BOOL) {
        buf_puts(text, words[field_atomic(field, abi)]);
        if (field_atomic(field, ABI_UNKNOWN) == ATOMIC_IF_64BIT &&
            abi != ABI_UNKNOWN)
            buf_printf(text, " for %s", word_of(abi_words, (int)abi));
    }
    flow_item(flow, 2, STYLE_PLAIN);
}

/* How consistent the frames of the field's mapping are; nothing if the layout
 * declares no method for it. */
static void flow_whole(struct flow *flow)
{
    const struct sample *sample = flow->d->sample;
    if (!sample->number || !sample->consistency)
        return;
    const struct consistency_result *whole =
        &sample->consistency[flow->field->mapping];
    if (whole->method == SNAPSHOT_NONE)
        return;
    const char *word = word_of(snapshot_words, (int)whole->method);
    struct buf *text = begin(flow, "");
    if (whole->verdict == VERDICT_TORN)
        buf_printf(text, "torn (%s), held", word);
    else if (whole->verdict != VERDICT_WHOLE)
        buf_printf(text, "not judged (%s)", word);
    else if (whole->method == SNAPSHOT_STABLE)
        buf_puts(text, "stable: read twice alike");
    else
        buf_printf(text, "whole by %s", word);
    buf_printf(text, ", %llu retries, %llu given up of %llu",
               (unsigned long long)whole->retries,
               (unsigned long long)whole->given_up,
               (unsigned long long)whole->frames);
    flow_item(flow, 2, STYLE_PLAIN);
}

void draw_detail(const struct drawing *d, struct area area)
{
    const struct view *view = d->view;
    if (!view->row_count)
        return;
    uint32_t index = view->rows[view->cursor];
    CHECK(index < d->layout->field_count);
    struct flow flow = {
        .d = d,
        .field = &d->layout->fields[index],
        .index = index,
        .area = area,
    };
    flow_place(&flow);
    if (d->sample->number)
        flow_value(&flow);
    flow_alarm(&flow);
    flow_atomic(&flow);
    flow_whole(&flow);
    flow_words(&flow, flow.field->attr->doc);
}
