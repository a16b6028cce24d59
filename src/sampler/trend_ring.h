/* SPDX-License-Identifier: MIT */
/*
 * The last numbers of every field, a row a sample in one ring.  A new row is a
 * copy of the row before, so that only what has changed needs to be written.
 */
#ifndef SHMTOP_SAMPLER_TREND_RING_H
#define SHMTOP_SAMPLER_TREND_RING_H

#include <stddef.h>

struct trend_ring {
    double *rows; /* capacity rows of `fields` numbers; NULL: none kept */
    size_t fields;
    size_t capacity; /* rows */
    size_t count;    /* rows in use */
    size_t head;     /* the row that is written next */
};

/* Room for as many rows of `fields` numbers as `bytes` bytes hold, `max` at
 * most; for fewer than two, none. */
void trend_ring_make(struct trend_ring *ring, size_t fields, size_t bytes,
                     size_t max);
void trend_ring_free(struct trend_ring *ring);

/* Begins a row and returns it: what the row before holds, NaN at first; NULL
 * when no history is kept. */
double *trend_ring_push(struct trend_ring *ring);

/* Takes all numbers of `field` back: they are NaN. */
void trend_ring_forget(struct trend_ring *ring, size_t field);

/* Copies the last `count` numbers of `field`, oldest first, into `out`;
 * returns how many there were. */
size_t trend_ring_read(const struct trend_ring *ring, size_t field, double *out,
                       size_t count);

#endif
