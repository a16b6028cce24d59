/* SPDX-License-Identifier: MIT */
/* The dashboard on a terminal; without one it is screen_text.c. */
#ifndef SHMTOP_UI_DASHBOARD_H
#define SHMTOP_UI_DASHBOARD_H

#include "ui/view.h"

/* What the dashboard shows; all of it is borrowed. */
struct dashboard_content {
    const struct layout *layout;
    struct sampler *sampler;
    const uint32_t *fields; /* the selection */
    size_t field_count;
    int64_t period_ns; /* a new one that the layout gives, else 0 */
};

enum layout_news {
    LAYOUT_SAME,
    LAYOUT_NEW,    /* there is another layout to show */
    LAYOUT_BROKEN, /* there is one, but it is unsound: the old one stays */
};

/* Asked about once a second: whether the layout was saved again.  LAYOUT_NEW
 * fills `shown`, and what was shown before lives until it is asked again;
 * LAYOUT_BROKEN says why in `err`. */
typedef enum layout_news
layout_look_fn(void *user, struct dashboard_content *shown, struct err *err);

struct dashboard_options {
    struct view_options view;
    layout_look_fn *look; /* NULL: nothing is ever saved again */
    void *look_user;
    uint64_t count;     /* samples before it ends by itself; 0: never */
    int64_t timeout_ns; /* 0: never */
    uint64_t *taken;    /* NULL, or gets how many samples were taken */
};

/* Runs the dashboard until the user quits, the terminal hangs up or a stop
 * signal comes; all of these return true.  STATUS_UNAVAILABLE. */
bool dashboard_run(const struct layout *layout, struct sampler *sampler,
                   const struct dashboard_options *options, struct err *err);

#endif
