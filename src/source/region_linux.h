/* SPDX-License-Identifier: MIT */
/*
 * What the region_*_linux.c files share: the parts of a region and its kinds.
 * Nobody else includes this.
 */
#ifndef SHMTOP_SOURCE_REGION_LINUX_H
#define SHMTOP_SOURCE_REGION_LINUX_H

#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "base/buf.h"
#include "source/region.h"

/* How a kind of region is looked at; a row of functions per kind. */
struct region_ops {
    const char *manner;
    enum region_state (*check)(struct region *region, uint64_t *size,
                               struct err *err);
    bool (*copy)(struct region *region, uint64_t offset, size_t len,
                 uint8_t *out);
};

/* Where a file-like region is found again: a path relative to `dir`. */
struct place {
    int dir;   /* AT_FDCWD, or an O_PATH descriptor of /proc/PID, owned */
    int flags; /* for fstatat: AT_SYMLINK_NOFOLLOW or 0 */
    char path[TARGET_NAME_MAX + 16];
};

struct region {
    const struct region_ops *ops;
    struct target target;
    bool writable;
    bool created;  /* by region_create, so region_remove may remove it */
    uint64_t size; /* as of the last look */

    /* The window that is mapped now; map NULL when there is none. */
    uint8_t *map;
    uint64_t map_start; /* offset in the region, a multiple of `granule` */
    size_t map_len;
    size_t granule;

    /* Files. */
    struct place place;
    int fd; /* -1: none */
    dev_t dev;
    ino_t ino;
    uint64_t base; /* where in the file the region begins */
    uint64_t span; /* bytes the region has at most */
    bool tmpfs;    /* holes cost memory when touched */
    bool sparse;   /* had holes at the last look */
    struct buf read;

    /* SysV. */
    int shmid;
    uint8_t *resident; /* a bit a page: known to have memory */

    /* Process memory. */
    bool vanished; /* a copy has failed */
};

/* --- region_linux.c ----------------------------------------------------- */

/* A region that is not attached to anything yet. */
struct region *region_new(const struct target *target);
/* Fills `err` for a failed look at the target: errno ENOENT and its kin become
 * STATUS_NO_MAPPING with the way out, EACCES and EPERM STATUS_DENIED, all else
 * STATUS_IO with `doing` ("open"). */
bool region_explain(const struct target *target, int error, const char *doing,
                    struct err *err);
/* Copies from the mapped window under the guard. */
bool region_copy_mapped(struct region *region, uint64_t offset, size_t len,
                        uint8_t *out);
/* What fstatat made of a name that region stands for. */
enum region_state region_state_of(int error);
size_t region_page(void);

/* --- region_file_linux.c ------------------------------------------------ */

/* Where a target of a file-like kind is found; false when its process is
 * not there. */
bool file_place(struct place *place, const struct target *target,
                struct err *err);
/* Opens what stands at region->place; only a regular file is opened. */
bool file_open(struct region *region, struct err *err);
/* Decides whether it is mapped or read; STATUS_NO_MAPPING for no bytes. */
bool file_attach(struct region *region, struct err *err);
/* Maps a window that holds [offset, offset + len). */
bool file_cover(struct region *region, uint64_t offset, uint64_t len);

/* --- region_sysv_linux.c ------------------------------------------------ */

bool sysv_find(const struct target *target, int *shmid, struct err *err);
bool sysv_attach(struct region *region, int shmid, struct err *err);
void sysv_detach(struct region *region);

/* --- region_process_linux.c --------------------------------------------- */

/* A range of another process: through the file behind it when it is shared
 * and may be opened, else through /proc/PID/mem. */
bool process_attach(struct region *region, struct err *err);
/* The errno of a failed look at the region's place, corrected for a process
 * that has ended but was not waited for: it answers EACCES to its owner. */
int process_error(const struct region *region, int error);

#endif
