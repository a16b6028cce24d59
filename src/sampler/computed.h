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

struct computed_item; /* one expression */

struct computed {
    const struct layout *layout;
    struct value *values; /* one a field of the layout, borrowed, as are */
    struct trend *trends;
    struct rate *rates;
    struct expr_machine *machine; /* of the layout; NULL: no expressions */
    struct computed_item *items;  /* one an expression */
    struct window *windows;       /* by rising field */
    size_t window_count;
    uint64_t seen; /* a bit a mapping of whose generation a frame was read */
    int64_t now_ns;
    uint64_t changed; /* fields that changed in the last step */
};

void computed_make(struct computed *computed, const struct layout *layout,
                   struct value *values, struct trend *trends,
                   struct rate *rates);
void computed_free(struct computed *computed);

/* A new generation of mapping `mapping` begins: what depends on it is
 * forgotten, with gaps in `gap` (NULL: nowhere). */
void computed_reset(struct computed *computed, size_t mapping, double *gap);

/* A frame of mapping `mapping` was read and not torn: what counts its fields
 * knows them. */
void computed_see(struct computed *computed, size_t mapping);

/* Fields of mapping `mapping` have lost their values, because other records
 * have come to stand where they were: what is made of one of them, and not of
 * a whole array, begins anew. */
void computed_forget(struct computed *computed, size_t mapping);

/* Computes all fields from the values and trends of a sample; numbers go to
 * `row` (NULL: nowhere). */
void computed_step(struct computed *computed, int64_t now_ns, double *row);

/* Min, max and the baseline start from the values as they are. */
void computed_rebase(struct computed *computed);

/* Why some field cannot be computed now, or "". */
const char *computed_trouble(const struct computed *computed);

/* Fills `out` with a field of a frame that is not in the values yet; false:
 * it is. */
typedef bool computed_look_fn(void *user, uint32_t field, struct value *out);

/* The truth of a mapping's `require` or `gone` for the fields that `look`
 * finds, before computed_step; when there is none, what lets it live. */
enum expr_truth computed_judge(struct computed *computed,
                               enum expression_use use, size_t mapping,
                               computed_look_fn *look, void *user);

#endif
