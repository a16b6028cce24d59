/* SPDX-License-Identifier: MIT */
/* Compares a producer's own count of its updates from sample to sample. Whether
 * a frame is whole is consistency.c. */
#include "sampler/missed.h"

#include "base/err.h"
#include "layout/field.h"
#include "layout/snapshot.h"

/* A number with a unit is a quantity, and a time moves on without updates. */
static bool counts_updates(const struct field *field)
{
    const struct attributes *attr = field->attr;
    return kind_is_integer(field->kind) && !attr->labels && !attr->scaled &&
           !attr->unit && attr->show < SHOW_DURATION &&
           (attr->role == ROLE_COUNTER || attr->role == ROLE_GAUGE);
}

uint32_t missed_field(const struct layout *layout, size_t mapping,
                      uint32_t buffer)
{
    CHECK(mapping < layout->mapping_count);
    const struct snapshot *snapshot = &layout->mappings[mapping].snapshot;
    uint32_t beat = layout->mappings[mapping].heartbeat;
    switch (snapshot->method) {
    case SNAPSHOT_SEQLOCK:
        return snapshot->seq;
    case SNAPSHOT_PAIR:
        return snapshot->end;
    case SNAPSHOT_NEWEST:
        return snapshot_field(snapshot, buffer);
    case SNAPSHOT_NONE:
    case SNAPSHOT_STABLE:
        break;
    }
    return beat != FIELD_NONE && counts_updates(&layout->fields[beat])
               ? beat
               : FIELD_NONE;
}

/* How many updates lie between two counts; 0 if the counter went back. */
static uint64_t updates_between(const struct field *field, uint64_t before,
                                uint64_t after, bool seqlock)
{
    unsigned bits = field_bits(field);
    uint64_t forward = (after - before) & UINT64_MAX >> (64 - bits);
    if (forward >> (bits - 1))
        return 0;
    return seqlock ? forward / 2 : forward;
}

void missed_step(struct missed *missed, const struct layout *layout,
                 size_t mapping, const struct sample *sample)
{
    const struct consistency_result *whole = &sample->consistency[mapping];
    bool seqlock = whole->method == SNAPSHOT_SEQLOCK;
    uint32_t index = missed_field(layout, mapping, whole->buffer);
    if (!state_is_read(sample->frames[mapping].state)) {
        missed_break(missed);
        return;
    }
    if (index == FIELD_NONE || whole->verdict == VERDICT_TORN ||
        whole->verdict == VERDICT_UNKNOWN ||
        !(sample->trends[index].flags & TREND_FRESH))
        return;
    uint64_t count = sample->values[index].u;
    if (missed->known) {
        uint64_t updates = updates_between(&layout->fields[index], missed->last,
                                           count, seqlock);
        missed->updates += updates > 1 ? updates - 1 : 0;
        missed->samples++;
    }
    missed->known = true;
    missed->last = count;
}

void missed_break(struct missed *missed)
{
    missed->known = false;
}

void missed_rebase(struct missed *missed)
{
    missed->updates = missed->samples = 0;
}
