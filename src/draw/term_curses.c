/* SPDX-License-Identifier: MIT */
/* The terminal by ncurses or PDCurses: modes, keys, and the cells that changed.
 * What is on the screen is decided in ui/. */
#include "draw/term.h"

#include <curses.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/os.h"
#include "base/utf8.h"
#include "draw/key_code.h"

struct term {
    SCREEN *screen;
    WINDOW *keys; /* a pad, because reading from it refreshes nothing */
    struct term_options options;
    struct grid shown; /* what curses has been given */
    bool valid;        /* the screen shows `shown`; else send every cell */
};

/* Colour pairs; in curses 0 means the terminal's own colours. */
enum { PAIR_OWN, PAIR_BAD, PAIR_WARN, PAIR_GOOD, PAIR_ACCENT, PAIR_FAINT };

static void give_back(void)
{
    os_terminal_release();
    move(LINES - 1, 0);
    refresh();
    endwin();
}

/* For exit() from anywhere; curses knows which terminal it is. */
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
    leaveok(stdscr, TRUE);
    os_terminal_modes();
    def_prog_mode();
    term->valid = false;
}

static bool refuse(struct err *err, const char *why)
{
    const char *name = getenv("TERM");
    return err_set(err, STATUS_UNAVAILABLE,
                   "the terminal '%s' %s; use `shmtop print` instead",
                   name ? name : "", why);
}

/* False if the terminal is unknown or cannot place its cursor. */
static bool open_screen(SCREEN **screen, struct err *err)
{
    const char *given = os_terminal_type();
    char type[32] = "";
    if (given)
        strncpy(type, given, sizeof type - 1);
    *screen = newterm(given ? type : NULL, stdout, stdin);
    if (!*screen)
        return refuse(err, "is not known");
    if (strcmp(termname(), "dumb") != 0)
        return true;
    endwin();
    delscreen(*screen);
    return refuse(err, "cannot place its cursor");
}

static void set_colors(struct term *term)
{
    short back = COLOR_BLACK;
    term->options.color = term->options.color && has_colors();
    if (!term->options.color || start_color() == ERR)
        return;
    if (use_default_colors() != ERR)
        back = -1;
    init_pair(PAIR_BAD, COLOR_RED, back);
    init_pair(PAIR_WARN, COLOR_YELLOW, back);
    init_pair(PAIR_GOOD, COLOR_GREEN, back);
    init_pair(PAIR_ACCENT, COLOR_CYAN, back);
    init_pair(PAIR_FAINT, COLOR_BLACK, back); /* bold black is grey */
}

bool term_open(struct term **out, const struct term_options *options,
               struct err *err)
{
    SCREEN *screen = NULL;
    *out = NULL;
    if (!os_is_terminal(0) || !os_is_terminal(1))
        return err_set(err, STATUS_UNAVAILABLE,
                       "stdin or stdout is not a terminal; use `shmtop print` "
                       "instead");
    if (!open_screen(&screen, err))
        return false;
    struct term *term = mem_zalloc(1, sizeof *term);
    term->screen = screen;
    term->options = *options;
    set_colors(term);
    term->keys = newpad(1, 1);
    CHECK(term->keys);
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
    grid_free(&term->shown);
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

/* --- cells -------------------------------------------------------------- */

static short pair_of(const struct term *term, uint32_t style)
{
    if (!term->options.color)
        return PAIR_OWN;
    return style & STYLE_BAD                             ? PAIR_BAD
           : style & STYLE_WARN                          ? PAIR_WARN
           : style & STYLE_GOOD                          ? PAIR_GOOD
           : style & STYLE_ACCENT                        ? PAIR_ACCENT
           : style & STYLE_DIM && !os_terminal_has_dim() ? PAIR_FAINT
                                                         : PAIR_OWN;
}

static attr_t attributes_of(uint32_t style, short pair)
{
    bool dim = style & STYLE_DIM && os_terminal_has_dim();
    return A_NORMAL | (style & STYLE_BOLD || pair == PAIR_FAINT ? A_BOLD : 0) |
           (dim ? A_DIM : 0) | (style & STYLE_UNDERLINE ? A_UNDERLINE : 0) |
           (style & STYLE_REVERSE ? A_REVERSE : 0);
}

/* `code`, or '?' if it is not safe or no wchar_t of this system. */
static wchar_t to_wide(const struct term *term, uint32_t code)
{
    uint32_t last = term->options.ascii ? 0x7e : (uint32_t)WCHAR_MAX;
    if (code < 0x20 || code > last || !utf8_is_safe(code))
        return L'?';
    return (wchar_t)code;
}

static void put_cell(const struct term *term, int row, int column,
                     const struct cell *cell)
{
    wchar_t text[CELL_CODES + 1] = {to_wide(term, cell->code[0])};
    cchar_t character;
    for (int i = 1; i < CELL_CODES && cell->code[i]; i++)
        text[i] = to_wide(term, cell->code[i]);
    short pair = pair_of(term, cell->style);
    attr_t attributes = attributes_of(cell->style, pair);
    if (setcchar(&character, text, attributes, pair, NULL) != ERR)
        mvadd_wch(row, column, &character);
}

/* Tells curses the size; PDCurses finds it out by itself (0, 0). */
static void fit(struct term *term, const struct grid *grid)
{
    if (LINES != grid->rows || COLS != grid->columns) {
        if (resize_term(0, 0) == ERR || LINES != grid->rows ||
            COLS != grid->columns)
            resize_term(grid->rows, grid->columns);
        term->valid = false;
    }
    if (term->shown.rows != grid->rows || term->shown.columns != grid->columns)
        term->valid = false;
    if (term->valid)
        return;
    grid_reset(&term->shown, grid->columns, grid->rows);
    erase();
    clearok(curscr, TRUE);
}

bool term_show(struct term *term, const struct grid *grid)
{
    CHECK(grid->columns > 0 && grid->rows > 0);
    fit(term, grid);
    const struct cell *cell = grid->cells;
    struct cell *shown = term->shown.cells;
    for (int row = 0; row < grid->rows; row++) {
        for (int column = 0; column < grid->columns;
             column++, cell++, shown++) {
            if (memcmp(cell, shown, sizeof *cell) == 0)
                continue;
            *shown = *cell;
            if (cell->code[0] != 0)
                put_cell(term, row, column, cell);
        }
    }
    term->valid = true;
    return refresh() != ERR;
}

void term_redraw(struct term *term)
{
    term->valid = false;
}

/* --- keys --------------------------------------------------------------- */

static int special_key(int code)
{
    static const int keys[][2] = {
        {KEY_UP, KEY_CODE_UP},       {KEY_DOWN, KEY_CODE_DOWN},
        {KEY_LEFT, KEY_CODE_LEFT},   {KEY_RIGHT, KEY_CODE_RIGHT},
        {KEY_PPAGE, KEY_CODE_PGUP},  {KEY_NPAGE, KEY_CODE_PGDN},
        {KEY_HOME, KEY_CODE_HOME},   {KEY_END, KEY_CODE_END},
        {KEY_F(1), KEY_CODE_F1},     {KEY_DC, KEY_CODE_DELETE},
        {KEY_ENTER, KEY_CODE_ENTER}, {KEY_BACKSPACE, KEY_CODE_BACKSPACE},
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (keys[i][0] == code)
            return keys[i][1];
    return KEY_CODE_OTHER;
}

static int text_key(uint32_t code)
{
    if (code == '\b')
        return KEY_CODE_BACKSPACE;
    if (code == '\n')
        return KEY_CODE_ENTER;
    return code < 0x80 || utf8_is_safe(code) ? (int)code : KEY_CODE_OTHER;
}

int term_key(struct term *term)
{
    CHECK(term && !isendwin());
    wint_t code = 0;
    switch (wget_wch(term->keys, &code)) {
    case ERR:
        return KEY_CODE_NONE;
    case KEY_CODE_YES:
        return special_key((int)code);
    default:
        return text_key((uint32_t)code);
    }
}

void term_resume(struct term *term)
{
    refresh(); /* ends what endwin() began */
    take(term);
}

void term_suspend(struct term *term)
{
    give_back();
    /* Returns at once if no shell could continue the process. */
    os_terminal_stop();
    term_resume(term);
}
