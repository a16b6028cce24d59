/* SPDX-License-Identifier: MIT */
/* The past of a sampler in bounded memory: each of its samples can be made
 * again, with values, trends, alarms and bytes.  Numbers of one field over time
 * are series.h. */
#ifndef SHMTOP_HISTORY_HISTORY_H
#define SHMTOP_HISTORY_HISTORY_H

#include "sampler/sampler.h"

/* What is kept are the changes of the bytes that were read, and now and then
 * the whole state of the sampler.  A moment is made again by repeating the
 * sampler's steps from such a state on, so it is the same sample to the bit.
 * All times are monotonic, in nanoseconds. */

struct history;

/* The default of --history. */
#define HISTORY_BYTES ((size_t)64 << 20)

/* Begins the history of `sampler`, which reads `layout` (borrowed; the history
 * is closed before them), in at most `bytes` bytes; 0: none is kept.  Never
 * fails: see history_problem. */
struct history *history_open(struct sampler *sampler,
                             const struct layout *layout, size_t bytes);
void history_close(struct history *history); /* accepts NULL */

/* Keeps the last sample of the sampler; call it after each sampler_step. */
void history_take(struct history *history);

/* Why nothing is kept, as a line of text; NULL if that is not so. */
const char *history_problem(const struct history *history);

struct history_span {
    int64_t first_ns, last_ns; /* of the oldest and the newest sample */
    uint64_t count;            /* of samples; 0: none, and the times are 0 */
    size_t bytes, room;        /* in use for them, and at most */
};
struct history_span history_span(const struct history *history);

/* How many samples there are from `from_ns` to `to_ns`, both included. */
uint64_t history_count(const struct history *history, int64_t from_ns,
                       int64_t to_ns);

/* The instant of the newest sample that is not later than `at_ns`, else of the
 * oldest one.  0: there is none. */
int64_t history_find(const struct history *history, int64_t at_ns);
/* The instant of the sample `steps` (forward if positive) from the one at
 * `at_ns`; of the first or last one if there are not so many. */
int64_t history_find_step(const struct history *history, int64_t at_ns,
                          int64_t steps);
/* The wall-clock time (UTC, nanoseconds since 1970) of the sample that
 * history_find finds, plus what `at_ns` is later. */
int64_t history_wall_ns(const struct history *history, int64_t at_ns);

/* Makes the sample of history_find(at_ns) again.  The result is a sampler whose
 * last step was that sample: all functions of sampler.h that ask work on it,
 * those that change or step it must not be called.  It is borrowed, and changes
 * with the next call.  NULL if there is no sample. */
const struct sampler *history_seek(struct history *history, int64_t at_ns);

/* A sampler that stays as the history's is now, as history_seek makes them; for
 * a history that keeps nothing. */
const struct sampler *history_freeze(struct history *history);

/* Calls `fn` for each sample from `from_ns` to `to_ns`, both included, in
 * order, until it returns false.  What history_seek gave does not change.
 * Returns how many there were. */
typedef bool history_fn(void *user, const struct sample *sample);
uint64_t history_walk(struct history *history, int64_t from_ns, int64_t to_ns,
                      history_fn *fn, void *user);

/* Makes the moment `at_ns` the baseline of the sampler: min, max, mean and
 * changes are counted from there on. */
void history_rebase(struct history *history, int64_t at_ns);

/* What happened, for the time bar. */
enum mark_kind {
    MARK_GAP,        /* the mapping was not read from here on */
    MARK_GENERATION, /* a new generation begins */
    MARK_CLOCK,      /* the wall clock jumped, or the computer slept */
    MARK_WARN,       /* an alarm of that level begins; of a field: */
    MARK_CRIT,
};
struct history_mark {
    int64_t at_ns;
    uint32_t field; /* FIELD_NONE: of none */
    uint8_t kind;   /* enum mark_kind */
};
/* All marks that are kept, by time; borrowed until the next call of
 * history_take. */
const struct history_mark *history_marks(const struct history *history,
                                         size_t *count);

#endif
