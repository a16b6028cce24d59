/* SPDX-License-Identifier: MIT */
/* The name of a mapping as the user writes it: "shm:NAME", "map:NAME",
 * "file:PATH", "sysv:KEY", "sysv:id=N", "pid:PID/fd/N",
 * "pid:PID/map/START-END", "mem:PATH", or NAME alone, which is the system's own
 * named memory ("shm:" or "map:"). */
#ifndef SHMTOP_SOURCE_TARGET_H
#define SHMTOP_SOURCE_TARGET_H

#include <stdint.h>

#include "base/err.h"

enum target_kind {
    TARGET_SHM,      /* name: "/test_memory" */
    TARGET_MAP,      /* name: "test_memory", "Global\\test_memory" */
    TARGET_FILE,     /* name: the path */
    TARGET_SYSV_KEY, /* number: the key */
    TARGET_SYSV_ID,  /* number: the shmid */
    TARGET_PID_FD,   /* pid; number: the descriptor */
    TARGET_PID_MAP,  /* pid; number, end: the address range */
    TARGET_MEM,      /* name: a file of recorded frames, see recording.h */
};

#define TARGET_NAME_MAX 4096

struct target {
    enum target_kind kind;
    int64_t pid;
    uint64_t number;
    uint64_t end;
    char name[TARGET_NAME_MAX];
    char text[TARGET_NAME_MAX + 16]; /* with its prefix, for people:
                                        "shm:/test_memory" */
};

/* Whether `text` starts with one of the prefixes above, also of another system.
 */
bool target_has_prefix(const char *text);

/* Reads `text`.  False with STATUS_USAGE and the nearest prefix, also for kinds
 * that this system does not have. */
bool target_parse(struct target *out, const char *text, struct err *err);

/* Reads `given`, or `name` from the layout `file` if `given` is NULL.  False
 * with STATUS_USAGE if both are NULL or the chosen text is malformed. */
bool target_resolve(struct target *out, const char *name, const char *given,
                    const char *file, struct err *err);

#endif
