/* SPDX-License-Identifier: MIT */
/*
 * Loads and stores of memory that another process uses at the same time: no
 * aligned word of 8 bytes is ever read or written in two halves.
 */
#ifndef SHMTOP_SOURCE_ATOMIC_COPY_H
#define SHMTOP_SOURCE_ATOMIC_COPY_H

#include <stddef.h>
#include <stdint.h>

/* Copies `len` bytes from `from`, where another process may be writing, to
 * `out`.  Both are aligned to 8 and `len` is a multiple of 8. */
void snapshot_copy(void *out, const void *from, size_t len);

/* Stores the bits of `bytes` that are set in `mask` (NULL: all) to the `size`
 * bytes at `to`, in the largest naturally aligned pieces of 8, 4, 2 and 1
 * bytes; each piece is one atomic store or exchange. */
void snapshot_store(void *to, const uint8_t *bytes, const uint8_t *mask,
                    size_t size);

/* Orders all stores before it ahead of all stores after it. */
void snapshot_publish(void);

/* Orders all loads before it ahead of all loads after it. */
void snapshot_acquire(void);

#endif
