/* SPDX-License-Identifier: MIT */
/* The table of keys, and the map that the configuration may change. What an
 * action does is in view.c and the files of the views. */
#include "view/keys.h"

#include <string.h>

#include "base/text.h"
#include "draw/key_code.h"
#include "layout/words.h"

#define MOVE "Move"
#define FIND "Find"
#define SHOW "What is shown"
#define VIEWS "Views"
#define TIME "Time"
#define EDIT "Edit (with --rw)"
#define TAKE "Save and take away"
#define PROGRAM "Program"

const struct key_row key_table[ACTION_COUNT] = {
    [ACTION_DOWN] = {ACTION_DOWN,
                     "down",
                     {'j', KEY_CODE_DOWN},
                     MOVE,
                     "next, previous row",
                     NULL},
    [ACTION_UP] = {ACTION_UP, "up", {'k', KEY_CODE_UP}, MOVE, NULL, NULL},
    [ACTION_FIRST] = {ACTION_FIRST,
                      "first",
                      {'g', KEY_CODE_HOME},
                      MOVE,
                      "first, last row",
                      NULL},
    [ACTION_LAST] =
        {ACTION_LAST, "last", {'G', KEY_CODE_END}, MOVE, NULL, NULL},
    [ACTION_PAGE_DOWN] = {ACTION_PAGE_DOWN,
                          "page-down",
                          {KEY_CODE_PGDN, KEY_CTRL('f')},
                          MOVE,
                          "a page down, up",
                          NULL},
    [ACTION_PAGE_UP] = {ACTION_PAGE_UP,
                        "page-up",
                        {KEY_CODE_PGUP, KEY_CTRL('b')},
                        MOVE,
                        NULL,
                        NULL},
    [ACTION_HALF_DOWN] = {ACTION_HALF_DOWN,
                          "half-down",
                          {KEY_CTRL('d')},
                          MOVE,
                          "half a page down, up",
                          NULL},
    [ACTION_HALF_UP] =
        {ACTION_HALF_UP, "half-up", {KEY_CTRL('u')}, MOVE, NULL, NULL},
    [ACTION_LEFT] = {ACTION_LEFT,
                     "left",
                     {'h', KEY_CODE_LEFT},
                     MOVE,
                     "fold, or to heading; cell left; Plot: back",
                     NULL},
    [ACTION_RIGHT] = {ACTION_RIGHT,
                      "right",
                      {'l', KEY_CODE_RIGHT},
                      MOVE,
                      "unfold; cell right; Plot: on",
                      NULL},
    [ACTION_OPEN] = {ACTION_OPEN,
                     "open",
                     {KEY_CODE_ENTER},
                     SHOW,
                     "fold; on a field: detail on, off",
                     "fold"},
    [ACTION_TABLE] = {ACTION_TABLE,
                      "table",
                      {'t'},
                      SHOW,
                      "an array of structs as a table, and back",
                      "table"},
    [ACTION_SEARCH] = {ACTION_SEARCH,
                       "search",
                       {'/'},
                       FIND,
                       "search labels, paths, units, values and headings",
                       "search"},
    [ACTION_FILTER] = {ACTION_FILTER,
                       "filter",
                       {'\\'},
                       FIND,
                       "show only rows with this text; * and ? match any",
                       "filter"},
    [ACTION_HOLD] = {ACTION_HOLD,
                     "hold",
                     {' '},
                     TIME,
                     "hold the moment while sampling goes on; again: live",
                     "hold"},
    [ACTION_HELP] = {ACTION_HELP,
                     "help",
                     {'?', KEY_CODE_F1},
                     PROGRAM,
                     "this help; / searches in it",
                     "help"},
    [ACTION_QUIT] = {ACTION_QUIT,
                     "quit",
                     {'q', KEY_CODE_F1 + 9, KEY_CTRL('c')},
                     PROGRAM,
                     "quit",
                     "quit"},
    [ACTION_FOLD_ALL] = {ACTION_FOLD_ALL,
                         "fold-all",
                         {'*'},
                         SHOW,
                         "fold all, unfold all",
                         NULL},
    [ACTION_MARK] = {ACTION_MARK,
                     "mark",
                     {'m'},
                     TAKE,
                     "mark the row and go down; clear all marks",
                     NULL},
    [ACTION_UNMARK] = {ACTION_UNMARK, "unmark", {'M'}, TAKE, NULL, NULL},
    [ACTION_PIN] = {ACTION_PIN,
                    "pin",
                    {'p'},
                    SHOW,
                    "pin the field to the top, and back",
                    NULL},
    [ACTION_SEARCH_NEXT] = {ACTION_SEARCH_NEXT,
                            "search-next",
                            {'n'},
                            FIND,
                            "next, previous match",
                            NULL},
    [ACTION_SEARCH_PREVIOUS] =
        {ACTION_SEARCH_PREVIOUS, "search-previous", {'N'}, FIND, NULL, NULL},
    [ACTION_ALARMED] = {ACTION_ALARMED,
                        "alarmed",
                        {'&'},
                        FIND,
                        "show only alarmed rows",
                        NULL},
    [ACTION_ALARM_NEXT] = {ACTION_ALARM_NEXT,
                           "alarm-next",
                           {'a'},
                           FIND,
                           "next, previous alarmed row",
                           NULL},
    [ACTION_ALARM_PREVIOUS] =
        {ACTION_ALARM_PREVIOUS, "alarm-previous", {'A'}, FIND, NULL, NULL},
    [ACTION_CANCEL] = {ACTION_CANCEL,
                       "cancel",
                       {KEY_CODE_ESC},
                       FIND,
                       "clear the filter and &",
                       NULL},
    [ACTION_VIEW_TABLE] =
        {ACTION_VIEW_TABLE, "view-table", {'1'}, VIEWS, "the table", NULL},
    [ACTION_VIEW_HEALTH] = {ACTION_VIEW_HEALTH,
                            "view-health",
                            {'2'},
                            VIEWS,
                            "health: states, reading, alarms",
                            NULL},
    [ACTION_VIEW_PLOT] =
        {ACTION_VIEW_PLOT, "view-plot", {'3'}, VIEWS, "the plot", NULL},
    [ACTION_NEXT_VIEW] = {ACTION_NEXT_VIEW,
                          "next-view",
                          {KEY_CODE_TAB},
                          VIEWS,
                          "next, previous view",
                          NULL},
    [ACTION_PREVIOUS_VIEW] = {ACTION_PREVIOUS_VIEW,
                              "previous-view",
                              {KEY_CODE_BACKTAB},
                              VIEWS,
                              NULL,
                              NULL},
    [ACTION_SORT] = {ACTION_SORT,
                     "sort",
                     {'s'},
                     SHOW,
                     "sort: choose the order of the rows",
                     NULL},
    [ACTION_REVERSE] =
        {ACTION_REVERSE, "reverse", {'I'}, SHOW, "reverse the order", NULL},
    [ACTION_COLUMNS] = {ACTION_COLUMNS,
                        "columns",
                        {'C'},
                        SHOW,
                        "choose and order the columns",
                        NULL},
    [ACTION_NUMBER_BASE] = {ACTION_NUMBER_BASE,
                            "base",
                            {'x'},
                            SHOW,
                            "number base of the field: hex, bin, oct, its own",
                            NULL},
    [ACTION_HIGHLIGHT] = {ACTION_HIGHLIGHT,
                          "highlight",
                          {'d'},
                          SHOW,
                          "light up: last changes, baseline, off",
                          NULL},
    [ACTION_LEVEL] = {ACTION_LEVEL,
                      "level",
                      {'v'},
                      SHOW,
                      "more fields: diag, debug, only info",
                      NULL},
    [ACTION_BASELINE] = {ACTION_BASELINE,
                         "baseline",
                         {'b', '0'},
                         TIME,
                         "baseline at this moment: min, max, average, changes",
                         NULL},
    [ACTION_STEP_BACK] =
        {ACTION_STEP_BACK, "step-back", {'['}, TIME, "a sample back, on", NULL},
    [ACTION_STEP_ON] = {ACTION_STEP_ON, "step-on", {']'}, TIME, NULL, NULL},
    [ACTION_CHANGE_BACK] =
        {ACTION_CHANGE_BACK,
         "change-back",
         {'{'},
         TIME,
         "back to when the row had another value, on to its next",
         NULL},
    [ACTION_CHANGE_ON] =
        {ACTION_CHANGE_ON, "change-on", {'}'}, TIME, NULL, NULL},
    [ACTION_ALARM_BACK] = {ACTION_ALARM_BACK,
                           "alarm-back",
                           {'('},
                           TIME,
                           "previous, next start of an alarm",
                           NULL},
    [ACTION_ALARM_ON] = {ACTION_ALARM_ON, "alarm-on", {')'}, TIME, NULL, NULL},
    [ACTION_BAR_BACK] = {ACTION_BAR_BACK,
                         "bar-back",
                         {'<'},
                         TIME,
                         "back, on by the length of the time bar",
                         NULL},
    [ACTION_BAR_ON] = {ACTION_BAR_ON, "bar-on", {'>'}, TIME, NULL, NULL},
    [ACTION_GO_TO] = {ACTION_GO_TO,
                      "go-to",
                      {':'},
                      TIME,
                      "go to a time (12:03, -5m) or a field",
                      NULL},
    [ACTION_BAR_SHORTER] = {ACTION_BAR_SHORTER,
                            "bar-shorter",
                            {'z'},
                            TIME,
                            "zoom: shorter, longer bar and plot",
                            NULL},
    [ACTION_BAR_LONGER] =
        {ACTION_BAR_LONGER, "bar-longer", {'Z'}, TIME, NULL, NULL},
    [ACTION_PLOT_LOG] = {ACTION_PLOT_LOG,
                         "log-axis",
                         {'L'},
                         TIME,
                         "plot: logarithmic axis, and back",
                         NULL},
    [ACTION_PLOT_XY] = {ACTION_PLOT_XY,
                        "x-y",
                        {'X'},
                        TIME,
                        "plot: one of two marked fields against the other",
                        NULL},
    [ACTION_FASTER] =
        {ACTION_FASTER, "faster", {'+'}, TIME, "faster, slower refresh", NULL},
    [ACTION_SLOWER] = {ACTION_SLOWER, "slower", {'-'}, TIME, NULL, NULL},
    [ACTION_EDIT] =
        {ACTION_EDIT, "edit", {'e'}, EDIT, "set the value; Tab: labels", "set"},
    [ACTION_STEP_UP] = {ACTION_STEP_UP,
                        "step-up",
                        {'.'},
                        EDIT,
                        "a step up, down; next, previous label",
                        NULL},
    [ACTION_STEP_DOWN] =
        {ACTION_STEP_DOWN, "step-down", {','}, EDIT, NULL, NULL},
    [ACTION_TOGGLE] =
        {ACTION_TOGGLE, "toggle", {'~'}, EDIT, "toggle a bit or flag", NULL},
    [ACTION_UNDO] = {ACTION_UNDO,
                     "undo",
                     {'u'},
                     EDIT,
                     "undo the last value that was set",
                     NULL},
    [ACTION_COPY] =
        {ACTION_COPY,
         "copy",
         {'y'},
         TAKE,
         "copy the value, the path; of marked rows if there are any",
         NULL},
    [ACTION_COPY_PATH] =
        {ACTION_COPY_PATH, "copy-path", {'Y'}, TAKE, NULL, NULL},
    [ACTION_SAVE_SCREEN] = {ACTION_SAVE_SCREEN,
                            "save-screen",
                            {'P'},
                            TAKE,
                            "save the screen as text or SVG",
                            NULL},
    [ACTION_SAVE_HISTORY] = {ACTION_SAVE_HISTORY,
                             "save-history",
                             {'S'},
                             TAKE,
                             "save the samples of the time bar: CSV, JSON",
                             NULL},
    [ACTION_KEEP] = {ACTION_KEEP,
                     "keep",
                     {'w'},
                     TAKE,
                     "keep columns, order, folds and so on for this layout",
                     NULL},
    [ACTION_REDRAW] = {ACTION_REDRAW,
                       "redraw",
                       {KEY_CTRL('l')},
                       PROGRAM,
                       "redraw the screen",
                       NULL},
    [ACTION_SUSPEND] = {ACTION_SUSPEND,
                        "suspend",
                        {KEY_CTRL('z')},
                        PROGRAM,
                        "suspend; fg resumes",
                        NULL},
};

void key_map_default(struct key_map *map)
{
    for (int i = 0; i < ACTION_COUNT; i++)
        memcpy(map->keys[i], key_table[i].keys, sizeof map->keys[i]);
}

static enum action action_find(const char *word)
{
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++)
        if (strcmp(key_table[i].word, word) == 0)
            return (enum action)i;
    return ACTION_NONE;
}

static bool fail_action(const char *word, struct err *err)
{
    const char *words[ACTION_COUNT];
    size_t count = 0;
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++)
        words[count++] = key_table[i].word;
    const char *near = text_nearest(word, words, count);
    return err_set(err, STATUS_DATA,
                   "'%s' is no action of the dashboard%s; shmtop(1) "
                   "lists them",
                   word, word_hint(near).text);
}

/* Reads one key; the text may end with blanks. */
static bool read_key(const char **text, int *key, struct err *err)
{
    *text += strspn(*text, " \t,");
    const char *at = *text;
    *key = key_next(text, NULL);
    if (*key < 0 || *key == KEY_CODE_TICK)
        return err_set(err, STATUS_DATA,
                       "unknown key '%.12s'; keys are characters and names "
                       "such as <Enter> <F10> <C-d>",
                       at);
    if (*key == KEY_CODE_NONE || !**text || strchr(" \t,", **text))
        return true;
    return err_set(err, STATUS_DATA,
                   "write blanks between keys: '%.12s' is not one key", at);
}

bool key_map_bind(struct key_map *map, const char *action, const char *keys,
                  struct err *err)
{
    enum action own = action_find(action);
    int read[KEYS_OF_ACTION] = {KEY_CODE_NONE};
    int count = 0;
    if (own == ACTION_NONE)
        return fail_action(action, err);
    for (;;) {
        int key;
        if (!read_key(&keys, &key, err))
            return false;
        if (key == KEY_CODE_NONE)
            break;
        enum action other = key_map_action(map, key);
        if (other != ACTION_NONE && other != own)
            return err_set(err, STATUS_DATA,
                           "'%s' has this key already; give it another one "
                           "first",
                           key_table[other].word);
        if (count == KEYS_OF_ACTION)
            return err_set(err, STATUS_DATA, "an action has at most %d keys",
                           KEYS_OF_ACTION);
        read[count++] = key;
    }
    if (count == 0)
        return err_set(err, STATUS_DATA, "no key is given");
    memcpy(map->keys[own], read, sizeof read);
    return true;
}

enum action key_map_action(const struct key_map *map, int key)
{
    if (key == KEY_CODE_NONE)
        return ACTION_NONE;
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++)
        for (int k = 0; k < KEYS_OF_ACTION; k++)
            if (map->keys[i][k] == key)
                return (enum action)i;
    return ACTION_NONE;
}

/* "<C-f>" is Ctrl-F to people, "<PgUp>" is PgUp, "<S-Tab>" is Shift-Tab. */
static void put_key(struct buf *out, int key)
{
    size_t at = out->len;
    key_put_name(out, key);
    if (key == '<') {
        buf_truncate(out, at);
        buf_putc(out, '<');
    }
    if (out->len - at < 3 || out->data[at] != '<')
        return;
    char name[24];
    size_t len = out->len - at - 2;
    if (len >= sizeof name)
        return;
    memcpy(name, out->data + at + 1, len);
    name[len] = '\0';
    buf_truncate(out, at);
    if (name[0] == 'S' && name[1] == '-')
        buf_printf(out, "Shift-%s", name + 2);
    else if (name[0] == 'C' && name[1] == '-')
        buf_printf(out, "Ctrl-%c",
                   name[2] >= 'a' && name[2] <= 'z' ? name[2] - 32 : name[2]);
    else
        buf_puts(out, name);
}

void key_map_put(struct buf *out, const struct key_map *map, enum action action,
                 bool all)
{
    CHECK(action < ACTION_COUNT);
    for (int k = 0; k < KEYS_OF_ACTION; k++) {
        int key = map->keys[action][k];
        if (key == KEY_CODE_NONE)
            return;
        buf_puts(out, k ? ", " : "");
        put_key(out, key);
        if (!all)
            return;
    }
}
