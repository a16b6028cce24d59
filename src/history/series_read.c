/* SPDX-License-Identifier: MIT */
/* Reads one field out of the records, without repeating steps.  What was read
 * is kept by series.c. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "history/delta.h"
#include "history/history_private.h"

/* --- reading one field ---------------------------------------------------- */

static const struct image *image_of(const struct series *series)
{
    return series->image.words ? &series->image : &series->history->image;
}

void series_find_words(struct series *series)
{
    const struct image_frame *frame =
        &image_of(series)->frames[series->mapping];
    uint64_t place;
    if (series->of->kind == KIND_COMPUTED)
        return;
    series->at = SIZE_MAX;
    if (!series->of->size || !field_location(series->of, frame->places, &place))
        return;
    size_t byte = ranges_find(frame->ranges, frame->range_count, place);
    if (byte == SIZE_MAX)
        return;
    series->at = frame->at + byte / 8;
    series->byte = byte % 8;
    series->end = place + series->of->size;
}

void series_reader_make(struct series_reader *reader, size_t words)
{
    reader->now = mem_zalloc(words, sizeof *reader->now);
    reader->last = mem_zalloc(words, sizeof *reader->last);
}

void series_reader_free(struct series_reader *reader)
{
    free(reader->now);
    free(reader->last);
}

void series_reader_copy(struct series_reader *to,
                        const struct series_reader *from, size_t words)
{
    uint64_t *now = to->now;
    uint64_t *last = to->last;
    memcpy(now, from->now, words * sizeof *now);
    memcpy(last, from->last, words * sizeof *last);
    *to = *from;
    to->now = now;
    to->last = last;
}

/* The generation of another mapping, or its change, so that it can be combined
 * with that of the field by exclusive or. */
static uint64_t turn(uint64_t judged, size_t mapping)
{
    uint32_t generation = (uint32_t)(judged >> 32);
    unsigned by = 1 + (unsigned)(mapping * 5 % 31);
    return (uint64_t)(generation << by | generation >> (32 - by)) << 32;
}

/* Takes the field's words out of an image. */
static void take_words(const struct series *series,
                       struct series_reader *reader, const uint64_t *words)
{
    const uint64_t *meta = words + series->mapping * META_WORDS;
    reader->wall = meta[META_WALL];
    reader->size = meta[META_SIZE];
    reader->judged = meta[META_JUDGED];
    for (size_t i = 0; series->others && i < image_of(series)->mappings; i++)
        if (series->others >> i & 1)
            reader->judged ^= turn(words[i * META_WORDS + META_JUDGED], i);
    size_t left = image_of(series)->count - series->at;
    if (series->at != SIZE_MAX)
        memcpy(reader->now, words + series->at,
               (series->words < left ? series->words : left) *
                   sizeof *reader->now);
}

void series_rewind(struct series *series, struct series_reader *reader,
                   uint64_t number)
{
    const struct history *history = series->history;
    const struct tape_sync *sync = tape_sync(&history->tape, number);
    size_t count;
    CHECK(sync);
    uint64_t *words = history_sync_words(history, number, &count);
    const uint8_t *at = (const uint8_t *)(words + SYNC_WORDS) +
                        words[SYNC_STATE] + words[SYNC_TEXTS];
    const uint64_t *image =
        (const uint64_t *)(const void *)(at + words[SYNC_PLACES]);
    reader->key = (int64_t)words[SYNC_KEY];
    reader->sync = number;
    reader->place = sync->records;
    reader->has_last = false;
    reader->generation = reader->last_generation = 0;
    reader->seen = SEEN_NOTHING;
    if (series->image.words) {
        uint64_t moved;
        image_take_places(&series->image, history->layout, at, &moved);
        memcpy(series->image.words, image, series->image.count * sizeof *image);
        series_find_words(series);
    }
    take_words(series, reader, image);
    free(words);
}

bool series_read(struct series *series, struct series_reader *reader)
{
    const struct history *history = series->history;
    const struct tape_sync *sync = tape_sync(&history->tape, reader->sync);
    uint64_t number = reader->sync;
    uint64_t place = reader->place;
    CHECK(sync);
    while (place >= sync->end) {
        sync = tape_sync(&history->tape, ++number);
        if (!sync)
            return false;
        place = sync->records;
    }
    struct record_head head = history_head(history, place, reader->key);
    const uint8_t *places;
    const uint8_t *delta = history_delta(&head, &places);
    reader->sync = number;
    reader->key = head.key;
    reader->place = head.end;
    reader->resumed = head.flags & RECORD_RESUMED;
    if (series->image.words) {
        uint64_t moved;
        if (places) {
            delta = image_take_places(&series->image, history->layout, places,
                                      &moved);
            series_find_words(series);
        }
        delta_apply(delta, series->image.words, series->image.count);
        take_words(series, reader, series->image.words);
        return true;
    }
    uint64_t meta[3];
    delta_pick(delta, series->mapping * META_WORDS + META_WALL, meta, 3);
    reader->wall ^= meta[0];
    reader->size ^= meta[1];
    reader->judged ^= meta[2];
    for (size_t i = 0; series->others && i < image_of(series)->mappings; i++) {
        if (!(series->others >> i & 1))
            continue;
        delta_pick(delta, i * META_WORDS + META_JUDGED, meta, 1);
        reader->judged ^= turn(meta[0], i);
    }
    if (series->at == SIZE_MAX)
        return true;
    delta_pick(delta, series->at, series->change, series->words);
    for (size_t i = 0; i < series->words; i++)
        reader->now[i] ^= series->change[i];
    return true;
}

/* --- what a record says of the field -------------------------------------- */

static enum seen look_computed(const struct series_reader *reader,
                               struct value *value)
{
    uint32_t flags = (uint32_t)(reader->now[1] >> 8);
    value->type = (enum value_type)(reader->now[1] & 255);
    value->u = reader->now[0];
    return value->type == VALUE_NONE ? SEEN_NOTHING
           : flags & TREND_TORN      ? SEEN_TORN
           : flags & TREND_HELD      ? SEEN_NOTHING
                                     : SEEN_LIVE;
}

static enum seen look(const struct series *series,
                      const struct series_reader *reader, struct value *value)
{
    if (series->of->kind == KIND_COMPUTED)
        return look_computed(reader, value);
    /* What was no live value before is none in a torn frame. */
    if (reader->judged & JUDGED_TORN)
        return reader->seen == SEEN_NOTHING ? SEEN_NOTHING : SEEN_TORN;
    if (series->at == SIZE_MAX || series->end > reader->size ||
        !(reader->judged & JUDGED_LIVE))
        return SEEN_NOTHING;
    value_decode(series->of, (const uint8_t *)reader->now + series->byte,
                 value);
    return SEEN_LIVE;
}

static bool is_same(const struct series *series,
                    const struct series_reader *reader,
                    const struct value *value)
{
    struct value before;
    if (series->of->kind == KIND_COMPUTED)
        return reader->last[0] == reader->now[0] &&
               ((reader->last[1] ^ reader->now[1]) & 255) == 0;
    const uint8_t *last = (const uint8_t *)reader->last + reader->last_byte;
    if (value->type == VALUE_BYTES)
        return memcmp(last, value->bytes, series->of->size) == 0;
    value_decode(series->of, last, &before);
    return before.type == value->type && before.u == value->u;
}

/* Whether there is no value, not even one that is held. */
static bool is_lost(const struct series *series, const struct value *value)
{
    return series->of->kind == KIND_COMPUTED ? value->type == VALUE_NONE
                                             : series->at == SIZE_MAX;
}

bool series_take(struct series *series, struct series_reader *reader,
                 struct series_cell *cell)
{
    struct value value = {.type = VALUE_NONE};
    enum seen seen = look(series, reader, &value);
    reader->seen = seen;
    uint32_t generation = (uint32_t)(reader->judged >> 32);
    bool changed = false;
    cell->known = true;
    int64_t jump_ns = (int64_t)(reader->wall - reader->last_wall);
    if (generation != reader->generation || reader->resumed ||
        jump_ns >= CLOCK_JUMP_NS || jump_ns <= -CLOCK_JUMP_NS)
        cell->gap = true;
    reader->last_wall = reader->wall;
    reader->generation = generation;
    if (seen == SEEN_NOTHING)
        cell->gap = true;
    /* A value that was lost does not change when there is one again. */
    if (is_lost(series, &value))
        reader->last_generation = UINT32_MAX;
    /* A computed field may get a value while its operands are held. */
    if (value.type == VALUE_NONE)
        return false;
    if (reader->has_last && !is_same(series, reader, &value)) {
        changed = true;
        cell->changes +=
            seen == SEEN_LIVE && generation == reader->last_generation;
    }
    reader->last_generation = generation;
    reader->has_last = true;
    reader->last_byte = series->byte;
    memcpy(reader->last, reader->now, series->words * sizeof *reader->last);
    double number = seen != SEEN_LIVE || value.type == VALUE_BYTES
                        ? (double)NAN
                        : value_number(series->of, &value);
    if (isnan(number))
        return changed;
    if (!cell->samples)
        cell->min = cell->max = cell->first = number;
    cell->min = fmin(cell->min, number);
    cell->max = fmax(cell->max, number);
    cell->last = number;
    cell->sum += number;
    cell->samples++;
    return changed;
}
