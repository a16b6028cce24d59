/* SPDX-License-Identifier: MIT */
/*
 * The inner loop of watching.  Invariant: `held` has, for every field with a
 * value, the bytes of that value; flags are right after each step although
 * only blocks that differ, or differed last time, are touched.  Where frames
 * come from and what state they are in is the sampler's business.
 */
#include "sampler/tracker.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"
#include "sampler/tracker_scan.h"

static void forget(struct track *track, uint32_t field)
{
    track->values[field] = (struct value){.type = VALUE_NONE};
    track->trends[field] = (struct trend){.rate = NAN, .min = NAN, .max = NAN};
    rate_reset(&track->rates[field]);
}

/* What is to be known of a field that has no place. */
static uint32_t placeless_flag(const struct track *track,
                               const struct field *field)
{
    if (field->base == FIELD_NO_BASE)
        return 0;
    switch (track->places[field->base].state) {
    case BASE_ABSENT:
        return TREND_ABSENT;
    case BASE_BAD:
        return TREND_MISPLACED;
    default:
        return 0;
    }
}

static void make_plan(struct track *track)
{
    plan_make(&track->plan, track->layout, track->mapping, track->places);
    track->held = mem_zalloc(track->plan.frame_bytes, 1);
    track->baseline = mem_zalloc(track->plan.frame_bytes, 1);
    track->lit = mem_zalloc(track->plan.chunk_count, sizeof(uint64_t));
}

void track_make(struct track *track, const struct layout *layout,
                size_t mapping, const struct base_place *places,
                struct value *values, struct trend *trends, struct rate *rates)
{
    *track = (struct track){
        .layout = layout,
        .mapping = mapping,
        .places = places,
        .values = values,
        .trends = trends,
        .rates = rates,
    };
    make_plan(track);
    for (size_t i = 0; i < layout->field_count; i++) {
        const struct field *field = &layout->fields[i];
        if (field->mapping != mapping || field->base == FIELD_NO_BASE)
            continue;
        forget(track, (uint32_t)i);
        trends[i].flags = placeless_flag(track, field);
    }
    track_reset(track);
}

void track_free(struct track *track)
{
    plan_free(&track->plan);
    free(track->held);
    free(track->baseline);
    free(track->lit);
    *track = (struct track){0};
}

void track_reset(struct track *track)
{
    for (size_t i = 0; i < track->plan.probe_count; i++)
        forget(track, track->plan.probes[i].field);
    for (size_t i = 0; i < track->plan.block_count; i++) {
        track->plan.blocks[i].quiet_ns = INT64_MAX;
        track->plan.blocks[i].lit = false;
    }
    memset(track->lit, 0, track->plan.chunk_count * sizeof(uint64_t));
    track->limit = 0;
    track->seen = 0;
    track->changed = 0;
    track->paused = false;
}

void track_put_gap(const struct track *track, double *row)
{
    for (size_t i = 0; i < track->plan.probe_count; i++)
        row[track->plan.probes[i].field] = NAN;
}

/* --- one field ---------------------------------------------------------- */

/* A field without a value is seen; its bytes are in `held` already. */
static void reveal(struct track *track, const struct block *block,
                   const struct probe *probe, int64_t now_ns)
{
    const uint8_t *held = track->held + block->at;
    struct trend *trend = &track->trends[probe->field];
    memcpy(track->baseline + block->at + probe->at, held + probe->at,
           probe->size);
    *trend = (struct trend){
        .changed_ns = now_ns,
        .rate = NAN,
        .min = NAN,
        .max = NAN,
        .flags = TREND_FRESH,
    };
    scan_widen(trend, scan_value(track, probe, held));
}

static void hold(struct track *track, const struct probe *probe)
{
    struct trend *trend = &track->trends[probe->field];
    trend->flags &= ~(uint32_t)(TREND_FRESH | TREND_CHANGED);
    trend->flags |= TREND_HELD;
    trend->rate = NAN;
    rate_reset(&track->rates[probe->field]);
    if (track->row)
        track->row[probe->field] = NAN;
}

/* --- one block ---------------------------------------------------------- */

static void quiet_by(struct block *block, int64_t when_ns)
{
    if (when_ns < block->quiet_ns)
        block->quiet_ns = when_ns;
}

static int64_t soonest_quiet(int64_t now_ns)
{
    return now_ns > INT64_MAX - RATE_QUIET_NS ? INT64_MAX
                                              : now_ns + RATE_QUIET_NS;
}

/* Notes what differs among the fields that end within the first `fields_end`
 * bytes of a block. */
static void scan_block(struct track *track, struct block *block,
                       const uint8_t *fresh, uint64_t fields_end,
                       int64_t now_ns)
{
    unsigned changed = 0;
    for (uint32_t i = 0; i * CHUNK_PROBES < block->count; i++)
        changed += scan_chunk(track, block, i, fresh, fields_end, now_ns);
    block->lit = changed > 0;
    track->changed += changed;
    if (changed > 0)
        quiet_by(block, soonest_quiet(now_ns));
}

/* Nothing has changed where something had. */
static void clear_block(struct track *track, struct block *block)
{
    for (uint32_t i = 0; i < block->count; i++) {
        uint32_t field = track->plan.probes[block->first + i].field;
        track->trends[field].flags &= ~(uint32_t)TREND_CHANGED;
        track->lit[block->chunk + i / CHUNK_PROBES] = 0;
    }
    block->lit = false;
}

/* Sets the rates to 0 whose time has come, and finds when the next one's
 * will. */
static void quiet_block(struct track *track, struct block *block,
                        int64_t now_ns)
{
    block->quiet_ns = INT64_MAX;
    for (uint32_t i = 0; i < block->count; i++) {
        const struct probe *probe = &track->plan.probes[block->first + i];
        struct trend *trend = &track->trends[probe->field];
        if (!(probe->flags & PROBE_RATED) || !(trend->flags & TREND_FRESH) ||
            trend->rate == 0)
            continue;
        int64_t deadline =
            rate_deadline(&track->rates[probe->field], trend->changed_ns);
        if (deadline <= now_ns)
            trend->rate = 0;
        else
            quiet_by(block, deadline);
    }
}

/* How many bytes of the block are within the first `size` of the mapping. */
static uint64_t block_extent(const struct block *block, uint64_t size)
{
    uint64_t start = block->end - block->len;
    if (size <= start)
        return 0;
    return size - start < block->len ? size - start : block->len;
}

static void take_over_part(struct track *track, const struct block *block,
                           const uint8_t *fresh, uint64_t fields_end)
{
    for (uint32_t i = 0; i < block->count; i++) {
        const struct probe *probe = &track->plan.probes[block->first + i];
        if (probe->at + (uint64_t)probe->size <= fields_end)
            memcpy(track->held + block->at + probe->at, fresh + probe->at,
                   probe->size);
    }
}

/* --- all blocks --------------------------------------------------------- */

/* Looks for changes in the fields that end within `limit`; all of them have
 * values. */
static void scan(struct track *track, const struct frame *frame, uint64_t limit)
{
    int64_t now_ns = frame->mono_ns;
    for (size_t i = 0; i < track->plan.block_count; i++) {
        struct block *block = &track->plan.blocks[i];
        const uint8_t *fresh = frame->bytes + block->at;
        uint8_t *held = track->held + block->at;
        if (block->end > limit) {
            uint64_t fields_end = block_extent(block, limit);
            if (fields_end == 0)
                break;
            scan_block(track, block, fresh, fields_end, now_ns);
            take_over_part(track, block, fresh, fields_end);
        } else if (memcmp(held, fresh, block->len) != 0) {
            scan_block(track, block, fresh, UINT64_MAX, now_ns);
            memcpy(held, fresh, block->len);
        } else if (block->lit) {
            clear_block(track, block);
        }
        if (block->quiet_ns <= now_ns)
            quiet_block(track, block, now_ns);
    }
}

/* Fields that are back: they are compared with what was held. */
static void return_block(struct track *track, struct block *block,
                         const struct frame *frame, uint64_t was, uint64_t is)
{
    const uint8_t *fresh = frame->bytes + block->at;
    for (uint32_t i = 0; i < block->count; i++) {
        const struct probe *probe = &track->plan.probes[block->first + i];
        uint64_t end = probe->at + (uint64_t)probe->size;
        struct value *value = &track->values[probe->field];
        if (end <= was || end > is || value->type == VALUE_NONE)
            continue;
        struct trend *trend = &track->trends[probe->field];
        trend->flags &= ~(uint32_t)TREND_HELD;
        trend->flags |= TREND_FRESH;
        if (probe_differs(probe, track->held + block->at, fresh)) {
            scan_note(track, block, probe, fresh, frame->mono_ns);
            block->lit = true;
            track->lit[block->chunk + i / CHUNK_PROBES] |= UINT64_C(1)
                                                           << i % CHUNK_PROBES;
            track->changed++;
        } else if (probe->op != PROBE_WIDE) {
            scan_value(track, probe, fresh);
        }
    }
}

/* Takes over the bytes of all fields that became fresh, and shows those that
 * have never been seen. */
static void reveal_block(struct track *track, struct block *block,
                         const struct frame *frame, uint64_t was, uint64_t is)
{
    const uint8_t *fresh = frame->bytes + block->at;
    for (uint32_t i = 0; i < block->count; i++) {
        const struct probe *probe = &track->plan.probes[block->first + i];
        uint64_t end = probe->at + (uint64_t)probe->size;
        if (end <= was || end > is)
            continue;
        memcpy(track->held + block->at + probe->at, fresh + probe->at,
               probe->size);
        if (track->values[probe->field].type == VALUE_NONE)
            reveal(track, block, probe, frame->mono_ns);
    }
    quiet_by(block, soonest_quiet(frame->mono_ns));
}

static void hold_block(struct track *track, struct block *block, uint64_t was,
                       uint64_t is)
{
    for (uint32_t i = 0; i < block->count; i++) {
        const struct probe *probe = &track->plan.probes[block->first + i];
        uint64_t end = probe->at + (uint64_t)probe->size;
        if (end <= was && end > is)
            hold(track, probe);
    }
}

/* Another part of the mapping can be read than before. */
static void move_limit(struct track *track, const struct frame *frame,
                       uint64_t limit)
{
    for (size_t i = track->plan.block_count; i-- > 0;) {
        struct block *block = &track->plan.blocks[i];
        uint64_t was = block_extent(block, track->limit);
        uint64_t is = block_extent(block, limit);
        if (is > was) {
            return_block(track, block, frame, was, is);
            reveal_block(track, block, frame, was, is);
        } else if (is < was) {
            hold_block(track, block, was, is);
        }
    }
    if (limit > track->limit)
        track->active_ns = frame->mono_ns;
    track->limit = limit;
}

/* The first frame of a plan: blocks are not those of the step before, and any
 * of them may hold fields with values and fields without. */
static void settle(struct track *track, const struct frame *frame,
                   uint64_t limit)
{
    for (size_t i = 0; i < track->plan.block_count; i++) {
        struct block *block = &track->plan.blocks[i];
        uint64_t was = block_extent(block, track->limit);
        uint64_t is = block_extent(block, limit);
        clear_block(track, block);
        if (is < was)
            hold_block(track, block, was, is);
        if (is > 0) {
            return_block(track, block, frame, 0, is);
            reveal_block(track, block, frame, 0, is);
        }
        if (block->quiet_ns <= frame->mono_ns)
            quiet_block(track, block, frame->mono_ns);
    }
    if (track->news || limit > track->limit)
        track->active_ns = frame->mono_ns;
    track->limit = limit;
    track->moved = track->news = false;
}

static uint64_t limit_for(const struct track *track, uint64_t size)
{
    const struct plan *plan = &track->plan;
    uint64_t end =
        plan->block_count > 0 ? plan->blocks[plan->block_count - 1].end : 0;
    return size < end ? size : end;
}

void track_step(struct track *track, const struct frame *frame, double *row)
{
    bool read = state_is_read(frame->state) && frame->bytes;
    uint64_t limit = read ? limit_for(track, frame->size) : 0;
    track->seen = read ? frame->size : 0;
    track->row = row;
    track->changed = 0;
    if (track->moved)
        settle(track, frame, limit);
    else if (limit > 0 && track->limit > 0)
        scan(track, frame, limit < track->limit ? limit : track->limit);
    if (limit != track->limit)
        move_limit(track, frame, limit);
    if (track->changed > 0)
        track->active_ns = frame->mono_ns;
    track->row = NULL;
}

void track_pause(struct track *track, const struct frame *frame, double *row)
{
    track->changed = 0;
    if (row)
        track_put_gap(track, row);
    if (track->paused)
        return;
    track->paused = true;
    /* Nothing has been seen of it, which is no age. */
    if (track->limit == 0)
        track->active_ns = frame->mono_ns;
    for (size_t i = 0; i < track->plan.probe_count; i++) {
        struct trend *trend = &track->trends[track->plan.probes[i].field];
        trend->flags &= ~(uint32_t)TREND_CHANGED;
        if (!(trend->flags & TREND_FRESH))
            continue;
        trend->flags &= ~(uint32_t)TREND_FRESH;
        trend->flags |= TREND_HELD | TREND_TORN;
    }
}

void track_resume(struct track *track, double *row)
{
    if (!track->paused)
        return;
    track->paused = false;
    for (size_t i = 0; i < track->plan.probe_count; i++) {
        uint32_t field = track->plan.probes[i].field;
        struct trend *trend = &track->trends[field];
        if (!(trend->flags & TREND_TORN))
            continue;
        trend->flags &= ~(uint32_t)(TREND_HELD | TREND_TORN);
        trend->flags |= TREND_FRESH;
        if (row)
            row[field] = value_number(&track->layout->fields[field],
                                      &track->values[field]);
    }
}

void track_forget_rates(struct track *track)
{
    for (size_t i = 0; i < track->plan.probe_count; i++) {
        uint32_t field = track->plan.probes[i].field;
        if (!(track->trends[field].flags & TREND_TORN))
            continue;
        track->trends[field].rate = NAN;
        rate_reset(&track->rates[field]);
    }
}

void track_rebase(struct track *track)
{
    const struct plan *plan = &track->plan;
    memcpy(track->baseline, track->held, plan->frame_bytes);
    for (size_t i = 0; i < plan->probe_count; i++) {
        uint32_t field = plan->probes[i].field;
        struct trend *trend = &track->trends[field];
        double number =
            value_number(&track->layout->fields[field], &track->values[field]);
        trend->min = number;
        trend->max = number;
        trend->flags &= ~(uint32_t)TREND_MOVED;
    }
}

/* --- moving ------------------------------------------------------------- */

static bool is_same_record(const struct track *track, const struct field *field,
                           const struct base_place *was)
{
    if (field->base == FIELD_NO_BASE)
        return true;
    const struct base_place *before = &was[field->base];
    const struct base_place *now = &track->places[field->base];
    return before->state == BASE_AT && now->state == BASE_AT &&
           before->same == now->same;
}

/* Nothing that another record left behind may stay. */
static void forget_others(struct track *track, const struct base_place *was,
                          struct history *history)
{
    const struct layout *layout = track->layout;
    for (size_t i = 0; i < layout->field_count; i++) {
        const struct field *field = &layout->fields[i];
        if (field->mapping != track->mapping ||
            is_same_record(track, field, was))
            continue;
        if (track->values[i].type != VALUE_NONE)
            history_forget(history, i);
        forget(track, (uint32_t)i);
        track->trends[i].flags = placeless_flag(track, field);
        track->news = true;
    }
}

/* Takes over the bytes of a field that has a value. */
static void carry(struct track *track, const struct track *old,
                  const struct base_place *was, const struct block *block,
                  const struct probe *probe)
{
    const struct field *field = &track->layout->fields[probe->field];
    struct value *value = &track->values[probe->field];
    uint64_t offset;
    if (value->type == VALUE_NONE)
        return;
    CHECK(field_place(field, was, &offset));
    size_t from = ranges_find(old->plan.ranges, old->plan.range_count, offset);
    size_t to = block->at + probe->at;
    CHECK(from != SIZE_MAX);
    memcpy(track->held + to, old->held + from, probe->size);
    memcpy(track->baseline + to, old->baseline + from, probe->size);
    if (value->type == VALUE_BYTES)
        value->bytes = track->held + to;
}

void track_move(struct track *track, const struct base_place *was,
                struct history *history)
{
    struct track old = *track;
    forget_others(track, was, history);
    make_plan(track);
    for (size_t i = 0; i < track->plan.block_count; i++) {
        struct block *block = &track->plan.blocks[i];
        for (uint32_t k = 0; k < block->count; k++)
            carry(track, &old, was, block,
                  &track->plan.probes[block->first + k]);
        /* When rates fall to 0 is found out at the next look. */
        block->quiet_ns = INT64_MIN;
    }
    track->limit = limit_for(track, track->seen);
    track->moved = true;
    track_free(&old);
}
