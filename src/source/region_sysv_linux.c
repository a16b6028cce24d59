/* SPDX-License-Identifier: MIT */
/* Regions that are SysV segments.  A removed segment is detached at the next
 * look, since an attachment would keep it alive.  Pages that were never written
 * are zeros, and are not touched. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>

#include "base/mem.h"
#include "source/region_linux.h"

#define LOOK_PAGES 1024u /* of one call of mincore */

bool sysv_find(const struct target *target, int *shmid, struct err *err)
{
    if (target->kind == TARGET_SYSV_ID) {
        *shmid = (int)target->number;
        return true;
    }
    *shmid = shmget((key_t)target->number, 0, 0);
    return *shmid >= 0 || region_explain(target, errno, "look at", err);
}

/* A segment that does not exist gives EINVAL. */
static int sysv_status(int shmid, struct shmid_ds *status)
{
    if (shmctl(shmid, IPC_STAT, status) != 0)
        return errno == EINVAL ? EIDRM : errno;
    return status->shm_perm.mode & SHM_DEST ? EIDRM : 0;
}

static enum region_state check_sysv(struct region *region, uint64_t *size,
                                    struct err *err)
{
    int error;
    if (region->target.kind == TARGET_SYSV_KEY) {
        /* A removed segment loses its key at once. */
        int shmid = shmget((key_t)region->target.number, 0, 0);
        if (shmid >= 0 && shmid != region->own->shmid)
            return REGION_OTHER;
        error = shmid < 0 ? errno : 0;
    } else {
        struct shmid_ds status;
        error = sysv_status(region->own->shmid, &status);
    }
    *size = region->size;
    if (error == 0)
        return REGION_SAME;
    region_explain(&region->target, error, "look at", err);
    return region_state_of(error);
}

static bool known_resident(const struct region *region, size_t page)
{
    return (region->own->resident[page / 8] >> (page % 8)) & 1;
}

/* A page that mincore does not find may be in swap.  It was never written for
 * sure only if no segment of the system is in swap. */
static bool any_swapped(void)
{
    struct shm_info info;
    struct shmid_ds *out = (void *)&info;
    return shmctl(0, SHM_INFO, out) < 0 || info.shm_swp != 0;
}

/* How many of `count` pages from `page` on are all in memory or all holes.  A
 * page loses its memory only to swap, so mincore is called for it until it has
 * some. */
static size_t page_run(struct region *region, size_t page, size_t count,
                       bool *hole)
{
    struct region_own *own = region->own;
    CHECK(count > 0);
    unsigned char look[LOOK_PAGES];
    size_t run = 0, size = own->granule;
    *hole = false;
    while (run < count && known_resident(region, page + run))
        run++;
    if (run > 0)
        return run;
    if (count > LOOK_PAGES)
        count = LOOK_PAGES;
    if (mincore(own->view.map + page * size, count * size, look) != 0)
        return count;
    *hole = !(look[0] & 1);
    for (; run < count && (look[run] & 1) == (look[0] & 1); run++)
        if (!*hole)
            own->resident[(page + run) / 8] |=
                (uint8_t)(1u << ((page + run) % 8));
    if (*hole && any_swapped())
        *hole = false;
    return run;
}

static bool copy_sysv(struct region *region, uint64_t offset, size_t len,
                      uint8_t *out)
{
    CHECK(region->own->resident && offset + len <= region->own->view.len);
    size_t size = region->own->granule;
    while (len > 0) {
        bool hole;
        size_t page = (size_t)(offset / size);
        size_t within = (size_t)(offset % size);
        size_t pages = (within + len + size - 1) / size;
        size_t run = page_run(region, page, pages, &hole) * size - within;
        if (run > len)
            run = len;
        if (hole)
            memset(out, 0, run);
        else if (!view_copy(&region->own->view, offset, run, out))
            return false;
        offset += run;
        out += run;
        len -= run;
    }
    return true;
}

static const struct region_ops sysv_ops = {check_sysv, copy_sysv};

bool sysv_attach(struct region *region, int shmid, struct err *err)
{
    CHECK(shmid >= 0);
    struct region_own *own = region->own;
    struct shmid_ds status;
    int error = sysv_status(shmid, &status);
    if (error != 0)
        return region_explain(&region->target, error, "attach", err);
    void *map = shmat(shmid, NULL, region->writable ? 0 : SHM_RDONLY);
    if (map == (void *)-1) {
        error = errno == EINVAL ? EIDRM : errno;
        return region_explain(&region->target, error, "attach", err);
    }
    own->shmid = shmid;
    own->view.map = map;
    /* The size that the producer asked for: the rest of the last page is not
     * part of the segment. */
    region->size = status.shm_segsz;
    size_t pages = status.shm_segsz / own->granule + 1;
    own->view.len = pages * own->granule;
    own->resident = mem_zalloc(pages / 8 + 1, 1);
    region->ops = &sysv_ops;
    /* If it was removed meanwhile, this attachment alone keeps it. */
    error = sysv_status(shmid, &status);
    return error == 0 || region_explain(&region->target, error, "attach", err);
}

void sysv_detach(struct region_own *own)
{
    shmdt(own->view.map);
    free(own->resident);
}
