/* SPDX-License-Identifier: MIT */
/*
 * Sections and lines of a layout file.
 * Invariant: a line that is wrong adds exactly the problems that it has and
 * changes nothing else, so that all errors of a file are reported in one go.
 * What needs the whole file is left to resolve.c.
 */
#include <stdlib.h>
#include <string.h>

#include "layout/names.h"
#include "layout/parse.h"

enum section {
    SECTION_NONE, /* before the first header */
    SECTION_SKIP, /* its header was wrong */
    SECTION_MAPPING,
    SECTION_FIELD,
    SECTION_FIELDS,
    SECTION_ENUM,
    SECTION_FLAGS,
};

static const struct name_row section_names[] = {
    {"mapping", SECTION_MAPPING}, {"field", SECTION_FIELD},
    {"fields", SECTION_FIELDS},   {"enum", SECTION_ENUM},
    {"flags", SECTION_FLAGS},     {NULL, 0},
};

static const char blanks[] = " \t";

static struct labels_to to_of(struct parser *parser)
{
    return (struct labels_to){parser->layout->arena, parser->file,
                              parser->problems};
}

static struct declaration *add_declaration(struct parser *parser,
                                           const char *name, int line)
{
    if (parser->count == parser->cap) {
        parser->cap = parser->cap ? parser->cap * 2 : 64;
        parser->decls =
            mem_resize(parser->decls, parser->cap, sizeof *parser->decls);
    }
    struct declaration *decl = &parser->decls[parser->count++];
    declaration_begin(decl, name, line, parser->layout->arena);
    return decl;
}

static void begin_named(struct parser *parser, const char *name, int line)
{
    struct labels_to to = to_of(parser);
    struct err err;
    if (!identifier_check(name, &err)) {
        problem_add(parser->problems, parser->file, line, PROBLEM_ERROR, "%s",
                    err.text);
        parser->section = SECTION_SKIP;
    } else if (parser->section == SECTION_FIELD) {
        struct declaration *decl = add_declaration(parser, name, line);
        decl->lines =
            arena_alloc(parser->layout->arena, ATTR_COUNT, sizeof *decl->lines);
    } else {
        labels_begin(&parser->labels, name, parser->section == SECTION_FLAGS,
                     line, &to);
    }
}

static void begin_mapping(struct parser *parser, int line)
{
    if (parser->mapping_line) {
        problem_add(parser->problems, parser->file, line, PROBLEM_ERROR,
                    "duplicate section [mapping]; the first is in line %d",
                    parser->mapping_line);
        parser->section = SECTION_SKIP;
        return;
    }
    parser->mapping_line = line;
    parser->mapping.mapping.line = line;
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

    int found = name_find(section_names, word);
    parser->section = found < 0 ? SECTION_SKIP : found;
    bool named = found == SECTION_FIELD || found == SECTION_ENUM ||
                 found == SECTION_FLAGS;
    if (found < 0) {
        problem_add(parser->problems, parser->file, line, PROBLEM_ERROR,
                    "unknown section [%s]%s", section,
                    name_hint_in(section_names, word).text);
    } else if (named && len == 0) {
        problem_add(parser->problems, parser->file, line, PROBLEM_ERROR,
                    "[%s] needs a name: [%s NAME]", word, word);
        parser->section = SECTION_SKIP;
    } else if (!named && len > 0) {
        problem_add(parser->problems, parser->file, line, PROBLEM_ERROR,
                    "[%s] takes no name", word);
        parser->section = SECTION_SKIP;
    } else if (named) {
        begin_named(parser, name, line);
    } else if (found == SECTION_MAPPING) {
        begin_mapping(parser, line);
    }
}

/* The end of the word at `at`: at a blank outside of quotes, which open behind
 * a '='.  NULL when a quote is not closed. */
static char *word_end(char *at)
{
    for (; *at && *at != ' ' && *at != '\t'; at++) {
        if (at[0] == '=' && (at[1] == '"' || at[1] == '\'')) {
            at = strchr(at + 2, at[1]);
            if (!at) {
                return NULL;
            }
        }
    }
    return at;
}

static void set_attribute(struct parser *parser, struct declaration *decl,
                          const char *key, const char *value, int line)
{
    attribute_set(decl, key, value, line, parser->layout->arena, parser->file,
                  parser->problems);
}

/* One word of a short form: the type, "@16", or "unit=bar". */
static void short_word(struct parser *parser, struct declaration *decl,
                       char *word, bool first)
{
    char *equals = strchr(word, '=');
    if (word[0] == '@') {
        set_attribute(parser, decl, "offset", word + 1, decl->line);
    } else if (equals && equals > word) {
        *equals = '\0';
        set_attribute(parser, decl, word, equals + 1, decl->line);
    } else if (first) {
        set_attribute(parser, decl, "type", word, decl->line);
    } else {
        problem_add(parser->problems, parser->file, decl->line, PROBLEM_ERROR,
                    "'%s' of field '%s' is neither @OFFSET nor "
                    "attribute=value (no blanks around the =; '...' holds "
                    "blanks and double quotes)",
                    word, decl->name);
    }
}

/* "setpoint" and "f32 @72 label=\"Set point\"". */
static void short_field(struct parser *parser, const struct ini_event *event)
{
    struct err err;
    if (!identifier_check(event->key, &err)) {
        problem_add(parser->problems, parser->file, event->line, PROBLEM_ERROR,
                    "%s", err.text);
        return;
    }
    struct declaration *decl = add_declaration(parser, event->key, event->line);
    char text[INI_LINE_MAX + 1];
    size_t len = strlen(event->value);
    CHECK(len < sizeof text);
    memcpy(text, event->value, len + 1);
    bool first = true;
    for (char *at = text + strspn(text, blanks); *at; first = false) {
        char *end = word_end(at);
        if (!end) {
            problem_add(parser->problems, parser->file, event->line,
                        PROBLEM_ERROR,
                        "a quote is not closed (a ; behind a blank starts a "
                        "comment, even in quotes)");
            /* What is missing may stand in the part that is cut off. */
            decl->seen |= 1u << ATTR_TYPE | 1u << ATTR_OFFSET;
            return;
        }
        char *next = end + strspn(end, blanks);
        *end = '\0';
        short_word(parser, decl, at, first);
        at = next;
    }
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
        mapping_set(&parser->mapping, event->key, event->value, event->line,
                    parser->layout->arena, parser->file, parser->problems);
        break;
    case SECTION_FIELD:
        set_attribute(parser, &parser->decls[parser->count - 1], event->key,
                      event->value, event->line);
        break;
    case SECTION_FIELDS:
        short_field(parser, event);
        break;
    case SECTION_ENUM:
    case SECTION_FLAGS:
        labels_add(&parser->labels, event->key, event->value, event->line, &to);
        break;
    }
}

void parser_finish(struct parser *parser)
{
    struct layout *layout = parser->layout;
    struct labels_to to = to_of(parser);
    layout->mappings = arena_alloc(layout->arena, 1, sizeof *layout->mappings);
    layout->mapping_count = 1;
    layout->mappings[0] = parser->mapping.mapping;
    layout->mappings[0].heartbeat = FIELD_NONE;
    layout->mappings[0].pid = FIELD_NONE;
    if (parser->abi != ABI_UNKNOWN) {
        layout->mappings[0].abi = parser->abi;
    }
    if (parser->mapping.native) {
        layout->mappings[0].name = parser->mapping.native;
    }
    labels_finish(&parser->labels, layout, &to);
    resolve_fields(parser);
    labels_free(&parser->labels);
    free(parser->decls);
}
