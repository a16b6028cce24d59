/* SPDX-License-Identifier: MIT */
/* The terminal by ncurses or PDCurses: modes, keys, and the cells that changed.
 * What is on the screen is decided in ui/. */
#include "draw/term.h"

#define PDC_NCMOUSE /* PDCurses has the mouse of ncurses, too */
#include <curses.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/os.h"
#include "base/text.h"
#include "base/utf8.h"
#include "draw/color.h"
#include "draw/key_code.h"
#include "draw/term_codes.h"

#define PAIRS_MAX 64 /* with number 0, which terminals of 8 colours have */

/* A colour pair of curses; number 0 means the terminal's own colours. */
struct pair {
    int front, back;
};

/* What curses gets for a style. */
struct shown_style {
    bool known;
    attr_t attributes;
    short pair;
};

struct term {
    SCREEN *screen;
    WINDOW *keys; /* a pad, because reading from it refreshes nothing */
    struct term_options options;
    struct grid shown; /* what curses has been given */
    bool valid;        /* the screen shows `shown`; else send every cell */
    bool has_window;   /* title and clipboard; see term_codes.h */
    char *title;       /* owned; NULL: the terminal has its own */
    struct theme theme;
    bool has_faint; /* A_DIM */
    int colors;     /* 8, 16 or 256; 0: none are used */
    short back;     /* what curses takes for the own background */
    struct pair pairs[PAIRS_MAX];
    int pair_count;
    struct shown_style styles[STYLE_COUNT]; /* by cell.style */
};

/* Whether the window has a title of ours. Not in struct term, because exit()
 * has to give the old one back. */
static bool has_title;

/* Sends bytes at once. Curses keeps none between its frames, so the order
 * stays. False if the terminal takes nothing now. */
static bool send(const struct buf *bytes)
{
    if (!bytes->len || !os_terminal_ready())
        return false;
    bool sent = fwrite(bytes->data, 1, bytes->len, stdout) == bytes->len;
    return fflush(stdout) == 0 && sent;
}

static void send_text(const char *text)
{
    struct buf code = {0};
    buf_puts(&code, text);
    send(&code);
    buf_free(&code);
}

static void send_title(const char *text)
{
    struct buf code = {0};
    if (text)
        term_code_put_title(&code, text, !has_title);
    else
        term_code_put_old_title(&code);
    if (send(&code))
        has_title = text;
    buf_free(&code);
}

static void give_back(void)
{
    if (has_title)
        send_title(NULL);
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
    os_terminal_modes(term->options.mouse);
    def_prog_mode();
    term->valid = false;
    if (term->title)
        send_title(term->title);
}

static bool refuse(struct err *err, const char *why)
{
    const char *name = getenv("TERM");
    return err_set(err, STATUS_UNAVAILABLE,
                   "the terminal '%s' %s; use `shmtop print` instead",
                   name ? name : "", why);
}

/* Makes curses send a frame in one write: without looking for input in between,
 * and, in ncurses, without a flush at each move of the cursor, which it does
 * until the first return from endwin(). Before start_color(): after it, coming
 * back would reset the user's palette. */
static void one_write(void)
{
    typeahead(-1);
#ifdef NCURSES_VERSION
    endwin();
    refresh();
#endif
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
    if (strcmp(termname(), "dumb") == 0) {
        endwin();
        delscreen(*screen);
        return refuse(err, "cannot place its cursor");
    }
    one_write();
    return true;
}

static void set_colors(struct term *term)
{
    term->has_faint = os_terminal_has_dim() && termattrs() & A_DIM;
    term->options.color = term->options.color && has_colors();
    if (!term->options.color || start_color() == ERR)
        return;
    term->back = use_default_colors() != ERR ? -1 : COLOR_BLACK;
    term->colors = COLORS >= COLOR_COUNT        ? COLOR_COUNT
                   : COLORS >= COLOR_NAME_COUNT ? COLOR_NAME_COUNT
                                                : 8;
}

void term_set_theme(struct term *term, const struct theme *theme)
{
    CHECK(term && theme);
    term->theme = term->colors ? *theme : *theme_find("mono");
    term->pair_count = 1;
    memset(term->styles, 0, sizeof term->styles);
    term->valid = false;
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
    term->has_window = term_type_has_window(termname());
    set_colors(term);
    term_set_theme(term, theme_find("terminal"));
    term->keys = newpad(1, 1);
    CHECK(term->keys);
    keypad(term->keys, TRUE);
    nodelay(term->keys, TRUE);
    /* On the Linux console ncurses would ask a mouse server, which may print
     * messages. */
    if (options->mouse && strncmp(termname(), "linux", 5) != 0) {
        mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
        mouseinterval(0); /* a press is reported without waiting for more */
    }
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
    free(term->title);
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

/* The pair of two colours, 0 when there are no more pairs. */
static short pair_of(struct term *term, int front, int back)
{
    if (front == LOOK_OWN && back == LOOK_OWN)
        return 0;
    for (int i = 1; i < term->pair_count; i++)
        if (term->pairs[i].front == front && term->pairs[i].back == back)
            return (short)i;
    if (term->pair_count >= PAIRS_MAX || term->pair_count >= COLOR_PAIRS)
        return 0;
    int pair = term->pair_count++;
    term->pairs[pair] = (struct pair){front, back};
    short own = term->back == -1 ? -1 : COLOR_WHITE;
    init_pair((short)pair, front == LOOK_OWN ? own : (short)front,
              back == LOOK_OWN ? term->back : (short)back);
    return (short)pair;
}

/* Replaces what the terminal has not: faint by grey, a colour by the nearest
 * one, a background between its colours by reverse. */
static void fit_look(const struct term *term, struct look *look)
{
    if (look->attributes & STYLE_FAINT && !term->has_faint) {
        look->attributes &= ~(uint32_t)STYLE_FAINT;
        if (term->colors && look->front == LOOK_OWN && look->back == LOOK_OWN)
            look->front = COLOR_NAME_BRIGHT_BLACK;
    }
    if (!term->colors || term->colors == COLOR_COUNT)
        return;
    if (look->back >= COLOR_NAME_COUNT) {
        look->back = LOOK_OWN;
        look->attributes |= STYLE_REVERSE;
    } else if (look->back >= term->colors) {
        look->back -= term->colors;
    }
    /* Bold black is grey. */
    if (look->front >= term->colors && look->front < COLOR_NAME_COUNT)
        look->attributes |= STYLE_BOLD;
    if (look->front != LOOK_OWN)
        look->front = color_nearest(look->front, term->colors);
}

static const struct shown_style *shown_style(struct term *term, uint32_t style)
{
    CHECK(style < STYLE_COUNT);
    struct shown_style *shown = &term->styles[style];
    if (shown->known)
        return shown;
    struct look look = theme_look(&term->theme, style);
    fit_look(term, &look);
    shown->known = true;
    shown->pair = term->colors ? pair_of(term, look.front, look.back) : 0;
    shown->attributes = A_NORMAL | (look.attributes & STYLE_BOLD ? A_BOLD : 0) |
                        (look.attributes & STYLE_FAINT ? A_DIM : 0) |
                        (look.attributes & STYLE_UNDERLINE ? A_UNDERLINE : 0) |
                        (look.attributes & STYLE_REVERSE ? A_REVERSE : 0);
    return shown;
}

/* `code`, or '?' if it is not safe or no wchar_t of this system. */
static wchar_t to_wide(const struct term *term, uint32_t code)
{
    uint32_t last = term->options.ascii ? 0x7e : (uint32_t)WCHAR_MAX;
    if (code < 0x20 || code > last || !utf8_is_safe(code))
        return L'?';
    return (wchar_t)code;
}

static void put_cell(struct term *term, int row, int column,
                     const struct cell *cell)
{
    wchar_t text[CELL_CODES + 1] = {to_wide(term, cell->code[0])};
    cchar_t character;
    for (int i = 1; i < CELL_CODES && cell->code[i]; i++)
        text[i] = to_wide(term, cell->code[i]);
    const struct shown_style *style = shown_style(term, cell->style);
    if (setcchar(&character, text, style->attributes, style->pair, NULL) != ERR)
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
    size_t columns = (size_t)grid->columns;
    for (int row = 0; row < grid->rows; row++) {
        const struct cell *cell = grid->cells + (size_t)row * columns;
        struct cell *shown = term->shown.cells + (size_t)row * columns;
        if (memcmp(cell, shown, columns * sizeof *cell) == 0)
            continue;
        for (int column = 0; column < grid->columns;
             column++, cell++, shown++) {
            if (memcmp(cell, shown, sizeof *cell) == 0)
                continue;
            *shown = *cell;
            if (cell->code[0] != 0)
                put_cell(term, row, column, cell);
        }
    }
    bool sync = !term->valid && term->options.sync && term->has_window;
    term->valid = true;
    if (sync)
        send_text(TERM_CODE_BEGIN);
    bool ok = refresh() != ERR;
    if (sync)
        send_text(TERM_CODE_END);
    return ok;
}

void term_redraw(struct term *term)
{
    term->valid = false;
}

/* --- keys --------------------------------------------------------------- */

static int special_key(int code)
{
    static const int keys[][2] = {
        {KEY_UP, KEY_CODE_UP},        {KEY_DOWN, KEY_CODE_DOWN},
        {KEY_LEFT, KEY_CODE_LEFT},    {KEY_RIGHT, KEY_CODE_RIGHT},
        {KEY_PPAGE, KEY_CODE_PGUP},   {KEY_NPAGE, KEY_CODE_PGDN},
        {KEY_HOME, KEY_CODE_HOME},    {KEY_END, KEY_CODE_END},
        {KEY_BTAB, KEY_CODE_BACKTAB}, {KEY_DC, KEY_CODE_DELETE},
        {KEY_ENTER, KEY_CODE_ENTER},  {KEY_BACKSPACE, KEY_CODE_BACKSPACE},
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (keys[i][0] == code)
            return keys[i][1];
    if (code >= KEY_F(1) && code <= KEY_F(12))
        return KEY_CODE_F1 + code - KEY_F(1);
    return KEY_CODE_OTHER;
}

/* Takes the event of a KEY_MOUSE; false if it is one that is not wanted. */
static bool take_mouse(struct mouse *out)
{
    static const struct {
        mmask_t bit;
        enum mouse_kind kind;
    } kinds[] = {
        {BUTTON1_PRESSED, MOUSE_CLICK},
        {BUTTON4_PRESSED, MOUSE_WHEEL_UP},
        {BUTTON5_PRESSED, MOUSE_WHEEL_DOWN},
    };
    MEVENT event;
    if (getmouse(&event) == ERR || event.x < 0 || event.y < 0)
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (event.bstate & kinds[i].bit) {
            *out = (struct mouse){kinds[i].kind, event.x, event.y};
            return true;
        }
    }
    return false;
}

static int text_key(uint32_t code)
{
    if (code == '\b')
        return KEY_CODE_BACKSPACE;
    if (code == '\n')
        return KEY_CODE_ENTER;
    return code < 0x80 || utf8_is_safe(code) ? (int)code : KEY_CODE_OTHER;
}

int term_key(struct term *term, struct mouse *mouse)
{
    CHECK(term && mouse && !isendwin());
    wint_t code = 0;
    switch (wget_wch(term->keys, &code)) {
    case ERR:
        return KEY_CODE_NONE;
    case KEY_CODE_YES:
        if (code != KEY_MOUSE)
            return special_key((int)code);
        return take_mouse(mouse) ? KEY_CODE_MOUSE : KEY_CODE_NOTHING;
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

/* --- the window ---------------------------------------------------------- */

void term_set_title(struct term *term, const char *text)
{
    CHECK(term && text);
    if (!term->has_window || (term->title && strcmp(term->title, text) == 0))
        return;
    free(term->title);
    term->title = mem_strdup(text);
    send_title(term->title);
}

void term_bell(struct term *term)
{
    CHECK(term && !isendwin());
    if (os_terminal_ready())
        beep();
}

bool term_copy(struct term *term, const char *text, size_t len)
{
    struct buf code = {0};
    CHECK(term && !isendwin());
#ifdef __PDCURSES__
    buf_puts(&code, "");
    text_clean(&code, text, len);
    bool ok = PDC_setclipboard(code.data, (long)code.len) == 0;
#else
    bool ok =
        term->has_window && term_code_put_copy(&code, text, len) && send(&code);
#endif
    buf_free(&code);
    return ok;
}
