/* SPDX-License-Identifier: MIT */
/* Loads and stores of memory that another process uses at the same time.  No
 * aligned word of 8 bytes is read or written in two halves. */
#ifndef SHMTOP_SOURCE_ATOMIC_COPY_H
#define SHMTOP_SOURCE_ATOMIC_COPY_H

#include <stddef.h>
#include <stdint.h>

/* Copies `len` bytes from `from`, which another process may be writing.
 * Addresses and `len` are multiples of 8. */
void atomic_copy(void *out, const void *from, size_t len);

/* Stores the bits of `bytes` that are set in `mask` (NULL: all) to the `size`
 * bytes at `to`, in the largest naturally aligned pieces of 8, 4, 2 and 1
 * bytes.  Each piece is one atomic store or exchange. */
void atomic_store_bits(void *to, const uint8_t *bytes, const uint8_t *mask,
                       size_t size);

/* All stores before it happen before all stores after it. */
void fence_release(void);

/* All loads before it happen before all loads after it. */
void fence_acquire(void);

#endif
