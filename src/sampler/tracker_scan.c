/* SPDX-License-Identifier: MIT */
/*
 * Compare first, then note: the first pass over a chunk has no branches that
 * depend on data and sends for the memory that the second pass will need.
 * Invariant: `held` and the baseline are only read.  When to scan what is
 * track.c's business.
 */
#include "sampler/tracker_scan.h"

/* A field that differs, with its bits before and after. */
struct hit {
    const struct probe *probe;
    uint64_t before;
    uint64_t after;
};

/* --- noting a change ---------------------------------------------------- */

/* Takes over the value of a number; returns it in shown units. */
static inline double put_value(struct track *track, const struct probe *probe,
                               uint64_t pattern)
{
    uint32_t field = probe->field;
    double number = probe_value(probe, pattern, &track->values[field]);
    if (probe->flags & PROBE_SCALED) {
        const struct attributes *attr = track->layout->fields[field].attr;
        number = number * attr->scale + attr->bias;
    }
    if (track->row)
        track->row[field] = number;
    return number;
}

static inline void move_rate(struct track *track, const struct probe *probe,
                             double delta, int64_t now_ns)
{
    if (probe->flags & PROBE_SCALED)
        delta *= track->layout->fields[probe->field].attr->scale;
    rate_change(&track->rates[probe->field], &track->trends[probe->field].rate,
                delta, now_ns);
}

static inline void mark(struct trend *trend, bool moved, int64_t now_ns)
{
    uint32_t flags = trend->flags & ~(uint32_t)TREND_MOVED;
    trend->flags = flags | TREND_CHANGED | (moved ? TREND_MOVED : 0);
    trend->changed_ns = now_ns;
}

static inline void note_number(struct track *track, const struct block *block,
                               const struct hit *hit, int64_t now_ns)
{
    const struct probe *probe = hit->probe;
    struct trend *trend = &track->trends[probe->field];
    uint64_t before = probe_pattern(probe, hit->before);
    uint64_t after = probe_pattern(probe, hit->after);
    if (probe->flags & PROBE_RATED)
        move_rate(track, probe, probe_delta(probe, before, after), now_ns);
    double number = put_value(track, probe, after);
    scan_widen(trend, number);
    uint64_t base = probe_word(probe, track->baseline + block->at);
    mark(trend, probe_words_differ(probe, base, hit->after), now_ns);
}

static void note_wide(struct track *track, const struct block *block,
                      const struct probe *probe, const uint8_t *fresh,
                      int64_t now_ns)
{
    const uint8_t *base = track->baseline + block->at;
    mark(&track->trends[probe->field], probe_differs(probe, base, fresh),
         now_ns);
}

void scan_note(struct track *track, const struct block *block,
               const struct probe *probe, const uint8_t *fresh, int64_t now_ns)
{
    if (probe->op == PROBE_WIDE) {
        note_wide(track, block, probe, fresh, now_ns);
        return;
    }
    const struct hit hit = {
        .probe = probe,
        .before = probe_word(probe, track->held + block->at),
        .after = probe_word(probe, fresh),
    };
    note_number(track, block, &hit, now_ns);
}

double scan_value(struct track *track, const struct probe *probe,
                  const uint8_t *bytes)
{
    struct value *value = &track->values[probe->field];
    if (probe->op == PROBE_WIDE) {
        value->type = VALUE_BYTES;
        value->bytes = bytes + probe->at;
        return NAN;
    }
    return put_value(track, probe,
                     probe_pattern(probe, probe_word(probe, bytes)));
}

/* --- finding changes ---------------------------------------------------- */

static inline void send_for(const struct track *track, uint32_t field)
{
#if defined(__GNUC__)
    __builtin_prefetch(&track->values[field], 1);
    __builtin_prefetch(&track->trends[field], 1);
    __builtin_prefetch(&track->rates[field], 1);
#else
    (void)track;
    (void)field;
#endif
}

/* Fills `hits` with the fields that differ and returns how many; `*lit` gets
 * a bit for each of them. */
static unsigned find_hits(const struct track *track, const struct probe *probes,
                          unsigned count, const uint8_t *held,
                          const uint8_t *fresh, uint64_t fields_end,
                          struct hit *hits, uint64_t *lit)
{
    unsigned found = 0;
    uint64_t bits = 0;
    for (unsigned i = 0; i < count; i++) {
        const struct probe *probe = &probes[i];
        struct hit *hit = &hits[found];
        hit->probe = probe;
        bool differs;
        if (probe->op == PROBE_WIDE) {
            differs = probe_differs(probe, held, fresh);
        } else {
            hit->before = probe_word(probe, held);
            hit->after = probe_word(probe, fresh);
            differs = probe_words_differ(probe, hit->before, hit->after);
        }
        differs &= probe->at + (uint64_t)probe->size <= fields_end;
        if (differs)
            send_for(track, probe->field);
        bits |= (uint64_t)differs << i;
        found += differs;
    }
    *lit = bits;
    return found;
}

/* What was lit by the last change and is not by this one. */
static void unlight(struct track *track, const struct probe *probes,
                    uint64_t bits)
{
    for (unsigned i = 0; bits != 0; i++, bits >>= 1)
        if (bits & 1)
            track->trends[probes[i].field].flags &= ~(uint32_t)TREND_CHANGED;
}

unsigned scan_chunk(struct track *track, const struct block *block,
                    uint32_t chunk, const uint8_t *fresh, uint64_t fields_end,
                    int64_t now_ns)
{
    struct hit hits[CHUNK_PROBES];
    uint32_t first = chunk * CHUNK_PROBES;
    const struct probe *probes = &track->plan.probes[block->first + first];
    unsigned count = block->count - first;
    if (count > CHUNK_PROBES)
        count = CHUNK_PROBES;
    uint64_t *lit = &track->lit[block->chunk + chunk];
    uint64_t was = *lit;
    unsigned found = find_hits(track, probes, count, track->held + block->at,
                               fresh, fields_end, hits, lit);
    unlight(track, probes, was & ~*lit);
    for (unsigned i = 0; i < found; i++)
        if (hits[i].probe->op == PROBE_WIDE)
            note_wide(track, block, hits[i].probe, fresh, now_ns);
        else
            note_number(track, block, &hits[i], now_ns);
    return found;
}
