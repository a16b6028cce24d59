/* SPDX-License-Identifier: MIT */
/*
 * Follows the fields of one mapping from frame to frame: what is new, what has
 * changed and how fast, what is held.  Work is spent on blocks that differ,
 * not on fields that do not.
 */
#ifndef SHMTOP_SAMPLER_TRACKER_H
#define SHMTOP_SAMPLER_TRACKER_H

#include "sampler/frame_plan.h"
#include "sampler/rate.h"
#include "sampler/sampler.h"
#include "sampler/trend_ring.h"

struct tracker {
    const struct layout *layout;
    size_t mapping;
    const struct base_place *places; /* of its bases, borrowed; or NULL */
    struct value *values; /* one a field of the layout, borrowed, as are */
    struct trend *trends;
    struct rate *rates;
    struct frame_plan plan;
    uint8_t *held;          /* bytes behind the values: plan.frame_bytes */
    uint8_t *baseline;      /* bytes at the baseline, where there was a value */
    uint64_t *changed_bits; /* a word for each chunk, a bit for each field:
                               TREND_CHANGED */
    uint64_t limit;         /* fields that end here or before are fresh */
    uint64_t seen;          /* bytes that the mapping had in the last frame */
    bool moved;             /* the plan is not that of the last step, */
    bool news;              /* and some field has another record now, or none */
    double *row;            /* of the ring, for this step; or NULL */
    uint64_t changed;       /* fields that changed in the last step */
    bool paused;            /* the last frame was torn */
    int64_t active_ns;      /* monotonic instant of the last change or sight */
};

/* Follows mapping `mapping` of `layout`; the arrays have a row for each field
 * of the layout and outlive the tracker, which only touches its own rows. */
void tracker_make(struct tracker *tracker, const struct layout *layout,
                  size_t mapping, const struct base_place *places,
                  struct value *values, struct trend *trends,
                  struct rate *rates);
void tracker_free(struct tracker *tracker);

/* Forgets all: a new generation begins. */
void tracker_reset(struct tracker *tracker);

/* Plans anew: the places have changed from `was` to what they are.  A field
 * goes on where its record is the same one; others are forgotten, in `history`
 * as well.  Ranges for frames are those of the new plan from here on. */
void tracker_move(struct tracker *tracker, const struct base_place *was,
                  struct trend_ring *ring);

/* Takes a frame of plan.ranges; numbers go to `row` (NULL: nowhere), one a
 * field of the layout. */
void tracker_step(struct tracker *tracker, const struct frame *frame,
                  double *row);

/* Takes a frame that is torn: fields keep the values, and the rates, of the
 * last whole frame, marked TREND_HELD and TREND_TORN; `row` gets gaps. */
void tracker_pause(struct tracker *tracker, const struct frame *frame,
                   double *row);
/* Ends that; to be called before each tracker_step. */
void tracker_resume(struct tracker *tracker, double *row);
/* While paused for long: the rates tell nothing any more. */
void tracker_forget_rates(struct tracker *tracker);

/* Min, max and the baseline start from the values as they are. */
void tracker_rebase(struct tracker *tracker);

/* Marks all of the mapping's fields as gaps in `row`. */
void tracker_put_gap(const struct tracker *tracker, double *row);

#endif
