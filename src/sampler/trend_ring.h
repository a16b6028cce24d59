/* SPDX-License-Identifier: MIT */
/* The last numbers of every field, in cells of a fixed stretch of time.  What
 * the numbers mean is tracker.c and computed.c. */
#ifndef SHMTOP_SAMPLER_TREND_RING_H
#define SHMTOP_SAMPLER_TREND_RING_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where the numbers of a sample go, an item for each field of the layout. */
struct trend_cells {
    double *row;          /* NULL: nothing is kept */
    const double *before; /* the row before; NULL: there is none, or the sample
                             is the first one of its row */
    uint64_t *passed;     /* a bit for each field: its cell is not its last
                             number */
};

/* A cell keeps the number in it that is farthest from the cell before, the last
 * one of those: a counter's last number, and the top of a peak.  NaN replaces
 * no number. */
static inline void trend_cells_put(const struct trend_cells *cells,
                                   size_t field, double number)
{
    double *cell = &cells->row[field];
    if (cells->before) {
        double before = cells->before[field];
        if (isnan(number) || fabs(number - before) < fabs(*cell - before)) {
            cells->passed[field / 64] |= UINT64_C(1) << field % 64;
            return;
        }
    }
    *cell = number;
}

/* The fields that depend on the same mappings move on together, and rest while
 * one of these is not read. */
struct trend_strand {
    uint64_t mappings; /* a bit for each */
    size_t count;      /* rows in use */
    size_t head;       /* the row that is written next */
    uint32_t begun;    /* rows, ever */
    int64_t cell;      /* number of the cell of the newest row */
    bool gap_due;      /* the newest row is complete, a gap follows it */
    bool is_new;       /* the newest row began with this sample */
    int64_t *shown_ns; /* of each row: the instant from which on it is read */
    struct trend_cells cells; /* of this sample */
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
    uint64_t *passed; /* see struct trend_cells */
    uint32_t *since;  /* of each field: the first row that is not forgotten, see
                         `begun`; NULL: all are 0 */
    struct trend_strand *strands; /* the first are those of single mappings */
    size_t strand_count;
    struct trend_run *runs; /* sorted by field */
    size_t run_count;
};

/* Makes a strand for each mapping; then trend_ring_add is called for each field
 * in turn, and trend_ring_reserve. */
void trend_ring_make(struct trend_ring *ring, size_t fields, size_t mappings);
void trend_ring_free(struct trend_ring *ring);

/* The next field depends on `mappings`, a bit for each. */
void trend_ring_add(struct trend_ring *ring, uint64_t mappings);

/* Takes room for as many rows as `bytes` bytes hold, at most `max`; none if
 * that is less than two.  The system provides the memory of a row when it is
 * first written. */
void trend_ring_reserve(struct trend_ring *ring, size_t bytes, size_t max);

/* A cell lasts `cell_ns`; if samples come every `period_ns` and that is as long
 * or longer, it is a sample.  Forgets all rows if the cell changes. */
void trend_ring_set_cell(struct trend_ring *ring, int64_t cell_ns,
                         int64_t period_ns);

/* What begins a row. */
enum trend_row {
    TREND_ROW_KEPT,   /* none began: the sample is in the same cell */
    TREND_ROW_COPIED, /* a copy of the row before, wrong where `passed` has a
                         bit */
    TREND_ROW_BLANK,  /* NaN: it is the first one, or comes after a gap */
};

/* A sample of a strand at `now_ns`: sets its `cells`, and begins a row if the
 * cell has ended.  A row is changed by later samples of the same cell. */
enum trend_row trend_ring_step(struct trend_ring *ring, size_t strand,
                               int64_t now_ns);

/* A gap of one row comes before the next sample of strands that depend on one
 * of `mappings`; until then they are at rest: they have no `cells`. */
void trend_ring_rest(struct trend_ring *ring, uint64_t mappings);

/* The strand of `field`. */
struct trend_strand *trend_ring_strand(const struct trend_ring *ring,
                                       size_t field);

/* Makes all numbers of `field` NaN. */
void trend_ring_forget(struct trend_ring *ring, size_t field);

/* Copies the last `count` numbers of `field`, oldest first, to `out`; returns
 * how many there were.  Only those of complete cells; the cell in progress only
 * if it is the first one. */
size_t trend_ring_read(const struct trend_ring *ring, size_t field, double *out,
                       size_t count);

/* The same as of an earlier instant: the cells that were complete at `at_ns`.
 */
size_t trend_ring_read_at(const struct trend_ring *ring, size_t field,
                          int64_t at_ns, double *out, size_t count);

#endif
