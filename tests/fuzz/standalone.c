/* SPDX-License-Identifier: MIT */
/*
 * Runs a fuzz target without libFuzzer, so that any compiler can build it:
 *
 *     fuzz_NAME [--seed S] [--runs N] [FILE...]
 *
 * The inputs are the files, then N random mutations of the files (or of an
 * empty input). Input number i has the seed S + i. If the target fails, the
 * seed is printed; `--seed THAT --runs 1` with the same files repeats the
 * failure.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/os.h"
#include "base/os_files.h"
#include "watched.h"

#define INPUT_MAX 4096
#define FILE_BYTES_MAX (1u << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct run {
    uint64_t seed;
    uint64_t runs;
    struct buf *files;
    size_t file_count;
    char **names; /* of the files */
};

struct input {
    uint8_t bytes[INPUT_MAX];
    size_t size;
    uint64_t random;
};

static uint64_t next_random(struct input *input)
{
    /* splitmix64: adjacent seeds give unrelated numbers. */
    uint64_t z = input->random += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static size_t below(struct input *input, size_t bound)
{
    return bound ? (size_t)(next_random(input) % bound) : 0;
}

static void insert(struct input *input, size_t at, const void *bytes,
                   size_t len)
{
    if (len > INPUT_MAX - input->size)
        len = INPUT_MAX - input->size;
    memmove(input->bytes + at + len, input->bytes + at, input->size - at);
    memcpy(input->bytes + at, bytes, len);
    input->size += len;
}

static void cut(struct input *input, size_t at, size_t len)
{
    memmove(input->bytes + at, input->bytes + at + len, input->size - at - len);
    input->size -= len;
}

/* Inserts text that often breaks parsers or terminals. */
static void insert_token(struct input *input)
{
    static const char *const tokens[] = {
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        " ",
        "\t",
        "[",
        "]",
        "[]",
        "[a]\n",
        "=",
        ":",
        "x = 1\n",
        ";",
        " ;",
        "#",
        "\"",
        "'",
        "\\",
        "*",
        "?",
        "@",
        ",",
        "..",
        "-",
        "+",
        "_",
        "0",
        "1",
        "-1",
        "0x",
        "0xffffffffffffffff",
        "18446744073709551616",
        "9223372036854775807",
        "-9223372036854775808",
        "1e308",
        "1e-400",
        "0.1",
        "nan",
        "inf",
        "\x1B[31m",
        "\x7F",
        "\xC2\x9B",
        "\xEF\xBB\xBF",
        "\xEF\xBF\xBD",
        "\xE2\x80\xAE",
        "\xE2\x80\x8B",
        "\xCC\x81",
        "\xCC\x81\xCC\x81\xCC\x81",
        "\xE6\xBC\xA2",
        "\xF0\x9F\x98\x80",
        "\xC3",
        "\xE2\x82",
        "\xF0\x9F",
        "\xED\xA0\x80",
        "\xFF\xFE",
    };
    size_t at = below(input, input->size + 1);
    size_t which = below(input, sizeof tokens / sizeof tokens[0] + 1);

    if (which == sizeof tokens / sizeof tokens[0])
        insert(input, at, "", 1); /* NUL */
    else
        insert(input, at, tokens[which], strlen(tokens[which]));
}

static void insert_long(struct input *input)
{
    uint8_t fill[260];

    memset(fill, (int)below(input, 4) ? 'x' : (int)below(input, 256),
           sizeof fill);
    insert(input, below(input, input->size + 1), fill,
           below(input, sizeof fill));
}

static void insert_from_file(struct input *input, const struct run *run)
{
    const struct buf *file = &run->files[below(input, run->file_count)];
    size_t start = below(input, file->len);
    size_t len = below(input, below(input, 2) ? 40 : file->len);

    if (len > file->len - start)
        len = file->len - start;
    insert(input, below(input, input->size + 1), file->data + start, len);
}

static void insert_own(struct input *input)
{
    uint8_t copy[INPUT_MAX];
    size_t start = below(input, input->size);
    size_t len = below(input, input->size - start + 1);

    memcpy(copy, input->bytes + start, len);
    insert(input, below(input, input->size + 1), copy, len);
}

static void mutate_once(struct input *input, const struct run *run)
{
    uint8_t byte = (uint8_t)next_random(input);
    size_t at = below(input, input->size);

    switch (below(input, 8)) {
    case 0:
        insert(input, at, &byte, 1);
        break;
    case 1:
        if (input->size > 0)
            input->bytes[at] = byte;
        break;
    case 2:
        if (input->size > 0)
            input->bytes[at] ^= (uint8_t)(1u << (byte & 7));
        break;
    case 3:
        cut(input, at, below(input, input->size - at + 1));
        break;
    case 4:
        insert_long(input);
        break;
    case 5:
        if (run->file_count > 0)
            insert_from_file(input, run);
        else
            insert_own(input);
        break;
    default:
        insert_token(input);
        break;
    }
}

static void run_seed(struct input *input, const struct run *run, uint64_t seed)
{
    size_t steps;
    uint8_t *exact;

    input->random = seed;
    input->size = 0;
    steps = 1 + below(input, 24);
    if (run->file_count > 0 && below(input, 4)) {
        const struct buf *file = &run->files[below(input, run->file_count)];

        insert(input, 0, file->data, file->len);
        steps = 1 + steps / 4;
    }
    while (steps-- > 0)
        mutate_once(input, run);
    /* A buffer of the exact size, so that sanitizers detect reads after it. */
    exact = mem_resize(NULL, input->size, 1);
    memcpy(exact, input->bytes, input->size);
    LLVMFuzzerTestOneInput(exact, input->size);
    free(exact);
}

static void run_all(void *user, struct watched_now *now)
{
    const struct run *run = user;
    struct input *input = mem_zalloc(1, sizeof *input);
    uint64_t i;

    for (i = 0; i < run->file_count; i++) {
        now->file = (size_t)i;
        LLVMFuzzerTestOneInput((const uint8_t *)run->files[i].data,
                               run->files[i].len);
    }
    now->mutating = true;
    for (i = 0; i < run->runs; i++) {
        now->seed = run->seed + i;
        run_seed(input, run, run->seed + i);
    }
    free(input);
}

static void report(void *user, const struct watched_now *now)
{
    const struct run *run = user;

    if (now->mutating)
        fprintf(stderr, "failed; repeat with --seed %llu --runs 1\n",
                (unsigned long long)now->seed);
    else
        fprintf(stderr, "failed on %s\n", run->names[now->file]);
}

int main(int argc, char **argv)
{
    struct run run = {.seed = (uint64_t)os_wall_ns()};
    struct watched watched = {run_all, report, &run};
    int at = 1;
    int result;
    size_t i;

    while (at + 1 < argc && strncmp(argv[at], "--", 2) == 0) {
        uint64_t *number = strcmp(argv[at], "--seed") == 0   ? &run.seed
                           : strcmp(argv[at], "--runs") == 0 ? &run.runs
                                                             : NULL;

        if (!number || !number_parse_u64(argv[at + 1], number))
            die(STATUS_USAGE, "not understood: %s", argv[at]);
        at += 2;
    }
    run.file_count = (size_t)(argc - at);
    run.names = argv + at;
    run.files = mem_zalloc(run.file_count, sizeof *run.files);
    for (i = 0; i < run.file_count; i++) {
        struct err err = {0};

        if (!os_read_file(run.names[i], FILE_BYTES_MAX, &run.files[i], &err))
            die(err.status, "%s", err.text);
    }
    printf("seed %llu, %zu files, %llu runs\n", (unsigned long long)run.seed,
           run.file_count, (unsigned long long)run.runs);
    result = watched_run(&watched);
    for (i = 0; i < run.file_count; i++)
        buf_free(&run.files[i]);
    free(run.files);
    return result;
}
