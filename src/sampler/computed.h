/* SPDX-License-Identifier: MIT */
/*
 * Computed fields as part of a sample: their values, trends and history, and
 * what `require` and `gone` say.
 */
#ifndef SHMTOP_SAMPLER_COMPUTED_H
#define SHMTOP_SAMPLER_COMPUTED_H

#include "sampler/rate.h"
#include "sampler/sampler.h"
#include "sampler/window.h"

struct computed; /* one expression */

struct compute {
    const struct layout *layout;
    struct value *values; /* one a field of the layout, borrowed, as are */
    struct trend *trends;
    struct rate *rates;
    struct expr_machine *machine; /* NULL: there are no expressions */
    struct computed *items;       /* one an expression */
    struct past *pasts;           /* by rising field */
    size_t past_count;
    uint64_t seen; /* a bit a mapping of whose generation a frame was read */
    int64_t now_ns;
    uint64_t changed; /* fields that changed in the last step */
};

void compute_make(struct compute *compute, const struct layout *layout,
                  struct value *values, struct trend *trends,
                  struct rate *rates);
void compute_free(struct compute *compute);

/* A new generation of mapping `mapping` begins: what depends on it is
 * forgotten, with gaps in `gap` (NULL: nowhere). */
void compute_reset(struct compute *compute, size_t mapping, double *gap);

/* A frame of mapping `mapping` was read and not torn: what counts its fields
 * knows them. */
void compute_see(struct compute *compute, size_t mapping);

/* Fields of mapping `mapping` have lost their values, because other records
 * have come to stand where they were: what is made of one of them, and not of
 * a whole array, begins anew. */
void compute_forget(struct compute *compute, size_t mapping);

/* Computes all fields from the values and trends of a sample; numbers go to
 * `row` (NULL: nowhere). */
void compute_step(struct compute *compute, int64_t now_ns, double *row);

/* Min, max and the baseline start from the values as they are. */
void compute_rebase(struct compute *compute);

/* Why some field cannot be computed now, or "". */
const char *compute_trouble(const struct compute *compute);

/* Fills `out` with a field of a frame that is not in the values yet; false:
 * it is. */
typedef bool compute_look_fn(void *user, uint32_t field, struct value *out);

/* The truth of a mapping's `require` or `gone` for the fields that `look`
 * finds, before compute_step; when there is none, what lets it live. */
enum expr_truth compute_judge(struct compute *compute, enum expression_use use,
                              size_t mapping, compute_look_fn *look,
                              void *user);

#endif
