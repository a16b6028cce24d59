/* SPDX-License-Identifier: MIT */
/*
 * One row a key of [mapping].
 * Invariant: mapping_table[i] is the row of enum mapping_key i.  Whether a
 * target can be opened is left to source/target.c.
 */
#include "loader/mapping_keys.h"

#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "layout/syntax.h"
#include "layout/words.h"
#include "loader/field_keys.h"

#define BARE_REFRESH_MAX_NS INT64_C(60000000000)

static bool parse_name(struct mapping_draft *draft, const char *value,
                       struct arena *arena, struct err *err)
{
    (void)err;
    draft->mapping.name = plain_copy(arena, value);
    return true;
}

static bool parse_native(struct mapping_draft *draft, const char *value,
                         struct arena *arena, const char *key)
{
    if (strcmp(key, mapping_native_key) == 0)
        draft->native = plain_copy(arena, value);
    return true;
}

static bool parse_linux(struct mapping_draft *draft, const char *value,
                        struct arena *arena, struct err *err)
{
    (void)err;
    return parse_native(draft, value, arena, "linux");
}

static bool parse_windows(struct mapping_draft *draft, const char *value,
                          struct arena *arena, struct err *err)
{
    (void)err;
    return parse_native(draft, value, arena, "windows");
}

static bool parse_size(struct mapping_draft *draft, const char *value,
                       struct arena *arena, struct err *err)
{
    (void)arena;
    uint64_t size;
    if (!number_parse_size(value, &size)) {
        return err_set(err, STATUS_DATA,
                       "bad size '%s'; it is a number of bytes such as 64, "
                       "0x40, 4K or 1MiB",
                       value);
    }
    if (size < 1 || size > LAYOUT_SIZE_MAX) {
        return err_set(err, STATUS_DATA, "size %s is not within 1 to %llu",
                       value, (unsigned long long)LAYOUT_SIZE_MAX);
    }
    draft->mapping.size = size;
    return true;
}

static bool parse_endian(struct mapping_draft *draft, const char *value,
                         struct arena *arena, struct err *err)
{
    (void)arena;
    int order = word_find(order_words, value);
    if (order < 0) {
        return err_set(err, STATUS_DATA, "unknown endian '%s'%s", value,
                       word_hint_in(order_words, value).text);
    }
    draft->mapping.order = (enum byte_order)order;
    return true;
}

/* Whether the word is an ABI of the system that shmtop runs on. */
static bool is_native(const char *word)
{
    const char *dash = strchr(word, '-');
    return dash && strcmp(dash + 1, mapping_native_key) == 0;
}

static bool parse_abi(struct mapping_draft *draft, const char *value,
                      struct arena *arena, struct err *err)
{
    static const char blanks[] = " \t";
    bool first = true, native = false;
    for (value += strspn(value, blanks); *value != '\0';
         value += strspn(value, blanks), first = false) {
        size_t len = strcspn(value, blanks);
        const char *word = arena_printf(arena, "%.*s", (int)len, value);
        int abi = word_find(abi_words, word);
        if (abi < 0) {
            return err_set(err, STATUS_DATA, "unknown abi '%s'%s", word,
                           word_hint_in(abi_words, word).text);
        }
        if (first || (!native && is_native(word))) {
            draft->mapping.abi = (enum abi)abi;
            native = is_native(word);
        }
        value += len;
    }
    return true;
}

static bool parse_refresh(struct mapping_draft *draft, const char *value,
                          struct arena *arena, struct err *err)
{
    (void)arena;
    return number_parse_period(value, &draft->mapping.refresh_ns) ||
           err_set(err, STATUS_DATA,
                   "bad refresh '%s'; it is a period such as 1s, 100ms or 10hz",
                   value);
}

static bool parse_stale(struct mapping_draft *draft, const char *value,
                        struct arena *arena, struct err *err)
{
    (void)arena;
    if (strcmp(value, "never") == 0) {
        draft->mapping.stale_ns = INT64_MAX;
        return true;
    }
    return number_parse_period(value, &draft->mapping.stale_ns) ||
           err_set(err, STATUS_DATA,
                   "bad stale '%s'; it is a period such as 2s, or never",
                   value);
}

static bool parse_label(struct mapping_draft *draft, const char *value,
                        struct arena *arena, struct err *err)
{
    (void)err;
    draft->mapping.label = clean_copy(arena, value);
    return true;
}

static bool parse_doc(struct mapping_draft *draft, const char *value,
                      struct arena *arena, struct err *err)
{
    (void)err;
    draft->mapping.doc = clean_copy(arena, value);
    return true;
}

static bool parse_require(struct mapping_draft *draft, const char *value,
                          struct arena *arena, struct err *err)
{
    (void)err;
    draft->require = arena_strdup(arena, value);
    return true;
}

static bool parse_gone(struct mapping_draft *draft, const char *value,
                       struct arena *arena, struct err *err)
{
    (void)err;
    draft->gone = arena_strdup(arena, value);
    return true;
}

static bool parse_heartbeat(struct mapping_draft *draft, const char *value,
                            struct arena *arena, struct err *err)
{
    (void)err;
    draft->heartbeat = plain_copy(arena, value);
    return true;
}

static bool parse_heartbeat_stale(struct mapping_draft *draft,
                                  const char *value, struct arena *arena,
                                  struct err *err)
{
    (void)arena;
    return number_parse_period(value, &draft->mapping.heartbeat_stale_ns) ||
           err_set(err, STATUS_DATA,
                   "bad heartbeat_stale '%s'; it is a period such as 2s",
                   value);
}

static bool parse_pid(struct mapping_draft *draft, const char *value,
                      struct arena *arena, struct err *err)
{
    (void)err;
    draft->pid = plain_copy(arena, value);
    return true;
}

/* The parser reads the other file; this row is for the messages. */
static bool parse_include(struct mapping_draft *draft, const char *value,
                          struct arena *arena, struct err *err)
{
    (void)draft, (void)value, (void)arena, (void)err;
    CHECK(false);
    return false;
}

const struct mapping_row mapping_table[] = {
    [MAPPING_NAME] = {"name", parse_name},
    [MAPPING_LINUX] = {"linux", parse_linux},
    [MAPPING_WINDOWS] = {"windows", parse_windows},
    [MAPPING_SIZE] = {"size", parse_size},
    [MAPPING_ENDIAN] = {"endian", parse_endian},
    [MAPPING_ABI] = {"abi", parse_abi},
    [MAPPING_REFRESH] = {"refresh", parse_refresh},
    [MAPPING_STALE] = {"stale", parse_stale},
    [MAPPING_LABEL] = {"label", parse_label},
    [MAPPING_DOC] = {"doc", parse_doc},
    [MAPPING_REQUIRE] = {"require", parse_require},
    [MAPPING_GONE] = {"gone", parse_gone},
    [MAPPING_HEARTBEAT] = {"heartbeat", parse_heartbeat},
    [MAPPING_HEARTBEAT_STALE] = {"heartbeat_stale", parse_heartbeat_stale},
    [MAPPING_PID] = {"pid", parse_pid},
    [MAPPING_INCLUDE] = {"include", parse_include},
    [MAPPING_KEY_COUNT] = {NULL, NULL},
};

static const char *nearest_key(const char *key)
{
    const char *keys[MAPPING_KEY_COUNT];
    for (size_t i = 0; i < MAPPING_KEY_COUNT; i++)
        keys[i] = mapping_table[i].key;
    return text_nearest(key, keys, MAPPING_KEY_COUNT);
}

/* Milliseconds without their unit are the likely mistake. */
static void doubt_refresh(const char *value, int64_t refresh_ns, int line,
                          const char *file, struct problems *problems)
{
    bool bare = value[strspn(value, "0123456789.")] == '\0';
    if (bare && refresh_ns > BARE_REFRESH_MAX_NS) {
        problem_add(problems, file, line, PROBLEM_WARNING,
                    "refresh = %s is %s seconds; write %sms for milliseconds, "
                    "or %ss",
                    value, value, value, value);
    }
}

void mapping_set(struct mapping_draft *draft, const char *key,
                 const char *value, int line, struct arena *arena,
                 struct problems *problems)
{
    const char *file = draft->file;
    const struct mapping_row *row = mapping_table;
    while (row->key && strcmp(row->key, key) != 0)
        row++;
    if (!row->key) {
        problem_add(problems, file, line, PROBLEM_ERROR,
                    "unknown key '%s' of [mapping]%s", key,
                    word_hint(nearest_key(key)).text);
        return;
    }
    size_t which = (size_t)(row - mapping_table);
    if (draft->lines[which]) {
        problem_add(problems, file, line, PROBLEM_ERROR,
                    "duplicate key '%s' of [mapping]; the first is in line "
                    "%d%s",
                    key, draft->lines[which],
                    file_hint(draft->files[which], file).text);
        return;
    }
    draft->lines[which] = line;
    draft->files[which] = file;
    struct err err;
    if (value[0] == '\0') {
        problem_add(problems, file, line, PROBLEM_ERROR, "%s has no value",
                    key);
    } else if (!row->parse(draft, value, arena, &err)) {
        problem_add(problems, file, line, PROBLEM_ERROR, "%s", err.text);
    } else if (row == &mapping_table[MAPPING_REFRESH]) {
        doubt_refresh(value, draft->mapping.refresh_ns, line, file, problems);
    }
}

void mapping_finish(const struct mapping_draft *draft, struct mapping *out,
                    enum abi abi)
{
    *out = draft->mapping;
    out->heartbeat = FIELD_NONE;
    out->pid = FIELD_NONE;
    out->snapshot.line = draft->snapshot.line;
    if (draft->native)
        out->name = draft->native;
    if (abi != ABI_UNKNOWN)
        out->abi = abi;
}
