/* SPDX-License-Identifier: MIT */
/* Themes: which colours and attributes the roles of a style have. What a
 * terminal makes of them is term_curses.c. */
#ifndef SHMTOP_DRAW_THEME_H
#define SHMTOP_DRAW_THEME_H

#include "base/err.h"
#include "draw/grid.h"

#define LOOK_OWN (-1) /* the terminal's own colour */

/* Colours are LOOK_OWN, 0..15 (the user's palette) or 16..255 (fixed);
 * `attributes` are bits from STYLE_BOLD to STYLE_FAINT. */
struct look {
    int front, back;
    uint32_t attributes;
};

/* The roles as a user names them, in the order of theme_role_name. */
enum theme_role {
    THEME_TEXT,
    THEME_DIM,
    THEME_HEADING,
    THEME_GOOD,
    THEME_WARN,
    THEME_CRIT,
    THEME_ACCENT,
    THEME_CURSOR,
    THEME_CHANGED,
    THEME_ROLE_COUNT,
};

struct theme {
    struct look looks[THEME_ROLE_COUNT];
};

/* Name `index` of the themes that are built in ("terminal", the default, is
 * the first); NULL after the last. */
const char *theme_name(size_t index);
/* The built-in theme of that name, ignoring case; NULL if there is none. */
const struct theme *theme_find(const char *name);
/* "text", "dim" and so on; NULL after the last. */
const char *theme_role_name(size_t role);

/* Sets one role of a theme. `look` is a colour (`red`, `bright-red`,
 * `0`..`255`, `default`), `on COLOUR` for the background, and any of `bold dim
 * underline reverse`, in any order; what is not named is the terminal's own.
 * STATUS_USAGE names what is wrong, and the theme stays. */
bool theme_set(struct theme *theme, const char *role, const char *look,
               struct err *err);

/* How a cell of that style looks. In the cursor's row dim text is plain, and
 * colours of alarms beat those of `cursor` and `changed`. */
struct look theme_look(const struct theme *theme, uint32_t style);

#endif
