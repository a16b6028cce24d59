/* SPDX-License-Identifier: MIT */
/* The key table, and the names of keys in --keys. What an action does is in
 * view.c and the files of the views. */
#include "ui/keys.h"

#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

#define CTRL(letter) ((letter)&0x1f)
#define NONE KEY_CODE_NONE

const struct key_row key_table[] = {
    {ACTION_DOWN, 'j', KEY_CODE_DOWN, "j, Down", "next field", NULL},
    {ACTION_UP, 'k', KEY_CODE_UP, "k, Up", "previous field", NULL},
    {ACTION_PAGE_DOWN, KEY_CODE_PGDN, NONE, "PgDn", "a page down", NULL},
    {ACTION_PAGE_UP, KEY_CODE_PGUP, NONE, "PgUp", "a page up", NULL},
    {ACTION_FIRST, 'g', KEY_CODE_HOME, "g, Home", "first field", NULL},
    {ACTION_LAST, 'G', KEY_CODE_END, "G, End", "last field", NULL},
    {ACTION_NEXT_VIEW, KEY_CODE_TAB, NONE, "Tab",
     "next view: the table, the health of the mappings", "health"},
    {ACTION_FILTER, '\\', NONE, "\\",
     "show only fields with this text in label or path; * and ? match any",
     "filter"},
    {ACTION_SEARCH, '/', NONE, "/", "search labels and paths", "search"},
    {ACTION_SEARCH_NEXT, 'n', NONE, "n", "next match", NULL},
    {ACTION_SEARCH_PREVIOUS, 'N', NONE, "N", "previous match", NULL},
    {ACTION_CANCEL, KEY_CODE_ESC, NONE, "Esc", "clear the filter", NULL},
    {ACTION_DETAIL, KEY_CODE_ENTER, NONE, "Enter", "detail pane on or off",
     NULL},
    {ACTION_PAUSE, ' ', NONE, "Space",
     "stop or continue sampling; the cursor still moves", "pause"},
    {ACTION_SLOWER, '+', NONE, "+", "slower refresh", NULL},
    {ACTION_FASTER, '-', NONE, "-", "faster refresh", NULL},
    {ACTION_BASELINE, '0', NONE, "0",
     "new baseline: min, max and moved count from now", NULL},
    {ACTION_HIGHLIGHT, 'd', NONE, "d",
     "highlight changes: since last refresh, since baseline, off", NULL},
    {ACTION_NUMBER_BASE, 'x', NONE, "x",
     "number base of this field: dec, hex, bin, oct, its own", NULL},
    {ACTION_SORT, 's', NONE, "s",
     "order: as in the layout, name, latest change, rate, alarms", NULL},
    {ACTION_LEVEL, 'v', NONE, "v", "more fields: diag, debug, only info", NULL},
    {ACTION_REDRAW, CTRL('l'), NONE, "Ctrl-L", "redraw the screen", NULL},
    {ACTION_SUSPEND, CTRL('z'), NONE, "Ctrl-Z", "suspend; fg resumes", NULL},
    {ACTION_QUIT, 'q', NONE, "q", "quit", "quit"},
    {ACTION_HELP, '?', KEY_CODE_F1, "?, F1", "this help", "help"},
    {ACTION_NONE, NONE, NONE, NULL, NULL, NULL},
};

enum action key_action(int key)
{
    for (const struct key_row *row = key_table; row->action; row++)
        if (key != KEY_CODE_NONE && (row->key == key || row->other_key == key))
            return row->action;
    return ACTION_NONE;
}

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
