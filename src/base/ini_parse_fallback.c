/* SPDX-License-Identifier: MIT */
/* In place of inih where a system has none: reads the lines that ini.c lets
 * through as inih does.  ini.c removes comments, blank lines, continuations and
 * byte order marks first; fuzz.ini_fallback compares the two. */
#include "base/ini_fallback/ini.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define LINE_SIZE 200 /* like inih; INI_LINE_MAX fits into it */
#define BLANKS " \t\r\n\v\f"

/* Removes the blanks around the text, in place. */
static char *strip(char *text)
{
    text += strspn(text, BLANKS);
    size_t len = strlen(text);
    while (len > 0 && strchr(BLANKS, text[len - 1]))
        len--;
    text[len] = '\0';
    return text;
}

/* `line` starts with `[`; `section` has LINE_SIZE bytes. */
static bool take_section(char *line, char *section)
{
    char *end = strchr(line, ']');
    if (!end)
        return false;
    *end = '\0';
    strcpy(section, line + 1);
    return true;
}

static bool take_key(char *line, const char *section, ini_handler handler,
                     void *user)
{
    char *sign = strpbrk(line, "=:");
    if (!sign)
        return false;
    *sign = '\0';
    return handler(user, section, strip(line), strip(sign + 1)) != 0;
}

int ini_parse_stream(ini_reader reader, void *stream, ini_handler handler,
                     void *user)
{
    char line[LINE_SIZE];
    char section[LINE_SIZE] = "";
    int number = 0;
    int first_error = 0;
    while (reader(line, sizeof line, stream)) {
        char *text = strip(line);
        bool sound = text[0] == '[' ? take_section(text, section)
                                    : take_key(text, section, handler, user);
        number++;
        if (!sound && first_error == 0)
            first_error = number;
    }
    return first_error;
}
