/* SPDX-License-Identifier: MIT */
/* Computed fields as part of a sample: their values, trends and cells, and
 * whether `require` and `gone` hold. */
#ifndef SHMTOP_SAMPLER_COMPUTED_H
#define SHMTOP_SAMPLER_COMPUTED_H

#include "sampler/rate.h"
#include "sampler/replay.h"
#include "sampler/sampler.h"
#include "sampler/statistic.h"
#include "sampler/trend_ring.h"
#include "sampler/window.h"

struct computed_item;

struct computed {
    const struct layout *layout;
    /* Arrays, one element for each field, borrowed: */
    struct value *values;
    struct trend *trends;
    struct rate *rates;
    struct statistic *statistics; /* NULL: none */

    struct expr_machine *machine; /* of the layout; NULL: no expressions */
    struct computed_item *items;  /* one for each expression */
    size_t count;                 /* of items */
    struct windows windows;
    uint64_t seen; /* a bit for each mapping that had a whole frame in this
                      generation */
    int64_t now_ns;
    int64_t measured_ns; /* since when all changes were seen */
    uint64_t changed;    /* fields that changed in the last step */
};

/* The arrays have an item for each field of the layout.  `repeats`: nothing is
 * computed, see computed_repeat. */
void computed_make(struct computed *computed, const struct layout *layout,
                   struct value *values, struct trend *trends,
                   struct rate *rates, struct statistic *statistics,
                   bool repeats);
void computed_free(struct computed *computed);

/* The mappings that a computed field depends on, a bit for each. */
uint64_t computed_mappings(const struct computed *computed, uint32_t field);

/* A new generation of mapping `mapping` begins: resets what depends on it. */
void computed_reset(struct computed *computed, size_t mapping);

/* Sampling goes on at `now_ns` after a pause: rates are unknown. */
void computed_break(struct computed *computed, int64_t now_ns);

/* A whole frame of mapping `mapping` was read: functions that count its fields
 * have values. */
void computed_see(struct computed *computed, size_t mapping);

/* Resets computed fields whose operand moved to another record in mapping
 * `mapping`; aggregates over arrays are kept. */
void computed_forget(struct computed *computed, size_t mapping);

/* Computes all fields from the values and trends of a sample; numbers go to the
 * rows of `ring`. */
void computed_step(struct computed *computed, int64_t now_ns,
                   const struct trend_ring *ring);

/* The same with the outcomes of another computed_step, one for each expression
 * of the layout. */
void computed_repeat(struct computed *computed, int64_t now_ns,
                     const struct computed_outcome *outcomes);

/* Calls `part` for all memory on which following steps depend; `loaded`: the
 * parts are set by it, else they are read. */
typedef void computed_visit_fn(void *user, void *memory, size_t bytes);
void computed_visit(struct computed *computed, bool loaded,
                    computed_visit_fn *part, void *user);
/* Takes over the baseline of `from`, which repeated all steps. */
void computed_adopt_baseline(struct computed *computed,
                             const struct computed *from);

/* The mean of a computed field, and its values before the last change and at
 * the baseline, see sampler.h. */
double computed_average(const struct computed *computed, uint32_t field);
bool computed_previous(const struct computed *computed, uint32_t field,
                       struct value *out);

bool computed_baseline(const struct computed *computed, uint32_t field,
                       struct value *out);

/* Starts min, max, the mean and the baseline from the values. */
void computed_rebase(struct computed *computed);

/* Why a field cannot be computed now, or "". */
const char *computed_problem(const struct computed *computed);

/* Reads a field of a frame that is not part of the sample yet.  False if the
 * sample's value is to be used. */
typedef bool computed_read_fn(void *user, uint32_t field, struct value *out);

/* Whether the mapping's `require` or `gone` holds for the fields that `read`
 * reads; called before computed_step.  Without such an expression the answer
 * lets the mapping live. */
enum expr_truth computed_judge(struct computed *computed,
                               enum expression_use use, size_t mapping,
                               computed_read_fn *read, void *user);

#endif
