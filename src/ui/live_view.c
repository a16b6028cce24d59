/* SPDX-License-Identifier: MIT */
/*
 * View, sampler and sampling clock.  Invariant: `sample` is the sampler's
 * last one, and what is highlighted is what changed since the drawing before,
 * however many samples lie between.
 */
#include "ui/live_view.h"

#include <math.h>

#include "base/os.h"
#include "ui/draw.h"

void watch_open(struct watch *watch, const struct layout *layout,
                struct sampler *sampler, const struct view_options *options)
{
    *watch = (struct watch){.sampler = sampler};
    view_open(&watch->view, layout, options);
    watch->sample = sampler_last(sampler);
    watch->generation = watch->sample->generation;
    ticker_start(&watch->ticker, os_mono_ns(), options->period_ns);
}

void watch_close(struct watch *watch)
{
    view_close(&watch->view);
}

void watch_replace(struct watch *watch, const struct layout *layout,
                   struct sampler *sampler, const uint32_t *fields,
                   size_t field_count)
{
    watch->sampler = sampler;
    sampler_set_stale(sampler, sampler_stale_after(watch->view.period_ns));
    sampler_set_patience(sampler, consistency_patience(watch->view.period_ns));
    watch->sample = sampler_step(sampler);
    watch->generation = watch->sample->generation;
    watch->drawn = 0;
    watch->drawn_ns = 0;
    view_replace(&watch->view, layout, fields, field_count, watch->sample);
}

void watch_step(struct watch *watch)
{
    watch->sample = sampler_step(watch->sampler);
    ticker_advance(&watch->ticker, os_mono_ns());
    watch->taken++;
    uint32_t generation = watch->sample->generation;
    if (generation > 1 && generation != watch->generation)
        view_say(&watch->view, "re-attached: generation %u", generation);
    watch->generation = generation;
    /* Recorded frames come when they come. */
    if (!sampler_is_recorded(watch->sampler)) {
        watch->view.achieved_hz = watch->ticker.achieved_hz;
        watch->view.missed = watch->ticker.missed;
    }
}

void watch_restart(struct watch *watch)
{
    int64_t now_ns = os_mono_ns();
    ticker_change(&watch->ticker, now_ns, watch->ticker.period_ns);
    watch->ticker.next_ns = now_ns;
    watch->view.achieved_hz = NAN;
}

void watch_draw(struct watch *watch, struct grid *grid)
{
    const struct sample *sample = watch->sample;
    if (sample->number != watch->drawn) {
        watch->view.shown_ns = watch->drawn_ns;
        watch->drawn = sample->number;
        watch->drawn_ns = sample->mono_ns;
    }
    view_refresh(&watch->view, sample);
    draw_dashboard(grid, &watch->view, watch->sampler, sample);
}

static void forget_missed(struct watch *watch)
{
    watch->ticker.missed = 0;
    watch->view.missed = 0;
}

void watch_set_period(struct watch *watch, int64_t period_ns)
{
    watch->view.period_ns = period_ns;
    ticker_change(&watch->ticker, os_mono_ns(), period_ns);
    watch->view.achieved_hz = NAN;
    sampler_set_stale(watch->sampler, sampler_stale_after(period_ns));
    sampler_set_patience(watch->sampler, consistency_patience(period_ns));
    forget_missed(watch);
}

enum view_effect watch_key(struct watch *watch, int key)
{
    bool paused = watch->view.paused;
    enum view_effect effect = view_key(&watch->view, key, watch->sample);
    if (paused && !watch->view.paused)
        watch_restart(watch);
    if (effect == EFFECT_BASELINE) {
        sampler_reset_baseline(watch->sampler);
        forget_missed(watch);
    }
    if (effect == EFFECT_PERIOD)
        watch_set_period(watch, watch->view.period_ns);
    return effect;
}
