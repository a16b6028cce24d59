/* SPDX-License-Identifier: MIT */
/*
 * A ring of rows.  Invariant: the memory is taken once, when the ring is made,
 * and never exceeds what was granted.  What the numbers are is the tracker's
 * business.
 */
#include "sampler/trend_ring.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void history_make(struct history *history, size_t fields, size_t bytes,
                  size_t max)
{
    *history = (struct history){.fields = fields};
    size_t rows = fields == 0 ? 0 : bytes / sizeof(double) / fields;
    if (rows > max)
        rows = max;
    if (rows < 2)
        return;
    history->rows = mem_zalloc(rows * fields, sizeof(double));
    history->capacity = rows;
}

void history_free(struct history *history)
{
    free(history->rows);
    *history = (struct history){0};
}

static double *row_at(const struct history *history, size_t row)
{
    return history->rows + row * history->fields;
}

double *history_push(struct history *history)
{
    if (history->capacity == 0)
        return NULL;
    double *row = row_at(history, history->head);
    if (history->count == 0) {
        for (size_t i = 0; i < history->fields; i++)
            row[i] = NAN;
    } else {
        size_t last = history->head == 0 ? history->capacity : history->head;
        memcpy(row, row_at(history, last - 1),
               history->fields * sizeof(double));
    }
    if (history->count < history->capacity)
        history->count++;
    history->head = (history->head + 1) % history->capacity;
    return row;
}

void history_forget(struct history *history, size_t field)
{
    for (size_t row = 0; row < history->count; row++)
        row_at(history, row)[field] = NAN;
}

size_t history_read(const struct history *history, size_t field, double *out,
                    size_t count)
{
    if (count > history->count)
        count = history->count;
    for (size_t i = 0; i < count; i++) {
        size_t back = count - i;
        size_t row =
            (history->head + history->capacity - back) % history->capacity;
        out[i] = row_at(history, row)[field];
    }
    return count;
}
