/* SPDX-License-Identifier: MIT */
/*
 * What a frame says of its mapping's health, before any value is taken over
 * from it.
 */
#ifndef SHMTOP_SAMPLER_HEALTH_FACTS_H
#define SHMTOP_SAMPLER_HEALTH_FACTS_H

#include "sampler/computed.h"
#include "sampler/frame_plan.h"
#include "sampler/health.h"

struct health_look {
    const struct layout *layout;
    const struct health *health;
    size_t mapping;
    const struct frame_plan *plan; /* of the mapping: where its bytes are */
    bool recorded;                 /* processes are long gone, or others */
    struct computed *computed;
};

/* Looks at `frame` (of plan->ranges). */
void health_look(const struct health_look *look, const struct frame *frame,
                 struct health_facts *facts);

#endif
