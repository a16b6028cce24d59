/* SPDX-License-Identifier: MIT */
/*
 * Sections and lines of layout files.
 * Invariant: a line that is wrong adds exactly the problems that it has and
 * changes nothing else, so that all errors of a file are reported in one go.
 * What needs the whole file is left to resolve.c and bind.c.
 */
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "base/text.h"
#include "layout/syntax.h"
#include "layout/words.h"
#include "loader/draft.h"

enum section {
    SECTION_NONE, /* 0: before the first header */
    SECTION_SKIP, /* its header was wrong */
    SECTION_MAPPING,
    SECTION_FIELD,
    SECTION_FIELDS,
    SECTION_STRUCT,
    SECTION_COMPUTED,
    SECTION_SNAPSHOT,
    SECTION_ENUM,
    SECTION_FLAGS,
};

const struct word_row section_names[] = {
    {"mapping", SECTION_MAPPING},
    {"field", SECTION_FIELD},
    {"fields", SECTION_FIELDS},
    {"struct", SECTION_STRUCT},
    {"computed", SECTION_COMPUTED},
    {"snapshot", SECTION_SNAPSHOT},
    {"enum", SECTION_ENUM},
    {"flags", SECTION_FLAGS},
    {NULL, 0},
};

/* Whether the header has a name: it must, it may, or it must not. */
enum naming { NAMED, NAMED_MAYBE };

static enum naming naming_of(enum section section)
{
    return section == SECTION_MAPPING || section == SECTION_FIELDS ||
                   section == SECTION_SNAPSHOT
               ? NAMED_MAYBE
               : NAMED;
}

static const char blanks[] = " \t";

static struct labels_to to_of(struct parser *parser)
{
    return (struct labels_to){parser->layout->arena, parser->file,
                              parser->problems};
}

/* --- mappings ------------------------------------------------------------ */

size_t parser_find_mapping(const struct parser *parser, const char *name)
{
    for (size_t i = 1; i < parser->mapping_count; i++)
        if (strcmp(parser->mappings[i].mapping.id, name) == 0)
            return i;
    return SIZE_MAX;
}

struct word_hint parser_mapping_hint(const struct parser *parser,
                                     const char *name)
{
    const char **words = mem_zalloc(parser->mapping_count, sizeof *words);
    size_t count = 0;
    for (size_t i = 0; i < parser->mapping_count; i++) {
        const struct mapping_draft *draft = &parser->mappings[i];
        if (draft->mapping.id && draft->section_line)
            words[count++] = draft->mapping.id;
    }
    struct word_hint hint = word_hint(text_nearest(name, words, count));
    free(words);
    return hint;
}

static struct mapping_draft *add_mapping(struct parser *parser, const char *id,
                                         int line)
{
    if (parser->mapping_count == parser->mapping_cap) {
        parser->mapping_cap = parser->mapping_cap ? parser->mapping_cap * 2 : 4;
        parser->mappings = mem_resize(parser->mappings, parser->mapping_cap,
                                      sizeof *parser->mappings);
    }
    struct mapping_draft *draft = &parser->mappings[parser->mapping_count++];
    *draft = (struct mapping_draft){.file = parser->file, .line = line};
    draft->mapping.id = id ? arena_strdup(parser->layout->arena, id) : NULL;
    return draft;
}

/* The draft of that name (NULL: of the mapping without one), which may be
 * spoken of before its own section comes.  NULL, and the section is skipped,
 * when there are too many. */
static struct mapping_draft *mapping_draft(struct parser *parser,
                                           const char *id, int line)
{
    parser->mapping = id ? parser_find_mapping(parser, id) : 0;
    if (parser->mapping == SIZE_MAX) {
        if (parser->mapping_count > LAYOUT_MAPPINGS_MAX) {
            problem_add(parser->problems, parser->file, line, PROBLEM_ERROR,
                        "more than %u mappings", LAYOUT_MAPPINGS_MAX);
            parser->mapping = 0;
            parser->section = SECTION_SKIP;
            return NULL;
        }
        parser->mapping = parser->mapping_count;
        return add_mapping(parser, id, line);
    }
    return &parser->mappings[parser->mapping];
}

static void begin_mapping(struct parser *parser, const char *id, int line)
{
    struct mapping_draft *draft = mapping_draft(parser, id, line);
    if (!draft)
        return;
    if (draft->section_line && strcmp(draft->file, parser->file) == 0) {
        problem_add(parser->problems, parser->file, line, PROBLEM_ERROR,
                    "duplicate section [mapping%s%s]; the first is in line %d",
                    id ? " " : "", id ? id : "", draft->section_line);
        parser->section = SECTION_SKIP;
        return;
    }
    if (id && strcmp(id, "main") == 0) {
        problem_add(parser->problems, parser->file, line, PROBLEM_ERROR,
                    "'main' is what outputs call the mapping without a name; "
                    "choose another");
    }
    draft->file = parser->file;
    draft->section_line = line;
    if (!draft->mapping.line)
        draft->mapping.line = line;
}

static void begin_snapshot(struct parser *parser, const char *id, int line)
{
    struct mapping_draft *draft = mapping_draft(parser, id, line);
    if (!draft)
        return;
    struct snapshot_draft *snapshot = &draft->snapshot;
    if (snapshot->line) {
        problem_add(parser->problems, parser->file, line, PROBLEM_ERROR,
                    "duplicate section [snapshot%s%s]; the first is in line "
                    "%d%s",
                    id ? " " : "", id ? id : "", snapshot->line,
                    file_hint(snapshot->file, parser->file).text);
        parser->section = SECTION_SKIP;
        return;
    }
    snapshot->file = parser->file;
    snapshot->line = line;
}

/* --- section headers ----------------------------------------------------- */

static void begin_long(struct parser *parser, const char *name, int line)
{
    parser->mapping = 0;
    struct declaration *decl = declare(parser, &parser->fields, name, line);
    decl->lines =
        arena_alloc(parser->layout->arena, ATTR_COUNT, sizeof *decl->lines);
    decl->computed = parser->section == SECTION_COMPUTED;
}

static void begin(struct parser *parser, const char *name, int line)
{
    struct labels_to to = to_of(parser);
    const char *id = name[0] ? name : NULL;
    switch ((enum section)parser->section) {
    case SECTION_MAPPING:
        begin_mapping(parser, id, line);
        break;
    case SECTION_SNAPSHOT:
        begin_snapshot(parser, id, line);
        break;
    case SECTION_FIELDS:
        mapping_draft(parser, id, line);
        break;
    case SECTION_FIELD:
    case SECTION_COMPUTED:
        begin_long(parser, name, line);
        break;
    case SECTION_STRUCT:
        structs_begin(&parser->structs, name, parser->file, line,
                      parser->layout->arena);
        break;
    case SECTION_ENUM:
    case SECTION_FLAGS:
        labels_begin(&parser->labels, name, parser->section == SECTION_FLAGS,
                     line, &to);
        break;
    case SECTION_NONE:
    case SECTION_SKIP:
        break;
    }
}

/* Whether the header's name is as its section wants it. */
static bool check_name(struct parser *parser, const char *word,
                       const char *name, int line)
{
    struct err err;
    if (name[0] == '\0' && naming_of((enum section)parser->section) == NAMED) {
        problem_add(parser->problems, parser->file, line, PROBLEM_ERROR,
                    "[%s] needs a name: [%s NAME]", word, word);
        return false;
    }
    if (name[0] != '\0' && !identifier_check(name, &err)) {
        problem_add(parser->problems, parser->file, line, PROBLEM_ERROR, "%s",
                    err.text);
        return false;
    }
    if (parser->section == SECTION_STRUCT && strchr(name, '.')) {
        problem_add(parser->problems, parser->file, line, PROBLEM_ERROR,
                    "bad name '%s'; a struct's name has no dot", name);
        return false;
    }
    if (parser->section == SECTION_STRUCT && type_is_name(name)) {
        problem_add(parser->problems, parser->file, line, PROBLEM_ERROR,
                    "'%s' is a type already; choose another name for the "
                    "struct",
                    name);
        return false;
    }
    return true;
}

static void begin_section(struct parser *parser, const char *section, int line)
{
    char word[INI_SECTION_MAX + 1];
    const char *at = section + strspn(section, blanks);
    size_t len = strcspn(at, blanks);
    CHECK(len < sizeof word);
    memcpy(word, at, len);
    word[len] = '\0';
    char name[INI_SECTION_MAX + 1];
    at += len + strspn(at + len, blanks);
    for (len = strlen(at); len > 0 && strchr(blanks, at[len - 1]); len--) {
    }
    CHECK(len < sizeof name);
    memcpy(name, at, len);
    name[len] = '\0';

    int found = word_find(section_names, word);
    parser->section = found < 0 ? SECTION_SKIP : found;
    if (found < 0) {
        problem_add(parser->problems, parser->file, line, PROBLEM_ERROR,
                    "unknown section [%s]%s", section,
                    word_hint_in(section_names, word).text);
    } else if (check_name(parser, word, name, line)) {
        begin(parser, name, line);
    } else {
        parser->section = SECTION_SKIP;
    }
}

/* --- keys ---------------------------------------------------------------- */

static void mapping_key(struct parser *parser, const struct ini_event *event)
{
    if (strcmp(event->key, "include") == 0) {
        parser_include(parser, event->value, event->line);
        return;
    }
    mapping_set(&parser->mappings[parser->mapping], event->key, event->value,
                event->line, parser->layout->arena, parser->problems);
}

static void struct_key(struct parser *parser, const struct ini_event *event)
{
    struct struct_def *def = parser->structs.items[parser->structs.count - 1];
    if (event->key[0] == '@') {
        struct_set(def, event->key, event->value, event->line,
                   parser->problems);
        return;
    }
    if (strchr(event->key, '.')) {
        problem_add(parser->problems, parser->file, event->line, PROBLEM_ERROR,
                    "bad name '%s'; a member's name has no dot", event->key);
        return;
    }
    declare_short(parser, &def->members, event);
}

void parser_begin(struct parser *parser, struct layout *layout,
                  const char *file, struct problems *problems)
{
    *parser = (struct parser){
        .layout = layout,
        .file = file,
        .problems = problems,
        .section = SECTION_NONE,
    };
    add_mapping(parser, NULL, 0);
}

void parser_event(void *user, const struct ini_event *event)
{
    struct parser *parser = user;
    struct labels_to to = to_of(parser);
    if (!event->key) {
        begin_section(parser, event->section, event->line);
        return;
    }
    switch ((enum section)parser->section) {
    case SECTION_NONE:
        problem_add(parser->problems, parser->file, event->line, PROBLEM_ERROR,
                    "'%s' stands before the first section; begin with "
                    "[mapping]",
                    event->key);
        break;
    case SECTION_SKIP:
        break;
    case SECTION_MAPPING:
        mapping_key(parser, event);
        break;
    case SECTION_SNAPSHOT:
        snapshot_set(&parser->mappings[parser->mapping].snapshot, event->key,
                     event->value, event->line, parser->layout->arena,
                     parser->problems);
        break;
    case SECTION_FIELD:
    case SECTION_COMPUTED:
        attribute_set(&parser->fields.items[parser->fields.count - 1],
                      event->key, event->value, event->line,
                      parser->layout->arena, parser->problems);
        break;
    case SECTION_FIELDS:
        declare_short(parser, &parser->fields, event);
        break;
    case SECTION_STRUCT:
        struct_key(parser, event);
        break;
    case SECTION_ENUM:
    case SECTION_FLAGS:
        labels_add(&parser->labels, event->key, event->value, event->line, &to);
        break;
    }
}
