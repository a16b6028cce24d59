/* SPDX-License-Identifier: MIT */
/*
 * Recorded frames, for tests and replay: a text file that says how the bytes
 * of a mapping change and when they are looked at.
 *
 *     start 2026-01-02T03:04:05.123456789Z   wall time of the first frame
 *     size 64                                bytes of the mapping from here
 *     set 8 0102 ff                          bytes in hex at an offset
 *     during 16 ff                           stored while the next frame is
 *                                            copied: behind the copy
 *     frame +100ms gone the reason           one look; see below
 *
 * `#` begins a comment line.  Memory starts as zeros; what a smaller `size`
 * cuts off is lost.  `frame [+PERIOD] [STATE [NOTE]]` comes PERIOD (1s) after
 * the frame before it; the first one stands at `start` (1970 by default).
 * STATE is live (by default), short, truncated, replaced, gone, waiting,
 * denied or error.  As with a real mapping, the first frame that is read is
 * generation 1, a live frame of too small a mapping is SHORT or TRUNCATED, and
 * a live one after a `gone` one is REPLACED.
 */
#ifndef SHMTOP_SOURCE_RECORDING_H
#define SHMTOP_SOURCE_RECORDING_H

#include "source/source.h"

#define SOURCE_MEM_SIZE_MAX (UINT64_C(1) << 28) /* bytes of its mapping */

struct source_mem;

/* Reads the whole recording.  STATUS_NO_MAPPING, STATUS_DENIED or STATUS_IO
 * when the file cannot be read, STATUS_DATA with `path:line:` for what is
 * wrong in it. */
bool source_mem_open(struct source_mem **out, const char *path,
                     const struct range *ranges, size_t range_count,
                     uint64_t need, struct err *err);
void source_mem_close(struct source_mem *source); /* accepts NULL */

/* As source_guard. */
void source_mem_guard(struct source_mem *source, const struct range *guards,
                      size_t guard_count);

/* As source_set_ranges. */
void source_mem_set_ranges(struct source_mem *source,
                           const struct range *ranges, size_t range_count);

/* The next frame; after the last one, that one again, a second later. */
void source_mem_sample(struct source_mem *source, struct frame *frame);
/* As source_again. */
void source_mem_again(struct source_mem *source, struct frame *frame);
bool source_mem_is_over(const struct source_mem *source);

#endif
