/* SPDX-License-Identifier: MIT */
/* Notes when alarms, gaps and generations begin, and how the wall clock goes.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "history/history_private.h"
#include "sampler/alarm.h"

/* The clock is adjusted in small steps all the time. */
#define CLOCK_STEP_NS INT64_C(10000000)

static void add(struct history *history, int64_t key, enum mark_kind kind,
                uint32_t field)
{
    /* Half of them go, so that this is rare. */
    if (history->mark_count == history->mark_most) {
        size_t drop = history->mark_count / 2 + 1;
        if (drop > history->mark_count)
            return;
        history->mark_count -= drop;
        memmove(history->marks, history->marks + drop,
                history->mark_count * sizeof *history->marks);
    }
    if (!history->marks)
        history->marks = mem_zalloc(history->mark_most, sizeof *history->marks);
    history->marks[history->mark_count++] =
        (struct history_mark){key, field, (uint8_t)kind};
}

static void mark_clock(struct history *history, int64_t key, bool first)
{
    const struct frame *frame = &sampler_last(history->sampler)->frames[0];
    int64_t offset_ns = frame->wall_ns - key;
    int64_t moved_ns =
        first ? 0
              : offset_ns - history->clocks[history->clock_count - 1].offset_ns;
    if (moved_ns <= -CLOCK_JUMP_NS || moved_ns >= CLOCK_JUMP_NS)
        add(history, key, MARK_CLOCK, FIELD_NONE);
    if (!first && moved_ns > -CLOCK_STEP_NS && moved_ns < CLOCK_STEP_NS)
        return;
    if (history->clock_count == history->clock_most) {
        history->clock_count--;
        memmove(history->clocks, history->clocks + 1,
                history->clock_count * sizeof *history->clocks);
    }
    if (!history->clocks)
        history->clocks =
            mem_zalloc(history->clock_most, sizeof *history->clocks);
    history->clocks[history->clock_count++] =
        (struct clock_piece){key, offset_ns};
}

/* The alarms of a mapping begin again. */
static void forget_levels(struct history *history, size_t mapping)
{
    const struct sample *sample = sampler_last(history->sampler);
    for (size_t i = 0; i < sample->alarm_count; i++) {
        uint32_t field = sample->alarms[i].field;
        if (history->layout->fields[field].mapping == mapping)
            history->levels[i] = ALARM_NONE;
    }
}

static void mark_mappings(struct history *history, int64_t key, bool first)
{
    const struct sample *sample = sampler_last(history->sampler);
    for (size_t i = 0; i < sample->frame_count; i++) {
        const struct frame *frame = &sample->frames[i];
        bool read = state_is_read(frame->state);
        if (!first && history->read[i] && !read)
            add(history, key, MARK_GAP, FIELD_NONE);
        if (history->generations[i] &&
            frame->generation != history->generations[i]) {
            add(history, key, MARK_GENERATION, FIELD_NONE);
            forget_levels(history, i);
        }
        history->read[i] = read;
        history->generations[i] = frame->generation;
    }
}

void history_mark_step(struct history *history, int64_t key)
{
    const struct sample *sample = sampler_last(history->sampler);
    bool first = history->clock_count == 0;
    mark_clock(history, key, first);
    mark_mappings(history, key, first);
    for (size_t i = 0; i < sample->alarm_count; i++) {
        const struct alarm *alarm = &sample->alarms[i];
        if (alarm->level > history->levels[i])
            add(history, key,
                alarm->level == ALARM_CRIT ? MARK_CRIT : MARK_WARN,
                alarm->field);
        history->levels[i] = (uint8_t)alarm->level;
    }
}

const struct history_mark *history_marks(const struct history *history,
                                         size_t *count)
{
    size_t from = 0;
    int64_t first_ns = history_span(history).first_ns;
    while (from < history->mark_count && history->marks[from].at_ns < first_ns)
        from++;
    *count = history->mark_count - from;
    return *count ? history->marks + from : NULL;
}

int64_t history_wall_ns(const struct history *history, int64_t at_ns)
{
    int64_t offset_ns = 0;
    for (size_t i = 0; i < history->clock_count; i++)
        if (i == 0 || history->clocks[i].from_key <= at_ns)
            offset_ns = history->clocks[i].offset_ns;
    return at_ns + offset_ns;
}
