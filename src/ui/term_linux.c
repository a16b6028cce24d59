/* SPDX-License-Identifier: MIT */
/*
 * Terminals of Linux: ncurses and terminfo say what one can do, and ncurses
 * reads its keys.  paint.c makes the bytes; ncurses never draws, its own
 * screen stays empty.
 */
#include "ui/term_system.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "ui/keys.h"
#include "ui/paint.h"

struct term_system {
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

bool term_system_open(struct term_system **out, SCREEN **screen,
                      const struct term_options *options, struct err *err)
{
    *screen = open_screen();
    if (!*screen)
        return refuse(err, "is not known");
    if (!has("cup", "\033[%i%p1%d;%p2%dH") || !has("clear", "\033[")) {
        endwin();
        delscreen(*screen);
        return refuse(err, "cannot place its cursor");
    }
    struct term_system *system = mem_zalloc(1, sizeof(*system));
    system->paint.options = abilities(options);
    set_escdelay(25);
    *out = system;
    return true;
}

void term_system_close(struct term_system *system)
{
    paint_free(&system->paint);
    buf_free(&system->out);
    free(system);
}

void term_system_take(struct term_system *system)
{
    /* Ctrl-Z comes as a key: the terminal is given back before the stop. */
    struct termios modes;
    if (tcgetattr(STDIN_FILENO, &modes) == 0) {
        modes.c_cc[VSUSP] = _POSIX_VDISABLE;
        tcsetattr(STDIN_FILENO, TCSADRAIN, &modes);
        def_prog_mode();
    }
    paint_forget(&system->paint);
}

void term_system_give_back(void)
{
    /* After Ctrl-S the writes below would wait for a Ctrl-Q; going on ends
     * only what a stop of the same kind began. */
    tcflow(STDOUT_FILENO, TCOOFF);
    tcflow(STDOUT_FILENO, TCOON);
    ssize_t ignored = write(STDOUT_FILENO, "\033[m", 3);
    (void)ignored;
}

void term_system_stop(void)
{
    kill(0, SIGTSTP);
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
static bool send_bytes(struct term_system *system)
{
    size_t at = 0;
    while (at < system->out.len) {
        ssize_t n =
            write(STDOUT_FILENO, system->out.data + at, system->out.len - at);
        if (n < 0 && errno != EAGAIN && errno != EINTR)
            return false;
        at += n > 0 ? (size_t)n : 0;
        if (at < system->out.len && !takes_more()) {
            tcflush(STDOUT_FILENO, TCOFLUSH);
            paint_forget(&system->paint);
            break;
        }
    }
    return true;
}

bool term_system_show(struct term_system *system, const struct grid *grid)
{
    buf_clear(&system->out);
    paint_grid(&system->paint, grid, &system->out);
    return send_bytes(system);
}

void term_system_redraw(struct term_system *system)
{
    paint_forget(&system->paint);
}

static size_t sequence_length(unsigned char lead)
{
    return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/* One byte of a character; KEY_NONE_ until it is whole. */
static int take_byte(struct term_system *system, int byte)
{
    if (byte < 0x80) {
        system->pending_len = 0;
        return byte;
    }
    system->pending[system->pending_len++] = (char)byte;
    size_t want = sequence_length((unsigned char)system->pending[0]);
    if (system->pending_len < want)
        return KEY_NONE_;
    uint32_t code = 0;
    size_t used = text_next(system->pending, system->pending_len, &code);
    bool whole = used == system->pending_len;
    system->pending_len = 0;
    return whole && code != TEXT_REPLACEMENT ? (int)code : KEY_NONE_;
}

int term_system_key(struct term_system *system, WINDOW *keys, bool *special)
{
    int code = wgetch(keys);
    *special = code > 0xff;
    if (code == ERR || *special)
        return code;
    return take_byte(system, code);
}
