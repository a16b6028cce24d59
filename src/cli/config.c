/* SPDX-License-Identifier: MIT */
/* Reads the configuration file by the option table, and reports all its errors.
 * A file with an error is not used at all. */
#include "cli/config.h"

#include <stdlib.h>
#include <string.h>

#include "base/ini.h"
#include "base/mem.h"
#include "base/os_files.h"
#include "loader/key_table.h"

#define CONFIG_SECTION "shmtop"

struct reading {
    struct options *options;
    struct problems *problems;
    struct keys keys; /* by enum option_id */
};

static void read_key(struct reading *reading, const struct ini_event *event)
{
    const struct key_section section = {.kind = "[" CONFIG_SECTION "]",
                                        .keys = &reading->keys};
    const char *file = reading->keys.file;
    const struct option_row *row = option_find(event->key);
    struct err err;
    if (!row) {
        problem_add(reading->problems, file, event->line, PROBLEM_ERROR,
                    "unknown key '%s' of %s%s", event->key, section.kind,
                    word_hint(option_nearest(event->key, 0)).text);
    } else if (!row->config) {
        problem_add(reading->problems, file, event->line, PROBLEM_ERROR,
                    "'%s' is for the command line only", event->key);
    } else if (key_take(&section, (size_t)(row - option_table), event->key,
                        event->value, event->line, reading->problems) &&
               !option_set(reading->options, row, event->value, ORIGIN_CONFIG,
                           &err)) {
        problem_add(reading->problems, file, event->line, PROBLEM_ERROR,
                    "%s: %s", event->key, err.text);
    }
}

static void handle(void *user, const struct ini_event *event)
{
    struct reading *reading = user;
    bool ours = strcmp(event->section, CONFIG_SECTION) == 0;
    if (event->key && ours)
        read_key(reading, event);
    else if (event->key && event->section[0] == '\0')
        problem_add(reading->problems, reading->keys.file, event->line,
                    PROBLEM_ERROR,
                    "'%s' is before the first section; begin with [%s]",
                    event->key, CONFIG_SECTION);
    else if (!event->key && !ours)
        problem_add(reading->problems, reading->keys.file, event->line,
                    PROBLEM_ERROR, "unknown section [%s]; settings are in [%s]",
                    event->section, CONFIG_SECTION);
}

bool config_read(struct options *options, const char *path,
                 struct problems *problems, struct err *err)
{
    int lines[OPTION_ID_COUNT] = {0};
    const struct options before = *options;
    struct reading reading = {
        .options = options,
        .problems = problems,
        .keys = {.file = path, .line = 1, .lines = lines},
    };
    if (!ini_read_file(path, handle, &reading, problems, err))
        return false;
    if (problems->errors == 0)
        return true;
    *options = before;
    problems_sort(problems);
    if (err)
        *err = (struct err){.status = STATUS_DATA};
    return false;
}

static bool keep_existing(void *user, const char *path)
{
    if (!os_file_exists(path))
        return false;
    *(char **)user = mem_strdup(path);
    return true;
}

char *config_find(const struct options *options)
{
    char *path = NULL;
    if (options->config)
        return mem_strdup(options->config);
    os_visit_places(OS_PLACE_CONFIG, "shmtop.ini", keep_existing, &path);
    return path;
}
