/* SPDX-License-Identifier: MIT */
/* Reads the numbers of a field from the history; nothing yet. */
#include "history/series.h"

#include <math.h>

#include "history/history_private.h"

void history_series(struct history *history, uint32_t field, int64_t from_ns,
                    int64_t cell_ns, struct series_cell *cells, size_t count)
{
    (void)history;
    (void)field;
    (void)from_ns;
    (void)cell_ns;
    for (size_t i = 0; i < count; i++)
        cells[i] = (struct series_cell){
            .min = NAN, .max = NAN, .first = NAN, .last = NAN};
}

int64_t history_find_change(struct history *history, const uint32_t *fields,
                            size_t count, int64_t at_ns, bool forward)
{
    (void)history;
    (void)fields;
    (void)count;
    (void)at_ns;
    (void)forward;
    return 0;
}

void series_free(struct history *history)
{
    (void)history;
}
