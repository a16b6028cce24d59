/* SPDX-License-Identifier: MIT */
/*
 * The terminal through curses: modes, keys, size.  Invariant: from term_open
 * to term_close (or exit) the terminal is ours, and before and after it is as
 * we found it.  How cells reach it is term_system.h's.
 */
#include "ui/term.h"

#include <curses.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/os.h"
#include "ui/keys.h"
#include "ui/term_system.h"

struct term {
    SCREEN *screen;
    WINDOW *keys; /* a pad: reading from it never refreshes anything */
    struct term_system *system;
};

static void give_back(void)
{
    term_system_give_back();
    endwin();
}

/* exit() from anywhere must give the terminal back; curses keeps which one
 * it is. */
static void restore_at_exit(void)
{
    if (stdscr && !isendwin())
        give_back();
}

static void take(struct term *term)
{
    cbreak();
    noecho();
    nonl();
    curs_set(0);
    term_system_take(term->system);
}

bool term_open(struct term **out, const struct term_options *options,
               struct err *err)
{
    *out = NULL;
    if (!os_is_terminal(0) || !os_is_terminal(1))
        return err_set(err, STATUS_NO_TERMINAL,
                       "stdin or stdout is no terminal; use `shmtop print` "
                       "instead");
    struct term *term = mem_zalloc(1, sizeof(*term));
    if (!term_system_open(&term->system, &term->screen, options, err)) {
        free(term);
        return false;
    }
    term->keys = newpad(1, 1);
    CHECK(term->keys != NULL);
    keypad(term->keys, TRUE);
    nodelay(term->keys, TRUE);
    take(term);
    atexit(restore_at_exit);
    *out = term;
    return true;
}

void term_close(struct term *term)
{
    if (!term)
        return;
    give_back();
    delwin(term->keys);
    delscreen(term->screen);
    term_system_close(term->system);
    free(term);
}

void term_size(struct term *term, int *columns, int *rows)
{
    (void)term;
    os_terminal_size(columns, rows);
    if (*columns <= 0)
        *columns = 80;
    if (*rows <= 0)
        *rows = 24;
}

bool term_show(struct term *term, const struct grid *grid)
{
    return term_system_show(term->system, grid);
}

static int special_key(int code)
{
    switch (code) {
    case KEY_UP:
        return KEY_CODE_UP;
    case KEY_DOWN:
        return KEY_CODE_DOWN;
    case KEY_LEFT:
        return KEY_CODE_LEFT;
    case KEY_RIGHT:
        return KEY_CODE_RIGHT;
    case KEY_PPAGE:
        return KEY_CODE_PGUP;
    case KEY_NPAGE:
        return KEY_CODE_PGDN;
    case KEY_HOME:
        return KEY_CODE_HOME;
    case KEY_END:
        return KEY_CODE_END;
    case KEY_F(1):
        return KEY_CODE_F1;
    case KEY_DC:
        return KEY_CODE_DELETE;
    case KEY_BACKSPACE:
        return KEY_CODE_BACKSPACE;
    case KEY_ENTER:
        return KEY_CODE_ENTER;
    default:
        return KEY_NONE_;
    }
}

static int text_key(int code)
{
    if (code == '\b')
        return KEY_CODE_BACKSPACE;
    if (code == '\n')
        return KEY_CODE_ENTER;
    return code;
}

int term_key(struct term *term)
{
    for (;;) {
        bool special = false;
        int code = term_system_key(term->system, term->keys, &special);
        if (code == ERR)
            return KEY_NONE_;
        int key = special ? special_key(code) : text_key(code);
        if (key != KEY_NONE_)
            return key;
    }
}

void term_redraw(struct term *term)
{
    term_system_redraw(term->system);
}

void term_resume(struct term *term)
{
    /* The only way back from endwin(). */
    clearok(stdscr, TRUE);
    refresh();
    take(term);
}

void term_suspend(struct term *term)
{
    give_back();
    /* Stops here unless nobody could continue us. */
    term_system_stop();
    term_resume(term);
}
