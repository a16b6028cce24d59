/* SPDX-License-Identifier: MIT */
/*
 * Which fields are there for people to see: neither beyond the count of their
 * array nor, with `hide = unused`, in an element that nobody uses.  Programs
 * get all fields, always.
 */
#ifndef SHMTOP_SAMPLER_VISIBLE_H
#define SHMTOP_SAMPLER_VISIBLE_H

#include "sampler/sampler.h"

/* Whether the field is to be shown in this sample.  An element is unused when
 * all that the layout names in it is 0, or empty text; what has no value yet
 * is not known to be. */
bool visible_field(const struct layout *layout, const struct sample *sample,
                   size_t field);

/* Whether the layout has elements that are hidden while they are unused. */
bool visible_hides_any(const struct layout *layout);

#endif
