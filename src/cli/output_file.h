/* SPDX-License-Identifier: MIT */
/*
 * Where data is written: stdout, a file that grows, or a file that appears
 * whole.
 */
#ifndef SHMTOP_CLI_OUTPUT_FILE_H
#define SHMTOP_CLI_OUTPUT_FILE_H

#include <stdio.h>

#include "base/err.h"
#include "base/os.h"

struct sink {
    const char *name; /* for messages */
    FILE *stream;
    struct os_replace *replace; /* NULL: stdout or a growing file */
    bool interrupted;           /* a write failed because of a signal */
};

/* Opens `path` (borrowed; NULL or "-": stdout).  When `whole`, a regular file
 * is written beside itself and appears at sink_close.
 * STATUS_CANNOT_CREATE. */
bool sink_open(struct sink *sink, const char *path, bool whole,
               struct err *err);

/* Hands `len` bytes to the system, in one piece where it takes them so.
 * STATUS_IO. */
bool sink_write(struct sink *sink, const void *bytes, size_t len,
                struct err *err);

/* Ends the writing; a whole file takes its place now.  STATUS_IO.  Do not use
 * the sink afterwards. */
bool sink_close(struct sink *sink, struct err *err);

/* Ends it after an error: a whole file does not appear.  Accepts a sink that
 * was closed or never opened (zeroed). */
void sink_abandon(struct sink *sink);

#endif
