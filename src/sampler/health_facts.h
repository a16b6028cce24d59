/* SPDX-License-Identifier: MIT */
/* Reads what a frame holds about its mapping's health, before any of its
 * values becomes part of a sample; judging it is health.h. */
#ifndef SHMTOP_SAMPLER_HEALTH_FACTS_H
#define SHMTOP_SAMPLER_HEALTH_FACTS_H

#include "sampler/computed.h"
#include "sampler/frame_plan.h"
#include "sampler/health.h"

/* What facts are read with. */
struct health_reader {
    const struct layout *layout;
    const struct health *health;
    size_t mapping;
    const struct frame_plan *plan; /* of the mapping */
    bool recorded;                 /* its processes are not those of now */
    struct computed *computed;
};

/* Reads `facts` from `frame` (of plan->ranges). */
void health_facts_read(const struct health_reader *reader,
                       const struct frame *frame, struct health_facts *facts);

#endif
