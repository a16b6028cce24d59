/* SPDX-License-Identifier: MIT */
/*
 * Which expression comes before which.  Only the layout floor includes this.
 */
#ifndef SHMTOP_EXPR_ORDER_H
#define SHMTOP_EXPR_ORDER_H

#include "expr/parse.h"

/* Fills `order` with the indices of all expressions, each behind those whose
 * fields it uses; `circular` says which have none such, and each circle is an
 * error in `problems` (may be NULL). */
void expr_find_order(const struct expr_scope *scope, uint32_t *order,
                     bool *circular, struct problems *problems);

#endif
