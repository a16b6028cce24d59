/* SPDX-License-Identifier: MIT */
/*
 * A producer that stores a 64-bit counter as its compiler does it: a plain
 * store is two stores of 4 bytes in a 32-bit program, and one store in a 64-bit
 * one. Uses no code of shmtop, so it can be built for both. tear.c detects from
 * a value whether it is whole.
 *
 * usage: tear_writer FILE halves|across plain|whole HZ SECONDS
 *   halves  the counter grows by 2^32 + 1, so its halves are always equal
 *   across  it repeats 16 steps of 1 across 2^32
 *   plain   an assignment; whole: one store of 8 bytes, by an atomic
 *   HZ      stores a second; 0: as fast as it can
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define SIZE 64
#define BATCH 1024 /* stores between readings of the clock at full speed */
#define SECOND_NS INT64_C(1000000000)
#define ACROSS_FIRST ((UINT64_C(1) << 32) - 8)
#define ACROSS_STEPS 16

/* clang aligns uint64_t of i386 to 4 bytes, and then does not use one store. */
typedef volatile uint64_t counter_type __attribute__((aligned(8)));

struct writer {
    counter_type *counter;
    uint64_t value;
    bool across;
    bool whole;
};

/* Not inlined, so that its instructions can be disassembled. */
__attribute__((noinline)) void store_plain(counter_type *counter,
                                           uint64_t value);
__attribute__((noinline)) void store_plain(counter_type *counter,
                                           uint64_t value)
{
    *counter = value;
}

static void step(struct writer *writer)
{
    if (!writer->across)
        writer->value += UINT64_C(0x100000001);
    else if (++writer->value == ACROSS_FIRST + ACROSS_STEPS)
        writer->value = ACROSS_FIRST;
    if (writer->whole)
        __atomic_store_n(writer->counter, writer->value, __ATOMIC_RELAXED);
    else
        store_plain(writer->counter, writer->value);
}

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * SECOND_NS + now.tv_nsec;
}

static void sleep_until(int64_t due_ns)
{
    struct timespec due = {(time_t)(due_ns / SECOND_NS),
                           (long)(due_ns % SECOND_NS)};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL) != 0)
        continue;
}

/* Returns the number of stores. */
static uint64_t run(struct writer *writer, long hz, int64_t end_ns)
{
    uint64_t stores = 0;
    int64_t due_ns = now_ns();
    do {
        for (int i = 0; i < (hz > 0 ? 1 : BATCH); i++, stores++)
            step(writer);
        if (hz > 0)
            sleep_until(due_ns += SECOND_NS / hz);
    } while (now_ns() < end_ns);
    return stores;
}

static void *open_memory(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0 || ftruncate(fd, SIZE) != 0)
        return MAP_FAILED;
    void *memory = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    return memory;
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        fputs("usage: tear_writer FILE halves|across plain|whole HZ SECONDS\n",
              stderr);
        return 64;
    }
    struct writer writer = {.across = strcmp(argv[2], "across") == 0,
                            .whole = strcmp(argv[3], "whole") == 0};
    void *memory = open_memory(argv[1]);
    if (memory == MAP_FAILED) {
        perror(argv[1]);
        return 1;
    }
    writer.counter = memory;
    writer.value = writer.across ? ACROSS_FIRST - 1 : 0;
    double seconds = strtod(argv[5], NULL);
    uint64_t stores = run(&writer, strtol(argv[4], NULL, 10),
                          now_ns() + (int64_t)(seconds * 1e9));
    printf("%llu\n", (unsigned long long)stores);
    return 0;
}
