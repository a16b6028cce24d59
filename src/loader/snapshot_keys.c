/* SPDX-License-Identifier: MIT */
/* The keys of [snapshot], and which of them each method needs.  The fields
 * that they name are looked up by references.c. */
#include "loader/snapshot_keys.h"

#define KEY(name) offsetof(struct snapshot_draft, names[name]), 0, NULL

const struct section_key snapshot_table[] = {
    [SNAPSHOT_KEY_METHOD] = {"method", key_word,
                             offsetof(struct snapshot_draft, method), 0,
                             snapshot_words},
    [SNAPSHOT_KEY_SEQ] = {"seq", key_plain, KEY(SNAPSHOT_KEY_SEQ)},
    [SNAPSHOT_KEY_BEGIN] = {"begin", key_plain, KEY(SNAPSHOT_KEY_BEGIN)},
    [SNAPSHOT_KEY_END] = {"end", key_plain, KEY(SNAPSHOT_KEY_END)},
    [SNAPSHOT_KEY_TICK] = {"tick", key_plain, KEY(SNAPSHOT_KEY_TICK)},
    [SNAPSHOT_KEY_COUNT] = {NULL, NULL, 0, 0, NULL},
};

/* The method that each key belongs to. */
static const enum snapshot_method method_of[] = {
    [SNAPSHOT_KEY_METHOD] = SNAPSHOT_NONE,
    [SNAPSHOT_KEY_SEQ] = SNAPSHOT_SEQLOCK,
    [SNAPSHOT_KEY_BEGIN] = SNAPSHOT_PAIR,
    [SNAPSHOT_KEY_END] = SNAPSHOT_PAIR,
    [SNAPSHOT_KEY_TICK] = SNAPSHOT_NEWEST,
};

void snapshot_begin(struct snapshot_draft *draft, const char *file, int line,
                    struct arena *arena)
{
    CHECK(!draft->keys.line && line > 0);
    draft->keys = (struct keys){
        .file = file,
        .line = line,
        .lines = arena_alloc(arena, SNAPSHOT_KEY_COUNT, sizeof(int)),
    };
}

void snapshot_set(struct snapshot_draft *draft, const char *key,
                  const char *value, int line, struct arena *arena,
                  struct problems *problems)
{
    const struct key_section section = {
        .kind = "[snapshot]",
        .table = snapshot_table,
        .keys = &draft->keys,
        .bases = {draft},
    };
    key_read(&section, key, value, line, arena, problems);
}

void snapshot_check(const struct snapshot_draft *draft,
                    struct problems *problems)
{
    const struct keys *keys = &draft->keys;
    CHECK(keys->line > 0);
    if (!key_given(keys, SNAPSHOT_KEY_METHOD)) {
        problem_add(problems, keys->file, keys->line, PROBLEM_ERROR,
                    "[snapshot] has no method%s",
                    word_hint_in(snapshot_words, "").text);
    }
    if (!key_valid(keys, SNAPSHOT_KEY_METHOD))
        return;
    const char *word = word_of(snapshot_words, (int)draft->method);
    for (unsigned i = SNAPSHOT_KEY_SEQ; i < SNAPSHOT_KEY_COUNT; i++) {
        bool wanted = method_of[i] == draft->method;
        if (wanted && !key_given(keys, i)) {
            problem_add(problems, keys->file, keys->line, PROBLEM_ERROR,
                        "method %s needs %s = FIELD", word,
                        snapshot_table[i].key);
        } else if (!wanted && key_given(keys, i)) {
            key_problem(problems, keys, i, "method %s has no %s", word,
                        snapshot_table[i].key);
        }
    }
}
