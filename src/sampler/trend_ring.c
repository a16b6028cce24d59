/* SPDX-License-Identifier: MIT */
/* A ring of rows whose memory is allocated once and within the given limit.
 * What the numbers mean is tracker.c and computed.c. */
#include "sampler/trend_ring.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void trend_ring_make(struct trend_ring *ring, size_t fields, size_t bytes,
                     size_t max)
{
    *ring = (struct trend_ring){.fields = fields};
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
    *ring = (struct trend_ring){0};
}

static double *row_at(const struct trend_ring *ring, size_t row)
{
    CHECK(row < ring->capacity);
    return ring->rows + row * ring->fields;
}

double *trend_ring_push(struct trend_ring *ring)
{
    if (ring->capacity == 0)
        return NULL;
    double *row = row_at(ring, ring->head);
    if (ring->count == 0) {
        for (size_t i = 0; i < ring->fields; i++)
            row[i] = NAN;
    } else {
        size_t last = (ring->head + ring->capacity - 1) % ring->capacity;
        memcpy(row, row_at(ring, last), ring->fields * sizeof(double));
    }
    if (ring->count < ring->capacity)
        ring->count++;
    ring->head = (ring->head + 1) % ring->capacity;
    return row;
}

void trend_ring_forget(struct trend_ring *ring, size_t field)
{
    CHECK(field < ring->fields);
    for (size_t row = 0; row < ring->count; row++)
        row_at(ring, row)[field] = NAN;
}

size_t trend_ring_read(const struct trend_ring *ring, size_t field, double *out,
                       size_t count)
{
    CHECK(field < ring->fields || count == 0);
    if (count > ring->count)
        count = ring->count;
    for (size_t i = 0; i < count; i++) {
        size_t back = count - i;
        size_t row = (ring->head + ring->capacity - back) % ring->capacity;
        out[i] = row_at(ring, row)[field];
    }
    return count;
}
