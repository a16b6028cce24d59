/* SPDX-License-Identifier: MIT */
/* The draft of a layout and its list of mappings.  sections.c fills it from
 * the files; the later stages turn it into a layout. */
#include "loader/draft.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "loader/field_keys.h"

void draft_begin(struct draft *draft, struct layout *layout, enum abi abi,
                 struct problems *problems)
{
    CHECK(abi < ABI_COUNT && layout->arena);
    *draft = (struct draft){
        .layout = layout,
        .problems = problems,
        .abi = abi,
        .file = layout->file,
    };
    draft_add_mapping(draft, NULL, 0);
}

void draft_free(struct draft *draft)
{
    labels_free(&draft->labels);
    structs_free(&draft->structs);
    declarations_free(&draft->fields);
    references_free(&draft->references);
    free(draft->placements);
    free(draft->mappings);
    free(draft->files);
}

void draft_problem(struct draft *draft, int line, const char *fmt, ...)
{
    char text[ERR_TEXT_MAX];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    problem_add(draft->problems, draft->file, line, PROBLEM_ERROR, "%s", text);
}

struct mapping_draft *draft_add_mapping(struct draft *draft, const char *id,
                                        int line)
{
    struct mapping_draft *mapping =
        MEM_ADD(draft->mappings, draft->mapping_count);
    mapping_begin(mapping, id, draft->file, line, draft->layout->arena);
    return mapping;
}

size_t draft_find_mapping(const struct draft *draft, const char *id)
{
    for (size_t i = 1; i < draft->mapping_count; i++)
        if (strcmp(draft->mappings[i].mapping.id, id) == 0)
            return i;
    return SIZE_MAX;
}

/* --- finishing ----------------------------------------------------------- */

static void no_mapping(const struct draft *draft, const char *id,
                       const char *file, int line)
{
    const char **words = mem_zalloc(draft->mapping_count, sizeof *words);
    size_t count = 0;
    for (size_t i = 1; i < draft->mapping_count; i++)
        if (draft->mappings[i].section_line)
            words[count++] = draft->mappings[i].mapping.id;
    problem_add(draft->problems, file, line, PROBLEM_ERROR,
                "no section [mapping %s]%s", id,
                word_hint(text_nearest(id, words, count)).text);
    free(words);
}

/* mapping = NAME overrides the mapping of the section. */
static void find_mappings(struct draft *draft)
{
    for (size_t i = 0; i < draft->fields.count; i++) {
        struct declaration *decl = &draft->fields.items[i];
        if (!decl->mapping_name)
            continue;
        size_t found = draft_find_mapping(draft, decl->mapping_name);
        if (found != SIZE_MAX)
            decl->mapping = (uint16_t)found;
        else
            no_mapping(draft, decl->mapping_name,
                       key_file(&decl->keys, ATTR_MAPPING),
                       key_line(&decl->keys, ATTR_MAPPING));
    }
}

static void check_mappings(const struct draft *draft)
{
    for (size_t i = 0; i < draft->mapping_count; i++) {
        const struct mapping_draft *mapping = &draft->mappings[i];
        if (mapping->mapping.id && !mapping->section_line)
            no_mapping(draft, mapping->mapping.id, mapping->keys.file,
                       mapping->keys.line);
        if (mapping->snapshot.keys.line)
            snapshot_check(&mapping->snapshot, draft->problems);
    }
}

/* Whether the layout has the mapping without a name. */
static bool has_unnamed(const struct draft *draft)
{
    const struct mapping_draft *mapping = &draft->mappings[0];
    if (mapping->section_line || mapping->snapshot.keys.line ||
        draft->mapping_count == 1)
        return true;
    for (size_t i = 0; i < draft->fields.count; i++) {
        const struct declaration *decl = &draft->fields.items[i];
        if (decl->mapping == 0 && !decl->computed)
            return true;
    }
    return false;
}

static void drop_unnamed(struct draft *draft)
{
    for (size_t i = 0; i < draft->fields.count; i++) {
        struct declaration *decl = &draft->fields.items[i];
        if (decl->mapping > 0)
            decl->mapping--;
    }
    draft->mapping_count--;
    memmove(draft->mappings, draft->mappings + 1,
            draft->mapping_count * sizeof *draft->mappings);
}

void draft_finish(struct draft *draft)
{
    struct layout *layout = draft->layout;
    CHECK(!layout->mappings);
    find_mappings(draft);
    check_mappings(draft);
    if (!has_unnamed(draft))
        drop_unnamed(draft);
    if (draft->mapping_count > LAYOUT_MAPPINGS_MAX) {
        problem_add(draft->problems, layout->file, 0, PROBLEM_ERROR,
                    "more than %u mappings", LAYOUT_MAPPINGS_MAX);
    }
    layout->mapping_count = draft->mapping_count;
    layout->mappings = arena_alloc(layout->arena, layout->mapping_count,
                                   sizeof *layout->mappings);
    for (size_t i = 0; i < layout->mapping_count; i++)
        mapping_finish(&draft->mappings[i], &layout->mappings[i], draft->abi);
    const char **files =
        arena_alloc(layout->arena, draft->file_count, sizeof *files);
    for (size_t i = 0; i < draft->file_count; i++)
        files[i] = arena_strdup(layout->arena, draft->files[i]);
    layout->files = files;
    layout->file_count = draft->file_count;
}
