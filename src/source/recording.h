/* SPDX-License-Identifier: MIT */
/* Recorded frames, for tests and replay.  A text file says how the bytes of a
 * mapping change and when frames are read:
 *
 *     start 2026-01-02T03:04:05.123456789Z   wall time of the first frame
 *     size 64                                bytes of the mapping from here on
 *     set 8 0102 ff                          bytes in hex at an offset
 *     during 16 ff                           stored during the copy of the next
 *                                            frame: after its bytes were read
 *     clock -1h                              the wall clock jumps
 *     frame +100ms gone the reason           reads a frame; see below
 *
 * `#` starts a comment line.  Memory starts as zeros; a smaller `size` discards
 * bytes.  `frame [+PERIOD] [STATE [NOTE]]` is PERIOD (1s) after the frame
 * before it; the first is at `start` (1970 by default).  STATE is live (the
 * default), short, truncated, replaced, gone, waiting, denied or error.  As
 * with a real mapping the first frame that is read is generation 1, a live
 * frame of a mapping that is too small is SHORT or TRUNCATED, and one after
 * `gone` is REPLACED. */
#ifndef SHMTOP_SOURCE_RECORDING_H
#define SHMTOP_SOURCE_RECORDING_H

#include "source/frame.h"
#include "source/ranges.h"

#define RECORDING_SIZE_MAX (UINT64_C(1) << 28) /* bytes of its mapping */

struct recording;

/* Reads the whole recording.  STATUS_NO_MAPPING, STATUS_DENIED or STATUS_IO if
 * the file cannot be read, STATUS_DATA with `path:line:` for an error in it. */
bool recording_open(struct recording **out, const char *path,
                    const struct range *ranges, size_t range_count,
                    uint64_t need, struct err *err);
void recording_close(struct recording *recording); /* accepts NULL */

/* Like source_guard. */
void recording_guard(struct recording *recording, const struct range *guards,
                     size_t guard_count);

/* Like source_set_ranges. */
void recording_set_ranges(struct recording *recording,
                          const struct range *ranges, size_t range_count);

/* Reads the next frame.  After the end repeats the last frame, a second later.
 */
void recording_sample(struct recording *recording, struct frame *frame);
/* Like source_again. */
void recording_again(struct recording *recording, struct frame *frame);
bool recording_is_over(const struct recording *recording);

#endif
