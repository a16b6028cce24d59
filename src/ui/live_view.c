/* SPDX-License-Identifier: MIT */
/* Joins a view with its samplers and the sampling clocks. Fields that changed
 * since the last drawing are highlighted, even if samples were taken in
 * between. */
#include "ui/live_view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/os.h"
#include "draw/grid_svg.h"
#include "layout/label.h"
#include "ui/draw.h"
#include "view/row_text.h"
#include "view/rows.h"

static void restore(struct live_view *live, size_t index,
                    const struct kept *kept)
{
    struct err err = {0};
    if (kept && !view_restore(&live->view, index, kept, &err))
        view_set_message(&live->view, "kept settings: %s", err.text);
}

static void follow(struct live_view *live, size_t index,
                   const struct view_target *target)
{
    const struct sample *sample = sampler_last(target->sampler);
    CHECK(sample->field_count == target->layout->field_count);
    live->targets[index].sampler = target->sampler;
    live->targets[index].generation = sample->generation;
    live->targets[index].drawn = 0;
    live->targets[index].drawn_ns = 0;
    live->view.targets[index].shown_ns = 0;
    live->dirty = true;
}

/* The times that depend on the sampling period. */
static void set_times(struct sampler *sampler, int64_t period_ns)
{
    sampler_set_stale(sampler, sampler_stale_after(period_ns));
    sampler_set_patience(sampler, consistency_patience(period_ns));
    sampler_set_trend_cell(sampler, SAMPLER_CELL_NS, period_ns);
}

void live_view_open(struct live_view *live,
                    const struct dashboard_options *options)
{
    size_t count = options->target_count;
    *live = (struct live_view){
        .targets = mem_zalloc(count, sizeof *live->targets),
        .facts = mem_zalloc(count, sizeof *live->facts),
        .request = options->request,
        .request_user = options->request_user,
        .theme = options->theme,
    };
    view_open(&live->view, options->targets, count, &options->view);
    for (size_t i = 0; i < count; i++) {
        const struct view_target *target = &options->targets[i];
        follow(live, i, target);
        restore(live, i, target->kept);
        set_times(target->sampler, target->period_ns);
        ticker_start(&live->targets[i].ticker, os_mono_ns(), target->period_ns);
    }
    if (options->notice)
        view_set_message(&live->view, "%s", options->notice);
}

void live_view_close(struct live_view *live)
{
    view_close(&live->view);
    view_fit_free(&live->fit);
    free(live->targets);
    free(live->facts);
}

static void set_period(struct live_view *live, size_t index, int64_t period_ns)
{
    CHECK(period_ns > 0);
    struct watched *watched = &live->view.targets[index];
    struct live_target *target = &live->targets[index];
    watched->period_ns = period_ns;
    watched->achieved_hz = NAN;
    watched->missed = 0;
    ticker_change(&target->ticker, os_mono_ns(), period_ns);
    target->ticker.missed = 0;
    set_times(target->sampler, period_ns);
}

void live_view_replace(struct live_view *live, size_t index,
                       const struct view_target *target)
{
    struct view_target shown = *target;
    int64_t period_ns = live->view.targets[index].period_ns;
    if (shown.period_ns == 0)
        shown.period_ns = period_ns;
    set_times(shown.sampler, shown.period_ns);
    sampler_step(shown.sampler);
    if (shown.history)
        history_take(shown.history);
    view_replace(&live->view, index, &shown);
    view_set_message(&live->view,
                     "the layout was reloaded; its history begins now");
    follow(live, index, &shown);
    live->fit.screen_columns = 0; /* other fields, other widths */
    if (shown.period_ns != period_ns)
        set_period(live, index, shown.period_ns);
}

int64_t live_view_next_ns(const struct live_view *live)
{
    int64_t next_ns = INT64_MAX;
    for (size_t i = 0; i < live->view.target_count; i++) {
        const struct live_target *target = &live->targets[i];
        /* The last sample of a recording stays on the screen. */
        if (!sampler_is_over(target->sampler) &&
            target->ticker.next_ns < next_ns)
            next_ns = target->ticker.next_ns;
    }
    return next_ns;
}

/* Whether a sample has anything to draw: a value that changed, or whose
 * highlight ends, a state, or an age. */
static bool has_news(struct live_view *live, size_t index)
{
    struct live_target *target = &live->targets[index];
    const struct sample *sample = sampler_last(target->sampler);
    struct live_facts facts;
    memset(&facts, 0, sizeof facts); /* it is compared byte by byte */
    facts.state = sample->state;
    facts.generation = sample->generation;
    facts.crit = sample_alarm_count(sample, ALARM_CRIT);
    facts.warn = sample_alarm_count(sample, ALARM_WARN);
    facts.resting = sample->resting_count;
    facts.moves = sample->moves;
    facts.second = sample->mono_ns / INT64_C(1000000000);
    for (size_t i = 0; i < sample->frame_count; i++)
        facts.torn |= sample->consistency[i].verdict == VERDICT_TORN;
    bool changed = sample->changed_count > 0;
    bool news = changed || target->changed || target->drawn == 0 ||
                memcmp(&facts, &live->facts[index], sizeof facts) != 0;
    /* Of the past only what it is ago changes. */
    if (live->view.held)
        news = facts.second != live->facts[index].second;
    target->changed = changed;
    live->facts[index] = facts;
    return news;
}

/* Whether the producer has written another value over one that was set. */
static void look_at_change(struct live_view *live, size_t index)
{
    struct request request = {.kind = REQUEST_LOOK, .watched = index};
    struct buf answer = {0};
    if (os_mono_ns() >= live->changed_until_ns)
        live->changed_until_ns = 0;
    if (live->request(live->request_user, &request, &answer))
        return;
    view_set_message(&live->view, "%s", answer.data);
    live->changed_until_ns = 0;
    buf_free(&answer);
}

/* A critical alarm has begun after the moment that is held. */
static void say_critical(struct live_view *live)
{
    struct view *view = &live->view;
    const struct alarm_event *event = NULL;
    size_t back = 0;
    do
        event = alarm_log_event(&view->log, back++);
    while (event && event->level != ALARM_CRIT);
    struct buf label = {0};
    if (event)
        field_put_label(
            &label, view->targets[event->target].layout, event->field,
            sampler_last(view->targets[event->target].live)->values);
    view_set_message(view, "live: a new critical alarm%s%s",
                     label.len ? ": " : "", label.len ? label.data : "");
    buf_free(&label);
    live->crit_waits = false;
    live->dirty = true;
}

/* Takes a sample of target `index`; `due`: its clock goes on. */
static void take_sample(struct live_view *live, size_t index, bool due)
{
    struct live_target *target = &live->targets[index];
    struct watched *watched = &live->view.targets[index];
    const struct sample *sample = sampler_step(target->sampler);
    if (!live->view.held)
        watched->sample = sample;
    if (watched->history)
        history_take(watched->history);
    if (due)
        ticker_advance(&target->ticker, os_mono_ns());
    target->taken++;
    uint32_t generation = sample->generation;
    if (generation > 1 && generation != target->generation) {
        view_set_message(&live->view, "re-attached: generation %u", generation);
        live->dirty = true;
    }
    target->generation = generation;
    /* Recorded frames have their own times. */
    if (!sampler_is_recorded(target->sampler)) {
        watched->achieved_hz = target->ticker.achieved_hz;
        watched->missed = target->ticker.missed;
    }
    size_t new_crit = alarm_log_look(&live->view.log, index, sample);
    live->new_crit += new_crit;
    live->crit_waits = live->view.held && (live->crit_waits || new_crit);
    /* It does not hide the answer to a key. */
    if (live->crit_waits && !*live->view.message)
        say_critical(live);
    live->dirty |= has_news(live, index);
    if (live->changed_until_ns > 0)
        look_at_change(live, index);
}

void live_view_sample(struct live_view *live, size_t index)
{
    take_sample(live, index, true);
}

void live_view_step(struct live_view *live, int64_t now_ns)
{
    for (size_t i = 0; i < live->view.target_count; i++)
        if (!sampler_is_over(live->targets[i].sampler) &&
            live->targets[i].ticker.next_ns <= now_ns)
            live_view_sample(live, i);
}

void live_view_restart(struct live_view *live)
{
    int64_t now_ns = os_mono_ns();
    for (size_t i = 0; i < live->view.target_count; i++) {
        struct ticker *ticker = &live->targets[i].ticker;
        ticker_change(ticker, now_ns, ticker->period_ns);
        ticker->next_ns = now_ns;
        live->view.targets[i].achieved_hz = NAN;
        sampler_break(live->targets[i].sampler);
    }
}

static bool all_read(const struct view *view)
{
    for (size_t i = 0; i < view->target_count; i++)
        if (!state_is_read(view->targets[i].sample->state))
            return false;
    return true;
}

void live_view_draw(struct live_view *live, struct grid *grid)
{
    for (size_t i = 0; i < live->view.target_count; i++) {
        struct live_target *target = &live->targets[i];
        struct watched *watched = &live->view.targets[i];
        if (live->view.held || watched->sample->number == target->drawn)
            continue;
        watched->shown_ns = target->drawn_ns;
        target->drawn = watched->sample->number;
        target->drawn_ns = watched->sample->mono_ns;
    }
    view_refresh(&live->view);
    live->fit.draw_ns = view_live_ns(&live->view);
    draw_dashboard(grid, &live->view, &live->fit);
    /* Which arrays are folded at first depends on the screen, too, and on what
     * is in use. */
    if (!live->unfolded && all_read(&live->view)) {
        live->unfolded = true;
        if (rows_unfold_if_fits(&live->view, live->fit.room)) {
            view_refresh(&live->view);
            draw_dashboard(grid, &live->view, &live->fit);
        }
    }
    live->dirty = false;
}

/* --- requests ------------------------------------------------------------ */

static bool ask(struct live_view *live, const struct request *request)
{
    struct buf answer = {0};
    if (!live->request) {
        view_set_message(&live->view, "nothing can be saved here");
        return false;
    }
    buf_puts(&answer, "");
    bool done = live->request(live->request_user, request, &answer);
    view_set_message(&live->view, "%s", answer.data);
    buf_free(&answer);
    return done;
}

void live_view_keep(struct live_view *live)
{
    for (size_t i = 0; i < live->view.target_count; i++) {
        struct kept kept = {0};
        view_keep(&live->view, i, &kept);
        struct request request = {
            .kind = REQUEST_KEEP, .watched = i, .kept = &kept};
        ask(live, &request);
        kept_free(&kept);
    }
}

/* How long a change is looked after: the producer may write the field, too. */
#define LOOK_NS INT64_C(3000000000)
#define LOOK_PERIODS 3

/* Shows at once what the memory holds after a change of target `index`. */
static void look_after(struct live_view *live, size_t index)
{
    int64_t look_ns = LOOK_PERIODS * live->view.targets[index].period_ns;
    take_sample(live, index, false);
    if (look_ns < LOOK_NS)
        look_ns = LOOK_NS;
    live->changed_until_ns = os_mono_ns() + look_ns;
}

static void change(struct live_view *live)
{
    const struct view *view = &live->view;
    const struct view_change *change = &view->change;
    struct request request = {.kind = change->kind};
    struct buf label = {0};
    bool undo = change->leaf == LEAF_NONE;
    if (!undo) {
        const struct leaf *leaf = &view->tree.leaves[change->leaf];
        leaf_put_label(&label, view, change->leaf);
        request.watched = leaf->target;
        request.field = leaf->field;
        request.text = change->text;
        request.label = label.data;
    }
    live->changed_until_ns = 0;
    bool done = ask(live, &request);
    /* An undone change may be of any target. */
    for (size_t i = 0; done && i < view->target_count; i++)
        if ((undo || i == request.watched) &&
            !sampler_is_recorded(live->targets[i].sampler))
            look_after(live, i);
    buf_free(&label);
}

static void save_screen(struct live_view *live, struct grid *grid)
{
    const char *name = live->view.edit.text;
    size_t len = strlen(name);
    struct buf data = {0};
    live_view_draw(live, grid);
    if (len > 4 && strcmp(name + len - 4, ".svg") == 0)
        grid_put_svg(&data, grid,
                     live->theme ? live->theme : theme_find("terminal"));
    else
        grid_put_text(&data, grid);
    struct request request = {
        .kind = REQUEST_FILE, .name = name, .data = data.data, .len = data.len};
    ask(live, &request);
    buf_free(&data);
}

static void save_history(struct live_view *live)
{
    struct request request;
    uint32_t *fields = view_save_request(&live->view, &request);
    ask(live, &request);
    free(fields);
}

/* Back from the past: what is lit is what the last samples changed, not all
 * that has changed since the view was held. */
static void note_drawn(struct live_view *live)
{
    for (size_t i = 0; i < live->view.target_count; i++) {
        const struct sample *sample = live->view.targets[i].sample;
        live->targets[i].drawn = sample->number;
        live->targets[i].drawn_ns = sample->mono_ns;
    }
}

/* Sets the baseline at the moment that is held. */
static void rebase(struct live_view *live)
{
    struct view *view = &live->view;
    CHECK(view->held);
    for (size_t i = 0; i < view->target_count; i++)
        if (view_past(view, i) == PAST_KEPT)
            history_rebase(view->targets[i].history, view->moment_ns);
    view_hold(view, view->moment_ns);
}

enum view_effect live_view_key(struct live_view *live, struct key_event event,
                               struct grid *grid)
{
    bool held = live->view.held;
    enum view_effect effect = view_key(&live->view, &live->fit, event);
    live->dirty = true;
    if (held && !live->view.held)
        note_drawn(live);
    switch (effect) {
    case EFFECT_BASELINE:
        if (live->view.held) {
            rebase(live);
            break;
        }
        for (size_t i = 0; i < live->view.target_count; i++) {
            sampler_reset_baseline(live->targets[i].sampler);
            live->targets[i].ticker.missed = 0;
            live->view.targets[i].missed = 0;
        }
        break;
    case EFFECT_PERIOD: {
        size_t index = view_target_at_cursor(&live->view);
        set_period(live, index, live->view.targets[index].period_ns);
        break;
    }
    case EFFECT_KEEP:
        live_view_keep(live);
        break;
    case EFFECT_CHANGE:
        change(live);
        break;
    case EFFECT_SAVE_SCREEN:
        save_screen(live, grid);
        break;
    case EFFECT_SAVE_HISTORY:
        save_history(live);
        break;
    default:
        break;
    }
    return effect;
}
