/* SPDX-License-Identifier: MIT */
/* Finds the layout and the mapping that the user named, by the form of the
 * words and the installed layouts alone.  session.c opens the mapping. */
#include "cli/locate.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/os_files.h"
#include "base/text.h"
#include "cli/options.h"
#include "source/target.h"

static bool ends_with(const char *text, const char *end)
{
    size_t len = strlen(text);
    size_t end_len = strlen(end);
    return len > end_len && strcmp(text + len - end_len, end) == 0;
}

static bool is_path(const char *word)
{
    return os_has_path_form(word) || ends_with(word, ".ini");
}

static bool keep_existing(void *user, const char *path)
{
    if (!os_file_exists(path))
        return false;
    *(char **)user = mem_strdup(path);
    return true;
}

/* The installed layout `name`, or NULL. */
static char *find_installed(const char *name)
{
    struct buf file = {0};
    char *path = NULL;
    buf_printf(&file, "layouts/%s.ini", name);
    os_visit_places(OS_PLACE_DATA, file.data, keep_existing, &path);
    buf_free(&file);
    return path;
}

/* Names near a mistyped one, and the searched folders. */
struct search {
    char **names;
    size_t count;
    struct buf places;
};

static void add_word(struct search *search, char *word)
{
    *MEM_ADD(search->names, search->count) = word;
}

static bool add_name(void *user, const char *file)
{
    if (!ends_with(file, ".ini"))
        return false;
    char *name = mem_strdup(file);
    name[strlen(name) - strlen(".ini")] = '\0';
    add_word(user, name);
    return false;
}

static bool add_place(void *user, const char *path)
{
    struct search *search = user;
    buf_printf(&search->places, "%s%s", search->places.len > 0 ? ", " : "",
               path);
    os_list_directory(path, add_name, search);
    return false;
}

static bool fail_unknown(const char *name, struct err *err)
{
    struct search search = {0};
    os_visit_places(OS_PLACE_DATA, "layouts", add_place, &search);
    for (int i = 0; i < COMMAND_COUNT; i++)
        add_word(&search, mem_strdup(command_table[i].word));
    const char *near =
        text_nearest(name, (const char *const *)search.names, search.count);
    if (os_file_exists(name))
        err_set(err, STATUS_USAGE,
                "no layout '%s' is installed; for the file here write ./%s",
                name, name);
    else if (near)
        err_set(err, STATUS_USAGE, "no layout '%s' in %s; did you mean '%s'?",
                name, search.places.data, near);
    else
        err_set(err, STATUS_USAGE,
                "no layout '%s' in %s; give a layout file (x.ini), or for "
                "the mapping of that name its layout: --layout FILE %s",
                name, search.places.len > 0 ? search.places.data : "any place",
                name);
    for (size_t i = 0; i < search.count; i++)
        free(search.names[i]);
    free(search.names);
    buf_free(&search.places);
    return false;
}

bool locate_layout(char **path, const char *word, struct err *err)
{
    CHECK(word);
    struct target target;
    if (target_has_prefix(word))
        return err_set(err, STATUS_USAGE,
                       "'%s' is a mapping where a layout is meant; give a "
                       "layout file, or the name of an installed layout",
                       word);
    if (is_path(word)) {
        *path = mem_strdup(word);
        return true;
    }
    *path = find_installed(word);
    if (*path)
        return true;
    /* A mistyped prefix has its own message. */
    if (strchr(word, ':') && !target_parse(&target, word, err))
        return false;
    return fail_unknown(word, err);
}

bool locate_is_mapping(const char *operand, bool layout_known)
{
    return target_has_prefix(operand) || (layout_known && !is_path(operand));
}

static bool choose_layout(struct located *out, const char *word,
                          struct err *err)
{
    CHECK(word);
    out->installed = is_path(word) ? NULL : word;
    return locate_layout(&out->layout, word, err);
}

static bool choose_mapping(struct located *out, const char *operand,
                           const char *layout_option, const char *target_option,
                           struct err *err)
{
    if (target_option)
        return err_set(err, STATUS_USAGE,
                       "two mappings: '%s', and '%s' of --target; leave one "
                       "out",
                       operand, target_option);
    if (!layout_option)
        return err_set(err, STATUS_USAGE,
                       "'%s' is a mapping, and needs a layout that says what "
                       "is in it: add --layout FILE",
                       operand);
    out->target = operand;
    return choose_layout(out, layout_option, err);
}

bool locate_target(struct located *out, const char *operand,
                   const char *layout_option, const char *target_option,
                   struct err *err)
{
    *out = (struct located){0};
    if (operand && locate_is_mapping(operand, layout_option))
        return choose_mapping(out, operand, layout_option, target_option, err);
    if (operand && layout_option)
        return err_set(err, STATUS_USAGE,
                       "two layouts: '%s', and '%s' of --layout; leave one "
                       "out",
                       operand, layout_option);
    out->target = target_option;
    return choose_layout(out, operand ? operand : layout_option, err);
}

char *located_layout_id(const struct located *located)
{
    CHECK(located->layout);
    return located->installed ? mem_strdup(located->installed)
                              : os_full_path(located->layout);
}

void located_free(struct located *located)
{
    free(located->layout);
    *located = (struct located){0};
}
