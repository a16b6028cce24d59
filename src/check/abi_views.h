/* SPDX-License-Identifier: MIT */
/*
 * A layout under every ABI at once: where each leaf stands, and which move.
 */
#ifndef SHMTOP_CHECK_ABI_VIEWS_H
#define SHMTOP_CHECK_ABI_VIEWS_H

#include "layout/layout.h"

/* A leaf under one ABI; `at` counts from its anchor (see place_anchor). */
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
    bool sound;                /* false: the layout is not, under this ABI */
    struct leaf_place *places; /* by index of the field */
    uint64_t *needs;           /* bytes, by index of the mapping */
    struct shape_size *shapes; /* by index of the struct */
};

/* Zero-initialise, checkup_free when done. */
struct checkup {
    struct layout *layout;            /* as asked for; NULL: unsound */
    struct abi_view views[ABI_COUNT]; /* not that of ABI_UNKNOWN */
    size_t moving;                    /* leaves that move */
};

/* Loads the layout as layout_load does, and when it is sound, under every ABI.
 * Fields that move although their mapping gives no ABI are a warning in
 * `problems`, an ABI under which the layout is unsound is a note.  Returns what
 * layout_load does. */
bool checkup_load(struct checkup *checkup, const char *path, enum abi abi,
                  struct problems *problems, struct err *err);
/* The same for text in memory, see layout_parse. */
bool checkup_parse(struct checkup *checkup, const char *name, const char *text,
                   size_t len, enum abi abi, struct problems *problems);
void checkup_free(struct checkup *checkup);

/* Whether a leaf's place or size is another under some ABI (of those under
 * which the layout is sound). */
bool checkup_moves(const struct checkup *checkup, size_t leaf);
/* The same for the size of a mapping, and for a struct. */
bool checkup_need_moves(const struct checkup *checkup, size_t mapping);
bool checkup_shape_moves(const struct checkup *checkup, size_t shape);

/* Whether everything is the same under two ABIs. */
bool checkup_same(const struct checkup *checkup, const struct abi_view *a,
                  const struct abi_view *b);

/* "'a', 'b', 'c' and 4 more": the fields that move, of one mapping or of all
 * (SIZE_MAX); appended to `out`.  Returns the first of them, SIZE_MAX when
 * there is none. */
size_t checkup_put_moving(struct buf *out, const struct checkup *checkup,
                          size_t mapping);

/* What a leaf's place counts from: the base that has a part which fields say,
 * of its base and those around it; FIELD_NO_BASE: the mapping's start. */
uint32_t place_anchor(const struct layout *layout, const struct field *field);
/* Bytes from there. */
uint64_t place_at(const struct layout *layout, const struct field *field);
/* What fields say of the place, as "header.entry_offset+2*header.entry_size";
 * nothing for FIELD_NO_BASE.  Appended to `out`. */
void place_put_anchor(struct buf *out, const struct layout *layout,
                      uint32_t base);

#endif
