/* SPDX-License-Identifier: MIT */
/*
 * What the operating system gives every floor: clocks, waiting, signals,
 * files and places.  Memory mappings are source/region.h's.
 */
#ifndef SHMTOP_BASE_OS_H
#define SHMTOP_BASE_OS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"

/* Nanoseconds of the monotonic clock, and of UTC since 1970. */
int64_t os_mono_ns(void);
int64_t os_wall_ns(void);

/* The command line in UTF-8, as it was typed.  Call it first in main. */
void os_arguments(int *argc, char ***argv);

/* Bits of what has happened. */
enum os_event {
    OS_EVENT_STOP = 1,    /* INT, TERM, HUP; console close, logoff */
    OS_EVENT_RESIZE = 2,  /* the terminal has another size */
    OS_EVENT_RESUMED = 4, /* continued after a stop (fg) */
    OS_EVENT_INPUT = 8,   /* `input` can be read without blocking */
    OS_EVENT_HANGUP = 16, /* `input` is gone: POLLHUP, POLLERR */
};

/* Installs handlers that only set flags (SIGINT, SIGQUIT, SIGTERM, SIGHUP,
 * SIGWINCH, SIGCONT).  A SIGINT, SIGQUIT or SIGHUP that was ignored at start
 * stays ignored. */
void os_signals_install(void);

/* Sleeps until the monotonic instant `deadline_ns` (INT64_MAX: for ever), or
 * until a signal or input on file descriptor `input` (-1: none) comes;
 * returns the os_event bits, 0 for the deadline.  Flags are handed out once.
 * The wait has the smallest timer slack that the system gives. */
unsigned os_wait(int64_t deadline_ns, int input);

/* Sleeps for `ns` nanoseconds; signals stay for os_wait, and may end it
 * sooner. */
void os_rest(int64_t ns);
/* Whether a stop has come that os_wait has yet to hand out: for work that takes
 * long. */
bool os_stop_asked(void);

/* Whether a file descriptor (0, 1, 2) is a terminal. */
bool os_is_terminal(int fd);
/* Columns and rows of the terminal behind stdout, each 0 when unknown,
 * clamped to 1000 x 500. */
void os_terminal_size(int *columns, int *rows);

/* What surrounds curses, in this order: */
/* The type to give to newterm(), NULL where the environment names it.  Hides
 * sizes of the terminal from curses that it cannot bear, and shortens its wait
 * for what follows an Esc. */
const char *os_terminal_type(void);
/* Whether A_DIM of curses makes text faint and nothing else. */
bool os_terminal_has_dim(void);
/* Once curses has set its modes: what it leaves out.  Ctrl-C and changes of
 * size come as events, Ctrl-Z as a key; a stop event frees a terminal that
 * takes no more bytes. */
void os_terminal_modes(void);
/* Whether the terminal takes bytes now; writing to one that was stopped, or
 * that nobody reads, would wait. */
bool os_terminal_ready(void);
/* Before curses gives the terminal back: what it could wait for is dropped. */
void os_terminal_release(void);
/* Stops the process as Ctrl-Z does, and returns when it is continued; at once
 * where there is no such thing. */
void os_terminal_stop(void);

/* The whole file into `out` (cleared first).  STATUS_NO_MAPPING: not there;
 * STATUS_DENIED; STATUS_DATA: more than `max` bytes; STATUS_IO for the rest,
 * also for what is not a regular file.  Never blocks on a FIFO. */
bool os_read_file(const char *path, size_t max, struct buf *out,
                  struct err *err);
/* As os_read_file, but reads at most the first `max` bytes of a larger file. */
bool os_read_start(const char *path, size_t max, struct buf *out,
                   struct err *err);
bool os_file_exists(const char *path);
/* Whether `path` is an existing regular file (links followed). */
bool os_file_is_regular(const char *path);
/* What tells that a file has been saved again.  False when it is not there. */
struct os_stamp {
    int64_t wall_ns; /* of its last change */
    uint64_t size;   /* bytes */
    uint64_t file;   /* another one for another file under the name, where the
                        system tells */
};
bool os_file_stamp(const char *path, struct os_stamp *out);
/* Whether a word can only be a path: it has a folder (or a drive) in it. */
bool os_has_path_form(const char *word);
/* The bytes of a path before the name of the file in it: "a/b.ini" has 2. */
size_t os_folder_len(const char *path);
/* Whether a path does not count from the current folder. */
bool os_is_absolute(const char *path);
/* fopen(path, "wb") of a UTF-8 name. */
FILE *os_create_stream(const char *path);

/* A file that appears whole or not at all: os_replace_begin opens a temporary
 * file beside `path` (beside what it points to when it is a symbolic link) or
 * returns NULL with STATUS_CANNOT_CREATE, also for what exists and is not a
 * regular file; os_replace_commit flushes and renames it over `path`
 * (STATUS_IO on failure, temporary removed), os_replace_abandon removes it. */
struct os_replace;
struct os_replace *os_replace_begin(const char *path, struct err *err);
FILE *os_replace_stream(struct os_replace *replace);
bool os_replace_commit(struct os_replace *replace, struct err *err);
void os_replace_abandon(struct os_replace *replace); /* accepts NULL */

/* Calls `visit(user, path)` for each place of a data or configuration file
 * `name` (such as "shmtop.ini" or "layouts/ntp_shm.ini"), the most personal
 * first, until it returns true; returns whether one did.  Places: the XDG
 * directories with "shmtop/" appended (on Windows: %APPDATA% and
 * %PROGRAMDATA%), then, for data, the "share/shmtop" beside the program's own
 * bin directory (on Windows also the program's own directory). */
enum os_place { OS_PLACE_CONFIG, OS_PLACE_DATA };
typedef bool os_visit_fn(void *user, const char *path);
bool os_visit_places(enum os_place place, const char *name, os_visit_fn *visit,
                     void *user);

/* Calls `visit(user, name)` for each entry of a directory, in no order, but "."
 * and "..", until it returns true; returns whether one did.  A directory that
 * cannot be read has no entries. */
bool os_list_directory(const char *path, os_visit_fn *visit, void *user);

/* Whether a process with that id exists, one's own or anybody's, in the name
 * space of this process; one that has ended and only waits for its parent
 * (a zombie) does not.  0, and what no id can be, is no process. */
bool os_process_exists(uint64_t pid);
/* The id of this process. */
uint64_t os_process_id(void);

/* The system's word in layouts, as in the names of ABIs: "linux" or
 * "windows". */
extern const char os_name[];

/* Makes stdout and stderr carry bytes as they are (no CRLF translation), and
 * sees to it that no file opened later takes the place of a standard stream
 * that is closed.  Call it first. */
void os_plain_streams(void);
/* Whether the environment's locale writes UTF-8; sets LC_CTYPE and no other
 * category. */
bool os_locale_utf8(void);

#endif
