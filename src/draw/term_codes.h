/* SPDX-License-Identifier: MIT */
/* Control sequences for what curses does not know: the title of the window, the
 * clipboard, and updates that are shown at once. term_curses.c sends them. */
#ifndef SHMTOP_DRAW_TERM_CODES_H
#define SHMTOP_DRAW_TERM_CODES_H

#include <stdbool.h>

#include "base/buf.h"

/* Longer texts are not copied: terminals cut sequences at about 100 kB. */
#define TERM_COPY_MAX 65536

/* Brackets around the bytes of one screen: it is shown when all have come. */
#define TERM_CODE_BEGIN "\033[?2026h"
#define TERM_CODE_END "\033[?2026l"

/* Whether a terminal of this type (TERM) is known to be a window on a desktop,
 * which takes the sequences below or ignores them; others print them. */
bool term_type_has_window(const char *type);

/* Appends the sequence that keeps the title and sets another one, of one line.
 * `text` is cleaned. `first`: the old title has not been kept yet. */
void term_code_put_title(struct buf *out, const char *text, bool first);
/* Appends the sequence that gives the old title back, or none if the terminal
 * does not keep titles. */
void term_code_put_old_title(struct buf *out);
/* Appends the sequence that puts a text, which is cleaned, into the clipboard
 * (OSC 52); false, and nothing, if it is longer than TERM_COPY_MAX. */
bool term_code_put_copy(struct buf *out, const char *text, size_t len);

#endif
