/* SPDX-License-Identifier: MIT */
/* Files, paths and the places of configuration and data.  Paths are UTF-8.
 * Clocks, signals and the terminal are os.h. */
#ifndef SHMTOP_BASE_OS_FILES_H
#define SHMTOP_BASE_OS_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"

/* The whole file into `out` (cleared first).  STATUS_NO_MAPPING: not there;
 * STATUS_DENIED; STATUS_DATA: more than `max` bytes; STATUS_IO for the rest,
 * and for what is not a regular file.  Does not wait for a FIFO. */
bool os_read_file(const char *path, size_t max, struct buf *out,
                  struct err *err);
/* As os_read_file, but reads at most the first `max` bytes of a larger file. */
bool os_read_start(const char *path, size_t max, struct buf *out,
                   struct err *err);
bool os_file_exists(const char *path);
/* Whether `path` is an existing regular file (links followed). */
bool os_file_is_regular(const char *path);

/* Two different stamps: the file has been saved in between. */
struct os_stamp {
    int64_t wall_ns; /* of its last change */
    uint64_t size;   /* bytes */
    uint64_t file;   /* differs for another file under the same name, if the
                        system has such a number */
};
/* False if the file is not there. */
bool os_file_stamp(const char *path, struct os_stamp *out);

/* Whether a word can only be a path, because it has a folder or a drive. */
bool os_has_path_form(const char *word);
/* The bytes of a path before the name of the file: 2 in "a/b.ini". */
size_t os_folder_len(const char *path);
/* Whether a path does not start from the current folder. */
bool os_is_absolute(const char *path);
/* fopen(path, "wb"). */
FILE *os_create_stream(const char *path);
/* Writes a file by os_replace_begin_new. */
bool os_write_new(const char *path, const void *bytes, size_t len,
                  struct err *err);
/* The full path of a file with its links followed, or a copy of `path` if that
 * fails; the caller frees it. */
char *os_full_path(const char *path);
/* A copy of `path`, with the user's home in place of a first folder `~`; the
 * caller frees it. */
char *os_expand_home(const char *path);

/* A file that appears whole or not at all.  os_replace_begin opens a temporary
 * file beside `path` (beside its target if it is a symbolic link), or returns
 * NULL with STATUS_CANNOT_CREATE, also if `path` is not a regular file.
 * os_replace_commit flushes it and renames it over `path` (STATUS_IO on
 * failure, and the temporary file is removed); os_replace_abandon removes it.
 */
struct os_replace;
struct os_replace *os_replace_begin(const char *path, struct err *err);
/* The same for a file that only its owner may read. */
struct os_replace *os_replace_begin_private(const char *path, struct err *err);
/* The same for a file that does not exist yet.  If it exists, now or when it is
 * committed, that is STATUS_CANNOT_CREATE. */
struct os_replace *os_replace_begin_new(const char *path, struct err *err);
FILE *os_replace_stream(struct os_replace *replace);
bool os_replace_commit(struct os_replace *replace, struct err *err);
void os_replace_abandon(struct os_replace *replace); /* accepts NULL */

/* Makes the missing folders of a file's path, for their owner only.
 * STATUS_CANNOT_CREATE. */
bool os_make_folders(const char *path, struct err *err);

/* Makes other processes wait that lock the same file, which need not exist.
 * Waits for at most 2 s, then NULL with STATUS_IO.  A lock is a request among
 * processes that call this; a file system without locks grants each one. */
struct os_lock;
struct os_lock *os_lock_file(const char *path, struct err *err);
void os_unlock_file(struct os_lock *lock); /* accepts NULL */

/* Calls `visit(user, path)` for each place of a data or configuration file
 * `name` (such as "shmtop.ini" or "layouts/ntp_shm.ini"), the most personal one
 * first, until it returns true; returns whether it did.  Places: the XDG
 * directories with "shmtop/" appended (on Windows: %APPDATA% and
 * %PROGRAMDATA%); then, for data, "share/shmtop" beside the program's bin
 * directory (on Windows the program's own directory, too).  What the program
 * keeps has one place: the XDG state directory (%LOCALAPPDATA%). */
enum os_place { OS_PLACE_CONFIG, OS_PLACE_DATA, OS_PLACE_STATE };
typedef bool os_visit_fn(void *user, const char *path);
bool os_visit_places(enum os_place place, const char *name, os_visit_fn *visit,
                     void *user);

/* Calls `visit(user, name)` for each entry of a directory except "." and "..",
 * in no order, until it returns true; returns whether it did.  A directory that
 * cannot be read has no entries. */
bool os_list_directory(const char *path, os_visit_fn *visit, void *user);

#endif
