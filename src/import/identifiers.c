/* SPDX-License-Identifier: MIT */
/*
 * Names of a program as names of a layout: identifiers of limited length, each
 * once.
 * Invariant: at most half of the slots are used, so a search ends; a slot knows
 * the last number that made its name unique, so that many names with one
 * beginning take no time either.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "import/members.h"

struct identifier_slot {
    const char *name; /* NULL: free */
    unsigned last;
};

/* FNV-1a */
static size_t hash(const char *name)
{
    uint64_t sum = UINT64_C(0xcbf29ce484222325);

    for (; *name != '\0'; name++)
        sum = (sum ^ (unsigned char)*name) * UINT64_C(0x100000001b3);
    return (size_t)(sum ^ sum >> 32);
}

/* Where `name` is, or belongs. */
static struct identifier_slot *slot_of(const struct identifiers *names,
                                       const char *name)
{
    size_t at = hash(name) & (names->size - 1);

    while (names->slots[at].name && strcmp(names->slots[at].name, name) != 0)
        at = (at + 1) & (names->size - 1);
    return &names->slots[at];
}

static void grow(struct identifiers *names)
{
    struct identifiers old = *names;

    names->size = old.size > 0 ? old.size * 2 : 64;
    names->slots = mem_zalloc(names->size, sizeof names->slots[0]);
    for (size_t i = 0; i < old.size; i++)
        if (old.slots[i].name)
            *slot_of(names, old.slots[i].name) = old.slots[i];
    free(old.slots);
}

/* True when it was not taken yet. */
static bool take(struct identifiers *names, const char *name)
{
    struct identifier_slot *slot;

    if (names->count * 2 >= names->size)
        grow(names);
    slot = slot_of(names, name);
    if (slot->name)
        return false;
    *slot = (struct identifier_slot){arena_strdup(names->arena, name), 1};
    names->count++;
    return true;
}

/* Only what an identifier may have, at most `max` bytes. */
static void make_plain(struct buf *out, const char *name, size_t max)
{
    if (isdigit((unsigned char)name[0]))
        buf_putc(out, '_');
    for (; *name != '\0' && out->len < max; name++) {
        unsigned char c = (unsigned char)*name;

        /* One _ for "::" and for "<", nothing at the end for ">". */
        if (c < 0x7f && (isalnum(c) || c == '_'))
            buf_putc(out, (char)c);
        else if (name[1] != '\0' && out->len > 0 &&
                 out->data[out->len - 1] != '_')
            buf_putc(out, '_');
    }
    if (out->len == 0)
        buf_putc(out, '_');
}

const char *identifiers_add(struct identifiers *names, const char *name,
                            size_t max)
{
    struct buf plain = {0}, unique = {0};
    const char *kept;

    make_plain(&plain, name, max);
    buf_puts(&unique, plain.data);
    while (!take(names, unique.data)) {
        struct buf number = {0};

        buf_printf(&number, "_%u", ++slot_of(names, plain.data)->last);
        buf_clear(&unique);
        buf_add(&unique, plain.data,
                plain.len + number.len > max ? max - number.len : plain.len);
        buf_add(&unique, number.data, number.len);
        buf_free(&number);
    }
    kept = slot_of(names, unique.data)->name;
    buf_free(&plain);
    buf_free(&unique);
    return kept;
}

void identifiers_free(struct identifiers *names)
{
    free(names->slots);
    names->slots = NULL;
}
