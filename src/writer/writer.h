/* SPDX-License-Identifier: MIT */
/*
 * The demo server: creates the layout's mappings, animates the fields that
 * have a `write` pattern, each frame published as the layout's snapshot method
 * says, and removes what it created.  Also single changes
 * of fields that are `writable`.
 */
#ifndef SHMTOP_WRITER_WRITER_H
#define SHMTOP_WRITER_WRITER_H

#include "writer/publish.h"

struct writer;

/* Creates every mapping of `layout` (borrowed); `target` (NULL: as the layout
 * says) names the first.  A field that is a mapping's `pid` and has no pattern
 * gets the id of this process.  STATUS_CANNOT_CREATE when one exists and
 * `replace` is not set, STATUS_DATA when a field that the method writes has a
 * pattern; nothing is left behind then. */
bool writer_open(struct writer **out, const struct layout *layout,
                 const char *target, bool replace, struct err *err);
/* Removes the mappings that writer_open created; accepts NULL. */
void writer_close(struct writer *writer);
/* Closes without removing anything, as if the process had died here. */
void writer_abandon(struct writer *writer);

/* Publishes as `tear` says from now on. */
void writer_tear(struct writer *writer, enum tear tear);

/* Writes all patterns for `now`, but for those that never change: writer_open
 * has written them, and what `set` makes of them later stays.  False with
 * STATUS_NO_MAPPING when a mapping is gone, shrunk or replaced by another. */
bool writer_step(struct writer *writer, const struct instant *now,
                 struct err *err);
/* The halves of writer_step: between them the first half of the fields is
 * written, the second is not. */
bool writer_begin(struct writer *writer, const struct instant *now,
                  struct err *err);
bool writer_end(struct writer *writer, const struct instant *now,
                struct err *err);

/* "shm:/test_memory", of a mapping of the layout. */
const char *writer_target(const struct writer *writer, size_t mapping);
/* Index of the first field with a pattern, SIZE_MAX if none, and its value at
 * the last step, for a status line. */
size_t writer_shown_field(const struct writer *writer);
void writer_shown_value(const struct writer *writer, struct value *out);

#endif
