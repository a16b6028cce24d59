/* SPDX-License-Identifier: MIT */
/*
 * Regions on Windows: opening for reading, closing, and what all kinds share.
 * Invariant: nothing here or below it opens or maps for writing unless the
 * region is writable.  Named mappings are in region_section_windows.c, files
 * in region_file_windows.c, writing is in region_write_windows.c.
 */
#include "source/region_windows.h"

#include <stdlib.h>

#include "base/mem.h"
#include "source/atomic_copy.h"
#include "source/guard.h"

static bool explain_absent(const struct target *target, struct err *err)
{
    if (target->kind == TARGET_MAP)
        return err_set(err, STATUS_NO_MAPPING,
                       "no named mapping '%s': is its producer running, in "
                       "this logon session, with that name?",
                       target->text);
    return err_set(err, STATUS_NO_MAPPING,
                   "no file '%s': is its producer running?", target->name);
}

enum region_state region_explain(const struct target *target, DWORD error,
                                 const char *doing, struct err *err)
{
    char words[WINDOWS_WORDS_MAX];
    switch (windows_status(error)) {
    case STATUS_NO_MAPPING:
        explain_absent(target, err);
        return REGION_GONE;
    case STATUS_DENIED:
        err_set(err, STATUS_DENIED,
                "cannot %s '%s': %s; try as its owner or as administrator",
                doing, target->text, windows_words(error, words));
        return REGION_DENIED;
    default:
        err_set(err, STATUS_IO, "cannot %s '%s': %s", doing, target->text,
                windows_words(error, words));
        return REGION_FAILED;
    }
}

uint8_t *view_map(HANDLE section, uint64_t start, size_t len, bool writable)
{
    return MapViewOfFile(section,
                         FILE_MAP_READ | (writable ? FILE_MAP_WRITE : 0),
                         (DWORD)(start >> 32), (DWORD)start, len);
}

struct window *window_find(const struct region *region, uint64_t offset,
                           uint64_t len)
{
    for (size_t i = 0; i < region->window_count; i++) {
        struct window *window = &region->windows[i];
        if (offset >= window->start && offset - window->start <= window->len &&
            len <= window->len - (offset - window->start))
            return window;
    }
    return NULL;
}

struct window *window_take(struct region *region, uint8_t *view, uint64_t start,
                           size_t len)
{
    struct window *window = MEM_ADD(region->windows, region->window_count);
    *window = (struct window){.start = start, .len = len, .view = view};
    return window;
}

struct window *window_add(struct region *region, HANDLE section,
                          uint64_t offset, uint64_t len)
{
    uint64_t start = 0, end = region->size;
    if (offset > end || len > end - offset)
        return NULL;
    if (region->size > VIEW_WHOLE_MAX) {
        start = offset - offset % VIEW_GRANULE;
        end = offset + len;
    }
    if (end - start > SIZE_MAX / 2)
        return NULL;
    uint8_t *view =
        view_map(section, start, (size_t)(end - start), region->writable);
    if (!view)
        return NULL;
    /* What lies behind the end in its page can be read, too. */
    size_t span = ((size_t)(end - start) + 7) / 8 * 8;
    return window_take(region, view, start, span);
}

void windows_close(struct region *region)
{
    for (size_t i = 0; i < region->window_count; i++) {
        UnmapViewOfFile(region->windows[i].view);
        if (region->windows[i].next)
            UnmapViewOfFile(region->windows[i].next);
    }
    free(region->windows);
    region->windows = NULL;
    region->window_count = 0;
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

bool window_copy(const struct window *window, const uint8_t *view,
                 uint64_t offset, size_t len, uint8_t *out)
{
    struct copy_job job = {out, view + (offset - window->start), len};
    return guard_run(copy_body, &job, view, window->len);
}

struct region *region_new(const struct target *target)
{
    struct region *region = mem_zalloc(1, sizeof *region);
    region->target = *target;
    region->manner = "";
    region->file = INVALID_HANDLE_VALUE;
    guard_install();
    return region;
}

static bool attach(struct region *region, struct err *err)
{
    switch (region->target.kind) {
    case TARGET_MAP:
        return section_attach(region, err);
    case TARGET_FILE:
        return file_attach(region, err);
    default:
        return err_set(err, STATUS_USAGE, "'%s' is not a mapping of Windows",
                       region->target.text);
    }
}

static bool open_region(struct region **out, const struct target *target,
                        bool writable, struct err *err)
{
    struct region *region = region_new(target);
    region->writable = writable;
    if (!attach(region, err)) {
        region_close(region);
        return false;
    }
    *out = region;
    return true;
}

bool region_open(struct region **out, const struct target *target,
                 struct err *err)
{
    return open_region(out, target, false, err);
}

bool region_open_writable(struct region **out, const struct target *target,
                          struct err *err)
{
    return open_region(out, target, true, err);
}

void region_close(struct region *region)
{
    if (!region)
        return;
    windows_close(region);
    if (region->section)
        CloseHandle(region->section);
    if (region->file != INVALID_HANDLE_VALUE)
        CloseHandle(region->file);
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
    return region->manner;
}
