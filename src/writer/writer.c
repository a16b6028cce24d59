/* SPDX-License-Identifier: MIT */
/* Creates mappings and stores their fields; only what it created is ever
 * removed.  When to tick is the caller's, the order of stores publish.c. */
#include "writer/writer.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/os.h"
#include "layout/placement.h"
#include "layout/snapshot.h"
#include "source/region.h"
#include "writer/pattern_value.h"

/* One mapping. */
struct written {
    struct target target;
    struct region *region; /* NULL until created */
    struct publish publish;
    struct placement placement;
};

/* Which fields are stored. */
enum stage {
    STAGE_OPEN,  /* all constants */
    STAGE_MOVED, /* the constants that have moved */
    STAGE_TICK,  /* those that are not constant */
};

struct writer {
    const struct layout *layout;
    struct written *written; /* one for each mapping */
    uint8_t *storage; /* room for the largest field: text of a pattern, */
    uint8_t *bytes;   /* its bytes, and their mask */
    uint8_t *mask;
    size_t moving; /* fields whose patterns are not constant */
    size_t shown;  /* field of the status line, or SIZE_MAX */
    uint8_t *shown_bytes;
    struct value shown_value;
};

static void make_room(struct writer *writer)
{
    const struct layout *layout = writer->layout;
    size_t most = 8;
    writer->shown = SIZE_MAX;
    for (size_t i = 0; i < layout->field_count; i++) {
        const struct field *field = &layout->fields[i];
        if (field->size > most)
            most = field->size;
        if (field->attr->write.kind == PATTERN_NONE)
            continue;
        writer->moving += !pattern_is_constant(field);
        if (writer->shown == SIZE_MAX)
            writer->shown = i;
    }
    writer->storage = mem_zalloc(most, 1);
    writer->bytes = mem_zalloc(most, 1);
    writer->mask = mem_zalloc(most, 1);
    writer->shown_bytes = mem_zalloc(most, 1);
}

static bool fail_field(const struct writer *writer, const struct field *field,
                       struct err *err)
{
    return err_set(err, STATUS_NO_MAPPING,
                   "%s: field '%s' cannot be written any more: the mapping "
                   "has become smaller",
                   writer->written[field->mapping].target.text, field->path);
}

static void show(struct writer *writer, const struct field *field,
                 const struct value *value)
{
    writer->shown_value = *value;
    if (value->type != VALUE_BYTES)
        return;
    memcpy(writer->shown_bytes, value->bytes, field->size);
    writer->shown_value.bytes = writer->shown_bytes;
}

/* Stores into the buffer that is being written; constants into all. */
static bool store_bytes(struct writer *writer, const struct field *field,
                        enum stage stage, struct err *err)
{
    struct written *written = &writer->written[field->mapping];
    const struct placement *placement = &written->placement;
    const uint8_t *mask = field->width != 0 ? writer->mask : NULL;
    bool all = stage != STAGE_TICK && field->base != FIELD_NO_BASE;
    uint32_t first = all ? 0 : publish_buffer(&written->publish);
    uint32_t last = all ? placement->buffers - 1 : first;
    for (uint32_t buffer = first; buffer <= last; buffer++) {
        uint64_t at;
        if ((stage == STAGE_MOVED &&
             placement_stayed(placement, field, buffer)) ||
            !placement_find(placement, field, buffer, &at))
            continue;
        if (!region_store(written->region, at, field->size, writer->bytes,
                          mask))
            return fail_field(writer, field, err);
    }
    return true;
}

static bool store_field(struct writer *writer, size_t index, enum stage stage,
                        const struct instant *now, struct err *err)
{
    CHECK(index < writer->layout->field_count);
    const struct field *field = &writer->layout->fields[index];
    struct value value;
    pattern_value(writer->layout, index, now, writer->storage, &value);
    if (value.type == VALUE_NONE ||
        !value_encode(field, &value, writer->bytes, writer->mask))
        return true;
    if (index == writer->shown)
        show(writer, field, &value);
    return store_bytes(writer, field, stage, err);
}

/* Stores the fields of a stage: those from number `from` to before `to`. */
static bool store_fields(struct writer *writer, enum stage stage, size_t from,
                         size_t to, const struct instant *now, struct err *err)
{
    const struct layout *layout = writer->layout;
    size_t number = 0;
    for (size_t i = 0; i < layout->field_count; i++) {
        const struct field *field = &layout->fields[i];
        if (field->attr->write.kind == PATTERN_NONE ||
            pattern_is_constant(field) != (stage != STAGE_TICK))
            continue;
        if (number >= from && number < to &&
            !store_field(writer, i, stage, now, err))
            return false;
        number++;
    }
    return true;
}

/* A pattern would break the snapshot method. */
static bool check_patterns(const struct layout *layout, struct err *err)
{
    for (size_t i = 0; i < layout->field_count; i++) {
        const struct field *field = &layout->fields[i];
        const struct mapping *mapping = &layout->mappings[field->mapping];
        if (field->attr->write.kind == PATTERN_NONE ||
            !snapshot_uses(&mapping->snapshot, (uint32_t)i))
            continue;
        return err_set(err, STATUS_DATA,
                       "%s:%d: field '%s' is written by the method of "
                       "[snapshot]; remove its `write`",
                       field->attr->file, field->attr->line, field->path);
    }
    return true;
}

/* Two mappings of the layout must not be the same one. */
static bool check_twice(const struct writer *writer, size_t index,
                        struct err *err)
{
    const struct target *target = &writer->written[index].target;
    for (size_t i = 0; i < index; i++) {
        const struct target *other = &writer->written[i].target;
        if (target->kind == other->kind && target->number == other->number &&
            strcmp(target->name, other->name) == 0)
            return err_set(err, STATUS_DATA,
                           "%s:%d: mapping '%s' is '%s', as is '%s'; give each "
                           "a name of its own",
                           writer->layout->file,
                           writer->layout->mappings[index].line,
                           layout_mapping_id(writer->layout, index),
                           target->text, layout_mapping_id(writer->layout, i));
    }
    return true;
}

static bool create_all(struct writer *writer, const char *target, bool replace,
                       struct err *err)
{
    const struct layout *layout = writer->layout;
    /* All names first: a bad one must leave no mapping. */
    for (size_t i = 0; i < layout->mapping_count; i++)
        if (!target_resolve(&writer->written[i].target,
                            layout->mappings[i].name, i == 0 ? target : NULL,
                            layout->file, err) ||
            !check_twice(writer, i, err))
            return false;
    for (size_t i = 0; i < layout->mapping_count; i++) {
        struct written *written = &writer->written[i];
        if (!region_create(&written->region, &written->target,
                           layout_mapping_need(layout, i), replace, err))
            return false;
        publish_make(&written->publish, layout, i, written->region, false);
        placement_make(&written->placement, layout, i,
                       snapshot_buffers(written->publish.snapshot));
    }
    return true;
}

/* The instant for which the fields are read that place others. */
struct placing_instant {
    const struct layout *layout;
    const struct instant *now;
};

/* A field without a pattern is 0, as in a new mapping. */
static bool read_pattern(void *user, uint32_t index, uint64_t at,
                         struct value *out)
{
    const struct placing_instant *placing = user;
    const struct field *field = &placing->layout->fields[index];
    uint8_t storage[8];
    CHECK(field->size <= sizeof storage);
    (void)at;
    *out = (struct value){.type = VALUE_UINT};
    if (field->attr->write.kind != PATTERN_NONE)
        pattern_value(placing->layout, index, placing->now, storage, out);
    return true;
}

/* Finds the places of all fields at `now`. */
static bool move(struct writer *writer, const struct instant *now, bool *moved,
                 struct err *err)
{
    const struct layout *layout = writer->layout;
    struct placing_instant placing = {layout, now};
    *moved = false;
    for (size_t i = 0; i < layout->mapping_count; i++) {
        struct placement *placement = &writer->written[i].placement;
        const struct mapping *mapping = &layout->mappings[i];
        *moved |= placement_look(placement, layout_mapping_need(layout, i), 0,
                                 read_pattern, &placing);
        if (placement->bad > 0)
            return err_set(err, STATUS_DATA, "%s:%d: %s%s", layout->file,
                           mapping->line, placement->why.data,
                           mapping->size == 0 ? "; give the mapping a size"
                                              : "");
    }
    return true;
}

/* Readers look at `pid` for whether the producer lives: it is this process. */
static bool store_pids(struct writer *writer, struct err *err)
{
    const struct layout *layout = writer->layout;
    const struct value pid = {.type = VALUE_UINT, .u = os_process_id()};
    for (size_t i = 0; i < layout->mapping_count; i++) {
        uint32_t index = layout->mappings[i].pid;
        if (index == FIELD_NONE)
            continue;
        const struct field *field = &layout->fields[index];
        if (field->attr->write.kind != PATTERN_NONE)
            continue;
        if (value_encode(field, &pid, writer->bytes, writer->mask) &&
            !store_bytes(writer, field, STAGE_OPEN, err))
            return false;
    }
    return true;
}

bool writer_open(struct writer **out, const struct layout *layout,
                 const char *target, bool replace, struct err *err)
{
    struct writer *writer = mem_zalloc(1, sizeof *writer);
    static const struct instant start = {0};
    bool moved;
    writer->layout = layout;
    writer->written = mem_zalloc(layout->mapping_count, sizeof(struct written));
    make_room(writer);
    if (!check_patterns(layout, err) ||
        !create_all(writer, target, replace, err) ||
        !move(writer, &start, &moved, err) ||
        !store_fields(writer, STAGE_OPEN, 0, SIZE_MAX, &start, err) ||
        !store_pids(writer, err)) {
        writer_close(writer);
        return false;
    }
    *out = writer;
    return true;
}

static void close_regions(struct writer *writer, bool remove)
{
    for (size_t i = 0; i < writer->layout->mapping_count; i++) {
        struct region *region = writer->written[i].region;
        if (region && remove)
            region_remove(region);
        region_close(region);
    }
}

static void free_writer(struct writer *writer)
{
    for (size_t i = 0; i < writer->layout->mapping_count; i++)
        placement_free(&writer->written[i].placement);
    free(writer->written);
    free(writer->storage);
    free(writer->bytes);
    free(writer->mask);
    free(writer->shown_bytes);
    free(writer);
}

void writer_close(struct writer *writer)
{
    if (!writer)
        return;
    close_regions(writer, true);
    free_writer(writer);
}

void writer_abandon(struct writer *writer)
{
    close_regions(writer, false);
    free_writer(writer);
}

void writer_tear(struct writer *writer, enum tear tear)
{
    for (size_t i = 0; i < writer->layout->mapping_count; i++)
        writer->written[i].publish.bare = tear == TEAR_BREAK;
}

static bool check_region(const struct written *written, struct err *err)
{
    uint64_t size;
    const char *text = written->target.text;
    struct err why = {0};
    switch (region_check(written->region, &size, &why)) {
    case REGION_SAME:
        return true;
    case REGION_GONE:
        return err_set(err, STATUS_NO_MAPPING,
                       "%s: was removed by another process", text);
    case REGION_OTHER:
        return err_set(err, STATUS_NO_MAPPING,
                       "%s: was replaced by another process; nothing more is "
                       "written",
                       text);
    default:
        return err_set(err, STATUS_NO_MAPPING, "%s: %s", text, why.text);
    }
}

static bool fail_mapping(const struct written *written, struct err *err)
{
    return err_set(err, STATUS_NO_MAPPING,
                   "%s: cannot be written any more: the mapping has become "
                   "smaller",
                   written->target.text);
}

bool writer_begin(struct writer *writer, const struct instant *now,
                  struct err *err)
{
    size_t mappings = writer->layout->mapping_count;
    for (size_t i = 0; i < mappings; i++)
        if (!check_region(&writer->written[i], err))
            return false;
    for (size_t i = 0; i < mappings; i++)
        if (!publish_begin(&writer->written[i].publish))
            return fail_mapping(&writer->written[i], err);
    bool moved;
    return move(writer, now, &moved, err) &&
           (!moved ||
            store_fields(writer, STAGE_MOVED, 0, SIZE_MAX, now, err)) &&
           store_fields(writer, STAGE_TICK, 0, (writer->moving + 1) / 2, now,
                        err);
}

bool writer_end(struct writer *writer, const struct instant *now,
                struct err *err)
{
    if (!store_fields(writer, STAGE_TICK, (writer->moving + 1) / 2, SIZE_MAX,
                      now, err))
        return false;
    for (size_t i = 0; i < writer->layout->mapping_count; i++)
        if (!publish_end(&writer->written[i].publish))
            return fail_mapping(&writer->written[i], err);
    return true;
}

bool writer_step(struct writer *writer, const struct instant *now,
                 struct err *err)
{
    return writer_begin(writer, now, err) && writer_end(writer, now, err);
}

const char *writer_target(const struct writer *writer, size_t mapping)
{
    CHECK(mapping < writer->layout->mapping_count);
    return writer->written[mapping].target.text;
}

size_t writer_shown_field(const struct writer *writer)
{
    return writer->shown;
}

void writer_shown_value(const struct writer *writer, struct value *out)
{
    *out = writer->shown_value;
}
