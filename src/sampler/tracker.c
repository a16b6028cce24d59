/* SPDX-License-Identifier: MIT */
/* Decides what to do with each block of a frame, touching only blocks that
 * differ or differed in the step before; comparing fields is tracker_scan.c. */
#include "sampler/tracker.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"
#include "sampler/tracker_scan.h"

static void forget(struct tracker *tracker, uint32_t field)
{
    tracker->values[field] = (struct value){.type = VALUE_NONE};
    tracker->trends[field] =
        (struct trend){.rate = NAN, .min = NAN, .max = NAN};
    rate_reset(&tracker->rates[field]);
    if (tracker->statistics)
        tracker->statistics[field] = (struct statistic){0};
}

/* The flag of a field that has no place. */
static uint32_t placeless_flag(const struct tracker *tracker,
                               const struct field *field)
{
    if (field->base == FIELD_NO_BASE)
        return 0;
    switch (tracker->places[field->base].state) {
    case LOCATION_ABSENT:
        return TREND_ABSENT;
    case LOCATION_BAD:
        return TREND_MISPLACED;
    default:
        return 0;
    }
}

static void make_plan(struct tracker *tracker)
{
    frame_plan_make(&tracker->plan, tracker->layout, tracker->mapping,
                    tracker->places);
    tracker->held = mem_zalloc(tracker->plan.frame_bytes, 1);
    tracker->baseline = mem_zalloc(tracker->plan.frame_bytes, 1);
    tracker->changed_bits =
        mem_zalloc(tracker->plan.chunk_count, sizeof(uint64_t));
}

static void free_plan(struct tracker *tracker)
{
    frame_plan_free(&tracker->plan);
    free(tracker->held);
    free(tracker->baseline);
    free(tracker->changed_bits);
}

void tracker_make(struct tracker *tracker, const struct layout *layout,
                  size_t mapping, const struct location *places,
                  struct value *values, struct trend *trends,
                  struct rate *rates, struct statistic *statistics)
{
    CHECK(mapping < layout->mapping_count);
    *tracker = (struct tracker){
        .layout = layout,
        .mapping = mapping,
        .places = places,
        .values = values,
        .trends = trends,
        .rates = rates,
        .statistics = statistics,
    };
    make_plan(tracker);
    for (size_t i = 0; i < layout->field_count; i++) {
        const struct field *field = &layout->fields[i];
        if (field->mapping != mapping || field->base == FIELD_NO_BASE)
            continue;
        forget(tracker, (uint32_t)i);
        trends[i].flags = placeless_flag(tracker, field);
    }
    tracker_reset(tracker);
}

void tracker_free(struct tracker *tracker)
{
    free_plan(tracker);
    *tracker = (struct tracker){0};
}

void tracker_reset(struct tracker *tracker)
{
    for (size_t i = 0; i < tracker->plan.fast_count; i++)
        forget(tracker, tracker->plan.fast_fields[i].field);
    for (size_t i = 0; i < tracker->plan.block_count; i++) {
        tracker->plan.blocks[i].quiet_ns = INT64_MAX;
        tracker->plan.blocks[i].changed = false;
    }
    memset(tracker->changed_bits, 0,
           tracker->plan.chunk_count * sizeof(uint64_t));
    tracker->limit = 0;
    tracker->seen = 0;
    tracker->changed = 0;
    tracker->paused = false;
}

void tracker_set_places(struct tracker *tracker, const struct location *places)
{
    free_plan(tracker);
    tracker->places = places;
    make_plan(tracker);
}

/* --- statistics --------------------------------------------------------- */

/* Since when the field has its value, as far as that is not counted yet. */
static int64_t uncounted_ns(const struct tracker *tracker,
                            const struct trend *trend)
{
    return trend->changed_ns > tracker->counted_ns ? trend->changed_ns
                                                   : tracker->counted_ns;
}

/* Counts all values up to the last live frame; those of later frames count from
 * `from_ns` on. */
static void count_values(struct tracker *tracker, int64_t from_ns)
{
    for (size_t i = 0; tracker->statistics && i < tracker->plan.fast_count;
         i++) {
        const struct fast_field *fast = &tracker->plan.fast_fields[i];
        const struct trend *trend = &tracker->trends[fast->field];
        if (fast->op == FAST_WIDE || !(trend->flags & TREND_FRESH))
            continue;
        statistic_add(&tracker->statistics[fast->field],
                      value_number(&tracker->layout->fields[fast->field],
                                   &tracker->values[fast->field]),
                      tracker->live_ns - uncounted_ns(tracker, trend));
    }
    tracker->counted_ns = from_ns;
}

double tracker_average(const struct tracker *tracker, uint32_t field)
{
    const struct trend *trend = &tracker->trends[field];
    bool fresh = trend->flags & TREND_FRESH;
    return statistic_average(
        tracker->statistics[field], trend,
        value_number(&tracker->layout->fields[field], &tracker->values[field]),
        fresh ? tracker->live_ns - uncounted_ns(tracker, trend) : 0);
}

/* --- one field ---------------------------------------------------------- */

/* A field gets its first value; its bytes are in `held` already. */
static void begin_field(struct tracker *tracker, const struct block *block,
                        const struct fast_field *fast, int64_t now_ns)
{
    const uint8_t *held = tracker->held + block->at;
    struct trend *trend = &tracker->trends[fast->field];
    memcpy(tracker->baseline + block->at + fast->at, held + fast->at,
           fast->size);
    *trend = (struct trend){
        .changed_ns = now_ns,
        .rate = NAN,
        .min = NAN,
        .max = NAN,
        .flags = TREND_FRESH,
    };
    trend_widen(trend, tracker_scan_value(tracker, fast, held));
}

static void hold(struct tracker *tracker, const struct fast_field *fast)
{
    struct trend *trend = &tracker->trends[fast->field];
    trend->flags &= ~(uint32_t)(TREND_FRESH | TREND_CHANGED);
    trend->flags |= TREND_HELD;
    trend->rate = NAN;
    rate_reset(&tracker->rates[fast->field]);
    if (tracker->cells.row)
        tracker->cells.row[fast->field] = NAN;
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

static void scan_block(struct tracker *tracker, struct block *block,
                       const uint8_t *fresh, uint64_t fields_end,
                       int64_t now_ns)
{
    tracker_scan_block(tracker, block, fresh, fields_end, now_ns);
    if (block->changed)
        quiet_by(block, soonest_quiet(now_ns));
}

/* Sets rates to 0 that are due, and finds when the next one is. */
static void quiet_block(struct tracker *tracker, struct block *block,
                        int64_t now_ns)
{
    block->quiet_ns = INT64_MAX;
    for (uint32_t i = 0; i < block->count; i++) {
        const struct fast_field *fast =
            &tracker->plan.fast_fields[block->first + i];
        struct trend *trend = &tracker->trends[fast->field];
        if (!(fast->flags & FAST_RATED) || !(trend->flags & TREND_FRESH) ||
            trend->rate == 0)
            continue;
        int64_t since_ns = trend->changed_ns > tracker->measured_ns
                               ? trend->changed_ns
                               : tracker->measured_ns;
        int64_t deadline =
            rate_deadline(&tracker->rates[fast->field], since_ns);
        if (deadline <= now_ns)
            trend->rate = 0;
        else
            quiet_by(block, deadline);
    }
}

/* Bytes of the block within the first `size` of the mapping. */
static uint64_t block_extent(const struct block *block, uint64_t size)
{
    uint64_t start = block->end - block->len;
    if (size <= start)
        return 0;
    return size - start < block->len ? size - start : block->len;
}

static void copy_fields(struct tracker *tracker, const struct block *block,
                        const uint8_t *fresh, uint64_t fields_end)
{
    for (uint32_t i = 0; i < block->count; i++) {
        const struct fast_field *fast =
            &tracker->plan.fast_fields[block->first + i];
        if (fast->at + (uint64_t)fast->size <= fields_end)
            memcpy(tracker->held + block->at + fast->at, fresh + fast->at,
                   fast->size);
    }
}

/* --- all blocks --------------------------------------------------------- */

/* Finds changes in the fields that end within `limit`, which have values. */
static void scan(struct tracker *tracker, const struct frame *frame,
                 uint64_t limit)
{
    int64_t now_ns = frame->mono_ns;
    for (size_t i = 0; i < tracker->plan.block_count; i++) {
        struct block *block = &tracker->plan.blocks[i];
        const uint8_t *fresh = frame->bytes + block->at;
        uint8_t *held = tracker->held + block->at;
        if (block->end > limit) {
            uint64_t fields_end = block_extent(block, limit);
            if (fields_end == 0)
                break;
            scan_block(tracker, block, fresh, fields_end, now_ns);
            copy_fields(tracker, block, fresh, fields_end);
        } else if (memcmp(held, fresh, block->len) != 0) {
            scan_block(tracker, block, fresh, UINT64_MAX, now_ns);
            memcpy(held, fresh, block->len);
        } else if (block->changed) {
            tracker_clear_changed(tracker, block);
        }
        if (block->quiet_ns <= now_ns)
            quiet_block(tracker, block, now_ns);
    }
}

/* Compares fields that can be read again with what was held. */
static void return_block(struct tracker *tracker, struct block *block,
                         const struct frame *frame, uint64_t was, uint64_t is)
{
    const uint8_t *fresh = frame->bytes + block->at;
    for (uint32_t i = 0; i < block->count; i++) {
        const struct fast_field *fast =
            &tracker->plan.fast_fields[block->first + i];
        uint64_t end = fast->at + (uint64_t)fast->size;
        struct value *value = &tracker->values[fast->field];
        if (end <= was || end > is || value->type == VALUE_NONE)
            continue;
        struct trend *trend = &tracker->trends[fast->field];
        trend->flags &= ~(uint32_t)TREND_HELD;
        trend->flags |= TREND_FRESH;
        if (fast_field_differs(fast, tracker->held + block->at, fresh))
            tracker_scan_note(tracker, block, i, fresh, frame->mono_ns);
        else if (fast->op != FAST_WIDE)
            tracker_scan_value(tracker, fast, fresh);
    }
}

/* Copies the bytes of fields that became fresh, and begins those that never had
 * a value. */
static void begin_block(struct tracker *tracker, struct block *block,
                        const struct frame *frame, uint64_t was, uint64_t is)
{
    const uint8_t *fresh = frame->bytes + block->at;
    for (uint32_t i = 0; i < block->count; i++) {
        const struct fast_field *fast =
            &tracker->plan.fast_fields[block->first + i];
        uint64_t end = fast->at + (uint64_t)fast->size;
        if (end <= was || end > is)
            continue;
        memcpy(tracker->held + block->at + fast->at, fresh + fast->at,
               fast->size);
        if (tracker->values[fast->field].type == VALUE_NONE)
            begin_field(tracker, block, fast, frame->mono_ns);
    }
    quiet_by(block, soonest_quiet(frame->mono_ns));
}

static void hold_block(struct tracker *tracker, struct block *block,
                       uint64_t was, uint64_t is)
{
    for (uint32_t i = 0; i < block->count; i++) {
        const struct fast_field *fast =
            &tracker->plan.fast_fields[block->first + i];
        uint64_t end = fast->at + (uint64_t)fast->size;
        if (end <= was && end > is)
            hold(tracker, fast);
    }
}

/* The part of the mapping that can be read has changed. */
static void move_limit(struct tracker *tracker, const struct frame *frame,
                       uint64_t limit)
{
    for (size_t i = tracker->plan.block_count; i-- > 0;) {
        struct block *block = &tracker->plan.blocks[i];
        uint64_t was = block_extent(block, tracker->limit);
        uint64_t is = block_extent(block, limit);
        if (is > was) {
            return_block(tracker, block, frame, was, is);
            begin_block(tracker, block, frame, was, is);
        } else if (is < was) {
            hold_block(tracker, block, was, is);
        }
    }
    if (limit > tracker->limit)
        tracker->active_ns = tracker->measured_ns = frame->mono_ns;
    tracker->limit = limit;
}

/* The first frame of a plan: any block may have fields with and without a
 * value. */
static void settle(struct tracker *tracker, const struct frame *frame,
                   uint64_t limit)
{
    for (size_t i = 0; i < tracker->plan.block_count; i++) {
        struct block *block = &tracker->plan.blocks[i];
        uint64_t was = block_extent(block, tracker->limit);
        uint64_t is = block_extent(block, limit);
        if (is < was)
            hold_block(tracker, block, was, is);
        if (is > 0) {
            return_block(tracker, block, frame, 0, is);
            begin_block(tracker, block, frame, 0, is);
        }
        if (block->quiet_ns <= frame->mono_ns)
            quiet_block(tracker, block, frame->mono_ns);
    }
    if (tracker->has_others || limit > tracker->limit)
        tracker->active_ns = frame->mono_ns;
    tracker->limit = limit;
    tracker->moved = tracker->has_others = false;
}

static uint64_t limit_for(const struct tracker *tracker, uint64_t size)
{
    const struct frame_plan *plan = &tracker->plan;
    uint64_t end =
        plan->block_count > 0 ? plan->blocks[plan->block_count - 1].end : 0;
    return size < end ? size : end;
}

void tracker_step(struct tracker *tracker, const struct frame *frame,
                  const struct trend_cells *cells)
{
    CHECK(!tracker->paused);
    bool read = state_is_read(frame->state) && frame->bytes;
    uint64_t limit = read ? limit_for(tracker, frame->size) : 0;
    tracker->seen = read ? frame->size : 0;
    tracker->cells = cells ? *cells : (struct trend_cells){0};
    tracker->changed = 0;
    if (limit != tracker->limit)
        count_values(tracker, limit > tracker->limit ? frame->mono_ns
                                                     : tracker->live_ns);
    if (tracker->moved)
        settle(tracker, frame, limit);
    else if (limit > 0 && tracker->limit > 0)
        scan(tracker, frame, limit < tracker->limit ? limit : tracker->limit);
    if (limit != tracker->limit)
        move_limit(tracker, frame, limit);
    if (tracker->changed > 0)
        tracker->active_ns = frame->mono_ns;
    if (limit > 0)
        tracker->live_ns = frame->mono_ns;
    tracker->cells.row = NULL;
}

void tracker_pause(struct tracker *tracker, const struct frame *frame,
                   double *row)
{
    tracker->changed = 0;
    for (size_t i = 0; row && i < tracker->plan.fast_count; i++)
        row[tracker->plan.fast_fields[i].field] = NAN;
    if (tracker->paused)
        return;
    tracker->paused = true;
    count_values(tracker, frame->mono_ns);
    /* Without any value yet the mapping is not stale. */
    if (tracker->limit == 0)
        tracker->active_ns = frame->mono_ns;
    for (size_t i = 0; i < tracker->plan.fast_count; i++) {
        struct trend *trend =
            &tracker->trends[tracker->plan.fast_fields[i].field];
        trend->flags &= ~(uint32_t)TREND_CHANGED;
        if (!(trend->flags & TREND_FRESH))
            continue;
        trend->flags &= ~(uint32_t)TREND_FRESH;
        trend->flags |= TREND_HELD | TREND_TORN;
    }
}

void tracker_resume(struct tracker *tracker, int64_t now_ns,
                    const struct trend_cells *cells)
{
    if (!tracker->paused)
        return;
    tracker->paused = false;
    tracker->counted_ns = now_ns;
    for (size_t i = 0; i < tracker->plan.fast_count; i++) {
        uint32_t field = tracker->plan.fast_fields[i].field;
        struct trend *trend = &tracker->trends[field];
        if (!(trend->flags & TREND_TORN))
            continue;
        trend->flags &= ~(uint32_t)(TREND_HELD | TREND_TORN);
        trend->flags |= TREND_FRESH;
        if (cells && cells->row)
            trend_cells_put(cells, field,
                            value_number(&tracker->layout->fields[field],
                                         &tracker->values[field]));
    }
}

void tracker_break(struct tracker *tracker, int64_t now_ns)
{
    count_values(tracker, now_ns);
    for (size_t i = 0; i < tracker->plan.fast_count; i++) {
        uint32_t field = tracker->plan.fast_fields[i].field;
        tracker->trends[field].rate = NAN;
        rate_reset(&tracker->rates[field]);
    }
    for (size_t i = 0; i < tracker->plan.block_count; i++)
        quiet_by(&tracker->plan.blocks[i], soonest_quiet(now_ns));
    tracker->measured_ns = now_ns;
}

void tracker_forget_rates(struct tracker *tracker)
{
    for (size_t i = 0; i < tracker->plan.fast_count; i++) {
        uint32_t field = tracker->plan.fast_fields[i].field;
        if (!(tracker->trends[field].flags & TREND_TORN))
            continue;
        tracker->trends[field].rate = NAN;
        rate_reset(&tracker->rates[field]);
    }
}

void tracker_rebase(struct tracker *tracker)
{
    const struct frame_plan *plan = &tracker->plan;
    memcpy(tracker->baseline, tracker->held, plan->frame_bytes);
    for (size_t i = 0; i < plan->fast_count; i++) {
        uint32_t field = plan->fast_fields[i].field;
        struct trend *trend = &tracker->trends[field];
        double number = value_number(&tracker->layout->fields[field],
                                     &tracker->values[field]);
        trend->min = number;
        trend->max = number;
        trend->flags &= ~(uint32_t)TREND_MOVED;
        if (tracker->statistics) {
            tracker->statistics[field].sum = 0;
            tracker->statistics[field].time_ns = 0;
        }
    }
    tracker->counted_ns = tracker->live_ns;
}

/* --- new places --------------------------------------------------------- */

static bool is_same_record(const struct tracker *tracker,
                           const struct field *field,
                           const struct location *was)
{
    if (field->base == FIELD_NO_BASE)
        return true;
    const struct location *before = &was[field->base];
    const struct location *now = &tracker->places[field->base];
    return before->state == LOCATION_KNOWN && now->state == LOCATION_KNOWN &&
           before->same == now->same;
}

/* Forgets fields that are in another record now. */
static void forget_others(struct tracker *tracker, const struct location *was,
                          struct trend_ring *ring)
{
    const struct layout *layout = tracker->layout;
    for (size_t i = 0; i < layout->field_count; i++) {
        const struct field *field = &layout->fields[i];
        if (field->mapping != tracker->mapping ||
            is_same_record(tracker, field, was))
            continue;
        if (tracker->values[i].type != VALUE_NONE)
            trend_ring_forget(ring, i);
        forget(tracker, (uint32_t)i);
        tracker->trends[i].flags = placeless_flag(tracker, field);
        tracker->has_others = true;
    }
}

/* Copies the bytes of a field from the old plan to the new one. */
static void copy_held(struct tracker *tracker, const struct tracker *old,
                      const struct location *was, const struct block *block,
                      const struct fast_field *fast)
{
    const struct field *field = &tracker->layout->fields[fast->field];
    struct value *value = &tracker->values[fast->field];
    uint64_t offset;
    if (value->type == VALUE_NONE)
        return;
    CHECK(field_location(field, was, &offset));
    size_t from = ranges_find(old->plan.ranges, old->plan.range_count, offset);
    size_t to = block->at + fast->at;
    CHECK(from != SIZE_MAX);
    memcpy(tracker->held + to, old->held + from, fast->size);
    memcpy(tracker->baseline + to, old->baseline + from, fast->size);
    if (value->type == VALUE_BYTES)
        value->bytes = tracker->held + to;
}

void tracker_move(struct tracker *tracker, const struct location *was,
                  struct trend_ring *ring)
{
    for (size_t i = 0; i < tracker->plan.block_count; i++)
        tracker_clear_changed(tracker, &tracker->plan.blocks[i]);
    struct tracker old = *tracker;
    forget_others(tracker, was, ring);
    make_plan(tracker);
    for (size_t i = 0; i < tracker->plan.block_count; i++) {
        struct block *block = &tracker->plan.blocks[i];
        for (uint32_t k = 0; k < block->count; k++)
            copy_held(tracker, &old, was, block,
                      &tracker->plan.fast_fields[block->first + k]);
        /* The next step finds when rates become 0. */
        block->quiet_ns = INT64_MIN;
    }
    tracker->limit = limit_for(tracker, tracker->seen);
    tracker->moved = true;
    tracker_free(&old);
}
