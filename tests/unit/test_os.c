/* SPDX-License-Identifier: MIT */
/*
 * Clocks, waiting, signals, the terminal and places.  What changes the whole
 * process (signals, standard streams, the environment) happens in a child,
 * whose exit code tells which of its expectations failed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/os.h"
#include "base/os_files.h"

#define MS INT64_C(1000000)
#define LONG_NS (20000 * MS) /* only a lost wake-up takes so long */

/* In a child: its exit code is the line of what did not hold. */
#define EXPECT(expr)                                                           \
    do {                                                                       \
        if (!(expr)) {                                                         \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #expr);         \
            _exit(1);                                                          \
        }                                                                      \
    } while (0)

static void in_child(void (*run)(void))
{
    pid_t child;
    int status;

    fflush(NULL);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        run();
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/*
 * Stands in for the library's: os_wait asks for the time after it has looked
 * for signals and before it sleeps, so a signal raised here comes at the worst
 * moment.
 */
static bool raise_in_clock;

int clock_gettime(clockid_t clock, struct timespec *now)
{
    if (raise_in_clock) {
        raise_in_clock = false;
        raise(SIGWINCH);
    }
    return (int)syscall(SYS_clock_gettime, clock, now);
}

static void test_clocks(void **state)
{
    int64_t mono = os_mono_ns();
    int64_t wall = os_wall_ns();

    (void)state;
    assert_true(os_mono_ns() >= mono);
    /* between 2020 and 2200 */
    assert_true(wall > INT64_C(1577836800) * 1000000000);
    assert_true(wall < INT64_C(7258118400) * 1000000000);
}

static void test_wait_deadline(void **state)
{
    int64_t start = os_mono_ns();

    (void)state;
    assert_int_equal(os_wait(start + 20 * MS, -1), 0);
    assert_true(os_mono_ns() >= start + 20 * MS);
    assert_true(os_mono_ns() < start + LONG_NS);
    /* one that has passed does not wait, neither does a negative one */
    assert_int_equal(os_wait(start, -1), 0);
    assert_int_equal(os_wait(-1, -1), 0);
    assert_int_equal(os_wait(INT64_MIN, -1), 0);
}

static void test_wait_input(void **state)
{
    int ends[2];
    char byte;

    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(os_wait(os_mono_ns() + MS, ends[0]), 0);
    assert_int_equal(write(ends[1], "x", 1), 1);
    assert_int_equal(os_wait(INT64_MAX, ends[0]), OS_EVENT_INPUT);
    /* also when the deadline has passed */
    assert_int_equal(os_wait(0, ends[0]), OS_EVENT_INPUT);
    close(ends[1]);
    assert_int_equal(os_wait(INT64_MAX, ends[0]),
                     OS_EVENT_INPUT | OS_EVENT_HANGUP);
    assert_int_equal(read(ends[0], &byte, 1), 1);
    assert_int_equal(os_wait(INT64_MAX, ends[0]), OS_EVENT_HANGUP);
    close(ends[0]);
    /* a closed descriptor is a hangup too, not a busy loop */
    assert_int_equal(os_wait(INT64_MAX, ends[0]), OS_EVENT_HANGUP);
}

static void run_signals(void)
{
    os_signals_install();
    raise(SIGWINCH);
    EXPECT(os_wait(INT64_MAX, -1) == OS_EVENT_RESIZE);
    EXPECT(os_wait(os_mono_ns() + MS, -1) == 0); /* handed out once */
    raise(SIGCONT);
    raise(SIGWINCH);
    EXPECT(os_wait(0, -1) == (OS_EVENT_RESIZE | OS_EVENT_RESUMED));
    raise(SIGINT);
    EXPECT(os_wait(INT64_MAX, -1) == OS_EVENT_STOP);
    raise(SIGTERM);
    raise(SIGTERM);
    EXPECT(os_wait(INT64_MAX, -1) == OS_EVENT_STOP);
    raise(SIGHUP);
    EXPECT(os_wait(INT64_MAX, -1) == OS_EVENT_STOP);
    raise(SIGQUIT);
    EXPECT(os_wait(INT64_MAX, -1) == OS_EVENT_STOP);
    EXPECT(os_wait(0, -1) == 0);
}

static void run_ignored(void)
{
    signal(SIGINT, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGQUIT, SIG_IGN);
    os_signals_install();
    raise(SIGINT);
    raise(SIGHUP);
    raise(SIGQUIT);
    EXPECT(os_wait(os_mono_ns() + MS, -1) == 0);
    raise(SIGTERM);
    EXPECT(os_wait(INT64_MAX, -1) == OS_EVENT_STOP);
}

static void run_worst_moment(void)
{
    int64_t deadline;

    os_signals_install();
    deadline = os_mono_ns() + 2000 * MS;
    raise_in_clock = true;
    EXPECT(os_wait(deadline, -1) == OS_EVENT_RESIZE);
    EXPECT(!raise_in_clock);
    EXPECT(os_mono_ns() < deadline);
}

/* Signals that come at any moment around the start of a wait all end it. */
static void run_no_lost_wakeup(void)
{
    pid_t receiver = getpid();
    pid_t sender;
    int ends[2];
    int i;

    os_signals_install();
    EXPECT(pipe(ends) == 0);
    sender = fork();
    EXPECT(sender >= 0);
    if (sender == 0) {
        char byte;

        close(ends[1]);
        while (read(ends[0], &byte, 1) == 1) {
            volatile int spin;

            for (spin = 0; spin < byte * 40; spin++)
                ;
            kill(receiver, SIGWINCH);
        }
        _exit(0);
    }
    close(ends[0]);
    for (i = 0; i < 3000; i++) {
        char delay = (char)(i % 100);

        EXPECT(write(ends[1], &delay, 1) == 1);
        EXPECT(os_wait(os_mono_ns() + LONG_NS, -1) == OS_EVENT_RESIZE);
    }
    close(ends[1]);
    EXPECT(waitpid(sender, NULL, 0) == sender);
}

/* A stop interrupts a write that nobody reads, a resize does not. */
static void run_stuck_write(void)
{
    char block[65536] = {0};
    pid_t victim;
    int ends[2];
    int status;

    EXPECT(pipe(ends) == 0);
    victim = fork();
    EXPECT(victim >= 0);
    if (victim == 0) {
        os_signals_install();
        for (;;)
            if (write(ends[1], block, sizeof block) < 0)
                _exit(os_wait(0, -1) & OS_EVENT_STOP ? 0 : 1);
    }
    do {
        EXPECT(kill(victim, SIGWINCH) == 0);
        usleep(1000);
        EXPECT(kill(victim, SIGTERM) == 0 || errno == ESRCH);
        usleep(1000);
    } while (waitpid(victim, &status, WNOHANG) == 0);
    /* SIGTERM may have come before the handlers were there */
    EXPECT((WIFEXITED(status) && WEXITSTATUS(status) == 0) ||
           (WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM));
}

static void test_signals(void **state)
{
    (void)state;
    in_child(run_signals);
    in_child(run_ignored);
    in_child(run_worst_moment);
    in_child(run_no_lost_wakeup);
    in_child(run_stuck_write);
}

static void run_terminal(void)
{
    struct winsize size = {.ws_col = 80, .ws_row = 24};
    int columns = -1;
    int rows = -1;
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    int terminal;

    EXPECT(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
    terminal = open(ptsname(master), O_RDWR | O_NOCTTY);
    EXPECT(terminal >= 0);
    EXPECT(dup2(terminal, STDOUT_FILENO) == STDOUT_FILENO);
    EXPECT(os_is_terminal(STDOUT_FILENO));
    EXPECT(ioctl(terminal, TIOCSWINSZ, &size) == 0);
    os_terminal_size(&columns, &rows);
    EXPECT(columns == 80 && rows == 24);
    size = (struct winsize){.ws_col = 65535, .ws_row = 65535};
    EXPECT(ioctl(terminal, TIOCSWINSZ, &size) == 0);
    os_terminal_size(&columns, &rows);
    EXPECT(columns == 1000 && rows == 500);
    /* the other end goes away: a hangup at once, not an endless wait */
    close(master);
    EXPECT(os_wait(os_mono_ns() + LONG_NS, terminal) & OS_EVENT_HANGUP);
}

static void run_no_terminal(void)
{
    int columns = -1;
    int rows = -1;
    int null = open("/dev/null", O_RDWR);

    EXPECT(dup2(null, STDOUT_FILENO) == STDOUT_FILENO);
    EXPECT(!os_is_terminal(STDOUT_FILENO));
    os_terminal_size(&columns, &rows);
    EXPECT(columns == 0 && rows == 0);
    EXPECT(!os_is_terminal(-1));
    EXPECT(!os_is_terminal(999));
}

/* A closed stream stays unusable: no file opened later gets its number. */
static void run_closed_streams(void)
{
    int file;

    close(STDIN_FILENO);
    close(STDOUT_FILENO);
    os_plain_streams();
    file = open("/dev/null", O_RDWR);
    EXPECT(file > STDERR_FILENO);
    EXPECT(write(STDOUT_FILENO, "x", 1) == -1);
    EXPECT(read(STDIN_FILENO, &file, 1) == 0);
}

static void run_locale(void)
{
    EXPECT(setenv("LC_ALL", "C.UTF-8", 1) == 0);
    EXPECT(os_locale_utf8());
    EXPECT(strcmp(setlocale(LC_NUMERIC, NULL), "C") == 0);
    EXPECT(strcmp(setlocale(LC_TIME, NULL), "C") == 0);
    EXPECT(setenv("LC_ALL", "C", 1) == 0);
    EXPECT(!os_locale_utf8());
    EXPECT(setenv("LC_ALL", "no_SUCH.locale", 1) == 0);
    EXPECT(!os_locale_utf8());
}

static void test_terminal(void **state)
{
    (void)state;
    in_child(run_terminal);
    in_child(run_no_terminal);
    in_child(run_closed_streams);
    in_child(run_locale);
}

static bool visit_and_note(void *user, const char *path)
{
    buf_printf(user, "%s|", path);
    return strstr(path, "/stop/") != NULL;
}

static const char *places(struct buf *out, enum os_place place)
{
    buf_clear(out);
    buf_puts(out, "");
    if (os_visit_places(place, "x.ini", visit_and_note, out))
        buf_puts(out, "found");
    return out->data;
}

static void set_or_unset(const char *name, const char *value)
{
    if (value)
        setenv(name, value, 1);
    else
        unsetenv(name);
}

static void run_config_places(void)
{
    static const struct {
        const char *home;
        const char *personal;
        const char *dirs;
        const char *want;
    } table[] = {
        {"/h", NULL, NULL, "/h/.config/shmtop/x.ini|/etc/xdg/shmtop/x.ini|"},
        {"/h", "/p", NULL, "/p/shmtop/x.ini|/etc/xdg/shmtop/x.ini|"},
        {"/h", "rel", "rel:/d:also/rel::/e",
         "/h/.config/shmtop/x.ini|/d/shmtop/x.ini|/e/shmtop/x.ini|"},
        {"/h", "", "", "/h/.config/shmtop/x.ini|/etc/xdg/shmtop/x.ini|"},
        {NULL, NULL, NULL, "/etc/xdg/shmtop/x.ini|"},
        {"rel", NULL, NULL, "/etc/xdg/shmtop/x.ini|"},
        {"", NULL, "rel", ""},
        {"/h", "/stop", NULL, "/stop/shmtop/x.ini|found"},
        {"/h", NULL, "/a:/stop:/b",
         "/h/.config/shmtop/x.ini|/a/shmtop/x.ini|/stop/shmtop/x.ini|found"},
    };
    struct buf out = {0};
    size_t i;

    for (i = 0; i < sizeof table / sizeof table[0]; i++) {
        set_or_unset("HOME", table[i].home);
        set_or_unset("XDG_CONFIG_HOME", table[i].personal);
        set_or_unset("XDG_CONFIG_DIRS", table[i].dirs);
        places(&out, OS_PLACE_CONFIG);
        if (strcmp(out.data, table[i].want) != 0)
            fprintf(stderr, "%s, not %s\n", out.data, table[i].want);
        EXPECT(strcmp(out.data, table[i].want) == 0);
    }
    buf_free(&out);
}

static void run_data_places(void)
{
    struct buf out = {0};
    const char *first = "/h/.local/share/shmtop/x.ini|"
                        "/usr/local/share/shmtop/x.ini|"
                        "/usr/share/shmtop/x.ini|/";
    const char *last = "/../share/shmtop/x.ini|";

    set_or_unset("HOME", "/h");
    set_or_unset("XDG_DATA_HOME", NULL);
    set_or_unset("XDG_DATA_DIRS", NULL);
    places(&out, OS_PLACE_DATA);
    EXPECT(strncmp(out.data, first, strlen(first)) == 0);
    EXPECT(out.len > strlen(last));
    EXPECT(strcmp(out.data + out.len - strlen(last), last) == 0);
    set_or_unset("XDG_DATA_HOME", "/p");
    set_or_unset("XDG_DATA_DIRS", "/stop");
    EXPECT(strcmp(places(&out, OS_PLACE_DATA),
                  "/p/shmtop/x.ini|/stop/shmtop/x.ini|found") == 0);
    buf_free(&out);
}

static void test_places(void **state)
{
    (void)state;
    in_child(run_config_places);
    in_child(run_data_places);
}

static void test_processes(void **state)
{
    static const uint64_t none[] = {0,          INT32_MAX,  0x80000000u,
                                    UINT32_MAX, UINT64_MAX, (uint64_t)-1000};
    siginfo_t info;

    (void)state;
    assert_true(os_process_exists((uint64_t)getpid()));
    assert_true(os_process_exists(1)); /* of another user, perhaps */
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_false(os_process_exists(none[i]));

    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        pause();
        _exit(0);
    }
    assert_true(os_process_exists((uint64_t)pid));
    kill(pid, SIGKILL);
    /* Dead, but still asked after by nobody. */
    assert_int_equal(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT), 0);
    assert_false(os_process_exists((uint64_t)pid));
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    assert_false(os_process_exists((uint64_t)pid));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_processes),     cmocka_unit_test(test_clocks),
        cmocka_unit_test(test_wait_deadline), cmocka_unit_test(test_wait_input),
        cmocka_unit_test(test_signals),       cmocka_unit_test(test_terminal),
        cmocka_unit_test(test_places),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
