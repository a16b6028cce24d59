/* SPDX-License-Identifier: MIT */
/* Replaces what an identifier may not contain by '_', and appends numbers to
 * names that are used already. */
#include "import/identifiers.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"

static void put_identifier(struct buf *out, const char *name, size_t max)
{
    if (isdigit((unsigned char)name[0]))
        buf_putc(out, '_');
    for (; *name != '\0' && out->len < max; name++) {
        unsigned char c = (unsigned char)*name;
        /* one '_' for "::" and "<", none for ">" at the end */
        if (c < 0x7f && (isalnum(c) || c == '_'))
            buf_putc(out, (char)c);
        else if (name[1] != '\0' && out->len > 0 &&
                 out->data[out->len - 1] != '_')
            buf_putc(out, '_');
    }
    if (out->len == 0)
        buf_putc(out, '_');
}

const char *identifiers_add(struct identifiers *identifiers, const char *name,
                            size_t max)
{
    struct buf text = {0};
    CHECK(name && max >= 16);
    put_identifier(&text, name, max);
    const char *plain = arena_strdup(identifiers->arena, text.data);
    const char *unique = plain;
    size_t last = name_table_add(&identifiers->used, plain, 1);
    if (last != SIZE_MAX) {
        do {
            size_t digits = (size_t)snprintf(NULL, 0, "_%zu", ++last);
            size_t kept = text.len + digits > max ? max - digits : text.len;
            unique = arena_printf(identifiers->arena, "%.*s_%zu", (int)kept,
                                  plain, last);
        } while (name_table_add(&identifiers->used, unique, 1) != SIZE_MAX);
        name_table_set(&identifiers->used, plain, last);
    }
    buf_free(&text);
    return unique;
}

void identifiers_free(struct identifiers *identifiers)
{
    name_table_free(&identifiers->used);
}
