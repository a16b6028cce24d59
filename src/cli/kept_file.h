/* SPDX-License-Identifier: MIT */
/* dashboard.ini: what was set on the dashboard, by layout.  The program reads
 * and writes it; the configuration of the user is config.h. */
#ifndef SHMTOP_CLI_KEPT_FILE_H
#define SHMTOP_CLI_KEPT_FILE_H

#include "base/problem.h"
#include "view/kept.h"

/* The path of the file, which need not exist; the caller frees it.  NULL if
 * the environment names no folder for it. */
char *kept_file_path(void);

/* Reads the lines that are kept for `layout`: the full path of its file, or its
 * name if it is installed.  What cannot be read becomes a warning. */
void kept_file_read(struct kept *out, const char *path, const char *layout,
                    struct problems *problems);

/* Replaces what is kept for `layout`, or removes it if `kept` is empty.  The
 * rest of the file stays as it is at this moment, even if another process
 * changes it at the same time.  Missing folders are made.  STATUS_DATA: the
 * file there is no text; STATUS_CANNOT_CREATE, STATUS_DENIED, STATUS_IO. */
bool kept_file_write(const char *path, const char *layout,
                     const struct kept *kept, struct err *err);

#endif
