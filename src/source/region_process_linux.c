/* SPDX-License-Identifier: MIT */
/* Regions that are address ranges of another process.  A shared one is mapped
 * by /proc/PID/map_files, which needs privileges; others are read from
 * /proc/PID/mem, whose copies may tear, and which fills holes. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "source/region_linux.h"

int process_error(const struct region *region, int error)
{
    char text[512];
    if (region->own->place.dir < 0 || (error != EACCES && error != EPERM))
        return error;
    int fd = openat(region->own->place.dir, "stat", O_RDONLY | O_CLOEXEC);
    ssize_t len = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (fd >= 0)
        close(fd);
    if (len <= 0)
        return len < 0 ? errno : ESRCH;
    text[len] = '\0';
    /* The name before the state may contain parentheses. */
    const char *state = strrchr(text, ')');
    bool ended = state && strchr("ZXx", state[1 + (state[1] == ' ')]);
    return ended ? ESRCH : error;
}

/* A range in /proc/PID/maps. */
struct span {
    bool found;  /* all of it is mapped */
    bool exact;  /* as one mapping, from its first byte to its last */
    bool shared; /* MAP_SHARED: the file has the same bytes */
    uint64_t file_offset;
};

static void take_line(struct span *span, const char *line, uint64_t *covered,
                      uint64_t start, uint64_t end)
{
    uint64_t low, high, offset;
    char access[5];
    if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %4s %" SCNx64, &low, &high,
               access, &offset) != 4)
        return;
    if (low > *covered || high <= *covered)
        return;
    span->exact = low == start && high == end;
    span->shared = access[3] == 's';
    span->file_offset = offset;
    *covered = high;
}

static bool find_span(const struct region *region, struct span *span,
                      struct err *err)
{
    CHECK(region->target.number < region->target.end);
    const struct target *target = &region->target;
    int fd = openat(region->own->place.dir, "maps", O_RDONLY | O_CLOEXEC);
    FILE *maps = fd < 0 ? NULL : fdopen(fd, "r");
    if (!maps) {
        int error = process_error(region, errno);
        if (fd >= 0)
            close(fd);
        return region_explain(target, error, "look at", err);
    }
    char line[512]; /* the rest of a longer line does not match */
    uint64_t covered = target->number;
    *span = (struct span){0};
    while (covered < target->end && fgets(line, sizeof line, maps))
        take_line(span, line, &covered, target->number, target->end);
    bool failed = ferror(maps) != 0;
    int error = errno;
    fclose(maps);
    if (failed)
        return region_explain(target, error, "look at", err);
    span->found = covered >= target->end;
    return span->found || region_explain(target, ESRCH, "look at", err);
}

static enum region_state check_memory(struct region *region, uint64_t *size,
                                      struct err *err)
{
    *size = region->own->span;
    if (!region->own->vanished)
        return REGION_SAME;
    region_explain(&region->target, ESRCH, "read", err);
    return REGION_GONE;
}

static bool copy_memory(struct region *region, uint64_t offset, size_t len,
                        uint8_t *out)
{
    CHECK(region->own->fd >= 0);
    struct region_own *own = region->own;
    size_t done = 0;
    while (done < len && offset + done < own->span) {
        uint64_t left = own->span - offset - done;
        size_t want = left < len - done ? (size_t)left : len - done;
        ssize_t got = pread(own->fd, out + done, want,
                            (off_t)(region->target.number + offset + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            own->vanished = true;
            return false;
        }
        done += (size_t)got;
    }
    for (; done < len; done++)
        out[done] = 0;
    return true;
}

static const struct region_ops memory_ops = {check_memory, copy_memory};

static bool attach_memory(struct region *region, struct err *err)
{
    struct region_own *own = region->own;
    uint8_t byte;
    own->fd = openat(own->place.dir, "mem", O_RDONLY | O_CLOEXEC);
    if (own->fd < 0)
        return region_explain(&region->target, process_error(region, errno),
                              "read", err);
    ssize_t got = pread(own->fd, &byte, 1, (off_t)region->target.number);
    if (got != 1)
        return region_explain(&region->target, got == 0 ? ESRCH : errno, "read",
                              err);
    region->ops = &memory_ops;
    region->manner = "read";
    return true;
}

bool process_attach(struct region *region, struct err *err)
{
    struct region_own *own = region->own;
    struct span span;
    if (!find_span(region, &span, err))
        return false;
    own->span = region->target.end - region->target.number;
    if (span.exact && span.shared) {
        own->base = span.file_offset;
        if (file_open(region, err) && file_attach(region, err))
            return true;
        if (own->fd >= 0)
            close(own->fd);
        own->fd = -1;
    }
    if (region->writable)
        return err_set(err, STATUS_USAGE,
                       "'%s' is not a shared mapping that can be opened; "
                       "memory of a process is never written",
                       region->target.text);
    return attach_memory(region, err);
}
