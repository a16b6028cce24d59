/* SPDX-License-Identifier: MIT */
/* The dashboard on a terminal; without one it is screen_text.c. */
#ifndef SHMTOP_UI_DASHBOARD_H
#define SHMTOP_UI_DASHBOARD_H

#include "draw/theme.h"
#include "view/request.h"
#include "view/view.h"

enum layout_news {
    LAYOUT_SAME,
    LAYOUT_NEW,
    LAYOUT_BROKEN, /* it was saved, but has errors: the old one stays */
};

/* Called about once a second for each target: has its layout been saved?
 * LAYOUT_NEW fills `shown`, and the old content lives until the next call;
 * shown->period_ns is 0 if the layout gives none that is new. LAYOUT_BROKEN
 * fills `err`. */
typedef enum layout_news layout_look_fn(void *user, size_t target,
                                        struct view_target *shown,
                                        struct err *err);

struct dashboard_options {
    struct view_options view;
    const struct view_target *targets; /* borrowed */
    size_t target_count;
    const struct theme *theme; /* NULL: that of the terminal */
    const char *notice;        /* a first message; or NULL */
    bool color;
    bool mouse;
    bool bell;            /* rings when a field becomes critical */
    bool title;           /* sets the window's title */
    bool sync;            /* marks full redraws as synchronized output */
    bool autosave;        /* keeps the settings at the end */
    layout_look_fn *look; /* NULL: the layouts do not change */
    void *look_user;
    request_fn *request; /* NULL: nothing can be saved */
    void *request_user;
    uint64_t count;     /* ends after this many samples of the first target; 0:
                           never */
    int64_t timeout_ns; /* ends after this time; 0: never */
    uint64_t *taken;    /* gets how many samples of it were taken; may be
                           NULL */
};

/* Runs the dashboard until the user quits, the terminal hangs up or a stop
 * signal arrives; all of these return true. STATUS_UNAVAILABLE. */
bool dashboard_run(const struct dashboard_options *options, struct err *err);

#endif
