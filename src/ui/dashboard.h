/* SPDX-License-Identifier: MIT */
/*
 * The dashboard's two runs: on a terminal, and without one (--screen).
 */
#ifndef SHMTOP_UI_DASHBOARD_H
#define SHMTOP_UI_DASHBOARD_H

#include "base/buf.h"
#include "ui/view.h"

/* What the dashboard shows; all of it is borrowed. */
struct ui_shown {
    const struct layout *layout;
    struct sampler *sampler;
    const uint32_t *fields; /* the selection */
    size_t field_count;
    int64_t period_ns; /* a new one that the layout gives, else 0 */
};

enum ui_news {
    UI_SAME,
    UI_NEW,    /* there is another layout to show */
    UI_BROKEN, /* there is one, but it is unsound: the old one stays */
};

/* Asked about once a second: whether the layout was saved again.  UI_NEW
 * fills `shown`, and what was shown before lives until it is asked again;
 * UI_BROKEN says why in `err`. */
typedef enum ui_news ui_look_fn(void *user, struct ui_shown *shown,
                                struct err *err);

struct ui_options {
    struct view_options view;
    ui_look_fn *look; /* NULL: nothing is ever saved again */
    void *look_user;
    uint64_t count;     /* samples before it ends by itself; 0: never */
    int64_t timeout_ns; /* 0: never */
    uint64_t *taken;    /* NULL, or gets how many samples were taken */
};

/* Runs the dashboard until the user quits, the terminal hangs up or a stop
 * signal comes; all of these return true.  STATUS_UNAVAILABLE. */
bool ui_run(const struct layout *layout, struct sampler *sampler,
            const struct ui_options *options, struct err *err);

/* Takes `options->count` samples (at least one) at the view's period, applies
 * `keys` (see key_next), and appends the screen of the given size to `out`.
 * STATUS_USAGE for an unknown key name. */
bool ui_screen(const struct layout *layout, struct sampler *sampler,
               const struct ui_options *options, int columns, int rows,
               const char *keys, struct buf *out, struct err *err);

#endif
