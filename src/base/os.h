/* SPDX-License-Identifier: MIT */
/* Clocks, waiting, signals, the terminal and processes.  Files are os_files.h,
 * memory mappings are source/region.h. */
#ifndef SHMTOP_BASE_OS_H
#define SHMTOP_BASE_OS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

#include "base/err.h"

/* Nanoseconds of the monotonic clock, and of UTC since 1970. */
int64_t os_mono_ns(void);
int64_t os_wall_ns(void);
/* Appends the local time of day, "12:04:31". */
void os_put_clock(struct buf *out, int64_t wall_ns);
/* The local time as nanoseconds since 1970 as if it was UTC. */
int64_t os_local_ns(int64_t wall_ns);

/* The command line in UTF-8, as it was typed.  Call it first in main. */
void os_arguments(int *argc, char ***argv);

/* Bits of events. */
enum os_event {
    OS_EVENT_STOP = 1,    /* INT, TERM, HUP; console close, logoff */
    OS_EVENT_RESIZE = 2,  /* the size of the terminal changed */
    OS_EVENT_RESUMED = 4, /* continued after a stop (fg) */
    OS_EVENT_INPUT = 8,   /* `input` can be read without waiting */
    OS_EVENT_HANGUP = 16, /* `input` is gone: POLLHUP, POLLERR */
};

/* Installs handlers for SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGWINCH and SIGCONT.
 * A SIGINT, SIGQUIT or SIGHUP that is ignored stays ignored. */
void os_signals_install(void);

/* Sleeps until the monotonic instant `deadline_ns` (INT64_MAX: no deadline), a
 * signal, or input on file descriptor `input` (-1: none).  Returns the os_event
 * bits, 0 for the deadline; each event is returned once.  The wait is as exact
 * as the system allows. */
unsigned os_wait(int64_t deadline_ns, int input);

/* Sleeps for `ns` nanoseconds, or less if a signal comes, which os_wait returns
 * later. */
void os_rest(int64_t ns);
/* Whether a stop has come that os_wait has not returned yet: for long work. */
bool os_stop_asked(void);

/* Whether a file descriptor (0, 1, 2) is a terminal. */
bool os_is_terminal(int fd);
/* Columns and rows of the terminal of stdout, each 0 if unknown, at most 1000 x
 * 500. */
void os_terminal_size(int *columns, int *rows);

/* Terminal setup that curses leaves to the program, called in this order: */
/* The type for newterm(), NULL to take it from the environment.  Hides terminal
 * sizes that curses cannot handle, and shortens its wait after an Esc. */
const char *os_terminal_type(void);
/* Whether A_DIM of curses makes text faint without other effects. */
bool os_terminal_has_dim(void);
/* Completes the modes that curses has set: Ctrl-C and changes of size come as
 * events, Ctrl-Z as a key, and a stop event frees a terminal that takes no more
 * bytes. `mouse`: a console reports it, in place of selecting text. */
void os_terminal_modes(bool mouse);
/* Whether the terminal takes bytes now.  A write to one that is stopped, or
 * that no program reads, would wait. */
bool os_terminal_ready(void);
/* Before curses restores the terminal: drops output that could make it wait. */
void os_terminal_release(void);
/* Stops the process as Ctrl-Z does, and returns when it is continued, or at
 * once if the system has no such thing. */
void os_terminal_stop(void);

/* Whether a process with that id exists, of any user, in the name space of this
 * process.  False for a zombie, which has ended and waits for its parent, and
 * for 0 and other values that are not an id. */
bool os_process_exists(uint64_t pid);
/* The id of this process. */
uint64_t os_process_id(void);

/* The system's word in layouts, as in the names of ABIs: "linux" or
 * "windows". */
extern const char os_name[];

/* Makes stdout and stderr carry bytes unchanged (no CRLF translation), and
 * makes sure that no file opened later replaces a closed standard stream.  Call
 * it first. */
void os_plain_streams(void);
/* Whether the environment's locale writes UTF-8; sets LC_CTYPE and no other
 * category. */
bool os_locale_utf8(void);

#endif
