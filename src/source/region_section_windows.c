/* SPDX-License-Identifier: MIT */
/* Named mappings.  A reader keeps views and no handle, except during a look: a
 * handle would keep the name of a dead producer, and the restarted producer
 * would get the old bytes. */
/*
 * So the name is opened again about once a second.  If that fails, the mapping
 * is GONE.  If it succeeds, the name may belong to the same section or to one
 * that was created in between, and Windows has no documented way to tell them
 * apart: CompareObjectHandles needs two handles, and NtAreMappedFilesTheSame
 * handles only files (for two views of one section without a file Wine answers
 * STATUS_NOT_SAME_DEVICE).  But two views of one section show the same bytes.
 * Therefore the new view is compared with the old one where frames are read: if
 * a word of the old view does not change, and the new view has another value
 * there at each of many looks, they are two sections.  A restart within a
 * second is not noticed if all bytes that are watched are the same as before;
 * the values are right then, and only the generation is not counted.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/os.h"
#include "source/guard.h"
#include "source/region_windows.h"

#define COMPARE_LOOKS 64

/* SPACE_GIVEN: the name has its space already.  A plain name is looked for in
 * the others, in this order. */
enum space { SPACE_GIVEN, SPACE_LOCAL, SPACE_GLOBAL };

static const struct {
    const char *prefix;
    const char *manner;
} spaces[] = {
    [SPACE_GIVEN] = {"", ""},
    [SPACE_LOCAL] = {"Local\\", "Local\\"},
    [SPACE_GLOBAL] = {"Global\\", "Global\\"},
};

static bool has_space(const char *name)
{
    static const char *const words[] = {"Local\\", "Global\\", "Session\\"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (_strnicmp(name, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

static wchar_t *name_in(const struct target *target, int space)
{
    CHECK(space >= SPACE_GIVEN && space <= SPACE_GLOBAL);
    struct buf text = {0};
    buf_printf(&text, "%s%s", spaces[space].prefix, target->name);
    wchar_t *wide = windows_wide(text.data);
    buf_free(&text);
    return wide;
}

wchar_t *section_name(const struct target *target)
{
    return name_in(target, has_space(target->name) ? SPACE_GIVEN : SPACE_LOCAL);
}

static HANDLE open_in(const struct region *region, int space, DWORD *error)
{
    wchar_t *wide = name_in(&region->target, space);
    HANDLE section = OpenFileMappingW(
        FILE_MAP_READ | (region->writable ? FILE_MAP_WRITE : 0), FALSE, wide);
    *error = !section ? GetLastError() : 0;
    free(wide);
    return section;
}

/* NULL on failure, with the error of the first name that exists. */
static HANDLE open_name(const struct region *region, int *space, DWORD *error)
{
    if (has_space(region->target.name)) {
        *space = SPACE_GIVEN;
        return open_in(region, SPACE_GIVEN, error);
    }
    *space = SPACE_LOCAL;
    HANDLE section = open_in(region, SPACE_LOCAL, error);
    if (section || *error != ERROR_FILE_NOT_FOUND)
        return section;
    *space = SPACE_GLOBAL;
    return open_in(region, SPACE_GLOBAL, error);
}

bool section_refuse_name(const struct target *target, DWORD error,
                         struct err *err)
{
    if (error != ERROR_PATH_NOT_FOUND && error != ERROR_BAD_PATHNAME &&
        error != ERROR_INVALID_NAME)
        return false;
    err_set(err, STATUS_USAGE,
            "'%s' cannot be a name: it may have a \\ only after Local or "
            "Global; for a path write file:%s",
            target->text, target->name);
    return true;
}

static enum region_state explain(const struct region *region, DWORD error,
                                 struct err *err)
{
    const struct target *target = &region->target;
    char words[WINDOWS_WORDS_MAX];
    if (error == ERROR_INVALID_HANDLE) {
        err_set(err, STATUS_USAGE, "'%s' is not memory: %s", target->text,
                windows_words(error, words));
        return REGION_FAILED;
    }
    if (section_refuse_name(target, error, err))
        return REGION_FAILED;
    return region_explain(target, error, "open", err);
}

/* --- size ---------------------------------------------------------------- */

/* The length of a view, rounded to pages, and how much from its start on has
 * memory. */
static void measure_view(const uint8_t *view, uint64_t *total,
                         uint64_t *readable)
{
    MEMORY_BASIC_INFORMATION part;
    *total = *readable = 0;
    while (VirtualQuery(view + *total, &part, sizeof part) == sizeof part &&
           part.AllocationBase == (const void *)view) {
        if (part.State == MEM_COMMIT && *readable == *total)
            *readable += part.RegionSize;
        *total += part.RegionSize;
    }
}

static bool has_granule(HANDLE section, uint64_t number)
{
    uint8_t *view = view_map(section, number * VIEW_GRANULE, 1, false);
    if (view)
        UnmapViewOfFile(view);
    return view;
}

/* Finds the size of a section that does not fit into the address space by
 * mapping single granules. */
static bool measure_large(HANDLE section, uint64_t *total)
{
    uint64_t has = 0, step = 1, readable;
    if (!has_granule(section, 0))
        return false;
    while (step < UINT64_C(1) << 40 && has_granule(section, has + step))
        step *= 2;
    for (; step > 0; step /= 2)
        if (has_granule(section, has + step))
            has += step;
    uint64_t start = has * VIEW_GRANULE;
    uint8_t *view = view_map(section, start, 0, false);
    if (!view)
        return false;
    measure_view(view, total, &readable);
    *total += start;
    UnmapViewOfFile(view);
    return true;
}

/* `*view` is a view of all of it, or NULL if it is too large. */
static bool measure(const struct region *region, HANDLE section,
                    uint64_t *total, uint64_t *readable, uint8_t **view)
{
    *view = view_map(section, 0, 0, region->writable);
    if (!*view) {
        DWORD error = GetLastError();
        bool large = measure_large(section, total);
        *readable = *total;
        SetLastError(error);
        return large;
    }
    measure_view(*view, total, readable);
    if (*total > VIEW_WHOLE_MAX) {
        UnmapViewOfFile(*view);
        *view = NULL;
    }
    return true;
}

/* --- looking again ------------------------------------------------------- */

struct compare_job {
    const uint64_t *old, *new;
    size_t words;
    bool differ;
};

static uint64_t load(const uint64_t *from)
{
    return __atomic_load_n(from, __ATOMIC_RELAXED);
}

/* A producer that writes all the time changes both views. */
static bool word_differs(const uint64_t *old, const uint64_t *new)
{
    uint64_t still = load(old);
    for (int i = 0; i < COMPARE_LOOKS; i++)
        if (load(new) == still || load(old) != still)
            return false;
    return true;
}

static void compare_body(void *user)
{
    struct compare_job *job = user;
    for (size_t i = 0; i < job->words && !job->differ; i++)
        job->differ = word_differs(job->old + i, job->new + i);
}

static bool views_differ(const struct window *window, uint64_t offset,
                         size_t len)
{
    CHECK(window->next);
    size_t at = (size_t)(offset - window->view.start);
    struct compare_job job = {(const uint64_t *)(window->view.map + at),
                              (const uint64_t *)(window->next + at),
                              len / sizeof(uint64_t), false};
    /* One guard from the lower to the upper view. */
    bool up = window->next > window->view.map;
    const uint8_t *low = up ? window->view.map : window->next;
    const uint8_t *high = up ? window->next : window->view.map;
    bool whole = guard_run(compare_body, &job, low,
                           (size_t)(high - low) + window->view.len);
    return job.differ || !whole;
}

/* Replaces the views by those mapped at the last check, which were equal in all
 * frames since. */
static void take_next(struct region *region)
{
    for (size_t i = 0; i < region->own->window_count; i++) {
        struct window *window = &region->own->windows[i];
        if (!window->next)
            continue;
        UnmapViewOfFile(window->view.map);
        window->view.map = window->next;
        window->next = NULL;
    }
}

/* Maps for each window a view of the section that has the name now. */
static bool map_next(struct region *region, HANDLE section, uint8_t *whole)
{
    bool all = true;
    for (size_t i = 0; i < region->own->window_count; i++) {
        struct window *window = &region->own->windows[i];
        if (whole && window->view.start == 0 &&
            window->view.len == region->size)
            window->next = whole, whole = NULL;
        else
            window->next = view_map(section, window->view.start,
                                    window->view.len, region->writable);
        all = all && window->next;
    }
    if (whole)
        UnmapViewOfFile(whole);
    return all;
}

static enum region_state look_again(struct region *region, struct err *err)
{
    struct region_own *own = region->own;
    int space;
    DWORD error;
    uint64_t total, readable;
    uint8_t *whole;
    HANDLE section = open_name(region, &space, &error);
    if (!section)
        return explain(region, error, err);
    bool measured = measure(region, section, &total, &readable, &whole);
    bool same = measured && space == own->space && total == own->total;
    bool mapped = same && map_next(region, section, whole);
    error = GetLastError();
    CloseHandle(section);
    if (measured && !same) {
        if (whole)
            UnmapViewOfFile(whole);
        return REGION_OTHER;
    }
    if (!mapped)
        return region_explain(&region->target, error, "map", err);
    region->size = readable;
    own->look_ns = os_mono_ns();
    return REGION_SAME;
}

static enum region_state check_section(struct region *region, uint64_t *size,
                                       struct err *err)
{
    enum region_state state = REGION_SAME;
    if (region->own->other)
        return REGION_OTHER;
    take_next(region);
    if (!region->created && os_mono_ns() - region->own->look_ns >= NAME_LOOK_NS)
        state = look_again(region, err);
    *size = region->size;
    return state;
}

/* Opens the name in the first frame only, since ranges stay the same. */
struct window *section_cover(struct region *region, uint64_t offset,
                             uint64_t len)
{
    struct window *window = window_find(region, offset, len);
    int space;
    DWORD error;
    if (window)
        return window;
    HANDLE section = open_name(region, &space, &error);
    if (!section) {
        region->own->look_ns = INT64_MIN / 2;
        return NULL;
    }
    window = window_add(region, section, offset, len);
    CloseHandle(section);
    return window;
}

static bool copy_section(struct region *region, uint64_t offset, size_t len,
                         uint8_t *out)
{
    const struct window *window = section_cover(region, offset, len);
    if (!window)
        return false;
    if (!window->next)
        return view_copy(&window->view, offset, len, out);
    region->own->other = views_differ(window, offset, len);
    return !region->own->other &&
           view_copy(&(struct view){window->next, window->view.len,
                                    window->view.start},
                     offset, len, out);
}

static const struct region_ops section_ops = {check_section, copy_section};

bool section_keep(struct region *region, HANDLE section, uint64_t size)
{
    CHECK(section && size > 0);
    region->ops = &section_ops;
    region->own->section = section;
    region->size = region->own->total = size;
    return window_add(region, section, 0, size);
}

bool section_attach(struct region *region, struct err *err)
{
    struct region_own *own = region->own;
    DWORD error;
    uint64_t readable;
    uint8_t *view;
    HANDLE section = open_name(region, &own->space, &error);
    if (!section) {
        explain(region, error, err);
        return false;
    }
    bool measured = measure(region, section, &own->total, &readable, &view);
    error = GetLastError();
    CloseHandle(section);
    if (!measured) {
        region_explain(&region->target, error, "map", err);
        return false;
    }
    region->size = readable;
    if (view)
        window_take(region, view, 0, (size_t)readable);
    region->ops = &section_ops;
    region->manner = spaces[own->space].manner;
    own->look_ns = os_mono_ns();
    return true;
}
