/* SPDX-License-Identifier: MIT */
/* A layout under every ABI: where each leaf is, and which leaves move. */
#ifndef SHMTOP_CHECK_ABI_VIEWS_H
#define SHMTOP_CHECK_ABI_VIEWS_H

#include "layout/layout.h"

/* A leaf under one ABI; `at` is its location_offset. */
struct leaf_place {
    uint64_t at;   /* bytes */
    uint32_t size; /* bytes, 0: a computed field */
    uint8_t shift; /* of a bit field */
};

struct shape_size {
    uint64_t size, used; /* as in struct struct_shape */
    unsigned alignment;
};

struct abi_view {
    bool sound;                /* the layout has no errors under this ABI */
    struct leaf_place *places; /* by index of the field */
    uint64_t *needs;           /* bytes, by index of the mapping */
    struct shape_size *shapes; /* by index of the struct */
};

/* Zero-initialise, abi_views_free when done. */
struct abi_views {
    struct layout *layout;             /* as loaded; NULL: it has errors */
    struct abi_view loaded;            /* of that layout */
    struct abi_view by_abi[ABI_COUNT]; /* that of ABI_UNKNOWN is not sound */
    size_t moving;                     /* number of leaves that move */
};

/* Loads the layout as layout_load does, and if it has no errors once more under
 * every ABI.  Adds a warning to `problems` for leaves that move in a mapping
 * without an ABI, and a note for an ABI under which the layout has errors.
 * Returns what layout_load does. */
bool abi_views_load(struct abi_views *views, const char *path, enum abi abi,
                    struct problems *problems, struct err *err);
/* The same for text in memory, see layout_parse. */
bool abi_views_parse(struct abi_views *views, const char *name,
                     const char *text, size_t len, enum abi abi,
                     struct problems *problems);
void abi_views_free(struct abi_views *views);

/* Whether place or size of a leaf differ between ABIs (with a sound view). */
bool abi_views_leaf_moves(const struct abi_views *views, size_t leaf);
/* Whether the bytes that a mapping must have differ. */
bool abi_views_need_moves(const struct abi_views *views, size_t mapping);
/* Whether the size of a struct, with or without padding at its end, differs. */
bool abi_views_shape_moves(const struct abi_views *views, size_t shape);

/* Whether everything is the same under two ABIs. */
bool abi_views_same(const struct abi_views *views, const struct abi_view *a,
                    const struct abi_view *b);

/* Appends the leaves that move, of one mapping or of all (SIZE_MAX), as "'a',
 * 'b', 'c' and 4 more".  Returns the index of the first, or SIZE_MAX. */
size_t abi_views_put_moving(struct buf *out, const struct abi_views *views,
                            size_t mapping);

#endif
