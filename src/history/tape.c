/* SPDX-License-Identifier: MIT */
/* The syncs are a list that moves to the front of its memory when it is full.
 */
#include "history/tape.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "history/delta.h"

/* What is in the place of a record if the memory's end is near: the next one is
 * at its begin.  No record begins with it. */
#define TAPE_TURN 255

void tape_make(struct tape *tape, size_t bytes)
{
    CHECK(bytes >= 64);
    *tape = (struct tape){
        .memory = mem_zalloc(bytes + DELTA_SLACK, 1),
        .size = bytes,
    };
}

void tape_free(struct tape *tape)
{
    free(tape->memory);
    free(tape->syncs);
    *tape = (struct tape){0};
}

/* Drops the oldest full sync and those up to the next full one. */
static void drop_oldest(struct tape *tape)
{
    size_t count = 1;
    CHECK(tape->sync_count > 0);
    while (count < tape->sync_count && !tape->syncs[count].full)
        count++;
    for (size_t i = 0; i < count; i++)
        tape->count -= tape->syncs[i].count;
    tape->sync_count -= count;
    tape->dropped += count;
    memmove(tape->syncs, tape->syncs + count,
            tape->sync_count * sizeof *tape->syncs);
}

uint8_t *tape_reserve(struct tape *tape, size_t bytes)
{
    CHECK(bytes <= tape->size / 4);
    size_t left = tape->size - (size_t)(tape->head % tape->size);
    if (left < bytes) {
        tape->memory[tape->head % tape->size] = TAPE_TURN;
        tape->head += left;
    }
    while (tape->sync_count > 0 &&
           tape->head + bytes - tape->syncs[0].at > tape->size)
        drop_oldest(tape);
    return tape->memory + tape->head % tape->size;
}

void tape_end_record(struct tape *tape, size_t bytes, int64_t key)
{
    CHECK(tape->sync_count > 0);
    struct tape_sync *sync = &tape->syncs[tape->sync_count - 1];
    CHECK(sync->count == 0 || key > sync->last_key);
    if (sync->count == 0) {
        sync->first_key = key;
        sync->records = tape->head;
    }
    tape->head += bytes;
    sync->end = tape->head;
    sync->last_key = key;
    sync->count++;
    tape->count++;
}

void tape_end_sync(struct tape *tape, size_t bytes, bool full, bool jump)
{
    CHECK(full || tape->sync_count > 0);
    if (tape->sync_count == tape->sync_room) {
        tape->sync_room = tape->sync_room ? tape->sync_room * 2 : 16;
        tape->syncs =
            mem_resize(tape->syncs, tape->sync_room, sizeof *tape->syncs);
    }
    struct tape_sync *sync = &tape->syncs[tape->sync_count++];
    *sync = (struct tape_sync){
        .at = tape->head,
        .bytes = bytes,
        .full = full,
        .jump = jump,
    };
    tape->head += bytes;
    sync->records = sync->end = tape->head;
}

const struct tape_sync *tape_sync(const struct tape *tape, uint64_t number)
{
    return number >= tape->dropped && number - tape->dropped < tape->sync_count
               ? &tape->syncs[number - tape->dropped]
               : NULL;
}

uint64_t tape_find(const struct tape *tape, int64_t key)
{
    size_t found = SIZE_MAX;
    for (size_t low = 0, high = tape->sync_count; low < high;) {
        size_t middle = low + (high - low) / 2;
        size_t at = middle;
        /* One without records is like the one before. */
        while (at > low && tape->syncs[at].count == 0)
            at--;
        if (tape->syncs[at].count == 0) {
            low = middle + 1;
        } else if (tape->syncs[at].first_key <= key) {
            found = at;
            low = middle + 1;
        } else {
            high = at;
        }
    }
    for (size_t i = 0; found == SIZE_MAX && i < tape->sync_count; i++)
        if (tape->syncs[i].count)
            found = i;
    return found == SIZE_MAX ? UINT64_MAX : tape->dropped + found;
}

uint64_t tape_next(const struct tape *tape, uint64_t place)
{
    size_t at = (size_t)(place % tape->size);
    return at != 0 && tape->memory[at] == TAPE_TURN ? place + tape->size - at
                                                    : place;
}
