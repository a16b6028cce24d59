/* SPDX-License-Identifier: MIT */
/* What the dashboard wants done outside of the terminal.  It opens no file
 * itself; cli/ does it and answers with a line of text. */
#ifndef SHMTOP_VIEW_REQUEST_H
#define SHMTOP_VIEW_REQUEST_H

#include <stdbool.h>

#include "base/buf.h"
#include "history/history.h"
#include "view/kept.h"

enum request_kind {
    REQUEST_FILE,    /* write a new file; one that exists is refused */
    REQUEST_KEEP,    /* keep the settings of a layout */
    REQUEST_HISTORY, /* the same as REQUEST_FILE, with samples of a history */
};

/* Which samples and fields are saved. */
struct request_history {
    struct history *history;
    const struct layout *layout;
    const uint32_t *fields; /* rising */
    size_t field_count;
    int64_t from_ns, to_ns; /* monotonic, both included */
    const char *title;      /* of the TARGET if there are several; or NULL */
};

struct request {
    enum request_kind kind;
    size_t watched;   /* REQUEST_KEEP: the index of its TARGET */
    const char *name; /* of the file, as typed; a leading ~ is expanded */
    const char *data; /* REQUEST_FILE: its content, `len` bytes */
    size_t len;
    const struct kept *kept; /* REQUEST_KEEP: replaces what was kept */
    struct request_history past;
};

/* Appends a line for the status line to `answer`, after a failure too, and
 * returns whether it was done. */
typedef bool request_fn(void *user, const struct request *request,
                        struct buf *answer);

#endif
