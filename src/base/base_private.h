/* SPDX-License-Identifier: MIT */
/* What os_files.c needs of each system; for base/ only.  A failed call leaves
 * its error to os_explain_error. */
#ifndef SHMTOP_BASE_BASE_PRIVATE_H
#define SHMTOP_BASE_BASE_PRIVATE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"

/* Fills `err` with `status`, `path` and the system's words for the last error,
 * and returns false. */
bool os_explain_error(struct err *err, enum status status, const char *path);

/* Whether `path` exists, or is a name of a device, and is not a regular file.
 */
bool os_is_special(const char *path);
/* Creates a file for writing, if `own` for its owner only; NULL on failure,
 * with `*taken` if the name exists. */
FILE *os_create_new(const char *path, bool own, bool *taken);
/* Makes a folder for its owner; true if it exists already. */
bool os_make_folder(const char *path);
/* The user's home, or NULL; the caller frees it. */
char *os_home(void);
/* One attempt to lock; NULL with `*busy` if another process has the lock. */
struct os_lock *os_try_lock(const char *path, bool *busy);
/* Writes everything to the disk; false also if an earlier write failed. */
bool os_flush_stream(FILE *stream);
/* Renames over an existing file. */
bool os_rename_over(const char *from, const char *to);
/* Renames to a name that does not exist; false with `*taken` if it does. */
bool os_rename_new(const char *from, const char *to, bool *taken);
void os_remove_file(const char *path);

#endif
