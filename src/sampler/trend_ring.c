/* SPDX-License-Identifier: MIT */
/* A ring of rows whose memory is allocated once and within the given limit.
 * Each strand has its own place in it and writes only its own columns. */
#include "sampler/trend_ring.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void add_strand(struct trend_ring *ring, uint64_t mappings)
{
    *MEM_ADD(ring->strands, ring->strand_count) =
        (struct trend_strand){.mappings = mappings};
}

void trend_ring_make(struct trend_ring *ring, size_t fields, size_t bytes,
                     size_t max, size_t mappings)
{
    *ring = (struct trend_ring){.fields = fields};
    for (size_t i = 0; i < mappings; i++)
        add_strand(ring, UINT64_C(1) << i);
    size_t rows = fields == 0 ? 0 : bytes / sizeof(double) / fields;
    if (rows > max)
        rows = max;
    if (rows < 2)
        return;
    ring->rows = mem_zalloc(rows * fields, sizeof(double));
    ring->capacity = rows;
}

void trend_ring_free(struct trend_ring *ring)
{
    free(ring->rows);
    free(ring->strands);
    free(ring->runs);
    *ring = (struct trend_ring){0};
}

void trend_ring_add(struct trend_ring *ring, uint64_t mappings)
{
    size_t strand = 0;
    size_t runs = ring->run_count;
    size_t field = runs == 0 ? 0 : ring->runs[runs - 1].end;
    CHECK(field < ring->fields);
    while (strand < ring->strand_count &&
           ring->strands[strand].mappings != mappings)
        strand++;
    if (strand == ring->strand_count)
        add_strand(ring, mappings);
    if (runs > 0 && ring->runs[runs - 1].strand == strand) {
        ring->runs[runs - 1].end++;
        return;
    }
    *MEM_ADD(ring->runs, ring->run_count) =
        (struct trend_run){field, field + 1, strand};
}

void trend_ring_set_cell(struct trend_ring *ring, int64_t cell_ns,
                         int64_t period_ns)
{
    CHECK(cell_ns > 0 && period_ns > 0);
    ring->each_sample = period_ns >= cell_ns;
    if (period_ns > cell_ns)
        cell_ns = period_ns;
    for (size_t i = 0; i < ring->strand_count && cell_ns != ring->cell_ns; i++)
        ring->strands[i].count = 0;
    ring->cell_ns = cell_ns;
}

/* --- rows --------------------------------------------------------------- */

static double *row_at(const struct trend_ring *ring, size_t row)
{
    CHECK(row < ring->capacity);
    return ring->rows + row * ring->fields;
}

/* The row that was written `back` rows ago; 1 is the newest. */
static double *row_back(const struct trend_ring *ring,
                        const struct trend_strand *strand, size_t back)
{
    CHECK(back >= 1 && back <= strand->count);
    return row_at(ring,
                  (strand->head + ring->capacity - back) % ring->capacity);
}

/* Begins a row: a copy of the row before, or NaN. */
static double *push(struct trend_ring *ring, size_t index, bool copy)
{
    struct trend_strand *strand = &ring->strands[index];
    double *before = copy ? row_back(ring, strand, 1) : NULL;
    double *row = row_at(ring, strand->head);
    for (size_t i = 0; i < ring->run_count; i++) {
        const struct trend_run *run = &ring->runs[i];
        if (run->strand != index)
            continue;
        if (before)
            memcpy(row + run->first, before + run->first,
                   (run->end - run->first) * sizeof(double));
        for (size_t k = run->first; !before && k < run->end; k++)
            row[k] = NAN;
    }
    if (strand->count < ring->capacity)
        strand->count++;
    strand->head = (strand->head + 1) % ring->capacity;
    return row;
}

static bool is_each_sample(const struct trend_ring *ring)
{
    return ring->each_sample || ring->cell_ns == 0;
}

enum trend_row trend_ring_step(struct trend_ring *ring, size_t strand,
                               int64_t now_ns)
{
    CHECK(strand < ring->strand_count);
    struct trend_strand *one = &ring->strands[strand];
    if (ring->capacity == 0)
        return TREND_ROW_KEPT;
    int64_t cell =
        is_each_sample(ring) ? one->cell + 1 : now_ns / ring->cell_ns;
    bool copy = one->count > 0 && !one->gap_due;
    one->is_new = !copy || one->cell != cell;
    if (!one->is_new)
        return TREND_ROW_KEPT;
    if (one->count > 0 && one->gap_due)
        push(ring, strand, false);
    one->row = push(ring, strand, copy);
    one->cell = cell;
    one->gap_due = false;
    return copy ? TREND_ROW_COPIED : TREND_ROW_BLANK;
}

void trend_ring_rest(struct trend_ring *ring, uint64_t mappings)
{
    for (size_t i = 0; i < ring->strand_count; i++) {
        if (!(ring->strands[i].mappings & mappings))
            continue;
        ring->strands[i].gap_due = true;
        ring->strands[i].row = NULL;
    }
}

/* --- asking ------------------------------------------------------------- */

struct trend_strand *trend_ring_strand(const struct trend_ring *ring,
                                       size_t field)
{
    size_t low = 0;
    size_t high = ring->run_count;
    CHECK(field < ring->fields);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ring->runs[middle].end <= field)
            low = middle + 1;
        else
            high = middle;
    }
    CHECK(low < ring->run_count);
    return &ring->strands[ring->runs[low].strand];
}

void trend_ring_forget(struct trend_ring *ring, size_t field)
{
    CHECK(field < ring->fields);
    for (size_t row = 0; row < ring->capacity; row++)
        row_at(ring, row)[field] = NAN;
}

size_t trend_ring_read(const struct trend_ring *ring, size_t field, double *out,
                       size_t count)
{
    const struct trend_strand *strand = trend_ring_strand(ring, field);
    bool whole = is_each_sample(ring) || strand->gap_due || strand->count < 2;
    size_t skip = whole ? 0 : 1;
    if (count > strand->count - skip)
        count = strand->count - skip;
    if (!count)
        return 0;
    /* Without a division for each cell: this is read for each row drawn. */
    const double *cell = row_back(ring, strand, count + skip) + field;
    const double *end = ring->rows + ring->capacity * ring->fields;
    for (size_t i = 0; i < count; i++) {
        out[i] = *cell;
        cell += ring->fields;
        if (cell >= end)
            cell -= ring->capacity * ring->fields;
    }
    return count;
}
