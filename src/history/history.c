/* SPDX-License-Identifier: MIT */
/* Writes the steps of a sampler to a tape.  Reading them is player.c. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "history/delta.h"
#include "history/history_private.h"

/* A sync comes when repeating the records after the last one takes about this
 * long: a moment is found within a small multiple of it. */
#define SYNC_COST_NS 16e6
/* The parts of a step's cost, measured on a slow machine. */
#define COST_STEP_NS 1500.0
#define COST_FIELD_NS 0.8 /* to compare its bytes */
#define COST_SCAN_NS 3.0  /* to look at it, near one that has changed */
#define COST_SCANNED 64   /* fields near it */
#define COST_CHANGE_NS 25.0
#define COST_JUDGED_NS 15.0 /* an alarm or an expression */

/* Shares of the memory. */
#define MARKS_PART 64
#define CLOCKS_PART 64
#define SYNCS_PART 64 /* the list of them */
#define SERIES_PART 16
/* A full sync with what depends on it takes at most this part of the tape: so
 * much is lost at once when room is needed. */
#define GROUP_PART 8
#define LENGTH_MOST 10 /* bytes of a number */
/* Copies of a state that are in use besides the tape: two players of two each,
 * three buffers that may be twice as long as what is in them, and scratch. */
#define COPIES 11

/* --- opening -------------------------------------------------------------- */

static size_t round_up(size_t bytes)
{
    return (bytes + 7) / 8 * 8;
}

static void refuse(struct history *history, size_t need)
{
    snprintf(history->problem_text, sizeof history->problem_text,
             "no history: this layout needs --history %zuM or more",
             (need >> 20) + 1);
    history->problem = history->problem_text;
    tape_free(&history->tape);
}

static void pad(struct buf *buf)
{
    buf_fill(buf, '\0', round_up(buf->len) - buf->len);
}

/* Puts the words of a sync into history->parts. */
static void put_sync_words(struct history *history)
{
    struct buf *out = &history->parts;
    uint64_t words[SYNC_WORDS] = {0};
    buf_clear(out);
    buf_add(out, words, sizeof words);
    replay_save(history->sampler, out);
    pad(out);
    words[SYNC_STATE] = out->len - sizeof words;
    buf_add(out, history->image.texts.data, history->image.texts.len);
    pad(out);
    words[SYNC_TEXTS] = out->len - sizeof words - words[SYNC_STATE];
    size_t at = out->len;
    image_put_places(out, &history->image, history->layout, history->moving);
    pad(out);
    words[SYNC_PLACES] = out->len - at;
    words[SYNC_IMAGE] = history->image.count;
    words[SYNC_KEY] = (uint64_t)history->last_key;
    words[SYNC_STALE] = (uint64_t)history->stale_ns;
    buf_add(out, history->image.words, history->image.count * 8);
    memcpy(out->data, words, sizeof words);
}

/* Whether the records after the last full sync leave room for another sync that
 * depends on it. */
static bool is_group_full(const struct history *history)
{
    return history->tape.sync_count == 0 ||
           history->tape.head - history->group_at >
               history->tape.size / GROUP_PART;
}

void history_sync(struct history *history, bool jump)
{
    struct tape *tape = &history->tape;
    put_sync_words(history);
    size_t count = history->parts.len / 8;
    size_t bound = delta_bound(count) + 16;
    bool full =
        is_group_full(history) || history->full.len != history->parts.len;
    if (bound > tape->size / 4) {
        refuse(history, history->granted / (tape->size / 4) * bound);
        return;
    }
    uint8_t *at = tape_reserve(tape, bound);
    struct delta delta = delta_begin(delta_put_number(at, count));
    if (full) {
        buf_clear(&history->full);
        buf_fill(&history->full, '\0', history->parts.len);
        delta_add(&delta, (uint64_t *)(void *)history->full.data,
                  history->parts.data, count);
    } else {
        buf_clear(&history->words);
        buf_add(&history->words, history->full.data, history->full.len);
        delta_add(&delta, (uint64_t *)(void *)history->words.data,
                  history->parts.data, count);
    }
    if (full)
        history->group_at = tape->head;
    tape_end_sync(tape, (size_t)(delta_end(&delta) - at), full, jump);
    history->cost_ns = 0;
}

static void put_texts(struct history *history);

struct history *history_open(struct sampler *sampler,
                             const struct layout *layout, size_t bytes)
{
    struct history *history = mem_zalloc(1, sizeof *history);
    history->sampler = sampler;
    history->layout = layout;
    history->granted = bytes;
    if (!bytes) {
        history->problem = "no history: it is off (--history 0)";
        return history;
    }
    for (size_t i = 0; i < layout->mapping_count; i++)
        if (replay_places(sampler, i))
            history->moving |= UINT64_C(1) << i;
    history->levels = mem_zalloc(sampler_last(sampler)->alarm_count + 1, 1);
    history->read = mem_zalloc(layout->mapping_count, sizeof *history->read);
    history->generations =
        mem_zalloc(layout->mapping_count, sizeof *history->generations);
    image_make(&history->image, sampler, layout);
    put_texts(history);
    put_sync_words(history);
    size_t copies = COPIES * history->parts.len;
    size_t parts = bytes / MARKS_PART + bytes / CLOCKS_PART +
                   bytes / SYNCS_PART + bytes / SERIES_PART;
    size_t need = copies + 4 * (delta_bound(history->parts.len / 8) + 4096);
    if (copies + parts >= bytes || need > bytes - parts) {
        refuse(history, need / 7 * 8); /* the parts are less than an eighth */
        return history;
    }
    history->mark_most = bytes / MARKS_PART / sizeof *history->marks;
    history->clock_most = bytes / CLOCKS_PART / sizeof *history->clocks;
    if (history->clock_most > CLOCKS_MOST)
        history->clock_most = CLOCKS_MOST;
    tape_make(&history->tape, (bytes - parts - copies) / 8 * 8);
    history_sync(history, false);
    return history;
}

void history_close(struct history *history)
{
    if (!history)
        return;
    player_free(&history->player);
    player_free(&history->walker);
    series_free(history);
    tape_free(&history->tape);
    image_free(&history->image);
    buf_free(&history->texts);
    buf_free(&history->parts);
    buf_free(&history->full);
    buf_free(&history->words);
    free(history->marks);
    free(history->clocks);
    free(history->levels);
    free(history->read);
    free(history->generations);
    free(history);
}

const char *history_problem(const struct history *history)
{
    return history->problem;
}

/* --- records -------------------------------------------------------------- */

struct record_head history_head(const struct history *history, uint64_t place,
                                int64_t key)
{
    place = tape_next(&history->tape, place);
    const uint8_t *begin = tape_at(&history->tape, place);
    const uint8_t *at = begin + 1;
    size_t bytes = (size_t)delta_number(&at);
    struct record_head head = {.flags = *begin};
    head.end = place + (size_t)(at - begin) + bytes;
    head.key = key + (int64_t)delta_number(&at);
    head.body = at;
    return head;
}

const uint8_t *history_delta(const struct record_head *head,
                             const uint8_t **places)
{
    const uint8_t *at = head->body;
    *places = NULL;
    if (head->flags & RECORD_STALE)
        at += sizeof(int64_t);
    if (head->flags & RECORD_TEXTS) {
        size_t bytes = (size_t)delta_number(&at);
        at += bytes;
    }
    if (head->flags & RECORD_MOVED)
        *places = at;
    return at;
}

/* Puts the texts of the last step into history->texts. */
static void put_texts(struct history *history)
{
    const struct layout *layout = history->layout;
    const struct step_record *record = replay_record(history->sampler);
    const struct sample *sample = sampler_last(history->sampler);
    struct buf *out = &history->texts;
    buf_clear(out);
    for (size_t i = 0; i < layout->mapping_count; i++) {
        const struct step_input *input = &record->inputs[i];
        const char *texts[] = {input->note, input->facts.message};
        for (size_t k = 0; k < 2; k++)
            buf_add(out, texts[k] ? texts[k] : "",
                    texts[k] ? strlen(texts[k]) + 1 : 1);
    }
    const char *problem = record->problem_text ? record->problem_text : "";
    buf_add(out, problem, strlen(problem) + 1);
    for (size_t i = 0; i < layout->expression_count; i++) {
        const struct expression *one = &layout->expressions[i];
        if (one->use != EXPRESSION_COMPUTED ||
            sample->values[one->target].type != VALUE_BYTES)
            continue;
        buf_add(out, sample->values[one->target].bytes, COMPUTED_TEXT_MAX);
        buf_putc(out, '\0');
    }
}

/* The words of an expression's outcome. */
static void put_outcomes(struct history *history, struct delta *delta)
{
    const struct layout *layout = history->layout;
    const struct sample *sample = sampler_last(history->sampler);
    uint64_t *last = history->image.words + history->image.outcomes;
    for (size_t i = 0; i < layout->expression_count; i++) {
        const struct expression *one = &layout->expressions[i];
        uint64_t words[OUTCOME_WORDS] = {0};
        if (one->use == EXPRESSION_COMPUTED) {
            const struct value *value = &sample->values[one->target];
            uint32_t flags = sample->trends[one->target].flags &
                             (TREND_HELD | TREND_TORN | TREND_MISPLACED);
            if (value->type == VALUE_BYTES)
                words[0] =
                    mem_hash(value->bytes, strlen((const char *)value->bytes));
            else if (value->type != VALUE_NONE)
                words[0] = value->u;
            words[1] = (uint64_t)value->type | (uint64_t)flags << 8;
        }
        delta_add(delta, last, words, OUTCOME_WORDS);
        last += OUTCOME_WORDS;
    }
}

static void put_image(struct history *history, struct delta *delta, int64_t key)
{
    struct image *image = &history->image;
    const struct step_record *record = replay_record(history->sampler);
    const struct sample *sample = sampler_last(history->sampler);
    for (size_t i = 0; i < image->mappings; i++) {
        uint64_t words[META_WORDS];
        image_put_meta(words, &record->inputs[i], &sample->frames[i], key);
        delta_add(delta, image->words + i * META_WORDS, words, META_WORDS);
    }
    put_outcomes(history, delta);
    for (size_t i = 0; i < image->mappings; i++) {
        const struct image_frame *frame = &image->frames[i];
        const uint8_t *bytes = record->inputs[i].frame.bytes;
        if (bytes)
            delta_add(delta, image->words + frame->at, bytes, frame->words);
        else
            delta_skip(delta, frame->words);
    }
}

static uint64_t moved_mappings(const struct history *history)
{
    const struct step_record *record = replay_record(history->sampler);
    uint64_t moved = 0;
    for (size_t i = 0; i < history->layout->mapping_count; i++)
        if (record->inputs[i].places)
            moved |= UINT64_C(1) << i;
    return moved;
}

/* Appends the parts of a record that most records do not have. */
static unsigned put_rare_parts(struct history *history, uint64_t moved)
{
    const struct step_record *record = replay_record(history->sampler);
    struct buf *out = &history->parts;
    struct buf *texts = &history->image.texts;
    unsigned flags = (record->resumed ? RECORD_RESUMED : 0u) |
                     (record->rebased ? RECORD_REBASED : 0u);
    buf_clear(out);
    if (record->stale_ns != history->stale_ns) {
        flags |= RECORD_STALE;
        history->stale_ns = record->stale_ns;
        buf_add(out, &record->stale_ns, sizeof record->stale_ns);
    }
    put_texts(history);
    if (texts->len != history->texts.len ||
        memcmp(texts->data, history->texts.data, texts->len) != 0) {
        uint8_t number[10];
        flags |= RECORD_TEXTS;
        buf_add(
            out, number,
            (size_t)(delta_put_number(number, history->texts.len) - number));
        buf_add(out, history->texts.data, history->texts.len);
        struct buf old = *texts;
        *texts = history->texts;
        history->texts = old;
    }
    if (moved) {
        flags |= RECORD_MOVED;
        image_put_places(out, &history->image, history->layout, moved);
    }
    return flags;
}

/* What repeating the last step costs. */
static double step_cost(const struct history *history)
{
    const struct sample *sample = sampler_last(history->sampler);
    double fields = (double)sample->field_count;
    double changed = (double)sample->changed_count;
    double scanned = fmin(fields, changed * COST_SCANNED);
    return COST_STEP_NS + COST_FIELD_NS * fields + COST_SCAN_NS * scanned +
           COST_CHANGE_NS * changed +
           COST_JUDGED_NS * (double)(sample->alarm_count +
                                     history->layout->expression_count);
}

void history_take(struct history *history)
{
    const struct sample *sample = sampler_last(history->sampler);
    struct tape *tape = &history->tape;
    if (history->problem || sample->number == 0)
        return;
    int64_t key = sample->mono_ns > history->last_key ? sample->mono_ns
                                                      : history->last_key + 1;
    uint64_t moved = moved_mappings(history);
    if (moved)
        image_replan(&history->image, history->sampler, history->layout, moved);
    unsigned flags = put_rare_parts(history, moved);
    size_t bound = history->parts.len + delta_bound(history->image.count) + 32;
    if (bound > tape->size / 4) {
        refuse(history, history->granted / (tape->size / 4) * bound);
        return;
    }
    uint8_t *begin = tape_reserve(tape, bound);
    uint8_t *body = begin + 1 + LENGTH_MOST;
    uint8_t *at = delta_put_number(body, (uint64_t)(key - history->last_key));
    if (history->parts.len)
        memcpy(at, history->parts.data, history->parts.len);
    struct delta delta = delta_begin(at + history->parts.len);
    put_image(history, &delta, key);
    size_t length = (size_t)(delta_end(&delta) - body);
    *begin = (uint8_t)flags;
    at = delta_put_number(begin + 1, length);
    memmove(at, body, length);
    history->last_key = key;
    tape_end_record(tape, (size_t)(at - begin) + length, key);
    history_mark_step(history, key);
    history->cost_ns += step_cost(history);
    if (history->cost_ns >= SYNC_COST_NS || is_group_full(history))
        history_sync(history, false);
}
