/* SPDX-License-Identifier: MIT */
/*
 * The last numbers of every field, a row a sample in one ring.  A new row is a
 * copy of the row before, so that only what has changed needs to be written.
 */
#ifndef SHMTOP_SAMPLER_TREND_RING_H
#define SHMTOP_SAMPLER_TREND_RING_H

#include <stddef.h>

struct history {
    double *rows; /* capacity rows of `fields` numbers; NULL: none kept */
    size_t fields;
    size_t capacity; /* rows */
    size_t count;    /* rows in use */
    size_t head;     /* the row that is written next */
};

/* Room for as many rows of `fields` numbers as `bytes` bytes hold, `max` at
 * most; for fewer than two, none. */
void history_make(struct history *history, size_t fields, size_t bytes,
                  size_t max);
void history_free(struct history *history);

/* Begins a row and returns it: what the row before holds, NaN at first; NULL
 * when no history is kept. */
double *history_push(struct history *history);

/* Takes all numbers of `field` back: they are NaN. */
void history_forget(struct history *history, size_t field);

/* Copies the last `count` numbers of `field`, oldest first, into `out`;
 * returns how many there were. */
size_t history_read(const struct history *history, size_t field, double *out,
                    size_t count);

#endif
