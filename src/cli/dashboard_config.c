/* SPDX-License-Identifier: MIT */
/* Reads [keys] and [theme NAME] line by line, so that one wrong line costs only
 * itself. */
#include "cli/dashboard_config.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

#define THEME_WORD "theme"
#define KEYS_WORD "keys"

/* The name in "theme NAME", "" without one; NULL for another section. */
static const char *theme_name_of(const char *section)
{
    size_t len = strlen(THEME_WORD);
    if (strncmp(section, THEME_WORD, len) != 0 ||
        (section[len] != '\0' && section[len] != ' '))
        return NULL;
    return section + len + strspn(section + len, " ");
}

bool dashboard_config_owns(const char *section)
{
    return theme_name_of(section) || strcmp(section, KEYS_WORD) == 0;
}

static struct own_theme *find_theme(const struct dashboard_config *config,
                                    const char *name)
{
    for (size_t i = 0; config && i < config->theme_count; i++)
        if (strcmp(config->themes[i].name, name) == 0)
            return &config->themes[i];
    return NULL;
}

static void begin_theme(struct dashboard_config *config, const char *file,
                        const char *name, int line, struct problems *problems)
{
    const struct own_theme *known = find_theme(config, name);
    if (name[0] == '\0')
        problem_add(problems, file, line, PROBLEM_WARNING,
                    "a theme needs a name: [" THEME_WORD " NAME]");
    else if (theme_find(name))
        problem_add(problems, file, line, PROBLEM_WARNING,
                    "the theme '%s' is built in; choose another name", name);
    else if (known)
        problem_add(problems, file, line, PROBLEM_WARNING,
                    "the theme '%s' is in line %d already", name, known->line);
    else
        *MEM_ADD(config->themes, config->theme_count) = (struct own_theme){
            .name = mem_strdup(name),
            .line = line,
            .theme = *theme_find(theme_name(0)),
        };
}

static void add_key_line(struct dashboard_config *config, const char *file,
                         const struct ini_event *event,
                         struct problems *problems)
{
    for (size_t i = 0; i < config->key_line_count; i++) {
        if (strcmp(config->key_lines[i].action, event->key) != 0)
            continue;
        problem_add(problems, file, event->line, PROBLEM_WARNING,
                    "the keys of '%s' are in line %d already", event->key,
                    config->key_lines[i].line);
        return;
    }
    *MEM_ADD(config->key_lines, config->key_line_count) = (struct key_line){
        .action = mem_strdup(event->key),
        .keys = mem_strdup(event->value),
        .line = event->line,
    };
}

void dashboard_config_read(struct dashboard_config *config, const char *file,
                           const struct ini_event *event,
                           struct problems *problems)
{
    struct err err = {0};
    const char *name = theme_name_of(event->section);
    CHECK(dashboard_config_owns(event->section));
    if (!name) {
        if (event->key)
            add_key_line(config, file, event, problems);
        return;
    }
    if (!event->key) {
        begin_theme(config, file, name, event->line, problems);
        return;
    }
    struct own_theme *theme = find_theme(config, name);
    /* The problem of a header is reported already. */
    if (!theme || theme->line != event->section_line)
        return;
    if (!theme_set(&theme->theme, event->key, event->value, &err))
        problem_add(problems, file, event->line, PROBLEM_WARNING, "%s",
                    err.text);
}

static enum action find_action(const char *word)
{
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++)
        if (strcmp(key_table[i].word, word) == 0)
            return (enum action)i;
    return ACTION_NONE;
}

/* Gives an action its default keys that no other action has. */
static void restore_default(struct key_map *map, enum action action)
{
    size_t count = 0;
    for (int i = 0; i < KEYS_OF_ACTION; i++) {
        int key = key_table[action].keys[i];
        if (key != KEY_CODE_NONE && key_map_action(map, key) == ACTION_NONE)
            map->keys[action][count++] = key;
    }
}

void dashboard_config_bind(struct dashboard_config *config, const char *file,
                           struct problems *problems)
{
    key_map_default(&config->keys);
    /* Keys may change places: first all of them are free. */
    for (size_t i = 0; i < config->key_line_count; i++) {
        int *keys = config->keys.keys[find_action(config->key_lines[i].action)];
        memset(keys, 0, sizeof config->keys.keys[0]);
    }
    for (size_t i = 0; i < config->key_line_count; i++) {
        struct key_line *line = &config->key_lines[i];
        struct err err = {0};
        line->is_bound =
            key_map_bind(&config->keys, line->action, line->keys, &err);
        if (!line->is_bound)
            problem_add(problems, file, line->line, PROBLEM_WARNING, "%s",
                        err.text);
    }
    for (size_t i = 0; i < config->key_line_count; i++) {
        enum action action = find_action(config->key_lines[i].action);
        if (!config->key_lines[i].is_bound && action != ACTION_NONE)
            restore_default(&config->keys, action);
    }
}

const struct theme *
dashboard_config_theme(const struct dashboard_config *config, const char *name,
                       struct err *err)
{
    const struct own_theme *own = find_theme(config, name);
    const struct theme *theme = own ? &own->theme : theme_find(name);
    if (theme)
        return theme;
    const char **words = NULL;
    struct buf list = {0};
    size_t count = 0;
    for (size_t i = 0; theme_name(i); i++)
        *MEM_ADD(words, count) = theme_name(i);
    for (size_t i = 0; config && i < config->theme_count; i++)
        *MEM_ADD(words, count) = config->themes[i].name;
    for (size_t i = 0; i < count; i++)
        buf_printf(&list, "%s%s", i > 0 ? ", " : "", words[i]);
    const char *near = text_nearest(name, words, count);
    err_set(err, STATUS_USAGE, "'%s' is none of %s%s%s%s", name, list.data,
            near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    free(words);
    buf_free(&list);
    return NULL;
}

void dashboard_config_free(struct dashboard_config *config)
{
    if (!config)
        return;
    for (size_t i = 0; i < config->theme_count; i++)
        free(config->themes[i].name);
    for (size_t i = 0; i < config->key_line_count; i++) {
        free(config->key_lines[i].action);
        free(config->key_lines[i].keys);
    }
    free(config->themes);
    free(config->key_lines);
    free(config->notice);
    free(config);
}
