/* SPDX-License-Identifier: MIT */
/* The values that the dashboard sets, by the code of `set`, and the list of
 * those that can be taken back. */
#ifndef SHMTOP_CLI_EDITS_H
#define SHMTOP_CLI_EDITS_H

#include "cli/session.h"
#include "view/request.h"
#include "writer/set.h"

/* A change that was made. The path finds its field again when the layout has
 * been saved. */
struct done_edit {
    size_t session; /* index */
    char *path;     /* owned, as the label */
    char *label;
    struct field field; /* for its kind and size; its pointers are not used */
    struct edit edit;
};

/* Changes that can be taken back; the oldest are forgotten. */
#define EDITS_MOST 1000

struct edits {
    const struct session *sessions; /* borrowed, one for each TARGET */
    struct done_edit *items;        /* the newest is the last; owned */
    size_t count;
    struct done_edit last; /* for REQUEST_LOOK; path NULL: none */
};

/* Carries out a request that changes a value, or looks after it. */
bool edits_carry_out(struct edits *edits, const struct request *request,
                     struct buf *answer);
void edits_free(struct edits *edits);

#endif
