/* SPDX-License-Identifier: MIT */
/*
 * Writes a struct of a compiled program as a layout.
 */
#ifndef SHMTOP_IMPORT_WRITE_LAYOUT_H
#define SHMTOP_IMPORT_WRITE_LAYOUT_H

#include "base/buf.h"
#include "import/c_type.h"

/* Appends the layout of `type`, a struct or union of `object`: [mapping] and
 * [fields] with its members, a [struct] for each struct in it, an [enum] for
 * each enum.  STATUS_DATA when a layout cannot hold it. */
bool write_layout(struct buf *out, const struct object *object,
                  const struct c_type *type, const char *name, struct err *err);

/* Appends the line, as much of it as a layout's line may have, and its end. */
void write_layout_line(struct buf *out, const struct buf *line);

#endif
