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

/* The record that comes next. */
struct ahead {
    struct record_head head;
    uint64_t sync; /* the number of its sync */
    bool jump;     /* its state is not the player's */
};

/* False at the end. */
static bool look_ahead(const struct player *player, struct ahead *ahead)
{
    const struct tape *tape = &player->history->tape;
    const struct tape_sync *sync = tape_sync(tape, player->sync);
    uint64_t place = player->place;
    CHECK(sync);
    ahead->sync = player->sync;
    ahead->jump = false;
    while (place >= sync->end) {
        sync = tape_sync(tape, ++ahead->sync);
        if (!sync)
            return false;
        ahead->jump |= sync->jump;
        place = sync->records;
    }
    ahead->head = history_head(player->history, place, player->key);
    return true;
}

static void take(struct player *player, const struct ahead *ahead)
{
    const struct history *history = player->history;
    const struct record_head *head = &ahead->head;
    if (ahead->jump && !player->rebased)
        load(player, ahead->sync);
    player->sync = ahead->sync;
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
        .rebased = (head->flags & RECORD_REBASED) && !player->rebased,
        .stale_ns = player->stale_ns,
    };
    repeat(player, &record);
    player->place = head->end;
    player->stepped = true;
}

bool player_next(struct player *player)
{
    struct ahead ahead;
    if (!look_ahead(player, &ahead))
        return false;
    take(player, &ahead);
    return true;
}

/* Whether going on from where the player is reaches `key` sooner than from the
 * sync `number`. */
static bool is_ahead(const struct player *player, uint64_t number, int64_t key)
{
    return player->stepped && player->sync >= number && player->key <= key &&
           tape_sync(&player->history->tape, player->sync);
}

void player_copy(struct player *player, const struct history *history)
{
    if (!player->sampler)
        make(player, history);
    replay_copy(player->sampler, history->sampler, &player->image.texts);
    player->sync = UINT64_MAX;
    player->stepped = false;
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
    struct ahead ahead;
    while (look_ahead(player, &ahead) &&
           (!player->stepped || ahead.head.key <= key))
        take(player, &ahead);
    return player->stepped;
}
