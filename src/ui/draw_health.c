/* SPDX-License-Identifier: MIT */
/* The health view: of each mapping its state, sampling, producer and
 * conditions, then the alarms and their log. The one line about health is the
 * header's, draw_header.c. */
#include <math.h>
#include <string.h>

#include "base/os.h"
#include "draw/numbers.h"
#include "draw/page.h"
#include "layout/format.h"
#include "layout/limits.h"
#include "layout/value_text.h"
#include "layout/words.h"
#include "panes/field_text.h"
#include "sampler/alarm.h"
#include "sampler/consistency.h"
#include "sampler/health.h"
#include "ui/ui_private.h"

void draw_health_position(struct buf *out, const struct drawing *d)
{
    const struct page_fit *page = &d->fit->health;
    size_t end = page->top + page->rows;
    buf_printf(out, "health  %zu-%zu/%zu", page->top + 1,
               end < page->lines ? end : page->lines, page->lines);
}

/* What is drawn, and the mapping whose rows are drawn now. */
struct report {
    struct page page;
    const struct drawing *d;
    struct buf *text; /* of the next row */
    const struct watched *target;
    const struct sample *sample; /* its last one */
    const struct mapping *mapping;
    const struct frame *frame;
    const struct health *health;
    const struct consistency_result *whole;
};

/* Draws a row of what was appended to `text`, if anything was. */
static void row_end(struct report *r, const char *term, uint32_t style)
{
    if (r->text->len > 0)
        page_row(&r->page, term, STYLE_BOLD, r->text->data, style);
    buf_clear(r->text);
}

static void put_comma(struct buf *text)
{
    buf_puts(text, text->len > 0 ? ", " : "");
}

static void put_ago(struct report *r, const char *what, int64_t since_ns)
{
    buf_puts(r->text, what);
    draw_put_age(r->text, r->frame->mono_ns - since_ns);
    buf_puts(r->text, " ago");
}

static void draw_heading(struct report *r, size_t index)
{
    const struct layout *layout = r->target->layout;
    const char *title = r->mapping->label;
    if (!title && layout->mapping_count > 1)
        title = layout_mapping_id(layout, index);
    if (title) {
        draw_put_plain(r->text, &r->d->canvas, title);
        buf_puts(r->text, "  ");
    }
    draw_put_clean(r->text, sampler_target(r->target->sampler, index));
    page_heading(&r->page, r->text->len > 0 ? r->text->data : "");
    buf_clear(r->text);
}

static void draw_state(struct report *r)
{
    const struct frame *frame = r->frame;
    buf_printf(r->text, "%s for ", state_name(frame->state));
    draw_put_age(r->text, frame->mono_ns - r->health->since_ns);
    if (frame->note && frame->note[0]) {
        buf_puts(r->text, ": ");
        draw_put_clean(r->text, frame->note);
    }
    row_end(r, "state", draw_state_style(frame->state));
}

static void draw_memory(struct report *r)
{
    if (r->frame->generation > 0)
        buf_printf(r->text, "generation %u", r->frame->generation);
    if (r->frame->size > 0) {
        put_comma(r->text);
        draw_put_size(r->text, r->frame->size);
    }
    if (r->mapping->abi != ABI_UNKNOWN) {
        put_comma(r->text);
        buf_puts(r->text, word_of(abi_words, (int)r->mapping->abi));
    }
    row_end(r, "memory", STYLE_PLAIN);
}

/* The rate that was asked for, the one that was reached, and the samples that
 * were due and not taken. */
static void draw_sampling(struct report *r)
{
    const struct watched *target = r->target;
    buf_puts(r->text, "every ");
    draw_put_period(r->text, target->period_ns);
    if (!isnan(target->achieved_hz) && !r->d->view->held)
        buf_printf(r->text, ", %.3g Hz reached", target->achieved_hz);
    if (target->missed)
        buf_printf(r->text, ", %llu samples missed",
                   (unsigned long long)target->missed);
    row_end(r, "sampling", target->missed ? STYLE_WARN : STYLE_PLAIN);
}

/* How far back the history reaches; it is that of all mappings of a target. */
static void draw_history(struct report *r, size_t index)
{
    const struct history *history = r->target->history;
    if (!history || index > 0)
        return;
    const char *problem = history_problem(history);
    struct history_span span = history_span(history);
    if (problem) {
        buf_puts(r->text, problem);
    } else if (span.count) {
        draw_put_duration(r->text, span.last_ns - span.first_ns);
        buf_puts(r->text, ", ");
        size_t at = r->text->len;
        buf_put_u64(r->text, span.count);
        format_group(r->text, at);
        buf_printf(r->text, " sample%s, %zu %% of its memory",
                   span.count == 1 ? "" : "s",
                   span.bytes / (span.room / 100) + 1);
    }
    row_end(r, "history", STYLE_PLAIN);
}

static void draw_snapshot(struct report *r)
{
    const struct consistency_result *whole = r->whole;
    if (whole->method == SNAPSHOT_NONE)
        return;
    buf_printf(
        r->text, "%s: %llu frames, read torn %llu times; %llu frames given up",
        word_of(snapshot_words, (int)whole->method),
        (unsigned long long)whole->frames, (unsigned long long)whole->torn,
        (unsigned long long)whole->given_up);
    if (whole->whole_ns != 0)
        put_ago(r, "; whole ", whole->whole_ns);
    row_end(r, "snapshot",
            whole->verdict == VERDICT_TORN ? STYLE_WARN : STYLE_PLAIN);
}

/* The updates of the producer that no sample has seen. */
static void draw_missed(struct report *r, size_t index)
{
    const struct missed *missed = &r->health->missed;
    const struct layout *layout = r->target->layout;
    uint32_t field = missed_field(layout, index, 0);
    if (field == FIELD_NONE || !missed->samples)
        return;
    if (missed->updates) {
        size_t at = r->text->len;
        buf_put_u64(r->text, missed->updates);
        format_group(r->text, at);
        buf_printf(r->text, " missed, %.3g a sample",
                   (double)missed->updates / (double)missed->samples);
    } else {
        buf_puts(r->text, "none missed");
    }
    buf_puts(r->text, ", counted by ");
    draw_put_clean(r->text, layout->fields[field].path);
    row_end(r, "updates", STYLE_PLAIN);
}

static void draw_heartbeat(struct report *r)
{
    const struct health *health = r->health;
    if (r->mapping->heartbeat == FIELD_NONE)
        return;
    CHECK(r->mapping->heartbeat < r->target->layout->field_count);
    draw_put_clean(r->text,
                   r->target->layout->fields[r->mapping->heartbeat].path);
    if (health->beat_seen)
        put_ago(r, " moved ", health->beat_ns);
    if (health->beat_stale_ns != INT64_MAX) {
        buf_puts(r->text, ", may rest for ");
        draw_put_period(r->text, health->beat_stale_ns);
    }
    row_end(r, "heartbeat", STYLE_PLAIN);
}

static void draw_process(struct report *r)
{
    static const char *const words[] = {
        [PROCESS_UNKNOWN] = "",
        [PROCESS_LIVES] = " lives",
        [PROCESS_ENDED] = " does not exist",
        [PROCESS_NO_ID] = " is not a process id",
    };
    const struct health *health = r->health;
    bool dead =
        health->process == PROCESS_ENDED || health->process == PROCESS_NO_ID;
    if (r->mapping->pid == FIELD_NONE)
        return;
    if (health->pid.type == VALUE_INT)
        buf_put_i64(r->text, health->pid.i);
    else if (health->pid.type == VALUE_UINT)
        buf_put_u64(r->text, health->pid.u);
    else
        buf_puts(r->text, "not known");
    buf_puts(r->text, words[health->process]);
    row_end(r, "process", dead ? STYLE_BOLD | STYLE_CRIT : STYLE_PLAIN);
}

/* An expression, and whether it holds; it is a fault if its result is
 * `bad`. */
static void draw_condition(struct report *r, const char *term,
                           const struct expression *expression,
                           enum expr_truth truth, enum expr_truth bad)
{
    static const char *const words[] = {
        [EXPR_FALSE] = "does not hold: ",
        [EXPR_TRUE] = "holds: ",
        [EXPR_MISSING] = "not known: ",
    };
    if (!expression)
        return;
    buf_puts(r->text, words[truth]);
    draw_put_clean(r->text, expression->text);
    row_end(r, term, truth == bad ? STYLE_BOLD | STYLE_CRIT : STYLE_PLAIN);
}

static void draw_mapping(struct report *r, size_t index)
{
    const struct sample *sample = r->sample;
    const struct health *health = &sample->healths[index];
    r->mapping = &r->target->layout->mappings[index];
    r->frame = &sample->frames[index];
    r->health = health;
    r->whole = &sample->consistency[index];
    draw_heading(r, index);
    draw_state(r);
    draw_memory(r);
    if (index == 0)
        draw_sampling(r);
    draw_history(r, index);
    draw_snapshot(r);
    draw_missed(r, index);
    draw_heartbeat(r);
    draw_process(r);
    draw_condition(r, "require", health->require, health->require_truth,
                   EXPR_FALSE);
    draw_condition(r, "gone", health->gone, health->gone_truth, EXPR_TRUE);
    draw_put_clean(r->text, health->message);
    row_end(r, "error", STYLE_WARN);
}

/* --- alarms --------------------------------------------------------------- */

static void put_field(struct report *r, size_t target, uint32_t field)
{
    const struct watched *watched = &r->d->view->targets[target];
    if (r->d->view->target_count > 1) {
        draw_put_target(r->text, r->d->view, target);
        buf_puts(r->text, ": ");
    }
    draw_put_field_label(r->text, r->d, watched, field);
}

static void put_number(struct report *r, const struct alarm *alarm)
{
    const struct field *field = &r->target->layout->fields[alarm->field];
    value_put_text(r->text, field, &r->sample->values[alarm->field],
                   SHOW_DEFAULT, true);
    draw_put_unit(r->text, &r->d->canvas, field);
}

static const char *level_term(enum alarm_level level)
{
    return level == ALARM_CRIT   ? "!! crit"
           : level == ALARM_WARN ? "!  warn"
                                 : "   ended";
}

static void draw_alarm(struct report *r, const struct alarm *alarm)
{
    const struct field *field = &r->target->layout->fields[alarm->field];
    bool critical = alarm->level == ALARM_CRIT;
    struct buf *text = r->text;
    put_field(r, (size_t)(r->target - r->d->view->targets), alarm->field);
    buf_puts(text, "  ");
    put_number(r, alarm);
    const struct limit *limit =
        critical ? &field->attr->crit : &field->attr->warn;
    /* Of "==Fault" the value says it already. */
    if (limit->kind != LIMIT_EQUAL) {
        buf_puts(text, "  ");
        limit_put(text, limit, field);
    }
    buf_puts(text, " for ");
    draw_put_age(text, sample_since(r->sample, alarm->since_ns));
    page_row(&r->page, level_term(alarm->level),
             STYLE_BOLD | draw_alarm_style(alarm->level), text->data,
             draw_alarm_style(alarm->level));
    buf_clear(text);
}

static void draw_level(struct report *r, enum alarm_level level, bool *any)
{
    const struct view *view = r->d->view;
    for (size_t i = 0; i < view->target_count; i++) {
        r->target = &view->targets[i];
        r->sample = r->target->sample;
        for (size_t k = 0; k < r->sample->alarm_count; k++) {
            if (r->sample->alarms[k].level != level)
                continue;
            draw_alarm(r, &r->sample->alarms[k]);
            *any = true;
        }
    }
}

/* Fields that have not changed for their own `stale`. */
static void draw_resting(struct report *r, bool *any)
{
    const struct view *view = r->d->view;
    for (size_t i = 0; i < view->target_count; i++) {
        const struct sample *sample = view->targets[i].sample;
        for (size_t k = 0; k < sample->alarm_count; k++) {
            uint32_t field = sample->alarms[k].field;
            const struct trend *trend = &sample->trends[field];
            if (!(trend->flags & TREND_RESTING))
                continue;
            put_field(r, i, field);
            buf_puts(r->text, " has not changed for ");
            draw_put_age(r->text, sample_since(sample, trend->changed_ns));
            row_end(r, r->d->canvas.ascii ? "-  stale" : "\xe2\x80\x93  stale",
                    STYLE_WARN);
            *any = true;
        }
    }
}

/* Critical ones first. */
static void draw_alarms(struct report *r)
{
    const struct view *view = r->d->view;
    size_t count = 0;
    bool any = false;
    for (size_t i = 0; i < view->target_count; i++)
        count += view->targets[i].sample->alarm_count;
    if (!count)
        return;
    page_heading(&r->page, "Alarms");
    draw_level(r, ALARM_CRIT, &any);
    draw_level(r, ALARM_WARN, &any);
    draw_resting(r, &any);
    if (!any)
        page_row(&r->page, "none", STYLE_PLAIN, "now", STYLE_PLAIN);
}

/* Between the events before the moment that is held and those after it. */
static void draw_log_moment(struct report *r)
{
    os_put_clock(r->text, view_wall_ns(r->d->view, r->d->view->moment_ns));
    buf_puts(r->text, "  this moment");
    row_end(r, r->d->canvas.ascii ? "#" : "\xe2\x96\xae",
            STYLE_BOLD | STYLE_ACCENT);
}

static void draw_log(struct report *r)
{
    const struct view *view = r->d->view;
    const struct alarm_event *event;
    bool later = view->held;
    for (size_t i = 0; (event = alarm_log_event(&view->log, i)); i++) {
        if (i == 0)
            page_heading(&r->page, "Alarm log");
        if (later && event->mono_ns <= view->moment_ns) {
            draw_log_moment(r);
            later = false;
        }
        os_put_clock(r->text, event->wall_ns);
        buf_puts(r->text, "  ");
        put_field(r, event->target, event->field);
        const struct watched *target = &r->d->view->targets[event->target];
        const struct field *field = &target->layout->fields[event->field];
        if (event->level != ALARM_NONE) {
            buf_puts(r->text, "  ");
            limit_put(r->text,
                      event->level == ALARM_CRIT ? &field->attr->crit
                                                 : &field->attr->warn,
                      field);
        }
        row_end(r, level_term(event->level),
                later ? STYLE_DIM : draw_alarm_style(event->level));
    }
    if (later && view->log.count > 0)
        draw_log_moment(r);
}

static void draw_all(struct report *r)
{
    const struct view *view = r->d->view;
    buf_clear(r->text);
    for (size_t i = 0; i < view->target_count; i++) {
        r->target = &view->targets[i];
        r->sample = r->target->sample;
        for (size_t k = 0; r->sample->number && k < r->sample->frame_count; k++)
            draw_mapping(r, k);
    }
    draw_alarms(r);
    draw_log(r);
}

void draw_health(const struct drawing *d, struct area area)
{
    struct report report = {
        .page = {.canvas = &d->canvas, .left = 1},
        .d = d,
        .text = &d->fit->plain,
    };
    if (area.rows <= 0)
        return;
    draw_all(&report);
    page_scroll(&report.page, d->view->health_top, area, &d->fit->health);
    draw_all(&report);
}
