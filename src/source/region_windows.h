/* SPDX-License-Identifier: MIT */
/*
 * What the region_*_windows.c files share: the parts of a region and its
 * kinds.  Nobody else includes this.
 */
#ifndef SHMTOP_SOURCE_REGION_WINDOWS_H
#define SHMTOP_SOURCE_REGION_WINDOWS_H

#include <stdbool.h>

#include "base/system_windows.h"
#include "source/region.h"

/* Where views begin; all of Windows' systems agree. */
#define VIEW_GRANULE 65536u
/* What is mapped as a whole: little beside the address space. */
#define VIEW_WHOLE_MAX (SIZE_MAX / 16)
/* How often it is looked whether a name still stands for the same. */
#define NAME_LOOK_NS INT64_C(1000000000)

/* How a kind of region is looked at; a row of functions per kind. */
struct region_ops {
    enum region_state (*check)(struct region *region, uint64_t *size,
                               struct err *err);
    bool (*copy)(struct region *region, uint64_t offset, size_t len,
                 uint8_t *out);
};

/* A part of a region that is mapped. */
struct window {
    uint64_t start; /* a multiple of VIEW_GRANULE */
    size_t len;
    uint8_t *view;
    uint8_t *next; /* of what has the name now, until it is known to be the
                      same; NULL: nothing to compare */
};

struct region {
    const struct region_ops *ops;
    const char *manner;
    struct target target;
    bool writable;
    bool created;    /* by region_create, so region_remove may remove it */
    uint64_t size;   /* as of the last look */
    int64_t look_ns; /* when the name was last found to be right */
    struct window *windows;
    size_t window_count;

    /* Named mappings. */
    int space;      /* where the name was found; see region_section_windows.c */
    uint64_t total; /* bytes, with those that have no memory yet */
    bool other;     /* the views differ: another mapping has the name */
    HANDLE section; /* kept by who created it, since the name lives as long;
                       else NULL */

    /* Files. */
    HANDLE file; /* INVALID_HANDLE_VALUE: none */
    DWORD volume;
    uint64_t index;
};

/* --- region_windows.c --------------------------------------------------- */

/* A region that is not attached to anything yet. */
struct region *region_new(const struct target *target);
/* Fills `err` for a failed look at the target, `doing` something ("open"), and
 * returns what region_check says then. */
enum region_state region_explain(const struct target *target, DWORD error,
                                 const char *doing, struct err *err);
/* Maps bytes of a section; NULL on failure, see GetLastError. */
uint8_t *view_map(HANDLE section, uint64_t start, size_t len, bool writable);
/* The window that holds a range; NULL if there is none. */
struct window *window_find(const struct region *region, uint64_t offset,
                           uint64_t len);
/* Adds a window for a range, of the whole region where that is small enough. */
struct window *window_add(struct region *region, HANDLE section,
                          uint64_t offset, uint64_t len);
/* Adds a window for a view that exists, and owns it from now on. */
struct window *window_take(struct region *region, uint8_t *view, uint64_t start,
                           size_t len);
void windows_close(struct region *region);
/* Copies from a view of `window` under the guard. */
bool window_copy(const struct window *window, const uint8_t *view,
                 uint64_t offset, size_t len, uint8_t *out);

/* --- region_section_windows.c ------------------------------------------- */

/* The name as the system wants it; the caller frees. */
wchar_t *section_name(const struct target *target);
/* Whether an error means that there can be no such name; then says so. */
bool section_refuse_name(const struct target *target, DWORD error,
                         struct err *err);
bool section_attach(struct region *region, struct err *err);
/* Takes a section that was created just now. */
bool section_keep(struct region *region, HANDLE section, uint64_t size);
/* A window for a store. */
struct window *section_cover(struct region *region, uint64_t offset,
                             uint64_t len);

/* --- region_file_windows.c ---------------------------------------------- */

bool file_attach(struct region *region, struct err *err);
/* Takes region->file, which was created just now. */
bool file_keep(struct region *region);
/* Whether a handle is of the region's very file. */
bool file_is(const struct region *region, HANDLE file);
struct window *file_cover(struct region *region, uint64_t offset, uint64_t len);

#endif
