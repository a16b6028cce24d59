/* SPDX-License-Identifier: MIT */
/* An existing mapping that is open for writing beside its producer: where its
 * fields are now, and when no frame is being written.  Publishing as the
 * producer is publish.h. */
#ifndef SHMTOP_WRITER_BESIDE_H
#define SHMTOP_WRITER_BESIDE_H

#include "layout/layout.h"
#include "source/region.h"

struct beside {
    const struct layout *layout;
    size_t mapping;
    struct region *region; /* owned; NULL: not open */
    uint32_t newest;       /* the buffer that was written last */
};

/* Opens mapping `mapping`; `target` replaces the name of the first one unless
 * it is NULL.  Errors as region_open_writable. */
bool beside_open(struct beside *beside, const struct layout *layout,
                 size_t mapping, const char *target, struct err *err);
void beside_close(struct beside *beside);

/* Looks whether the mapping is still there, and which buffer is the newest. */
bool beside_look(struct beside *beside, struct err *err);
/* Where the field is now, all of it within the mapping.  STATUS_DATA. */
bool beside_find(const struct beside *beside, const struct field *field,
                 uint64_t *at, struct err *err);
/* Copies `size` bytes; false if they cannot be read. */
bool beside_read(const struct beside *beside, uint64_t at, uint32_t size,
                 uint8_t *bytes);

/* Waits until the producer is between two frames, as the layout's [snapshot]
 * tells, for at most BESIDE_PATIENCE_NS.  If it is writing at each look, that
 * is true, too: see set.h.  STATUS_TIMEOUT if a write was begun and does not
 * end.  Not `stable` and `newest`: they do not tell. */
#define BESIDE_PATIENCE_NS INT64_C(100000000)
bool beside_wait(const struct beside *beside, struct err *err);

#endif
