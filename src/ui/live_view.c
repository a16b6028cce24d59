/* SPDX-License-Identifier: MIT */
/* Joins a view with its sampler and the sampling clock. Fields that changed
 * since the last drawing are highlighted, even if samples were taken in
 * between. */
#include "ui/live_view.h"

#include <math.h>

#include "base/os.h"
#include "ui/draw.h"

void live_view_open(struct live_view *live, const struct layout *layout,
                    struct sampler *sampler, const struct view_options *options)
{
    *live = (struct live_view){.sampler = sampler};
    view_open(&live->view, layout, options);
    live->sample = sampler_last(sampler);
    CHECK(live->sample->field_count == layout->field_count);
    live->generation = live->sample->generation;
    ticker_start(&live->ticker, os_mono_ns(), options->period_ns);
}

void live_view_close(struct live_view *live)
{
    view_close(&live->view);
    view_fit_free(&live->fit);
}

void live_view_replace(struct live_view *live, const struct layout *layout,
                       struct sampler *sampler, const uint32_t *fields,
                       size_t field_count)
{
    live->sampler = sampler;
    sampler_set_stale(sampler, sampler_stale_after(live->view.period_ns));
    sampler_set_patience(sampler, consistency_patience(live->view.period_ns));
    sampler_set_history_cell(sampler, SAMPLER_CELL_NS, live->view.period_ns);
    live->sample = sampler_step(sampler);
    live->generation = live->sample->generation;
    live->drawn = 0;
    live->drawn_ns = 0;
    live->fit.columns = 0; /* other fields, other widths */
    view_replace(&live->view, layout, fields, field_count, live->sample);
}

void live_view_step(struct live_view *live)
{
    live->sample = sampler_step(live->sampler);
    ticker_advance(&live->ticker, os_mono_ns());
    live->taken++;
    uint32_t generation = live->sample->generation;
    if (generation > 1 && generation != live->generation)
        view_set_message(&live->view, "re-attached: generation %u", generation);
    live->generation = generation;
    /* Recorded frames have their own times. */
    if (!sampler_is_recorded(live->sampler)) {
        live->view.achieved_hz = live->ticker.achieved_hz;
        live->view.missed = live->ticker.missed;
    }
}

void live_view_restart(struct live_view *live)
{
    int64_t now_ns = os_mono_ns();
    ticker_change(&live->ticker, now_ns, live->ticker.period_ns);
    live->ticker.next_ns = now_ns;
    sampler_break(live->sampler);
    live->view.achieved_hz = NAN;
}

void live_view_draw(struct live_view *live, struct grid *grid)
{
    const struct sample *sample = live->sample;
    if (sample->number != live->drawn) {
        live->view.shown_ns = live->drawn_ns;
        live->drawn = sample->number;
        live->drawn_ns = sample->mono_ns;
    }
    view_refresh(&live->view, sample);
    draw_dashboard(grid, &live->view, &live->fit, live->sampler, sample);
}

static void reset_missed(struct live_view *live)
{
    live->ticker.missed = 0;
    live->view.missed = 0;
}

void live_view_set_period(struct live_view *live, int64_t period_ns)
{
    CHECK(period_ns > 0);
    live->view.period_ns = period_ns;
    ticker_change(&live->ticker, os_mono_ns(), period_ns);
    live->view.achieved_hz = NAN;
    sampler_set_stale(live->sampler, sampler_stale_after(period_ns));
    sampler_set_patience(live->sampler, consistency_patience(period_ns));
    sampler_set_history_cell(live->sampler, SAMPLER_CELL_NS, period_ns);
    reset_missed(live);
}

enum view_effect live_view_key(struct live_view *live, int key)
{
    CHECK(live->sample == sampler_last(live->sampler));
    bool paused = live->view.paused;
    enum view_effect effect =
        view_key(&live->view, &live->fit, key, live->sample);
    if (paused && !live->view.paused)
        live_view_restart(live);
    if (effect == EFFECT_BASELINE) {
        sampler_reset_baseline(live->sampler);
        reset_missed(live);
    }
    if (effect == EFFECT_PERIOD)
        live_view_set_period(live, live->view.period_ns);
    return effect;
}
