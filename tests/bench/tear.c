/* SPDX-License-Identifier: MIT */
/*
 * Reads the counter of tear_writer with the copy function of shmtop, and counts
 * torn values: halves of two different values. Plain reads alternate with
 * stable ones (until two copies are equal), so that both see the same load.
 * usage: tear FILE halves|across SECONDS [until-torn]
 * Prints: bits of this program; number of plain reads, torn ones, and ones that
 * differ from the read before; stable reads, torn ones, and ones given up.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "source/region.h"

#define SIZE 64
#define BATCH 1024      /* reads before the other kind follows */
#define STABLE_TRIES 16 /* copies until a stable read gives up */
#define START_NS INT64_C(10000000000)
#define PAUSE_NS INT64_C(1000000)
#define ACROSS_FIRST ((UINT64_C(1) << 32) - 8)
#define ACROSS_STEPS 16

struct tally {
    uint64_t plain, torn, changes;
    uint64_t stable, stable_torn, gave_up;
};

struct reader {
    struct region *region;
    bool across;
    uint64_t before; /* the last value of a plain read */
    struct tally tally;
};

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "tear: %s: %s\n", what, why);
    exit(2);
}

static bool is_torn(const struct reader *reader, uint64_t value)
{
    if (reader->across)
        return value - ACROSS_FIRST >= ACROSS_STEPS;
    return (uint32_t)value != (uint32_t)(value >> 32);
}

static void copy(const struct reader *reader, uint64_t words[SIZE / 8])
{
    if (!region_copy(reader->region, 0, SIZE, (uint8_t *)words))
        fail("copy", "the mapping is gone");
}

static void read_plain(struct reader *reader)
{
    uint64_t words[SIZE / 8];
    copy(reader, words);
    reader->tally.plain++;
    reader->tally.torn += is_torn(reader, words[0]);
    reader->tally.changes += words[0] != reader->before;
    reader->before = words[0];
}

static void read_stable(struct reader *reader)
{
    uint64_t words[2][SIZE / 8];
    copy(reader, words[0]);
    for (int i = 1; i < STABLE_TRIES; i++) {
        copy(reader, words[i % 2]);
        if (memcmp(words[0], words[1], SIZE) == 0) {
            reader->tally.stable++;
            reader->tally.stable_torn += is_torn(reader, words[0][0]);
            return;
        }
    }
    reader->tally.gave_up++;
}

/* Waits until the mapping has a value, and opens it. */
static void attach(struct reader *reader, const char *path)
{
    char text[4096];
    struct target target;
    struct err err = {0};
    int64_t end_ns = os_mono_ns() + START_NS;
    uint64_t words[SIZE / 8] = {0};
    snprintf(text, sizeof text, "file:%s", path);
    if (!target_parse(&target, text, &err))
        fail(text, err.text);
    while (words[0] == 0) {
        if (os_mono_ns() > end_ns)
            fail(text, "nothing is written");
        os_wait(os_mono_ns() + PAUSE_NS, -1);
        /* Open it again: the pages of a sparse file are found when opening. */
        region_close(reader->region);
        reader->region = NULL;
        if (region_open(&reader->region, &target, &err))
            copy(reader, words);
    }
}

int main(int argc, char **argv)
{
    if (argc < 4 || argc > 5) {
        fputs("usage: tear FILE halves|across SECONDS [until-torn]\n", stderr);
        return 64;
    }
    struct reader reader = {.across = strcmp(argv[2], "across") == 0};
    bool until_torn = argc == 5;
    attach(&reader, argv[1]);
    int64_t end_ns = os_mono_ns() + (int64_t)(strtod(argv[3], NULL) * 1e9);
    do {
        for (int i = 0; i < BATCH; i++)
            read_plain(&reader);
        for (int i = 0; i < BATCH; i++)
            read_stable(&reader);
    } while (os_mono_ns() < end_ns && !(until_torn && reader.tally.torn));
    const struct tally *tally = &reader.tally;
    printf("%u %llu %llu %llu %llu %llu %llu\n", (unsigned)sizeof(void *) * 8,
           (unsigned long long)tally->plain, (unsigned long long)tally->torn,
           (unsigned long long)tally->changes,
           (unsigned long long)tally->stable,
           (unsigned long long)tally->stable_torn,
           (unsigned long long)tally->gave_up);
    region_close(reader.region);
    return 0;
}
