/* SPDX-License-Identifier: MIT */
/* The last numbers of every field in one ring, a row for each sample.  A new
 * row copies the row before, so only changes need to be written. */
#ifndef SHMTOP_SAMPLER_TREND_RING_H
#define SHMTOP_SAMPLER_TREND_RING_H

#include <stddef.h>

struct trend_ring {
    double *rows; /* `capacity` rows of `fields` numbers; NULL: none kept */
    size_t fields;
    size_t capacity;
    size_t count; /* rows in use */
    size_t head;  /* the row that is written next */
};

/* Takes room for as many rows of `fields` numbers as `bytes` bytes hold, at
 * most `max`; none if that is less than two. */
void trend_ring_make(struct trend_ring *ring, size_t fields, size_t bytes,
                     size_t max);
void trend_ring_free(struct trend_ring *ring);

/* Begins a row and returns it: a copy of the row before, NaN at first.  NULL
 * if no rows are kept. */
double *trend_ring_push(struct trend_ring *ring);

/* Sets all numbers of `field` to NaN. */
void trend_ring_forget(struct trend_ring *ring, size_t field);

/* Copies the last `count` numbers of `field`, oldest first, to `out`; returns
 * how many there were. */
size_t trend_ring_read(const struct trend_ring *ring, size_t field, double *out,
                       size_t count);

#endif
