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

void trend_ring_make(struct trend_ring *ring, size_t fields, size_t mappings)
{
    CHECK(mappings <= 64);
    *ring = (struct trend_ring){.fields = fields};
    for (size_t i = 0; i < mappings; i++)
        add_strand(ring, UINT64_C(1) << i);
}

void trend_ring_free(struct trend_ring *ring)
{
    for (size_t i = 0; i < ring->strand_count; i++)
        free(ring->strands[i].shown_ns);
    free(ring->rows);
    free(ring->passed);
    free(ring->since);
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

void trend_ring_reserve(struct trend_ring *ring, size_t bytes, size_t max)
{
    CHECK(!ring->rows);
    size_t words = ring->fields / 64 + 1;
    if (ring->fields == 0 || bytes / sizeof(double) <= ring->fields + words)
        return;
    size_t rows =
        (bytes / sizeof(double) - words) / (ring->fields + ring->strand_count);
    if (rows > max)
        rows = max;
    if (rows < 2)
        return;
    ring->rows = mem_zalloc(rows * ring->fields, sizeof(double));
    ring->passed = mem_zalloc(words, sizeof(uint64_t));
    ring->capacity = rows;
    for (size_t i = 0; i < ring->strand_count; i++)
        ring->strands[i].shown_ns = mem_zalloc(rows, sizeof(int64_t));
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

/* The place of the row that was written `back` rows ago; 1 is the newest. */
static size_t place_back(const struct trend_ring *ring,
                         const struct trend_strand *strand, size_t back)
{
    CHECK(back >= 1 && back <= strand->count);
    return (strand->head + ring->capacity - back) % ring->capacity;
}

static double *row_back(const struct trend_ring *ring,
                        const struct trend_strand *strand, size_t back)
{
    return row_at(ring, place_back(ring, strand, back));
}

/* Begins a row that is read from `shown_ns` on: a copy of the row before, or
 * NaN. */
static double *push(struct trend_ring *ring, size_t index, bool copy,
                    int64_t shown_ns)
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
    strand->shown_ns[strand->head] = shown_ns;
    strand->begun++;
    if (strand->count < ring->capacity)
        strand->count++;
    strand->head = (strand->head + 1) % ring->capacity;
    return row;
}

/* The row before a gap is complete when the strand goes on, even in the same
 * cell. */
static void push_gap(struct trend_ring *ring, size_t index, int64_t now_ns)
{
    struct trend_strand *strand = &ring->strands[index];
    int64_t *shown_ns = &strand->shown_ns[place_back(ring, strand, 1)];
    if (*shown_ns > now_ns)
        *shown_ns = now_ns;
    push(ring, index, false, now_ns);
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
    bool each = is_each_sample(ring);
    int64_t cell = each ? one->cell + 1 : now_ns / ring->cell_ns;
    bool copy = one->count > 0 && !one->gap_due;
    one->is_new = !copy || one->cell != cell;
    if (!one->is_new) {
        if (one->count > 1)
            one->cells.before = row_back(ring, one, 2);
        return TREND_ROW_KEPT;
    }
    if (one->count > 0 && one->gap_due)
        push_gap(ring, strand, now_ns);
    one->cells = (struct trend_cells){
        .row = push(ring, strand, copy,
                    each ? now_ns : (cell + 1) * ring->cell_ns),
        .passed = ring->passed,
    };
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
        ring->strands[i].cells = (struct trend_cells){0};
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
    const struct trend_strand *strand = trend_ring_strand(ring, field);
    if (strand->count == 0)
        return;
    if (!ring->since)
        ring->since = mem_zalloc(ring->fields, sizeof *ring->since);
    /* The newest row gets other numbers, and is compared with the one before:
     * only the older ones need no NaN. */
    for (size_t back = 1; back <= 2 && back <= strand->count; back++)
        row_back(ring, strand, back)[field] = NAN;
    ring->since[field] = strand->begun - 1;
}

/* Reads the last cells but the `skip` newest ones. */
static size_t read_cells(const struct trend_ring *ring, size_t field,
                         size_t skip, double *out, size_t count)
{
    const struct trend_strand *strand = trend_ring_strand(ring, field);
    CHECK(skip <= strand->count);
    if (count > strand->count - skip)
        count = strand->count - skip;
    if (!count)
        return 0;
    uint32_t since = ring->since ? ring->since[field] : 0;
    uint32_t first = strand->begun - (uint32_t)(count + skip);
    /* Without a division for each cell: this is read for each row drawn. */
    const double *cell = row_back(ring, strand, count + skip) + field;
    const double *end = ring->rows + ring->capacity * ring->fields;
    for (size_t i = 0; i < count; i++) {
        out[i] = first + i < since ? (double)NAN : *cell;
        cell += ring->fields;
        if (cell >= end)
            cell -= ring->capacity * ring->fields;
    }
    return count;
}

size_t trend_ring_read(const struct trend_ring *ring, size_t field, double *out,
                       size_t count)
{
    const struct trend_strand *strand = trend_ring_strand(ring, field);
    bool whole = is_each_sample(ring) || strand->gap_due || strand->count < 2;
    return read_cells(ring, field, whole ? 0 : 1, out, count);
}

size_t trend_ring_read_at(const struct trend_ring *ring, size_t field,
                          int64_t at_ns, double *out, size_t count)
{
    const struct trend_strand *strand = trend_ring_strand(ring, field);
    size_t low = 0;
    size_t high = strand->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strand->shown_ns[place_back(ring, strand, middle + 1)] > at_ns)
            low = middle + 1;
        else
            high = middle;
    }
    return read_cells(ring, field, low, out, count);
}
