/* SPDX-License-Identifier: MIT */
/* The numbers of one field over time, for plots and statistics. */
#ifndef SHMTOP_HISTORY_SERIES_H
#define SHMTOP_HISTORY_SERIES_H

#include "history/history.h"

/* A stretch of time.  Numbers as value_number gives them; NaN if no sample in
 * it has a live one. */
struct series_cell {
    double min, max;
    double first, last;
    double sum;       /* of `samples` numbers; the mean is sum / samples */
    uint64_t samples; /* live ones with a number */
    uint64_t changes; /* how many of them differ from the sample before */
    bool gap;         /* some sample in it has no live value, or a generation
                         begins in it */
    bool known;       /* it has any sample */
};

/* Fills `cells` for `count` stretches of `cell_ns` each, the first of which
 * begins at `from_ns`.  Reads only samples that no earlier call has read for
 * this field.  A field whose values are text or bytes has no numbers, but
 * changes. */
void history_series(struct history *history, uint32_t field, int64_t from_ns,
                    int64_t cell_ns, struct series_cell *cells, size_t count);

/* The instant of the oldest sample after `at_ns` (`forward`) or the newest one
 * before it in which one of `fields` has another value than at `at_ns`; 0 if
 * there is none. */
int64_t history_find_change(struct history *history, const uint32_t *fields,
                            size_t count, int64_t at_ns, bool forward);

#endif
