/* SPDX-License-Identifier: MIT */
/* Splits a line that declares a field into its attributes.  Their values are
 * read by field_keys.c. */
#include <string.h>

#include "layout/syntax.h"
#include "loader/field_keys.h"
#include "loader/loader_private.h"

static const char blanks[] = " \t";

/* The end of the word at `at`: a blank outside of quotes, which open after a
 * '='.  NULL when a quote is not closed. */
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

/* A word of the line: the type, "@16", or "unit=bar". */
static void read_word(struct draft *draft, struct declaration *decl, char *word,
                      bool first)
{
    const char *key = "type";
    const char *value = word;
    char *equals = strchr(word, '=');
    if (word[0] == '@') {
        key = "offset";
        value = word + 1;
    } else if (equals && equals > word) {
        *equals = '\0';
        key = word;
        value = equals + 1;
    } else if (!first) {
        draft_problem(draft, decl->keys.line,
                      "'%s' of field '%s' is neither @OFFSET nor "
                      "attribute=value (no blanks around the =; '...' holds "
                      "blanks and double quotes)",
                      word, decl->name);
        return;
    }
    attribute_set(decl, key, value, decl->keys.line, draft->layout->arena,
                  draft->problems);
}

void field_line_read(struct draft *draft, struct declarations *list,
                     const struct ini_event *event)
{
    struct err err;
    if (!identifier_check(event->key, &err)) {
        draft_problem(draft, event->line, "%s", err.text);
        return;
    }
    struct declaration *decl = declarations_add(
        list, event->key, draft->file, event->line, draft->layout->arena);
    decl->mapping = (uint16_t)draft->mapping;
    char text[INI_LINE_MAX + 1];
    size_t len = strlen(event->value);
    CHECK(len < sizeof text);
    memcpy(text, event->value, len + 1);
    bool first = true;
    for (char *at = text + strspn(text, blanks); *at; first = false) {
        char *end = word_end(at);
        if (!end) {
            draft_problem(draft, event->line,
                          "a quote is not closed (a ; after a blank starts a "
                          "comment, even in quotes)");
            /* The rest of the line may hold what it seems to lack. */
            decl->invalid = true;
            return;
        }
        char *next = end + strspn(end, blanks);
        *end = '\0';
        read_word(draft, decl, at, first);
        at = next;
    }
}
