/* SPDX-License-Identifier: MIT */
/* Parses, checks and places every change before the first byte is stored.
 * Parsing values is layout/value_parse.c. */
#include "writer/set.h"

#include <stdlib.h>

#include "base/mem.h"
#include "layout/path.h"
#include "layout/placement.h"
#include "layout/snapshot.h"
#include "layout/value_parse.h"
#include "source/region.h"

/* A change as bytes. */
struct store {
    const struct field *field;
    uint8_t *bytes; /* field->size of them, owned like the mask */
    uint8_t *mask;
    uint64_t at; /* in the mapping */
};

static bool find_field(const struct layout *layout, const char *path,
                       const struct field **out, struct err *err)
{
    size_t index = path_find(layout, path);
    if (index != SIZE_MAX) {
        *out = &layout->fields[index];
        return true;
    }
    const struct group *array = path_find_array(layout, path);
    if (array)
        return err_set(err, STATUS_DATA, "%s: no field '%s'; %s has %s[0..%u]",
                       layout->file, path, array->name, array->name,
                       array->count - 1);
    const char *nearest = path_nearest(layout, path);
    if (!nearest)
        return err_set(err, STATUS_DATA, "%s: unknown field '%s'", layout->file,
                       path);
    return err_set(err, STATUS_DATA,
                   "%s: unknown field '%s'; did you mean '%s'?", layout->file,
                   path, nearest);
}

static bool check_writable(const struct field *field, struct err *err)
{
    if (field->attr->writable != WRITABLE_NO)
        return true;
    if (field->kind == KIND_COMPUTED)
        return err_set(err, STATUS_DENIED,
                       "%s:%d: field '%s' is computed; set what it is computed "
                       "from",
                       field->attr->file, field->attr->line, field->path);
    return err_set(err, STATUS_DENIED,
                   "%s:%d: field '%s' is not writable; add `writable = yes` "
                   "to it",
                   field->attr->file, field->attr->line, field->path);
}

static bool check_range(const struct field *field, const struct value *value,
                        struct err *err)
{
    const struct attributes *attr = field->attr;
    double number = value_number(field, value);
    /* A NaN is out of range. */
    if (attr->writable != WRITABLE_RANGE ||
        (number >= attr->write_low && number <= attr->write_high))
        return true;
    return err_set(err, STATUS_DATA,
                   "field '%s' may be set from %.15g to %.15g only",
                   field->path, attr->write_low, attr->write_high);
}

static bool parse_change(struct store *store, const struct layout *layout,
                         const struct change *change, struct err *err)
{
    struct value value;
    if (!find_field(layout, change->path, &store->field, err) ||
        !check_writable(store->field, err))
        return false;
    const struct field *field = store->field;
    uint8_t *storage = mem_zalloc(field->size, 1);
    store->bytes = mem_zalloc(field->size, 1);
    store->mask = mem_zalloc(field->size, 1);
    bool ok = value_parse(field, change->text, storage, &value, err);
    if (!ok)
        err_prefix(err, "field '%s'", field->path);
    ok = ok && check_range(field, &value, err);
    if (ok && !value_encode(field, &value, store->bytes, store->mask))
        ok = err_set(err, STATUS_DATA, "field '%s': '%s' does not fit",
                     field->path, change->text);
    free(storage);
    return ok;
}

static bool open_mapping(struct region **out, const struct layout *layout,
                         size_t index, const char *target, struct err *err)
{
    struct target parsed;
    return target_resolve(&parsed, layout->mappings[index].name,
                          index == 0 ? target : NULL, layout->file, err) &&
           region_open_writable(out, &parsed, err);
}

/* --- where the fields are now ------------------------------------------- */

/* A mapping from which fields are read. */
struct open_mapping {
    const struct layout *layout;
    struct region *region;
};

static bool read_field(void *user, uint32_t index, uint64_t at,
                       struct value *out)
{
    const struct open_mapping *mapping = user;
    const struct field *field = &mapping->layout->fields[index];
    uint64_t words[3];
    uint64_t start = at / 8 * 8;
    uint64_t len = (at + field->size - start + 7) / 8 * 8;
    CHECK(len <= sizeof words);
    if (!region_copy(mapping->region, start, (size_t)len, (uint8_t *)words))
        return false;
    value_decode(field, (const uint8_t *)words + (at - start), out);
    return true;
}

/* The buffer that was written last. */
static uint32_t find_newest(struct open_mapping *mapping,
                            const struct snapshot *snapshot, uint64_t size)
{
    if (snapshot->method != SNAPSHOT_NEWEST)
        return 0;
    uint64_t *ticks = mem_zalloc(snapshot->buffers, sizeof *ticks);
    unsigned bits = 64;
    for (uint32_t i = 0; i < snapshot->buffers; i++) {
        uint32_t index = snapshot_field(snapshot, i);
        const struct field *field = &mapping->layout->fields[index];
        struct value tick;
        bits = field_bits(field);
        if (field->offset <= size && field->size <= size - field->offset &&
            read_field(mapping, index, field->offset, &tick))
            ticks[i] = tick.u;
    }
    uint32_t newest = snapshot_newest(ticks, snapshot->buffers, bits, false);
    free(ticks);
    return newest;
}

/* Finds a field that other fields place. */
static bool find_place(struct store *store, const struct layout *layout,
                       struct region *region, uint64_t size, struct err *err)
{
    const struct field *field = store->field;
    const struct snapshot *snapshot =
        &layout->mappings[field->mapping].snapshot;
    struct open_mapping mapping = {layout, region};
    struct placement placement;
    placement_make(&placement, layout, field->mapping, 1);
    placement_look(&placement, size, find_newest(&mapping, snapshot, size),
                   read_field, &mapping);
    bool ok = placement_find(&placement, field, 0, &store->at);
    if (!ok && placement.now[field->base].state == LOCATION_BAD &&
        placement.why.len > 0)
        err_set(err, STATUS_DATA, "field '%s' has no place: %s", field->path,
                placement.why.data);
    else if (!ok)
        err_set(err, STATUS_DATA,
                "field '%s' is not there now: its array has fewer elements",
                field->path);
    placement_free(&placement);
    return ok;
}

/* Finds the field within the mapping as it is now. */
static bool check_place(struct store *store, const struct layout *layout,
                        struct region *region, struct err *err)
{
    const struct field *field = store->field;
    uint64_t size;
    if (region_check(region, &size, err) != REGION_SAME)
        return err_set(err, STATUS_NO_MAPPING,
                       "the mapping has just been removed");
    store->at = field->offset;
    if (field->base != FIELD_NO_BASE &&
        !find_place(store, layout, region, size, err))
        return false;
    if (store->at <= size && field->size <= size - store->at)
        return true;
    return err_set(err, STATUS_DATA,
                   "field '%s' ends at byte %llu, the mapping has only %llu",
                   field->path, (unsigned long long)(store->at + field->size),
                   (unsigned long long)size);
}

/* --- all changes -------------------------------------------------------- */

static bool open_all(struct region **regions, const struct layout *layout,
                     const char *target, struct store *stores, size_t count,
                     struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        const struct field *field = stores[i].field;
        struct region **region = &regions[field->mapping];
        if (!*region &&
            !open_mapping(region, layout, field->mapping, target, err))
            return false;
        if (!check_place(&stores[i], layout, *region, err))
            return false;
    }
    return true;
}

static bool store_all(struct region **regions, const struct store *stores,
                      size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        const struct field *field = stores[i].field;
        const uint8_t *mask = field->width != 0 ? stores[i].mask : NULL;
        if (!region_store(regions[field->mapping], stores[i].at, field->size,
                          stores[i].bytes, mask))
            return err_set(err, STATUS_IO,
                           "field '%s': the mapping vanished while it was "
                           "written",
                           field->path);
    }
    return true;
}

bool writer_set(const struct layout *layout, const char *target,
                const struct change *changes, size_t count, struct err *err)
{
    CHECK(count >= 1);
    struct store *stores = mem_zalloc(count, sizeof(struct store));
    struct region **regions =
        mem_zalloc(layout->mapping_count, sizeof(struct region *));
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++)
        ok = parse_change(&stores[i], layout, &changes[i], err);
    ok = ok && open_all(regions, layout, target, stores, count, err) &&
         store_all(regions, stores, count, err);
    for (size_t i = 0; i < layout->mapping_count; i++)
        region_close(regions[i]);
    for (size_t i = 0; i < count; i++) {
        free(stores[i].bytes);
        free(stores[i].mask);
    }
    free(stores);
    free(regions);
    return ok;
}
