/* SPDX-License-Identifier: MIT */
/* How each key of [mapping] is read.  Whether a target can be opened is known
 * to source/target.c, which fields are named to references.c. */
#include "loader/mapping_keys.h"

#include <string.h>

#include "base/number.h"
#include "base/os.h"

#define BARE_REFRESH_MAX_NS INT64_C(60000000000)

/* Whether the word is an ABI of the system that shmtop runs on. */
static bool is_native(const char *word)
{
    const char *dash = strchr(word, '-');
    return dash && strcmp(dash + 1, os_name) == 0;
}

/* Of several ABIs the first native one counts, else the first. */
static bool parse_abi(void *out, const struct key_value *value)
{
    static const char blanks[] = " \t";
    bool first = true, native = false;
    for (const char *at = value->text + strspn(value->text, blanks); *at;
         at += strspn(at, blanks), first = false) {
        size_t len = strcspn(at, blanks);
        struct key_value word = *value;
        word.text = arena_strndup(value->arena, at, len);
        enum abi abi;
        if (!key_word(&abi, &word))
            return false;
        if (first || (!native && is_native(word.text))) {
            *(enum abi *)out = abi;
            native = is_native(word.text);
        }
        at += len;
    }
    return true;
}

static bool parse_stale(void *out, const struct key_value *value)
{
    if (strcmp(value->text, "never") == 0)
        *(int64_t *)out = INT64_MAX;
    else if (!number_parse_period(value->text, out))
        return key_bad(value, "it is a time such as 2s, or never");
    return true;
}

#define AT(member) offsetof(struct mapping_draft, member), 0

const struct section_key mapping_table[] = {
    [MAPPING_NAME] = {"name", key_plain, AT(mapping.name), NULL},
    [MAPPING_LINUX] = {"linux", key_plain, AT(on_linux), NULL},
    [MAPPING_WINDOWS] = {"windows", key_plain, AT(on_windows), NULL},
    [MAPPING_SIZE] = {"size", key_size, AT(mapping.size), NULL},
    [MAPPING_ENDIAN] = {"endian", key_word, AT(mapping.order), order_words},
    [MAPPING_ABI] = {"abi", parse_abi, AT(mapping.abi), abi_words},
    [MAPPING_REFRESH] = {"refresh", key_period, AT(mapping.refresh_ns), NULL},
    [MAPPING_STALE] = {"stale", parse_stale, AT(mapping.stale_ns), NULL},
    [MAPPING_LABEL] = {"label", key_text, AT(mapping.label), NULL},
    [MAPPING_DOC] = {"doc", key_text, AT(mapping.doc), NULL},
    [MAPPING_REQUIRE] = {"require", key_raw, AT(require), NULL},
    [MAPPING_GONE] = {"gone", key_raw, AT(gone), NULL},
    [MAPPING_HEARTBEAT] = {"heartbeat", key_plain, AT(heartbeat), NULL},
    [MAPPING_HEARTBEAT_STALE] = {"heartbeat_stale", key_period,
                                 AT(mapping.heartbeat_stale_ns), NULL},
    [MAPPING_PID] = {"pid", key_plain, AT(pid), NULL},
    [MAPPING_INCLUDE] = {"include", NULL, 0, 0, NULL}, /* see include.c */
    [MAPPING_KEY_COUNT] = {NULL, NULL, 0, 0, NULL},
};

void mapping_begin(struct mapping_draft *draft, const char *id,
                   const char *file, int line, struct arena *arena)
{
    *draft = (struct mapping_draft){
        .keys = {.file = file, .line = line},
    };
    draft->keys.lines = arena_alloc(arena, MAPPING_KEY_COUNT, sizeof(int));
    draft->keys.files =
        arena_alloc(arena, MAPPING_KEY_COUNT, sizeof(const char *));
    draft->mapping.id = id ? arena_strdup(arena, id) : NULL;
}

/* Milliseconds without their unit are a likely mistake. */
static void warn_bare_refresh(const struct mapping_draft *draft,
                              const char *value, int line,
                              struct problems *problems)
{
    bool bare = value[strspn(value, "0123456789.")] == '\0';
    if (bare && draft->mapping.refresh_ns > BARE_REFRESH_MAX_NS) {
        problem_add(problems, draft->keys.file, line, PROBLEM_WARNING,
                    "refresh = %s is %s seconds; write %sms for milliseconds, "
                    "or %ss",
                    value, value, value, value);
    }
}

void mapping_set(struct mapping_draft *draft, const char *key,
                 const char *value, int line, struct arena *arena,
                 struct problems *problems)
{
    const struct key_section section = {
        .kind = "[mapping]",
        .table = mapping_table,
        .keys = &draft->keys,
        .bases = {draft},
    };
    const struct section_key *row =
        key_read(&section, key, value, line, arena, problems);
    if (row == &mapping_table[MAPPING_REFRESH])
        warn_bare_refresh(draft, value, line, problems);
}

void mapping_finish(const struct mapping_draft *draft, struct mapping *out,
                    enum abi abi)
{
    CHECK(abi < ABI_COUNT);
    const char *native =
        strcmp(os_name, "windows") == 0 ? draft->on_windows : draft->on_linux;
    *out = draft->mapping;
    out->heartbeat = FIELD_NONE;
    out->pid = FIELD_NONE;
    out->snapshot.line = draft->snapshot.keys.line;
    if (native)
        out->name = native;
    if (abi != ABI_UNKNOWN)
        out->abi = abi;
}
