/* SPDX-License-Identifier: MIT */
/* The moment that is shown: holding it, the keys that move it, and the time
 * bar.  What is typed at the prompt of `:` is view_go_to.c. */
#include <stdlib.h>

#include "base/mem.h"
#include "draw/numbers.h"
#include "history/series.h"
#include "layout/label.h"
#include "layout/limits.h"
#include "view/row_text.h"
#include "view/rows.h"
#include "view/view_private.h"

#define SECOND_NS INT64_C(1000000000)
/* Before all samples. */
#define LONG_AGO_NS (INT64_MIN / 4)

struct span {
    int64_t ns;
    const char *text;
};
static const struct span span_ladder[] = {
    {1 * SECOND_NS, "1 s"},        {3 * SECOND_NS, "3 s"},
    {10 * SECOND_NS, "10 s"},      {30 * SECOND_NS, "30 s"},
    {60 * SECOND_NS, "1 m"},       {150 * SECOND_NS, "2.5 m"},
    {300 * SECOND_NS, "5 m"},      {600 * SECOND_NS, "10 m"},
    {1800 * SECOND_NS, "30 m"},    {3600 * SECOND_NS, "1 h"},
    {3 * 3600 * SECOND_NS, "3 h"}, {12 * 3600 * SECOND_NS, "12 h"},
    {86400 * SECOND_NS, "1 d"},    {3 * 86400 * SECOND_NS, "3 d"},
};
#define SPANS (sizeof span_ladder / sizeof span_ladder[0])

/* --- what is known -------------------------------------------------------- */

int64_t view_live_ns(const struct view *view)
{
    int64_t latest = 0;
    for (size_t i = 0; i < view->target_count; i++) {
        const struct sample *sample = sampler_last(view->targets[i].live);
        if (sample->mono_ns > latest)
            latest = sample->mono_ns;
    }
    return latest;
}

int64_t view_moment_ns(const struct view *view)
{
    return view->held ? view->moment_ns : view_live_ns(view);
}

struct time_bar view_time_bar(const struct view *view)
{
    CHECK(view->span_ns > 0);
    int64_t end_ns = view->held ? view->bar_end_ns : view_live_ns(view);
    return (struct time_bar){end_ns - view->span_ns, end_ns,
                             view_moment_ns(view)};
}

static bool has_past(const struct watched *target)
{
    return target->history && !history_problem(target->history) &&
           history_span(target->history).count > 0;
}

/* The target whose samples are stepped through: that of the cursor, else
 * another one with a history; NULL: there is none. */
static struct watched *past_target(const struct view *view)
{
    struct watched *own = &view->targets[view_target_at_cursor(view)];
    for (size_t i = 0; i < view->target_count && !has_past(own); i++)
        own = &view->targets[i];
    return has_past(own) ? own : NULL;
}

struct history *view_history(const struct view *view)
{
    const struct watched *target = past_target(view);
    return target ? target->history : NULL;
}

int64_t view_history_begin(const struct view *view)
{
    int64_t begin_ns = INT64_MAX;
    for (size_t i = 0; i < view->target_count; i++) {
        const struct watched *target = &view->targets[i];
        if (!has_past(target))
            continue;
        int64_t first_ns = history_span(target->history).first_ns;
        if (first_ns < begin_ns)
            begin_ns = first_ns;
    }
    return begin_ns;
}

enum past view_past(const struct view *view, size_t index)
{
    CHECK(index < view->target_count);
    const struct watched *target = &view->targets[index];
    if (!has_past(target))
        return PAST_NONE;
    int64_t first_ns = history_span(target->history).first_ns;
    if (view_moment_ns(view) >= first_ns)
        return PAST_KEPT;
    /* It was there when the moment was chosen. */
    return view->held && target->sample->number ? PAST_LEFT : PAST_BEFORE;
}

/* --- showing a moment ----------------------------------------------------- */

/* A sampler of the target that has taken no sample: nothing is known. */
static const struct sampler *blank_sampler(struct watched *target)
{
    struct err err = {0};
    struct sampler_options options = {0};
    if (!target->blank &&
        !sampler_open(&target->blank, target->layout,
                      sampler_target(target->live, 0), &options, &err))
        return target->live;
    return target->blank;
}

/* Whether the past of the target cannot be shown, but its present can be held.
 */
static bool has_only_present(const struct watched *target)
{
    return target->history && history_problem(target->history);
}

static void hold_present(struct watched *target)
{
    target->sampler = history_freeze(target->history);
    target->sample = sampler_last(target->sampler);
    CHECK(target->sample->field_count == target->layout->field_count);
}

static void show_past(struct watched *target, int64_t at_ns)
{
    const struct sampler *past = NULL;
    CHECK(target->live);
    target->shown_ns = 0;
    if (has_past(target) && history_span(target->history).first_ns <= at_ns)
        past = history_seek(target->history, at_ns);
    if (past) {
        int64_t own_ns = history_find(target->history, at_ns);
        int64_t before_ns = history_find_step(target->history, own_ns, -1);
        target->shown_ns = before_ns < own_ns ? before_ns : 0;
    } else {
        past = blank_sampler(target);
    }
    target->sampler = past;
    target->sample = sampler_last(past);
    CHECK(target->sample->field_count == target->layout->field_count);
}

static void show_live(struct watched *target)
{
    target->sampler = target->live;
    target->sample = sampler_last(target->live);
    sampler_close(target->blank);
    target->blank = NULL;
    target->shown_ns = 0;
    if (has_past(target))
        target->shown_ns =
            history_find_step(target->history, target->sample->mono_ns, -1);
}

/* Sorts and filters again: time has not gone on by a second, but jumped. */
static void look_again(struct view *view)
{
    view->sorted_ns = view->filtered_ns = LONG_AGO_NS;
    view->refreshed_ns = LONG_AGO_NS;
}

/* Moves the bar to where there is history; it ends now at the latest. */
static void keep_bar_inside(struct view *view)
{
    int64_t live_ns = view_live_ns(view);
    int64_t begin_ns = view_history_begin(view);
    int64_t least_ns =
        begin_ns < INT64_MAX ? begin_ns + view->span_ns : live_ns;
    if (view->bar_end_ns < least_ns)
        view->bar_end_ns = least_ns;
    if (view->bar_end_ns > live_ns)
        view->bar_end_ns = live_ns;
}

/* The time bar stays where it is, unless the moment leaves it. */
static void follow_with_bar(struct view *view)
{
    int64_t at_ns = view->moment_ns;
    if (view->bar_end_ns - view->span_ns <= at_ns && at_ns <= view->bar_end_ns)
        return;
    view->bar_end_ns = at_ns + view->span_ns / 2;
    keep_bar_inside(view);
}

static void say_no_past(struct view *view)
{
    const struct watched *cursor = &view->targets[view_target_at_cursor(view)];
    const char *problem =
        cursor->history ? history_problem(cursor->history) : NULL;
    if (!problem)
        problem =
            cursor->history ? "there is no sample yet" : "no history is kept";
    view_set_message(view, "%s", problem);
}

/* The targets that have no history are held in the present only. */
static void show_moment(struct view *view, int64_t at_ns)
{
    bool same = view->held && view->moment_ns == at_ns;
    bool present = at_ns == view_live_ns(view);
    if (!view->held)
        view->bar_end_ns = view_live_ns(view);
    view->held = true;
    view->moment_ns = at_ns;
    for (size_t i = 0; i < view->target_count; i++) {
        struct watched *target = &view->targets[i];
        if (!has_only_present(target))
            show_past(target, at_ns);
        else if (present && !same)
            hold_present(target);
        else if (!same)
            show_past(target, at_ns);
    }
    look_again(view);
}

bool view_hold(struct view *view, int64_t at_ns)
{
    int64_t live_ns = view_live_ns(view);
    if (!past_target(view)) {
        say_no_past(view);
        return false;
    }
    int64_t begin_ns = view_history_begin(view);
    at_ns = at_ns < begin_ns ? begin_ns : at_ns > live_ns ? live_ns : at_ns;
    show_moment(view, at_ns);
    follow_with_bar(view);
    return true;
}

/* Holds the newest samples, if need be without a history. */
static void hold_now(struct view *view)
{
    const struct watched *cursor = &view->targets[view_target_at_cursor(view)];
    if (past_target(view))
        view_hold(view, view_live_ns(view));
    else if (has_only_present(cursor))
        show_moment(view, view_live_ns(view));
    else
        say_no_past(view);
}

void view_go_live(struct view *view)
{
    if (!view->held)
        return;
    view->held = false;
    for (size_t i = 0; i < view->target_count; i++)
        show_live(&view->targets[i]);
    look_again(view);
}

/* --- messages ------------------------------------------------------------- */

static void say_newest(struct view *view)
{
    view_set_message(view, "this is the newest sample");
}

/* --- moving --------------------------------------------------------------- */

/* The instant of the target's sample that is shown, or would be. */
static int64_t own_instant(const struct view *view,
                           const struct watched *target)
{
    return history_find(target->history, view_moment_ns(view));
}

static void step(struct view *view, bool on)
{
    const struct watched *target = past_target(view);
    int64_t own_ns = own_instant(view, target);
    int64_t next_ns = history_find_step(target->history, own_ns, on ? 1 : -1);
    if (own_ns > view_moment_ns(view)) {
        view_hold(view, own_ns); /* the moment has left the history */
        if (!on)
            view_say_begin(view);
    } else if (on ? next_ns > view_moment_ns(view) : next_ns < own_ns)
        view_hold(view, next_ns);
    else if (on)
        say_newest(view);
    else
        view_say_begin(view);
}

/* The fields of the cursor's row; the caller frees them. */
static uint32_t *fields_at_cursor(const struct view *view, size_t *count)
{
    const struct tree *tree = &view->tree;
    uint32_t first = view_cursor_leaf(view);
    uint32_t end = first + 1;
    *count = 0;
    if (view->cursor >= view->row_count)
        return NULL;
    if (first == LEAF_NONE) {
        const struct heading *heading =
            &tree->headings[view->rows[view->cursor].at];
        first = heading->first;
        end = heading->end;
    }
    uint32_t *fields = mem_zalloc(end - first, sizeof *fields);
    CHECK(end <= tree->leaf_count);
    for (uint32_t i = first; i < end; i++)
        fields[(*count)++] = tree->leaves[i].field;
    return fields;
}

/* What the cursor is on: "Outlet pressure". */
static void put_row(struct buf *out, const struct view *view)
{
    uint32_t leaf = view_cursor_leaf(view);
    if (leaf != LEAF_NONE)
        leaf_put_label(out, view, leaf);
    else
        heading_put_title(out, view, view->rows[view->cursor].at);
}

static void go_to_change(struct view *view, bool on)
{
    const struct watched *target = &view->targets[view_target_at_cursor(view)];
    size_t count;
    uint32_t *fields = fields_at_cursor(view, &count);
    int64_t next_ns = 0;
    if (!count || !has_past(target)) {
        view_set_message(view, count ? "there is no history of this row"
                                     : "there is no row");
        free(fields);
        return;
    }
    next_ns = history_find_change(target->history, fields, count,
                                  own_instant(view, target), on);
    free(fields);
    if (next_ns) {
        view_hold(view, next_ns);
        return;
    }
    struct buf text = {0};
    buf_puts(&text, on ? "no later value of " : "no earlier value of ");
    put_row(&text, view);
    if (!on) {
        buf_puts(&text, "; the history begins at ");
        view_put_clock(&text, view, history_span(target->history).first_ns);
    }
    view_set_message(view, "%s", text.data);
    buf_free(&text);
}

static bool is_alarm(const struct history_mark *mark)
{
    return mark->kind == MARK_WARN || mark->kind == MARK_CRIT;
}

static void say_alarm(struct view *view, size_t target,
                      const struct history_mark *mark)
{
    CHECK(target < view->target_count && is_alarm(mark));
    struct buf text = {0};
    const struct watched *watched = &view->targets[target];
    buf_puts(&text, mark->kind == MARK_CRIT ? "!! " : "! ");
    if (mark->field != FIELD_NONE) {
        const struct field *field = &watched->layout->fields[mark->field];
        const struct attributes *attr = field->attr;
        field_put_label(&text, watched->layout, mark->field,
                        watched->sample->values);
        buf_putc(&text, ' ');
        limit_put(&text, mark->kind == MARK_CRIT ? &attr->crit : &attr->warn,
                  field);
    }
    buf_puts(&text, ", from here on");
    if (view->target_count > 1)
        buf_printf(&text, " (%s)", target_title(watched));
    view_set_message(view, "%s", text.data);
    buf_free(&text);
}

/* To the nearest start of an alarm of any target. */
static void go_to_alarm_start(struct view *view, bool on)
{
    int64_t own_ns = view_moment_ns(view);
    struct history_mark best = {0};
    size_t best_target = SIZE_MAX;
    for (size_t i = 0; i < view->target_count; i++) {
        size_t count = 0;
        const struct history_mark *marks =
            has_past(&view->targets[i])
                ? history_marks(view->targets[i].history, &count)
                : NULL;
        for (size_t k = 0; k < count; k++) {
            const struct history_mark *mark = &marks[k];
            if (!is_alarm(mark) ||
                (on ? mark->at_ns <= own_ns : mark->at_ns >= own_ns))
                continue;
            if (best_target == SIZE_MAX ||
                (on ? mark->at_ns < best.at_ns : mark->at_ns >= best.at_ns)) {
                best = *mark;
                best_target = i;
            }
        }
    }
    if (best_target == SIZE_MAX) {
        view_set_message(view, "no %s alarm is known",
                         on ? "later" : "earlier");
        return;
    }
    if (view_hold(view, best.at_ns))
        say_alarm(view, best_target, &best);
}

static void turn_bar(struct view *view, bool on)
{
    int64_t at_ns = view_moment_ns(view);
    int64_t live_ns = view_live_ns(view);
    int64_t to_ns = at_ns + (on ? view->span_ns : -view->span_ns);
    if (on && at_ns >= live_ns) {
        say_newest(view);
        return;
    }
    if (!on && at_ns <= view_history_begin(view)) {
        if (at_ns < view_history_begin(view))
            view_hold(view, view_history_begin(view));
        view_say_begin(view);
        return;
    }
    int64_t end_ns = view->bar_end_ns + to_ns - at_ns;
    bool was_held = view->held;
    if (!view_hold(view, to_ns))
        return;
    /* The moment keeps its place in the bar, if there is so much history. */
    if (was_held) {
        view->bar_end_ns = end_ns;
        keep_bar_inside(view);
        follow_with_bar(view);
    }
    if (on && view->moment_ns == live_ns)
        say_newest(view);
    if (!on && view->moment_ns > to_ns)
        view_say_begin(view);
}

static void change_span(struct view *view, bool longer)
{
    size_t at = 0;
    while (at + 1 < SPANS && span_ladder[at].ns < view->span_ns)
        at++;
    size_t next = longer && at + 1 < SPANS ? at + 1
                  : !longer && at > 0      ? at - 1
                                           : at;
    const char *end = next != at ? ""
                      : longer   ? ", the longest"
                                 : ", the shortest";
    struct time_bar bar = view_time_bar(view);
    view->span_ns = span_ladder[next].ns;
    view_set_message(view, "time bar: %s%s", span_ladder[next].text, end);
    if (!view->held)
        return;
    /* The moment keeps its place in the bar. */
    double share = (double)(bar.end_ns - bar.moment_ns) /
                   (double)(bar.end_ns - bar.from_ns);
    view->bar_end_ns = bar.moment_ns + (int64_t)(share * (double)view->span_ns);
    keep_bar_inside(view);
}

/* Two periods may be the usual jitter. */
#define HOLE_PERIODS 3
#define HOLE_NS (2 * SECOND_NS)

bool view_find_hole(const struct view *view, size_t index, int64_t *from_ns,
                    int64_t *to_ns)
{
    CHECK(index < view->target_count && from_ns && to_ns);
    const struct watched *target = &view->targets[index];
    int64_t least_ns = HOLE_PERIODS * target->period_ns;
    if (!view->held || !has_past(target))
        return false;
    *from_ns = own_instant(view, target);
    *to_ns = history_find_step(target->history, *from_ns, 1);
    return *from_ns < view->moment_ns &&
           view->moment_ns<*to_ns && * to_ns - *from_ns>(
               least_ns > HOLE_NS ? least_ns : HOLE_NS);
}

bool view_time_apply(struct view *view, enum action action)
{
    bool moves = action >= ACTION_STEP_BACK && action <= ACTION_BAR_ON;
    if (moves && !past_target(view))
        return !view_hold(view, 0); /* it says why not */
    switch (action) {
    case ACTION_HOLD:
        if (view->held)
            view_go_live(view);
        else
            hold_now(view);
        return true;
    case ACTION_STEP_BACK:
    case ACTION_STEP_ON:
        step(view, action == ACTION_STEP_ON);
        return true;
    case ACTION_CHANGE_BACK:
    case ACTION_CHANGE_ON:
        go_to_change(view, action == ACTION_CHANGE_ON);
        return true;
    case ACTION_ALARM_BACK:
    case ACTION_ALARM_ON:
        go_to_alarm_start(view, action == ACTION_ALARM_ON);
        return true;
    case ACTION_BAR_BACK:
    case ACTION_BAR_ON:
        turn_bar(view, action == ACTION_BAR_ON);
        return true;
    case ACTION_BAR_SHORTER:
    case ACTION_BAR_LONGER:
        change_span(view, action == ACTION_BAR_LONGER);
        return true;
    case ACTION_GO_TO:
        view_prompt_open(view, PROMPT_GO_TO);
        return true;
    default:
        return false;
    }
}
