/* SPDX-License-Identifier: MIT */
/* Allocation that never returns NULL: out of memory ends the program with a
 * message.  An arena holds what is freed at the same time. */
#ifndef SHMTOP_BASE_MEM_H
#define SHMTOP_BASE_MEM_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* `count * size` zeroed bytes, checked for overflow, to be freed with free(). 0
 * bytes give a pointer, too. */
void *mem_zalloc(size_t count, size_t size);

/* realloc() to `count * size` bytes, checked; new bytes are not cleared. */
void *mem_resize(void *old, size_t count, size_t size);

/* `items`, an array of `count` items of `size` bytes, with room for one more:
 * NULL for an empty one, else what the last call returned.  The capacity
 * follows from `count` alone and doubles, so it is nowhere stored. */
void *mem_grow(void *items, size_t count, size_t size);

/* Adds one item, not cleared, to the array `items` of `count` items and gives a
 * pointer to it: *MEM_ADD(list->items, list->count) = item; (where `item` must
 * not read the count) */
#define MEM_ADD(items, count)                                                  \
    ((items) = mem_grow((items), (count), sizeof *(items)), &(items)[(count)++])

/* A hash by which changes of bytes are seen: FNV-1a, 64 bits
 * (http://www.isthe.com/chongo/tech/comp/fnv/). */
uint64_t mem_hash(const void *bytes, size_t count);

/* A copy for the caller to free(). */
char *mem_strdup(const char *text);

/* An arena hands out zeroed memory that is freed all at once. */
struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena); /* accepts NULL */

/* `count * size` zeroed bytes, aligned for any type, owned by the arena. */
void *arena_alloc(struct arena *arena, size_t count, size_t size);
/* Like mem_grow and MEM_ADD, with memory of the arena. */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t size);
#define ARENA_ADD(arena, items, count)                                         \
    ((items) = arena_grow((arena), (items), (count), sizeof *(items)),         \
     &(items)[(count)++])
/* NUL-terminated copies owned by the arena; `length` in bytes. */
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_printf(struct arena *arena, const char *fmt, ...) PRINTF_LIKE(2, 3);

#endif
