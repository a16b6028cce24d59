/* SPDX-License-Identifier: MIT */
/* The detail pane: what the table does not say about the cursor's field, as
 * items that flow into the pane's lines, then its trend. Only the words of the
 * documentation are split. Headings are detail_heading.c. */
#include "panes/detail.h"

#include <string.h>

#include "base/double_text.h"
#include "base/hex.h"
#include "base/text.h"
#include "draw/numbers.h"
#include "layout/field.h"
#include "layout/limits.h"
#include "layout/value_text.h"
#include "layout/words.h"
#include "panes/field_text.h"
#include "panes/plot_data.h"
#include "panes/table.h"
#include "sampler/alarm.h"
#include "view/row_text.h"
#include "view/rows.h"

#define BYTES_MOST 16       /* stored bytes that are shown */
#define CHART_MOST 12       /* rows of the trend */
#define FEW_ROWS 4          /* facts share lines */
#define LATEST_ROWS_LEAST 4 /* rows that must be left for what changed last */

struct buf *flow_begin(struct flow *flow, const char *name)
{
    struct buf *text = &flow->d->fit->text;
    buf_clear(text);
    buf_puts(text, name);
    flow->name_len = text->len;
    return text;
}

void flow_item(struct flow *flow, int gap, uint32_t style)
{
    const struct buf *text = &flow->d->fit->text;
    const struct area *area = &flow->area;
    if (text->len == flow->name_len)
        return;
    size_t width = text_columns(text->data, text->len);
    int at = flow->column + (flow->column > 1 ? gap : 0);
    int room = area->columns - at;
    if (flow->column > 1 && width > (size_t)(room > 0 ? room : 0)) {
        flow->row++;
        at = 1;
        room = area->columns - 1;
    }
    if (flow->row < area->rows)
        flow->column = at + draw_text(&flow->d->canvas, area->row + flow->row,
                                      area->column + at, room, ALIGN_LEFT,
                                      text->data, text->len, style);
}

void flow_line(struct flow *flow)
{
    if (flow->column > 1)
        flow->row++;
    flow->column = 1;
}

void flow_words(struct flow *flow, const char *words, uint32_t style)
{
    struct buf plain = {0};
    buf_puts(&plain, "");
    draw_put_plain(&plain, &flow->d->canvas, words);
    const char *at = plain.data;
    for (int gap = 2; *at; gap = 1) {
        size_t len = strcspn(at, " ");
        buf_add(flow_begin(flow, ""), at, len);
        flow_item(flow, gap, style);
        at += len;
        at += strspn(at, " ");
    }
    buf_free(&plain);
}

static const struct field *flow_field(const struct flow *flow)
{
    return leaf_field(flow->d->view, flow->leaf);
}

static void flow_period(struct flow *flow, const char *name, int64_t period_ns)
{
    struct buf *text = flow_begin(flow, name);
    if (period_ns > 0)
        draw_put_period(text, period_ns);
    flow_item(flow, 2, STYLE_PLAIN);
}

static void flow_number(struct flow *flow, const char *name, double number)
{
    draw_put_number(flow_begin(flow, name), flow_field(flow), number);
    flow_item(flow, 2, STYLE_PLAIN);
}

static void flow_bytes(struct flow *flow)
{
    const struct view *view = flow->d->view;
    const uint8_t *bytes =
        sampler_field_bytes(leaf_target(view, flow->leaf)->sampler,
                            view->tree.leaves[flow->leaf].field);
    uint32_t size = flow_field(flow)->size;
    struct buf *text = flow_begin(flow, "");
    if (bytes)
        hex_put_bytes(text, bytes, size < BYTES_MOST ? size : BYTES_MOST, ' ');
    if (bytes && size > BYTES_MOST)
        buf_printf(text, " +%u", size - BYTES_MOST);
    /* Plain, because a change of style costs more bytes than they. */
    flow_item(flow, 2, STYLE_PLAIN);
}

static void flow_expression(struct flow *flow)
{
    const struct view *view = flow->d->view;
    const struct layout *layout = leaf_target(view, flow->leaf)->layout;
    struct buf *text = flow_begin(flow, "expr ");
    for (size_t i = 0; i < layout->expression_count; i++) {
        const struct expression *one = &layout->expressions[i];
        if (one->use == EXPRESSION_COMPUTED &&
            one->target == view->tree.leaves[flow->leaf].field)
            draw_put_plain(text, &flow->d->canvas, one->text);
    }
    flow_item(flow, 2, STYLE_PLAIN);
}

static void flow_place(struct flow *flow)
{
    const struct view *view = flow->d->view;
    const struct field *field = flow_field(flow);
    uint64_t at;
    draw_put_label(flow_begin(flow, ""), flow->d, flow->leaf);
    flow_item(flow, 2, STYLE_BOLD);
    struct buf *label = flow->d->canvas.shorter;
    buf_clear(label);
    leaf_put_label(label, view, flow->leaf);
    struct buf *text = flow_begin(flow, "");
    if (strcmp(label->data, field->path) != 0)
        draw_put_plain(text, &flow->d->canvas, field->path);
    flow_item(flow, 2, STYLE_PLAIN);
    text = flow_begin(flow, "");
    field_put_type_order(text, field);
    if (sampler_field_place(leaf_target(view, flow->leaf)->sampler,
                            view->tree.leaves[flow->leaf].field, &at)) {
        buf_puts(text, " @0x");
        buf_put_hex(text, at, 4);
    }
    flow_item(flow, 2, STYLE_DIM);
    if (field->kind == KIND_COMPUTED)
        flow_expression(flow);
}

/* The whole value if the table had to cut it, on as many lines as it needs. */
static void flow_value(struct flow *flow)
{
    const struct drawing *d = flow->d;
    struct buf *value = &d->fit->plain;
    buf_clear(value);
    buf_puts(value, "= ");
    draw_put_value(value, d, flow->leaf, true);
    size_t columns = text_columns(value->data, value->len) - 2;
    if (columns <= (size_t)d->fit->columns.of[COLUMN_VALUE].width &&
        view_table_of_cursor(d->view) == HEADING_NONE)
        return;
    for (size_t at = 0; at < value->len && flow->area.columns > 2;) {
        size_t fit = text_fit(value->data + at, value->len - at,
                              (size_t)flow->area.columns - 2);
        if (fit == 0)
            return;
        buf_add(flow_begin(flow, ""), value->data + at, fit);
        flow_item(flow, 2, STYLE_BOLD);
        at += fit;
    }
}

static void flow_statistics(struct flow *flow)
{
    const struct view *view = flow->d->view;
    const struct field *field = flow_field(flow);
    const struct trend *trend = leaf_trend(view, flow->leaf);
    const struct sampler *sampler = leaf_target(view, flow->leaf)->sampler;
    if (field->attr->role == ROLE_GAUGE) {
        flow_number(flow, "min ", trend->min);
        flow_number(
            flow, "avg ",
            sampler_average(sampler, view->tree.leaves[flow->leaf].field));
        flow_number(flow, "max ", trend->max);
    }
    if (field->kind != KIND_COMPUTED)
        flow_bytes(flow);
}

/* Once the user has set a baseline: also where the table has no columns for it.
 */
static void flow_baseline(struct flow *flow)
{
    const struct view *view = flow->d->view;
    const struct field *field = flow_field(flow);
    const struct value *value = leaf_value(view, flow->leaf);
    struct value baseline;
    if (!view->has_baseline || value->type == VALUE_NONE ||
        !leaf_baseline(view, flow->leaf, &baseline))
        return;
    struct buf *text = flow_begin(flow, "baseline ");
    struct buf *shown = flow->d->canvas.shorter;
    buf_clear(shown);
    buf_puts(shown, "");
    value_put_text(shown, field, &baseline,
                   (enum show)view->tree.leaves[flow->leaf].base, true);
    draw_put_plain(text, &flow->d->canvas, shown->data);
    flow_item(flow, 2, STYLE_PLAIN);
    value_put_difference(flow_begin(flow, "difference "), field, &baseline,
                         value);
    flow_item(flow, 2, STYLE_PLAIN);
}

static void flow_limit(struct flow *flow, const char *name,
                       const struct limit *limit)
{
    limit_put(flow_begin(flow, name), limit, flow_field(flow));
    flow_item(flow, 2, STYLE_PLAIN);
}

static void flow_limits(struct flow *flow)
{
    const struct attributes *attr = flow_field(flow)->attr;
    flow_limit(flow, "warn ", &attr->warn);
    flow_limit(flow, "crit ", &attr->crit);
    struct buf *text = flow_begin(flow, "hyst ");
    if (attr->hyst > 0)
        double_put_shortest(text, attr->hyst);
    flow_item(flow, 2, STYLE_PLAIN);
    flow_period(flow, "for ", attr->for_ns);
    flow_period(flow, "stale ", attr->stale_ns);
}

static void flow_writable(struct flow *flow)
{
    const struct attributes *attr = flow_field(flow)->attr;
    struct buf *text = flow_begin(flow, "");
    if (attr->writable != WRITABLE_NO)
        buf_puts(text, "writable");
    if (attr->writable == WRITABLE_RANGE) {
        buf_putc(text, ' ');
        double_put_shortest(text, attr->write_low);
        buf_puts(text, "..");
        double_put_shortest(text, attr->write_high);
    }
    flow_item(flow, 2, STYLE_PLAIN);
}

/* After the limits, which say what it is about. */
static void flow_alarm(struct flow *flow)
{
    const struct view *view = flow->d->view;
    const struct sample *sample = leaf_target(view, flow->leaf)->sample;
    const struct alarm *alarm =
        sample_alarm(sample, view->tree.leaves[flow->leaf].field);
    if (!alarm || alarm->level == ALARM_NONE)
        return;
    struct buf *text = flow_begin(flow, "");
    buf_puts(text, alarm->level == ALARM_CRIT ? "!! critical for "
                                              : "! alarmed for ");
    draw_put_age(text, sample_since(sample, alarm->since_ns));
    flow_item(flow, 2, STYLE_BOLD | draw_alarm_style(alarm->level));
}

/* Only what is unusual: a field that can be read torn. */
static void flow_atomic(struct flow *flow)
{
    const struct view *view = flow->d->view;
    const struct field *field = flow_field(flow);
    const struct layout *layout = leaf_target(view, flow->leaf)->layout;
    enum abi abi = layout->mappings[field->mapping].abi;
    struct buf *text = flow_begin(flow, "");
    if (field->kind == KIND_COMPUTED)
        return;
    if (!field_is_aligned(field))
        buf_puts(text, "misaligned");
    if (field->kind <= KIND_BOOL && field_atomic(field, abi) == ATOMIC_NO)
        buf_puts(text, text->len ? ", not atomic" : "not atomic");
    flow_item(flow, 2, STYLE_WARN);
}

/* Why the value is not live, or how consistent its frames are. */
static void flow_whole(struct flow *flow)
{
    const struct view *view = flow->d->view;
    const struct sample *sample = leaf_target(view, flow->leaf)->sample;
    const struct trend *trend = leaf_trend(view, flow->leaf);
    if (!sample->consistency)
        return;
    const struct consistency_result *whole =
        &sample->consistency[flow_field(flow)->mapping];
    struct buf *text = flow_begin(flow, "");
    if (whole->method != SNAPSHOT_NONE) {
        const char *word = word_of(snapshot_words, (int)whole->method);
        if (whole->verdict == VERDICT_TORN)
            buf_printf(text, "~ held: torn (%s)", word);
        else if (whole->verdict != VERDICT_WHOLE)
            buf_printf(text, "nothing to check yet (%s)", word);
        else if (flow->area.rows <= FEW_ROWS && !whole->given_up)
            ; /* the first line of the screen has the word */
        else if (whole->method == SNAPSHOT_STABLE)
            buf_puts(text, "read twice alike");
        else
            buf_printf(text, "whole by %s", word);
        if (whole->given_up)
            buf_printf(text, ", %llu of %llu frames given up",
                       (unsigned long long)whole->given_up,
                       (unsigned long long)whole->frames);
    }
    flow_item(flow, 2, whole->verdict == VERDICT_TORN ? STYLE_WARN : STYLE_DIM);
    text = flow_begin(flow, "");
    if (trend->flags & TREND_MISPLACED)
        buf_puts(text, "? its place is impossible");
    else if (trend->flags & TREND_HELD && !(trend->flags & TREND_TORN))
        buf_puts(text, "? held: the last value that was read");
    if (trend->flags & TREND_RESTING)
        buf_printf(text, "%s has not changed for its stale time",
                   flow->d->canvas.ascii ? "-" : "\xe2\x80\x93");
    flow_item(flow, 2, STYLE_WARN);
}

/* How long the plot is, else what a cell of the trend stands for. */
static void flow_cell(struct flow *flow)
{
    const struct view *view = flow->d->view;
    const struct watched *target = leaf_target(view, flow->leaf);
    int64_t cell_ns = sampler_trend_cell(target->sampler);
    enum kind kind = flow_field(flow)->kind;
    if (kind > KIND_BOOL && kind != KIND_COMPUTED)
        return;
    if (!plot_problem(view, flow->leaf)) {
        draw_put_span(flow_begin(flow, "plot "), view->span_ns);
        flow_item(flow, 2, STYLE_DIM);
        return;
    }
    struct buf *text = flow_begin(flow, "trend ");
    draw_put_period(text, cell_ns ? cell_ns : target->period_ns);
    buf_puts(text, " a cell");
    flow_item(flow, 2, STYLE_DIM);
}

/* The trend in the rows that are left. */
static void flow_chart(struct flow *flow)
{
    const struct drawing *d = flow->d;
    const struct area *area = &flow->area;
    flow_line(flow);
    int rows = area->rows - flow->row;
    if (rows < 1 || area->columns < 24)
        return;
    if (rows > CHART_MOST)
        rows = CHART_MOST;
    struct area place = {area->row + flow->row, rows, area->column + 1,
                         area->columns - 2};
    int used = detail_put_plot(d, place, flow->leaf);
    if (!used && draw_chart(d, place, flow->leaf))
        used = rows;
    flow->row += used;
}

/* Each kind of fact has lines of its own if there is room, so that none moves
 * when another one changes. In few rows the plot needs the lines more. */
static void part(struct flow *flow)
{
    if (flow->area.rows > FEW_ROWS)
        flow_line(flow);
}

static void draw_leaf(struct flow *flow)
{
    const struct trend *trend = leaf_trend(flow->d->view, flow->leaf);
    flow_place(flow);
    if (trend)
        flow_value(flow);
    part(flow);
    if (trend)
        flow_statistics(flow);
    if (trend)
        flow_baseline(flow);
    flow_atomic(flow);
    if (trend)
        flow_cell(flow);
    if (trend)
        flow_whole(flow);
    part(flow);
    flow_limits(flow);
    flow_writable(flow);
    if (trend)
        flow_alarm(flow);
    if (flow->area.column > 0 || flow->area.rows <= FEW_ROWS)
        flow_line(flow);
    flow_words(flow, flow_field(flow)->attr->doc, STYLE_DIM);
    if (trend)
        flow_chart(flow);
}

void draw_detail(const struct drawing *d, struct area area)
{
    const struct view *view = d->view;
    if (!view->row_count)
        return;
    struct flow flow = {.d = d, .area = area, .column = 1};
    flow.leaf = view_cursor_leaf(view);
    if (flow.leaf != LEAF_NONE)
        draw_leaf(&flow);
    else
        detail_put_heading(&flow, view->rows[view->cursor].at);
    detail_put_alarms(&flow);
    flow_line(&flow);
    flow.row++;
    if (flow.leaf != LEAF_NONE && area.rows - flow.row >= LATEST_ROWS_LEAST)
        detail_put_latest(&flow, 0, (uint32_t)view->tree.leaf_count);
}
