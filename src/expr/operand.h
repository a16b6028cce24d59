/* SPDX-License-Identifier: MIT */
/* Converts field values, and aggregates over arrays, to the form that Lua
 * gets. */
#ifndef SHMTOP_EXPR_OPERAND_H
#define SHMTOP_EXPR_OPERAND_H

#include "expr/lua_box.h"

/* Reads `operand` into `out`; DATUM_NONE if it is missing.  A text is stored in
 * `text`. */
void operand_read(const struct layout *layout,
                  const struct expr_operand *operand,
                  const struct expr_inputs *inputs, struct buf *text,
                  struct lua_datum *out);

#endif
