/* SPDX-License-Identifier: MIT */
/*
 * Compare first, then note: the first pass over a chunk has no branches that
 * depend on data and sends for the memory that the second pass will need.
 * Invariant: `held` and the baseline are only read.  When to scan what is
 * tracker.c's business.
 */
#include "sampler/tracker_scan.h"

/* A field that differs, with its bits before and after. */
struct hit {
    const struct fast_field *fast;
    uint64_t before;
    uint64_t after;
};

/* --- noting a change ---------------------------------------------------- */

/* Takes over the value of a number; returns it in shown units. */
static inline double put_value(struct tracker *tracker,
                               const struct fast_field *fast, uint64_t pattern)
{
    uint32_t field = fast->field;
    double number = fast_field_value(fast, pattern, &tracker->values[field]);
    if (fast->flags & FAST_SCALED) {
        const struct attributes *attr = tracker->layout->fields[field].attr;
        number = number * attr->scale + attr->bias;
    }
    if (tracker->row)
        tracker->row[field] = number;
    return number;
}

static inline void move_rate(struct tracker *tracker,
                             const struct fast_field *fast, double delta,
                             int64_t now_ns)
{
    if (fast->flags & FAST_SCALED)
        delta *= tracker->layout->fields[fast->field].attr->scale;
    rate_change(&tracker->rates[fast->field],
                &tracker->trends[fast->field].rate, delta, now_ns);
}

static inline void mark(struct trend *trend, bool moved, int64_t now_ns)
{
    uint32_t flags = trend->flags & ~(uint32_t)TREND_MOVED;
    trend->flags = flags | TREND_CHANGED | (moved ? TREND_MOVED : 0);
    trend->changed_ns = now_ns;
}

static inline void note_number(struct tracker *tracker,
                               const struct block *block, const struct hit *hit,
                               int64_t now_ns)
{
    const struct fast_field *fast = hit->fast;
    struct trend *trend = &tracker->trends[fast->field];
    uint64_t before = fast_field_pattern(fast, hit->before);
    uint64_t after = fast_field_pattern(fast, hit->after);
    if (fast->flags & FAST_RATED)
        move_rate(tracker, fast, fast_field_delta(fast, before, after), now_ns);
    double number = put_value(tracker, fast, after);
    trend_widen(trend, number);
    uint64_t base = fast_field_word(fast, tracker->baseline + block->at);
    mark(trend, fast_field_words_differ(fast, base, hit->after), now_ns);
}

static void note_wide(struct tracker *tracker, const struct block *block,
                      const struct fast_field *fast, const uint8_t *fresh,
                      int64_t now_ns)
{
    const uint8_t *base = tracker->baseline + block->at;
    mark(&tracker->trends[fast->field], fast_field_differs(fast, base, fresh),
         now_ns);
}

void tracker_scan_note(struct tracker *tracker, const struct block *block,
                       const struct fast_field *fast, const uint8_t *fresh,
                       int64_t now_ns)
{
    if (fast->op == FAST_WIDE) {
        note_wide(tracker, block, fast, fresh, now_ns);
        return;
    }
    const struct hit hit = {
        .fast = fast,
        .before = fast_field_word(fast, tracker->held + block->at),
        .after = fast_field_word(fast, fresh),
    };
    note_number(tracker, block, &hit, now_ns);
}

double tracker_scan_value(struct tracker *tracker,
                          const struct fast_field *fast, const uint8_t *bytes)
{
    struct value *value = &tracker->values[fast->field];
    if (fast->op == FAST_WIDE) {
        value->type = VALUE_BYTES;
        value->bytes = bytes + fast->at;
        return NAN;
    }
    return put_value(tracker, fast,
                     fast_field_pattern(fast, fast_field_word(fast, bytes)));
}

/* --- finding changes ---------------------------------------------------- */

static inline void send_for(const struct tracker *tracker, uint32_t field)
{
#if defined(__GNUC__)
    __builtin_prefetch(&tracker->values[field], 1);
    __builtin_prefetch(&tracker->trends[field], 1);
    __builtin_prefetch(&tracker->rates[field], 1);
#else
    (void)tracker;
    (void)field;
#endif
}

/* Fills `hits` with the fields that differ and returns how many; `*lit` gets
 * a bit for each of them. */
static unsigned find_hits(const struct tracker *tracker,
                          const struct fast_field *fast_fields, unsigned count,
                          const uint8_t *held, const uint8_t *fresh,
                          uint64_t fields_end, struct hit *hits, uint64_t *lit)
{
    unsigned found = 0;
    uint64_t bits = 0;
    for (unsigned i = 0; i < count; i++) {
        const struct fast_field *fast = &fast_fields[i];
        struct hit *hit = &hits[found];
        hit->fast = fast;
        bool differs;
        if (fast->op == FAST_WIDE) {
            differs = fast_field_differs(fast, held, fresh);
        } else {
            hit->before = fast_field_word(fast, held);
            hit->after = fast_field_word(fast, fresh);
            differs = fast_field_words_differ(fast, hit->before, hit->after);
        }
        differs &= fast->at + (uint64_t)fast->size <= fields_end;
        if (differs)
            send_for(tracker, fast->field);
        bits |= (uint64_t)differs << i;
        found += differs;
    }
    *lit = bits;
    return found;
}

/* What was lit by the last change and is not by this one. */
static void unlight(struct tracker *tracker,
                    const struct fast_field *fast_fields, uint64_t bits)
{
    for (unsigned i = 0; bits != 0; i++, bits >>= 1)
        if (bits & 1)
            tracker->trends[fast_fields[i].field].flags &=
                ~(uint32_t)TREND_CHANGED;
}

unsigned tracker_scan_chunk(struct tracker *tracker, const struct block *block,
                            uint32_t chunk, const uint8_t *fresh,
                            uint64_t fields_end, int64_t now_ns)
{
    struct hit hits[CHUNK_FIELDS];
    uint32_t first = chunk * CHUNK_FIELDS;
    const struct fast_field *fast_fields =
        &tracker->plan.fast_fields[block->first + first];
    unsigned count = block->count - first;
    if (count > CHUNK_FIELDS)
        count = CHUNK_FIELDS;
    uint64_t *lit = &tracker->lit[block->chunk + chunk];
    uint64_t was = *lit;
    unsigned found =
        find_hits(tracker, fast_fields, count, tracker->held + block->at, fresh,
                  fields_end, hits, lit);
    unlight(tracker, fast_fields, was & ~*lit);
    for (unsigned i = 0; i < found; i++)
        if (hits[i].fast->op == FAST_WIDE)
            note_wide(tracker, block, hits[i].fast, fresh, now_ns);
        else
            note_number(tracker, block, &hits[i], now_ns);
    return found;
}
