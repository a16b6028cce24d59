/* SPDX-License-Identifier: MIT */
/*
 * The keys of [mapping].
 */
#ifndef SHMTOP_LOADER_MAPPING_KEYS_H
#define SHMTOP_LOADER_MAPPING_KEYS_H

#include "loader/snapshot_keys.h"

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
    MAPPING_REQUIRE,
    MAPPING_GONE,
    MAPPING_HEARTBEAT,
    MAPPING_HEARTBEAT_STALE,
    MAPPING_PID,
    MAPPING_INCLUDE,
    MAPPING_KEY_COUNT,
};

/* The section as far as it was read. */
struct mapping_draft {
    struct mapping mapping;
    const char *file;   /* that speaks of it, of its section if it has one */
    int line;           /* where it was first spoken of */
    int section_line;   /* 0: no section (yet) */
    const char *native; /* of the key `linux` or `windows`, whichever counts */
    const char *require, *gone;  /* expressions */
    const char *heartbeat, *pid; /* names of fields */
    struct snapshot_draft snapshot;
    int lines[MAPPING_KEY_COUNT]; /* 0: not given */
    const char *files[MAPPING_KEY_COUNT];
};

struct mapping_row {
    const char *key;
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
                 struct problems *problems);

/* The mapping that the draft says, but for what names fields; `abi` is that of
 * all mappings unless it is ABI_UNKNOWN. */
void mapping_finish(const struct mapping_draft *draft, struct mapping *out,
                    enum abi abi);

#endif
