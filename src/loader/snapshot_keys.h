/* SPDX-License-Identifier: MIT */
/*
 * The keys of [snapshot].
 */
#ifndef SHMTOP_LOADER_SNAPSHOT_KEYS_H
#define SHMTOP_LOADER_SNAPSHOT_KEYS_H

#include "layout/words.h"

enum snapshot_key {
    SNAPSHOT_KEY_METHOD,
    SNAPSHOT_KEY_SEQ,
    SNAPSHOT_KEY_BEGIN,
    SNAPSHOT_KEY_END,
    SNAPSHOT_KEY_TICK,
    SNAPSHOT_KEY_COUNT,
};

/* The section as far as it was read; zero-initialise. */
struct snapshot_draft {
    enum snapshot_method method;
    bool unknown; /* its method is, which was said */
    const char *file;
    int line;                              /* of the header; 0: no section */
    const char *names[SNAPSHOT_KEY_COUNT]; /* of fields */
    int lines[SNAPSHOT_KEY_COUNT];         /* 0: not given */
};

struct snapshot_row {
    const char *key;
};

/* SNAPSHOT_KEY_COUNT rows and one whose key is NULL. */
extern const struct snapshot_row snapshot_table[];

/* One `key = value` on `line`; what is wrong is added to `problems`. */
void snapshot_set(struct snapshot_draft *draft, const char *key,
                  const char *value, int line, struct arena *arena,
                  struct problems *problems);

/* Whether the keys suit the method; what is wrong is added. */
void snapshot_check(const struct snapshot_draft *draft,
                    struct problems *problems);

#endif
