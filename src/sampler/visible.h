/* SPDX-License-Identifier: MIT */
/* Which fields people see: those below the count of their array and, with
 * `hide = unused`, in elements that are in use.  Programs get all fields. */
#ifndef SHMTOP_SAMPLER_VISIBLE_H
#define SHMTOP_SAMPLER_VISIBLE_H

#include "sampler/sampler.h"

/* Whether the field is shown in this sample.  An element is unused if all its
 * values are 0 or empty text; a value that was never read counts as used. */
bool visible_field(const struct layout *layout, const struct sample *sample,
                   size_t field);

/* The same for all fields of the layout at once; `out` has one for each.
 * Returns a hash that changes with them. */
uint64_t visible_all(const struct layout *layout, const struct sample *sample,
                     bool *out);

/* Whether the layout has elements that are hidden while they are unused. */
bool visible_hides_any(const struct layout *layout);

#endif
