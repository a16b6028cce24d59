/* SPDX-License-Identifier: MIT */
/* A list of settings as lines.  Files of them are cli/kept_file.c. */
#include "view/kept.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

void kept_add(struct kept *kept, const char *key, const char *fmt, ...)
{
    va_list args, again;
    CHECK(key[0] != '\0');
    va_start(args, fmt);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    CHECK(len >= 0);
    char *value = mem_zalloc((size_t)len + 1, 1);
    vsnprintf(value, (size_t)len + 1, fmt, again);
    va_end(again);
    *MEM_ADD(kept->lines, kept->count) = (struct kept_line){
        .key = mem_strdup(key),
        .value = value,
    };
}

void kept_free(struct kept *kept)
{
    for (size_t i = 0; i < kept->count; i++) {
        free(kept->lines[i].key);
        free(kept->lines[i].value);
    }
    free(kept->lines);
    *kept = (struct kept){0};
}
