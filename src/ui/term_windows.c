/* SPDX-License-Identifier: MIT */
/*
 * Consoles of Windows, drawn and read by curses: PDCurses, or ncurses with
 * its driver for consoles.  Both keep what is shown and send what differs.
 * Bytes as paint.c makes them would need a console that follows escape
 * sequences, which not all do.
 */
#include "ui/term_system.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/os.h"
#include "base/text.h"
#include "ui/keys.h"

struct term_system {
    struct term_options options;
};

/* Colour pairs; curses knows 0 as the console's own colours. */
enum { PAIR_OWN, PAIR_BAD, PAIR_WARN, PAIR_GOOD, PAIR_ACCENT };

static void set_colors(struct term_system *system)
{
    short back = COLOR_BLACK;
    system->options.color = system->options.color && has_colors();
    if (!system->options.color || start_color() == ERR)
        return;
    if (use_default_colors() != ERR)
        back = -1;
    init_pair(PAIR_BAD, COLOR_RED, back);
    init_pair(PAIR_WARN, COLOR_YELLOW, back);
    init_pair(PAIR_GOOD, COLOR_GREEN, back);
    init_pair(PAIR_ACCENT, COLOR_CYAN, back);
}

bool term_system_open(struct term_system **out, SCREEN **screen,
                      const struct term_options *options, struct err *err)
{
    /* TERM says what a Unix-like shell thinks of its own terminal; this is
     * the console whatever that is. */
    char type[] = "#win32con";
    *screen = newterm(type, stdout, stdin);
    if (!*screen)
        return err_set(err, STATUS_NO_TERMINAL,
                       "this console cannot be used; use `shmtop print` "
                       "instead");
    struct term_system *system = mem_zalloc(1, sizeof(*system));
    system->options = *options;
    set_colors(system);
    *out = system;
    return true;
}

void term_system_close(struct term_system *system)
{
    free(system);
}

void term_system_take(struct term_system *system)
{
    os_terminal_modes();
    leaveok(stdscr, TRUE);
    term_system_redraw(system);
}

void term_system_give_back(void)
{
    move(LINES - 1, 0);
    refresh();
}

void term_system_stop(void)
{
    /* A console has nothing that could continue us. */
}

static short pair_of(uint32_t style)
{
    return style & STYLE_BAD      ? PAIR_BAD
           : style & STYLE_WARN   ? PAIR_WARN
           : style & STYLE_GOOD   ? PAIR_GOOD
           : style & STYLE_ACCENT ? PAIR_ACCENT
                                  : PAIR_OWN;
}

static attr_t attributes_of(uint32_t style)
{
    attr_t attributes = A_NORMAL;
    if (style & STYLE_BOLD)
        attributes |= A_BOLD;
    if (style & STYLE_DIM)
        attributes |= A_DIM;
    if (style & STYLE_UNDERLINE)
        attributes |= A_UNDERLINE;
    if (style & STYLE_REVERSE)
        attributes |= A_REVERSE;
    return attributes;
}

/* What a console shows of a character: the first plane, and only what is
 * safe. */
static wchar_t shown(const struct term_system *system, uint32_t code)
{
    uint32_t last = system->options.ascii ? 0x7e : 0xffff;
    if (code < 0x20 || code > last || code == 0x7f || !text_is_safe(code))
        return L'?';
    return (wchar_t)code;
}

static void put_cell(const struct term_system *system, int row, int column,
                     const struct cell *cell)
{
    wchar_t text[CELL_CODES + 1] = {shown(system, cell->code[0])};
    for (int i = 1; i < CELL_CODES && cell->code[i]; i++)
        text[i] = shown(system, cell->code[i]);
    cchar_t character;
    short pair = system->options.color ? pair_of(cell->style) : PAIR_OWN;
    if (setcchar(&character, text, attributes_of(cell->style), pair, NULL) ==
        ERR)
        return;
    mvadd_wch(row, column, &character);
}

/* Curses learns the size from us; PDCurses wants to look itself. */
static void fit(const struct grid *grid)
{
    if (LINES == grid->rows && COLS == grid->columns)
        return;
    if (resize_term(0, 0) == ERR)
        resize_term(grid->rows, grid->columns);
    clearok(curscr, TRUE);
}

bool term_system_show(struct term_system *system, const struct grid *grid)
{
    fit(grid);
    erase();
    const struct cell *cell = grid->cells;
    for (int row = 0; row < grid->rows; row++)
        for (int column = 0; column < grid->columns; column++, cell++)
            if (row < LINES && column < COLS && cell->code[0] != 0)
                put_cell(system, row, column, cell);
    refresh();
    return true;
}

void term_system_redraw(struct term_system *system)
{
    (void)system;
    clearok(curscr, TRUE);
}

int term_system_key(struct term_system *system, WINDOW *keys, bool *special)
{
    wint_t code = 0;
    (void)system;
    switch (wget_wch(keys, &code)) {
    case OK:
        /* Enter as a console sends it. */
        return code == '\r' ? '\n' : (int)code;
    case KEY_CODE_YES:
        *special = true;
        return (int)code;
    default:
        return ERR;
    }
}
