/* SPDX-License-Identifier: MIT */
/*
 * Errors as values, and the one way to end the program early.
 *
 * `last_words` is one of the only three pieces of process-wide state, because
 * an atexit handler takes no argument; the others are the signal flags of
 * os_linux.c and the thread-local fault guard of the source floor.
 * Invariant: nothing here allocates, so that running out of memory can be
 * reported.  Who restores the terminal registers for that with atexit itself.
 */
#include "base/err.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

static struct {
    char text[ERR_TEXT_MAX];
    enum status status;
    bool registered; /* an atexit handler will say them */
    bool dying;      /* there are some */
} last_words;

bool err_set(struct err *err, enum status status, const char *fmt, ...)
{
    char text[ERR_TEXT_MAX]; /* the arguments may point into err->text */
    va_list args;

    if (!err)
        return false;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    memcpy(err->text, text, sizeof text);
    err->status = status;
    return false;
}

void err_prefix(struct err *err, const char *fmt, ...)
{
    char context[ERR_TEXT_MAX];
    va_list args;

    if (!err)
        return;
    va_start(args, fmt);
    vsnprintf(context, sizeof context, fmt, args);
    va_end(args);
    err_set(err, err->status, "%s: %s", context, err->text);
}

void err_say(const char *text)
{
    size_t len = strlen(text);

    fputs("shmtop: ", stderr);
    while (len > 0) {
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
    va_list args;

    if (last_words.dying) {
        /* An exit handler failed: what is left of them must not run again. */
        if (last_words.registered)
            say_last_words();
        _Exit((int)last_words.status);
    }
    last_words.dying = true;
    last_words.status = status;
    va_start(args, fmt);
    vsnprintf(last_words.text, sizeof last_words.text, fmt, args);
    va_end(args);
    if (!last_words.registered)
        say_last_words();
    exit((int)status);
}
