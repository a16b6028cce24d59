/* SPDX-License-Identifier: MIT */
/* Repeats the steps on a tape: sets the state of a sync, then applies records.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "history/delta.h"
#include "history/history_private.h"

void player_free(struct player *player)
{
    sampler_close(player->sampler);
    image_free(&player->image);
    free(player->inputs);
    free(player->outcomes);
    *player = (struct player){0};
}

static void make(struct player *player, const struct history *history)
{
    const struct layout *layout = history->layout;
    *player = (struct player){
        .history = history,
        .sampler = replay_open(history->sampler),
        .inputs = mem_zalloc(layout->mapping_count, sizeof *player->inputs),
        .outcomes =
            mem_zalloc(layout->expression_count + 1, sizeof *player->outcomes),
    };
    image_make(&player->image, player->sampler, layout);
}

/* --- syncs ---------------------------------------------------------------- */

uint64_t *history_sync_words(const struct history *history, uint64_t number,
                             size_t *count)
{
    const struct tape *tape = &history->tape;
    uint64_t full = number;
    while (!tape_sync(tape, full)->full)
        full--;
    const uint8_t *at = tape_at(tape, tape_sync(tape, full)->at);
    *count = (size_t)delta_number(&at);
    uint64_t *words = mem_zalloc(*count, sizeof *words);
    delta_apply(at, words, *count);
    if (full == number)
        return words;
    at = tape_at(tape, tape_sync(tape, number)->at);
    size_t same = (size_t)delta_number(&at);
    CHECK(same == *count);
    delta_apply(at, words, *count);
    return words;
}

static void load(struct player *player, uint64_t number)
{
    const struct history *history = player->history;
    size_t count;
    uint64_t *words = history_sync_words(history, number, &count);
    const uint8_t *at = (const uint8_t *)(words + SYNC_WORDS);
    uint64_t moved;
    CHECK(count >= SYNC_WORDS);
    replay_load(player->sampler, at, (size_t)words[SYNC_STATE]);
    at += words[SYNC_STATE];
    buf_clear(&player->image.texts);
    buf_add(&player->image.texts, at, (size_t)words[SYNC_TEXTS]);
    at += words[SYNC_TEXTS];
    image_take_places(&player->image, history->layout, at, &moved);
    at += words[SYNC_PLACES];
    CHECK(words[SYNC_IMAGE] == player->image.count);
    memcpy(player->image.words, at,
           player->image.count * sizeof *player->image.words);
    player->key = (int64_t)words[SYNC_KEY];
    player->stale_ns = (int64_t)words[SYNC_STALE];
    player->sync = number;
    player->place = tape_sync(&history->tape, number)->records;
    player->stepped = false;
    free(words);
}

/* --- records -------------------------------------------------------------- */

/* The texts in their order; see record_flag. */
static const char *take_text(const char **at)
{
    const char *text = *at;
    *at += strlen(text) + 1;
    return text;
}

static void take_outcomes(struct player *player, const char *texts)
{
    const struct layout *layout = player->history->layout;
    const uint64_t *words = player->image.words + player->image.outcomes;
    for (size_t i = 0; i < layout->expression_count; i++) {
        struct computed_outcome *outcome = &player->outcomes[i];
        outcome->value.type = (enum value_type)(words[1] & 255);
        outcome->value.u = words[0];
        outcome->flags = (uint32_t)(words[1] >> 8);
        if (outcome->value.type == VALUE_BYTES) {
            outcome->value.bytes = (const uint8_t *)texts;
            texts += COMPUTED_TEXT_MAX + 1;
        }
        words += OUTCOME_WORDS;
    }
}

static void repeat(struct player *player, struct step_record *record)
{
    const char *texts = player->image.texts.data;
    for (size_t i = 0; i < player->image.mappings; i++) {
        struct step_input *input = &player->inputs[i];
        const struct location *places = input->places;
        image_take_input(&player->image, i, player->key, input);
        input->places = places;
        input->note = take_text(&texts);
        input->facts.message = take_text(&texts);
        if (!*input->facts.message)
            input->facts.message = NULL;
    }
    record->inputs = player->inputs;
    record->problem_text = take_text(&texts);
    take_outcomes(player, texts);
    record->computed = player->outcomes;
    replay_step(player->sampler, record);
}

/* The head of the next record; false at the end, and if its key is after
 * `last` and a step was repeated already. */
static bool look_ahead(struct player *player, int64_t last,
                       struct record_head *head)
{
    const struct tape *tape = &player->history->tape;
    const struct tape_sync *sync = tape_sync(tape, player->sync);
    CHECK(sync);
    if (player->place >= sync->end) {
        uint64_t number = player->sync;
        bool jump = false;
        do {
            sync = tape_sync(tape, ++number);
            if (!sync)
                return false;
            jump |= sync->jump;
        } while (sync->count == 0);
        if (player->stepped && sync->first_key > last)
            return false;
        if (jump)
            load(player, number);
        player->sync = number;
        player->place = sync->records;
    }
    *head = history_head(player->history, player->place, player->key);
    return !player->stepped || head->key <= last;
}

static void take(struct player *player, const struct record_head *head)
{
    const struct history *history = player->history;
    const uint8_t *at = head->body;
    uint64_t moved = 0;
    player->key = head->key;
    if (head->flags & RECORD_STALE) {
        memcpy(&player->stale_ns, at, sizeof player->stale_ns);
        at += sizeof player->stale_ns;
    }
    if (head->flags & RECORD_TEXTS) {
        size_t bytes = (size_t)delta_number(&at);
        buf_clear(&player->image.texts);
        buf_add(&player->image.texts, at, bytes);
        at += bytes;
    }
    if (head->flags & RECORD_MOVED)
        at = image_take_places(&player->image, history->layout, at, &moved);
    delta_apply(at, player->image.words, player->image.count);
    for (size_t i = 0; i < player->image.mappings; i++)
        player->inputs[i].places =
            moved >> i & 1 ? player->image.frames[i].places : NULL;
    struct step_record record = {
        .resumed = head->flags & RECORD_RESUMED,
        .rebased = head->flags & RECORD_REBASED,
        .stale_ns = player->stale_ns,
    };
    repeat(player, &record);
    player->place = head->end;
    player->stepped = true;
}

bool player_next(struct player *player)
{
    struct record_head head;
    if (!look_ahead(player, INT64_MAX, &head))
        return false;
    take(player, &head);
    return true;
}

/* Whether going on from where the player is reaches `key` sooner than from the
 * sync `number`. */
static bool is_ahead(const struct player *player, uint64_t number, int64_t key)
{
    return player->stepped && player->sync >= number && player->key <= key &&
           tape_sync(&player->history->tape, player->sync);
}

bool player_seek(struct player *player, const struct history *history,
                 int64_t key)
{
    uint64_t number = tape_find(&history->tape, key);
    if (number == UINT64_MAX)
        return false;
    if (!player->sampler)
        make(player, history);
    if (!is_ahead(player, number, key))
        load(player, number);
    struct record_head head;
    while (look_ahead(player, key, &head))
        take(player, &head);
    return player->stepped;
}
