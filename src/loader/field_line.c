/* SPDX-License-Identifier: MIT */
/*
 * Declarations and their short form, a field a line.
 * Invariant: a line that is wrong adds exactly the problems that it has.
 */
#include <stdlib.h>
#include <string.h>

#include "layout/syntax.h"
#include "loader/draft.h"

static const char blanks[] = " \t";

struct declaration *declarations_add(struct declarations *list)
{
    if (list->count == list->cap) {
        list->cap = list->cap ? list->cap * 2 : 16;
        list->items = mem_resize(list->items, list->cap, sizeof *list->items);
    }
    return &list->items[list->count++];
}

void declarations_free(struct declarations *list)
{
    free(list->items);
    *list = (struct declarations){0};
}

struct declaration *declare(struct parser *parser, struct declarations *list,
                            const char *name, int line)
{
    struct declaration *decl = declarations_add(list);
    declaration_begin(decl, name, parser->file, line, parser->layout->arena);
    decl->mapping = (uint16_t)parser->mapping;
    return decl;
}

/* The end of the word at `at`: at a blank outside of quotes, which open behind
 * a '='.  NULL when a quote is not closed. */
static char *word_end(char *at)
{
    for (; *at && *at != ' ' && *at != '\t'; at++) {
        if (at[0] == '=' && (at[1] == '"' || at[1] == '\'')) {
            at = strchr(at + 2, at[1]);
            if (!at)
                return NULL;
        }
    }
    return at;
}

static void set(struct parser *parser, struct declaration *decl,
                const char *key, const char *value)
{
    attribute_set(decl, key, value, decl->line, parser->layout->arena,
                  parser->problems);
}

/* One word of a short form: the type, "@16", or "unit=bar". */
static void short_word(struct parser *parser, struct declaration *decl,
                       char *word, bool first)
{
    char *equals = strchr(word, '=');
    if (word[0] == '@') {
        set(parser, decl, "offset", word + 1);
    } else if (equals && equals > word) {
        *equals = '\0';
        set(parser, decl, word, equals + 1);
    } else if (first) {
        set(parser, decl, "type", word);
    } else {
        problem_add(parser->problems, parser->file, decl->line, PROBLEM_ERROR,
                    "'%s' of field '%s' is neither @OFFSET nor "
                    "attribute=value (no blanks around the =; '...' holds "
                    "blanks and double quotes)",
                    word, decl->name);
    }
}

void declare_short(struct parser *parser, struct declarations *list,
                   const struct ini_event *event)
{
    struct err err;
    if (!identifier_check(event->key, &err)) {
        problem_add(parser->problems, parser->file, event->line, PROBLEM_ERROR,
                    "%s", err.text);
        return;
    }
    struct declaration *decl = declare(parser, list, event->key, event->line);
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
            decl->refused = true;
            return;
        }
        char *next = end + strspn(end, blanks);
        *end = '\0';
        short_word(parser, decl, at, first);
        at = next;
    }
}
