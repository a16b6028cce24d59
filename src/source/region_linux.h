/* SPDX-License-Identifier: MIT */
/* What the region_*_linux.c files share: what belongs to a region on Linux, and
 * its kinds; for them only. */
#ifndef SHMTOP_SOURCE_REGION_LINUX_H
#define SHMTOP_SOURCE_REGION_LINUX_H

#include <sys/stat.h>
#include <sys/types.h>

#include "base/buf.h"
#include "source/source_private.h"

/* Where a file-like region is found again: a path relative to `dir`. */
struct place {
    int dir;   /* AT_FDCWD, or an O_PATH descriptor of /proc/PID, owned */
    int flags; /* for fstatat: AT_SYMLINK_NOFOLLOW or 0 */
    char path[TARGET_NAME_MAX + 16];
};

struct region_own {
    struct view view; /* map NULL: none */
    size_t granule;   /* of mappings */

    /* Files. */
    struct place place;
    int fd; /* -1: none */
    dev_t dev;
    ino_t ino;
    uint64_t base; /* offset of the region in the file */
    uint64_t span; /* bytes the region has at most */
    bool tmpfs;    /* touching a hole allocates memory */
    bool sparse;   /* had holes at the last check */
    struct buf read;

    /* SysV. */
    int shmid;
    uint8_t *resident; /* a bit for each page that is known to have memory */

    /* Process memory. */
    bool vanished; /* a copy has failed */
};

/* --- region_linux.c ----------------------------------------------------- */

/* Fills `err` for a failed call on the target: STATUS_NO_MAPPING with the way
 * out for ENOENT and similar errors, STATUS_DENIED for EACCES and EPERM, else
 * STATUS_IO with `doing` ("open").  Returns false. */
bool region_explain(const struct target *target, int error, const char *doing,
                    struct err *err);
/* The state for an error of a check of the name. */
enum region_state region_state_of(int error);

/* --- region_file_linux.c ------------------------------------------------ */

/* Finds the place of a target of a file-like kind; false if its process is not
 * there. */
bool file_place(struct place *place, const struct target *target,
                struct err *err);
/* Opens the file at `place`, if it is a regular file. */
bool file_open(struct region *region, struct err *err);
/* Decides whether the file is mapped or read.  STATUS_NO_MAPPING if it is
 * empty. */
bool file_attach(struct region *region, struct err *err);
/* Maps a view that contains [offset, offset + len). */
bool file_cover(struct region *region, uint64_t offset, uint64_t len);

/* --- region_sysv_linux.c ------------------------------------------------ */

bool sysv_find(const struct target *target, int *shmid, struct err *err);
bool sysv_attach(struct region *region, int shmid, struct err *err);
void sysv_detach(struct region_own *own);

/* --- region_process_linux.c --------------------------------------------- */

/* A range of another process: through its file if it is shared and may be
 * opened, else through /proc/PID/mem. */
bool process_attach(struct region *region, struct err *err);
/* The errno of a failed check of the region's place; ESRCH for a zombie, which
 * gives its owner EACCES. */
int process_error(const struct region *region, int error);

#endif
