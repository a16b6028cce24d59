/* SPDX-License-Identifier: MIT */
/* Compares inih and the fallback of builds without it: any bytes give the same
 * events and the same problems. ini.c is compiled a second time with the
 * fallback and with other function names. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/ini.h"

void fallback_read_text(const char *name, const char *text, size_t len,
                        ini_handler_fn *handle, void *user,
                        struct problems *problems);

/* Adds an event to the text, one line each. */
static void note(void *user, const struct ini_event *event)
{
    buf_printf(user, "%d %d [%s] %s = %s\n", event->line, event->section_line,
               event->section, event->key ? event->key : "(header)",
               event->value ? event->value : "(none)");
}

static void note_problems(struct buf *out, struct problems *problems)
{
    size_t i;

    for (i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->items[i];

        buf_printf(out, "%d:%d: %s\n", problem->line, (int)problem->level,
                   problem->text);
    }
    problems_free(problems);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    struct buf inih = {0};
    struct buf fallback = {0};
    struct problems problems = {0};

    buf_puts(&inih, "");
    buf_puts(&fallback, "");
    ini_read_text("fuzz.ini", text, size, note, &inih, &problems);
    note_problems(&inih, &problems);
    fallback_read_text("fuzz.ini", text, size, note, &fallback, &problems);
    note_problems(&fallback, &problems);
    CHECK(inih.len == fallback.len);
    CHECK(memcmp(inih.data, fallback.data, inih.len) == 0);
    buf_free(&inih);
    buf_free(&fallback);
    return 0;
}
