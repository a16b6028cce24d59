/* SPDX-License-Identifier: MIT */
/* The key table. What an action does is in view.c and the files of the
 * views. */
#include "ui/keys.h"

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
    {ACTION_REDRAW, KEY_CTRL('l'), NONE, "Ctrl-L", "redraw the screen", NULL},
    {ACTION_SUSPEND, KEY_CTRL('z'), NONE, "Ctrl-Z", "suspend; fg resumes",
     NULL},
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
