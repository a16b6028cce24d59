/* SPDX-License-Identifier: MIT */
/* The TARGETs of the dashboard: for each one a session, the settings that were
 * kept for its layout, and live reload. */
#ifndef SHMTOP_CLI_TARGETS_H
#define SHMTOP_CLI_TARGETS_H

#include "base/problem.h"
#include "cli/layout_watch.h"
#include "cli/requests.h"

struct targets {
    const struct options *options;
    size_t count;
    struct session *sessions; /* owned arrays of `count`, as: */
    struct layout_watch *watches;
    struct kept *kept;
    char **layout_ids;         /* see kept_file.h */
    struct view_target *shown; /* what the dashboard begins with */
    char *kept_path;
    struct requests requests;
};

/* Opens all TARGETs but no mapping.  What is wrong with the kept settings is a
 * warning in `problems`.  The caller calls targets_close in both cases. */
bool targets_open(struct targets *targets, const struct options *options,
                  struct problems *problems, struct err *err);
void targets_close(struct targets *targets);

/* session_attach for each one. */
bool targets_attach(const struct targets *targets, enum waited *waited,
                    struct err *err);

/* A layout_look_fn; `user` is the struct targets. */
enum layout_news targets_look(void *user, size_t index,
                              struct view_target *shown, struct err *err);

#endif
