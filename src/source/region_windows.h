/* SPDX-License-Identifier: MIT */
/* What the region_*_windows.c files share: what belongs to a region on Windows,
 * and its kinds; for them only. */
#ifndef SHMTOP_SOURCE_REGION_WINDOWS_H
#define SHMTOP_SOURCE_REGION_WINDOWS_H

#include "base/system_windows.h"
#include "source/source_private.h"

/* Views start at multiples of this on all Windows systems. */
#define VIEW_GRANULE 65536u
/* Regions up to this size are mapped as a whole. */
#define VIEW_WHOLE_MAX (SIZE_MAX / 16)
/* How often a name is checked. */
#define NAME_LOOK_NS INT64_C(1000000000)

/* A view, and the view of what has the name now, until it is known to be the
 * same; `next` is NULL if there is nothing to compare. */
struct window {
    struct view view;
    uint8_t *next;
};

struct region_own {
    int64_t look_ns; /* when the name was last checked */
    struct window *windows;
    size_t window_count;

    /* Named mappings. */
    int space;      /* where the name was found; see region_section_windows.c */
    uint64_t total; /* bytes, also those that have no memory yet */
    bool other;     /* the views differ: another mapping has the name */
    HANDLE section; /* of a creator, because it keeps the name; else NULL */

    /* Files. */
    HANDLE file; /* INVALID_HANDLE_VALUE: none */
    DWORD volume;
    uint64_t index;
};

/* --- region_windows.c --------------------------------------------------- */

/* Fills `err` for a call that failed while `doing` something ("open") with the
 * target, and returns the state for region_check. */
enum region_state region_explain(const struct target *target, DWORD error,
                                 const char *doing, struct err *err);
/* Maps bytes of a section; NULL on failure, with GetLastError. */
uint8_t *view_map(HANDLE section, uint64_t start, size_t len, bool writable);
/* The window that contains a range, or NULL. */
struct window *window_find(const struct region *region, uint64_t offset,
                           uint64_t len);
/* Adds a window for a range, of the whole region if that is small enough. */
struct window *window_add(struct region *region, HANDLE section,
                          uint64_t offset, uint64_t len);
/* Adds a window for a view and takes ownership of it. */
struct window *window_take(struct region *region, uint8_t *view, uint64_t start,
                           size_t len);
void windows_close(struct region_own *own);

/* --- region_section_windows.c ------------------------------------------- */

/* The name as the system wants it; the caller frees. */
wchar_t *section_name(const struct target *target);
/* Whether an error means that no mapping can have such a name; if so, fills
 * `err`. */
bool section_refuse_name(const struct target *target, DWORD error,
                         struct err *err);
bool section_attach(struct region *region, struct err *err);
/* Takes ownership of a section that was just created. */
bool section_keep(struct region *region, HANDLE section, uint64_t size);
/* A window for a store. */
struct window *section_cover(struct region *region, uint64_t offset,
                             uint64_t len);

/* --- region_file_windows.c ---------------------------------------------- */

bool file_attach(struct region *region, struct err *err);
/* Completes a region whose file was just created. */
bool file_keep(struct region *region);
/* Whether a handle is one of the region's file. */
bool file_is(const struct region *region, HANDLE file);
struct window *file_cover(struct region *region, uint64_t offset, uint64_t len);

#endif
