/* SPDX-License-Identifier: MIT */
/* Files and places on Linux.  Reading never waits and opens regular files only.
 */
#include "base/os_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base_private.h"
#include "base/mem.h"

#define READ_STEP (64u * 1024)

static enum status status_of(int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return STATUS_NO_MAPPING;
    case EACCES:
    case EPERM:
        return STATUS_DENIED;
    default:
        return STATUS_IO;
    }
}

static bool fail(struct err *err, const char *path)
{
    return os_explain_error(err, status_of(errno), path);
}

/* The file, or at least the first `enough` bytes of it. */
static bool read_bytes(int fd, const char *path, size_t enough, struct buf *out,
                       struct err *err)
{
    while (out->len < enough) {
        char *room = buf_room(out, READ_STEP);
        ssize_t got = read(fd, room, READ_STEP);
        if (got == 0)
            return true;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail(err, path);
        buf_grow(out, (size_t)got);
    }
    return true;
}

bool os_read_start(const char *path, size_t max, struct buf *out,
                   struct err *err)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    struct stat status;
    bool ok = false;
    buf_clear(out);
    if (fd < 0)
        return fail(err, path);
    if (fstat(fd, &status) != 0)
        fail(err, path);
    else if (!S_ISREG(status.st_mode))
        err_set(err, STATUS_IO, "%s: %s, not a regular file", path,
                S_ISDIR(status.st_mode) ? "a directory" : "a device or pipe");
    else
        ok = read_bytes(fd, path, max, out, err);
    close(fd);
    if (out->len > max)
        buf_truncate(out, max);
    return ok;
}

bool os_file_exists(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0;
}

bool os_file_stamp(const char *path, struct os_stamp *out)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return false;
    *out = (struct os_stamp){
        .wall_ns = (int64_t)status.st_mtim.tv_sec * INT64_C(1000000000) +
                   status.st_mtim.tv_nsec,
        .size = (uint64_t)status.st_size,
        .file = status.st_ino,
    };
    return true;
}

bool os_file_is_regular(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

bool os_has_path_form(const char *word)
{
    return strchr(word, '/');
}

size_t os_folder_len(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

bool os_is_absolute(const char *path)
{
    return path[0] == '/';
}

FILE *os_create_stream(const char *path)
{
    return fopen(path, "wb");
}

bool os_list_directory(const char *path, os_visit_fn *visit, void *user)
{
    DIR *directory = opendir(path);
    const struct dirent *entry;
    bool found = false;
    if (!directory)
        return false;
    while (!found && (entry = readdir(directory)))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            found = visit(user, entry->d_name);
    closedir(directory);
    return found;
}

bool os_explain_error(struct err *err, enum status status, const char *path)
{
    return err_set(err, status, "%s: %s", path, strerror(errno));
}

bool os_is_special(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

char *os_full_path(const char *path)
{
    char *resolved = realpath(path, NULL);
    return resolved ? resolved : mem_strdup(path);
}

FILE *os_create_new(const char *path, bool own, bool *taken)
{
    int fd =
        open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, own ? 0600 : 0666);
    *taken = fd < 0 && errno == EEXIST;
    FILE *stream = fd < 0 ? NULL : fdopen(fd, "w");
    if (fd >= 0 && !stream) {
        int error = errno;
        close(fd);
        unlink(path);
        errno = error;
    }
    return stream;
}

bool os_flush_stream(FILE *stream)
{
    errno = EIO; /* for an earlier error of the stream */
    return ferror(stream) == 0 && fflush(stream) == 0 &&
           fsync(fileno(stream)) == 0;
}

bool os_rename_over(const char *from, const char *to)
{
    return rename(from, to) == 0;
}

bool os_rename_new(const char *from, const char *to, bool *taken)
{
    struct stat status;
    if (link(from, to) == 0) {
        unlink(from);
        return true;
    }
    *taken = errno == EEXIST;
    if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS)
        return false;
    /* A file system without links. */
    *taken = lstat(to, &status) == 0;
    return !*taken && rename(from, to) == 0;
}

void os_remove_file(const char *path)
{
    unlink(path);
}

bool os_make_folder(const char *path)
{
    struct stat status;
    if (mkdir(path, 0700) == 0)
        return true;
    if (errno != EEXIST)
        return false;
    errno = ENOTDIR;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

char *os_home(void)
{
    const char *home = getenv("HOME");
    return home && home[0] != '\0' ? mem_strdup(home) : NULL;
}

struct os_lock {
    int fd; /* of the file's folder; -1: it has no locks */
};

/* Locks the folder, so that no file is left. */
struct os_lock *os_try_lock(const char *path, bool *busy)
{
    char *folder = mem_strdup(path);
    size_t len = os_folder_len(path);
    folder[len] = '\0';
    int fd = open(len > 0 ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0) {
        *busy = errno == EWOULDBLOCK || errno == EINTR;
        close(fd);
        fd = -1;
        if (*busy)
            return NULL;
    }
    struct os_lock *lock = mem_zalloc(1, sizeof *lock);
    lock->fd = fd;
    return lock;
}

void os_unlock_file(struct os_lock *lock)
{
    if (lock && lock->fd >= 0)
        close(lock->fd);
    free(lock);
}

/* A search for a file in its places. */
struct visit {
    const char *name;
    os_visit_fn *visit;
    void *user;
    struct buf path;
};

/* Visits DIRECTORY/between/NAME.  A relative directory is ignored, as the XDG
 * Base Directory Specification requires. */
static bool visit_in(struct visit *visit, const char *directory, size_t len,
                     const char *between)
{
    if (len == 0 || directory[0] != '/')
        return false;
    buf_clear(&visit->path);
    buf_add(&visit->path, directory, len);
    buf_printf(&visit->path, "%s/shmtop/%s", between, visit->name);
    return visit->visit(visit->user, visit->path.data);
}

static bool visit_home(struct visit *visit, const char *variable,
                       const char *below_home)
{
    const char *directory = getenv(variable);
    const char *home = getenv("HOME");
    if (directory && directory[0] == '/')
        return visit_in(visit, directory, strlen(directory), "");
    return home && visit_in(visit, home, strlen(home), below_home);
}

static bool visit_list(struct visit *visit, const char *variable,
                       const char *fallback)
{
    const char *list = getenv(variable);
    if (!list || list[0] == '\0')
        list = fallback;
    for (;;) {
        size_t len = strcspn(list, ":");
        if (visit_in(visit, list, len, ""))
            return true;
        if (list[len] == '\0')
            return false;
        list += len + 1;
    }
}

/* The data of PREFIX/bin/shmtop is in PREFIX/share. */
static bool visit_beside_program(struct visit *visit)
{
    char program[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", program, sizeof program - 1);
    if (len <= 0)
        return false;
    program[len] = '\0';
    char *slash = strrchr(program, '/');
    return slash &&
           visit_in(visit, program, (size_t)(slash - program), "/../share");
}

bool os_visit_places(enum os_place place, const char *name, os_visit_fn *visit,
                     void *user)
{
    struct visit search = {.name = name, .visit = visit, .user = user};
    bool found;
    if (place == OS_PLACE_CONFIG)
        found = visit_home(&search, "XDG_CONFIG_HOME", "/.config") ||
                visit_list(&search, "XDG_CONFIG_DIRS", "/etc/xdg");
    else if (place == OS_PLACE_STATE)
        found = visit_home(&search, "XDG_STATE_HOME", "/.local/state");
    else
        found = visit_home(&search, "XDG_DATA_HOME", "/.local/share") ||
                visit_list(&search, "XDG_DATA_DIRS",
                           "/usr/local/share:/usr/share") ||
                visit_beside_program(&search);
    buf_free(&search.path);
    return found;
}
