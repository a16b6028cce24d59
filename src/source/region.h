/* SPDX-License-Identifier: MIT */
/*
 * An attached mapping of the operating system.  The one place where memory of
 * another process is touched; no pointer into it ever leaves.
 * region_linux.c and region_windows.c implement it.
 */
#ifndef SHMTOP_SOURCE_REGION_H
#define SHMTOP_SOURCE_REGION_H

#include <stddef.h>
#include <stdint.h>

#include "source/target.h"

struct region;

/* What region_check found. */
enum region_state {
    REGION_SAME,   /* still the mapping that was opened */
    REGION_GONE,   /* its name or its process is gone */
    REGION_OTHER,  /* another mapping has the name now */
    REGION_DENIED, /* may no longer be looked at */
    REGION_FAILED,
};

/* Opens for reading only; creates and changes nothing, takes no lock.
 * STATUS_NO_MAPPING: not there, or still 0 bytes long (the producer has not
 * sized it yet); STATUS_DENIED; STATUS_IO; STATUS_USAGE for what is neither
 * memory nor a regular file.  On success `*out` is to be region_close()d. */
bool region_open(struct region **out, const struct target *target,
                 struct err *err);
void region_close(struct region *region); /* accepts NULL */

/* Whether the name still stands for this mapping, and in `*size` how many
 * bytes it has now.  Cheap enough for every sample. */
enum region_state region_check(struct region *region, uint64_t *size,
                               struct err *err);

/* Copies `len` bytes from `offset` into `out`: every aligned 8-byte word (and
 * every aligned smaller field in one) is read by one load, holes of a sparse
 * file are delivered as zeros without being touched.  `out` must be aligned to
 * 8 and offset a multiple of 8.  False when part of it could not be read any
 * more (the mapping shrank at this moment, the disk failed); `out` is then
 * undefined. */
bool region_copy(struct region *region, uint64_t offset, size_t len,
                 uint8_t *out);

/* How it is read, for the header line: "" for a mapping, "read" for a file
 * that cannot be mapped, such as one of procfs. */
const char *region_manner(const struct region *region);

/* --- for `write` and `set` only ---------------------------------------- */

/* Creates a mapping of `size` zero bytes, readable and writable for its owner
 * alone.  An existing one is refused with STATUS_CANNOT_CREATE unless
 * `replace`; a file then stays until the new one can take its name, and a SysV
 * segment until one of that size was found to be possible.  False with `err` as
 * it was: a stop was asked meanwhile (os_stop_asked). */
bool region_create(struct region **out, const struct target *target,
                   uint64_t size, bool replace, struct err *err);
/* Opens an existing one for writing. */
bool region_open_writable(struct region **out, const struct target *target,
                          struct err *err);
/* Stores `size` bytes at `offset`, only the bits set in `mask` (NULL: all).
 * Aligned sizes of 1, 2, 4 and 8 are one atomic store or exchange.  False when
 * outside the region or the memory has vanished. */
bool region_store(struct region *region, uint64_t offset, uint32_t size,
                  const uint8_t *bytes, const uint8_t *mask);
/* Orders all stores before it ahead of all stores after it. */
void region_publish(struct region *region);
/* Removes the name of a region that region_create made, if it still stands for
 * it; then the region is to be closed. */
void region_remove(struct region *region);

#endif
