/* SPDX-License-Identifier: MIT */
/* Fields against each other: overlaps, ends and alignment. */
#ifndef SHMTOP_LOADER_OVERLAP_H
#define SHMTOP_LOADER_OVERLAP_H

#include "layout/layout.h"

/* Adds overlaps (PROBLEM_ERROR; bit fields take their bits only),
 * fields behind the mapping's end (PROBLEM_ERROR), and misaligned fields whose
 * place the layout says, or that a snapshot trusts (PROBLEM_WARNING), to
 * `problems`; holes are for check_put_text to show. */
void check_placement(const struct layout *layout, struct problems *problems);

#endif
