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
    /* Change a value, by the code of `set`: */
    REQUEST_SET, /* to `text` */
    REQUEST_STEP_UP,
    REQUEST_STEP_DOWN,
    REQUEST_TOGGLE, /* what `text` names: a flag, or the number of a bit */
    REQUEST_UNDO,   /* the last change that is not undone yet */
    REQUEST_LOOK,   /* whether the last change still holds; no answer then */
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
    size_t watched;   /* the index of its TARGET; not REQUEST_FILE and
                         REQUEST_UNDO */
    const char *name; /* of the file, as typed; a leading ~ is expanded */
    const char *data; /* REQUEST_FILE: its content, `len` bytes */
    size_t len;
    const struct kept *kept; /* REQUEST_KEEP: replaces what was kept */
    struct request_history past;
    uint32_t field;    /* that changes: index in the layout of its TARGET */
    const char *text;  /* as typed */
    const char *label; /* of the field, for answers */
};

/* Appends a line for the status line to `answer`, after a failure too, and
 * returns whether it was done. */
typedef bool request_fn(void *user, const struct request *request,
                        struct buf *answer);

#endif
