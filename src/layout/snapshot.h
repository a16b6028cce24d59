/* SPDX-License-Identifier: MIT */
/* The fields that snapshot methods use, and which of several buffers is the
 * newest.  Reading frames by a method is sampler/consistency.h. */
#ifndef SHMTOP_LAYOUT_SNAPSHOT_H
#define SHMTOP_LAYOUT_SNAPSHOT_H

#include "layout/layout.h"

/* How many fields the method uses: `seq`, `begin` and `end`, or the tick of
 * each buffer. */
size_t snapshot_field_count(const struct snapshot *snapshot);
/* Index of field `n` of them. */
uint32_t snapshot_field(const struct snapshot *snapshot, size_t n);
/* Whether field `field` is one of them. */
bool snapshot_uses(const struct snapshot *snapshot, uint32_t field);

/* Buffers of the mapping: 1 unless the method is `newest`. */
uint32_t snapshot_buffers(const struct snapshot *snapshot);

/* Whether tick `a` comes after tick `b`: ticks of `bits` bits, which wrap. */
bool tick_is_newer(uint64_t a, uint64_t b, unsigned bits);

/* Index of the newest of `count` ticks (1 or more).  A tick of 0 means that
 * the buffer was never written, unless `zero_is_tick`; 0 if none was. */
uint32_t snapshot_newest(const uint64_t *ticks, size_t count, unsigned bits,
                         bool zero_is_tick);

#endif
