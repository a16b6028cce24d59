/* SPDX-License-Identifier: MIT */
/* Reads one field out of the records, without repeating steps.  What was read
 * is kept as blocks: the numbers of some records in short, and where and how to
 * read them again. */
#include "history/series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "history/delta.h"
#include "history/history_private.h"

/* A block ends after so many records, or so many bytes of the tape. */
#define BLOCK_RECORDS 128
#define BLOCK_BYTES 16384
#define SERIES_PART 16 /* of the granted memory */

/* --- reading one field ---------------------------------------------------- */

static const struct image *image_of(const struct series *series)
{
    return series->image.words ? &series->image : &series->history->image;
}

/* Finds the field in the image; it is nowhere while it has no place. */
static void find_words(struct series *series)
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

static void make_reader(struct series_reader *reader, size_t words)
{
    reader->now = mem_zalloc(words, sizeof *reader->now);
    reader->last = mem_zalloc(words, sizeof *reader->last);
}

static void free_reader(struct series_reader *reader)
{
    free(reader->now);
    free(reader->last);
}

static void copy_reader(struct series_reader *to,
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

/* Begins before the first record that is kept. */
static void rewind_reader(struct series *series)
{
    const struct history *history = series->history;
    struct series_reader *reader = &series->head;
    uint64_t number = history->tape.dropped;
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
    reader->seen = SEEN_NOTHING;
    if (series->image.words) {
        uint64_t moved;
        image_take_places(&series->image, history->layout, at, &moved);
        memcpy(series->image.words, image, series->image.count * sizeof *image);
        find_words(series);
    }
    take_words(series, reader, image);
    free(words);
}

/* Reads the next record; false at the end. */
static bool read_next(struct series *series, struct series_reader *reader)
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
            find_words(series);
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
    const uint8_t *last = (const uint8_t *)reader->last + series->byte;
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

/* --- blocks --------------------------------------------------------------- */

static struct series_cell no_cell(void)
{
    return (struct series_cell){
        .min = NAN, .max = NAN, .first = NAN, .last = NAN};
}

static void add_cell(struct series_cell *to, const struct series_cell *cell)
{
    to->known |= cell->known;
    to->gap |= cell->gap;
    to->changes += cell->changes;
    if (!cell->samples)
        return;
    if (!to->samples)
        to->first = cell->first;
    to->min = fmin(to->min, cell->min);
    to->max = fmax(to->max, cell->max);
    to->last = cell->last;
    to->sum += cell->sum;
    to->samples += cell->samples;
}

static void free_block(struct series_block *block)
{
    free_reader(&block->begin);
}

/* Forgets the blocks before number `from`. */
static void drop_blocks(struct series *series, size_t from)
{
    if (!from)
        return;
    for (size_t i = 0; i < from; i++)
        free_block(&series->blocks[i]);
    series->block_count -= from;
    memmove(series->blocks, series->blocks + from,
            series->block_count * sizeof *series->blocks);
}

static size_t block_bytes(const struct series *series)
{
    return sizeof(struct series_block) + 2 * series->words * 8 + 32;
}

/* Whether a block has ended.  Where fields move it is one record: its reader
 * has no image to go on from. */
static bool is_long(const struct series *series,
                    const struct series_block *block)
{
    return block->records == BLOCK_RECORDS ||
           (block->records && series->image.words) ||
           (block->records &&
            series->head.place - block->begin.place > BLOCK_BYTES);
}

static struct series_block *add_block(struct series *series)
{
    if (series->block_count == series->block_room) {
        series->block_room = series->block_room ? series->block_room * 2 : 64;
        series->blocks = mem_resize(series->blocks, series->block_room,
                                    sizeof *series->blocks);
    }
    struct series_block *block = &series->blocks[series->block_count++];
    *block = (struct series_block){.sum = no_cell()};
    make_reader(&block->begin, series->words);
    copy_reader(&block->begin, &series->head, series->words);
    return block;
}

/* Reads the records that are new, and forgets those that the tape dropped. */
static void catch_up(struct series *series)
{
    const struct tape *tape = &series->history->tape;
    size_t gone = 0;
    if (!tape_sync(tape, series->head.sync)) {
        drop_blocks(series, series->block_count);
        rewind_reader(series);
    }
    while (gone < series->block_count &&
           series->blocks[gone].begin.sync < tape->dropped)
        gone++;
    size_t most = series->history->granted / SERIES_PART / block_bytes(series);
    if (series->block_count > most && gone < series->block_count - most / 2)
        gone = series->block_count - most / 2;
    drop_blocks(series, gone);
    struct series_block *block =
        series->block_count ? &series->blocks[series->block_count - 1] : NULL;
    for (;;) {
        if (!block || is_long(series, block))
            block = add_block(series);
        if (!read_next(series, &series->head))
            break;
        block->changed |= series_take(series, &series->head, &block->sum);
        if (block->records++ == 0)
            block->first_key = series->head.key;
        block->last_key = series->head.key;
    }
}

/* --- the list of series --------------------------------------------------- */

static void free_series(struct series *series)
{
    drop_blocks(series, series->block_count);
    free_reader(&series->head);
    free_reader(&series->scan);
    if (series->image.words)
        image_free(&series->image);
    free(series->blocks);
    free(series->change);
    free(series);
}

void series_free(struct history *history)
{
    while (history->series) {
        struct series *next = history->series->next;
        free_series(history->series);
        history->series = next;
    }
}

static struct series *make_series(struct history *history, uint32_t field)
{
    struct series *series = mem_zalloc(1, sizeof *series);
    const struct layout *layout = history->layout;
    series->history = history;
    series->field = field;
    series->of = &layout->fields[field];
    series->mapping = series->of->mapping;
    if (history->moving)
        image_make(&series->image, history->sampler, layout);
    if (series->of->kind == KIND_COMPUTED) {
        size_t expression = 0;
        while (layout->expressions[expression].use != EXPRESSION_COMPUTED ||
               layout->expressions[expression].target != field)
            expression++;
        series->at = history->image.outcomes + expression * OUTCOME_WORDS;
        series->words = OUTCOME_WORDS;
        series->others = replay_mappings(history->sampler, field) &
                         ~(UINT64_C(1) << series->mapping);
    } else {
        series->words = (series->of->size + 14) / 8;
        find_words(series);
    }
    /* The last word of a field need not be the last one of the frame. */
    if (!history->moving && series->at != SIZE_MAX &&
        series->of->kind != KIND_COMPUTED)
        series->words = (series->byte + series->of->size + 7) / 8;
    series->change = mem_zalloc(series->words, sizeof *series->change);
    make_reader(&series->head, series->words);
    make_reader(&series->scan, series->words);
    rewind_reader(series);
    return series;
}

/* Frees the series that were not used for the longest time while all together
 * take too much. */
static void limit_memory(struct history *history)
{
    for (;;) {
        size_t bytes = 0;
        struct series **oldest = NULL;
        for (struct series **at = &history->series; *at; at = &(*at)->next) {
            bytes += (*at)->block_room * sizeof(struct series_block) +
                     (*at)->block_count * 2 * (*at)->words * 8 +
                     (*at)->image.count * 8;
            if (!oldest || (*at)->used < (*oldest)->used)
                oldest = at;
        }
        if (!oldest || bytes <= history->granted / SERIES_PART ||
            (*oldest)->used == history->series_used)
            return;
        struct series *series = *oldest;
        *oldest = series->next;
        free_series(series);
    }
}

struct series *series_find(struct history *history, uint32_t field)
{
    struct series *series = history->series;
    CHECK(field < history->layout->field_count);
    if (history->problem || !history->tape.count)
        return NULL;
    while (series && series->field != field)
        series = series->next;
    if (!series) {
        series = make_series(history, field);
        series->next = history->series;
        history->series = series;
    }
    series->used = ++history->series_used;
    catch_up(series);
    limit_memory(history);
    return series;
}

bool series_scan(struct series *series, const struct series_block *block,
                 series_fn *fn, void *user)
{
    struct series_reader *reader = &series->scan;
    copy_reader(reader, &block->begin, series->words);
    for (uint32_t i = 0; i < block->records; i++) {
        CHECK(read_next(series, reader));
        if (!fn(user, series, reader))
            return false;
    }
    return true;
}

/* --- changes -------------------------------------------------------------- */

struct change_search {
    int64_t after_ns;
    int64_t found_ns;
};

static bool find_change(void *user, struct series *series,
                        struct series_reader *reader)
{
    struct change_search *search = user;
    struct series_cell cell = no_cell();
    bool changed = series_take(series, reader, &cell);
    if (!changed || reader->key <= search->after_ns)
        return true;
    search->found_ns = reader->key;
    return false;
}

int64_t series_next_change(struct history *history, uint32_t field,
                           int64_t at_ns)
{
    struct series *series = series_find(history, field);
    struct change_search search = {at_ns, 0};
    for (size_t i = 0; series && i < series->block_count; i++) {
        const struct series_block *block = &series->blocks[i];
        if (!block->records || block->last_key <= at_ns || !block->changed)
            continue;
        if (block->records == 1)
            return block->first_key;
        if (!series_scan(series, block, find_change, &search))
            return search.found_ns;
    }
    return 0;
}

/* --- cells ---------------------------------------------------------------- */

struct cells {
    int64_t from_ns;
    int64_t cell_ns;
    struct series_cell *items;
    size_t count;
};

/* The number of the cell; `count` or more, or SIZE_MAX: outside. */
static size_t cell_at(const struct cells *cells, int64_t key)
{
    return key < cells->from_ns
               ? SIZE_MAX
               : (size_t)((key - cells->from_ns) / cells->cell_ns);
}

static bool add_record(void *user, struct series *series,
                       struct series_reader *reader)
{
    const struct cells *cells = user;
    struct series_cell none = no_cell();
    size_t at = cell_at(cells, reader->key);
    series_take(series, reader, at < cells->count ? &cells->items[at] : &none);
    return true;
}

void history_series(struct history *history, uint32_t field, int64_t from_ns,
                    int64_t cell_ns, struct series_cell *cells, size_t count)
{
    struct cells all = {from_ns, cell_ns, cells, count};
    CHECK(cell_ns > 0);
    for (size_t i = 0; i < count; i++)
        cells[i] = no_cell();
    struct series *series = series_find(history, field);
    for (size_t i = 0; series && i < series->block_count; i++) {
        const struct series_block *block = &series->blocks[i];
        if (!block->records)
            continue;
        size_t first = cell_at(&all, block->first_key);
        size_t last = cell_at(&all, block->last_key);
        if (last == SIZE_MAX)
            continue;
        if (first != SIZE_MAX && first >= count)
            break;
        if (first == last)
            add_cell(&cells[first], &block->sum);
        else
            series_scan(series, block, add_record, &all);
    }
}
