/* SPDX-License-Identifier: MIT */
/*
 * The leaves of placed declarations.
 */
#ifndef SHMTOP_LOADER_UNROLL_H
#define SHMTOP_LOADER_UNROLL_H

#include "loader/draft.h"

/* Fills fields, instances and bases of the parser's layout from its groups
 * (those of count 0 have none) and from where each declaration stands, computed
 * ones at the end, and the first leaf of each group.  Names of fields in
 * offsets, strides and counts are looked up. */
void emit_fields(struct parser *parser, const struct stand *stands);

#endif
