/* SPDX-License-Identifier: MIT */
/* Looks up enums and flags by name, and their rows by value and by label. */
#include "layout/label_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

const struct label_set *label_set_find(const struct layout *layout,
                                       const char *name, bool flags)
{
    size_t low = 0;
    size_t high = layout->label_set_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct label_set *set = &layout->label_sets[middle];
        int order = strcmp(name, set->name);
        if (order == 0)
            order = flags - set->flags;
        if (order == 0)
            return set;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const char *label_set_nearest(const struct layout *layout, const char *name,
                              bool flags)
{
    const char **words = mem_zalloc(layout->label_set_count, sizeof *words);
    size_t count = 0;
    for (size_t i = 0; i < layout->label_set_count; i++)
        if (layout->label_sets[i].flags == flags)
            words[count++] = layout->label_sets[i].name;
    const char *nearest = text_nearest(name, words, count);
    free(words);
    return nearest;
}

/* Whether a <= b in the set's order. */
static bool is_at_most(const struct label_set *set, uint64_t a, uint64_t b)
{
    return set->is_signed ? (int64_t)a <= (int64_t)b : a <= b;
}

const struct label_row *label_set_row(const struct label_set *set,
                                      uint64_t bits)
{
    CHECK(!set->flags);
    size_t low = 0;
    size_t high = set->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (is_at_most(set, set->rows[middle].low, bits))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || !is_at_most(set, bits, set->rows[low - 1].high))
        return NULL;
    return &set->rows[low - 1];
}

const struct label_row *label_set_row_of(const struct label_set *set,
                                         const char *label, size_t len)
{
    for (size_t i = 0; i < set->count; i++) {
        const char *other = set->rows[i].label;
        if (strlen(other) == len && memcmp(other, label, len) == 0)
            return &set->rows[i];
    }
    return NULL;
}

const char *label_set_nearest_label(const struct label_set *set,
                                    const char *label)
{
    const char **words = mem_zalloc(set->count, sizeof *words);
    for (size_t i = 0; i < set->count; i++)
        words[i] = set->rows[i].label;
    const char *nearest = text_nearest(label, words, set->count);
    free(words);
    return nearest;
}

uint64_t label_row_mask(const struct label_row *row)
{
    CHECK(row->low <= row->high && row->high <= 63);
    return UINT64_MAX >> (63 - (row->high - row->low)) << row->low;
}

bool label_set_put_flag(struct buf *out, const struct label_set *set,
                        uint64_t *bits)
{
    CHECK(set->flags);
    for (size_t i = 0; i < set->count; i++) {
        const struct label_row *row = &set->rows[i];
        uint64_t mask = label_row_mask(row);
        if ((*bits & mask) == 0)
            continue;
        buf_puts(out, row->label);
        if (row->high > row->low) {
            buf_putc(out, '=');
            buf_put_u64(out, (*bits & mask) >> row->low);
        }
        *bits &= ~mask;
        return true;
    }
    if (*bits == 0)
        return false;
    buf_puts(out, "0x");
    buf_put_hex(out, *bits, 1);
    *bits = 0;
    return true;
}
