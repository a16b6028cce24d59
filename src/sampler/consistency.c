/* SPDX-License-Identifier: MIT */
/* The reader's half of the snapshot methods: the fields loaded before and after
 * the copy must prove that no store to the frame fell between.  Loading them in
 * that order is source.h; publishing is writer/publish.c. */
#include "sampler/consistency.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/os.h"
#include "layout/snapshot.h"
#include "layout/words.h"

#define PAUSE_DOUBLINGS 6
#define PATIENCE_SHARE 20

/* The result of one look. */
enum look { LOOK_WHOLE, LOOK_TORN, LOOK_FIRST, LOOK_UNKNOWN };

int64_t consistency_patience(int64_t period_ns)
{
    CHECK(period_ns > 0);
    int64_t share_ns = period_ns / PATIENCE_SHARE;
    return share_ns < CONSISTENCY_PATIENCE_NS ? share_ns
                                              : CONSISTENCY_PATIENCE_NS;
}

/* --- making ------------------------------------------------------------- */

static void make_guards(struct consistency *c)
{
    size_t count = c->fast_count;
    struct extent *wanted = mem_zalloc(count, sizeof *wanted);
    for (size_t i = 0; i < count; i++) {
        const struct field *field =
            &c->layout->fields[snapshot_field(c->snapshot, i)];
        CHECK(field->base == FIELD_NO_BASE && field->size <= 8);
        wanted[i] = (struct extent){field->offset, field->size};
        if (field->offset + field->size > c->end)
            c->end = field->offset + field->size;
    }
    c->guard_count = ranges_make(wanted, count, &c->guards, &c->guard_bytes);
    c->fast_fields = mem_zalloc(count, sizeof *c->fast_fields);
    for (size_t i = 0; i < count; i++) {
        uint32_t index = snapshot_field(c->snapshot, i);
        size_t at = ranges_find(c->guards, c->guard_count, wanted[i].offset);
        CHECK(at <= UINT32_MAX);
        fast_field_make(&c->fast_fields[i], &c->layout->fields[index], index,
                        (uint32_t)at);
    }
    free(wanted);
}

void consistency_make(struct consistency *c, const struct layout *layout,
                      size_t mapping, struct source *source, size_t frame_bytes)
{
    CHECK(mapping < layout->mapping_count);
    const struct snapshot *snapshot = &layout->mappings[mapping].snapshot;
    *c = (struct consistency){
        .snapshot = snapshot,
        .layout = layout,
        .source = source,
        .patience_ns = CONSISTENCY_PATIENCE_NS,
        .fast_count = snapshot_field_count(snapshot),
        .result = {.method = snapshot->method},
    };
    if (snapshot->method == SNAPSHOT_STABLE) {
        c->copy_bytes = frame_bytes;
        c->copy = mem_zalloc(frame_bytes, 1);
    }
    if (c->fast_count == 0)
        return;
    make_guards(c);
    c->begun = mem_zalloc(c->guard_bytes, 1);
    c->ticks = mem_zalloc(c->fast_count, sizeof *c->ticks);
    source_guard(source, c->guards, c->guard_count);
}

void consistency_free(struct consistency *c)
{
    free(c->guards);
    free(c->fast_fields);
    free(c->copy);
    free(c->begun);
    free(c->ticks);
    *c = (struct consistency){0};
}

/* --- one look ----------------------------------------------------------- */

static uint64_t guard_value(const struct consistency *c, size_t n,
                            const uint8_t *guards)
{
    CHECK(n < c->fast_count);
    return fast_field_pattern(&c->fast_fields[n],
                              fast_field_word(&c->fast_fields[n], guards));
}

static enum look judge_seqlock(const struct consistency *c,
                               const struct frame *frame)
{
    uint64_t before = guard_value(c, 0, frame->before);
    uint64_t after = guard_value(c, 0, frame->after);
    return before == after && before % 2 == 0 ? LOOK_WHOLE : LOOK_TORN;
}

/* All writes that had begun after the copy had ended before it. */
static enum look judge_pair(const struct consistency *c,
                            const struct frame *frame)
{
    uint64_t ended = guard_value(c, 1, frame->before);
    uint64_t begun = guard_value(c, 0, frame->after);
    return ended == begun ? LOOK_WHOLE : LOOK_TORN;
}

/* Whether `tick` counts: 0 means "never written" until each buffer has had
 * another tick, because from then on the producer has wrapped. */
static bool is_written(const struct consistency *c, uint64_t tick)
{
    return tick != 0 || c->all_written;
}

/* Takes the ticks before the copy. */
static void take_ticks(struct consistency *c, const struct frame *frame)
{
    size_t written = 0;
    for (size_t i = 0; i < c->fast_count; i++) {
        c->ticks[i] = guard_value(c, i, frame->before);
        written += c->ticks[i] != 0;
    }
    if (written == 0 || frame->generation != c->generation)
        c->all_written = false;
    if (written == c->fast_count)
        c->all_written = true;
    c->generation = frame->generation;
}

/* The oldest buffer is written next, before its tick changes: the chosen one
 * must have the same tick after the copy and must not be the oldest then.
 * While no buffer is written, nothing was published. */
static enum look judge_newest(struct consistency *c, const struct frame *frame)
{
    unsigned bits = 64u - c->fast_fields[0].down;
    take_ticks(c, frame);
    uint32_t chosen =
        snapshot_newest(c->ticks, c->fast_count, bits, c->all_written);
    uint64_t tick = c->ticks[chosen];
    bool others = false, older = false;
    c->result.buffer = chosen;
    if (guard_value(c, chosen, frame->after) != tick)
        return LOOK_TORN;
    for (uint32_t i = 0; i < c->fast_count; i++) {
        uint64_t other = guard_value(c, i, frame->after);
        if (i == chosen || !is_written(c, other))
            continue;
        others = true;
        older = older || !tick_is_newer(other, tick, bits);
    }
    if (!is_written(c, tick))
        return LOOK_UNKNOWN;
    return older || !others ? LOOK_WHOLE : LOOK_TORN;
}

static enum look judge_stable(struct consistency *c, const struct frame *frame,
                              bool first)
{
    if (!first && memcmp(c->copy, frame->bytes, c->copy_bytes) == 0)
        return LOOK_WHOLE;
    memcpy(c->copy, frame->bytes, c->copy_bytes);
    return first ? LOOK_FIRST : LOOK_TORN;
}

static enum look judge(struct consistency *c, const struct frame *frame,
                       bool first)
{
    if (c->end > frame->size)
        return LOOK_UNKNOWN;
    switch (c->snapshot->method) {
    case SNAPSHOT_SEQLOCK:
        return judge_seqlock(c, frame);
    case SNAPSHOT_PAIR:
        return judge_pair(c, frame);
    case SNAPSHOT_NEWEST:
        return judge_newest(c, frame);
    case SNAPSHOT_STABLE:
        return judge_stable(c, frame, first);
    case SNAPSHOT_NONE:
        break;
    }
    return LOOK_WHOLE;
}

/* --- looking again ------------------------------------------------------ */

/* Whether it is the write during which the last frame was given up. */
static bool is_begun(const struct consistency *c, const struct frame *frame)
{
    return c->has_begun && memcmp(c->begun, frame->after, c->guard_bytes) == 0;
}

/* Pauses if it is time to; false if the frame is to be given up. */
static bool may_look_again(const struct consistency *c,
                           const struct frame *frame, unsigned looks,
                           int64_t end_ns)
{
    if (looks < CONSISTENCY_QUICK)
        return true;
    if (source_is_recorded(c->source) || is_begun(c, frame))
        return false;
    unsigned doublings = looks - CONSISTENCY_QUICK;
    if (doublings > PAUSE_DOUBLINGS)
        doublings = PAUSE_DOUBLINGS;
    int64_t pause_ns = CONSISTENCY_PAUSE_NS << doublings;
    if (frame->mono_ns > end_ns - pause_ns)
        return false;
    os_rest(pause_ns);
    return true;
}

/* False if nothing can be read any more. */
static bool look_again(struct consistency *c, struct frame *frame)
{
    if (source_again(c->source, frame))
        return true;
    bool replaced = frame->state == STATE_REPLACED;
    uint32_t generation = frame->generation;
    source_sample(c->source, frame);
    /* The first frame of a generation keeps its state if it was read twice. */
    if (replaced && frame->state == STATE_LIVE &&
        frame->generation == generation)
        frame->state = STATE_REPLACED;
    return frame->bytes;
}

static void accept(struct consistency *c, const struct frame *frame,
                   enum look look)
{
    c->has_begun = false;
    c->stuck = false;
    c->result.verdict = VERDICT_UNKNOWN;
    if (look == LOOK_UNKNOWN)
        return;
    c->result.verdict = VERDICT_WHOLE;
    c->result.whole_ns = frame->mono_ns;
}

static void give_up(struct consistency *c, const struct frame *frame)
{
    c->result.verdict = VERDICT_TORN;
    c->result.given_up++;
    if (!c->begun)
        return;
    c->stuck = is_begun(c, frame);
    c->has_begun = true;
    memcpy(c->begun, frame->after, c->guard_bytes);
}

/* Judges a frame that was just read; reads again until one is whole. */
static void settle(struct consistency *c, struct frame *frame)
{
    struct consistency_result *result = &c->result;
    int64_t end_ns = frame->mono_ns + c->patience_ns;
    for (unsigned looks = 1;; looks++) {
        enum look look = judge(c, frame, looks == 1);
        if (look == LOOK_WHOLE || look == LOOK_UNKNOWN) {
            accept(c, frame, look);
            return;
        }
        result->torn += look == LOOK_TORN;
        if (!may_look_again(c, frame, looks, end_ns)) {
            give_up(c, frame);
            return;
        }
        result->retries += look == LOOK_TORN;
        if (!look_again(c, frame))
            return;
    }
}

void consistency_sample(struct consistency *c, struct frame *frame)
{
    CHECK(c->source);
    source_sample(c->source, frame);
    c->result.verdict = VERDICT_NONE;
    if (c->result.method == SNAPSHOT_NONE || !frame->bytes)
        return;
    c->result.frames++;
    settle(c, frame);
}

void consistency_again(struct consistency *c, struct frame *frame,
                       size_t frame_bytes)
{
    if (c->copy) {
        free(c->copy);
        c->copy_bytes = frame_bytes;
        c->copy = mem_zalloc(frame_bytes, 1);
    }
    c->result.verdict = VERDICT_NONE;
    if (look_again(c, frame) && c->result.method != SNAPSHOT_NONE)
        settle(c, frame);
}

/* --- words -------------------------------------------------------------- */

static void note_unfinished(struct consistency *c, bool stale)
{
    const struct field *fields = c->layout->fields;
    const struct snapshot *snapshot = c->snapshot;
    char what[180] = "";
    if (snapshot->method == SNAPSHOT_SEQLOCK)
        snprintf(what, sizeof what, "%.100s is odd",
                 fields[snapshot->seq].path);
    else if (snapshot->method == SNAPSHOT_PAIR)
        snprintf(what, sizeof what, "%.80s and %.80s differ",
                 fields[snapshot->begin].path, fields[snapshot->end].path);
    if (stale)
        snprintf(c->note, sizeof c->note,
                 "a write was begun and has not ended: %s; did the producer "
                 "die?",
                 what);
    else
        snprintf(c->note, sizeof c->note, "held: a write has not ended: %s",
                 what);
}

const char *consistency_note(struct consistency *c, bool stale)
{
    if (c->result.verdict != VERDICT_TORN)
        return "";
    if (c->stuck && c->snapshot->method != SNAPSHOT_NEWEST)
        note_unfinished(c, stale);
    else
        snprintf(c->note, sizeof c->note,
                 "held: the producer was writing at each look%s",
                 stale ? "; does it ever rest?" : "");
    return c->note;
}

const char *consistency_word(const struct consistency_result *result)
{
    if (result->verdict != VERDICT_WHOLE)
        return "";
    return word_of(snapshot_words, (int)result->method);
}
