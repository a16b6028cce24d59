/* SPDX-License-Identifier: MIT */
/* What the dashboard on a terminal and the one without share: a view, its
 * sampler and the sampling clock. */
#ifndef SHMTOP_UI_LIVE_VIEW_H
#define SHMTOP_UI_LIVE_VIEW_H

#include "draw/grid.h"
#include "sampler/ticker.h"
#include "ui/view.h"

struct live_view {
    struct view view;
    struct view_fit fit;     /* of the last drawing */
    struct sampler *sampler; /* borrowed */
    const struct sample *sample;
    struct ticker ticker;
    uint64_t taken;      /* samples */
    uint64_t drawn;      /* number of the sample on the screen; 0: none */
    int64_t drawn_ns;    /* monotonic instant of that sample */
    uint32_t generation; /* of the last sample */
};

/* Starts the sampling clock; the first tick is due at once. */
void live_view_open(struct live_view *live, const struct layout *layout,
                    struct sampler *sampler,
                    const struct view_options *options);
void live_view_close(struct live_view *live);

/* Changes to another layout and its sampler, and takes a sample at once. The
 * clock goes on. */
void live_view_replace(struct live_view *live, const struct layout *layout,
                       struct sampler *sampler, const uint32_t *fields,
                       size_t field_count);

/* Changes the sampling period; missed samples are counted from 0 again. */
void live_view_set_period(struct live_view *live, int64_t period_ns);

/* Takes a sample now; the next one is due a period later. */
void live_view_step(struct live_view *live);
/* Makes the next sample due at once, after a time without sampling. */
void live_view_restart(struct live_view *live);
/* Fills `grid` with the screen. */
void live_view_draw(struct live_view *live, struct grid *grid);
/* Applies a key, and its effects on clock, period and baseline; other effects
 * are the caller's. */
enum view_effect live_view_key(struct live_view *live, int key);

#endif
