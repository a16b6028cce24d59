/* SPDX-License-Identifier: MIT */
/* The keys of [snapshot]. */
#ifndef SHMTOP_LOADER_SNAPSHOT_KEYS_H
#define SHMTOP_LOADER_SNAPSHOT_KEYS_H

#include "loader/key_table.h"

enum snapshot_key {
    SNAPSHOT_KEY_METHOD,
    SNAPSHOT_KEY_SEQ,
    SNAPSHOT_KEY_BEGIN,
    SNAPSHOT_KEY_END,
    SNAPSHOT_KEY_TICK,
    SNAPSHOT_KEY_COUNT,
};

/* A section as it was read; zero-initialise. */
struct snapshot_draft {
    struct keys keys; /* its line is 0 without a section */
    enum snapshot_method method;
    const char *names[SNAPSHOT_KEY_COUNT]; /* of fields */
};

/* SNAPSHOT_KEY_COUNT rows and one whose key is NULL. */
extern const struct section_key snapshot_table[];

/* Begins a section with its header in line `line`. */
void snapshot_begin(struct snapshot_draft *draft, const char *file, int line,
                    struct arena *arena);
/* Reads one `key = value`. */
void snapshot_set(struct snapshot_draft *draft, const char *key,
                  const char *value, int line, struct arena *arena,
                  struct problems *problems);
/* Checks that a section has the keys of its method and no others. */
void snapshot_check(const struct snapshot_draft *draft,
                    struct problems *problems);

#endif
