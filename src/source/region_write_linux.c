/* SPDX-License-Identifier: MIT */
/* Creates, changes and removes mappings on Linux, for `write` and `set`.
 * Creating changes nothing that exists, unless the user asked to replace it. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/os.h"
#include "source/region_linux.h"

static bool explain_create(const struct target *target, int error,
                           struct err *err)
{
    if (error == EEXIST)
        return err_set(err, STATUS_CANNOT_CREATE,
                       "'%s' exists already and may belong to someone; "
                       "--replace removes it and creates a new one",
                       target->text);
    if (error == EACCES || error == EPERM)
        return err_set(err, STATUS_DENIED, "cannot create '%s': %s",
                       target->text, strerror(error));
    return err_set(err, STATUS_CANNOT_CREATE, "cannot create '%s': %s",
                   target->text, strerror(error));
}

/* --- files --------------------------------------------------------------- */

/* Bytes that are allocated between two checks for a stop. */
#define ALLOCATE_STEP (UINT64_C(64) << 20)

/* Only a regular file may be replaced; a device or a directory stays. */
static bool check_old_file(const struct region *region, struct err *err)
{
    struct stat status;
    const struct place *place = &region->own->place;
    if (fstatat(place->dir, place->path, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT || explain_create(&region->target, errno, err);
    if (S_ISREG(status.st_mode))
        return true;
    return err_set(err, STATUS_CANNOT_CREATE,
                   "'%s' is not a regular file and will not be replaced",
                   region->target.text);
}

/* Whether the file system has room, so that a size that is far too large does
 * not fill it first. */
static bool has_room(int fd, uint64_t size)
{
    struct statvfs status;
    if (fstatvfs(fd, &status) != 0 || status.f_blocks == 0)
        return true;
    return size / status.f_frsize <= status.f_bavail;
}

/* Does not change the size of the file, if the file system can do that. */
static int allocate(int fd, off_t start, off_t len)
{
    if (fallocate(fd, FALLOC_FL_KEEP_SIZE, start, len) == 0)
        return 0;
    return errno == EOPNOTSUPP ? posix_fallocate(fd, start, len) : errno;
}

/* Allocates all of it now: on a full file system a later store would raise a
 * signal, also in the readers.  ECANCELED: a stop was asked. */
static int size_file(int fd, uint64_t size)
{
    CHECK(fd >= 0 && size > 0 && size <= INT64_MAX);
    if (fchmod(fd, 0600) != 0)
        return errno;
    if (!has_room(fd, size))
        return ENOSPC;
    for (uint64_t start = 0; start < size;) {
        uint64_t left = size - start;
        uint64_t len = left < ALLOCATE_STEP ? left : ALLOCATE_STEP;
        if (os_stop_asked())
            return ECANCELED;
        int error = allocate(fd, (off_t)start, (off_t)len);
        if (error == 0)
            start += len;
        else if (error != EINTR)
            return error;
    }
    return ftruncate(fd, (off_t)size) == 0 ? 0 : errno;
}

static int open_new(const struct place *place, const char *path)
{
    return openat(place->dir, path,
                  O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY,
                  0600);
}

/* Gives the new file its size, and remembers which file it is. */
static bool fill_file(struct region *region, uint64_t size, struct err *err)
{
    struct region_own *own = region->own;
    struct stat status;
    if (fstat(own->fd, &status) != 0)
        return explain_create(&region->target, errno, err);
    own->dev = status.st_dev;
    own->ino = status.st_ino;
    int error = size_file(own->fd, size);
    if (error == ECANCELED)
        return false;
    if (error != 0)
        return explain_create(&region->target, error, err);
    return file_attach(region, err);
}

#define TRIES_MAX 100
#define NEW_NAME_MAX (sizeof((struct place *)NULL)->path + 64)

/* Creates a temporary file in the same folder. */
static int open_beside(const struct place *place, char *path)
{
    const char *slash = strrchr(place->path, '/');
    int folder = !slash ? 0 : (int)(slash + 1 - place->path);
    int fd = -1;
    for (int i = 0; i < TRIES_MAX; i++) {
        snprintf(path, NEW_NAME_MAX, "%.*s.shmtop-%ld-%d", folder, place->path,
                 (long)getpid(), i);
        fd = open_new(place, path);
        if (fd >= 0 || errno != EEXIST)
            break;
    }
    return fd;
}

/* The old file stays until the new one is complete. */
static bool replace_file(struct region *region, uint64_t size, struct err *err)
{
    struct region_own *own = region->own;
    char path[NEW_NAME_MAX];
    const struct place *place = &own->place;
    if (!check_old_file(region, err))
        return false;
    own->fd = open_beside(place, path);
    if (own->fd < 0)
        return explain_create(&region->target, errno, err);
    bool ok = fill_file(region, size, err);
    if (ok && renameat(place->dir, path, place->dir, place->path) != 0)
        ok = explain_create(&region->target, errno, err);
    if (!ok)
        unlinkat(place->dir, path, 0);
    region->created = ok;
    return ok;
}

static bool create_file(struct region *region, uint64_t size, bool replace,
                        struct err *err)
{
    struct region_own *own = region->own;
    if (!file_place(&own->place, &region->target, err))
        return false;
    if (replace)
        return replace_file(region, size, err);
    own->fd = open_new(&own->place, own->place.path);
    if (own->fd < 0)
        return explain_create(&region->target, errno, err);
    region->created = true;
    return fill_file(region, size, err);
}

static void remove_file(const struct region *region)
{
    CHECK(region->created);
    const struct region_own *own = region->own;
    struct stat status;
    const struct place *place = &own->place;
    if (fstatat(place->dir, place->path, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
        status.st_dev == own->dev && status.st_ino == own->ino)
        unlinkat(place->dir, place->path, 0);
}

/* --- SysV ---------------------------------------------------------------- */

static bool create_sysv(struct region *region, uint64_t size, bool replace,
                        struct err *err)
{
    key_t key = (key_t)region->target.number;
    if (replace) {
        /* A key cannot move to another segment, so a trial, which takes no
         * memory yet, checks the limits before the old segment is removed. */
        int trial = shmget(IPC_PRIVATE, (size_t)size, IPC_CREAT | 0600);
        if (trial < 0)
            return explain_create(&region->target, errno, err);
        shmctl(trial, IPC_RMID, NULL);
        int old = shmget(key, 0, 0);
        if (old >= 0 && shmctl(old, IPC_RMID, NULL) != 0 && errno != EIDRM &&
            errno != EINVAL)
            return explain_create(&region->target, errno, err);
    }
    int shmid = shmget(key, (size_t)size, IPC_CREAT | IPC_EXCL | 0600);
    if (shmid < 0)
        return explain_create(&region->target, errno, err);
    region->created = true;
    if (sysv_attach(region, shmid, err))
        return true;
    shmctl(shmid, IPC_RMID, NULL);
    region->created = false;
    return false;
}

/* ------------------------------------------------------------------------- */

bool region_make(struct region *region, uint64_t size, bool replace,
                 struct err *err)
{
    switch (region->target.kind) {
    case TARGET_SHM:
    case TARGET_FILE:
        return create_file(region, size, replace, err);
    case TARGET_SYSV_KEY:
        return create_sysv(region, size, replace, err);
    default:
        return err_set(err, STATUS_USAGE,
                       "'%s' cannot be created; shm:NAME, file:PATH and "
                       "sysv:KEY can",
                       region->target.text);
    }
}

bool region_view(struct region *region, uint64_t offset, uint64_t len,
                 struct view *out)
{
    if (region->own->shmid < 0 && !file_cover(region, offset, len))
        return false;
    *out = region->own->view;
    return true;
}

void region_unlink(struct region *region)
{
    if (region->own->shmid >= 0)
        shmctl(region->own->shmid, IPC_RMID, NULL);
    else
        remove_file(region);
}
