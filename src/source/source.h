/* SPDX-License-Identifier: MIT */
/* A source reads frames of a mapping.  A producer that is missing, restarts or
 * shrinks is a state of the frame, never an error. */
#ifndef SHMTOP_SOURCE_SOURCE_H
#define SHMTOP_SOURCE_SOURCE_H

#include "source/frame.h"
#include "source/ranges.h"
#include "source/target.h"

struct source;

/* Makes a source for `target` that reads `ranges` (borrowed).  A mapping of
 * less than `need` bytes is SHORT.  The mapping is not opened yet; only a
 * recording is read now, and can fail like recording_open. */
bool source_open(struct source **out, const struct target *target,
                 const struct range *ranges, size_t range_count, uint64_t need,
                 struct err *err);
void source_close(struct source *source); /* accepts NULL */

/* Adds `guards` (borrowed): frames then also have their bytes as read before
 * and after the copy.  If a producer tells there that it writes, the two show
 * whether it wrote meanwhile.  Every aligned word of 8 bytes is read by one
 * load.  Only before the first sample. */
void source_guard(struct source *source, const struct range *guards,
                  size_t guard_count);

/* Sets other ranges (borrowed) for the following frames. */
void source_set_ranges(struct source *source, const struct range *ranges,
                       size_t range_count);

/* Attaches if needed and reads one frame; all of `frame` is set.  Each call
 * tries to open a missing mapping.  If that takes long, the next attempt comes
 * after a pause of 20 times as long, 50 ms at most. */
void source_sample(struct source *source, struct frame *frame);
/* Reads the bytes and guards of `frame`, which the last source_sample filled,
 * again at a new time.  Does not check whether the mapping was replaced.  False
 * if that is not possible, or needs source_sample; `frame` is then undefined.
 */
bool source_again(struct source *source, struct frame *frame);

/* Whether all frames of a recording were read.  False for a mapping. */
bool source_is_over(const struct source *source);
/* Whether it is a recording, whose frames have their own times: do not wait. */
bool source_is_recorded(const struct source *source);

#endif
