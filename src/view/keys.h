/* SPDX-License-Identifier: MIT */
/* Keys and their actions: one table for dispatch, help, hints and the
 * configuration. */
#ifndef SHMTOP_VIEW_KEYS_H
#define SHMTOP_VIEW_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "draw/key_code.h"

/* A key, and what the mouse did if it is KEY_CODE_MOUSE. */
struct key_event {
    int key;
    struct mouse mouse;
};

/* What keys do. */
enum action {
    ACTION_NONE,
    ACTION_DOWN,
    ACTION_UP,
    ACTION_FIRST,
    ACTION_LAST,
    ACTION_PAGE_DOWN,
    ACTION_PAGE_UP,
    ACTION_HALF_DOWN,
    ACTION_HALF_UP,
    ACTION_LEFT,
    ACTION_RIGHT,
    ACTION_OPEN,
    ACTION_FOLD_ALL,
    ACTION_TABLE,
    ACTION_MARK,
    ACTION_UNMARK,
    ACTION_PIN,
    ACTION_SEARCH,
    ACTION_SEARCH_NEXT,
    ACTION_SEARCH_PREVIOUS,
    ACTION_FILTER,
    ACTION_ALARMED,
    ACTION_ALARM_NEXT,
    ACTION_ALARM_PREVIOUS,
    ACTION_CANCEL,
    ACTION_VIEW_TABLE,
    ACTION_VIEW_HEALTH,
    ACTION_VIEW_PLOT,
    ACTION_NEXT_VIEW,
    ACTION_PREVIOUS_VIEW,
    ACTION_SORT,
    ACTION_REVERSE,
    ACTION_COLUMNS,
    ACTION_NUMBER_BASE,
    ACTION_HIGHLIGHT,
    ACTION_LEVEL,
    ACTION_BASELINE,
    ACTION_HOLD,
    ACTION_STEP_BACK,
    ACTION_STEP_ON,
    ACTION_CHANGE_BACK,
    ACTION_CHANGE_ON,
    ACTION_ALARM_BACK,
    ACTION_ALARM_ON,
    ACTION_BAR_BACK,
    ACTION_BAR_ON,
    ACTION_GO_TO,
    ACTION_BAR_SHORTER,
    ACTION_BAR_LONGER,
    ACTION_PLOT_LOG,
    ACTION_PLOT_XY,
    ACTION_FASTER,
    ACTION_SLOWER,
    ACTION_EDIT,
    ACTION_STEP_UP,
    ACTION_STEP_DOWN,
    ACTION_TOGGLE,
    ACTION_UNDO,
    ACTION_COPY,
    ACTION_COPY_PATH,
    ACTION_SAVE_SCREEN,
    ACTION_SAVE_HISTORY,
    ACTION_KEEP,
    ACTION_REDRAW,
    ACTION_SUSPEND,
    ACTION_HELP,
    ACTION_QUIT,
    ACTION_COUNT,
};

#define KEYS_OF_ACTION 4

struct key_row {
    enum action action;
    const char *word;         /* in [keys] of the configuration */
    int keys[KEYS_OF_ACTION]; /* the default; KEY_CODE_NONE: no more */
    const char *group;        /* its heading in the help */
    const char *help;         /* NULL: that of the action above says it, too */
    const char *hint; /* its word in the last line of the screen, or NULL */
};

/* Indexed by enum action; the first row is empty. Hints are shown in the order
 * of the rows, and dropped from the front. */
extern const struct key_row key_table[ACTION_COUNT];

/* Which keys each action has. */
struct key_map {
    int keys[ACTION_COUNT][KEYS_OF_ACTION];
};

void key_map_default(struct key_map *map);
/* Gives the action with that word the keys named in `keys` ("j <Down>", as in
 * --keys), in place of those that it has. STATUS_DATA for an unknown action or
 * key, no key, too many keys, or one that another action has; `map` stays. */
bool key_map_bind(struct key_map *map, const char *action, const char *keys,
                  struct err *err);

enum action key_map_action(const struct key_map *map, int key);
/* Appends the keys of an action for people: "j, Down"; `all`: not only the
 * first one. Nothing if it has none. */
void key_map_put(struct buf *out, const struct key_map *map, enum action action,
                 bool all);

#endif
