/* SPDX-License-Identifier: MIT */
/* Allocation, growing arrays and the arena.  Sizes are checked for overflow
 * first; an arena hands out zeroed memory and frees no single pieces. */
#include "base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

#define ITEMS_FIRST 16u /* a power of two */
#define CHUNK_FIRST 4096u
#define CHUNK_LARGEST (256u * 1024)

struct chunk {
    struct chunk *next;
    size_t used;
    size_t size;
    max_align_t data[];
};

struct arena {
    struct chunk *chunks; /* the first one is being filled */
    size_t next_size;
};

static size_t product(size_t count, size_t size)
{
    if (size > 0 && count > SIZE_MAX / 2 / size)
        die(STATUS_INTERNAL, "out of memory: %zu times %zu bytes", count, size);
    return count * size;
}

static void *require(void *memory, size_t bytes)
{
    if (!memory)
        die(STATUS_INTERNAL, "out of memory: %zu bytes", bytes);
    return memory;
}

void *mem_zalloc(size_t count, size_t size)
{
    size_t bytes = product(count, size);
    return require(calloc(1, bytes > 0 ? bytes : 1), bytes);
}

void *mem_resize(void *old, size_t count, size_t size)
{
    size_t bytes = product(count, size);
    return require(realloc(old, bytes > 0 ? bytes : 1), bytes);
}

/* The capacity to grow to, 0 if `count` items leave room for one more. */
static size_t capacity_beyond(size_t count)
{
    if (count < ITEMS_FIRST)
        return count == 0 ? ITEMS_FIRST : 0;
    return (count & (count - 1)) == 0 ? count * 2 : 0;
}

void *mem_grow(void *items, size_t count, size_t size)
{
    CHECK(size > 0 && (items || count == 0));
    size_t capacity = capacity_beyond(count);
    return capacity ? mem_resize(items, capacity, size) : items;
}

uint64_t mem_hash(const void *bytes, size_t count)
{
    const uint8_t *at = bytes;
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < count; i++)
        hash = (hash ^ at[i]) * UINT64_C(0x100000001b3);
    return hash;
}

char *mem_strdup(const char *text)
{
    size_t bytes = strlen(text) + 1;
    return memcpy(mem_resize(NULL, bytes, 1), text, bytes);
}

struct arena *arena_new(void)
{
    struct arena *arena = mem_zalloc(1, sizeof *arena);
    arena->next_size = CHUNK_FIRST;
    return arena;
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    while (arena->chunks) {
        struct chunk *chunk = arena->chunks;
        arena->chunks = chunk->next;
        free(chunk);
    }
    free(arena);
}

static struct chunk *chunk_new(size_t size)
{
    struct chunk *chunk = mem_zalloc(1, sizeof *chunk + size);
    chunk->size = size;
    return chunk;
}

/* A large piece gets a chunk of its own, after the one that is being filled. */
static void *alloc_large(struct arena *arena, size_t bytes)
{
    struct chunk *chunk = chunk_new(bytes);
    chunk->used = bytes;
    if (arena->chunks) {
        chunk->next = arena->chunks->next;
        arena->chunks->next = chunk;
    } else {
        arena->chunks = chunk;
    }
    return chunk->data;
}

void *arena_alloc(struct arena *arena, size_t count, size_t size)
{
    const size_t unit = _Alignof(max_align_t);
    size_t bytes = product(count, size);
    bytes = bytes == 0 ? unit : (bytes + unit - 1) / unit * unit;
    struct chunk *chunk = arena->chunks;
    CHECK(!chunk || chunk->used <= chunk->size);
    if (!chunk || chunk->size - chunk->used < bytes) {
        if (bytes > arena->next_size / 4)
            return alloc_large(arena, bytes);
        chunk = chunk_new(arena->next_size);
        chunk->next = arena->chunks;
        arena->chunks = chunk;
        if (arena->next_size < CHUNK_LARGEST)
            arena->next_size *= 2;
    }
    void *piece = (char *)chunk->data + chunk->used;
    chunk->used += bytes;
    return piece;
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t size)
{
    CHECK(size > 0 && (items || count == 0));
    size_t capacity = capacity_beyond(count);
    if (capacity == 0)
        return items;
    void *larger = arena_alloc(arena, capacity, size);
    return count > 0 ? memcpy(larger, items, count * size) : larger;
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
    CHECK(length < SIZE_MAX && (text || length == 0));
    char *copy = arena_alloc(arena, length + 1, 1);
    if (length > 0)
        memcpy(copy, text, length);
    return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return arena_strndup(arena, text, strlen(text));
}

char *arena_printf(struct arena *arena, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    CHECK(len >= 0);
    char *text = arena_alloc(arena, (size_t)len + 1, 1);
    vsnprintf(text, (size_t)len + 1, fmt, again);
    va_end(again);
    return text;
}
