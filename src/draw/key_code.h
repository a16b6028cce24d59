/* SPDX-License-Identifier: MIT */
/* Codes of keys, and their names in --keys. What a key does is ui/keys.h. */
#ifndef SHMTOP_DRAW_KEY_CODE_H
#define SHMTOP_DRAW_KEY_CODE_H

#include <stddef.h>

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

/* Name `index` of the keys in --keys, without brackets; NULL after the last. */
const char *keys_name(size_t index);

/* Reads the next key of a --keys string and advances `*text`: a character, or a
 * name in angle brackets (see keys_name), case ignored. KEY_CODE_NONE at the
 * end, -1 at an unknown name, where `*text` stays. */
int key_next(const char **text);

#endif
