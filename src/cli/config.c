/* SPDX-License-Identifier: MIT */
/* Reads the configuration file by the option table, and reports all its errors.
 * A file with an error is not used at all. */
#include "cli/config.h"

#include <stdlib.h>
#include <string.h>

#include "base/ini.h"
#include "base/mem.h"
#include "base/os.h"

#define CONFIG_SECTION "shmtop"

struct reading {
    struct options *options;
    struct problems *problems;
    const char *path;
    int lines[OPTION_ID_COUNT]; /* of each option that was set; 0: not set */
    struct options before;      /* restored if the file has an error */
};

static void take_section(struct reading *reading, const char *section, int line)
{
    if (strcmp(section, CONFIG_SECTION) != 0)
        problem_add(reading->problems, reading->path, line, PROBLEM_ERROR,
                    "unknown section [%s]; settings stand in [%s]", section,
                    CONFIG_SECTION);
}

static void fail_key(struct reading *reading, const char *key, int line)
{
    const char *near = option_nearest(key, 0);
    if (option_find(key))
        problem_add(reading->problems, reading->path, line, PROBLEM_ERROR,
                    "'%s' is for the command line only", key);
    else if (near)
        problem_add(reading->problems, reading->path, line, PROBLEM_ERROR,
                    "unknown setting '%s'; did you mean '%s'?", key, near);
    else
        problem_add(reading->problems, reading->path, line, PROBLEM_ERROR,
                    "unknown setting '%s'", key);
}

static void take_key(struct reading *reading, const struct ini_event *event)
{
    const struct option_row *row = option_find(event->key);
    struct err err = {0};
    if (!row || !row->config) {
        fail_key(reading, event->key, event->line);
        return;
    }
    size_t id = (size_t)(row - option_table);
    if (reading->lines[id] != 0)
        problem_add(reading->problems, reading->path, event->line,
                    PROBLEM_ERROR, "'%s' stands in line %d already", event->key,
                    reading->lines[id]);
    else if (event->value[0] == '\0')
        problem_add(reading->problems, reading->path, event->line,
                    PROBLEM_ERROR, "'%s' has no value", event->key);
    else if (!option_set(reading->options, row, event->value, ORIGIN_CONFIG,
                         &err))
        problem_add(reading->problems, reading->path, event->line,
                    PROBLEM_ERROR, "%s: %s", event->key, err.text);
    reading->lines[id] = event->line;
}

static void handle(void *user, const struct ini_event *event)
{
    struct reading *reading = user;
    if (!event->key)
        take_section(reading, event->section, event->line);
    else if (event->section[0] == '\0')
        problem_add(reading->problems, reading->path, event->line,
                    PROBLEM_ERROR,
                    "'%s' stands before the first section; begin with [%s]",
                    event->key, CONFIG_SECTION);
    else if (strcmp(event->section, CONFIG_SECTION) == 0)
        take_key(reading, event);
}

bool config_read(struct options *options, const char *path,
                 struct problems *problems, struct err *err)
{
    struct reading reading = {.options = options,
                              .problems = problems,
                              .path = path,
                              .before = *options};
    if (!ini_read_file(path, handle, &reading, problems, err))
        return false;
    if (problems->errors == 0)
        return true;
    *options = reading.before;
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
