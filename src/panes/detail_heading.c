/* SPDX-License-Identifier: MIT */
/* The detail pane of a heading: what it covers, and what the members of its
 * array are doing; and the alarms below any detail. */
#include <string.h>

#include "base/text.h"
#include "draw/numbers.h"
#include "layout/limits.h"
#include "layout/words.h"
#include "panes/detail.h"
#include "panes/field_text.h"
#include "panes/table.h"
#include "sampler/alarm.h"
#include "view/row_text.h"
#include "view/rows.h"

#define ALARM_ROWS_LEAST 4 /* rows that must be left for alarms */
#define LATEST_AMONG 20000 /* fields that can be looked through each frame */
#define LATEST_MOST 16     /* fields that changed last */

static void put_shape(struct flow *flow, const struct heading *heading)
{
    const struct group *group = heading->group;
    struct buf *text = flow_begin(flow, "");
    if (group && group->shape) {
        if (heading->kind == HEADING_ARRAY)
            buf_printf(text, "array of %u structs %s", (unsigned)group->count,
                       group->shape->name);
        else
            buf_printf(text, "struct %s", group->shape->name);
        buf_puts(text, ", ");
        draw_put_size(text, group->shape->size);
        buf_puts(text, heading->kind == HEADING_ARRAY ? " each" : "");
    } else if (group) {
        buf_printf(text, "array of %u", (unsigned)group->count);
    } else {
        buf_printf(text, "%u field%s",
                   (unsigned)(heading->end - heading->first),
                   heading->end - heading->first == 1 ? "" : "s");
    }
    flow_item(flow, 2, STYLE_DIM);
}

static void put_target(struct flow *flow, const struct heading *heading)
{
    const struct watched *target = &flow->d->view->targets[heading->target];
    if (heading->kind > HEADING_MAPPING)
        return;
    draw_put_clean(flow_begin(flow, ""),
                   sampler_target(target->sampler, heading->mapping));
    flow_item(flow, 2, STYLE_PLAIN);
    flow_words(flow, target->layout->mappings[heading->mapping].doc, STYLE_DIM);
}

/* Keeps in `latest` the leaves that changed last, the latest first. */
static void note_latest(const struct view *view, uint32_t leaf,
                        uint32_t *latest, int *count)
{
    const struct trend *trend = leaf_trend(view, leaf);
    if (!trend || !trend_has_changed(trend) || !leaf_shown(view, leaf))
        return;
    int at = *count;
    while (at > 0 &&
           leaf_trend(view, latest[at - 1])->changed_ns < trend->changed_ns)
        at--;
    if (at == LATEST_MOST)
        return;
    if (*count < LATEST_MOST)
        (*count)++;
    for (int i = *count - 1; i > at; i--)
        latest[i] = latest[i - 1];
    latest[at] = leaf;
}

/* Labels come first, so the end is what a narrow pane can do without. */
static void cut_end(const struct flow *flow, struct buf *text)
{
    const char *mark = draw_ellipsis(&flow->d->canvas);
    size_t room = (size_t)(flow->area.columns - 1);
    size_t dots = text_columns(mark, strlen(mark));
    if (room <= dots || text_columns(text->data, text->len) <= room)
        return;
    buf_truncate(text, text_fit(text->data, text->len, room - dots));
    buf_puts(text, mark);
}

void detail_put_latest(struct flow *flow, uint32_t first, uint32_t end)
{
    const struct view *view = flow->d->view;
    uint32_t latest[LATEST_MOST];
    int count = 0;
    int rows = flow->area.rows - flow->row - 1;
    flow_line(flow);
    if (rows < 1 || end - first > LATEST_AMONG)
        return;
    for (uint32_t leaf = first; leaf < end; leaf++)
        note_latest(view, leaf, latest, &count);
    if (!count)
        return;
    buf_puts(flow_begin(flow, ""), "Changed last");
    flow_item(flow, 2, STYLE_BOLD | STYLE_HEADING);
    for (int i = 0; i < count && i < rows; i++) {
        const struct trend *trend = leaf_trend(view, latest[i]);
        struct buf *text = flow_begin(flow, "");
        flow_line(flow);
        draw_put_age(text, sample_since(leaf_target(view, latest[i])->sample,
                                        trend->changed_ns));
        buf_fill(text, ' ', text->len < 5 ? 5 - text->len : 1);
        draw_put_label(text, flow->d, latest[i]);
        /* With a field under the cursor others are in the table. */
        if (flow->leaf == LEAF_NONE) {
            buf_puts(text, "  ");
            draw_put_value(text, flow->d, latest[i], true);
            draw_put_unit(text, &flow->d->canvas, leaf_field(view, latest[i]));
        }
        cut_end(flow, text);
        flow_item(flow, 2, STYLE_PLAIN);
    }
}

void detail_put_heading(struct flow *flow, uint32_t index)
{
    const struct view *view = flow->d->view;
    const struct heading *heading = &view->tree.headings[index];
    struct buf *title = flow->d->canvas.shorter;
    buf_clear(title);
    buf_puts(title, "");
    heading_put_title(title, view, index);
    draw_put_plain(flow_begin(flow, ""), &flow->d->canvas, title->data);
    flow_item(flow, 2, STYLE_BOLD);
    put_shape(flow, heading);
    put_target(flow, heading);
    flow_line(flow);
    if (heading->kind == HEADING_ARRAY)
        summary_flow_labels(flow, index);
    if (heading->group && !heading->group->shape)
        flow_words(flow, leaf_field(view, heading->first)->attr->doc,
                   STYLE_DIM);
    detail_put_latest(flow, heading->first, heading->end);
}

/* --- alarms -------------------------------------------------------------- */

static void put_alarm(struct flow *flow, const struct watched *target,
                      const struct alarm *alarm)
{
    const struct field *field = &target->layout->fields[alarm->field];
    bool critical = alarm->level == ALARM_CRIT;
    struct buf *text = flow_begin(flow, "");
    buf_puts(text, critical ? "!! " : "!  ");
    draw_put_field_label(text, flow->d, target, alarm->field);
    buf_putc(text, ' ');
    limit_put(text, critical ? &field->attr->crit : &field->attr->warn, field);
    buf_puts(text, " for ");
    draw_put_age(text, sample_since(target->sample, alarm->since_ns));
    flow_line(flow);
    flow_item(flow, 2, draw_alarm_style(alarm->level));
}

void detail_put_alarms(struct flow *flow)
{
    const struct view *view = flow->d->view;
    bool any = false;
    flow_line(flow);
    flow->row++;
    if (flow->area.rows - flow->row < ALARM_ROWS_LEAST)
        return;
    for (size_t i = 0; i < view->target_count; i++) {
        const struct watched *target = &view->targets[i];
        for (size_t k = 0; k < target->sample->alarm_count; k++) {
            const struct alarm *alarm = &target->sample->alarms[k];
            if (alarm->level == ALARM_NONE)
                continue;
            if (!any) {
                buf_puts(flow_begin(flow, ""), "Alarms");
                flow_item(flow, 0, STYLE_BOLD | STYLE_HEADING);
            }
            any = true;
            put_alarm(flow, target, alarm);
        }
    }
}
