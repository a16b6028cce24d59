/* SPDX-License-Identifier: MIT */
/*
 * Lower limits for the cost of the dashboard: a program that only wakes up, and
 * one that only draws the same numbers with ncurses.
 *   bare timer HZ
 *   bare ncurses HZ FIELDS FILE   (64-bit counters from offset 0)
 */
#include <curses.h>
#include <fcntl.h>
#include <inttypes.h>
#include <locale.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static void wait_tick(struct timespec *next, long period_ns)
{
    next->tv_nsec += period_ns;
    while (next->tv_nsec >= 1000000000L) {
        next->tv_nsec -= 1000000000L;
        next->tv_sec++;
    }
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, next, NULL);
}

static void draw(const volatile int64_t *values, int fields)
{
    int columns = COLS / 40 > 0 ? COLS / 40 : 1;
    for (int i = 0; i < fields && i / columns < LINES; i++)
        mvprintw(i / columns, i % columns * 40, "counter%03d %20" PRId64, i,
                 values[i]);
    refresh();
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 64;
    long period_ns = (long)(1e9 / strtod(argv[2], NULL));
    struct timespec next;
    clock_gettime(CLOCK_MONOTONIC, &next);
    if (strcmp(argv[1], "timer") == 0)
        for (;;)
            wait_tick(&next, period_ns);
    if (argc < 5)
        return 64;
    int fields = atoi(argv[3]);
    int fd = open(argv[4], O_RDONLY);
    if (fd < 0)
        return 66;
    const volatile int64_t *values =
        mmap(NULL, (size_t)fields * 8, PROT_READ, MAP_SHARED, fd, 0);
    if (values == MAP_FAILED)
        return 66;
    setlocale(LC_CTYPE, "");
    initscr();
    curs_set(0);
    for (;;) {
        draw(values, fields);
        wait_tick(&next, period_ns);
    }
}
