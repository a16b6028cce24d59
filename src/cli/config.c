/* SPDX-License-Identifier: MIT */
/* Reads the configuration file by the option table.  A wrong line costs only
 * itself, unless it is a setting of `print`; [keys] and themes are
 * dashboard_config.c. */
#include "cli/config.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/os_files.h"
#include "base/text.h"
#include "cli/dashboard_config.h"
#include "loader/key_table.h"

#define CONFIG_SECTION "shmtop"

struct reading {
    struct options *options;
    struct problems *problems;
    struct problems wrong; /* wrong values of settings of the command */
    struct keys keys;      /* by enum option_id */
};

static void read_setting(struct reading *reading, const struct ini_event *event,
                         const struct option_row *row)
{
    const struct key_section section = {.kind = "[" CONFIG_SECTION "]",
                                        .keys = &reading->keys};
    struct options *options = reading->options;
    const char *value = event->value;
    struct err err;
    if (!key_take(&section, (size_t)(row - option_table), event->key, value,
                  event->line, &reading->wrong))
        return;
    /* The event's strings do not live long enough. */
    if (row->kind == OPTION_IS_TEXT) {
        if (!options->texts)
            options->texts = arena_new();
        value = arena_strdup(options->texts, value);
    }
    if (!option_set(options, row, value, ORIGIN_CONFIG, &err))
        problem_add(&reading->wrong, reading->keys.file, event->line,
                    PROBLEM_ERROR, "%s: %s", event->key, err.text);
}

static bool is_for_dashboard(const struct reading *reading)
{
    return reading->options->command == COMMAND_WATCH;
}

static void read_unknown(struct reading *reading, const struct ini_event *event)
{
    const char *near = option_nearest(event->key, 0);
    /* It is likely to mean a setting that the command does not have. */
    if (near && !is_for_dashboard(reading) &&
        option_is_of_dashboard(option_find(near)))
        return;
    problem_add(reading->problems, reading->keys.file, event->line,
                PROBLEM_WARNING, "unknown key '%s' of [%s]%s", event->key,
                CONFIG_SECTION, word_hint(near).text);
}

static void read_key(struct reading *reading, const struct ini_event *event)
{
    const struct option_row *row = option_find(event->key);
    if (row && row->config) {
        /* A setting of another command is not even judged. */
        if (row->commands & 1u << reading->options->command)
            read_setting(reading, event, row);
    } else if (row) {
        problem_add(reading->problems, reading->keys.file, event->line,
                    PROBLEM_WARNING, "'%s' is for the command line only",
                    event->key);
    } else {
        read_unknown(reading, event);
    }
}

/* The first word of a section is compared. */
static const char *nearest_section(const char *section)
{
    static const char *const words[] = {CONFIG_SECTION, "keys", "theme"};
    char first[INI_SECTION_MAX + 1] = "";
    memcpy(first, section, strcspn(section, " "));
    return text_nearest(first, words, sizeof words / sizeof words[0]);
}

static void read_unknown_section(struct reading *reading,
                                 const struct ini_event *event)
{
    const char *near = nearest_section(event->section);
    if (near && !is_for_dashboard(reading) && strcmp(near, CONFIG_SECTION))
        return;
    problem_add(reading->problems, reading->keys.file, event->line,
                PROBLEM_WARNING, "unknown section [%s]%s", event->section,
                near ? word_hint(near).text
                     : "; settings are in [" CONFIG_SECTION "]");
}

static void handle(void *user, const struct ini_event *event)
{
    struct reading *reading = user;
    struct options *options = reading->options;
    const char *file = reading->keys.file;
    if (strcmp(event->section, CONFIG_SECTION) == 0) {
        if (event->key)
            read_key(reading, event);
    } else if (dashboard_config_owns(event->section)) {
        if (is_for_dashboard(reading))
            dashboard_config_read(options->dashboard, file, event,
                                  reading->problems);
    } else if (event->key && event->section[0] == '\0') {
        problem_add(reading->problems, file, event->line, PROBLEM_WARNING,
                    "'%s' is before the first section; begin with [%s]",
                    event->key, CONFIG_SECTION);
    } else if (!event->key) {
        read_unknown_section(reading, event);
    }
}

static void add_all(struct problems *problems, const struct problems *more,
                    enum problem_level level)
{
    for (size_t i = 0; i < more->count; i++)
        problem_add(problems, more->items[i].file, more->items[i].line, level,
                    "%s", more->items[i].text);
}

/* A name that the configuration gives must be known at the end of it. */
static void check_theme(struct reading *reading)
{
    struct options *options = reading->options;
    struct err err = {0};
    if (options->origin[OPTION_THEME] != ORIGIN_CONFIG ||
        dashboard_config_theme(options->dashboard, options->theme, &err))
        return;
    problem_add(&reading->wrong, reading->keys.file,
                reading->keys.lines[OPTION_THEME], PROBLEM_ERROR, "theme: %s",
                err.text);
    options->theme = NULL;
    options->origin[OPTION_THEME] = ORIGIN_DEFAULT;
}

static void keep_notice(struct dashboard_config *config,
                        const struct problems *problems)
{
    struct buf text = {0};
    const struct problem *first = problems->items;
    if (problems->count == 0)
        return;
    buf_printf(&text, "%s:%d: %s", first->file + os_folder_len(first->file),
               first->line, first->text);
    config->notice = text.data;
}

bool config_read(struct options *options, const char *path,
                 struct problems *problems, struct err *err)
{
    int lines[OPTION_ID_COUNT] = {0};
    struct problems ini = {0};
    struct reading reading = {
        .options = options,
        .problems = problems,
        .keys = {.file = path, .line = 1, .lines = lines},
    };
    bool is_dashboard = is_for_dashboard(&reading);
    if (is_dashboard && !options->dashboard)
        options->dashboard = mem_zalloc(1, sizeof *options->dashboard);
    bool ok = ini_read_file(path, handle, &reading, &ini, err);
    if (ok) {
        check_theme(&reading);
        if (is_dashboard)
            dashboard_config_bind(options->dashboard, path, problems);
        ok = is_dashboard || reading.wrong.count == 0;
        add_all(problems, &ini, PROBLEM_WARNING);
        add_all(problems, &reading.wrong,
                is_dashboard ? PROBLEM_WARNING : PROBLEM_ERROR);
        problems_sort(problems);
        if (!ok && err)
            *err = (struct err){.status = STATUS_DATA};
        if (is_dashboard)
            keep_notice(options->dashboard, problems);
    }
    problems_free(&ini);
    problems_free(&reading.wrong);
    return ok;
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
