/* SPDX-License-Identifier: MIT */
/*
 * A terminal for term_events.py: shows each key and mouse event that comes, one
 * a line, and calls the functions of the window for some keys.
 *   term_probe [mouse] [sync] [mono] [THEME]
 */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/os.h"
#include "draw/term.h"

#define COLUMNS 40
#define ROWS 10

static void show_event(struct grid *grid, int key, const struct mouse *mouse)
{
    static const char *const kinds[] = {"click", "up", "down"};
    static int row;
    char text[COLUMNS];
    if (key == KEY_CODE_MOUSE)
        snprintf(text, sizeof text, "%s %d,%d.", kinds[mouse->kind],
                 mouse->column, mouse->row);
    else
        snprintf(text, sizeof text, "key %x.", (unsigned)key);
    grid_put(grid, row, 0, COLUMNS, text, strlen(text), STYLE_PLAIN);
    row = (row + 1) % (ROWS - 2);
}

/* False at the end. */
static bool act(struct term *term, struct grid *grid, int key)
{
    static const uint32_t styles[] = {STYLE_PLAIN, STYLE_DIM, STYLE_GOOD,
                                      STYLE_CRIT | STYLE_CHANGED, STYLE_CURSOR};
    switch (key) {
    case 't':
        term_set_title(term, "pumps \033]0;x\007");
        return true;
    case 'u':
        term_set_title(term, "valves");
        return true;
    case 'y':
        grid_put_code(grid, ROWS - 1, 0,
                      term_copy(term, "12.5 bar", 8) ? '+' : '-', STYLE_PLAIN);
        return true;
    case 'b':
        term_bell(term);
        return true;
    case 'r':
        term_redraw(term);
        return true;
    case 's':
        for (int i = 0; i < (int)(sizeof styles / sizeof styles[0]); i++)
            grid_put_code(grid, ROWS - 2, i, (uint32_t)('A' + i), styles[i]);
        return true;
    default:
        return key != 'q';
    }
}

int main(int argc, char **argv)
{
    struct term_options options = {.color = true};
    const struct theme *theme = NULL;
    for (int i = 1; i < argc; i++) {
        options.mouse = options.mouse || strcmp(argv[i], "mouse") == 0;
        options.sync = options.sync || strcmp(argv[i], "sync") == 0;
        options.color = options.color && strcmp(argv[i], "mono") != 0;
        theme = theme_find(argv[i]) ? theme_find(argv[i]) : theme;
    }
    struct term *term;
    struct err err = {0};
    setlocale(LC_ALL, "C.UTF-8");
    err_init();
    os_signals_install();
    if (!term_open(&term, &options, &err)) {
        err_say(err.text);
        return (int)err.status;
    }
    if (theme)
        term_set_theme(term, theme);
    struct grid grid = {0};
    grid_reset(&grid, COLUMNS, ROWS);
    grid_put(&grid, ROWS - 1, 2, COLUMNS, "ready", 5, STYLE_PLAIN);
    bool over = false;
    while (!over && term_show(term, &grid)) {
        struct mouse mouse;
        over = os_wait(INT64_MAX, 0) & (OS_EVENT_STOP | OS_EVENT_HANGUP);
        for (int key; !over && (key = term_key(term, &mouse));) {
            if (key == KEY_CODE_NOTHING)
                continue;
            show_event(&grid, key, &mouse);
            over = !act(term, &grid, key);
        }
    }
    term_close(term);
    grid_free(&grid);
    return 0;
}
