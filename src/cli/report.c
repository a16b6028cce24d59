/* SPDX-License-Identifier: MIT */
/* Writes messages to stderr, always through text_clean.  Their words come from
 * the place that found the error. */
#include "cli/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

/* Writes a line at once, so that lines of several processes do not mix. */
static void put_line(const char *prefix, const char *text)
{
    struct buf line = {0};
    buf_puts(&line, prefix);
    text_clean(&line, text, strlen(text));
    buf_putc(&line, '\n');
    fwrite(line.data, 1, line.len, stderr);
    fflush(stderr);
    buf_free(&line);
}

void report_err(const struct err *err)
{
    if (err->text[0] != '\0')
        put_line("shmtop: ", err->text);
}

void report_note(const char *fmt, ...)
{
    char text[ERR_TEXT_MAX];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    put_line("shmtop: ", text);
}

void report_problems(const struct problems *list, enum problem_level worst)
{
    static const char *const levels[] = {"", "warning: ", "note: "};
    struct buf text = {0};
    for (size_t i = 0; i < list->count; i++) {
        const struct problem *problem = &list->items[i];
        if (problem->level > worst)
            continue;
        buf_clear(&text);
        buf_printf(&text, "%s:", problem->file);
        if (problem->line > 0)
            buf_printf(&text, "%d:", problem->line);
        buf_printf(&text, " %s%s", levels[problem->level], problem->text);
        put_line("", text.data);
    }
    buf_free(&text);
}
