/* SPDX-License-Identifier: MIT */
/* Decides which strands of the ring a sample moves on; the numbers are written
 * by tracker.c and computed.c. */
#include "sampler/trends.h"

void trends_make(struct trend_ring *ring, const struct computed *computed,
                 size_t bytes, size_t max)
{
    const struct layout *layout = computed->layout;
    trend_ring_make(ring, layout->field_count, layout->mapping_count);
    for (size_t i = 0; i < layout->field_count; i++)
        trend_ring_add(ring, layout->fields[i].kind == KIND_COMPUTED
                                 ? computed_mappings(computed, (uint32_t)i)
                                 : UINT64_C(1) << layout->fields[i].mapping);
    trend_ring_reserve(ring, bytes, max);
}

/* Sets the cells of a row that has just begun to the last numbers: all, or,
 * in a copy of the row before, those that are not the last ones there. */
static void fill_row(const struct trend_ring *ring, const struct layout *layout,
                     const struct sample *sample, size_t strand, bool all)
{
    double *row = ring->strands[strand].cells.row;
    for (size_t i = 0; i < ring->run_count; i++) {
        const struct trend_run *run = &ring->runs[i];
        for (size_t k = run->first; run->strand == strand && k < run->end;
             k++) {
            uint64_t *passed = &ring->passed[k / 64];
            uint64_t bit = UINT64_C(1) << k % 64;
            if (!all && *passed < bit) {
                k |= 63;
                continue;
            }
            if (!all && !(*passed & bit))
                continue;
            *passed &= ~bit;
            row[k] = sample->trends[k].flags & TREND_FRESH
                         ? value_number(&layout->fields[k], &sample->values[k])
                         : (double)NAN;
        }
    }
}

void trends_step(struct trend_ring *ring, const struct layout *layout,
                 const struct sample *sample, uint64_t read)
{
    trend_ring_rest(ring, ~read);
    for (size_t i = 0; i < ring->strand_count; i++) {
        if (ring->strands[i].mappings & ~read)
            continue;
        enum trend_row row =
            trend_ring_step(ring, i, sample->frames[0].mono_ns);
        if (row != TREND_ROW_KEPT)
            fill_row(ring, layout, sample, i, row == TREND_ROW_BLANK);
    }
}
