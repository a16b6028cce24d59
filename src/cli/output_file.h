/* SPDX-License-Identifier: MIT */
/* The destination of data: stdout, a growing file, or a file that appears as a
 * whole. */
#ifndef SHMTOP_CLI_OUTPUT_FILE_H
#define SHMTOP_CLI_OUTPUT_FILE_H

#include <stdio.h>

#include "base/err.h"
#include "base/os_files.h"

struct output_file {
    const char *name; /* for messages */
    FILE *stream;
    struct os_replace *replace; /* NULL: stdout or a growing file */
    bool interrupted;           /* a write failed because of a signal */
};

/* Opens `path` (borrowed; NULL or "-": stdout).  If `whole`, a regular file is
 * written under another name and renamed by output_file_close.
 * STATUS_CANNOT_CREATE. */
bool output_file_open(struct output_file *file, const char *path, bool whole,
                      struct err *err);

/* Writes `len` bytes, in one piece if the system accepts that.  STATUS_IO. */
bool output_file_write(struct output_file *file, const void *bytes, size_t len,
                       struct err *err);

/* Ends writing and renames a whole file.  STATUS_IO.  The file cannot be used
 * after it. */
bool output_file_close(struct output_file *file, struct err *err);

/* Ends it after an error: a whole file does not appear.  Accepts a file that
 * was closed or never opened (zeroed). */
void output_file_abandon(struct output_file *file);

#endif
