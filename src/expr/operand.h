/* SPDX-License-Identifier: MIT */
/*
 * The values that an expression asks for.  Only the layout floor includes
 * this.
 */
#ifndef SHMTOP_EXPR_OPERAND_H
#define SHMTOP_EXPR_OPERAND_H

#include "expr/lua_box.h"

/* What `operand` is; DATUM_NONE when it is missing.  A text is kept in
 * `text`. */
void expr_gather(const struct layout *layout,
                 const struct expr_operand *operand,
                 const struct expr_inputs *inputs, struct buf *text,
                 struct lua_datum *out);

#endif
