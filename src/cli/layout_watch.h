/* SPDX-License-Identifier: MIT */
/* Live reload: a layout saved while it is shown replaces the old one if it has
 * no errors. */
#ifndef SHMTOP_CLI_LAYOUT_WATCH_H
#define SHMTOP_CLI_LAYOUT_WATCH_H

#include "cli/session.h"
#include "ui/dashboard.h"

struct layout_watch {
    struct session *session; /* shown now; borrowed */
    struct session old;      /* shown before, until the next call of look */
    struct os_stamp *stamps; /* one for each file of the layout */
    size_t count;
    bool broken; /* the file has errors since the last save */
};

/* Starts to watch the files of the layout of `session`. */
void layout_watch_begin(struct layout_watch *watch, struct session *session);
/* As a layout_look_fn; changes the session. */
enum layout_news layout_watch_look(struct layout_watch *watch,
                                   struct view_target *shown, struct err *err);
void layout_watch_end(struct layout_watch *watch);

#endif
