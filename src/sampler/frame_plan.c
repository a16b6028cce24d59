/* SPDX-License-Identifier: MIT */
/*
 * Sorts, groups and cuts.  Invariant: blocks ascend, in the frame as in the
 * mapping, and share no byte.  Reads no frame.
 */
#include "sampler/frame_plan.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"

/* A block ends at so many fields or bytes, as soon as bytes are not shared:
 * some lines of cache, to be looked at in one go. */
#define BLOCK_FIELDS CHUNK_FIELDS
#define BLOCK_BYTES 1024u

struct place {
    size_t at;       /* in the frame */
    uint64_t offset; /* in the mapping */
    uint32_t field;
};

/* What a plan is made from. */
struct wish {
    const struct layout *layout;
    const struct base_place *places;
    size_t mapping;
};

static int compare_places(const void *a, const void *b)
{
    const struct place *x = a;
    const struct place *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return x->field < y->field ? -1 : x->field > y->field;
}

/* Whether the field has bytes in the mapping, and where. */
static bool is_wanted(const struct wish *wish, const struct field *field,
                      uint64_t *offset)
{
    return field->mapping == wish->mapping && field->size > 0 &&
           field_place(field, wish->places, offset);
}

static size_t make_ranges(struct frame_plan *plan, const struct wish *wish)
{
    const struct layout *layout = wish->layout;
    struct extent *wanted =
        mem_zalloc(layout->field_count, sizeof(struct extent));
    size_t count = 0;
    for (size_t i = 0; i < layout->field_count; i++) {
        const struct field *field = &layout->fields[i];
        uint64_t offset;
        if (is_wanted(wish, field, &offset))
            wanted[count++] = (struct extent){offset, field->size};
    }
    plan->range_count =
        ranges_make(wanted, count, &plan->ranges, &plan->frame_bytes);
    free(wanted);
    return count;
}

/* The fields of the mapping in the order of their bytes. */
static struct place *sort_places(const struct frame_plan *plan,
                                 const struct wish *wish)
{
    const struct layout *layout = wish->layout;
    struct place *places = mem_zalloc(plan->fast_count, sizeof(struct place));
    size_t count = 0;
    bool sorted = true;
    for (size_t i = 0; i < layout->field_count; i++) {
        const struct field *field = &layout->fields[i];
        uint64_t offset;
        if (!is_wanted(wish, field, &offset))
            continue;
        size_t at = ranges_find(plan->ranges, plan->range_count, offset);
        CHECK(at != SIZE_MAX && at + field->size <= plan->frame_bytes);
        sorted = sorted && (count == 0 || places[count - 1].at <= at);
        places[count++] = (struct place){at, offset, (uint32_t)i};
    }
    /* The usual layout lists its fields in order. */
    if (!sorted)
        qsort(places, count, sizeof *places, compare_places);
    return places;
}

/* Whether a field at `place` begins another block. */
static bool begins_block(const struct block *block, const struct place *place,
                         const struct field *field)
{
    size_t end = block->at + block->len;
    if (place->at < end)
        return false;
    /* Another range: places in frame and mapping no longer run together. */
    if (place->offset - block->end != place->at - end)
        return true;
    return block->count >= BLOCK_FIELDS ||
           place->at + field->size - block->at > BLOCK_BYTES;
}

static void cut_blocks(struct frame_plan *plan, const struct layout *layout,
                       const struct place *places)
{
    struct block *block = NULL;
    for (size_t i = 0; i < plan->fast_count; i++) {
        const struct place *place = &places[i];
        const struct field *field = &layout->fields[place->field];
        if (!block || begins_block(block, place, field)) {
            block = &plan->blocks[plan->block_count++];
            *block = (struct block){
                .at = place->at & ~(size_t)7,
                .first = (uint32_t)i,
                .quiet_ns = INT64_MAX,
            };
        }
        size_t end = place->at + field->size - block->at;
        if (end > block->len) {
            block->len = end;
            block->end = place->offset + field->size;
        }
        block->count++;
        CHECK(place->at - block->at <= UINT32_MAX - field->size);
        fast_field_make(&plan->fast_fields[i], field, place->field,
                        (uint32_t)(place->at - block->at));
    }
}

/* Fields of the same make stand together, so that the processor can foresee
 * which way each decision of the inner loop goes. */
static int compare_fast(const void *a, const void *b)
{
    const struct fast_field *x = a;
    const struct fast_field *y = b;
    int order = (x->op << 8 | x->flags) - (y->op << 8 | y->flags);
    if (order != 0)
        return order;
    return x->field < y->field ? -1 : x->field > y->field;
}

static void sort_blocks(struct frame_plan *plan)
{
    for (size_t i = 0; i < plan->block_count; i++)
        qsort(plan->fast_fields + plan->blocks[i].first, plan->blocks[i].count,
              sizeof(struct fast_field), compare_fast);
}

static void number_chunks(struct frame_plan *plan)
{
    for (size_t i = 0; i < plan->block_count; i++) {
        struct block *block = &plan->blocks[i];
        block->chunk = (uint32_t)plan->chunk_count;
        plan->chunk_count += (block->count + CHUNK_FIELDS - 1) / CHUNK_FIELDS;
    }
}

void frame_plan_make(struct frame_plan *plan, const struct layout *layout,
                     size_t mapping, const struct base_place *bases)
{
    const struct wish wish = {layout, bases, mapping};
    *plan = (struct frame_plan){0};
    plan->fast_count = make_ranges(plan, &wish);
    struct place *places = sort_places(plan, &wish);
    plan->fast_fields = mem_zalloc(plan->fast_count, sizeof(struct fast_field));
    plan->blocks = mem_zalloc(plan->fast_count, sizeof(struct block));
    cut_blocks(plan, layout, places);
    sort_blocks(plan);
    number_chunks(plan);
    /* Most of what a block a field at worst would take is not needed. */
    plan->blocks =
        mem_resize(plan->blocks, plan->block_count, sizeof(struct block));
    free(places);
}

void frame_plan_free(struct frame_plan *plan)
{
    free(plan->ranges);
    free(plan->fast_fields);
    free(plan->blocks);
    *plan = (struct frame_plan){0};
}

const uint8_t *frame_plan_find(const struct frame_plan *plan,
                               const struct frame *frame, uint64_t offset,
                               uint32_t size)
{
    CHECK(size >= 1);
    if (!frame->bytes || offset > frame->size || size > frame->size - offset)
        return NULL;
    size_t first = ranges_find(plan->ranges, plan->range_count, offset);
    size_t last =
        ranges_find(plan->ranges, plan->range_count, offset + size - 1);
    if (first == SIZE_MAX || last != first + size - 1)
        return NULL;
    return frame->bytes + first;
}
