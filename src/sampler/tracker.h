/* SPDX-License-Identifier: MIT */
/* Follows the fields of one mapping from frame to frame: what is fresh, what
 * has changed and how fast, what is held.  After one comparison of all bytes,
 * its cost grows with the changed blocks, not with all fields. */
#ifndef SHMTOP_SAMPLER_TRACKER_H
#define SHMTOP_SAMPLER_TRACKER_H

#include "sampler/frame_plan.h"
#include "sampler/rate.h"
#include "sampler/sampler.h"
#include "sampler/statistic.h"
#include "sampler/trend_ring.h"

struct tracker {
    const struct layout *layout;
    size_t mapping;
    const struct location *places; /* of its bases, borrowed; or NULL */
    /* Arrays, one element for each field of the layout, borrowed: */
    struct value *values;
    struct trend *trends;
    struct rate *rates;
    struct statistic *statistics; /* NULL: none */
    struct frame_plan plan;
    uint8_t *held;          /* bytes of all values; plan.frame_bytes */
    uint8_t *baseline;      /* the same at the baseline */
    uint64_t *changed_bits; /* a word for each chunk, a bit for each field:
                               TREND_CHANGED */
    uint64_t limit;  /* fields that end at this byte or before are fresh */
    uint64_t seen;   /* bytes of the mapping in the last frame */
    bool moved;      /* the plan is new since the last step */
    bool has_others; /* with the new plan a field is in another record, or
                        in none */
    struct trend_cells cells; /* during a step */
    uint64_t changed;         /* fields that changed in the last step */
    bool paused;              /* the last frame was torn */
    int64_t active_ns; /* monotonic instant of the last change or first value */
    int64_t measured_ns; /* since when all changes were seen */
    int64_t live_ns;     /* of the last frame that was read and not torn */
    int64_t counted_ns;  /* the statistics have what was there before */
};

/* For mapping `mapping` of `layout`.  The arrays outlive the tracker, which
 * writes only the items of its mapping's fields. */
void tracker_make(struct tracker *tracker, const struct layout *layout,
                  size_t mapping, const struct location *places,
                  struct value *values, struct trend *trends,
                  struct rate *rates, struct statistic *statistics);
void tracker_free(struct tracker *tracker);

/* Forgets all fields: a new generation begins. */
void tracker_reset(struct tracker *tracker);

/* The places have changed from `was` to tracker->places: makes a new plan,
 * whose ranges the next frame must have.  A field whose record moved continues;
 * a field of another record is forgotten, in `ring`, too. */
void tracker_move(struct tracker *tracker, const struct location *was,
                  struct trend_ring *ring);

/* Sets the places at once; all state is undefined after it. */
void tracker_set_places(struct tracker *tracker, const struct location *places);

/* Takes a frame of plan.ranges; numbers go to `cells` (NULL: nowhere). */
void tracker_step(struct tracker *tracker, const struct frame *frame,
                  const struct trend_cells *cells);

/* Takes a torn frame: fields keep the values and rates of the last whole frame
 * with TREND_HELD and TREND_TORN; `row` gets NaN. */
void tracker_pause(struct tracker *tracker, const struct frame *frame,
                   double *row);
/* Ends a pause (tracker_pause) at `now_ns`; called before each tracker_step. */
void tracker_resume(struct tracker *tracker, int64_t now_ns,
                    const struct trend_cells *cells);
/* Forgets the rates that were kept, because the pause is long. */
void tracker_forget_rates(struct tracker *tracker);

/* Sampling goes on at `now_ns` after a pause: rates are unknown. */
void tracker_break(struct tracker *tracker, int64_t now_ns);

/* The mean of a field, see sampler_average. */
double tracker_average(const struct tracker *tracker, uint32_t field);

/* Starts min, max, the mean and the baseline from the values. */
void tracker_rebase(struct tracker *tracker);

#endif
