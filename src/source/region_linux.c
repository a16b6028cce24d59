/* SPDX-License-Identifier: MIT */
/* Regions on Linux: attaching by kind, closing and errors.  Nothing here or in
 * the kinds (region_{file,sysv,process}_linux.c) opens for writing unless the
 * region is writable. */
#include "source/region_linux.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"

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
    CHECK(error != 0);
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
    CHECK(error != 0);
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

bool region_attach(struct region *region, struct err *err)
{
    int shmid;
    switch (region->target.kind) {
    case TARGET_SHM:
    case TARGET_FILE:
    case TARGET_PID_FD:
        return file_place(&region->own->place, &region->target, err) &&
               file_open(region, err) && file_attach(region, err);
    case TARGET_SYSV_KEY:
    case TARGET_SYSV_ID:
        return sysv_find(&region->target, &shmid, err) &&
               sysv_attach(region, shmid, err);
    case TARGET_PID_MAP:
        return file_place(&region->own->place, &region->target, err) &&
               process_attach(region, err);
    default:
        return err_set(err, STATUS_USAGE, "'%s' is a recording, not a mapping",
                       region->target.text);
    }
}

struct region_own *region_own_new(void)
{
    struct region_own *own = mem_zalloc(1, sizeof *own);
    own->place.dir = AT_FDCWD;
    own->fd = -1;
    own->shmid = -1;
    own->span = UINT64_MAX;
    own->granule = (size_t)sysconf(_SC_PAGESIZE);
    return own;
}

void region_own_free(struct region_own *own)
{
    if (own->shmid >= 0)
        sysv_detach(own);
    else if (own->view.map)
        munmap(own->view.map, own->view.len);
    if (own->fd >= 0)
        close(own->fd);
    if (own->place.dir >= 0)
        close(own->place.dir);
    buf_free(&own->read);
    free(own);
}
