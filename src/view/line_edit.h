/* SPDX-License-Identifier: MIT */
/* A line that is typed at a prompt, with the keys of readline, and the lines
 * typed before. */
#ifndef SHMTOP_VIEW_LINE_EDIT_H
#define SHMTOP_VIEW_LINE_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#define LINE_EDIT_MAX 128 /* bytes with the final NUL */
#define LINE_HISTORY_MAX 16

/* Clean UTF-8; a longer line cannot be typed. */
struct line_edit {
    char text[LINE_EDIT_MAX];
    size_t len;
    size_t at;                 /* the cursor, in bytes */
    size_t older;              /* lines back in the history; 0: the new line */
    char draft[LINE_EDIT_MAX]; /* the new line while an old one is shown */
};

/* The newest line is the last. */
struct line_history {
    char *lines[LINE_HISTORY_MAX]; /* owned */
    size_t count;
};

/* Begins a line with `text`, the cursor at its end. */
void line_edit_begin(struct line_edit *edit, const char *text);
/* Applies a key (draw/key_code.h): text, Backspace, Del, arrows, Home, End,
 * Ctrl-A B E F K U W D, Up and Down or Ctrl-P and Ctrl-N for the history.
 * False if it is none of these. */
bool line_edit_key(struct line_edit *edit, const struct line_history *history,
                   int key);

/* Adds a line, unless it is empty or the same as the last one. */
void line_history_add(struct line_history *history, const char *text);
void line_history_free(struct line_history *history);

#endif
