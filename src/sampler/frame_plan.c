/* SPDX-License-Identifier: MIT */
/* Sorts the fields of a mapping and cuts them into blocks, which ascend in the
 * frame as in the mapping.  Comparing them is tracker_scan.c. */
#include "sampler/frame_plan.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"

/* A block ends after this many fields or bytes, once no bytes are shared. */
#define BLOCK_FIELDS CHUNK_FIELDS
#define BLOCK_BYTES 1024u

struct place {
    size_t at;       /* in the frame */
    uint64_t offset; /* in the mapping */
    uint32_t field;
};

static int compare_places(const void *a, const void *b)
{
    const struct place *x = a;
    const struct place *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return x->field < y->field ? -1 : x->field > y->field;
}

/* The fields of the mapping that have bytes and a place; the caller frees
 * them.  Makes the ranges. */
static struct place *find_places(struct frame_plan *plan,
                                 const struct layout *layout, size_t mapping,
                                 const struct location *bases)
{
    struct place *places = mem_zalloc(layout->field_count, sizeof *places);
    struct extent *wanted = mem_zalloc(layout->field_count, sizeof *wanted);
    size_t count = 0;
    for (size_t i = 0; i < layout->field_count; i++) {
        const struct field *field = &layout->fields[i];
        uint64_t offset;
        if (field->mapping != mapping || field->size == 0 ||
            !field_location(field, bases, &offset))
            continue;
        wanted[count] = (struct extent){offset, field->size};
        places[count++] = (struct place){0, offset, (uint32_t)i};
    }
    plan->fast_count = count;
    plan->range_count =
        ranges_make(wanted, count, &plan->ranges, &plan->frame_bytes);
    free(wanted);
    return places;
}

/* Finds the places in the frame and sorts by them. */
static void sort_places(const struct frame_plan *plan,
                        const struct layout *layout, struct place *places)
{
    size_t count = plan->fast_count;
    bool sorted = true;
    for (size_t i = 0; i < count; i++) {
        struct place *place = &places[i];
        place->at = ranges_find(plan->ranges, plan->range_count, place->offset);
        CHECK(place->at != SIZE_MAX &&
              place->at + layout->fields[place->field].size <=
                  plan->frame_bytes);
        sorted = sorted && (i == 0 || places[i - 1].at <= place->at);
    }
    /* The usual layout lists its fields in order. */
    if (!sorted)
        qsort(places, count, sizeof *places, compare_places);
}

/* Whether a field at `place` begins another block. */
static bool begins_block(const struct block *block, const struct place *place,
                         const struct field *field)
{
    size_t end = block->at + block->len;
    if (place->at < end)
        return false;
    /* Starts another range: frame offset and mapping offset differ by another
     * amount. */
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
                .chunk = (uint32_t)plan->chunk_count,
                .quiet_ns = INT64_MAX,
            };
        }
        size_t end = place->at + field->size - block->at;
        if (end > block->len) {
            block->len = end;
            block->end = place->offset + field->size;
        }
        plan->chunk_count += block->count++ % CHUNK_FIELDS == 0;
        CHECK(place->at - block->at <= UINT32_MAX - field->size);
        fast_field_make(&plan->fast_fields[i], field, place->field,
                        (uint32_t)(place->at - block->at));
    }
}

/* Fields of the same kind are neighbours, so that the processor can predict the
 * branches of the inner loop. */
static int compare_fast(const void *a, const void *b)
{
    const struct fast_field *x = a;
    const struct fast_field *y = b;
    int order = (x->op << 8 | x->flags) - (y->op << 8 | y->flags);
    if (order != 0)
        return order;
    return x->field < y->field ? -1 : x->field > y->field;
}

void frame_plan_make(struct frame_plan *plan, const struct layout *layout,
                     size_t mapping, const struct location *bases)
{
    CHECK(mapping < layout->mapping_count);
    *plan = (struct frame_plan){0};
    struct place *places = find_places(plan, layout, mapping, bases);
    sort_places(plan, layout, places);
    plan->fast_fields = mem_zalloc(plan->fast_count, sizeof(struct fast_field));
    plan->blocks = mem_zalloc(plan->fast_count, sizeof(struct block));
    cut_blocks(plan, layout, places);
    free(places);
    for (size_t i = 0; i < plan->block_count; i++)
        qsort(plan->fast_fields + plan->blocks[i].first, plan->blocks[i].count,
              sizeof(struct fast_field), compare_fast);
    /* There was room for a block for each field. */
    plan->blocks =
        mem_resize(plan->blocks, plan->block_count, sizeof(struct block));
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
