/* SPDX-License-Identifier: MIT */
/*
 * One row a key of [snapshot].
 * Invariant: snapshot_table[i] is the row of enum snapshot_key i.  Which
 * fields the names mean is left to bind.c, reading by a method to the engine.
 */
#include "loader/snapshot_keys.h"

#include <string.h>

#include "base/text.h"
#include "layout/syntax.h"
#include "layout/words.h"
#include "loader/field_keys.h"

const struct snapshot_row snapshot_table[] = {
    [SNAPSHOT_KEY_METHOD] = {"method"}, [SNAPSHOT_KEY_SEQ] = {"seq"},
    [SNAPSHOT_KEY_BEGIN] = {"begin"},   [SNAPSHOT_KEY_END] = {"end"},
    [SNAPSHOT_KEY_TICK] = {"tick"},     [SNAPSHOT_KEY_COUNT] = {NULL},
};

/* The method that each key belongs to. */
static const enum snapshot_method method_of[] = {
    [SNAPSHOT_KEY_METHOD] = SNAPSHOT_NONE,
    [SNAPSHOT_KEY_SEQ] = SNAPSHOT_SEQLOCK,
    [SNAPSHOT_KEY_BEGIN] = SNAPSHOT_PAIR,
    [SNAPSHOT_KEY_END] = SNAPSHOT_PAIR,
    [SNAPSHOT_KEY_TICK] = SNAPSHOT_NEWEST,
};

static const char *nearest_key(const char *key)
{
    const char *keys[SNAPSHOT_KEY_COUNT];
    for (size_t i = 0; i < SNAPSHOT_KEY_COUNT; i++)
        keys[i] = snapshot_table[i].key;
    return text_nearest(key, keys, SNAPSHOT_KEY_COUNT);
}

static void set_method(struct snapshot_draft *draft, const char *value,
                       int line, struct problems *problems)
{
    int method = word_find(snapshot_words, value);
    if (method < 0) {
        problem_add(problems, draft->file, line, PROBLEM_ERROR,
                    "unknown method '%s'%s", value,
                    word_hint_in(snapshot_words, value).text);
        draft->unknown = true;
        return;
    }
    draft->method = (enum snapshot_method)method;
}

void snapshot_set(struct snapshot_draft *draft, const char *key,
                  const char *value, int line, struct arena *arena,
                  struct problems *problems)
{
    size_t i = 0;
    while (i < SNAPSHOT_KEY_COUNT && strcmp(snapshot_table[i].key, key) != 0)
        i++;
    if (i == SNAPSHOT_KEY_COUNT) {
        problem_add(problems, draft->file, line, PROBLEM_ERROR,
                    "unknown key '%s' of [snapshot]%s", key,
                    word_hint(nearest_key(key)).text);
        return;
    }
    if (draft->lines[i]) {
        problem_add(problems, draft->file, line, PROBLEM_ERROR,
                    "duplicate key '%s' of [snapshot]; the first is in line %d",
                    key, draft->lines[i]);
        return;
    }
    draft->lines[i] = line;
    if (value[0] == '\0') {
        problem_add(problems, draft->file, line, PROBLEM_ERROR,
                    "%s has no value", key);
    } else if (i == SNAPSHOT_KEY_METHOD) {
        set_method(draft, value, line, problems);
    } else {
        draft->names[i] = plain_copy(arena, value);
    }
}

void snapshot_check(const struct snapshot_draft *draft,
                    struct problems *problems)
{
    if (!draft->lines[SNAPSHOT_KEY_METHOD]) {
        problem_add(problems, draft->file, draft->line, PROBLEM_ERROR,
                    "[snapshot] has no method%s",
                    word_hint_in(snapshot_words, "").text);
        return;
    }
    const char *word = word_of(snapshot_words, (int)draft->method);
    if (draft->unknown)
        return;
    for (size_t i = SNAPSHOT_KEY_SEQ; i < SNAPSHOT_KEY_COUNT; i++) {
        bool wanted = method_of[i] == draft->method;
        if (wanted && !draft->lines[i]) {
            problem_add(problems, draft->file, draft->line, PROBLEM_ERROR,
                        "method %s needs %s = FIELD", word,
                        snapshot_table[i].key);
        } else if (!wanted && draft->lines[i]) {
            problem_add(problems, draft->file, draft->lines[i], PROBLEM_ERROR,
                        "method %s has no %s", word, snapshot_table[i].key);
        }
    }
}
