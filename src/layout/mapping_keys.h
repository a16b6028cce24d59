/* SPDX-License-Identifier: MIT */
/*
 * The keys of [mapping].
 */
#ifndef SHMTOP_LAYOUT_MAPPING_KEYS_H
#define SHMTOP_LAYOUT_MAPPING_KEYS_H

#include "layout/layout.h"

enum mapping_key {
    MAPPING_NAME,
    MAPPING_LINUX,
    MAPPING_WINDOWS,
    MAPPING_SIZE,
    MAPPING_ENDIAN,
    MAPPING_ABI,
    MAPPING_REFRESH,
    MAPPING_STALE,
    MAPPING_LABEL,
    MAPPING_DOC,
    MAPPING_KEY_COUNT,
};

/* The section as far as it was read; zero-initialise. */
struct mapping_draft {
    struct mapping mapping;
    const char *native; /* of the key `linux` or `windows`, whichever counts */
    int lines[MAPPING_KEY_COUNT]; /* 0: not given */
};

struct mapping_row {
    const char *key;
    const char *value_help;
    const char *help;
    bool (*parse)(struct mapping_draft *draft, const char *value,
                  struct arena *arena, struct err *err);
};

/* MAPPING_KEY_COUNT rows and one whose key is NULL. */
extern const struct mapping_row mapping_table[];

/* "linux" or "windows": the key that beats `name` on this system. */
extern const char *const mapping_native_key;

/* One `key = value` on `line`; what is wrong is added to `problems`. */
void mapping_set(struct mapping_draft *draft, const char *key,
                 const char *value, int line, struct arena *arena,
                 const char *file, struct problems *problems);

#endif
