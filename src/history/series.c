/* SPDX-License-Identifier: MIT */
/* What was read of a field is kept as blocks: the numbers of some records in
 * short, and where and how to read them again.  Reading is series_read.c. */
#include "history/series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "history/history_private.h"

/* A block ends after so many records, or so many bytes of the tape. */
#define BLOCK_RECORDS 128
#define BLOCK_BYTES 16384
#define SERIES_PART 16 /* of the granted memory */

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
    series_reader_free(&block->begin);
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

static bool is_long(const struct series *series,
                    const struct series_block *block)
{
    return block->records >= (uint32_t)BLOCK_RECORDS << series->doublings ||
           (block->records && series->head.place - block->begin.place >
                                  (uint64_t)BLOCK_BYTES << series->doublings);
}

/* Makes one block of two. */
static void merge_blocks(struct series *series)
{
    size_t count = series->block_count / 2;
    for (size_t i = 0; i < count; i++) {
        struct series_block *first = &series->blocks[2 * i];
        struct series_block *second = first + 1;
        add_cell(&first->sum, &second->sum);
        first->changed |= second->changed;
        first->records += second->records;
        if (second->records)
            first->last_key = second->last_key;
        free_block(second);
        series->blocks[i] = *first;
    }
    if (series->block_count % 2)
        series->blocks[count] = series->blocks[series->block_count - 1];
    series->block_count -= count;
    series->doublings++;
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
    series_reader_make(&block->begin, series->words);
    series_reader_copy(&block->begin, &series->head, series->words);
    return block;
}

/* If fields move, the image of the last record is kept for the next ones: a
 * scan has another one.  Returns the first. */
static struct image use_scan_image(struct series *series)
{
    struct history *history = series->history;
    struct image own = series->image;
    if (!own.words)
        return own;
    if (!history->scan_image.words)
        image_make(&history->scan_image, history->sampler, history->layout);
    series->image = history->scan_image;
    return own;
}

static void use_own_image(struct series *series, struct image own)
{
    struct history *history = series->history;
    if (!own.words)
        return;
    history->has_scan = true;
    history->scan_place = series->scan.place;
    history->scan_image = series->image;
    series->image = own;
    series_find_words(series);
}

/* Makes the image before a block again, from the sync before it. */
static void find_image(struct series *series, const struct series_block *block)
{
    struct history *history = series->history;
    struct series_reader *reader = &series->scan;
    if (history->has_scan && history->scan_place == block->begin.place) {
        series_find_words(series);
        return;
    }
    series_rewind(series, reader, block->begin.sync);
    while (reader->place < block->begin.place)
        CHECK(series_read(series, reader));
}

static void count_record(struct series *series, struct series_reader *reader,
                         struct series_block *block)
{
    block->changed |= series_take(series, reader, &block->sum);
    if (block->records++ == 0)
        block->first_key = reader->key;
    block->last_key = reader->key;
}

/* The tape has dropped records of a block, which ends before `end`: reads the
 * others again.  False if there are none. */
static bool shorten_block(struct series *series, struct series_block *block,
                          uint64_t end)
{
    struct series_reader *reader = &series->scan;
    struct image own = use_scan_image(series);
    series_rewind(series, reader, series->history->tape.dropped);
    series_reader_copy(&block->begin, reader, series->words);
    block->sum = no_cell();
    block->records = 0;
    block->changed = false;
    while (reader->place < end) {
        CHECK(series_read(series, reader));
        count_record(series, reader, block);
    }
    use_own_image(series, own);
    return block->records;
}

/* Forgets the records that the tape has dropped. */
static void drop_records(struct series *series)
{
    size_t gone = 0;
    while (gone < series->block_count &&
           series->blocks[gone].begin.sync < series->history->tape.dropped)
        gone++;
    if (!gone)
        return;
    uint64_t end = gone < series->block_count ? series->blocks[gone].begin.place
                                              : series->head.place;
    if (shorten_block(series, &series->blocks[gone - 1], end))
        gone--;
    drop_blocks(series, gone);
}

/* Reads the records that are new, and forgets those that the tape dropped. */
static void catch_up(struct series *series)
{
    const struct tape *tape = &series->history->tape;
    if (!tape_sync(tape, series->head.sync)) {
        drop_blocks(series, series->block_count);
        series_rewind(series, &series->head, tape->dropped);
    }
    drop_records(series);
    size_t most = series->history->granted / SERIES_PART / block_bytes(series);
    struct series_block *block =
        series->block_count ? &series->blocks[series->block_count - 1] : NULL;
    for (;;) {
        if (!block || is_long(series, block)) {
            if (series->block_count >= most && series->block_count >= 4)
                merge_blocks(series);
            block = add_block(series);
        }
        if (!series_read(series, &series->head))
            break;
        count_record(series, &series->head, block);
    }
}

/* --- the list of series --------------------------------------------------- */

static void free_series(struct series *series)
{
    drop_blocks(series, series->block_count);
    series_reader_free(&series->head);
    series_reader_free(&series->scan);
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
    if (history->scan_image.words)
        image_free(&history->scan_image);
    history->has_scan = false;
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
        series_find_words(series);
    }
    /* The last word of a field need not be the last one of the frame. */
    if (!history->moving && series->at != SIZE_MAX &&
        series->of->kind != KIND_COMPUTED)
        series->words = (series->byte + series->of->size + 7) / 8;
    series->change = mem_zalloc(series->words, sizeof *series->change);
    series_reader_make(&series->head, series->words);
    series_reader_make(&series->scan, series->words);
    series_rewind(series, &series->head, history->tape.dropped);
    return series;
}

/* Frees the series that were not used for the longest time while all together
 * take too much. */
static void limit_memory(struct history *history)
{
    for (;;) {
        size_t bytes = history->scan_image.count * 8;
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

static bool scan(struct series *series, const struct series_block *block,
                 series_fn *fn, void *user)
{
    struct series_reader *reader = &series->scan;
    series_reader_copy(reader, &block->begin, series->words);
    for (uint32_t i = 0; i < block->records; i++) {
        CHECK(series_read(series, reader));
        if (!fn(user, series, reader))
            return false;
    }
    return true;
}

bool series_scan(struct series *series, const struct series_block *block,
                 series_fn *fn, void *user)
{
    struct image own = use_scan_image(series);
    if (own.words)
        find_image(series, block);
    bool whole = scan(series, block, fn, user);
    use_own_image(series, own);
    return whole;
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

/* The number of the cell; `count` after the last one, SIZE_MAX before the first
 * one. */
static size_t cell_at(const struct cells *cells, int64_t key)
{
    if (key < cells->from_ns)
        return SIZE_MAX;
    int64_t at = (key - cells->from_ns) / cells->cell_ns;
    return at < (int64_t)cells->count ? (size_t)at : cells->count;
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
