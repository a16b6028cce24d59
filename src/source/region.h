/* SPDX-License-Identifier: MIT */
/* An attached mapping of the operating system: the one place where memory of
 * another process is touched.  No pointer into it leaves source/. */
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
    REGION_DENIED, /* access is no longer allowed */
    REGION_FAILED,
};

/* Opens for reading only; creates and changes nothing, takes no lock.
 * STATUS_NO_MAPPING: not there, or still 0 bytes long (the producer has not
 * sized it yet); STATUS_DENIED; STATUS_IO; STATUS_USAGE for what is neither
 * memory nor a regular file.  The caller closes `*out`. */
bool region_open(struct region **out, const struct target *target,
                 struct err *err);
void region_close(struct region *region); /* accepts NULL */

/* Whether the name still belongs to this mapping; `*size` becomes the bytes
 * that it has now.  Cheap enough for every sample. */
enum region_state region_check(struct region *region, uint64_t *size,
                               struct err *err);

/* Copies `len` bytes from `offset` into `out`: every aligned word of 8 bytes
 * (and every aligned smaller field in one) is read by one load; holes of a
 * sparse file become zeros without being touched.  `out` is aligned to 8,
 * `offset` and `len` are multiples of 8.  False, and `out` undefined, if part
 * of it could not be read (the mapping shrank at this moment, the disk failed).
 */
bool region_copy(struct region *region, uint64_t offset, size_t len,
                 uint8_t *out);

/* How it is read, for the header line: "" if mapped, "read" if it cannot be
 * mapped, such as a file of procfs; on Windows also the space of a plain name.
 */
const char *region_manner(const struct region *region);

/* --- for `write` and `set` only ---------------------------------------- */

/* Creates a mapping of `size` zero bytes that only its owner can read and
 * write.  An existing one is refused with STATUS_CANNOT_CREATE unless
 * `replace`; then an old file stays until the new one can take its name, and an
 * old SysV segment until one of that size has proved possible.  False with
 * `err` unchanged if a stop was asked meanwhile (os_stop_asked). */
bool region_create(struct region **out, const struct target *target,
                   uint64_t size, bool replace, struct err *err);
/* Opens an existing one for writing. */
bool region_open_writable(struct region **out, const struct target *target,
                          struct err *err);
/* Stores `size` bytes at `offset`, only the bits set in `mask` (NULL: all).
 * Aligned sizes of 1, 2, 4 and 8 are one atomic store or exchange.  False if it
 * is outside of the region, or the memory has vanished. */
bool region_store(struct region *region, uint64_t offset, uint32_t size,
                  const uint8_t *bytes, const uint8_t *mask);
/* All stores before it happen before all stores after it. */
void region_publish(struct region *region);
/* Removes the name of a region that region_create made, if it still belongs to
 * it. The caller closes the region then. */
void region_remove(struct region *region);

#endif
