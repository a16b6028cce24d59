/* SPDX-License-Identifier: MIT */
/*
 * What term_curses.c leaves to the system: which terminal it is, how cells
 * get there, how keys come from there.  term_linux.c and term_windows.c
 * implement it; nobody else includes it.
 */
#ifndef SHMTOP_UI_TERM_SYSTEM_H
#define SHMTOP_UI_TERM_SYSTEM_H

#include <curses.h>

#include "ui/term.h"

struct term_system;

/* Makes curses take stdin and stdout, which are terminals; on failure all is
 * as before.  `*screen` is the caller's to delscreen(). */
bool term_system_open(struct term_system **out, SCREEN **screen,
                      const struct term_options *options, struct err *err);
void term_system_close(struct term_system *system);

/* Sets the modes of the terminal that curses does not, after curses has; the
 * next drawing is of all cells. */
void term_system_take(struct term_system *system);
/* Sends what must be sent before endwin(), which comes next. */
void term_system_give_back(void);
/* Stops the process as Ctrl-Z does, where there is such a thing. */
void term_system_stop(void);

/* As term_show and term_redraw say. */
bool term_system_show(struct term_system *system, const struct grid *grid);
void term_system_redraw(struct term_system *system);

/* The next key from the window `keys`, ERR if none: one that curses has a
 * KEY_ number for when `*special`, else a character, or KEY_NONE_ for a part
 * of one. */
int term_system_key(struct term_system *system, WINDOW *keys, bool *special);

#endif
