/* SPDX-License-Identifier: MIT */
/* Writes the fields by which a producer says that a frame is being written or
 * is complete; with `bare` only "complete", and always for buffer 0.  The
 * frame's other fields are written by writer.c. */
#include "writer/publish.h"

#include "layout/snapshot.h"

void publish_make(struct publish *publish, const struct layout *layout,
                  size_t mapping, struct region *region, bool bare)
{
    CHECK(mapping < layout->mapping_count && region);
    *publish = (struct publish){
        .layout = layout,
        .snapshot = &layout->mappings[mapping].snapshot,
        .region = region,
        .bare = bare,
    };
}

static bool store_number(struct publish *publish, uint32_t index,
                         uint64_t number)
{
    const struct field *field = &publish->layout->fields[index];
    uint8_t bytes[8], mask[8];
    struct value value;
    pattern_wrap(field, number, &value);
    CHECK(field->size <= 8 && value_encode(field, &value, bytes, mask));
    return region_store(publish->region, field->offset, field->size, bytes,
                        field->width != 0 ? mask : NULL);
}

bool publish_begin(struct publish *publish)
{
    const struct snapshot *snapshot = publish->snapshot;
    bool ok = true;
    if (!publish->bare && snapshot->method == SNAPSHOT_SEQLOCK)
        ok = store_number(publish, snapshot->seq, publish->number * 2 + 1);
    if (!publish->bare && snapshot->method == SNAPSHOT_PAIR)
        ok = store_number(publish, snapshot->begin, publish->number + 1);
    region_publish(publish->region);
    return ok;
}

bool publish_end(struct publish *publish)
{
    const struct snapshot *snapshot = publish->snapshot;
    uint32_t buffer = publish_buffer(publish);
    uint64_t number = ++publish->number;
    bool ok = true;
    region_publish(publish->region);
    switch (snapshot->method) {
    case SNAPSHOT_SEQLOCK:
        ok = store_number(publish, snapshot->seq, number * 2);
        break;
    case SNAPSHOT_PAIR:
        if (publish->bare)
            ok = store_number(publish, snapshot->begin, number);
        ok = ok && store_number(publish, snapshot->end, number);
        break;
    case SNAPSHOT_NEWEST:
        ok = store_number(publish, snapshot_field(snapshot, buffer), number);
        break;
    case SNAPSHOT_NONE:
    case SNAPSHOT_STABLE:
        break;
    }
    region_publish(publish->region);
    return ok;
}

/* Without the protocol the newest buffer is overwritten each time. */
uint32_t publish_buffer(const struct publish *publish)
{
    if (publish->bare)
        return 0;
    return (uint32_t)(publish->number % snapshot_buffers(publish->snapshot));
}
