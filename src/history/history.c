/* SPDX-License-Identifier: MIT */
/* Keeps the samples of a sampler; nothing yet. */
#include "history/history.h"

#include <stdlib.h>

#include "base/mem.h"

struct history {
    struct sampler *sampler;
};

struct history *history_open(struct sampler *sampler, size_t bytes)
{
    (void)bytes;
    struct history *history = mem_zalloc(1, sizeof *history);
    history->sampler = sampler;
    return history;
}

void history_close(struct history *history)
{
    free(history);
}

void history_take(struct history *history)
{
    (void)history;
}

const char *history_problem(const struct history *history)
{
    (void)history;
    return "no history is kept";
}

struct history_span history_span(const struct history *history)
{
    (void)history;
    return (struct history_span){0};
}

uint64_t history_count(const struct history *history, int64_t from_ns,
                       int64_t to_ns)
{
    (void)history;
    (void)from_ns;
    (void)to_ns;
    return 0;
}

int64_t history_find(const struct history *history, int64_t at_ns)
{
    (void)history;
    (void)at_ns;
    return 0;
}

int64_t history_find_step(const struct history *history, int64_t at_ns,
                          int64_t steps)
{
    (void)steps;
    return history_find(history, at_ns);
}

int64_t history_wall_ns(const struct history *history, int64_t at_ns)
{
    (void)history;
    return at_ns;
}

const struct sampler *history_seek(struct history *history, int64_t at_ns)
{
    (void)history;
    (void)at_ns;
    return NULL;
}

uint64_t history_walk(struct history *history, int64_t from_ns, int64_t to_ns,
                      history_fn *fn, void *user)
{
    (void)history;
    (void)from_ns;
    (void)to_ns;
    (void)fn;
    (void)user;
    return 0;
}

void history_rebase(struct history *history, int64_t at_ns)
{
    (void)history;
    (void)at_ns;
}

const struct history_mark *history_marks(const struct history *history,
                                         size_t *count)
{
    (void)history;
    *count = 0;
    return NULL;
}
