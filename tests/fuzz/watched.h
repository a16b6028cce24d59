/* SPDX-License-Identifier: MIT */
/* Runs code that may crash, and reports the input on which it did. */
#ifndef SHMTOP_TESTS_FUZZ_WATCHED_H
#define SHMTOP_TESTS_FUZZ_WATCHED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The current input; `run` updates it. */
struct watched_now {
    uint64_t seed;
    size_t file;
    bool mutating;
};

struct watched {
    void (*run)(void *user, struct watched_now *now);
    /* called with the current input if `run` did not return */
    void (*report)(void *user, const struct watched_now *now);
    void *user;
};

/* Returns the exit code: 0, or 1 after a report. */
int watched_run(const struct watched *watched);

#endif
