/* SPDX-License-Identifier: MIT */
/* The demo server: creates the layout's mappings, writes the fields that have a
 * `write` pattern at each tick, and removes what it created.  Single changes
 * are set.h. */
#ifndef SHMTOP_WRITER_WRITER_H
#define SHMTOP_WRITER_WRITER_H

#include "writer/publish.h"

struct writer;

/* Creates every mapping of `layout` (borrowed); `target` (NULL: as the layout
 * gives it) names the first.  A mapping's `pid` without a pattern gets the id
 * of this process.  On failure nothing is left: STATUS_CANNOT_CREATE if a
 * mapping exists and `replace` is not set, STATUS_DATA if a field of the
 * snapshot method has a pattern. */
bool writer_open(struct writer **out, const struct layout *layout,
                 const char *target, bool replace, struct err *err);
/* Removes the mappings that writer_open created; accepts NULL. */
void writer_close(struct writer *writer);
/* Closes without removing anything, as if the process had died. */
void writer_abandon(struct writer *writer);

/* Tears the frames from now on. */
void writer_tear(struct writer *writer, enum tear tear);

/* Writes the patterns that are not constant for `now`; writer_open has written
 * the others, and `set` may change them.  STATUS_NO_MAPPING if a mapping is
 * gone, has shrunk or was replaced. */
bool writer_step(struct writer *writer, const struct instant *now,
                 struct err *err);
/* The halves of writer_step: the first writes the first half of the fields. */
bool writer_begin(struct writer *writer, const struct instant *now,
                  struct err *err);
bool writer_end(struct writer *writer, const struct instant *now,
                struct err *err);

/* "shm:/test_memory", of a mapping of the layout. */
const char *writer_target(const struct writer *writer, size_t mapping);
/* For a status line: index of the first field with a pattern, SIZE_MAX if there
 * is none, and its value at the last step. */
size_t writer_shown_field(const struct writer *writer);
void writer_shown_value(const struct writer *writer, struct value *out);

#endif
