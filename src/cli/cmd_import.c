/* SPDX-License-Identifier: MIT */
/*
 * `shmtop import`: from a program's debug information to a layout on stdout or
 * in a file.
 * Invariant: nothing is written unless the whole layout stands.
 */
#include "cli/cmd.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/output_file.h"
#include "import/c_type.h"
#include "import/write_layout.h"

#define TOLD_MAX 3 /* of ways that a name is defined in */

struct import {
    struct object object;
    struct dwarf_file *file;
    struct c_types *types;
};

static void import_close(struct import *import)
{
    c_types_free(import->types);
    dwarf_file_close(import->file);
}

static bool import_open(struct import *import, const char *path,
                        struct err *err)
{
    *import = (struct import){0};
    if (!object_read(&import->object, path, err) ||
        !dwarf_file_open(&import->file, path, &import->object, err))
        return false;
    import->types = c_types_new(import->file, &import->object);
    return true;
}

/* One of several definitions of a name. */
struct way {
    const struct c_type_match *match;
    struct buf text;
};

/* The layouts of all matches, each once. */
static bool write_ways(struct import *import,
                       const struct c_type_match *matches, size_t count,
                       struct way *ways, size_t *way_count, struct err *err)
{
    *way_count = 0;
    for (size_t i = 0; i < count && *way_count <= TOLD_MAX; i++) {
        struct way *way = &ways[*way_count];
        size_t n = 0;

        way->match = &matches[i];
        if (!write_layout(&way->text, &import->object, matches[i].type,
                          matches[i].name, err)) {
            buf_free(&way->text);
            return false;
        }
        while (strcmp(ways[n].text.data, way->text.data) != 0)
            n++;
        if (n == *way_count)
            ++*way_count;
        else
            buf_clear(&way->text);
    }
    return true;
}

static bool several(const struct way *ways, size_t count, const char *name,
                    struct err *err)
{
    struct buf list = {0};
    size_t told = count < TOLD_MAX ? count : TOLD_MAX;

    for (size_t i = 0; i < told; i++)
        buf_printf(&list, "%s%s in %s (%llu bytes)", i > 0 ? ", " : "",
                   ways[i].match->name, ways[i].match->unit,
                   (unsigned long long)ways[i].match->type->size);
    err_set(err, STATUS_DATA,
            "'%s' is defined in several ways: %s%s; say which, such as %s@%s",
            name, list.data, count > told ? " and more" : "",
            ways[0].match->name, ways[0].match->unit);
    buf_free(&list);
    return false;
}

static bool write_file(const struct way *way, const char *file,
                       const char *output, struct err *err)
{
    struct sink sink = {0};
    struct buf first = {0}, text = {0};
    const char *slash = strrchr(file, '/');
    bool ok;

    buf_puts(&first, "; made by shmtop import from ");
    text_clean(&first, slash ? slash + 1 : file,
               strlen(slash ? slash + 1 : file));
    if (way->match->unit[0] != '\0') {
        buf_puts(&first, ", ");
        text_clean(&first, way->match->unit, strlen(way->match->unit));
    }
    write_layout_line(&text, &first);
    buf_add(&text, way->text.data, way->text.len);
    ok = sink_open(&sink, output, true, err) &&
         sink_write(&sink, text.data, text.len, err) && sink_close(&sink, err);
    sink_abandon(&sink);
    buf_free(&first);
    buf_free(&text);
    return ok;
}

static bool import_struct(struct import *import, const struct options *options,
                          struct err *err)
{
    const char *file = options->operands.items[0];
    const char *name = options->operands.items[1];
    struct c_type_match *matches;
    struct way ways[TOLD_MAX + 2] = {0};
    size_t count, way_count = 0;
    bool ok;

    ok = c_types_find(import->types, name, &matches, &count, err) &&
         write_ways(import, matches, count, ways, &way_count, err);
    if (!ok)
        err_prefix(err, "%s", file);
    else if (way_count > 1)
        ok = several(ways, way_count, name, err);
    else
        ok = write_file(&ways[0], file, options->output, err);
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
        buf_free(&ways[i].text);
    return ok;
}

bool cmd_import(const struct options *options, struct err *err)
{
    struct import import;
    bool ok;

    if (!dwarf_is_available())
        return err_set(err, STATUS_UNAVAILABLE,
                       "this shmtop was built without libdwarf and reads no "
                       "debug information; layouts made elsewhere are the "
                       "same");
    ok = import_open(&import, options->operands.items[0], err) &&
         import_struct(&import, options, err);
    import_close(&import);
    return ok;
}
