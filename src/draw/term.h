/* SPDX-License-Identifier: MIT */
/* The terminal: shows grids, reads keys.  Drawing does without one: it
 * fills grids. */
#ifndef SHMTOP_DRAW_TERM_H
#define SHMTOP_DRAW_TERM_H

#include "base/err.h"
#include "draw/key_code.h"
#include "draw/theme.h"

struct term;

struct term_options {
    bool color; /* false: the theme `mono`, whatever term_set_theme says */
    bool ascii; /* the terminal's encoding is not UTF-8, or --ascii */
    bool mouse; /* the terminal reports clicks and the wheel */
    bool sync;  /* full redraws are shown at once, where the terminal can */
};

/* Takes over the terminal on stdin and stdout until term_close or exit().
 * STATUS_UNAVAILABLE when there is none or TERM is unknown or too poor. */
bool term_open(struct term **out, const struct term_options *options,
               struct err *err);
void term_close(struct term *term); /* accepts NULL */

/* The size for the next grid. */
void term_size(struct term *term, int *columns, int *rows);
/* Sends the cells in which `grid` differs from the last one. False if the
 * terminal is gone. */
bool term_show(struct term *term, const struct grid *grid);
/* The next key, KEY_CODE_NONE if there is no input; never blocks. Fills
 * `*mouse` if it is KEY_CODE_MOUSE. */
int term_key(struct term *term, struct mouse *mouse);
/* The next term_show sends every cell. */
void term_redraw(struct term *term);
/* Sets the theme, which is copied; the first one is `terminal`. Colours that
 * the terminal has not become the nearest that it has. */
void term_set_theme(struct term *term, const struct theme *theme);
/* Restores the terminal and stops the process, as Ctrl-Z does; takes the
 * terminal again when the process is continued. */
void term_suspend(struct term *term);
/* Takes the terminal again after another program stopped the process. */
void term_resume(struct term *term);

/* Sets the title of the window, until the terminal is given back; nothing where
 * there is none. `text` is cleaned and cut. */
void term_set_title(struct term *term, const char *text);
/* Makes the terminal ring or flash. */
void term_bell(struct term *term);
/* Puts a text, which is cleaned, into the clipboard. False if it is too long or
 * the terminal is known to have none; others may still ignore it. */
bool term_copy(struct term *term, const char *text, size_t len);

#endif
