/* SPDX-License-Identifier: MIT */
/* A region as region.c and the files of each system see it; for source/ only.
 */
#ifndef SHMTOP_SOURCE_SOURCE_PRIVATE_H
#define SHMTOP_SOURCE_SOURCE_PRIVATE_H

#include "source/region.h"

/* The functions of a kind of region. */
struct region_ops {
    enum region_state (*check)(struct region *region, uint64_t *size,
                               struct err *err);
    bool (*copy)(struct region *region, uint64_t offset, size_t len,
                 uint8_t *out);
};

struct region {
    const struct region_ops *ops;
    const char *manner; /* see region_manner */
    struct target target;
    bool writable;
    bool created;           /* by region_create; region_remove may remove it */
    uint64_t size;          /* at the last check of its name */
    struct region_own *own; /* what each system needs */
};

/* A part of a region that is mapped. */
struct view {
    uint8_t *map;
    size_t len;
    uint64_t start; /* offset in the region */
};

/* --- region.c ------------------------------------------------------------ */

/* Copies bytes of a view under the guard. */
bool view_copy(const struct view *view, uint64_t offset, size_t len,
               uint8_t *out);

/* --- region_linux.c, region_windows.c ------------------------------------ */

/* What belongs to a region that is not attached yet. */
struct region_own *region_own_new(void);
/* Unmaps, closes and frees. */
void region_own_free(struct region_own *own);
/* Opens what region->target names, for writing if region->writable. */
bool region_attach(struct region *region, struct err *err);

/* --- region_write_linux.c, region_write_windows.c ------------------------ */

/* Creates what region->target names, as region_create; `size` > 0. */
bool region_make(struct region *region, uint64_t size, bool replace,
                 struct err *err);
/* Maps a view of the bytes, for a store. */
bool region_view(struct region *region, uint64_t offset, uint64_t len,
                 struct view *out);
/* Removes the name if it still belongs to this region. */
void region_unlink(struct region *region);

#endif
