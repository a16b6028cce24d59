/* SPDX-License-Identifier: MIT */
/* Errors as values, and the early end of the program.  Nothing here allocates,
 * so that lack of memory can be reported. */
#include "base/err.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* Process-wide, because an atexit handler takes no argument. */
static struct {
    char text[ERR_TEXT_MAX];
    enum status status;
    bool registered; /* with atexit */
    bool dying;
} last_words;

bool err_set(struct err *err, enum status status, const char *fmt, ...)
{
    CHECK(status != STATUS_OK);
    if (!err)
        return false;
    char text[ERR_TEXT_MAX]; /* the arguments may point into err->text */
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    memcpy(err->text, text, sizeof text);
    err->status = status;
    return false;
}

void err_prefix(struct err *err, const char *fmt, ...)
{
    if (!err)
        return;
    CHECK(err->status != STATUS_OK);
    char context[ERR_TEXT_MAX];
    va_list args;
    va_start(args, fmt);
    vsnprintf(context, sizeof context, fmt, args);
    va_end(args);
    err_set(err, err->status, "%s: %s", context, err->text);
}

void err_say(const char *text)
{
    fputs("shmtop: ", stderr);
    for (size_t len = strlen(text); len > 0;) {
        uint32_t code;
        size_t took = utf8_next(text, len, &code);
        if (code != UTF8_REPLACEMENT && utf8_is_safe(code))
            fwrite(text, 1, took, stderr);
        else
            fputs(UTF8_REPLACEMENT_TEXT, stderr);
        text += took;
        len -= took;
    }
    fputc('\n', stderr);
}

static void say_last_words(void)
{
    if (last_words.dying)
        err_say(last_words.text);
}

void err_init(void)
{
    if (!last_words.registered)
        last_words.registered = atexit(say_last_words) == 0;
}

_Noreturn void die(enum status status, const char *fmt, ...)
{
    if (last_words.dying) {
        /* An exit handler called die: skip the rest of the handlers. */
        if (last_words.registered)
            say_last_words();
        _Exit((int)last_words.status);
    }
    last_words.dying = true;
    last_words.status = status;
    va_list args;
    va_start(args, fmt);
    vsnprintf(last_words.text, sizeof last_words.text, fmt, args);
    va_end(args);
    if (!last_words.registered)
        say_last_words();
    exit((int)status);
}
