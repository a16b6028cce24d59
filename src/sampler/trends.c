/* SPDX-License-Identifier: MIT */
/* Decides which strands of the ring a sample moves on; the numbers are written
 * by tracker.c and computed.c. */
#include "sampler/trends.h"

void trends_make(struct trend_ring *ring, const struct computed *computed,
                 size_t bytes, size_t max)
{
    const struct layout *layout = computed->layout;
    trend_ring_make(ring, layout->field_count, bytes, max,
                    layout->mapping_count);
    for (size_t i = 0; i < layout->field_count; i++)
        trend_ring_add(ring, layout->fields[i].kind == KIND_COMPUTED
                                 ? computed_mappings(computed, (uint32_t)i)
                                 : UINT64_C(1) << layout->fields[i].mapping);
}

/* Fills a row that is no copy of the one before, for fields that will not
 * change in this sample. */
static void fill_row(const struct trend_ring *ring, const struct layout *layout,
                     const struct sample *sample, size_t strand)
{
    double *row = ring->strands[strand].row;
    for (size_t i = 0; i < ring->run_count; i++) {
        const struct trend_run *run = &ring->runs[i];
        for (size_t k = run->first; run->strand == strand && k < run->end; k++)
            if (sample->trends[k].flags & TREND_FRESH)
                row[k] = value_number(&layout->fields[k], &sample->values[k]);
    }
}

void trends_step(struct trend_ring *ring, const struct layout *layout,
                 const struct sample *sample, uint64_t read)
{
    trend_ring_rest(ring, ~read);
    for (size_t i = 0; i < ring->strand_count; i++) {
        const struct frame *frame =
            &sample->frames[i < layout->mapping_count ? i : 0];
        if (!(ring->strands[i].mappings & ~read) &&
            trend_ring_step(ring, i, frame->mono_ns) == TREND_ROW_BLANK)
            fill_row(ring, layout, sample, i);
    }
}
