/* SPDX-License-Identifier: MIT */
/*
 * The terminal through ncurses and terminfo: modes, keys, what it can do.
 * Invariant: from term_open to term_close (or exit) the terminal is ours, and
 * before and after it is as we found it.  paint.c makes the bytes; ncurses
 * never draws, its own screen stays empty.
 */
#include "ui/term.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/os.h"
#include "base/text.h"
#include "ui/keys.h"
#include "ui/paint.h"

struct term {
    SCREEN *screen;
    WINDOW *keys; /* a pad: reading from it never refreshes anything */
    struct paint paint;
    struct buf out;
    char pending[4]; /* bytes of a character that has not come whole */
    size_t pending_len;
};

static bool refuse(struct err *err, const char *why)
{
    const char *name = getenv("TERM");
    if (!name || !*name)
        return err_set(err, STATUS_NO_TERMINAL,
                       "TERM is not set; use `shmtop print` instead");
    return err_set(err, STATUS_NO_TERMINAL,
                   "the terminal '%s' %s; use `shmtop print` instead", name,
                   why);
}

/* Whether terminfo has `name`, with `part` in it unless that is NULL. */
static bool has(const char *name, const char *part)
{
    const char *string = tigetstr(name);
    if (!string || string == (char *)-1)
        return false;
    return !part || strstr(string, part);
}

static struct paint_options abilities(const struct term_options *options)
{
    return (struct paint_options){
        .color = options->color && tigetnum("colors") >= 8,
        .ascii = options->ascii,
        .bold = has("bold", NULL),
        .dim = has("dim", NULL),
        .underline = has("smul", NULL),
        .reverse = has("rev", NULL),
        .erase = has("el", NULL),
        .keep_corner = tigetflag("am") > 0 && tigetflag("xenl") <= 0,
    };
}

/* exit() from anywhere must give the terminal back; ncurses keeps which one
 * it is. */
static void restore_at_exit(void)
{
    if (stdscr && !isendwin()) {
        ssize_t ignored = write(STDOUT_FILENO, "\033[m", 3);
        (void)ignored;
        endwin();
    }
}

static void take(struct term *term)
{
    cbreak();
    noecho();
    nonl();
    /* Ctrl-Z comes as a key: the terminal is given back before the stop. */
    struct termios modes;
    if (tcgetattr(STDIN_FILENO, &modes) == 0) {
        modes.c_cc[VSUSP] = _POSIX_VDISABLE;
        tcsetattr(STDIN_FILENO, TCSADRAIN, &modes);
        def_prog_mode();
    }
    curs_set(0);
    paint_forget(&term->paint);
}

/* newterm() without its handlers, and without its own idea of the size: it
 * reads sizes that it cannot bear. */
static SCREEN *open_screen(void)
{
    struct sigaction stop;
    sigaction(SIGTSTP, NULL, &stop);
    setenv("LINES", "24", 1);
    setenv("COLUMNS", "80", 1);
    SCREEN *screen = newterm(NULL, stdout, stdin);
    sigaction(SIGTSTP, &stop, NULL);
    return screen;
}

bool term_open(struct term **out, const struct term_options *options,
               struct err *err)
{
    *out = NULL;
    if (!os_is_terminal(STDIN_FILENO) || !os_is_terminal(STDOUT_FILENO))
        return err_set(err, STATUS_NO_TERMINAL,
                       "stdin or stdout is no terminal; use `shmtop print` "
                       "instead");
    SCREEN *screen = open_screen();
    if (!screen)
        return refuse(err, "is not known");
    if (!has("cup", "\033[%i%p1%d;%p2%dH") || !has("clear", "\033[")) {
        endwin();
        delscreen(screen);
        return refuse(err, "cannot place its cursor");
    }
    struct term *term = mem_zalloc(1, sizeof(*term));
    term->screen = screen;
    term->paint.options = abilities(options);
    set_escdelay(25);
    term->keys = newpad(1, 1);
    CHECK(term->keys != NULL);
    keypad(term->keys, TRUE);
    nodelay(term->keys, TRUE);
    take(term);
    atexit(restore_at_exit);
    *out = term;
    return true;
}

static void give_back(struct term *term)
{
    /* After Ctrl-S the writes below would wait for a Ctrl-Q; going on ends
     * only what a stop of the same kind began. */
    tcflow(STDOUT_FILENO, TCOOFF);
    tcflow(STDOUT_FILENO, TCOON);
    buf_clear(&term->out);
    ssize_t ignored = write(STDOUT_FILENO, "\033[m", 3);
    (void)ignored;
    endwin();
}

void term_close(struct term *term)
{
    if (!term)
        return;
    give_back(term);
    delwin(term->keys);
    delscreen(term->screen);
    paint_free(&term->paint);
    buf_free(&term->out);
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

/* Whether the terminal takes bytes again within a second. */
static bool takes_more(void)
{
    struct pollfd ready = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return poll(&ready, 1, 1000) > 0;
}

/* False when the terminal is gone.  A write that a signal interrupts, whole or
 * in part, is given up unless it can go on: the signal may be there because
 * the terminal takes nothing any more. */
static bool send_bytes(struct term *term)
{
    size_t at = 0;
    while (at < term->out.len) {
        ssize_t n =
            write(STDOUT_FILENO, term->out.data + at, term->out.len - at);
        if (n < 0 && errno != EAGAIN && errno != EINTR)
            return false;
        at += n > 0 ? (size_t)n : 0;
        if (at < term->out.len && !takes_more()) {
            tcflush(STDOUT_FILENO, TCOFLUSH);
            paint_forget(&term->paint);
            break;
        }
    }
    return true;
}

bool term_show(struct term *term, const struct grid *grid)
{
    buf_clear(&term->out);
    paint_grid(&term->paint, grid, &term->out);
    return send_bytes(term);
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

static size_t sequence_length(unsigned char lead)
{
    return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/* One byte of a character; KEY_NONE_ until it is whole. */
static int text_key(struct term *term, int byte)
{
    if (byte == '\b')
        return KEY_CODE_BACKSPACE;
    if (byte == '\n')
        return KEY_CODE_ENTER;
    if (byte < 0x80) {
        term->pending_len = 0;
        return byte;
    }
    term->pending[term->pending_len++] = (char)byte;
    size_t want = sequence_length((unsigned char)term->pending[0]);
    if (term->pending_len < want)
        return KEY_NONE_;
    uint32_t code = 0;
    size_t used = text_next(term->pending, term->pending_len, &code);
    bool whole = used == term->pending_len;
    term->pending_len = 0;
    return whole && code != TEXT_REPLACEMENT ? (int)code : KEY_NONE_;
}

int term_key(struct term *term)
{
    for (;;) {
        int code = wgetch(term->keys);
        if (code == ERR)
            return KEY_NONE_;
        int key = code > 0xff ? special_key(code) : text_key(term, code);
        if (key != KEY_NONE_)
            return key;
    }
}

void term_redraw(struct term *term)
{
    paint_forget(&term->paint);
}

void term_resume(struct term *term)
{
    /* The only way back from endwin(); ncurses' screen is blank. */
    clearok(stdscr, TRUE);
    refresh();
    take(term);
}

void term_suspend(struct term *term)
{
    give_back(term);
    /* Stops here unless nobody could continue us. */
    kill(0, SIGTSTP);
    term_resume(term);
}
