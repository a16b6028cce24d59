/* SPDX-License-Identifier: MIT */
/*
 * A real terminal: shows grids, gives keys.  term_curses.c is the only file
 * that needs one, and the only one that includes curses.
 */
#ifndef SHMTOP_UI_TERM_H
#define SHMTOP_UI_TERM_H

#include "base/err.h"
#include "ui/grid.h"

struct term;

struct term_options {
    bool color;
    bool ascii; /* the terminal's encoding is not UTF-8, or --ascii */
};

/* Takes over the terminal on stdin and stdout; it is restored by term_close,
 * and at exit() in any case.  STATUS_UNAVAILABLE when there is none or TERM is
 * unknown or too poor. */
bool term_open(struct term **out, const struct term_options *options,
               struct err *err);
void term_close(struct term *term); /* accepts NULL */

/* The size for the next grid. */
void term_size(struct term *term, int *columns, int *rows);
/* Sends the cells in which `grid` differs from what was shown last.  False when
 * the terminal is gone. */
bool term_show(struct term *term, const struct grid *grid);
/* The next key that is waiting, KEY_CODE_NONE if none; never blocks. */
int term_key(struct term *term);
/* Everything is sent anew at the next term_show. */
void term_redraw(struct term *term);
/* Gives the terminal back and stops the process as Ctrl-Z does; returns when it
 * is continued, with the terminal taken again. */
void term_suspend(struct term *term);
/* Takes the terminal again after somebody else stopped the process. */
void term_resume(struct term *term);

#endif
