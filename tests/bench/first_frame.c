/* SPDX-License-Identifier: MIT */
/*
 * How long a program takes on a terminal: from exec to its first frame, and
 * from a key to what it changes. Prints the medians in milliseconds.
 *   first_frame COLUMNS ROWS TIMES WORD KEYS PROGRAM [ARGUMENT ...]
 * WORD is at the end of the first frame. Each character of KEYS is pressed
 * TIMES times, after the screen has been still for a moment.
 */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define KEYS_MAX 32
#define TIMES_MAX 1000
#define SEEN_MAX 1000000
#define STILL_MS 60

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

struct child {
    pid_t pid;
    int fd;
    double *started_ms; /* shared with the child, which sets it before exec */
};

static void run(struct child *child, const struct winsize *size, char **argv)
{
    child->fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (child->fd < 0 || grantpt(child->fd) || unlockpt(child->fd) ||
        ioctl(child->fd, TIOCSWINSZ, size))
        fail("pty");
    const char *name = ptsname(child->fd);
    child->pid = fork();
    if (child->pid < 0)
        fail("fork");
    if (child->pid > 0)
        return;
    setsid();
    int tty = open(name, O_RDWR); /* becomes the controlling terminal */
    for (int i = 0; i < 3; i++)
        dup2(tty, i);
    if (tty > 2)
        close(tty);
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    unsetenv("LINES");
    unsetenv("COLUMNS");
    *child->started_ms = now_ms();
    execvp(argv[0], argv);
    _exit(127);
}

/* Reads until `word` has come; false after 30 seconds or at the end. */
static bool read_until(int fd, const char *word)
{
    static char seen[SEEN_MAX + 1];
    size_t len = 0;
    size_t word_len = strlen(word);
    double end = now_ms() + 30000;
    while (now_ms() < end && len < SEEN_MAX) {
        struct pollfd input = {.fd = fd, .events = POLLIN};
        if (poll(&input, 1, 1000) <= 0)
            continue;
        ssize_t got = read(fd, seen + len, SEEN_MAX - len);
        if (got <= 0)
            return false;
        /* The word may have begun in the bytes before. */
        size_t from = len > word_len ? len - word_len : 0;
        len += (size_t)got;
        if (memmem(seen + from, len - from, word, word_len))
            return true;
    }
    return false;
}

/* Reads until nothing has come for a moment. */
static void read_still(int fd)
{
    char bytes[65536];
    struct pollfd input = {.fd = fd, .events = POLLIN};
    for (int i = 0; i < 100 && poll(&input, 1, STILL_MS) > 0; i++)
        if (read(fd, bytes, sizeof bytes) <= 0)
            return;
}

static double press(int fd, char key)
{
    struct pollfd input = {.fd = fd, .events = POLLIN};
    read_still(fd);
    double start = now_ms();
    if (write(fd, &key, 1) != 1 || poll(&input, 1, 5000) <= 0)
        return 5000;
    return now_ms() - start;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare);
    return values[count / 2];
}

static void end(struct child *child)
{
    kill(child->pid, SIGKILL);
    waitpid(child->pid, NULL, 0);
    close(child->fd);
}

int main(int argc, char **argv)
{
    static double took[TIMES_MAX];
    if (argc < 7) {
        fprintf(stderr, "usage: first_frame COLUMNS ROWS TIMES WORD KEYS "
                        "PROGRAM [ARGUMENT ...]\n");
        return 64;
    }
    struct winsize size = {.ws_col = (unsigned short)atoi(argv[1]),
                           .ws_row = (unsigned short)atoi(argv[2])};
    size_t times = (size_t)atoi(argv[3]);
    if (times < 1 || times > TIMES_MAX)
        return 64;
    struct child child = {0};
    child.started_ms = mmap(NULL, sizeof(double), PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (child.started_ms == MAP_FAILED)
        fail("mmap");
    for (size_t i = 0; i < times; i++) {
        run(&child, &size, argv + 6);
        if (!read_until(child.fd, argv[4])) {
            fprintf(stderr, "no '%s' on the screen of %s\n", argv[4], argv[6]);
            end(&child);
            return 1;
        }
        took[i] = now_ms() - *child.started_ms;
        if (i + 1 < times)
            end(&child);
    }
    printf("first %.3f\n", median(took, times));
    /* All keys in turn: one that is pressed twice may change nothing. */
    static double keys[KEYS_MAX][TIMES_MAX];
    size_t count = strlen(argv[5]);
    if (count > KEYS_MAX)
        return 64;
    for (size_t i = 0; i < times; i++)
        for (size_t k = 0; k < count; k++)
            keys[k][i] = press(child.fd, argv[5][k]);
    for (size_t k = 0; k < count; k++)
        printf("key %c %.3f\n", argv[5][k], median(keys[k], times));
    end(&child);
    return 0;
}
