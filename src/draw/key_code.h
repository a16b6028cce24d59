/* SPDX-License-Identifier: MIT */
/* Codes of keys and events of the mouse, and their names in --keys. What a key
 * does is ui/keys.h. */
#ifndef SHMTOP_DRAW_KEY_CODE_H
#define SHMTOP_DRAW_KEY_CODE_H

#include <stddef.h>

#include "base/buf.h"

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
    KEY_CODE_F12 = KEY_CODE_F1 + 11, /* those between are in order */
    KEY_CODE_DELETE,
    KEY_CODE_BACKTAB, /* Shift-Tab */
    KEY_CODE_MOUSE,   /* with a struct mouse */
    KEY_CODE_NOTHING, /* input without a meaning: another button, a release */
    KEY_CODE_TICK,    /* only in --keys: take the next sample */
    KEY_CODE_OTHER,   /* any other key */
};

/* The code of a letter with Ctrl. */
#define KEY_CTRL(letter) ((letter)&0x1f)

enum mouse_kind { MOUSE_CLICK, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

/* What came with KEY_CODE_MOUSE: where, in cells of the grid from 0 on. A click
 * is a press of the left button. */
struct mouse {
    enum mouse_kind kind;
    int column, row;
};

/* Name `index` of the keys in --keys, without brackets; NULL after the last.
 * Words in capitals stand for what varies: "C-LETTER", "Click COLUMN,ROW". */
const char *keys_name(size_t index);

/* Reads the next key of a --keys string and advances `*text`: a character, or a
 * name in angle brackets (see keys_name), case ignored. KEY_CODE_NONE at the
 * end, -1 at an unknown name, where `*text` stays. Fills `*mouse` (unless
 * NULL) if the key is KEY_CODE_MOUSE. */
int key_next(const char **text, struct mouse *mouse);

/* Appends a key as key_next reads it ("j", "<C-f>", "<PgUp>"); nothing if it
 * has no name. */
void key_put_name(struct buf *out, int key);

#endif
