/* SPDX-License-Identifier: MIT */
/* `shmtop import`: writes a layout from a program's debug information to stdout
 * or a file.  Nothing is written unless the whole layout was made. */
#include "cli/cmd.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/output_file.h"
#include "import/c_type.h"
#include "import/write_layout.h"

#define NAMED_MAX 3 /* definitions that the message names */

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
struct definition {
    const struct c_type_match *match;
    struct buf text;
};

/* Makes the layouts of all matches and keeps one of each. */
static bool write_definitions(struct import *import,
                              const struct c_type_match *matches, size_t count,
                              struct definition *definitions,
                              size_t *definition_count, struct err *err)
{
    *definition_count = 0;
    for (size_t i = 0; i < count && *definition_count <= NAMED_MAX; i++) {
        struct definition *definition = &definitions[*definition_count];
        size_t n = 0;
        definition->match = &matches[i];
        if (!write_layout(&definition->text, &import->object, matches[i].type,
                          matches[i].name, err)) {
            buf_free(&definition->text);
            return false;
        }
        while (strcmp(definitions[n].text.data, definition->text.data) != 0)
            n++;
        if (n == *definition_count)
            ++*definition_count;
        else
            buf_clear(&definition->text);
    }
    return true;
}

static bool fail_ambiguous(const struct definition *definitions, size_t count,
                           const char *name, struct err *err)
{
    struct buf list = {0};
    size_t named = count < NAMED_MAX ? count : NAMED_MAX;
    for (size_t i = 0; i < named; i++)
        buf_printf(&list, "%s%s in %s (%llu bytes)", i > 0 ? ", " : "",
                   definitions[i].match->name, definitions[i].match->unit,
                   (unsigned long long)definitions[i].match->type->size);
    err_set(err, STATUS_DATA,
            "'%s' is defined in several ways: %s%s; say which, such as %s@%s",
            name, list.data, count > named ? " and more" : "",
            definitions[0].match->name, definitions[0].match->unit);
    buf_free(&list);
    return false;
}

static bool write_file(const struct definition *definition, const char *file,
                       const char *output, struct err *err)
{
    struct output_file out = {0};
    struct buf first = {0}, text = {0};
    const char *slash = strrchr(file, '/');
    buf_puts(&first, "; made by shmtop import from ");
    text_clean(&first, slash ? slash + 1 : file,
               strlen(slash ? slash + 1 : file));
    if (definition->match->unit[0] != '\0') {
        buf_puts(&first, ", ");
        text_clean(&first, definition->match->unit,
                   strlen(definition->match->unit));
    }
    write_layout_line(&text, &first);
    buf_add(&text, definition->text.data, definition->text.len);
    bool ok = output_file_open(&out, output, true, err) &&
              output_file_write(&out, text.data, text.len, err) &&
              output_file_close(&out, err);
    output_file_abandon(&out);
    buf_free(&first);
    buf_free(&text);
    return ok;
}

static bool import_struct(struct import *import, const struct options *options,
                          struct err *err)
{
    CHECK(options->operands.count == 2);
    const char *file = options->operands.items[0];
    const char *name = options->operands.items[1];
    struct c_type_match *matches;
    struct definition definitions[NAMED_MAX + 2] = {0};
    size_t count, definition_count = 0;
    bool ok = c_types_find(import->types, name, &matches, &count, err) &&
              write_definitions(import, matches, count, definitions,
                                &definition_count, err);
    if (!ok)
        err_prefix(err, "%s", file);
    else if (definition_count > 1)
        ok = fail_ambiguous(definitions, definition_count, name, err);
    else
        ok = write_file(&definitions[0], file, options->output, err);
    for (size_t i = 0; i < sizeof definitions / sizeof definitions[0]; i++)
        buf_free(&definitions[i].text);
    return ok;
}

bool cmd_import(const struct options *options, struct err *err)
{
    struct import import;
    if (!dwarf_is_available())
        return err_set(err, STATUS_UNAVAILABLE,
                       "this shmtop was built without libdwarf and reads no "
                       "debug information; layouts made elsewhere are the "
                       "same");
    bool ok = import_open(&import, options->operands.items[0], err) &&
              import_struct(&import, options, err);
    import_close(&import);
    return ok;
}
