/* SPDX-License-Identifier: MIT */
/* What the dashboard wants done outside of the terminal.  It opens no file
 * itself; cli/ does it and answers with a line of text. */
#ifndef SHMTOP_VIEW_REQUEST_H
#define SHMTOP_VIEW_REQUEST_H

#include <stdbool.h>

#include "base/buf.h"
#include "view/kept.h"

enum request_kind {
    REQUEST_FILE, /* write a new file; one that exists is refused */
    REQUEST_KEEP, /* keep the settings of a layout */
};

struct request {
    enum request_kind kind;
    size_t watched;   /* REQUEST_KEEP: the index of its TARGET */
    const char *name; /* REQUEST_FILE: as typed; a leading ~ is expanded */
    const char *data; /* its content, `len` bytes */
    size_t len;
    const struct kept *kept; /* REQUEST_KEEP: replaces what was kept */
};

/* Appends a line for the status line to `answer`, after a failure too, and
 * returns whether it was done. */
typedef bool request_fn(void *user, const struct request *request,
                        struct buf *answer);

#endif
