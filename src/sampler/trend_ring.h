/* SPDX-License-Identifier: MIT */
/* The last numbers of every field, in cells of a fixed stretch of time.  What
 * the numbers mean is tracker.c and computed.c. */
#ifndef SHMTOP_SAMPLER_TREND_RING_H
#define SHMTOP_SAMPLER_TREND_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The fields that depend on the same mappings move on together, and rest while
 * one of these is not read. */
struct trend_strand {
    uint64_t mappings; /* a bit for each */
    size_t count;      /* rows in use */
    size_t head;       /* the row that is written next */
    int64_t cell;      /* number of the cell of the newest row */
    bool gap_due;      /* the newest row is complete, a gap follows it */
    bool is_new;       /* the newest row began with this sample */
    double *row;       /* for the numbers of this sample, an item for each field
                          of the layout; NULL: nothing is kept */
};

/* Consecutive fields of one strand. */
struct trend_run {
    size_t first;
    size_t end;
    size_t strand;
};

struct trend_ring {
    double *rows; /* `capacity` rows of `fields` numbers; NULL: none kept */
    size_t fields;
    size_t capacity;
    int64_t cell_ns;  /* 0: not known; then, as with `each_sample`, */
    bool each_sample; /* a cell is a sample */
    struct trend_strand *strands; /* the first are those of single mappings */
    size_t strand_count;
    struct trend_run *runs; /* sorted by field */
    size_t run_count;
};

/* Takes room for as many rows of `fields` numbers as `bytes` bytes hold, at
 * most `max`; none if that is less than two.  Makes a strand for each mapping;
 * then trend_ring_add is called for each field in turn. */
void trend_ring_make(struct trend_ring *ring, size_t fields, size_t bytes,
                     size_t max, size_t mappings);
void trend_ring_free(struct trend_ring *ring);

/* The next field depends on `mappings`, a bit for each. */
void trend_ring_add(struct trend_ring *ring, uint64_t mappings);

/* A cell lasts `cell_ns`; if samples come every `period_ns` and that is as long
 * or longer, it is a sample.  Forgets all rows if the cell changes. */
void trend_ring_set_cell(struct trend_ring *ring, int64_t cell_ns,
                         int64_t period_ns);

/* What begins a row. */
enum trend_row {
    TREND_ROW_KEPT,   /* none began: the sample is in the same cell */
    TREND_ROW_COPIED, /* a copy of the row before */
    TREND_ROW_BLANK,  /* NaN: it is the first one, or comes after a gap */
};

/* A sample of a strand at `now_ns`: sets its `row`, and begins one if the
 * cell has ended.  A row is changed by later samples of the same cell. */
enum trend_row trend_ring_step(struct trend_ring *ring, size_t strand,
                               int64_t now_ns);

/* A gap of one row comes before the next sample of strands that depend on one
 * of `mappings`; until then they are at rest: their `row` is NULL. */
void trend_ring_rest(struct trend_ring *ring, uint64_t mappings);

/* The strand of `field`. */
struct trend_strand *trend_ring_strand(const struct trend_ring *ring,
                                       size_t field);

/* Sets all numbers of `field` to NaN. */
void trend_ring_forget(struct trend_ring *ring, size_t field);

/* Copies the last `count` numbers of `field`, oldest first, to `out`; returns
 * how many there were.  Only those of complete cells; the cell in progress only
 * if it is the first one. */
size_t trend_ring_read(const struct trend_ring *ring, size_t field, double *out,
                       size_t count);

#endif
