/* SPDX-License-Identifier: MIT */
/* Opens, creates, reads and stores mappings: the code that is the same on both
 * systems. The rest is region_linux.c and region_windows.c. */
#include <stdlib.h>

#include "base/mem.h"
#include "source/atomic_copy.h"
#include "source/guard.h"
#include "source/source_private.h"

static struct region *region_new(const struct target *target, bool writable)
{
    struct region *region = mem_zalloc(1, sizeof *region);
    region->target = *target;
    region->writable = writable;
    region->manner = "";
    region->own = region_own_new();
    guard_install();
    return region;
}

static bool open_region(struct region **out, const struct target *target,
                        bool writable, struct err *err)
{
    struct region *region = region_new(target, writable);
    if (!region_attach(region, err)) {
        region_close(region);
        return false;
    }
    CHECK(region->ops);
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

bool region_create(struct region **out, const struct target *target,
                   uint64_t size, bool replace, struct err *err)
{
    if (size == 0)
        return err_set(err, STATUS_USAGE, "cannot create '%s' with 0 bytes",
                       target->text);
    if (size > SIZE_MAX / 2 || size > INT64_MAX)
        return err_set(err, STATUS_CANNOT_CREATE,
                       "cannot create '%s': %llu bytes are too many",
                       target->text, (unsigned long long)size);
    struct region *region = region_new(target, true);
    if (!region_make(region, size, replace, err)) {
        region_remove(region);
        region_close(region);
        return false;
    }
    CHECK(region->ops && region->created);
    *out = region;
    return true;
}

void region_close(struct region *region)
{
    if (!region)
        return;
    region_own_free(region->own);
    free(region);
}

void region_remove(struct region *region)
{
    if (region->created)
        region_unlink(region);
    region->created = false;
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

const char *region_manner(const struct region *region)
{
    return region->manner;
}

/* Bytes that are moved under the guard: a fault ends only the move. */
struct move {
    uint8_t *to;
    const uint8_t *from;
    const uint8_t *mask;
    size_t len;
};

static void load_body(void *user)
{
    const struct move *move = user;
    atomic_copy(move->to, move->from, move->len);
}

static void store_body(void *user)
{
    const struct move *move = user;
    atomic_store_bits(move->to, move->from, move->mask, move->len);
}

/* The first of `len` bytes from `offset`, which are within the view. */
static uint8_t *view_at(const struct view *view, uint64_t offset, size_t len)
{
    CHECK(view->map && offset >= view->start &&
          offset - view->start <= view->len &&
          len <= view->len - (size_t)(offset - view->start));
    return view->map + (size_t)(offset - view->start);
}

bool view_copy(const struct view *view, uint64_t offset, size_t len,
               uint8_t *out)
{
    struct move move = {
        .to = out, .from = view_at(view, offset, len), .len = len};
    return guard_run(load_body, &move, view->map, view->len);
}

bool region_copy(struct region *region, uint64_t offset, size_t len,
                 uint8_t *out)
{
    CHECK(offset % 8 == 0 && len % 8 == 0);
    return region->ops->copy(region, offset, len, out);
}

bool region_store(struct region *region, uint64_t offset, uint32_t size,
                  const uint8_t *bytes, const uint8_t *mask)
{
    struct view view;
    CHECK(region->writable);
    if (offset > region->size || size > region->size - offset ||
        !region_view(region, offset, size, &view))
        return false;
    struct move move = {view_at(&view, offset, size), bytes, mask, size};
    return guard_run(store_body, &move, view.map, view.len);
}

void region_publish(struct region *region)
{
    CHECK(region->writable);
    fence_release();
}
