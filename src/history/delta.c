/* SPDX-License-Identifier: MIT */
/* Coding is two passes over each run of changed words: the first finds its
 * length and which form is shorter. */
#include "history/delta.h"

#include <string.h>

#include "base/err.h"

#define NUMBER_MOST 10u /* bytes of a number */

size_t delta_bound(size_t words)
{
    /* A run of one word is the worst: skip, count, head byte, 8 bytes. */
    return words * 11 + 2 * NUMBER_MOST + 2;
}

/* The lowest and the highest byte of a word that is not 0. */
static inline unsigned low_byte(uint64_t word)
{
#if defined(__GNUC__)
    return (unsigned)__builtin_ctzll(word) / 8;
#else
    unsigned at = 0;
    while (!(word >> 8 * at & 255))
        at++;
    return at;
#endif
}

static inline unsigned high_byte(uint64_t word)
{
#if defined(__GNUC__)
    return 7 - (unsigned)__builtin_clzll(word) / 8;
#else
    unsigned at = 7;
    while (!(word >> 8 * at))
        at--;
    return at;
#endif
}

static inline uint64_t load(const void *at, size_t index)
{
    uint64_t word;
    memcpy(&word, (const uint8_t *)at + index * sizeof word, sizeof word);
    return word;
}

/* The first index from `at` on whose words differ. */
static size_t find_change(const uint64_t *last, const void *now, size_t at,
                          size_t count)
{
    while (at + 4 <= count) {
        uint64_t differs = (last[at] ^ load(now, at)) |
                           (last[at + 1] ^ load(now, at + 1)) |
                           (last[at + 2] ^ load(now, at + 2)) |
                           (last[at + 3] ^ load(now, at + 3));
        if (differs)
            break;
        at += 4;
    }
    while (at < count && last[at] == load(now, at))
        at++;
    return at;
}

static uint8_t *put_packed(uint8_t *out, uint64_t change)
{
    unsigned low = low_byte(change);
    unsigned high = high_byte(change);
    uint64_t bytes = change >> 8 * low;
    *out++ = (uint8_t)(low << 4 | (high - low));
    /* The bytes in excess are overwritten by what comes next. */
    for (unsigned i = 0; i < 8; i++)
        out[i] = (uint8_t)(bytes >> 8 * i);
    return out + (high - low + 1);
}

void delta_add(struct delta *delta, uint64_t *last, const void *now,
               size_t count)
{
    size_t at = 0;
    for (;;) {
        size_t from = find_change(last, now, at, count);
        size_t end = from;
        size_t packed = 0;
        for (; end < count; end++) {
            uint64_t change = last[end] ^ load(now, end);
            if (!change)
                break;
            packed += 2 + high_byte(change) - low_byte(change);
        }
        delta->skip += from - at;
        if (end == from)
            return;
        bool is_packed = packed < 8 * (end - from);
        delta->at = delta_put_number(delta->at, delta->skip);
        delta->at = delta_put_number(delta->at,
                                     (uint64_t)(end - from) << 1 | is_packed);
        delta->skip = 0;
        for (size_t i = from; i < end; i++) {
            uint64_t word = load(now, i);
            uint64_t change = last[i] ^ word;
            last[i] = word;
            if (is_packed) {
                delta->at = put_packed(delta->at, change);
            } else {
                memcpy(delta->at, &change, sizeof change);
                delta->at += sizeof change;
            }
        }
        at = end;
    }
}

uint8_t *delta_end(struct delta *delta)
{
    *delta->at++ = 0;
    *delta->at++ = 0;
    return delta->at;
}

/* The next packed word. */
static inline uint64_t take_packed(const uint8_t **at)
{
    unsigned low = **at >> 4;
    unsigned bytes = (**at & 15) + 1u;
    uint64_t word = 0;
    ++*at;
    for (unsigned i = 0; i < 8; i++)
        word |= (uint64_t)(*at)[i] << 8 * i;
    *at += bytes;
    return (bytes == 8 ? word : word & ((UINT64_C(1) << 8 * bytes) - 1))
           << 8 * low;
}

const uint8_t *delta_apply(const uint8_t *delta, uint64_t *words, size_t count)
{
    size_t at = 0;
    for (;;) {
        at += (size_t)delta_number(&delta);
        uint64_t run = delta_number(&delta);
        if (run == 0)
            return delta;
        CHECK(at + (run >> 1) <= count);
        for (size_t end = at + (size_t)(run >> 1); at < end; at++) {
            if (run & 1) {
                words[at] ^= take_packed(&delta);
            } else {
                words[at] ^= load(delta, 0);
                delta += 8;
            }
        }
    }
}

void delta_pick(const uint8_t *delta, size_t index, uint64_t *changes,
                size_t count)
{
    size_t at = 0;
    memset(changes, 0, count * sizeof *changes);
    for (;;) {
        at += (size_t)delta_number(&delta);
        uint64_t run = delta_number(&delta);
        size_t end = at + (size_t)(run >> 1);
        if (run == 0 || at >= index + count)
            return;
        if (!(run & 1)) {
            for (size_t i = index > at ? index : at;
                 i < end && i < index + count; i++)
                changes[i - index] = load(delta, i - at);
            delta += 8 * (end - at);
            at = end;
            continue;
        }
        if (end <= index) {
            /* Only the lengths are of interest. */
            for (; at < end; at++)
                delta += 2 + (*delta & 15);
            continue;
        }
        for (; at < end; at++) {
            uint64_t change = take_packed(&delta);
            if (at >= index && at < index + count)
                changes[at - index] = change;
        }
    }
}
