/* SPDX-License-Identifier: MIT */
/* Writes a struct of a compiled program as the text of a layout. */
#ifndef SHMTOP_IMPORT_WRITE_LAYOUT_H
#define SHMTOP_IMPORT_WRITE_LAYOUT_H

#include "base/buf.h"
#include "import/c_type.h"

/* Appends the layout of `type`, a struct or union of a file with the headers
 * `object`: [mapping], [fields] with its members, a [struct] for each struct in
 * it, an [enum] for each enum.  STATUS_DATA when a layout cannot hold it. */
bool write_layout(struct buf *out, const struct object *object,
                  const struct c_type *type, const char *name, struct err *err);

/* Appends `line`, cut to the length that a layout permits, and a newline. */
void write_layout_line(struct buf *out, const struct buf *line);

#endif
