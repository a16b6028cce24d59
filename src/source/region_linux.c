/* SPDX-License-Identifier: MIT */
/*
 * Regions on Linux: opening for reading, closing, and what all kinds share.
 * Invariant: nothing here or below it opens, maps or attaches for writing.
 * The kinds are in region_{file,sysv,process}_linux.c, writing is in
 * region_write_linux.c.
 */
#include "source/region_linux.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "source/atomic_copy.h"
#include "source/guard.h"

size_t region_page(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

static bool explain_absent(const struct target *target, struct err *err)
{
    static const char hint[] = "is its producer running?";
    switch (target->kind) {
    case TARGET_SHM:
        return err_set(err, STATUS_NO_MAPPING, "no shared memory '%s': %s",
                       target->name, hint);
    case TARGET_SYSV_KEY:
    case TARGET_SYSV_ID:
        return err_set(err, STATUS_NO_MAPPING,
                       "no SysV segment '%s' (`ipcs -m` shows them): %s",
                       target->text, hint);
    case TARGET_PID_FD:
        return err_set(err, STATUS_NO_MAPPING,
                       "no '%s': has process %lld ended, or closed it? "
                       "`ls -l /proc/%lld/fd` shows what it has open",
                       target->text, (long long)target->pid,
                       (long long)target->pid);
    case TARGET_PID_MAP:
        return err_set(err, STATUS_NO_MAPPING,
                       "no '%s': has process %lld ended, or unmapped it? "
                       "/proc/%lld/maps shows what it has mapped",
                       target->text, (long long)target->pid,
                       (long long)target->pid);
    default:
        return err_set(err, STATUS_NO_MAPPING, "no file '%s': %s", target->name,
                       hint);
    }
}

bool region_explain(const struct target *target, int error, const char *doing,
                    struct err *err)
{
    switch (region_state_of(error)) {
    case REGION_GONE:
        return explain_absent(target, err);
    case REGION_DENIED:
        return err_set(err, STATUS_DENIED,
                       "cannot %s '%s': %s; try as its owner or as root", doing,
                       target->text, strerror(error));
    default:
        return err_set(err, STATUS_IO, "cannot %s '%s': %s", doing,
                       target->text, strerror(error));
    }
}

enum region_state region_state_of(int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
    case ESRCH:
    case EIDRM:
        return REGION_GONE;
    case EACCES:
    case EPERM:
        return REGION_DENIED;
    default:
        return REGION_FAILED;
    }
}

struct copy_job {
    uint8_t *out;
    const uint8_t *from;
    size_t len;
};

static void copy_body(void *user)
{
    const struct copy_job *job = user;
    atomic_copy(job->out, job->from, job->len);
}

bool region_copy_mapped(struct region *region, uint64_t offset, size_t len,
                        uint8_t *out)
{
    CHECK(offset >= region->map_start &&
          offset - region->map_start <= region->map_len &&
          len <= region->map_len - (size_t)(offset - region->map_start));
    struct copy_job job = {out, region->map + (offset - region->map_start),
                           len};
    return guard_run(copy_body, &job, region->map, region->map_len);
}

static bool attach(struct region *region, struct err *err)
{
    int shmid;
    switch (region->target.kind) {
    case TARGET_SHM:
    case TARGET_FILE:
    case TARGET_PID_FD:
        return file_place(&region->place, &region->target, err) &&
               file_open(region, err) && file_attach(region, err);
    case TARGET_SYSV_KEY:
    case TARGET_SYSV_ID:
        return sysv_find(&region->target, &shmid, err) &&
               sysv_attach(region, shmid, err);
    case TARGET_PID_MAP:
        return file_place(&region->place, &region->target, err) &&
               process_attach(region, err);
    default:
        return err_set(err, STATUS_USAGE, "'%s' is a recording, not a mapping",
                       region->target.text);
    }
}

struct region *region_new(const struct target *target)
{
    struct region *region = mem_zalloc(1, sizeof *region);
    region->target = *target;
    region->place.dir = AT_FDCWD;
    region->fd = -1;
    region->shmid = -1;
    region->span = UINT64_MAX;
    region->granule = region_page();
    guard_install();
    return region;
}

bool region_open(struct region **out, const struct target *target,
                 struct err *err)
{
    struct region *region = region_new(target);
    if (!attach(region, err)) {
        region_close(region);
        return false;
    }
    *out = region;
    return true;
}

bool region_open_writable(struct region **out, const struct target *target,
                          struct err *err)
{
    struct region *region = region_new(target);
    region->writable = true;
    if (!attach(region, err)) {
        region_close(region);
        return false;
    }
    *out = region;
    return true;
}

void region_close(struct region *region)
{
    if (!region)
        return;
    if (region->shmid >= 0)
        sysv_detach(region);
    else if (region->map)
        munmap(region->map, region->map_len);
    if (region->fd >= 0)
        close(region->fd);
    if (region->place.dir >= 0)
        close(region->place.dir);
    buf_free(&region->read);
    free(region);
}

enum region_state region_check(struct region *region, uint64_t *size,
                               struct err *err)
{
    *size = 0;
    enum region_state state = region->ops->check(region, size, err);
    if (state == REGION_SAME)
        region->size = *size;
    return state;
}

bool region_copy(struct region *region, uint64_t offset, size_t len,
                 uint8_t *out)
{
    CHECK(offset % 8 == 0 && len % 8 == 0);
    return region->ops->copy(region, offset, len, out);
}

const char *region_manner(const struct region *region)
{
    return region->ops->manner;
}
