/* SPDX-License-Identifier: MIT */
/* Reads texts with and without quotes, names and ranges; the keys of a layout
 * are read by the loader. */
#include "layout/syntax.h"

#include <ctype.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "base/utf8.h"
#include "layout/layout.h"

size_t attribute_unquoted(const char **text)
{
    size_t len = strlen(*text);
    char quote = **text;
    if (len >= 2 && (quote == '"' || quote == '\'') &&
        strchr(*text + 1, quote) == *text + len - 1) {
        ++*text;
        return len - 2;
    }
    return len;
}

const char *plain_copy(struct arena *arena, const char *text)
{
    size_t len = attribute_unquoted(&text);
    return arena_strndup(arena, text, len);
}

const char *clean_copy(struct arena *arena, const char *text)
{
    size_t len = attribute_unquoted(&text);
    if (utf8_plain_run(text, len) == len)
        return arena_strndup(arena, text, len);
    struct buf clean = {0};
    text_clean(&clean, text, len);
    const char *copy = arena_strndup(arena, clean.data, clean.len);
    buf_free(&clean);
    return copy;
}

bool identifier_check(const char *name, struct err *err)
{
    bool start = true;
    for (const char *at = name; *at; at++) {
        bool letter = isalpha((unsigned char)*at) || *at == '_';
        bool digit = isdigit((unsigned char)*at) != 0;
        if ((unsigned char)*at > 0x7e ||
            (start ? !letter : !letter && !digit && *at != '.')) {
            return err_set(err, STATUS_DATA,
                           "bad name '%s'; a name has letters, digits and _, "
                           "starts with no digit, and may join parts by dots",
                           name);
        }
        start = *at == '.';
    }
    if (start) {
        return err_set(err, STATUS_DATA,
                       name[0] ? "bad name '%s'; a dot joins two names"
                               : "a name is missing%s",
                       name);
    }
    if (strlen(name) > LAYOUT_NAME_MAX) {
        return err_set(err, STATUS_DATA,
                       "name '%s' is longer than %d characters", name,
                       LAYOUT_NAME_MAX);
    }
    return true;
}

bool range_parse(const char *text, double *low, double *high)
{
    const char *dots = strstr(text, "..");
    char left[64];
    size_t len = dots ? (size_t)(dots - text) : sizeof left;
    if (len >= sizeof left)
        return false;
    memcpy(left, text, len);
    left[len] = '\0';
    return number_parse_double(left, low) &&
           number_parse_double(dots + 2, high);
}
