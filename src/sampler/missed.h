/* SPDX-License-Identifier: MIT */
/* Counts the producer's updates that no sample has seen, by a field that the
 * producer counts itself.  Samples that were due and not taken are ticker.h. */
#ifndef SHMTOP_SAMPLER_MISSED_H
#define SHMTOP_SAMPLER_MISSED_H

#include "layout/layout.h"
#include "sampler/sampler.h"

/* Of one mapping. */
struct missed {
    uint64_t updates; /* missed since the baseline */
    uint64_t samples; /* in which they were counted */
    uint64_t last;    /* bits of the counter in the last sample, if: */
    bool known;
};

/* The field that counts the updates of mapping `mapping`: that of its snapshot
 * method (of buffer `buffer`), else the heartbeat, if it is an integer that
 * looks like no time.  FIELD_NONE: there is none. */
uint32_t missed_field(const struct layout *layout, size_t mapping,
                      uint32_t buffer);

/* Counts the updates between this sample and the last one whose frame was
 * whole. */
void missed_step(struct missed *missed, const struct layout *layout,
                 size_t mapping, const struct sample *sample);

/* What the counter does up to the next sample is not known: sampling has
 * paused, or a new generation begins. */
void missed_break(struct missed *missed);

/* Counts from here on. */
void missed_rebase(struct missed *missed);

#endif
