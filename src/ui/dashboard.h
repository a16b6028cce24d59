/* SPDX-License-Identifier: MIT */
/* The dashboard on a terminal; without one it is screen_text.c. */
#ifndef SHMTOP_UI_DASHBOARD_H
#define SHMTOP_UI_DASHBOARD_H

#include "ui/view.h"

/* What the dashboard shows. Everything is borrowed. */
struct dashboard_content {
    const struct layout *layout;
    struct sampler *sampler;
    const uint32_t *fields; /* the selection */
    size_t field_count;
    int64_t period_ns; /* the layout's period if it is new, else 0 */
};

enum layout_news {
    LAYOUT_SAME,
    LAYOUT_NEW,
    LAYOUT_BROKEN, /* it was saved, but has errors: the old one stays */
};

/* Called about once a second: has the layout been saved? LAYOUT_NEW fills
 * `shown`, and the old content lives until the next call; LAYOUT_BROKEN fills
 * `err`. */
typedef enum layout_news
layout_look_fn(void *user, struct dashboard_content *shown, struct err *err);

struct dashboard_options {
    struct view_options view;
    bool color;
    layout_look_fn *look; /* NULL: the layout does not change */
    void *look_user;
    uint64_t count;     /* ends after this many samples; 0: never */
    int64_t timeout_ns; /* ends after this time; 0: never */
    uint64_t *taken;    /* gets how many samples were taken; may be NULL */
};

/* Runs the dashboard until the user quits, the terminal hangs up or a stop
 * signal arrives; all of these return true. STATUS_UNAVAILABLE. */
bool dashboard_run(const struct layout *layout, struct sampler *sampler,
                   const struct dashboard_options *options, struct err *err);

#endif
