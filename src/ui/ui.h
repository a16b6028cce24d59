/* SPDX-License-Identifier: MIT */
/*
 * The dashboard's two runs: on a terminal, and without one (--screen).
 */
#ifndef SHMTOP_UI_UI_H
#define SHMTOP_UI_UI_H

#include "base/buf.h"
#include "ui/view.h"

struct ui_options {
    struct view_options view;
    uint64_t count;     /* samples before it ends by itself; 0: never */
    int64_t timeout_ns; /* 0: never */
};

/* Runs the dashboard until the user quits, the terminal hangs up or a stop
 * signal comes; all of these return true.  STATUS_NO_TERMINAL. */
bool ui_run(const struct layout *layout, struct sampler *sampler,
            const struct ui_options *options, struct err *err);

/* Takes `options->count` samples (at least one) at the view's period, applies
 * `keys` (see key_next), and appends the screen of the given size to `out`.
 * STATUS_USAGE for an unknown key name. */
bool ui_screen(const struct layout *layout, struct sampler *sampler,
               const struct ui_options *options, int columns, int rows,
               const char *keys, struct buf *out, struct err *err);

#endif
