/* SPDX-License-Identifier: MIT */
/* Changes of an array of words as few bytes: what is the same costs nothing,
 * a small number that moves costs two bytes, eight new bytes cost eight. */
#ifndef SHMTOP_HISTORY_DELTA_H
#define SHMTOP_HISTORY_DELTA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A delta is a list of runs and ends with a run of no words:
 *
 *     skip    number of words that are the same
 *     count   number of words that follow, times two, plus 1 if they are packed
 *     words   plain: 8 bytes each; packed: a byte with the number of the lowest
 *             byte that differs (high half) and how many bytes follow minus 1
 *             (low half), then those bytes
 *
 * Numbers are of 7 bits a byte, the lowest first, with bit 7 set in all but the
 * last byte.  Words are exclusive-ors with the word before, in the byte order
 * of the host: a delta never leaves the process.
 */

struct delta {
    uint8_t *at; /* where the next byte goes */
    size_t skip; /* words that are the same since the last run */
};

/* The most bytes that a delta of `words` words has. */
size_t delta_bound(size_t words);
/* Bytes after a delta that delta_apply may read, but does not use. */
#define DELTA_SLACK 8

static inline struct delta delta_begin(uint8_t *out)
{
    return (struct delta){.at = out};
}

/* Appends the changes from `last` to `now` (8 bytes each, any alignment), and
 * makes `last` equal to it. */
void delta_add(struct delta *delta, uint64_t *last, const void *now,
               size_t count);
/* Goes past words that are the same. */
static inline void delta_skip(struct delta *delta, size_t count)
{
    delta->skip += count;
}
/* Ends the delta; returns the end of its bytes. */
uint8_t *delta_end(struct delta *delta);

/* Changes `words`, `count` of them; returns the end of the delta. */
const uint8_t *delta_apply(const uint8_t *delta, uint64_t *words, size_t count);

/* What a delta changes in word `index`, to be combined with it by exclusive or.
 * `count` consecutive words, `changes` gets one each.  Returns the end of what
 * was read, which is not always the end of the delta. */
void delta_pick(const uint8_t *delta, size_t index, uint64_t *changes,
                size_t count);

static inline uint8_t *delta_put_number(uint8_t *out, uint64_t number)
{
    while (number >= 128) {
        *out++ = (uint8_t)(number | 128);
        number >>= 7;
    }
    *out++ = (uint8_t)number;
    return out;
}

static inline uint64_t delta_number(const uint8_t **at)
{
    uint64_t number = 0;
    unsigned shift = 0;
    while (**at & 128) {
        number |= (uint64_t)(*(*at)++ & 127) << shift;
        shift += 7;
    }
    return number | (uint64_t) * (*at)++ << shift;
}

#endif
