/* SPDX-License-Identifier: MIT */
/* Reads the name of a mapping.  A parsed target is complete and in range, and
 * its text reads back as the same target.  Opening it is region_*.c. */
#include "source/target.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/os.h"
#include "base/os_files.h"
#include "base/text.h"

#define SHM_NAME_MAX 254 /* without its slash */

typedef bool parse_fn(struct target *out, const char *rest, struct err *err);

static bool parse_shm(struct target *out, const char *rest, struct err *err)
{
    const char *name = rest[0] == '/' ? rest + 1 : rest;
    if (name[0] == '\0')
        return err_set(err, STATUS_USAGE,
                       "'shm:' needs a name, such as shm:test_memory");
    if (strchr(name, '/') || !strcmp(name, ".") || !strcmp(name, ".."))
        return err_set(err, STATUS_USAGE,
                       "'%s' is not a name of shared memory; for a path write "
                       "file:%s",
                       rest, rest);
    if (strlen(name) > SHM_NAME_MAX)
        return err_set(err, STATUS_USAGE,
                       "name of shared memory longer than %d bytes",
                       SHM_NAME_MAX);
    out->kind = TARGET_SHM;
    snprintf(out->name, sizeof out->name, "/%s", name);
    snprintf(out->text, sizeof out->text, "shm:%s", out->name);
    return true;
}

static bool parse_path(struct target *out, const char *rest, struct err *err,
                       enum target_kind kind, const char *prefix)
{
    if (rest[0] == '\0')
        return err_set(err, STATUS_USAGE, "'%s' needs the path of a file",
                       prefix);
    if (strlen(rest) >= TARGET_NAME_MAX)
        return err_set(err, STATUS_USAGE, "path longer than %d bytes",
                       TARGET_NAME_MAX - 1);
    out->kind = kind;
    snprintf(out->name, sizeof out->name, "%s", rest);
    snprintf(out->text, sizeof out->text, "%s%s", prefix, rest);
    return true;
}

static bool parse_file(struct target *out, const char *rest, struct err *err)
{
    return parse_path(out, rest, err, TARGET_FILE, "file:");
}

static bool parse_mem(struct target *out, const char *rest, struct err *err)
{
    return parse_path(out, rest, err, TARGET_MEM, "mem:");
}

static bool parse_sysv_id(struct target *out, const char *id, struct err *err)
{
    if (!number_parse_u64(id, &out->number) || out->number > INT_MAX)
        return err_set(err, STATUS_USAGE,
                       "'%s' is not a shmid; `ipcs -m` shows them", id);
    out->kind = TARGET_SYSV_ID;
    snprintf(out->text, sizeof out->text, "sysv:id=%d", (int)out->number);
    return true;
}

static bool parse_sysv(struct target *out, const char *rest, struct err *err)
{
    int64_t number;
    if (!strncmp(rest, "id=", 3))
        return parse_sysv_id(out, rest + 3, err);
    if (!number_parse_i64(rest, &number) || number < INT32_MIN ||
        number > UINT32_MAX)
        return err_set(err, STATUS_USAGE,
                       "'%s' is no SysV key; write sysv:0x4e545030, a decimal "
                       "key, or sysv:id=SHMID",
                       rest);
    if (number == 0)
        return err_set(err, STATUS_USAGE,
                       "key 0 is that of every private segment; write "
                       "sysv:id=SHMID (`ipcs -m` shows them)");
    out->kind = TARGET_SYSV_KEY;
    out->number = (uint32_t)number;
    snprintf(out->text, sizeof out->text, "sysv:0x%08x", (unsigned)out->number);
    return true;
}

/* Reads the digits up to `end`; '\0' is the end of the text.  Adds "0x" if
 * `hex`. Returns the text after `end`, NULL if it is not a number. */
static const char *take_number(const char *text, char end, bool hex,
                               uint64_t *out)
{
    char digits[32];
    size_t len = strcspn(text, "/-");
    bool prefixed = !strncmp(text, "0x", 2);
    if (len == 0 || len > 20 || text[len] != end)
        return NULL;
    if (strspn(text, hex ? "0123456789abcdefABCDEFx" : "0123456789") != len)
        return NULL;
    snprintf(digits, sizeof digits, "%s%.*s", hex && !prefixed ? "0x" : "",
             (int)len, text);
    if (!number_parse_u64(digits, out))
        return NULL;
    return end == '\0' ? text + len : text + len + 1;
}

static bool parse_pid_fd(struct target *out, const char *rest)
{
    if (!take_number(rest, '\0', false, &out->number) || out->number > INT_MAX)
        return false;
    out->kind = TARGET_PID_FD;
    snprintf(out->text, sizeof out->text, "pid:%lld/fd/%llu",
             (long long)out->pid, (unsigned long long)out->number);
    return true;
}

static bool parse_pid_map(struct target *out, const char *rest)
{
    rest = take_number(rest, '-', true, &out->number);
    if (!rest || !take_number(rest, '\0', true, &out->end) ||
        out->number >= out->end || out->end > INT64_MAX)
        return false;
    out->kind = TARGET_PID_MAP;
    snprintf(out->text, sizeof out->text, "pid:%lld/map/%llx-%llx",
             (long long)out->pid, (unsigned long long)out->number,
             (unsigned long long)out->end);
    return true;
}

static bool parse_pid(struct target *out, const char *text, struct err *err)
{
    uint64_t pid;
    bool good = false;
    const char *rest = take_number(text, '/', false, &pid);
    if (rest && pid > 0 && pid <= INT_MAX) {
        out->pid = (int64_t)pid;
        if (!strncmp(rest, "fd/", 3))
            good = parse_pid_fd(out, rest + 3);
        else if (!strncmp(rest, "map/", 4))
            good = parse_pid_map(out, rest + 4);
    }
    if (!good)
        return err_set(err, STATUS_USAGE,
                       "'pid:%s' is not memory of a process; write "
                       "pid:PID/fd/N or pid:PID/map/START-END as in "
                       "/proc/PID/maps",
                       text);
    return true;
}

/* Local\\NAME, Global\\NAME or NAME; Windows checks the name itself. */
static bool parse_map(struct target *out, const char *rest, struct err *err)
{
    if (rest[0] == '\0')
        return err_set(err, STATUS_USAGE,
                       "'map:' needs a name, such as map:test_memory");
    if (strlen(rest) >= TARGET_NAME_MAX)
        return err_set(err, STATUS_USAGE,
                       "name of a mapping longer than %d bytes",
                       TARGET_NAME_MAX - 1);
    out->kind = TARGET_MAP;
    snprintf(out->name, sizeof out->name, "%s", rest);
    snprintf(out->text, sizeof out->text, "map:%s", rest);
    return true;
}

static const struct prefix {
    const char *text;
    parse_fn *parse;
    const char *system; /* os_name of the only one that has it; NULL: all */
} prefixes[] = {
    {"shm:", parse_shm, "linux"}, {"map:", parse_map, "windows"},
    {"file:", parse_file, NULL},  {"sysv:", parse_sysv, "linux"},
    {"pid:", parse_pid, "linux"}, {"mem:", parse_mem, NULL},
};

#define PREFIX_COUNT (sizeof prefixes / sizeof prefixes[0])

static bool is_here(const struct prefix *prefix)
{
    return !prefix->system || !strcmp(prefix->system, os_name);
}

/* The prefix of a name without one: the system's own named memory. */
static const struct prefix *bare_prefix(void)
{
    return is_here(&prefixes[0]) ? &prefixes[0] : &prefixes[1];
}

static const struct prefix *find_prefix(const char *text)
{
    for (size_t i = 0; i < PREFIX_COUNT; i++)
        if (!strncmp(text, prefixes[i].text, strlen(prefixes[i].text)))
            return &prefixes[i];
    return NULL;
}

bool target_has_prefix(const char *text)
{
    return find_prefix(text);
}

/* A colon may belong to the name, but a mistyped prefix is more likely. */
static bool unknown_prefix(const char *text, size_t len, struct err *err)
{
    const char *words[PREFIX_COUNT];
    char word[16];
    for (size_t i = 0; i < PREFIX_COUNT; i++)
        words[i] = prefixes[i].text;
    const char *nearest = NULL;
    if (len < sizeof word) {
        snprintf(word, sizeof word, "%.*s", (int)len, text);
        nearest = text_nearest(word, words, PREFIX_COUNT);
    }
    if (nearest)
        return err_set(err, STATUS_USAGE,
                       "unknown prefix '%.*s'; did you mean '%s'?", (int)len,
                       text, nearest);
    struct buf here = {0};
    for (size_t i = 0; i < PREFIX_COUNT; i++)
        if (is_here(&prefixes[i]))
            buf_printf(&here, "%s%s", here.len > 0 ? " " : "",
                       prefixes[i].text);
    err_set(err, STATUS_USAGE,
            "unknown prefix '%.*s'; there are %s, and a name with a colon is "
            "written %s%s",
            (int)len, text, here.data, bare_prefix()->text, text);
    buf_free(&here);
    return false;
}

static bool parse_bare(struct target *out, const char *text, struct err *err)
{
    const struct prefix *bare = bare_prefix();
    if (text[0] == '\0')
        return err_set(err, STATUS_USAGE,
                       "empty target; write %sNAME or file:PATH", bare->text);
    const char *colon = strchr(text, ':');
    if (colon == text + 1 && os_has_path_form(text))
        return err_set(err, STATUS_USAGE,
                       "'%s' names no mapping; for a path write file:%s", text,
                       text);
    if (colon)
        return unknown_prefix(text, (size_t)(colon - text) + 1, err);
    return bare->parse(out, text, err);
}

bool target_parse(struct target *out, const char *text, struct err *err)
{
    CHECK(text);
    const struct prefix *prefix = find_prefix(text);
    memset(out, 0, sizeof *out);
    if (!prefix)
        return parse_bare(out, text, err);
    if (!prefix->parse(out, text + strlen(prefix->text), err))
        return false;
    if (is_here(prefix))
        return true;
    return err_set(err, STATUS_USAGE,
                   "memory such as '%s' exists on %s only; here write %sNAME "
                   "or file:PATH",
                   out->text,
                   strcmp(prefix->system, "linux") ? "Windows" : "Linux",
                   bare_prefix()->text);
}

bool target_resolve(struct target *out, const char *name, const char *given,
                    const char *file, struct err *err)
{
    const char *text = given ? given : name;
    if (!text)
        return err_set(err, STATUS_USAGE,
                       "%s: the layout names no mapping; add `name = ...` to "
                       "[mapping] or give one with --target",
                       file);
    return target_parse(out, text, err);
}
