/* SPDX-License-Identifier: MIT */
/* Clocks, waiting, signals and the terminal on Linux.  Handlers only set flags;
 * flags are read while their signals are blocked, so that none is lost between
 * the check and the sleep. */
#include "base/os.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

const char os_name[] = "linux";

#define SECOND_NS INT64_C(1000000000)
#define COLUMNS_MAX 1000
#define ROWS_MAX 500

/* Process-wide, because signal handlers take no argument. */
static struct {
    volatile sig_atomic_t stop;
    volatile sig_atomic_t resize;
    volatile sig_atomic_t resumed;
    volatile sig_atomic_t screen; /* curses has the terminal */
} happened;

static int64_t clock_ns(clockid_t clock)
{
    struct timespec now;
    CHECK(clock_gettime(clock, &now) == 0);
    return (int64_t)now.tv_sec * SECOND_NS + now.tv_nsec;
}

int64_t os_mono_ns(void)
{
    return clock_ns(CLOCK_MONOTONIC);
}

int64_t os_wall_ns(void)
{
    return clock_ns(CLOCK_REALTIME);
}

void os_put_clock(struct buf *out, int64_t wall_ns)
{
    time_t seconds = (time_t)(wall_ns / INT64_C(1000000000));
    struct tm parts;
    if (localtime_r(&seconds, &parts))
        buf_printf(out, "%02d:%02d:%02d", parts.tm_hour, parts.tm_min,
                   parts.tm_sec);
}

int64_t os_local_ns(int64_t wall_ns)
{
    time_t seconds = (time_t)(wall_ns / SECOND_NS);
    struct tm parts;
    if (!localtime_r(&seconds, &parts))
        return wall_ns;
    return wall_ns + (int64_t)parts.tm_gmtoff * SECOND_NS;
}

/* A write to a terminal that is stopped (Ctrl-S), or that no program reads,
 * waits for ever, and curses repeats one that a signal interrupts.  TCOON
 * undoes only TCOOFF.  Async-signal-safe calls only. */
static void free_terminal(void)
{
    if (os_terminal_ready())
        return;
    tcflow(STDOUT_FILENO, TCOOFF);
    tcflow(STDOUT_FILENO, TCOON);
    if (!os_terminal_ready())
        tcflush(STDOUT_FILENO, TCOFLUSH);
}

static void on_stop(int number)
{
    int saved = errno;
    (void)number;
    happened.stop = 1;
    if (happened.screen)
        free_terminal();
    errno = saved;
}

static void on_resize(int number)
{
    (void)number;
    happened.resize = 1;
}

static void on_resume(int number)
{
    (void)number;
    happened.resumed = 1;
}

static void install(int number, void (*handler)(int), int flags)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
    sigemptyset(&action.sa_mask);
    CHECK(sigaction(number, &action, NULL) == 0);
}

static void install_unless_ignored(int number, void (*handler)(int))
{
    struct sigaction old;
    CHECK(sigaction(number, NULL, &old) == 0);
    if (old.sa_handler != SIG_IGN)
        install(number, handler, 0);
}

void os_signals_install(void)
{
    /* A stop must interrupt a write that waits; the others must not. */
    install_unless_ignored(SIGINT, on_stop);
    install_unless_ignored(SIGQUIT, on_stop);
    install_unless_ignored(SIGHUP, on_stop);
    install(SIGTERM, on_stop, 0);
    install(SIGWINCH, on_resize, SA_RESTART);
    install(SIGCONT, on_resume, SA_RESTART);
}

static void block_signals(sigset_t *old)
{
    sigset_t ours;
    sigemptyset(&ours);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGQUIT);
    sigaddset(&ours, SIGHUP);
    sigaddset(&ours, SIGTERM);
    sigaddset(&ours, SIGWINCH);
    sigaddset(&ours, SIGCONT);
    CHECK(sigprocmask(SIG_BLOCK, &ours, old) == 0);
}

bool os_stop_asked(void)
{
    return happened.stop != 0;
}

static unsigned take_flags(void)
{
    unsigned events = (happened.stop ? OS_EVENT_STOP : 0u) |
                      (happened.resize ? OS_EVENT_RESIZE : 0u) |
                      (happened.resumed ? OS_EVENT_RESUMED : 0u);
    happened.stop = 0;
    happened.resize = 0;
    happened.resumed = 0;
    return events;
}

static unsigned input_events(const struct pollfd *input)
{
    unsigned events = 0;
    if (input->revents & POLLIN)
        events |= OS_EVENT_INPUT;
    if (input->revents & (POLLHUP | POLLERR | POLLNVAL))
        events |= OS_EVENT_HANGUP;
    return events;
}

static struct timespec timespec_of(int64_t ns)
{
    CHECK(ns >= 0);
    return (struct timespec){.tv_sec = (time_t)(ns / SECOND_NS),
                             .tv_nsec = (long)(ns % SECOND_NS)};
}

/* One ppoll that lets the signals of `mask` through; `*over` becomes whether
 * the deadline has passed. */
static unsigned wait_once(int64_t deadline_ns, int input, const sigset_t *mask,
                          bool *over)
{
    struct pollfd poll_input = {.fd = input, .events = POLLIN};
    int64_t left_ns = 0;
    if (deadline_ns != INT64_MAX) {
        int64_t now_ns = os_mono_ns();
        left_ns = deadline_ns > now_ns ? deadline_ns - now_ns : 0;
    }
    struct timespec left = timespec_of(left_ns);
    int ready = ppoll(&poll_input, input >= 0 ? 1 : 0,
                      deadline_ns == INT64_MAX ? NULL : &left, mask);
    CHECK(ready >= 0 || errno == EINTR || errno == ENOMEM);
    *over = ready == 0 && os_mono_ns() >= deadline_ns;
    return ready > 0 ? input_events(&poll_input) : 0;
}

unsigned os_wait(int64_t deadline_ns, int input)
{
    sigset_t old;
    bool over = false;
    static bool is_exact; /* 1 ns instead of 50 us, for the whole process */
    if (!is_exact)
        prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
    is_exact = true;
    block_signals(&old);
    unsigned events = take_flags();
    while (events == 0 && !over) {
        events = wait_once(deadline_ns, input, &old, &over);
        events |= take_flags();
    }
    CHECK(sigprocmask(SIG_SETMASK, &old, NULL) == 0);
    return events;
}

void os_rest(int64_t ns)
{
    if (ns <= 0)
        return;
    struct timespec rest = timespec_of(ns);
    nanosleep(&rest, NULL);
}

bool os_is_terminal(int fd)
{
    return isatty(fd) == 1;
}

void os_terminal_size(int *columns, int *rows)
{
    struct winsize size;
    *columns = 0;
    *rows = 0;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        return;
    *columns = size.ws_col < COLUMNS_MAX ? size.ws_col : COLUMNS_MAX;
    *rows = size.ws_row < ROWS_MAX ? size.ws_row : ROWS_MAX;
}

const char *os_terminal_type(void)
{
    /* Not from the terminal, which may have a size that ncurses cannot handle.
     * Its output buffer keeps the size of these. */
    int columns, rows;
    char text[16];
    os_terminal_size(&columns, &rows);
    snprintf(text, sizeof text, "%d", rows > 24 ? rows : 24);
    setenv("LINES", text, 1);
    snprintf(text, sizeof text, "%d", columns > 80 ? columns : 80);
    setenv("COLUMNS", text, 1);
    setenv("ESCDELAY", "25", 1); /* ms; the default is a second */
    return NULL;
}

void os_terminal_modes(bool mouse)
{
    (void)mouse; /* curses switches it on */
    struct termios modes;
    /* Ctrl-Z comes as a key, so that curses restores the terminal before the
     * stop. */
    if (tcgetattr(STDIN_FILENO, &modes) == 0) {
        modes.c_cc[VSUSP] = _POSIX_VDISABLE;
        /* curses reads on after an event of the mouse that is not wanted, and
         * would wait there until a key is pressed. */
        modes.c_cc[VMIN] = 0;
        modes.c_cc[VTIME] = 0;
        tcsetattr(STDIN_FILENO, TCSANOW, &modes);
    }
    install(SIGTSTP, SIG_DFL, 0);
    happened.screen = 1;
}

bool os_terminal_ready(void)
{
    struct pollfd output = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return poll(&output, 1, 0) != 0;
}

bool os_terminal_has_dim(void)
{
    return true; /* terminfo knows the terminals that have not */
}

void os_terminal_release(void)
{
    happened.screen = 0;
    free_terminal();
}

void os_terminal_stop(void)
{
    kill(0, SIGTSTP);
}

void os_arguments(int *argc, char ***argv)
{
    (void)argc, (void)argv; /* already UTF-8 */
}

void os_plain_streams(void)
{
    /* The next file that is opened would get the descriptor of a closed
     * standard stream, and messages would be written to it.  Writing to
     * /dev/null that is open for reading fails, as it should. */
    int fd;
    do
        fd = open("/dev/null", O_RDONLY);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0)
        close(fd);
}

bool os_locale_utf8(void)
{
    if (!setlocale(LC_CTYPE, ""))
        return false;
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* Whether the process has ended and waits for its parent. */
static bool is_zombie(int pid)
{
    char path[32], text[512];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    ssize_t len = -1;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        len = read(fd, text, sizeof text - 1);
        close(fd);
    }
    if (len <= 0)
        return false;
    text[len] = '\0';
    /* /proc/PID/stat: "4711 (a name with (parentheses)) Z ..." */
    const char *name_end = strrchr(text, ')');
    return name_end && name_end[1] == ' ' &&
           (name_end[2] == 'Z' || name_end[2] == 'X');
}

bool os_process_exists(uint64_t pid)
{
    if (pid == 0 || pid > INT_MAX)
        return false;
    if (kill((pid_t)pid, 0) != 0)
        return errno == EPERM;
    return !is_zombie((int)pid);
}

uint64_t os_process_id(void)
{
    return (uint64_t)getpid();
}
