/* SPDX-License-Identifier: MIT */
/* One step: reads a frame of each mapping (sampler_read.c), then lets the other
 * files follow what it holds.  Nothing in a sample changes until the next step.
 * Waiting for the next tick is ticker.h and the caller. */
#include "sampler/sampler.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "sampler/sampler_private.h"
#include "sampler/trends.h"

#define STALE_LEAST_NS INT64_C(5000000000)
#define STALE_PERIODS 5

/* --- opening ------------------------------------------------------------ */

int64_t sampler_stale_after(int64_t period_ns)
{
    CHECK(period_ns > 0);
    if (period_ns > INT64_MAX / STALE_PERIODS)
        return INT64_MAX;
    return period_ns * STALE_PERIODS > STALE_LEAST_NS
               ? period_ns * STALE_PERIODS
               : STALE_LEAST_NS;
}

void sampler_set_stale(struct sampler *sampler, int64_t stale_ns)
{
    const struct layout *layout = sampler->layout;
    sampler->stale_ns = stale_ns;
    for (size_t i = 0; i < layout->mapping_count; i++) {
        int64_t own_ns = layout->mappings[i].stale_ns;
        int64_t chosen_ns = own_ns != 0 ? own_ns : stale_ns;
        sampler->watched[i].stale_ns = chosen_ns != 0 ? chosen_ns : INT64_MAX;
        sampler->healths[i].beat_stale_ns =
            layout->mappings[i].heartbeat_stale_ns != 0
                ? layout->mappings[i].heartbeat_stale_ns
                : sampler->watched[i].stale_ns;
    }
}

void sampler_set_patience(struct sampler *sampler, int64_t patience_ns)
{
    for (size_t i = 0; i < sampler->layout->mapping_count; i++)
        sampler->watched[i].consistency.patience_ns = patience_ns;
}

void sampler_make_mapping(struct sampler *sampler, size_t index)
{
    const struct layout *layout = sampler->layout;
    struct watched *watched = &sampler->watched[index];
    watched->problem_text = "";
    watched->need = layout_mapping_need(layout, index);
    placement_make(&watched->placement, layout, index, 1);
    tracker_make(&watched->tracker, layout, index, watched->placement.now,
                 sampler->values, sampler->trends, sampler->rates,
                 sampler->statistics);
    health_make(&sampler->healths[index], layout, index);
}

static bool watch(struct sampler *sampler, size_t index, const char *target,
                  struct err *err)
{
    const struct layout *layout = sampler->layout;
    struct watched *watched = &sampler->watched[index];
    if (!target_resolve(&watched->target, layout->mappings[index].name,
                        index == 0 ? target : NULL, layout->file, err))
        return false;
    sampler_make_mapping(sampler, index);
    const struct frame_plan *plan = &watched->tracker.plan;
    if (!source_open(&watched->source, &watched->target, plan->ranges,
                     plan->range_count, watched->need, err))
        return false;
    consistency_make(&watched->consistency, layout, index, watched->source,
                     plan->frame_bytes);
    return true;
}

struct sampler *sampler_make(const struct layout *layout, bool statistics,
                             bool repeats)
{
    CHECK(layout->mapping_count >= 1);
    struct sampler *sampler = mem_zalloc(1, sizeof *sampler);
    size_t fields = layout->field_count;
    size_t mappings = layout->mapping_count;
    sampler->layout = layout;
    sampler->trends_of = sampler;
    sampler->watched = mem_zalloc(mappings, sizeof *sampler->watched);
    sampler->inputs = mem_zalloc(mappings, sizeof *sampler->inputs);
    sampler->frames = mem_zalloc(mappings, sizeof *sampler->frames);
    sampler->consistency = mem_zalloc(mappings, sizeof *sampler->consistency);
    sampler->healths = mem_zalloc(mappings, sizeof *sampler->healths);
    sampler->values = mem_zalloc(fields, sizeof *sampler->values);
    sampler->trends = mem_zalloc(fields, sizeof *sampler->trends);
    sampler->rates = mem_zalloc(fields, sizeof *sampler->rates);
    if (statistics)
        sampler->statistics = mem_zalloc(fields, sizeof *sampler->statistics);
    alarms_make(&sampler->alarms, layout);
    computed_make(&sampler->computed, layout, sampler->values, sampler->trends,
                  sampler->rates, sampler->statistics, repeats);
    sampler->record = (struct step_record){
        .inputs = sampler->inputs,
        .problem_text = "",
    };
    sampler->sample = (struct sample){
        .state = STATE_WAITING,
        .frames = sampler->frames,
        .consistency = sampler->consistency,
        .frame_count = mappings,
        .values = sampler->values,
        .trends = sampler->trends,
        .healths = sampler->healths,
        .alarms = sampler->alarms.items,
        .alarm_count = sampler->alarms.count,
        .field_count = fields,
        .problem_text = "",
    };
    return sampler;
}

bool sampler_open(struct sampler **out, const struct layout *layout,
                  const char *target, const struct sampler_options *options,
                  struct err *err)
{
    struct sampler *sampler = sampler_make(layout, options->statistics, false);
    for (size_t i = 0; i < layout->mapping_count; i++) {
        if (!watch(sampler, i, target, err)) {
            sampler_close(sampler);
            return false;
        }
    }
    sampler_set_stale(sampler, options->stale_ns);
    trends_make(&sampler->ring, &sampler->computed, options->trend_bytes,
                options->trend_max);
    *out = sampler;
    return true;
}

void sampler_close(struct sampler *sampler)
{
    if (!sampler)
        return;
    for (size_t i = 0; i < sampler->layout->mapping_count; i++) {
        source_close(sampler->watched[i].source);
        consistency_free(&sampler->watched[i].consistency);
        tracker_free(&sampler->watched[i].tracker);
        placement_free(&sampler->watched[i].placement);
    }
    computed_free(&sampler->computed);
    trend_ring_free(&sampler->ring);
    free(sampler->watched);
    free(sampler->inputs);
    free(sampler->frames);
    free(sampler->consistency);
    free(sampler->values);
    free(sampler->trends);
    free(sampler->rates);
    free(sampler->statistics);
    free(sampler->healths);
    alarms_free(&sampler->alarms);
    free(sampler);
}

/* --- stepping ----------------------------------------------------------- */

/* Between generations the trends get a gap, so that no line is drawn from one
 * into the next. */
static void begin_generations(struct sampler *sampler)
{
    for (size_t i = 0; i < sampler->layout->mapping_count; i++) {
        struct watched *watched = &sampler->watched[i];
        if (sampler->frames[i].generation == watched->generation)
            continue;
        trend_ring_rest(&sampler->ring, UINT64_C(1) << i);
        tracker_reset(&watched->tracker);
        computed_reset(&sampler->computed, i);
        alarms_reset(&sampler->alarms, i, NULL);
        missed_break(&sampler->healths[i].missed);
        watched->generation = sampler->frames[i].generation;
    }
}

static void judge_stale(const struct watched *watched, struct frame *frame)
{
    if (frame->state == STATE_LIVE && watched->stale_ns != INT64_MAX &&
        frame->mono_ns - watched->tracker.active_ns >= watched->stale_ns)
        frame->state = STATE_STALE;
}

bool sampler_is_torn(const struct watched *watched, const struct frame *frame)
{
    return state_is_read(frame->state) &&
           watched->consistency.result.verdict == VERDICT_TORN;
}

/* A torn frame leaves the fields as they were with the last whole one. */
static void follow(struct watched *watched, const struct frame *frame,
                   const struct trend_strand *strand)
{
    const struct trend_cells *cells =
        state_is_read(frame->state) ? &strand->cells : NULL;
    if (sampler_is_torn(watched, frame)) {
        /* A whole frame of the same cell is not forgotten. */
        tracker_pause(&watched->tracker, frame,
                      cells && strand->is_new ? cells->row : NULL);
        return;
    }
    tracker_resume(&watched->tracker, frame->mono_ns, cells);
    tracker_step(&watched->tracker, frame, cells);
}

static void judge_good(struct sampler *sampler, size_t index)
{
    struct watched *watched = &sampler->watched[index];
    const struct frame *frame = &sampler->frames[index];
    if (!state_is_read(frame->state) || !frame->bytes ||
        sampler_is_torn(watched, frame))
        return;
    watched->good_ns = frame->mono_ns;
    computed_see(&sampler->computed, index);
}

static void explain_torn(struct watched *watched, struct frame *frame)
{
    bool stale = frame->state == STATE_STALE;
    if (!sampler_is_torn(watched, frame))
        return;
    if (watched->source)
        frame->note = consistency_note(&watched->consistency, stale);
    if (stale)
        tracker_forget_rates(&watched->tracker);
}

/* Sums up all mappings. */
static void summarise(struct sampler *sampler)
{
    struct sample *sample = &sampler->sample;
    sample->number++;
    sample->wall_ns = sampler->frames[0].wall_ns;
    sample->mono_ns = sampler->frames[0].mono_ns;
    sample->generation = sampler->frames[0].generation;
    sample->state = sampler->frames[0].state;
    sample->changed_count = sampler->computed.changed;
    sample->good_ns = INT64_MAX;
    sample->problem_text = "";
    for (size_t i = 0; i < sample->frame_count; i++) {
        const struct watched *watched = &sampler->watched[i];
        enum source_state state = sampler->frames[i].state;
        if (state_severity(state) > state_severity(sample->state))
            sample->state = state;
        sample->changed_count += watched->tracker.changed;
        if (sample->problem_text[0] == '\0')
            sample->problem_text = watched->problem_text;
        if (watched->good_ns < sample->good_ns)
            sample->good_ns = watched->good_ns;
    }
    if (sample->problem_text[0] == '\0')
        sample->problem_text = computed_problem(&sampler->computed);
}

void sampler_move_fields(struct sampler *sampler, size_t index,
                         const struct location *was)
{
    struct watched *watched = &sampler->watched[index];
    watched->tracker.places = watched->placement.now;
    tracker_move(&watched->tracker, was, &sampler->ring);
    computed_forget(&sampler->computed, index);
    alarms_reset(&sampler->alarms, index, sampler->values);
    sampler->sample.moves++;
}

/* The producer had ended before the first look: its values are read once and
 * held from then on. */
static void take_remains(struct sampler *sampler, size_t index,
                         const struct trend_cells *cells)
{
    struct watched *watched = &sampler->watched[index];
    struct frame *frame = &sampler->frames[index];
    frame->state = STATE_LIVE;
    if (!sampler_is_torn(watched, frame)) {
        tracker_step(&watched->tracker, frame, cells);
        judge_good(sampler, index);
    }
    frame->state = STATE_GONE;
    frame->bytes = NULL;
}

/* Mappings that are read in this sample, a bit for each. */
static uint64_t mappings_read(const struct sampler *sampler)
{
    uint64_t read = 0;
    for (size_t i = 0; i < sampler->layout->mapping_count; i++)
        if (state_is_read(sampler->frames[i].state) ||
            sampler->healths[i].first)
            read |= UINT64_C(1) << i;
    return read;
}

static void resume(struct sampler *sampler)
{
    for (size_t i = 0; i < sampler->layout->mapping_count; i++) {
        tracker_break(&sampler->watched[i].tracker, sampler->frames[i].mono_ns);
        missed_break(&sampler->healths[i].missed);
    }
    computed_break(&sampler->computed, sampler->frames[0].mono_ns);
    sampler->resumes = false;
}

void sampler_judge_inputs(struct sampler *sampler)
{
    for (size_t i = 0; i < sampler->layout->mapping_count; i++) {
        const struct step_input *input = &sampler->record.inputs[i];
        sampler->frames[i] = input->frame;
        health_judge(&sampler->healths[i], &sampler->frames[i], &input->facts);
    }
    begin_generations(sampler);
}

static void follow_mapping(struct sampler *sampler, size_t index)
{
    struct watched *watched = &sampler->watched[index];
    struct frame *frame = &sampler->frames[index];
    const struct trend_strand *strand = &sampler->ring.strands[index];
    if (sampler->healths[index].first)
        take_remains(sampler, index, &strand->cells);
    follow(watched, frame, strand);
    judge_good(sampler, index);
    judge_stale(watched, frame);
    health_finish(&sampler->healths[index], frame);
    explain_torn(watched, frame);
    sampler->consistency[index] = watched->consistency.result;
    missed_step(&sampler->healths[index].missed, sampler->layout, index,
                &sampler->sample);
}

void sampler_follow_inputs(struct sampler *sampler)
{
    if (sampler->resumes)
        resume(sampler);
    trends_step(&sampler->ring, sampler->layout, &sampler->sample,
                mappings_read(sampler));
    for (size_t i = 0; i < sampler->layout->mapping_count; i++)
        follow_mapping(sampler, i);
    if (sampler->record.computed)
        computed_repeat(&sampler->computed, sampler->frames[0].mono_ns,
                        sampler->record.computed);
    else
        computed_step(&sampler->computed, sampler->frames[0].mono_ns,
                      &sampler->ring);
    sampler->sample.resting_count = alarms_step(
        &sampler->alarms, sampler->frames, sampler->values, sampler->trends);
    summarise(sampler);
}

const struct sample *sampler_step(struct sampler *sampler)
{
    struct step_record *record = &sampler->record;
    record->resumed = sampler->resumes;
    record->rebased = sampler->rebases;
    record->stale_ns = sampler->stale_ns;
    sampler->rebases = false;
    sampler_read_frames(sampler);
    sampler_judge_inputs(sampler);
    sampler_find_places(sampler);
    sampler_follow_inputs(sampler);
    for (size_t i = 0; i < sampler->layout->mapping_count; i++)
        sampler->inputs[i].note = sampler->frames[i].note;
    record->problem_text = sampler->sample.problem_text;
    return &sampler->sample;
}

const struct sample *sampler_last(const struct sampler *sampler)
{
    return &sampler->sample;
}

void sampler_break(struct sampler *sampler)
{
    sampler->resumes = true;
    trend_ring_rest(&sampler->ring, UINT64_MAX);
}

void sampler_reset_baseline(struct sampler *sampler)
{
    sampler->rebases = true;
    for (size_t i = 0; i < sampler->layout->mapping_count; i++) {
        tracker_rebase(&sampler->watched[i].tracker);
        missed_rebase(&sampler->healths[i].missed);
    }
    computed_rebase(&sampler->computed);
}

/* --- asking ------------------------------------------------------------- */

const char *sampler_target(const struct sampler *sampler, size_t mapping)
{
    CHECK(mapping < sampler->layout->mapping_count);
    return sampler->watched[mapping].target.text;
}

size_t sample_worst(const struct sample *sample)
{
    for (size_t i = 0; i < sample->frame_count; i++)
        if (sample->frames[i].state == sample->state)
            return i;
    return 0;
}

bool sampler_is_recorded(const struct sampler *sampler)
{
    bool recorded = true;
    for (size_t i = 0; i < sampler->layout->mapping_count; i++)
        recorded &= source_is_recorded(sampler->watched[i].source);
    return recorded;
}

bool sampler_is_over(const struct sampler *sampler)
{
    bool over = true;
    for (size_t i = 0; i < sampler->layout->mapping_count; i++)
        over &= source_is_over(sampler->watched[i].source);
    return over;
}

bool sampler_field_place(const struct sampler *sampler, size_t field,
                         uint64_t *at)
{
    CHECK(field < sampler->layout->field_count);
    const struct field *wanted = &sampler->layout->fields[field];
    const struct tracker *tracker = &sampler->watched[wanted->mapping].tracker;
    return wanted->size > 0 && field_location(wanted, tracker->places, at);
}

/* Where the last bytes of a stored field are in the frame of its plan;
 * SIZE_MAX: it has no value, or is computed. */
static size_t stored_at(const struct sampler *sampler, size_t field)
{
    CHECK(field < sampler->layout->field_count);
    const struct field *wanted = &sampler->layout->fields[field];
    if (sampler->values[field].type == VALUE_NONE ||
        wanted->kind == KIND_COMPUTED)
        return SIZE_MAX;
    const struct tracker *tracker = &sampler->watched[wanted->mapping].tracker;
    uint64_t offset;
    CHECK(field_location(wanted, tracker->places, &offset));
    size_t at =
        ranges_find(tracker->plan.ranges, tracker->plan.range_count, offset);
    CHECK(at != SIZE_MAX);
    return at;
}

const uint8_t *sampler_field_bytes(const struct sampler *sampler, size_t field)
{
    size_t at = stored_at(sampler, field);
    uint32_t mapping = sampler->layout->fields[field].mapping;
    return at == SIZE_MAX ? NULL : sampler->watched[mapping].tracker.held + at;
}

bool sampler_baseline(const struct sampler *sampler, size_t field,
                      struct value *out)
{
    size_t at = stored_at(sampler, field);
    const struct field *wanted = &sampler->layout->fields[field];
    if (wanted->kind == KIND_COMPUTED)
        return computed_baseline(&sampler->computed, (uint32_t)field, out);
    if (at != SIZE_MAX)
        value_decode(wanted,
                     sampler->watched[wanted->mapping].tracker.baseline + at,
                     out);
    return at != SIZE_MAX;
}

double sampler_average(const struct sampler *sampler, size_t field)
{
    CHECK(field < sampler->layout->field_count);
    const struct field *wanted = &sampler->layout->fields[field];
    if (!sampler->statistics || sampler->values[field].type == VALUE_NONE)
        return NAN;
    return wanted->kind == KIND_COMPUTED
               ? computed_average(&sampler->computed, (uint32_t)field)
               : tracker_average(&sampler->watched[wanted->mapping].tracker,
                                 (uint32_t)field);
}

bool sampler_previous(const struct sampler *sampler, size_t field,
                      struct value *out)
{
    CHECK(field < sampler->layout->field_count);
    const struct value *value = &sampler->values[field];
    if (!sampler->statistics || value->type == VALUE_NONE ||
        value->type == VALUE_BYTES ||
        !trend_has_changed(&sampler->trends[field]))
        return false;
    if (sampler->layout->fields[field].kind == KIND_COMPUTED)
        return computed_previous(&sampler->computed, (uint32_t)field, out);
    *out = (struct value){.type = value->type,
                          .u = sampler->statistics[field].previous};
    return true;
}

size_t sampler_trend(const struct sampler *sampler, size_t field, double *out,
                     size_t count)
{
    const struct trend_ring *ring = &sampler->trends_of->ring;
    return sampler->trends_of == sampler
               ? trend_ring_read(ring, field, out, count)
               : trend_ring_read_at(ring, field, sampler->sample.mono_ns, out,
                                    count);
}

void sampler_set_trend_cell(struct sampler *sampler, int64_t cell_ns,
                            int64_t period_ns)
{
    trend_ring_set_cell(&sampler->ring, cell_ns, period_ns);
}

int64_t sampler_trend_cell(const struct sampler *sampler)
{
    return sampler->trends_of->ring.cell_ns;
}
