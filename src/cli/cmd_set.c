/* SPDX-License-Identifier: MIT */
/* `shmtop set`: splits FIELD=VALUE arguments.  writer/set.c checks and stores.
 */
#include "cli/cmd.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/report.h"
#include "cli/session.h"
#include "loader/loader.h"
#include "writer/set.h"

/* Splits "path=text".  The copy in `words` owns both halves. */
static bool split(const char *word, char **words, struct change *change,
                  struct err *err)
{
    char *copy = mem_strdup(word);
    char *equals = strchr(copy, '=');
    *words = copy;
    if (!equals || equals == copy)
        return err_set(err, STATUS_USAGE,
                       "'%s' is not a change; write FIELD=VALUE", word);
    *equals = '\0';
    *change = (struct change){.path = copy, .text = equals + 1};
    return true;
}

static bool check_twice(const struct change *changes, size_t count,
                        struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(changes[i].path, changes[count].path) == 0)
            return err_set(err, STATUS_USAGE,
                           "field '%s' is given twice; leave one out",
                           changes[i].path);
    }
    return true;
}

/* A value that the memory does not hold any more was stored all the same. */
static void report_lost(const struct change *changes, const struct edit *edits,
                        size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!edit_is_held(&edits[i]))
            report_note("field '%s' was set, and has another value again: the "
                        "producer writes it",
                        changes[i].path);
}

static bool set(const struct options *options, char **words,
                struct change *changes, struct edit *edits, size_t count,
                struct err *err)
{
    struct located located = {0};
    struct layout *layout = NULL;
    bool ok = true;
    for (size_t i = 0; i < count && ok; i++)
        ok = split(options->operands.items[i + 1], &words[i], &changes[i],
                   err) &&
             check_twice(changes, i, err);
    ok = ok &&
         locate_target(&located, options->operands.items[0], options->layout,
                       options->target, err) &&
         session_load_layout(&layout, located.layout, (enum abi)options->abi,
                             err) &&
         writer_set(layout, located.target, changes, count, edits, err);
    if (ok)
        report_lost(changes, edits, count);
    layout_free(layout);
    located_free(&located);
    return ok;
}

bool cmd_set(const struct options *options, struct err *err)
{
    CHECK(options->operands.count > 1);
    size_t count = options->operands.count - 1;
    char **words = mem_zalloc(count, sizeof *words);
    struct change *changes = mem_zalloc(count, sizeof *changes);
    struct edit *edits = mem_zalloc(count, sizeof *edits);
    bool ok = set(options, words, changes, edits, count, err);
    for (size_t i = 0; i < count; i++) {
        free(words[i]);
        edit_free(&edits[i]);
    }
    free(edits);
    free(words);
    free(changes);
    return ok;
}
