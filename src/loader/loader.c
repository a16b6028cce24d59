/* SPDX-License-Identifier: MIT */
/* The stages of loading a layout, in order.  Each is a file of its own. */
#include "loader/loader.h"

#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "expr/expr.h"
#include "loader/draft.h"
#include "loader/overlap.h"

/* Whether anything was said of the mapping without a name. */
static bool has_unnamed(const struct parser *parser)
{
    const struct mapping_draft *draft = &parser->mappings[0];
    if (draft->section_line || draft->snapshot.line ||
        parser->mapping_count == 1)
        return true;
    for (size_t i = 0; i < parser->fields.count; i++) {
        const struct declaration *decl = &parser->fields.items[i];
        if (decl->mapping == 0 && !decl->computed)
            return true;
    }
    return false;
}

static void find_mapping_of(struct parser *parser, struct declaration *decl)
{
    if (!decl->mapping_name)
        return;
    size_t found = parser_find_mapping(parser, decl->mapping_name);
    if (found == SIZE_MAX) {
        problem_add(parser->problems, decl->file,
                    attribute_line(decl, ATTR_MAPPING), PROBLEM_ERROR,
                    "no section [mapping %s]%s", decl->mapping_name,
                    parser_mapping_hint(parser, decl->mapping_name).text);
        return;
    }
    decl->mapping = (uint16_t)found;
}

static void check_mapping(struct parser *parser,
                          const struct mapping_draft *draft)
{
    const char *id = draft->mapping.id;
    if (id && !draft->section_line) {
        problem_add(parser->problems, draft->file, draft->line, PROBLEM_ERROR,
                    "no section [mapping %s]%s", id,
                    parser_mapping_hint(parser, id).text);
    }
    if (draft->snapshot.line)
        snapshot_check(&draft->snapshot, parser->problems);
}

static void finish_mappings(struct parser *parser)
{
    struct layout *layout = parser->layout;
    for (size_t i = 0; i < parser->fields.count; i++)
        find_mapping_of(parser, &parser->fields.items[i]);
    for (size_t i = 0; i < parser->mapping_count; i++)
        check_mapping(parser, &parser->mappings[i]);
    size_t skip = has_unnamed(parser) ? 0 : 1;
    for (size_t i = 0; i < parser->fields.count; i++) {
        struct declaration *decl = &parser->fields.items[i];
        decl->mapping =
            (uint16_t)(decl->mapping < skip ? 0 : decl->mapping - skip);
    }
    parser->mapping_count -= skip;
    if (parser->mapping_count > LAYOUT_MAPPINGS_MAX) {
        problem_add(parser->problems, layout->file, 0, PROBLEM_ERROR,
                    "more than %u mappings", LAYOUT_MAPPINGS_MAX);
    }
    memmove(parser->mappings, parser->mappings + skip,
            parser->mapping_count * sizeof *parser->mappings);
    layout->mapping_count = parser->mapping_count;
    layout->mappings = arena_alloc(layout->arena, layout->mapping_count,
                                   sizeof *layout->mappings);
    for (size_t i = 0; i < layout->mapping_count; i++)
        mapping_finish(&parser->mappings[i], &layout->mappings[i], parser->abi);
}

static void keep_files(struct parser *parser)
{
    struct layout *layout = parser->layout;
    const char **files =
        arena_alloc(layout->arena, parser->file_count + 1, sizeof *files);
    for (size_t i = 0; i < parser->file_count; i++)
        files[i] = arena_strdup(layout->arena, parser->files[i]);
    layout->files = files;
    layout->file_count = parser->file_count;
}

static void parser_finish(struct parser *parser)
{
    struct labels_to to = {parser->layout->arena, parser->file,
                           parser->problems};
    keep_files(parser);
    finish_mappings(parser);
    labels_finish(&parser->labels, parser->layout, &to);
    resolve_fields(parser);
    bind_mappings(parser);
    labels_free(&parser->labels);
    structs_free(&parser->structs);
    declarations_free(&parser->fields);
    free(parser->mappings);
    free(parser->files);
}

static const char *title_of(struct arena *arena, const char *file)
{
    const char *name = file + os_folder_len(file);
    size_t len = strlen(name);
    if (len > 4 && strcmp(name + len - 4, ".ini") == 0)
        len -= 4;
    return arena_strndup(arena, name, len);
}

static struct layout *layout_new(const char *file)
{
    struct arena *arena = arena_new();
    struct layout *layout = arena_alloc(arena, 1, sizeof *layout);
    layout->arena = arena;
    layout->file = arena_strdup(arena, file);
    layout->title = title_of(arena, file);
    return layout;
}

void layout_free(struct layout *layout)
{
    if (!layout)
        return;
    expr_free(layout->machine);
    name_table_free(&layout->names);
    arena_free(layout->arena);
}

/* Runs the stages after reading, and hands the layout out if it is sound. */
static bool finish(struct layout **out, struct parser *parser, bool compile,
                   size_t errors_before)
{
    struct layout *layout = parser->layout;
    struct problems *problems = parser->problems;
    parser_finish(parser);
    if (layout->group_count == 0 && problems->errors == errors_before) {
        problem_add(problems, layout->file, 0, PROBLEM_ERROR,
                    "the layout has no fields; add a section [field NAME] "
                    "with offset and type");
    }
    check_placement(layout, problems);
    /* Names of fields that are broken would be called unknown. */
    if (compile && problems->errors == errors_before)
        layout->machine = expr_compile(layout, problems);
    problems_sort(problems);
    if (problems->errors > errors_before) {
        layout_free(layout);
        return false;
    }
    *out = layout;
    return true;
}

/* Loads the file `name`, or `text` if that is not NULL. */
static bool load(struct layout **out, const char *name, const char *text,
                 size_t len, enum abi abi, bool compile,
                 struct problems *problems, struct err *err)
{
    size_t errors_before = problems->errors;
    struct layout *layout = layout_new(name);
    struct parser parser;
    parser_begin(&parser, layout, layout->file, problems);
    parser.abi = abi;
    if (err)
        err->text[0] = '\0';
    if (text) {
        ini_read_text(layout->file, text, len, parser_event, &parser, problems);
    } else if (!parser_read(&parser, layout->file, err)) {
        parser_finish(&parser);
        layout_free(layout);
        return false;
    }
    return finish(out, &parser, compile, errors_before);
}

bool layout_load(struct layout **out, const char *path, enum abi abi,
                 struct problems *problems, struct err *err)
{
    return load(out, path, NULL, 0, abi, true, problems, err);
}

bool layout_parse(struct layout **out, const char *name, const char *text,
                  size_t len, enum abi abi, struct problems *problems)
{
    return load(out, name, text, len, abi, true, problems, NULL);
}

bool layout_load_places(struct layout **out, const char *name, const char *text,
                        size_t len, enum abi abi, struct problems *problems,
                        struct err *err)
{
    return load(out, name, text, len, abi, false, problems, err);
}
