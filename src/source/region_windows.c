/* SPDX-License-Identifier: MIT */
/* Regions on Windows: attaching by kind, windows, closing and errors.  Nothing
 * here or in the kinds (region_{section,file}_windows.c) opens for writing
 * unless the region is writable. */
#include "source/region_windows.h"

#include <stdlib.h>

#include "base/mem.h"

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
    CHECK(section && start % VIEW_GRANULE == 0);
    return MapViewOfFile(section,
                         FILE_MAP_READ | (writable ? FILE_MAP_WRITE : 0),
                         (DWORD)(start >> 32), (DWORD)start, len);
}

struct window *window_find(const struct region *region, uint64_t offset,
                           uint64_t len)
{
    for (size_t i = 0; i < region->own->window_count; i++) {
        struct window *window = &region->own->windows[i];
        const struct view *view = &window->view;
        if (offset >= view->start && offset - view->start <= view->len &&
            len <= view->len - (offset - view->start))
            return window;
    }
    return NULL;
}

struct window *window_take(struct region *region, uint8_t *view, uint64_t start,
                           size_t len)
{
    CHECK(view && len % 8 == 0);
    struct window *window =
        MEM_ADD(region->own->windows, region->own->window_count);
    *window = (struct window){.view = {view, len, start}};
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
    /* The rest of the last page is readable, so the size may be rounded up. */
    size_t span = ((size_t)(end - start) + 7) / 8 * 8;
    return window_take(region, view, start, span);
}

void windows_close(struct region_own *own)
{
    for (size_t i = 0; i < own->window_count; i++) {
        UnmapViewOfFile(own->windows[i].view.map);
        if (own->windows[i].next)
            UnmapViewOfFile(own->windows[i].next);
    }
    free(own->windows);
    own->windows = NULL;
    own->window_count = 0;
}

struct region_own *region_own_new(void)
{
    struct region_own *own = mem_zalloc(1, sizeof *own);
    own->file = INVALID_HANDLE_VALUE;
    return own;
}

void region_own_free(struct region_own *own)
{
    windows_close(own);
    if (own->section)
        CloseHandle(own->section);
    if (own->file != INVALID_HANDLE_VALUE)
        CloseHandle(own->file);
    free(own);
}

bool region_attach(struct region *region, struct err *err)
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
