/* SPDX-License-Identifier: MIT */
/* The health view: of each mapping its state, producer and conditions, then the
 * alarms. The one line about health is the header's, draw_header.c. */
#include <string.h>

#include "layout/limits.h"
#include "layout/words.h"
#include "loader/snapshot_keys.h"
#include "sampler/alarm.h"
#include "sampler/consistency.h"
#include "sampler/health.h"
#include "ui/draw_numbers.h"
#include "ui/draw_page.h"
#include "ui/draw_text.h"

enum action view_health_apply(struct view *view, const struct view_fit *fit,
                              enum action action)
{
    if (view_scroll(&view->health_top, &fit->health, action))
        return ACTION_NONE;
    switch (action) {
    case ACTION_CANCEL:
        return ACTION_NEXT_VIEW;
    case ACTION_SEARCH:
    case ACTION_FILTER:
        view->kind = VIEW_TABLE;
        return view_table_apply(view, fit, action);
    default:
        /* The other keys of the table mean nothing here. */
        return action;
    }
}

void view_health_position(struct buf *out, const struct drawing *d)
{
    const struct view_page *page = &d->fit->health;
    size_t end = page->top + page->rows;
    buf_printf(out, "health  %zu-%zu/%zu", page->top + 1,
               end < page->lines ? end : page->lines, page->lines);
}

/* Draws a row of what was appended to fit->text, if anything was. */
static void row_end(struct page *page, const char *term, uint32_t style)
{
    struct buf *text = &page->d->fit->text;
    if (text->len > 0)
        page_row(page, term, STYLE_BOLD, text->data, style);
    buf_clear(text);
}

static void put_mapping_name(struct buf *out, const struct drawing *d,
                             size_t index)
{
    const char *title = d->layout->mappings[index].label;
    if (!title && d->layout->mapping_count > 1)
        title = layout_mapping_id(d->layout, index);
    if (title) {
        draw_put_clean(out, title);
        buf_puts(out, "  ");
    }
    draw_put_clean(out, sampler_target(d->sampler, index));
}

static void row_state(struct page *page, size_t index)
{
    const struct drawing *d = page->d;
    const struct frame *frame = &d->sample->frames[index];
    const struct health *health = &d->sample->healths[index];
    struct buf *text = &d->fit->text;
    buf_puts(text, state_name(frame->state));
    buf_puts(text, " for ");
    draw_put_age(text, frame->mono_ns - health->since_ns);
    if (frame->note && frame->note[0]) {
        buf_puts(text, ": ");
        draw_put_clean(text, frame->note);
    }
    row_end(page, "state", draw_state_style(frame->state));
}

static void row_memory(struct page *page, size_t index)
{
    const struct drawing *d = page->d;
    const struct frame *frame = &d->sample->frames[index];
    const struct mapping *mapping = &d->layout->mappings[index];
    struct buf *text = &d->fit->text;
    if (frame->generation > 0)
        buf_printf(text, "generation %u", frame->generation);
    if (frame->size > 0) {
        buf_puts(text, text->len > 0 ? ", " : "");
        draw_put_size(text, frame->size);
    }
    if (mapping->abi != ABI_UNKNOWN) {
        buf_puts(text, text->len > 0 ? ", " : "");
        buf_puts(text, name_of(abi_names, (int)mapping->abi));
    }
    row_end(page, "memory", STYLE_PLAIN);
}

static void row_snapshot(struct page *page, size_t index)
{
    const struct wholeness *whole = &page->d->sample->wholeness[index];
    struct buf *text = &page->d->fit->text;
    if (whole->method == SNAPSHOT_NONE)
        return;
    buf_printf(text, "%s: ", name_of(snapshot_names, (int)whole->method));
    buf_printf(
        text, "%llu frames, %llu torn looks, %llu retries, %llu given up",
        (unsigned long long)whole->frames, (unsigned long long)whole->torn,
        (unsigned long long)whole->retries,
        (unsigned long long)whole->given_up);
    if (whole->whole_ns != 0) {
        buf_puts(text, "; whole ");
        draw_put_age(text,
                     page->d->sample->frames[index].mono_ns - whole->whole_ns);
        buf_puts(text, " ago");
    }
    row_end(page, "snapshot",
            whole->verdict == VERDICT_TORN ? STYLE_WARN : STYLE_PLAIN);
}

static void row_heartbeat(struct page *page, size_t index)
{
    const struct drawing *d = page->d;
    const struct health *health = &d->sample->healths[index];
    uint32_t field = d->layout->mappings[index].heartbeat;
    struct buf *text = &d->fit->text;
    if (field == FIELD_NONE)
        return;
    draw_put_clean(text, d->layout->fields[field].path);
    if (health->beat_seen) {
        int64_t age_ns = d->sample->frames[index].mono_ns - health->beat_ns;
        buf_puts(text, " moved ");
        draw_put_age(text, age_ns);
        buf_puts(text, " ago");
    }
    if (health->beat_stale_ns != INT64_MAX) {
        buf_puts(text, ", may rest for ");
        draw_put_period(text, health->beat_stale_ns);
    }
    row_end(page, "heartbeat", STYLE_PLAIN);
}

static void row_process(struct page *page, size_t index)
{
    static const char *const words[] = {
        [PROCESS_UNKNOWN] = "",
        [PROCESS_LIVES] = " lives",
        [PROCESS_ENDED] = " does not exist",
        [PROCESS_NO_ID] = " is not a process id",
    };
    const struct health *health = &page->d->sample->healths[index];
    struct buf *text = &page->d->fit->text;
    bool dead =
        health->process == PROCESS_ENDED || health->process == PROCESS_NO_ID;
    if (page->d->layout->mappings[index].pid == FIELD_NONE)
        return;
    if (health->pid.type == VALUE_INT)
        buf_put_i64(text, health->pid.i);
    else if (health->pid.type == VALUE_UINT)
        buf_put_u64(text, health->pid.u);
    else
        buf_puts(text, "not known");
    buf_puts(text, words[health->process]);
    row_end(page, "process", dead ? STYLE_BOLD | STYLE_BAD : STYLE_PLAIN);
}

/* An expression, and whether it holds; it is a fault if its result is
 * `bad`. */
static void row_condition(struct page *page, const char *term,
                          const struct expression *expression,
                          enum expr_truth truth, enum expr_truth bad)
{
    static const char *const words[] = {
        [EXPR_FALSE] = "does not hold: ",
        [EXPR_TRUE] = "holds: ",
        [EXPR_MISSING] = "not known: ",
    };
    struct buf *text = &page->d->fit->text;
    if (!expression)
        return;
    buf_puts(text, words[truth]);
    draw_put_clean(text, expression->text);
    row_end(page, term, truth == bad ? STYLE_BOLD | STYLE_BAD : STYLE_PLAIN);
}

static void row_conditions(struct page *page, size_t index)
{
    const struct health *health = &page->d->sample->healths[index];
    row_condition(page, "require", health->require, health->require_truth,
                  EXPR_FALSE);
    row_condition(page, "gone", health->gone, health->gone_truth, EXPR_TRUE);
    draw_put_clean(&page->d->fit->text, health->message);
    row_end(page, "error", STYLE_WARN);
}

static void put_mapping(struct page *page, size_t index)
{
    struct buf *text = &page->d->fit->text;
    buf_clear(text);
    put_mapping_name(text, page->d, index);
    page_heading(page, text->len > 0 ? text->data : "");
    buf_clear(text);
    row_state(page, index);
    row_memory(page, index);
    row_snapshot(page, index);
    row_heartbeat(page, index);
    row_process(page, index);
    row_conditions(page, index);
}

static void put_alarm(struct page *page, const struct alarm *alarm)
{
    const struct drawing *d = page->d;
    const struct field *field = &d->layout->fields[alarm->field];
    bool critical = alarm->level == ALARM_CRIT;
    struct buf *text = &d->fit->text;
    draw_put_clean(text, field->path);
    buf_puts(text, "  ");
    draw_put_value(text, d, alarm->field, true);
    if (field->attr->unit) {
        buf_putc(text, ' ');
        draw_put_clean(text, field->attr->unit);
    }
    buf_puts(text, "  ");
    limit_put(text, critical ? &field->attr->crit : &field->attr->warn, field);
    buf_puts(text, " for ");
    draw_put_age(text, d->sample->mono_ns - alarm->since_ns);
    page_row(page, critical ? "!! crit" : "!  warn",
             STYLE_BOLD | draw_alarm_style(alarm->level), text->data,
             draw_alarm_style(alarm->level));
    buf_clear(text);
}

/* Critical ones first. */
static void put_alarms(struct page *page)
{
    const struct sample *sample = page->d->sample;
    size_t count = 0;
    if (sample->alarm_count == 0)
        return;
    page_heading(page, "Alarms");
    for (int level = ALARM_CRIT; level >= ALARM_WARN; level--) {
        for (size_t i = 0; i < sample->alarm_count; i++) {
            if (sample->alarms[i].level == (enum alarm_level)level) {
                put_alarm(page, &sample->alarms[i]);
                count++;
            }
        }
    }
    if (count == 0)
        page_row(page, "none", STYLE_PLAIN, "now", STYLE_PLAIN);
}

static void put_all(struct page *page)
{
    for (size_t i = 0; i < page->d->sample->frame_count; i++)
        put_mapping(page, i);
    put_alarms(page);
}

void view_health_draw(const struct drawing *d, struct area area)
{
    struct page page = {.d = d};
    if (area.rows <= 0 || d->sample->number == 0)
        return;
    put_all(&page);
    page_scroll(&page, d->view->health_top, area, &d->fit->health);
    put_all(&page);
}
