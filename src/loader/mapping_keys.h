/* SPDX-License-Identifier: MIT */
/* The keys of [mapping]. */
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

/* A mapping as far as the files were read.  Files that are included may go on
 * with a section of the same name. */
struct mapping_draft {
    struct mapping mapping;
    struct keys keys; /* where it is first mentioned; once it has a section,
                         `file` is the section's */
    int section_line; /* 0: no section (yet) */
    const char *on_linux, *on_windows; /* override mapping.name */
    const char *require, *gone;        /* expressions */
    const char *heartbeat, *pid;       /* names of fields */
    struct snapshot_draft snapshot;
};

/* MAPPING_KEY_COUNT rows and one whose key is NULL. */
extern const struct section_key mapping_table[];

/* A draft for the mapping `id` (NULL: the one without a name), first mentioned
 * in line `line`. */
void mapping_begin(struct mapping_draft *draft, const char *id,
                   const char *file, int line, struct arena *arena);
/* Reads one `key = value`, but not `include`. */
void mapping_set(struct mapping_draft *draft, const char *key,
                 const char *value, int line, struct arena *arena,
                 struct problems *problems);
/* The mapping of the draft, without the fields that it names.  `abi`
 * overrides its own unless it is ABI_UNKNOWN. */
void mapping_finish(const struct mapping_draft *draft, struct mapping *out,
                    enum abi abi);

#endif
