/* SPDX-License-Identifier: MIT */
/*
 * Loading a layout and looking things up in it.
 * Invariant: a layout that layout_load returns has no errors and never changes.
 * Reading the file is left to layout_parse.c
 * and resolve.c.
 */
#include "layout/layout.h"

#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "base/text.h"
#include "check/check.h"
#include "expr/expr.h"
#include "loader/draft.h"

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

/* Checks the whole and hands it out when it is sound. */
static bool finish(struct layout **out, struct parser *parser,
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
    if (problems->errors == errors_before)
        expr_check(layout, problems);
    problems_sort(problems);
    if (problems->errors > errors_before) {
        layout_free(layout);
        return false;
    }
    *out = layout;
    return true;
}

bool layout_load(struct layout **out, const char *path, enum abi abi,
                 struct problems *problems, struct err *err)
{
    size_t errors_before = problems->errors;
    struct layout *layout = layout_new(path);
    struct parser parser;
    parser_begin(&parser, layout, layout->file, problems);
    parser.abi = abi;
    if (err)
        err->text[0] = '\0';
    if (!parser_read(&parser, layout->file, err)) {
        parser_finish(&parser);
        layout_free(layout);
        return false;
    }
    return finish(out, &parser, errors_before);
}

bool layout_parse(struct layout **out, const char *name, const char *text,
                  size_t len, enum abi abi, struct problems *problems)
{
    size_t errors_before = problems->errors;
    struct layout *layout = layout_new(name);
    struct parser parser;
    parser_begin(&parser, layout, layout->file, problems);
    parser.abi = abi;
    ini_read_text(layout->file, text, len, parser_event, &parser, problems);
    return finish(out, &parser, errors_before);
}

void layout_free(struct layout *layout)
{
    if (layout)
        arena_free(layout->arena);
}

const char *layout_mapping_id(const struct layout *layout, size_t index)
{
    const char *id = layout->mappings[index].id;
    return id ? id : "main";
}

uint64_t layout_mapping_need(const struct layout *layout, size_t index)
{
    const struct mapping *mapping = &layout->mappings[index];
    uint64_t need = mapping->size ? mapping->size : mapping->need;
    for (size_t i = 0; need == 0 && i < layout->field_count; i++) {
        const struct field *field = &layout->fields[i];
        uint64_t end = field->offset + field->size;
        if (field->mapping == index && field->base == FIELD_NO_BASE &&
            end > need)
            need = end;
    }
    return need;
}
