/* SPDX-License-Identifier: MIT */
/* Regions that are files: POSIX shared memory, files, and descriptors of a
 * process. Holes of a file in memory are never touched.  A file that cannot be
 * mapped (procfs, sysfs) is read at each look. */
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "source/region_linux.h"

#define READ_MAX (1u << 20) /* bytes kept of a file that is read */

/* A descriptor of /proc/PID belongs to this one process, also after its id is
 * reused. */
static bool place_process(struct place *place, const struct target *target,
                          struct err *err)
{
    char path[32];
    snprintf(path, sizeof path, "/proc/%lld", (long long)target->pid);
    int dir = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (dir < 0 && errno == ENOENT)
        return err_set(err, STATUS_NO_MAPPING, "no process %lld",
                       (long long)target->pid);
    if (dir < 0)
        return region_explain(target, errno, "look at", err);
    place->dir = dir;
    return true;
}

bool file_place(struct place *place, const struct target *target,
                struct err *err)
{
    place->dir = AT_FDCWD;
    place->flags = 0;
    switch (target->kind) {
    case TARGET_SHM:
        place->flags = AT_SYMLINK_NOFOLLOW;
        snprintf(place->path, sizeof place->path, "/dev/shm%s", target->name);
        return true;
    case TARGET_PID_FD:
        snprintf(place->path, sizeof place->path, "fd/%llu",
                 (unsigned long long)target->number);
        return place_process(place, target, err);
    case TARGET_PID_MAP:
        snprintf(place->path, sizeof place->path, "map_files/%llx-%llx",
                 (unsigned long long)target->number,
                 (unsigned long long)target->end);
        return place_process(place, target, err);
    default:
        snprintf(place->path, sizeof place->path, "%s", target->name);
        return true;
    }
}

static const char *type_words(mode_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFDIR:
        return "a directory";
    case S_IFIFO:
        return "a FIFO";
    case S_IFSOCK:
        return "a socket";
    case S_IFCHR:
        return "a character device";
    case S_IFBLK:
        return "a block device";
    case S_IFLNK:
        return "a symbolic link";
    default:
        return "something without bytes of its own";
    }
}

static bool require_regular(const struct region *region,
                            const struct stat *status, struct err *err)
{
    if (S_ISREG(status->st_mode))
        return true;
    return err_set(err, STATUS_USAGE,
                   "'%s' is %s, not memory; name shared memory or a regular "
                   "file",
                   region->target.text, type_words(status->st_mode));
}

bool file_open(struct region *region, struct err *err)
{
    struct region_own *own = region->own;
    const struct place *place = &own->place;
    int flags = O_NONBLOCK | O_CLOEXEC | O_NOCTTY |
                (region->writable ? O_RDWR : O_RDONLY) |
                (place->flags == AT_SYMLINK_NOFOLLOW ? O_NOFOLLOW : 0);
    struct stat status;
    /* Opening a device or a FIFO has side effects, so check first. */
    if (fstatat(place->dir, place->path, &status, place->flags) != 0)
        return region_explain(&region->target, process_error(region, errno),
                              "look at", err);
    if (!require_regular(region, &status, err))
        return false;
    own->fd = openat(place->dir, place->path, flags);
    if (own->fd < 0 || fstat(own->fd, &status) != 0)
        return region_explain(&region->target, errno, "open", err);
    if (!require_regular(region, &status, err))
        return false;
    own->dev = status.st_dev;
    own->ino = status.st_ino;
    return true;
}

/* Only holes of memory file systems matter: on a disk they cost nothing. */
static void take_status(struct region *region, const struct stat *status)
{
    struct region_own *own = region->own;
    uint64_t size = status->st_size < 0 ? 0 : (uint64_t)status->st_size;
    own->sparse =
        own->tmpfs && (uint64_t)status->st_blocks < (size + 511) / 512;
    size = size > own->base ? size - own->base : 0;
    region->size = size < own->span ? size : own->span;
}

static enum region_state check_name(struct region *region, struct err *err)
{
    struct region_own *own = region->own;
    struct stat status;
    const struct place *place = &own->place;
    if (fstatat(place->dir, place->path, &status, place->flags) != 0) {
        int error = process_error(region, errno);
        region_explain(&region->target, error, "look at", err);
        return region_state_of(error);
    }
    if (status.st_dev != own->dev || status.st_ino != own->ino)
        return REGION_OTHER;
    take_status(region, &status);
    return REGION_SAME;
}

/* --- mapped -------------------------------------------------------------- */

static bool map_window(struct region *region, uint64_t offset, uint64_t len)
{
    CHECK(region->own->fd >= 0 && offset < INT64_MAX);
    struct region_own *own = region->own;
    uint64_t granule = own->granule;
    uint64_t start = offset - offset % granule;
    if (len > UINT64_MAX - offset - granule)
        return false;
    uint64_t end = offset + len + granule - 1;
    end -= end % granule;
    if (end - start > SIZE_MAX || own->base + start > INT64_MAX)
        return false;
    int protection = PROT_READ | (region->writable ? PROT_WRITE : 0);
    void *map = mmap(NULL, (size_t)(end - start), protection, MAP_SHARED,
                     own->fd, (off_t)(own->base + start));
    if (map == MAP_FAILED)
        return false;
    if (own->view.map)
        munmap(own->view.map, own->view.len);
    own->view.map = map;
    own->view.start = start;
    own->view.len = (size_t)(end - start);
    return true;
}

static bool covered(const struct region *region, uint64_t offset, uint64_t len)
{
    const struct region_own *own = region->own;
    return own->view.map && offset >= own->view.start &&
           offset - own->view.start <= own->view.len &&
           len <= own->view.len - (offset - own->view.start);
}

/* Maps all of it if it fits into the address space; a mapping costs no memory
 * until it is touched. */
bool file_cover(struct region *region, uint64_t offset, uint64_t len)
{
    if (covered(region, offset, len))
        return true;
    if (region->size > 0 && map_window(region, 0, region->size) &&
        covered(region, offset, len))
        return true;
    return map_window(region, offset, len);
}

/* How many bytes from `offset` on are all data or all hole; 0 if the file has
 * become shorter. */
static uint64_t hole_run(const struct region *region, uint64_t offset,
                         uint64_t len, bool *hole)
{
    CHECK(offset % 8 == 0 && len > 0);
    const struct region_own *own = region->own;
    struct stat status;
    off_t from = (off_t)(own->base + offset);
    off_t data = lseek(own->fd, from, SEEK_DATA);
    if (data == from) {
        off_t end = lseek(own->fd, from, SEEK_HOLE);
        *hole = false;
        uint64_t run = end > from ? (uint64_t)(end - from + 7) / 8 * 8 : 0;
        return run < len ? run : len;
    }
    *hole = true;
    if (data < 0 && errno != ENXIO)
        return 0;
    /* There is no data up to the end, but the file may have shrunk since. */
    if (data < 0 && (fstat(own->fd, &status) != 0 ||
                     (status.st_size + 7) / 8 * 8 < from + (off_t)len))
        return 0;
    return data < 0 || (uint64_t)(data - from) > len ? len
                                                     : (uint64_t)(data - from);
}

static bool copy_around_holes(struct region *region, uint64_t offset,
                              size_t len, uint8_t *out)
{
    CHECK(region->own->tmpfs);
    while (len > 0) {
        bool hole;
        size_t run = (size_t)hole_run(region, offset, len, &hole);
        if (run == 0)
            return false;
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

static bool copy_mapped_file(struct region *region, uint64_t offset, size_t len,
                             uint8_t *out)
{
    if (!file_cover(region, offset, len))
        return false;
    if (region->own->sparse)
        return copy_around_holes(region, offset, len, out);
    return view_copy(&region->own->view, offset, len, out);
}

static enum region_state check_mapped_file(struct region *region,
                                           uint64_t *size, struct err *err)
{
    enum region_state state = check_name(region, err);
    *size = region->size;
    return state;
}

static const struct region_ops mapped_ops = {check_mapped_file,
                                             copy_mapped_file};

/* --- read ---------------------------------------------------------------- */

/* Reads the file in one pass, so that content which the system makes while
 * reading is made once.  Returns 0 or the errno. */
static int slurp(struct region *region)
{
    struct buf *read = &region->own->read;
    buf_clear(read);
    while (read->len < READ_MAX) {
        size_t room = READ_MAX - read->len;
        if (room > 65536)
            room = 65536;
        char *to = buf_room(read, room);
        ssize_t got = pread(region->own->fd, to, room, (off_t)read->len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return errno == EAGAIN ? 0 : errno;
        if (got == 0)
            return 0;
        buf_grow(read, (size_t)got);
    }
    return 0;
}

static enum region_state check_read_file(struct region *region, uint64_t *size,
                                         struct err *err)
{
    enum region_state state = check_name(region, err);
    if (state != REGION_SAME)
        return state;
    int error = slurp(region);
    if (error != 0) {
        region_explain(&region->target, error, "read", err);
        return region_state_of(error);
    }
    *size = region->own->read.len;
    if (region->own->read.len == READ_MAX && region->size > READ_MAX)
        *size = region->size;
    return REGION_SAME;
}

static bool copy_read_file(struct region *region, uint64_t offset, size_t len,
                           uint8_t *out)
{
    struct region_own *own = region->own;
    size_t have = 0;
    if (offset < own->read.len)
        have = own->read.len - (size_t)offset;
    if (have > len)
        have = len;
    if (have > 0)
        memcpy(out, own->read.data + offset, have);
    while (have < len && offset + have < region->size) {
        ssize_t got =
            pread(own->fd, out + have, len - have, (off_t)(offset + have));
        if (got <= 0)
            return false;
        have += (size_t)got;
    }
    memset(out + have, 0, len - have);
    return true;
}

static const struct region_ops read_ops = {check_read_file, copy_read_file};

static bool attach_read(struct region *region, struct err *err)
{
    int error = slurp(region);
    if (error != 0)
        return region_explain(&region->target, error, "read", err);
    if (region->own->read.len == 0)
        return err_set(err, STATUS_NO_MAPPING,
                       "'%s' has 0 bytes: its producer has not sized it yet",
                       region->target.text);
    region->ops = &read_ops;
    region->manner = "read";
    return true;
}

static bool attach_mapped(struct region *region, struct err *err)
{
    struct stat status;
    if (fstat(region->own->fd, &status) != 0)
        return region_explain(&region->target, errno, "look at", err);
    take_status(region, &status);
    if (region->size == 0 || !file_cover(region, 0, 1))
        return err_set(err,
                       region->size == 0 ? STATUS_NO_MAPPING : STATUS_USAGE,
                       "'%s' %s", region->target.text,
                       region->size == 0 ? "has 0 bytes" : "cannot be mapped");
    region->ops = &mapped_ops;
    region->manner = "";
    return true;
}

bool file_attach(struct region *region, struct err *err)
{
    struct region_own *own = region->own;
    struct statfs system;
    if (fstatfs(own->fd, &system) == 0) {
        uint32_t magic = (uint32_t)system.f_type; /* signed on 32-bit */
        own->tmpfs = magic == TMPFS_MAGIC;
        if (magic == HUGETLBFS_MAGIC && system.f_bsize > 0)
            own->granule = (size_t)system.f_bsize;
    }
    if (attach_mapped(region, err) || region->writable)
        return region->ops;
    /* It may have been empty a moment ago, and not a file that can only be
     * read. */
    return attach_read(region, err) && (attach_mapped(region, NULL) || true);
}
