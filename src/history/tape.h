/* SPDX-License-Identifier: MIT */
/* A ring of bytes for records and, between them, syncs: states from which the
 * records after them can be applied.  The oldest go when room is needed.  What
 * the bytes mean is history.c. */
#ifndef SHMTOP_HISTORY_TAPE_H
#define SHMTOP_HISTORY_TAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Places are counted from the beginning and never repeat; `place % size` is
 * where the byte is.  No record goes over the end of the memory. */
struct tape_sync {
    uint64_t at;      /* place of its state, `bytes` of it */
    uint64_t records; /* place of the first record after it */
    uint64_t end;     /* place after its last record */
    size_t bytes;
    bool full;         /* else its state is a delta to the last full one */
    bool jump;         /* its state is not what the records before lead to */
    uint64_t count;    /* of records */
    int64_t first_key; /* of its records; keys rise */
    int64_t last_key;
};

struct tape {
    uint8_t *memory; /* owned */
    size_t size;
    uint64_t head; /* place of the next byte */
    /* The syncs that are kept, the oldest first; owned. */
    struct tape_sync *syncs;
    size_t sync_count;
    size_t sync_room;
    uint64_t dropped; /* how many syncs are gone; the number of the first */
    uint64_t count;   /* of records that are kept */
};

void tape_make(struct tape *tape, size_t bytes);
void tape_free(struct tape *tape);

/* Makes room for `bytes` bytes in a row (at most a quarter of the tape), and
 * drops the oldest full sync with all that depends on it as often as needed.
 * What is written there counts only after one of the next two. */
uint8_t *tape_reserve(struct tape *tape, size_t bytes);
/* A record of `bytes` bytes was written there. */
void tape_end_record(struct tape *tape, size_t bytes, int64_t key);
/* A sync of `bytes` bytes was written there.  The first one is full. */
void tape_end_sync(struct tape *tape, size_t bytes, bool full, bool jump);

/* The sync of that number (from 0, over all times); NULL: it was dropped. */
const struct tape_sync *tape_sync(const struct tape *tape, uint64_t number);
/* The number of the last sync whose first record has a key not after `key`,
 * else of the first one with a record.  UINT64_MAX: there are no records. */
uint64_t tape_find(const struct tape *tape, int64_t key);

/* The bytes at a place. */
static inline const uint8_t *tape_at(const struct tape *tape, uint64_t place)
{
    return tape->memory + place % tape->size;
}
/* The place of the record that comes next at or after `place`. */
uint64_t tape_next(const struct tape *tape, uint64_t place);

#endif
