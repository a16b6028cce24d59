/* SPDX-License-Identifier: MIT */
/* Makes the ranges of a frame: sorted, apart, whole words of 8 bytes. */
#include "source/ranges.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"

#define WORD 8u
#define GAP 64u /* reading a cache line is cheaper than a range of its own */

static int compare_extents(const void *a, const void *b)
{
    uint64_t left = ((const struct extent *)a)->offset;
    uint64_t right = ((const struct extent *)b)->offset;
    return (left > right) - (left < right);
}

/* Rounds extents out to words.  In the result `size` is the end of the extent.
 * Returns the number of extents that are not empty. */
static size_t round_out(struct extent *out, const struct extent *wanted,
                        size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (wanted[i].size == 0)
            continue;
        CHECK(wanted[i].size <= UINT64_MAX - (WORD - 1) - wanted[i].offset &&
              wanted[i].offset <= UINT64_MAX - (WORD - 1));
        uint64_t end = wanted[i].offset + wanted[i].size;
        out[kept].offset = wanted[i].offset / WORD * WORD;
        out[kept].size = (end + WORD - 1) / WORD * WORD;
        kept++;
    }
    return kept;
}

/* Most layouts list their fields in order, and sorting a million takes longer
 * than reading them. */
static void sort(struct extent *list, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (list[i - 1].offset > list[i].offset) {
            qsort(list, count, sizeof *list, compare_extents);
            return;
        }
    }
}

/* Joins sorted extents in place; returns their number. */
static size_t join(struct extent *list, size_t count)
{
    size_t last = 0;
    for (size_t i = 1; i < count; i++) {
        bool apart = list[i].offset > list[last].size &&
                     list[i].offset - list[last].size >= GAP;
        if (apart)
            list[++last] = list[i];
        else if (list[i].size > list[last].size)
            list[last].size = list[i].size;
    }
    return count == 0 ? 0 : last + 1;
}

size_t ranges_make(const struct extent *wanted, size_t count,
                   struct range **out, size_t *bytes)
{
    struct extent *list = mem_zalloc(count, sizeof *list);
    count = round_out(list, wanted, count);
    sort(list, count);
    count = join(list, count);
    struct range *ranges = mem_zalloc(count, sizeof *ranges);
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t size = list[i].size - list[i].offset;
        CHECK(size <= SIZE_MAX - at);
        ranges[i] = (struct range){list[i].offset, size, at};
        at += (size_t)size;
    }
    free(list);
    *out = ranges;
    *bytes = at;
    return count;
}

size_t ranges_find(const struct range *ranges, size_t count, uint64_t offset)
{
    CHECK(ranges || count == 0);
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ranges[middle].offset <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || offset - ranges[low - 1].offset >= ranges[low - 1].size)
        return SIZE_MAX;
    return ranges[low - 1].at + (size_t)(offset - ranges[low - 1].offset);
}
