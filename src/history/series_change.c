/* SPDX-License-Identifier: MIT */
/* When the values of some fields changed.  Back, the samples themselves know
 * since when they are what they are; on, one field has a series, several are
 * looked at in each sample. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "history/history_private.h"

#define SERIES_MOST 4 /* fields that are read by series */

/* Some fields, and what they were. */
struct values {
    const struct layout *layout;
    const uint32_t *fields;
    uint64_t *hashes; /* 0: no value */
    size_t count;
};

static uint64_t hash_of(const struct values *values,
                        const struct sample *sample, size_t index)
{
    uint32_t field = values->fields[index];
    const struct value *value = &sample->values[field];
    const struct field *of = &values->layout->fields[field];
    if (value->type == VALUE_NONE)
        return 0;
    if (value->type != VALUE_BYTES)
        return (value->u ^ (uint64_t)value->type) *
                   UINT64_C(0x9e3779b97f4a7c15) |
               1;
    size_t bytes = of->kind == KIND_COMPUTED
                       ? strlen((const char *)value->bytes)
                       : of->size;
    return mem_hash(value->bytes, bytes) | 1;
}

static void note_values(struct values *values, const struct sample *sample)
{
    for (size_t i = 0; i < values->count; i++)
        values->hashes[i] = hash_of(values, sample, i);
}

/* Whether any of them is another one; no value is none. */
static bool differs(const struct values *values, const struct sample *sample)
{
    for (size_t i = 0; i < values->count; i++) {
        uint64_t hash = hash_of(values, sample, i);
        if (hash && hash != values->hashes[i])
            return true;
    }
    return false;
}

/* Goes through the records of the sync with the one at `*at_ns`: the last one
 * up to there with another value, or 0; then `*at_ns` is before them. */
static int64_t find_in_sync(struct history *history,
                            const struct values *values, int64_t *at_ns)
{
    struct player *walker = &history->walker;
    uint64_t number = tape_find(&history->tape, *at_ns);
    int64_t first_ns = tape_sync(&history->tape, number)->first_key;
    int64_t found_ns = 0;
    if (!player_seek(walker, history, first_ns))
        return 0;
    do
        if (differs(values, sampler_last(walker->sampler)))
            found_ns = walker->key;
    while (player_next(walker) && walker->key <= *at_ns);
    *at_ns = history_find_step(history, first_ns, -1);
    return found_ns;
}

static int64_t last_change(const struct values *values,
                           const struct sample *sample)
{
    int64_t changed_ns = 0;
    for (size_t i = 0; i < values->count; i++) {
        uint32_t field = values->fields[i];
        if (sample->values[field].type != VALUE_NONE &&
            sample->trends[field].changed_ns > changed_ns)
            changed_ns = sample->trends[field].changed_ns;
    }
    return changed_ns;
}

static int64_t find_back(struct history *history, struct values *values,
                         int64_t at_ns)
{
    struct player *walker = &history->walker;
    int64_t oldest_ns = history_span(history).first_ns;
    if (!player_seek(walker, history, at_ns))
        return 0;
    note_values(values, sampler_last(walker->sampler));
    for (;;) {
        if (!player_seek(walker, history, at_ns))
            return 0;
        const struct sample *sample = sampler_last(walker->sampler);
        if (differs(values, sample))
            return walker->key;
        if (walker->key == oldest_ns)
            return 0;
        int64_t changed_ns = last_change(values, sample);
        if (changed_ns) {
            /* The change was in the first sample that is not before it.  The
             * frames of a sample are read one after the other, so one of them
             * may be later than the next sample. */
            int64_t change = history_find(history, changed_ns);
            if (change > walker->key)
                change = walker->key;
            if (change == oldest_ns || changed_ns < oldest_ns)
                return 0;
            at_ns = history_find_step(history, change, -1);
            continue;
        }
        int64_t found_ns = find_in_sync(history, values, &at_ns);
        if (found_ns)
            return found_ns;
        if (walker->key == oldest_ns || at_ns >= walker->key)
            return 0;
    }
}

static int64_t find_on(struct history *history, struct values *values,
                       int64_t at_ns)
{
    struct player *walker = &history->walker;
    if (!player_seek(walker, history, at_ns))
        return 0;
    const struct sample *sample = sampler_last(walker->sampler);
    uint64_t kind = sample->generation + sample->moves;
    note_values(values, sample);
    while (player_next(walker)) {
        /* Values that begin are no changes. */
        bool begins = sample->generation + sample->moves != kind;
        if ((sample->changed_count || begins) && differs(values, sample))
            return walker->key;
    }
    return 0;
}

int64_t history_find_change(struct history *history, const uint32_t *fields,
                            size_t count, int64_t at_ns, bool forward)
{
    int64_t found_ns = 0;
    if (history->problem || !history->tape.count || !count)
        return 0;
    if (forward && count <= SERIES_MOST) {
        for (size_t i = 0; i < count; i++) {
            int64_t next_ns = series_next_change(history, fields[i], at_ns);
            if (next_ns && (!found_ns || next_ns < found_ns))
                found_ns = next_ns;
        }
        return found_ns;
    }
    struct values values = {
        .layout = history->layout,
        .fields = fields,
        .hashes = mem_zalloc(count, sizeof *values.hashes),
        .count = count,
    };
    found_ns = forward ? find_on(history, &values, at_ns)
                       : find_back(history, &values, at_ns);
    free(values.hashes);
    return found_ns;
}
