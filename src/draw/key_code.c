/* SPDX-License-Identifier: MIT */
/* Reads the keys of --keys. Keys from a terminal are term_curses.c. */
#include "draw/key_code.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

#define CTRL(letter) ((letter)&0x1f)

struct key_name {
    const char *name;
    int key;
};

static const struct key_name key_names[] = {
    {"Enter", KEY_CODE_ENTER},
    {"Esc", KEY_CODE_ESC},
    {"Tab", KEY_CODE_TAB},
    {"Space", ' '},
    {"BS", KEY_CODE_BACKSPACE},
    {"Up", KEY_CODE_UP},
    {"Down", KEY_CODE_DOWN},
    {"Left", KEY_CODE_LEFT},
    {"Right", KEY_CODE_RIGHT},
    {"PgUp", KEY_CODE_PGUP},
    {"PgDn", KEY_CODE_PGDN},
    {"Home", KEY_CODE_HOME},
    {"End", KEY_CODE_END},
    {"F1", KEY_CODE_F1},
    {"C-l", CTRL('l')},
    {"C-z", CTRL('z')},
    {"lt", '<'},
    {"tick", KEY_CODE_TICK},
};

#define KEY_NAME_COUNT (sizeof key_names / sizeof key_names[0])

const char *keys_name(size_t index)
{
    return index < KEY_NAME_COUNT ? key_names[index].name : NULL;
}

int key_next(const char **text)
{
    const char *at = *text;
    if (*at == '\0')
        return KEY_CODE_NONE;
    if (*at != '<') {
        uint32_t code = 0;
        *text += utf8_next(at, strlen(at), &code);
        return (int)code;
    }
    const char *end = strchr(at, '>');
    size_t len = end ? (size_t)(end - at) - 1 : 0;
    for (size_t i = 0; end && i < KEY_NAME_COUNT; i++) {
        if (text_is_word(at + 1, len, key_names[i].name)) {
            *text = end + 1;
            return key_names[i].key;
        }
    }
    return -1;
}
