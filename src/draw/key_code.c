/* SPDX-License-Identifier: MIT */
/* Reads the keys of --keys. Keys from a terminal are term_curses.c. */
#include "draw/key_code.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "draw/grid.h"

static const struct {
    const char *name;
    int key; /* KEY_CODE_NONE: see parse_control and parse_mouse */
} key_names[] = {
    {"Enter", KEY_CODE_ENTER},
    {"Esc", KEY_CODE_ESC},
    {"Tab", KEY_CODE_TAB},
    {"S-Tab", KEY_CODE_BACKTAB},
    {"Space", ' '},
    {"BS", KEY_CODE_BACKSPACE},
    {"Del", KEY_CODE_DELETE},
    {"Up", KEY_CODE_UP},
    {"Down", KEY_CODE_DOWN},
    {"Left", KEY_CODE_LEFT},
    {"Right", KEY_CODE_RIGHT},
    {"PgUp", KEY_CODE_PGUP},
    {"PgDn", KEY_CODE_PGDN},
    {"Home", KEY_CODE_HOME},
    {"End", KEY_CODE_END},
    {"F1", KEY_CODE_F1},
    {"F2", KEY_CODE_F1 + 1},
    {"F3", KEY_CODE_F1 + 2},
    {"F4", KEY_CODE_F1 + 3},
    {"F5", KEY_CODE_F1 + 4},
    {"F6", KEY_CODE_F1 + 5},
    {"F7", KEY_CODE_F1 + 6},
    {"F8", KEY_CODE_F1 + 7},
    {"F9", KEY_CODE_F1 + 8},
    {"F10", KEY_CODE_F1 + 9},
    {"F11", KEY_CODE_F1 + 10},
    {"F12", KEY_CODE_F12},
    {"C-LETTER", KEY_CODE_NONE},
    {"Click COLUMN,ROW", KEY_CODE_NONE},
    {"WheelUp COLUMN,ROW", KEY_CODE_NONE},
    {"WheelDown COLUMN,ROW", KEY_CODE_NONE},
    {"lt", '<'},
    {"tick", KEY_CODE_TICK},
};

#define KEY_NAME_COUNT (sizeof key_names / sizeof key_names[0])

const char *keys_name(size_t index)
{
    return index < KEY_NAME_COUNT ? key_names[index].name : NULL;
}

/* Reads a number below `most` up to `end`; -1 if there is none. */
static int parse_place(const char *text, const char *end, int most)
{
    int number = 0;
    if (text == end)
        return -1;
    for (; text < end; text++) {
        if (*text < '0' || *text > '9')
            return -1;
        number = number * 10 + (*text - '0');
        if (number >= most)
            return -1;
    }
    return number;
}

/* "Click 12,3" */
static bool parse_mouse(const char *name, size_t len, struct mouse *out)
{
    static const char *const kinds[] = {
        [MOUSE_CLICK] = "Click",
        [MOUSE_WHEEL_UP] = "WheelUp",
        [MOUSE_WHEEL_DOWN] = "WheelDown",
    };
    const char *end = name + len;
    const char *blank = memchr(name, ' ', len);
    const char *comma =
        blank ? memchr(blank, ',', (size_t)(end - blank)) : NULL;
    if (!comma)
        return false;
    struct mouse mouse = {
        .column = parse_place(blank + 1, comma, GRID_COLUMNS_MAX),
        .row = parse_place(comma + 1, end, GRID_ROWS_MAX),
    };
    if (mouse.column < 0 || mouse.row < 0)
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (!text_is_word(name, (size_t)(blank - name), kinds[i]))
            continue;
        mouse.kind = (enum mouse_kind)i;
        if (out)
            *out = mouse;
        return true;
    }
    return false;
}

/* The key of a name; -1: it is none. */
static int parse_name(const char *name, size_t len, struct mouse *mouse)
{
    for (size_t i = 0; i < KEY_NAME_COUNT; i++)
        if (key_names[i].key && text_is_word(name, len, key_names[i].name))
            return key_names[i].key;
    if (len == 3 && text_lower(name[0]) == 'c' && name[1] == '-') {
        char letter = text_lower(name[2]);
        if (letter >= 'a' && letter <= 'z')
            return KEY_CTRL(letter);
    }
    return parse_mouse(name, len, mouse) ? KEY_CODE_MOUSE : -1;
}

int key_next(const char **text, struct mouse *mouse)
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
    int key = end ? parse_name(at + 1, (size_t)(end - at) - 1, mouse) : -1;
    if (key >= 0)
        *text = end + 1;
    return key;
}

void key_put_name(struct buf *out, int key)
{
    for (size_t i = 0; i < KEY_NAME_COUNT; i++) {
        if (key == key_names[i].key && key != KEY_CODE_NONE) {
            buf_printf(out, "<%s>", key_names[i].name);
            return;
        }
    }
    if (key >= KEY_CTRL('a') && key <= KEY_CTRL('z'))
        buf_printf(out, "<C-%c>", 'a' + key - KEY_CTRL('a'));
    else if (key > 0 && key < KEY_CODE_UP && utf8_is_safe((uint32_t)key))
        text_put_code(out, (uint32_t)key);
}
