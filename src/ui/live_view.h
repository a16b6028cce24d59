/* SPDX-License-Identifier: MIT */
/* What the dashboard on a terminal and the one without share: a view, its
 * samplers and their sampling clocks. */
#ifndef SHMTOP_UI_LIVE_VIEW_H
#define SHMTOP_UI_LIVE_VIEW_H

#include "draw/grid.h"
#include "sampler/ticker.h"
#include "ui/dashboard.h"

/* A target's sampler and clock. */
struct live_target {
    struct sampler *sampler; /* borrowed */
    struct ticker ticker;
    uint64_t taken;      /* samples */
    uint64_t drawn;      /* number of the sample on the screen; 0: none */
    int64_t drawn_ns;    /* monotonic instant of that sample */
    uint32_t generation; /* of the last sample */
    bool changed;        /* values changed in the last sample */
};

/* What can change on the screen without a value. */
struct live_facts {
    enum source_state state;
    uint32_t generation;
    size_t crit, warn, resting;
    uint64_t moves;
    int64_t second;
    bool torn;
};

struct live_view {
    struct view view;
    struct view_fit fit;         /* of the last drawing */
    struct live_target *targets; /* owned; as many as the view has */
    struct live_facts *facts;    /* the same, of the last sample */
    request_fn *request;         /* NULL: nothing can be saved */
    void *request_user;
    const struct theme *theme; /* borrowed; NULL: that of the terminal */
    bool unfolded;             /* it was tried to show all rows */
    int64_t changed_until_ns;  /* a changed value is looked after; 0: none */
    bool dirty;      /* something may have changed since the last drawing */
    bool crit_waits; /* a critical alarm waits for the message of a key */
    size_t new_crit; /* fields that became critical since it was cleared */
};

/* Starts the sampling clocks; the first ticks are due at once. */
void live_view_open(struct live_view *live,
                    const struct dashboard_options *options);
void live_view_close(struct live_view *live);

/* Changes target `index` to another layout and its sampler, and takes a sample
 * at once. The clock goes on. */
void live_view_replace(struct live_view *live, size_t index,
                       const struct view_target *target);

/* When the next sample of any target is due; INT64_MAX: never. */
int64_t live_view_next_ns(const struct live_view *live);
/* Takes the samples that are due at `now_ns`. */
void live_view_step(struct live_view *live, int64_t now_ns);
/* Takes a sample of target `index` now; the next one is due a period later. */
void live_view_sample(struct live_view *live, size_t index);
/* Makes the next samples due at once, after a time without sampling. */
void live_view_restart(struct live_view *live);
/* Fills `grid` with the screen. */
void live_view_draw(struct live_view *live, struct grid *grid);
/* Applies a key, and its effects on clocks, periods, baselines and files;
 * `grid` gives the size of the screen. Other effects are the caller's. */
enum view_effect live_view_key(struct live_view *live, struct key_event event,
                               struct grid *grid);
/* Asks for the settings to be kept. */
void live_view_keep(struct live_view *live);

#endif
