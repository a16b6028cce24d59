/* SPDX-License-Identifier: MIT */
/* The trends of a sampler: when each of its fields moves on to the next cell.
 * The cells are trend_ring.h. */
#ifndef SHMTOP_SAMPLER_TRENDS_H
#define SHMTOP_SAMPLER_TRENDS_H

#include "sampler/computed.h"
#include "sampler/trend_ring.h"

/* Makes the trend cells of all fields of computed->layout, of at most `bytes`
 * bytes and `max` cells. */
void trends_make(struct trend_ring *ring, const struct computed *computed,
                 size_t bytes, size_t max);

/* Begins rows for the frames of a new sample, in which the mappings with a bit
 * in `read` are read.  Values and trends are still those of the sample before.
 */
void trends_step(struct trend_ring *ring, const struct layout *layout,
                 const struct sample *sample, uint64_t read);

#endif
