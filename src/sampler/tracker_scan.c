/* SPDX-License-Identifier: MIT */
/* Compares a chunk (up to 64 fields of a block), then notes its changes: the
 * first pass loads what the second needs.  `held` and the baseline are only
 * read.  Which blocks are scanned is decided by tracker.c. */
#include "sampler/tracker_scan.h"

/* A field that differs, with its bits before and after. */
struct field_change {
    const struct fast_field *fast;
    uint64_t before;
    uint64_t after;
};

/* --- noting a change ---------------------------------------------------- */

/* Sets the value of a number; returns it in shown units. */
static inline double put_value(struct tracker *tracker,
                               const struct fast_field *fast, uint64_t pattern)
{
    uint32_t field = fast->field;
    double number = fast_field_value(fast, pattern, &tracker->values[field]);
    if (fast->flags & FAST_SCALED) {
        const struct attributes *attr = tracker->layout->fields[field].attr;
        number = number * attr->scale + attr->bias;
    }
    if (tracker->cells.row)
        trend_cells_put(&tracker->cells, field, number);
    return number;
}

static inline void mark_changed(struct trend *trend, bool moved, int64_t now_ns)
{
    uint32_t flags = trend->flags & ~(uint32_t)TREND_MOVED;
    trend->flags =
        flags | TREND_CHANGED | TREND_VARIED | (moved ? TREND_MOVED : 0);
    trend->changed_ns = now_ns;
}

static inline void note_number(struct tracker *tracker,
                               const struct block *block,
                               const struct field_change *change,
                               int64_t now_ns)
{
    const struct fast_field *fast = change->fast;
    struct trend *trend = &tracker->trends[fast->field];
    uint64_t before = fast_field_pattern(fast, change->before);
    uint64_t after = fast_field_pattern(fast, change->after);
    if (fast->flags & FAST_RATED) {
        double delta = fast_field_delta(fast, before, after);
        if (fast->flags & FAST_SCALED)
            delta *= tracker->layout->fields[fast->field].attr->scale;
        trend->rate = rate_change(&tracker->rates[fast->field], delta,
                                  trend->changed_ns, now_ns);
    }
    trend_widen(trend, put_value(tracker, fast, after));
    uint64_t base = fast_field_word(fast, tracker->baseline + block->at);
    mark_changed(trend, fast_field_words_differ(fast, base, change->after),
                 now_ns);
}

static inline void note(struct tracker *tracker, const struct block *block,
                        const struct field_change *change, const uint8_t *fresh,
                        int64_t now_ns)
{
    const struct fast_field *fast = change->fast;
    if (fast->op != FAST_WIDE)
        note_number(tracker, block, change, now_ns);
    else
        mark_changed(
            &tracker->trends[fast->field],
            fast_field_differs(fast, tracker->baseline + block->at, fresh),
            now_ns);
}

/* Counts the values that end now, before they are replaced.  In a loop of its
 * own, because most samplers have no statistics. */
static void count_values(struct tracker *tracker,
                         const struct field_change *changes, unsigned count,
                         int64_t now_ns)
{
    for (unsigned i = 0; i < count; i++) {
        const struct fast_field *fast = changes[i].fast;
        const struct trend *trend = &tracker->trends[fast->field];
        struct statistic *statistic = &tracker->statistics[fast->field];
        struct value value;
        if (fast->op == FAST_WIDE)
            continue;
        double number = fast_field_value(
            fast, fast_field_pattern(fast, changes[i].before), &value);
        if (fast->flags & FAST_SCALED)
            number =
                value_number(&tracker->layout->fields[fast->field], &value);
        int64_t since_ns = trend->changed_ns > tracker->counted_ns
                               ? trend->changed_ns
                               : tracker->counted_ns;
        statistic_add(statistic, number, now_ns - since_ns);
        statistic->previous = value.u;
    }
}

void tracker_scan_note(struct tracker *tracker, struct block *block,
                       uint32_t index, const uint8_t *fresh, int64_t now_ns)
{
    CHECK(index < block->count);
    struct field_change change = {
        .fast = &tracker->plan.fast_fields[block->first + index],
    };
    if (change.fast->op != FAST_WIDE) {
        change.before = fast_field_word(change.fast, tracker->held + block->at);
        change.after = fast_field_word(change.fast, fresh);
    }
    if (tracker->statistics)
        count_values(tracker, &change, 1, now_ns);
    note(tracker, block, &change, fresh, now_ns);
    tracker->changed_bits[block->chunk + index / CHUNK_FIELDS] |=
        UINT64_C(1) << index % CHUNK_FIELDS;
    block->changed = true;
    tracker->changed++;
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

/* Loads into the cache what noting a change of the field needs. */
static inline void prefetch(const struct tracker *tracker, uint32_t field)
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

/* Fills `changes` with the fields that differ and returns how many; `*bits`
 * gets a bit for each of them. */
static unsigned find_changes(const struct tracker *tracker,
                             const struct fast_field *fast, unsigned count,
                             const uint8_t *held, const uint8_t *fresh,
                             uint64_t fields_end, struct field_change *changes,
                             uint64_t *bits)
{
    unsigned found = 0;
    uint64_t differing = 0;
    for (unsigned i = 0; i < count; i++, fast++) {
        struct field_change *change = &changes[found];
        change->fast = fast;
        bool differs;
        if (fast->op == FAST_WIDE) {
            differs = fast_field_differs(fast, held, fresh);
        } else {
            change->before = fast_field_word(fast, held);
            change->after = fast_field_word(fast, fresh);
            differs =
                fast_field_words_differ(fast, change->before, change->after);
        }
        differs &= fast->at + (uint64_t)fast->size <= fields_end;
        if (differs)
            prefetch(tracker, fast->field);
        differing |= (uint64_t)differs << i;
        found += differs;
    }
    *bits = differing;
    return found;
}

/* Clears TREND_CHANGED of the fields with a bit in `bits`. */
static void clear_bits(struct tracker *tracker, const struct fast_field *fast,
                       uint64_t bits)
{
    for (; bits != 0; bits >>= 1, fast++)
        if (bits & 1)
            tracker->trends[fast->field].flags &= ~(uint32_t)TREND_CHANGED;
}

void tracker_clear_changed(struct tracker *tracker, struct block *block)
{
    const struct fast_field *fast = &tracker->plan.fast_fields[block->first];
    uint64_t *bits = &tracker->changed_bits[block->chunk];
    for (uint32_t i = 0; i < block->count; i += CHUNK_FIELDS, bits++) {
        clear_bits(tracker, fast + i, *bits);
        *bits = 0;
    }
    block->changed = false;
}

void tracker_scan_block(struct tracker *tracker, struct block *block,
                        const uint8_t *fresh, uint64_t fields_end,
                        int64_t now_ns)
{
    struct field_change changes[CHUNK_FIELDS];
    const struct fast_field *fast = &tracker->plan.fast_fields[block->first];
    uint64_t *bits = &tracker->changed_bits[block->chunk];
    unsigned changed = 0;
    for (uint32_t i = 0; i < block->count; i += CHUNK_FIELDS, bits++) {
        unsigned count = block->count - i;
        if (count > CHUNK_FIELDS)
            count = CHUNK_FIELDS;
        uint64_t was = *bits;
        unsigned found =
            find_changes(tracker, fast + i, count, tracker->held + block->at,
                         fresh, fields_end, changes, bits);
        clear_bits(tracker, fast + i, was & ~*bits);
        if (tracker->statistics)
            count_values(tracker, changes, found, now_ns);
        for (unsigned k = 0; k < found; k++)
            note(tracker, block, &changes[k], fresh, now_ns);
        changed += found;
    }
    block->changed = changed > 0;
    tracker->changed += changed;
}
