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

#include "base/text.h"
#include "layout/check.h"
#include "layout/parse.h"

static const char *title_of(struct arena *arena, const char *file)
{
    const char *slash = strrchr(file, '/');
    const char *name = slash ? slash + 1 : file;
    size_t len = strlen(name);
    if (len > 4 && strcmp(name + len - 4, ".ini") == 0) {
        len -= 4;
    }
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
        problem_add(problems, parser->file, 0, PROBLEM_ERROR,
                    "the layout has no fields; add a section [field NAME] "
                    "with offset and type");
    }
    check_placement(layout, problems);
    /* Problems outlive a layout that is thrown away, and so must the name. */
    for (size_t i = 0; i < problems->count; i++) {
        if (problems->items[i].file == layout->file) {
            problems->items[i].file = parser->file;
        }
    }
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
    parser_begin(&parser, layout, path, problems);
    parser.abi = abi;
    if (err) {
        err->text[0] = '\0';
    }
    if (!ini_read_file(path, parser_event, &parser, problems, err)) {
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
    parser_begin(&parser, layout, name, problems);
    parser.abi = abi;
    ini_read_text(name, text, len, parser_event, &parser, problems);
    return finish(out, &parser, errors_before);
}

void layout_free(struct layout *layout)
{
    if (layout) {
        arena_free(layout->arena);
    }
}

uint64_t layout_mapping_need(const struct layout *layout, size_t index)
{
    const struct mapping *mapping = &layout->mappings[index];
    uint64_t need = mapping->size ? mapping->size : mapping->need;
    for (size_t i = 0; need == 0 && i < layout->field_count; i++) {
        const struct field *field = &layout->fields[i];
        uint64_t end = field->offset + field->size;
        if (field->mapping == index && end > need) {
            need = end;
        }
    }
    return need;
}

void field_put_label(struct buf *out, const struct layout *layout, size_t index)
{
    const struct field *field = &layout->fields[index];
    const struct group *group = &layout->groups[field->group];
    if (!field->attr->label) {
        buf_puts(out, field->path);
        return;
    }
    buf_puts(out, field->attr->label);
    if (group->array) {
        buf_puts(out, " [");
        buf_put_u64(out, index - group->first);
        buf_putc(out, ']');
    }
}

/* Reads "[12]" at the end of a path; false for anything else, such as leading
 * zeros, since a field has one path. */
static bool parse_index(const char *text, uint64_t *index)
{
    if (text[0] != '[' || text[1] < '0' || text[1] > '9' ||
        (text[1] == '0' && text[2] != ']')) {
        return false;
    }
    *index = 0;
    const char *at = text + 1;
    for (; *at >= '0' && *at <= '9' && *index < LAYOUT_FIELDS_MAX; at++) {
        *index = *index * 10 + (uint64_t)(*at - '0');
    }
    return strcmp(at, "]") == 0;
}

size_t layout_find(const struct layout *layout, const char *path)
{
    size_t len = strcspn(path, "[");
    size_t found = index_find(layout, path, len);
    uint64_t index = 0;
    if (found == SIZE_MAX) {
        return SIZE_MAX;
    }
    const struct group *group = &layout->groups[found];
    bool sound =
        group->array ? parse_index(path + len, &index) : path[len] == '\0';
    return sound && index < group->count ? group->first + (size_t)index
                                         : SIZE_MAX;
}

const struct group *layout_find_array(const struct layout *layout,
                                      const char *path)
{
    size_t len = strcspn(path, "[");
    size_t found = index_find(layout, path, len);
    uint64_t index;
    return found != SIZE_MAX && layout->groups[found].array &&
                   parse_index(path + len, &index) &&
                   index >= layout->groups[found].count
               ? &layout->groups[found]
               : NULL;
}

const char *layout_nearest(const struct layout *layout, const char *path)
{
    size_t len = strcspn(path, "[");
    char *name = mem_strdup(path);
    name[len] = '\0';
    const char **words = mem_zalloc(layout->group_count, sizeof *words);
    for (size_t i = 0; i < layout->group_count; i++) {
        words[i] = layout->groups[i].name;
    }
    const char *nearest = text_nearest(name, words, layout->group_count);
    free(words);
    free(name);
    if (!nearest) {
        return NULL;
    }
    size_t found = index_find(layout, nearest, strlen(nearest));
    if (found == SIZE_MAX) {
        return nearest;
    }
    const struct group *group = &layout->groups[found];
    uint64_t index;
    bool inside = parse_index(path + len, &index) && index < group->count;
    return layout->fields[group->first + (inside ? index : 0)].path;
}
