/* SPDX-License-Identifier: MIT */
/* Steps of a sampler as data: what a step was made of, and a sampler that
 * repeats such steps.  Keeping them is history/. */
#ifndef SHMTOP_SAMPLER_REPLAY_H
#define SHMTOP_SAMPLER_REPLAY_H

#include "base/buf.h"
#include "layout/location.h"
#include "sampler/frame_plan.h"
#include "sampler/health.h"
#include "sampler/sampler.h"

/* What a step read of one mapping. */
struct step_input {
    struct frame frame; /* before it was judged; without bytes if the places
                           that they give could not be followed */
    struct consistency_result consistency;
    struct health_facts facts;
    const struct location *places; /* of all bases of the layout, if they have
                                      changed in this step; else NULL */
    const char *note;              /* of the frame after it was judged */
};

/* What became of an expression: the value and the flags of its field. */
struct computed_outcome {
    struct value value;
    uint32_t flags; /* TREND_HELD, TREND_TORN, TREND_MISPLACED */
};

/* A step.  Everything is borrowed. */
struct step_record {
    bool resumed;     /* sampler_break was called before it */
    bool rebased;     /* sampler_reset_baseline was called before it */
    int64_t stale_ns; /* as set by sampler_set_stale */
    const struct step_input *inputs;         /* one for each mapping */
    const struct computed_outcome *computed; /* one for each expression of the
                                                layout; only to repeat a step */
    const char *problem_text;                /* of the sample */
};

/* The last step of a sampler, until the next one. */
const struct step_record *replay_record(const struct sampler *sampler);

/* Makes a sampler that repeats steps of `of` (borrowed): sampler_step must not
 * be called for it.  Trends are those of `of` up to the last step's time. */
struct sampler *replay_open(const struct sampler *of);

/* The plan of the frames of mapping `mapping` in the last step. */
const struct frame_plan *replay_plan(const struct sampler *sampler,
                                     size_t mapping);
/* The places of all bases of the layout in it; NULL: nothing moves. */
const struct location *replay_places(const struct sampler *sampler,
                                     size_t mapping);

/* The mappings that a field depends on, a bit for each. */
uint64_t replay_mappings(const struct sampler *sampler, uint32_t field);

/* Repeats a step. */
const struct sample *replay_step(struct sampler *replay,
                                 const struct step_record *record);

/* Appends all that the following steps depend on; and sets it in a sampler that
 * repeats those of `sampler`.  The bytes are for the process that made them. */
void replay_save(struct sampler *sampler, struct buf *out);
void replay_load(struct sampler *replay, const uint8_t *state, size_t bytes);

/* Makes `replay` the same as `sampler` is now, with its last sample.  `texts`
 * is their memory: it is emptied, and lives as long as the sample. */
void replay_copy(struct sampler *replay, struct sampler *sampler,
                 struct buf *texts);

/* Takes over the baseline of `from`, which repeated all steps of `sampler`. */
void replay_adopt_baseline(struct sampler *sampler, const struct sampler *from);

#endif
