/* SPDX-License-Identifier: MIT */
/* What a sampler is made of, and the parts of its step: reading frames is
 * sampler_read.c, repeating recorded ones is replay.c. */
#ifndef SHMTOP_SAMPLER_SAMPLER_PRIVATE_H
#define SHMTOP_SAMPLER_SAMPLER_PRIVATE_H

#include "layout/placement.h"
#include "sampler/alarm.h"
#include "sampler/computed.h"
#include "sampler/replay.h"
#include "sampler/tracker.h"

/* One mapping. */
struct watched {
    struct target target;
    struct source *source; /* NULL: recorded steps are repeated */
    struct consistency consistency;
    struct placement placement;
    struct tracker tracker;
    const char *problem_text; /* why its places cannot be followed, or "" */
    uint64_t need;            /* bytes that the mapping must have */
    int64_t stale_ns;
    uint32_t generation; /* of the last frame */
    int64_t good_ns;     /* of the last frame that was read whole; 0: none */
};

struct sampler {
    const struct layout *layout;
    /* Arrays, one element for each mapping: */
    struct watched *watched;
    struct step_input *inputs; /* of the last step */
    struct frame *frames;
    struct consistency_result *consistency;
    struct health *healths;
    /* Arrays, one element for each field: */
    struct value *values;
    struct trend *trends;
    struct rate *rates;
    struct statistic *statistics; /* NULL: none */

    struct alarms alarms;
    struct computed computed;
    struct trend_ring ring;
    const struct sampler
        *trends_of;   /* whose ring is asked; itself or, for
                         recorded steps, the one that made them */
    int64_t stale_ns; /* the option */
    bool resumes;     /* the next sample is the first one after a pause */
    bool rebases;     /* the baseline has moved since the last step */
    struct step_record record; /* of the last step */
    struct sample sample;
};

/* Makes a sampler without targets and sources. */
struct sampler *sampler_make(const struct layout *layout, bool statistics,
                             bool repeats);
/* Makes the parts of mapping `index` that need no source. */
void sampler_make_mapping(struct sampler *sampler, size_t index);

/* Whether no frame of the last reading was whole. */
bool sampler_is_torn(const struct watched *watched, const struct frame *frame);

/* Reads a frame of each mapping, and what it holds about health, into the
 * inputs. */
void sampler_read_frames(struct sampler *sampler);
/* Reads frames again until they are of the places that their own bytes give;
 * notes in the inputs what has changed. */
void sampler_find_places(struct sampler *sampler);

/* The parts of a step that are the same for read and recorded inputs, in their
 * order; between them the places are found. */
void sampler_judge_inputs(struct sampler *sampler);
void sampler_follow_inputs(struct sampler *sampler);
/* A mapping's fields have moved from `was` to placement.now. */
void sampler_move_fields(struct sampler *sampler, size_t index,
                         const struct location *was);

/* --- computed fields ----------------------------------------------------- */

/* The state of one expression from sample to sample. */
struct computed_item {
    uint64_t hash;         /* of the value, see hash_of; 0: no value */
    uint64_t baseline;     /* the same at the baseline */
    uint64_t mappings;     /* a bit for each mapping that it depends on */
    struct value last;     /* a number, for the rate */
    struct value previous; /* before the last change */
    struct value base;     /* the value at the baseline */
    int64_t counted_ns;    /* the statistic has what was there before */
    int64_t live_ns;       /* when it was last computed */
    uint8_t *text;      /* of the value, if it is text: judging makes others */
    uint8_t *base_text; /* the same of `base` */
    struct value judged;
    bool wanted; /* by `require` or `gone` */
};

/* The expression of a computed field, SIZE_MAX for any other field. */
size_t computed_expression(const struct computed *computed, uint32_t field);

/* Copies a text to memory of its own, because judging the next frame overwrites
 * it. */
void computed_keep_text(uint8_t **text, struct value *value);

/* Makes the value, whose hash is `hash`, that of the baseline. */
void computed_set_baseline(struct computed_item *item,
                           const struct value *value, uint64_t hash);

/* Answers what an expression asks for, as expr_inputs want it; `user` is the
 * struct computed. */
void computed_answer(void *user, const struct expr_operand *operand,
                     struct value *out);

#endif
