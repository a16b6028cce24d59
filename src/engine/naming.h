/* SPDX-License-Identifier: MIT */
/*
 * Which mapping is meant: what the layout names, unless the user says.
 */
#ifndef SHMTOP_ENGINE_NAMING_H
#define SHMTOP_ENGINE_NAMING_H

#include <stddef.h>

#include "layout/layout.h"
#include "source/target.h"

/* The target of mapping `index` of `layout`; `given` (NULL: nothing) takes the
 * place of the first one's.  False with STATUS_USAGE when there is none or it
 * is malformed. */
bool mapping_target(struct target *out, const struct layout *layout,
                    size_t index, const char *given, struct err *err);

#endif
