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
