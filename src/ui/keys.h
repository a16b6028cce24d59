/* SPDX-License-Identifier: MIT */
/* Keys and their actions: one table for dispatch, help and status line. */
#ifndef SHMTOP_UI_KEYS_H
#define SHMTOP_UI_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A key is a code point, or one of these. */
enum key {
    KEY_CODE_NONE = 0,
    KEY_CODE_TAB = '\t',
    KEY_CODE_ENTER = '\r',
    KEY_CODE_ESC = 27,
    KEY_CODE_BACKSPACE = 127,
    KEY_CODE_UP = 0x110000,
    KEY_CODE_DOWN,
    KEY_CODE_LEFT,
    KEY_CODE_RIGHT,
    KEY_CODE_PGUP,
    KEY_CODE_PGDN,
    KEY_CODE_HOME,
    KEY_CODE_END,
    KEY_CODE_F1,
    KEY_CODE_DELETE,
    KEY_CODE_TICK,  /* only in --keys: take the next sample */
    KEY_CODE_OTHER, /* any other key */
};

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

/* Name `index` of the keys in --keys, without brackets; NULL after the last. */
const char *keys_name(size_t index);

/* Reads the next key of a --keys string and advances `*text`: a character, or a
 * name in angle brackets (see keys_name), case ignored. KEY_CODE_NONE at the
 * end, -1 at an unknown name, where `*text` stays. */
int key_next(const char **text);

#endif
