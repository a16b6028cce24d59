/* SPDX-License-Identifier: MIT */
/* Fuzzes a mapping whose fields place other fields: nothing outside is read,
 * and values are equal to those that a second implementation finds. The input
 * is a sequence of frames; a byte before each gives its length. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "layout/placement.h"
#include "loader/loader.h"
#include "sampler/tracker.h"
#include "source/frame_bytes.h"

static const char text[] = "[mapping]\nname = x\nsize = 48\nabi = x64-linux\n"
                           "[struct part]\n"
                           "n = u8\n"
                           "vals = u16[3] @far stride=gap count=n\n"
                           "tags = char[2][2] count=n\n"
                           "far = u32\n"
                           "gap = u8\n"
                           "[fields]\n"
                           "table = i64 @0\n"
                           "step = u16be @8\n"
                           "count = i8 @10\n"
                           "wide = u64 @16\n"
                           "tick = u8[2] @24\n"
                           "at = u16[2] @26\n"
                           "parts = part[4] @table stride=step count=count\n"
                           "one = u32 @wide overlap=yes\n"
                           "name = char[6] @wide overlap=yes\n";

/* The memory of one frame. */
struct memory {
    const uint8_t *bytes;
    uint64_t size;
    uint8_t *words; /* the same memory, readable up to a whole word */
};

static bool copy_memory(void *user, uint64_t offset, size_t len, uint8_t *out)
{
    const struct memory *memory = user;
    CHECK(offset <= memory->size && len <= (memory->size + 7) / 8 * 8 - offset);
    memcpy(out, memory->words + offset, len);
    return true;
}

/* --- the second implementation ------------------------------------------ */

static bool expect_place(const struct layout *layout,
                         const struct memory *memory, const struct field *field,
                         uint64_t *at);

static bool expect_number(const struct layout *layout,
                          const struct memory *memory, uint32_t index,
                          uint64_t *out)
{
    const struct field *field = &layout->fields[index];
    struct value value;
    uint64_t at;
    if (!expect_place(layout, memory, field, &at))
        return false;
    value_decode(field, memory->bytes + at, &value);
    *out = value.u;
    return value.type == VALUE_UINT || value.i >= 0;
}

/* a + b * c, or on overflow the largest number, which is out of range. */
static uint64_t multiply_add(uint64_t a, uint64_t b, uint64_t c)
{
    uint64_t out;
    return __builtin_mul_overflow(b, c, &out) ||
                   __builtin_add_overflow(a, out, &out)
               ? UINT64_MAX
               : out;
}

static bool expect_base(const struct layout *layout,
                        const struct memory *memory, const struct base *base,
                        uint64_t *at)
{
    uint64_t start = 0, stride = base->stride, count = base->most;
    if (base->parent != FIELD_NO_BASE &&
        !expect_base(layout, memory, &layout->bases[base->parent], &start))
        return false;
    if (base->count_field != FIELD_NONE &&
        !expect_number(layout, memory, base->count_field, &count))
        return false;
    if (base->element >= count || count > base->most)
        return false;
    if (base->stride_field != FIELD_NONE &&
        !expect_number(layout, memory, base->stride_field, &stride))
        return false;
    if (base->offset_field != FIELD_NONE &&
        !expect_number(layout, memory, base->offset_field, &start))
        return false;
    *at = multiply_add(multiply_add(start, 1, base->offset), base->element,
                       stride);
    return (base->most == 1 || stride >= base->extent) &&
           multiply_add(*at, 1, base->extent) <= memory->size;
}

static bool expect_place(const struct layout *layout,
                         const struct memory *memory, const struct field *field,
                         uint64_t *at)
{
    uint64_t base = 0;
    if (field->base != FIELD_NO_BASE &&
        !expect_base(layout, memory, &layout->bases[field->base], &base))
        return false;
    *at = base + field->offset;
    return *at <= memory->size && field->size <= memory->size - *at;
}

static void check_field(const struct tracker *tracker,
                        const struct memory *memory, size_t index)
{
    const struct field *field = &tracker->layout->fields[index];
    const struct value *value = &tracker->values[index];
    struct value expected = {.type = VALUE_NONE};
    uint64_t at;
    if (expect_place(tracker->layout, memory, field, &at))
        value_decode(field, memory->bytes + at, &expected);
    CHECK(value->type == expected.type);
    if (value->type == VALUE_BYTES)
        CHECK(memcmp(value->bytes, expected.bytes, field->size) == 0);
    else if (value->type != VALUE_NONE)
        CHECK(value->u == expected.u);
    CHECK((value->type == VALUE_NONE) !=
          ((tracker->trends[index].flags & TREND_FRESH) != 0));
}

/* --- the frames --------------------------------------------------------- */

struct rig {
    struct layout *layout;
    struct placement placement;
    struct tracker tracker;
    struct frame_bytes frame_bytes;
    struct trend_ring history;
    int64_t now_ns;
};

static void rig_open(struct rig *rig)
{
    struct problems problems = {0};
    *rig = (struct rig){0};
    CHECK(layout_parse(&rig->layout, "fuzz.ini", text, strlen(text),
                       ABI_UNKNOWN, &problems));
    problems_free(&problems);
    size_t fields = rig->layout->field_count;
    placement_make(&rig->placement, rig->layout, 0, 1);
    tracker_make(&rig->tracker, rig->layout, 0, rig->placement.now,
                 mem_zalloc(fields, sizeof(struct value)),
                 mem_zalloc(fields, sizeof(struct trend)),
                 mem_zalloc(fields, sizeof(struct rate)), NULL);
    frame_bytes_init(&rig->frame_bytes, rig->tracker.plan.ranges,
                     rig->tracker.plan.range_count, 48);
    trend_ring_make(&rig->history, fields, 1);
    for (size_t i = 0; i < fields; i++)
        trend_ring_add(&rig->history, 1);
    trend_ring_reserve(&rig->history, 1 << 14, 16);
}

static void rig_close(struct rig *rig)
{
    free(rig->tracker.values);
    free(rig->tracker.trends);
    free(rig->tracker.rates);
    tracker_free(&rig->tracker);
    placement_free(&rig->placement);
    frame_bytes_free(&rig->frame_bytes);
    trend_ring_free(&rig->history);
    layout_free(rig->layout);
}

static void read_frame(struct rig *rig, struct memory *memory,
                       struct frame *frame)
{
    CHECK(
        frame_bytes_copy(&rig->frame_bytes, memory->size, copy_memory, memory));
    *frame = (struct frame){
        .mono_ns = rig->now_ns,
        .state = STATE_LIVE,
        .size = memory->size,
        .bytes = rig->frame_bytes.bytes,
        .note = "",
    };
}

struct placing {
    const struct rig *rig;
    const struct frame *frame;
};

static bool read_placing(void *user, uint32_t index, uint64_t at,
                         struct value *out)
{
    const struct placing *placing = user;
    const struct field *field = &placing->rig->layout->fields[index];
    const uint8_t *bytes = frame_plan_find(&placing->rig->tracker.plan,
                                           placing->frame, at, field->size);
    if (bytes)
        value_decode(field, bytes, out);
    return bytes;
}

static void take(struct rig *rig, struct memory *memory)
{
    const struct frame_plan *plan = &rig->tracker.plan;
    struct frame frame;
    unsigned looks = 0;
    rig->now_ns += 1000000000;
    read_frame(rig, memory, &frame);
    struct placing placing = {rig, &frame};
    uint64_t need = layout_mapping_need(rig->layout, 0);
    while (placement_look(&rig->placement,
                          frame.size > need ? frame.size : need, 0,
                          read_placing, &placing)) {
        rig->tracker.places = rig->placement.now;
        tracker_move(&rig->tracker, rig->placement.before, &rig->history);
        frame_bytes_set_ranges(&rig->frame_bytes, plan->ranges,
                               plan->range_count);
        read_frame(rig, memory, &frame);
        CHECK(++looks <= LAYOUT_DEPTH_MAX);
    }
    trend_ring_step(&rig->history, 0, frame.mono_ns);
    tracker_step(&rig->tracker, &frame, &rig->history.strands[0].cells);
    CHECK((rig->placement.bad > 0) == (rig->placement.why.len > 0));
    for (size_t i = 0; i < rig->layout->field_count; i++)
        check_field(&rig->tracker, memory, i);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct rig rig;
    rig_open(&rig);
    for (size_t at = 0; at < size;) {
        size_t len = 48 + data[at++];
        if (len > size - at)
            break;
        /* Allocated, so that the sanitizer detects reads outside. */
        size_t whole = (len + 7) / 8 * 8;
        struct memory memory = {
            .size = len,
            .words = mem_zalloc(whole, 1),
        };
        memcpy(memory.words, data + at, len);
        memory.bytes = memory.words;
        take(&rig, &memory);
        free(memory.words);
        at += len;
    }
    rig_close(&rig);
    return 0;
}
