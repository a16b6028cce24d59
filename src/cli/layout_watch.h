/* SPDX-License-Identifier: MIT */
/*
 * Live reload: a layout that is saved while it is watched takes the place of
 * the one before, if it is sound.
 */
#ifndef SHMTOP_CLI_LAYOUT_WATCH_H
#define SHMTOP_CLI_LAYOUT_WATCH_H

#include "cli/session.h"
#include "ui/dashboard.h"

struct reload {
    struct session *session; /* what is shown; borrowed */
    struct session old;      /* what was shown before, until the next look */
    struct os_stamp *stamps; /* of each file of the layout */
    size_t count;
    bool broken; /* the last look found an unsound layout */
};

/* Begins to look after the layout of `session`. */
void reload_begin(struct reload *reload, struct session *session);
/* A layout_look_fn; `user` is the struct reload, whose session is changed. */
enum layout_news reload_look(void *user, struct dashboard_content *shown,
                             struct err *err);
void reload_end(struct reload *reload);

#endif
