/* SPDX-License-Identifier: MIT */
/*
 * The cost of the trends' ring: a number, the next row, a read of 60 cells now
 * and as of an earlier instant, and a field that is forgotten, in a full ring
 * of 24 MiB. Runs on every system; prints a table, checks nothing.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/os.h"
#include "sampler/sampler.h"
#include "sampler/trend_ring.h"

#define RING_BYTES ((size_t)24 << 20)
#define CELLS 60
#define READS 20000

static double sink;

/* A field that swings: some of its numbers are passed by. */
static double number_of(size_t field, size_t round)
{
    return (double)((field * 7 + round * 13) % 97);
}

static double put_ns(struct trend_ring *ring, size_t rounds)
{
    const struct trend_cells *cells = &ring->strands[0].cells;
    int64_t start_ns = os_mono_ns();
    for (size_t k = 0; k < rounds; k++)
        for (size_t i = 0; i < ring->fields; i++)
            trend_cells_put(cells, i, number_of(i, k));
    return (double)(os_mono_ns() - start_ns) /
           ((double)rounds * (double)ring->fields);
}

static double read_ns(const struct trend_ring *ring, int64_t now_ns, bool past)
{
    double out[CELLS];
    int64_t start_ns = os_mono_ns();
    for (size_t i = 0; i < READS; i++) {
        size_t field = i % ring->fields;
        size_t count =
            past ? trend_ring_read_at(ring, field, now_ns / READS * (int64_t)i,
                                      out, CELLS)
                 : trend_ring_read(ring, field, out, CELLS);
        sink += count ? out[count - 1] : 0;
    }
    return (double)(os_mono_ns() - start_ns) / READS;
}

static double forget_ns(struct trend_ring *ring)
{
    int64_t start_ns = os_mono_ns();
    for (size_t i = 0; i < ring->fields; i++)
        trend_ring_forget(ring, i);
    return (double)(os_mono_ns() - start_ns) / (double)ring->fields;
}

static void bench(size_t fields)
{
    struct trend_ring ring;
    int64_t now_ns = SAMPLER_CELL_NS;
    trend_ring_make(&ring, fields, 1);
    for (size_t i = 0; i < fields; i++)
        trend_ring_add(&ring, 1);
    trend_ring_reserve(&ring, RING_BYTES, SAMPLER_TREND_MOST);
    trend_ring_set_cell(&ring, SAMPLER_CELL_NS, SAMPLER_CELL_NS / 10);
    int64_t start_ns = os_mono_ns();
    size_t rows = ring.capacity * 2;
    for (size_t i = 0; i < rows; i++, now_ns += SAMPLER_CELL_NS)
        trend_ring_step(&ring, 0, now_ns);
    double row_ns = (double)(os_mono_ns() - start_ns) / (double)rows;
    trend_ring_step(&ring, 0, now_ns - 1);
    double put = put_ns(&ring, 4000000 / fields + 1);
    double now = read_ns(&ring, now_ns, false);
    double past = read_ns(&ring, now_ns, true);
    printf("%9zu %9zu %10.2f %10.2f %10.0f %10.0f %10.0f\n", fields,
           ring.capacity, put, row_ns / (double)fields, now, past,
           forget_ns(&ring));
    trend_ring_free(&ring);
}

int main(void)
{
    printf("trends, ns\n%9s %9s %10s %10s %10s %10s %10s\n", "fields", "rows",
           "a number", "row/field", "60 cells", "past", "forget");
    bench(10);
    bench(1000);
    bench(100000);
    bench(1000000);
    return sink > 0 ? 0 : 1;
}
