/* SPDX-License-Identifier: MIT */
/* Fuzzes the reader of INI files: events keep the promises of ini.h, come in
 * order, and their words are in the line whose number they have. */
#include <stdint.h>
#include <string.h>

#include "base/ini.h"

struct seen {
    const char *text;
    size_t len;
    char section[INI_SECTION_MAX + 1];
    int section_line;
    int line;
};

/* The bytes of line `number`, from 1. */
static const char *find_line(const struct seen *seen, int number, size_t *len)
{
    const char *at = seen->text;
    const char *end = seen->text + seen->len;

    while (--number > 0) {
        at = memchr(at, '\n', (size_t)(end - at));
        CHECK(at);
        at++;
    }
    *len = (size_t)(end - at);
    if (memchr(at, '\n', *len))
        *len = (size_t)((const char *)memchr(at, '\n', *len) - at);
    return at;
}

static bool contains(const char *bytes, size_t len, const char *word)
{
    size_t size = strlen(word);

    for (; len >= size; bytes++, len--)
        if (memcmp(bytes, word, size) == 0)
            return true;
    return false;
}

static bool is_trimmed(const char *text)
{
    size_t len = strlen(text);

    return len == 0 || (!strchr(" \t\r\n\v\f", text[0]) &&
                        !strchr(" \t\r\n\v\f", text[len - 1]));
}

static void check_line(const struct seen *seen, const struct ini_event *event)
{
    const char *word = event->key ? event->key : event->section;
    size_t len;
    const char *line = find_line(seen, event->line, &len);

    CHECK(contains(line, len, word));
    if (event->key)
        CHECK(contains(line, len, event->value));
    else
        CHECK(memchr(line, '[', len) && memchr(line, ']', len));
}

static void handle(void *user, const struct ini_event *event)
{
    struct seen *seen = user;

    CHECK(event->line > seen->line);
    seen->line = event->line;
    CHECK(strlen(event->section) <= INI_SECTION_MAX);
    CHECK(is_trimmed(event->section));
    check_line(seen, event);
    if (!event->key) {
        CHECK(!event->value);
        CHECK(event->section_line == event->line);
        CHECK(event->section[0] != '\0');
        seen->section_line = event->line;
        strcpy(seen->section, event->section);
        return;
    }
    CHECK(event->key[0] != '\0' && is_trimmed(event->key));
    CHECK(event->value && is_trimmed(event->value));
    CHECK(strlen(event->key) + strlen(event->value) < INI_LINE_MAX);
    CHECK(event->section_line == seen->section_line);
    CHECK(strcmp(event->section, seen->section) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct seen seen = {.text = (const char *)data, .len = size};
    struct problems problems = {0};
    size_t i;

    ini_read_text("fuzz.ini", seen.text, size, handle, &seen, &problems);
    for (i = 0; i < problems.count; i++) {
        CHECK(problems.items[i].line >= 1);
        /* That would be a line that our reader accepts and inih refuses. */
        CHECK(!strstr(problems.items[i].text, "report this as a bug"));
    }
    problems_free(&problems);
    return 0;
}
