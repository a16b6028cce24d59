/* SPDX-License-Identifier: MIT */
/* Keys and their actions: one table for dispatch, help and status line. */
#ifndef SHMTOP_UI_KEYS_H
#define SHMTOP_UI_KEYS_H

#include "draw/key_code.h"

/* What keys do. */
enum action {
    ACTION_NONE,
    ACTION_QUIT,
    ACTION_HELP,
    ACTION_DOWN,
    ACTION_UP,
    ACTION_PAGE_DOWN,
    ACTION_PAGE_UP,
    ACTION_FIRST,
    ACTION_LAST,
    ACTION_SEARCH,
    ACTION_SEARCH_NEXT,
    ACTION_SEARCH_PREVIOUS,
    ACTION_FILTER,
    ACTION_CANCEL,
    ACTION_PAUSE,
    ACTION_SLOWER,
    ACTION_FASTER,
    ACTION_BASELINE,
    ACTION_HIGHLIGHT,
    ACTION_NUMBER_BASE,
    ACTION_SORT,
    ACTION_LEVEL,
    ACTION_DETAIL,
    ACTION_NEXT_VIEW,
    ACTION_REDRAW,
    ACTION_SUSPEND,
};

struct key_row {
    enum action action;
    int key, other_key; /* KEY_CODE_NONE: there is no other */
    const char *text;   /* for people: "j, Down" */
    const char *help;
    const char *hint; /* the word in the status line, or NULL */
};

/* Ends with ACTION_NONE. Rows with a hint are ordered by priority, lowest
 * first: the status line drops them from the front when there is no room. */
extern const struct key_row key_table[];

enum action key_action(int key);

#endif
