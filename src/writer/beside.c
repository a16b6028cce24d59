/* SPDX-License-Identifier: MIT */
/* Reads what a producer has in its mapping, to place a store beside it.  The
 * producer's counters are only read: see DESIGN.md, "Setting beside a
 * producer". */
#include "writer/beside.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/os.h"
#include "layout/placement.h"
#include "layout/snapshot.h"

#define QUICK_LOOKS 64
#define PAUSE_NS INT64_C(50000)

bool beside_open(struct beside *beside, const struct layout *layout,
                 size_t mapping, const char *target, struct err *err)
{
    struct target parsed;
    CHECK(mapping < layout->mapping_count);
    *beside = (struct beside){.layout = layout, .mapping = mapping};
    return target_resolve(&parsed, layout->mappings[mapping].name,
                          mapping == 0 ? target : NULL, layout->file, err) &&
           region_open_writable(&beside->region, &parsed, err) &&
           beside_look(beside, err);
}

void beside_close(struct beside *beside)
{
    region_close(beside->region);
    beside->region = NULL;
}

bool beside_read(const struct beside *beside, uint64_t at, uint32_t size,
                 uint8_t *bytes)
{
    uint64_t start = at / 8 * 8;
    size_t len = (size_t)((at + size - start + 7) / 8 * 8);
    uint64_t *words = mem_zalloc(len / 8, sizeof *words);
    bool ok = region_copy(beside->region, start, len, (uint8_t *)words);
    if (ok)
        memcpy(bytes, (const uint8_t *)words + (at - start), size);
    free(words);
    return ok;
}

/* A field of up to 8 bytes, as placement.h reads it. */
static bool read_field(void *user, uint32_t index, uint64_t at,
                       struct value *out)
{
    const struct beside *beside = user;
    const struct field *field = &beside->layout->fields[index];
    uint8_t bytes[8];
    CHECK(field->size <= sizeof bytes);
    if (!beside_read(beside, at, field->size, bytes))
        return false;
    value_decode(field, bytes, out);
    return true;
}

/* A counter of [snapshot]; 0 if it is not within the mapping. */
static uint64_t read_counter(const struct beside *beside, uint32_t index,
                             uint64_t size)
{
    struct beside own = *beside;
    const struct field *field = &beside->layout->fields[index];
    struct value value;
    bool ok = field->offset <= size && field->size <= size - field->offset &&
              read_field(&own, index, field->offset, &value);
    return ok ? value.u : 0;
}

static bool check(const struct beside *beside, uint64_t *size, struct err *err)
{
    struct err why;
    return region_check(beside->region, size, &why) == REGION_SAME ||
           err_set(err, STATUS_NO_MAPPING, "the mapping has just been removed");
}

bool beside_look(struct beside *beside, struct err *err)
{
    const struct snapshot *snapshot =
        &beside->layout->mappings[beside->mapping].snapshot;
    uint64_t size;
    if (!check(beside, &size, err))
        return false;
    beside->newest = 0;
    if (snapshot->method != SNAPSHOT_NEWEST)
        return true;
    uint64_t *ticks = mem_zalloc(snapshot->buffers, sizeof *ticks);
    unsigned bits =
        field_bits(&beside->layout->fields[snapshot_field(snapshot, 0)]);
    for (uint32_t i = 0; i < snapshot->buffers; i++)
        ticks[i] = read_counter(beside, snapshot_field(snapshot, i), size);
    beside->newest = snapshot_newest(ticks, snapshot->buffers, bits, false);
    free(ticks);
    return true;
}

/* Finds a field that other fields place. */
static bool find_place(const struct beside *beside, const struct field *field,
                       uint64_t size, uint64_t *at, struct err *err)
{
    struct beside own = *beside;
    struct placement placement;
    placement_make(&placement, beside->layout, field->mapping, 1);
    placement_look(&placement, size, beside->newest, read_field, &own);
    bool ok = placement_find(&placement, field, 0, at);
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

bool beside_find(const struct beside *beside, const struct field *field,
                 uint64_t *at, struct err *err)
{
    uint64_t size;
    CHECK(field->mapping == beside->mapping);
    if (!check(beside, &size, err))
        return false;
    *at = field->offset;
    if (field->base != FIELD_NO_BASE &&
        !find_place(beside, field, size, at, err))
        return false;
    if (*at <= size && field->size <= size - *at)
        return true;
    return err_set(err, STATUS_DATA,
                   "field '%s' ends at byte %llu, the mapping has only %llu",
                   field->path, (unsigned long long)(*at + field->size),
                   (unsigned long long)size);
}

/* --- waiting ------------------------------------------------------------ */

/* The counters that tell whether a frame is being written. */
struct counters {
    uint64_t first, second;
    bool writing;
};

static struct counters read_counters(const struct beside *beside, uint64_t size)
{
    const struct snapshot *snapshot =
        &beside->layout->mappings[beside->mapping].snapshot;
    struct counters counters = {0};
    counters.first = read_counter(beside, snapshot_field(snapshot, 0), size);
    if (snapshot->method == SNAPSHOT_SEQLOCK) {
        counters.writing = counters.first % 2 == 1;
        return counters;
    }
    counters.second = read_counter(beside, snapshot_field(snapshot, 1), size);
    counters.writing = counters.first != counters.second;
    return counters;
}

static bool fail_unfinished(const struct beside *beside, struct err *err)
{
    const struct field *fields = beside->layout->fields;
    const struct snapshot *snapshot =
        &beside->layout->mappings[beside->mapping].snapshot;
    static const char then[] = "try again, or did the producer die?";
    if (snapshot->method == SNAPSHOT_SEQLOCK)
        return err_set(err, STATUS_TIMEOUT,
                       "a write was begun and has not ended: %s is odd; %s",
                       fields[snapshot->seq].path, then);
    return err_set(err, STATUS_TIMEOUT,
                   "a write was begun and has not ended: %s and %s differ; %s",
                   fields[snapshot->begin].path, fields[snapshot->end].path,
                   then);
}

bool beside_wait(const struct beside *beside, struct err *err)
{
    const struct snapshot *snapshot =
        &beside->layout->mappings[beside->mapping].snapshot;
    uint64_t size;
    if (snapshot->method != SNAPSHOT_SEQLOCK &&
        snapshot->method != SNAPSHOT_PAIR)
        return true;
    if (!check(beside, &size, err))
        return false;
    int64_t end_ns = os_mono_ns() + BESIDE_PATIENCE_NS;
    struct counters first = read_counters(beside, size);
    struct counters now = first;
    for (unsigned looks = 1; now.writing; looks++) {
        if (os_mono_ns() >= end_ns)
            break;
        if (looks >= QUICK_LOOKS)
            os_rest(PAUSE_NS);
        now = read_counters(beside, size);
    }
    if (!now.writing || now.first != first.first || now.second != first.second)
        return true;
    return fail_unfinished(beside, err);
}
