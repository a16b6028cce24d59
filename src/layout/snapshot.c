/* SPDX-License-Identifier: MIT */
/* Knows which fields each method uses; the words for methods are words.c, the
 * keys of [snapshot] are loader/snapshot_keys.c. */
#include "layout/snapshot.h"

size_t snapshot_field_count(const struct snapshot *snapshot)
{
    switch (snapshot->method) {
    case SNAPSHOT_SEQLOCK:
        return 1;
    case SNAPSHOT_PAIR:
        return 2;
    case SNAPSHOT_NEWEST:
        return snapshot->buffers;
    case SNAPSHOT_NONE:
    case SNAPSHOT_STABLE:
        break;
    }
    return 0;
}

uint32_t snapshot_field(const struct snapshot *snapshot, size_t n)
{
    CHECK(n < snapshot_field_count(snapshot));
    if (snapshot->method == SNAPSHOT_SEQLOCK)
        return snapshot->seq;
    if (snapshot->method == SNAPSHOT_PAIR)
        return n == 0 ? snapshot->begin : snapshot->end;
    return snapshot->tick + (uint32_t)n * snapshot->tick_step;
}

bool snapshot_uses(const struct snapshot *snapshot, uint32_t field)
{
    size_t count = snapshot_field_count(snapshot);
    for (size_t i = 0; i < count; i++)
        if (snapshot_field(snapshot, i) == field)
            return true;
    return false;
}

uint32_t snapshot_buffers(const struct snapshot *snapshot)
{
    return snapshot->method == SNAPSHOT_NEWEST ? snapshot->buffers : 1;
}

bool tick_is_newer(uint64_t a, uint64_t b, unsigned bits)
{
    CHECK(bits >= 1 && bits <= 64);
    uint64_t forward = (a - b) << (64 - bits);
    return forward != 0 && forward >> 63 == 0;
}

uint32_t snapshot_newest(const uint64_t *ticks, size_t count, unsigned bits,
                         bool zero_is_tick)
{
    uint32_t newest = 0;
    CHECK(count >= 1);
    for (uint32_t i = 1; i < count; i++) {
        bool is_written = ticks[i] != 0 || zero_is_tick;
        bool has_newest = ticks[newest] != 0 || zero_is_tick;
        if (is_written &&
            (!has_newest || tick_is_newer(ticks[i], ticks[newest], bits)))
            newest = i;
    }
    return newest;
}
