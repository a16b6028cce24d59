/* SPDX-License-Identifier: MIT */
/* Finds samples by their time, and makes them again. */
#include <stdlib.h>

#include "history/history_private.h"

/* A record: the number of its sync, and which one after it. */
struct spot {
    uint64_t sync;
    uint64_t index;
    int64_t key;
};

/* The key of the oldest record. */
static int64_t first_key(const struct tape *tape)
{
    size_t i = 0;
    CHECK(tape->count > 0);
    while (tape->syncs[i].count == 0)
        i++;
    return tape->syncs[i].first_key;
}

struct history_span history_span(const struct history *history)
{
    const struct tape *tape = &history->tape;
    struct history_span span = {.count = tape->count, .room = tape->size};
    if (!tape->count)
        return span;
    span.first_ns = first_key(tape);
    span.last_ns = history->last_key;
    span.bytes = (size_t)(tape->head - tape->syncs[0].at);
    return span;
}

/* Goes through the records after a sync: up to the one with that index, or up
 * to the last one with a key not after `key`. */
static struct spot scan(const struct history *history, uint64_t number,
                        uint64_t index, int64_t key)
{
    const struct tape_sync *sync = tape_sync(&history->tape, number);
    struct spot spot = {number, 0, sync->first_key};
    uint64_t place = sync->records;
    CHECK(sync->count > 0);
    place = history_head(history, place, 0).end;
    while (spot.index < index && spot.index + 1 < sync->count) {
        struct record_head head = history_head(history, place, spot.key);
        if (head.key > key)
            break;
        spot.index++;
        spot.key = head.key;
        place = head.end;
    }
    return spot;
}

static struct spot find(const struct history *history, int64_t key)
{
    uint64_t number = tape_find(&history->tape, key);
    if (number == UINT64_MAX)
        return (struct spot){UINT64_MAX, 0, 0};
    return scan(history, number, UINT64_MAX, key);
}

int64_t history_find(const struct history *history, int64_t at_ns)
{
    return find(history, at_ns).key;
}

int64_t history_find_step(const struct history *history, int64_t at_ns,
                          int64_t steps)
{
    const struct tape *tape = &history->tape;
    struct spot spot = find(history, at_ns);
    if (spot.sync == UINT64_MAX)
        return 0;
    uint64_t number = spot.sync;
    int64_t index = (int64_t)spot.index + steps;
    while (index < 0) {
        const struct tape_sync *before = tape_sync(tape, number - 1);
        if (number == 0 || !before)
            return first_key(tape);
        index += (int64_t)before->count;
        number--;
    }
    while (index >= (int64_t)tape_sync(tape, number)->count) {
        const struct tape_sync *after = tape_sync(tape, number + 1);
        if (!after)
            return history->last_key;
        index -= (int64_t)tape_sync(tape, number)->count;
        number++;
    }
    return scan(history, number, (uint64_t)index, INT64_MAX).key;
}

/* How many records come before the one after the last with a key not after
 * `key`. */
static uint64_t count_to(const struct history *history, int64_t key)
{
    const struct tape *tape = &history->tape;
    struct spot spot = find(history, key);
    uint64_t count = 0;
    if (spot.sync == UINT64_MAX || spot.key > key)
        return 0;
    for (uint64_t i = tape->dropped; i < spot.sync; i++)
        count += tape_sync(tape, i)->count;
    return count + spot.index + 1;
}

uint64_t history_count(const struct history *history, int64_t from_ns,
                       int64_t to_ns)
{
    return from_ns > to_ns
               ? 0
               : count_to(history, to_ns) - count_to(history, from_ns - 1);
}

const struct sampler *history_seek(struct history *history, int64_t at_ns)
{
    return player_seek(&history->player, history, at_ns)
               ? history->player.sampler
               : NULL;
}

const struct sampler *history_freeze(struct history *history)
{
    player_copy(&history->player, history);
    return history->player.sampler;
}

uint64_t history_walk(struct history *history, int64_t from_ns, int64_t to_ns,
                      history_fn *fn, void *user)
{
    struct player *walker = &history->walker;
    uint64_t count = 0;
    struct history_span span = history_span(history);
    if (!span.count || to_ns < span.first_ns || from_ns > span.last_ns)
        return 0;
    int64_t first = history_find(history, from_ns);
    if (first < from_ns)
        first = history_find_step(history, first, 1);
    if (first < from_ns || first > to_ns ||
        !player_seek(walker, history, first))
        return 0;
    do {
        count++;
        if (!fn(user, sampler_last(walker->sampler)))
            break;
    } while (walker->key < to_ns && player_next(walker) &&
             walker->key <= to_ns);
    return count;
}

void history_rebase(struct history *history, int64_t at_ns)
{
    struct player *walker = &history->walker;
    if (!player_seek(walker, history, at_ns))
        return;
    sampler_reset_baseline(walker->sampler);
    walker->rebased = true;
    while (player_next(walker))
        ;
    replay_adopt_baseline(history->sampler, walker->sampler);
    /* It has another past than the tape from here on. */
    walker->sync = UINT64_MAX;
    walker->stepped = false;
    walker->rebased = false;
    history_sync(history, true);
}
