/* SPDX-License-Identifier: MIT */
/* The list of problems, bounded and sorted.  Printing them is cli/report.c. */
#include "base/problem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static char *format(const char *fmt, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, fmt, args);
    CHECK(len >= 0);
    char *text = mem_resize(NULL, (size_t)len + 1, 1);
    vsnprintf(text, (size_t)len + 1, fmt, again);
    va_end(again);
    return text;
}

void problem_add(struct problems *list, const char *file, int line,
                 enum problem_level level, const char *fmt, ...)
{
    CHECK(file && line >= 0 && level <= PROBLEM_NOTE);
    if (level == PROBLEM_ERROR)
        list->errors++;
    if (list->count >= PROBLEMS_MAX)
        return;
    struct problem *problem = MEM_ADD(list->items, list->count);
    problem->file = mem_strdup(file);
    problem->line = line;
    problem->level = level;
    if (list->count == PROBLEMS_MAX) {
        problem->text = mem_strdup("too many problems; the rest is not "
                                   "listed");
        return;
    }
    va_list args;
    va_start(args, fmt);
    problem->text = format(fmt, args);
    va_end(args);
}

static bool is_before(const struct problem *a, const struct problem *b)
{
    int order = strcmp(a->file, b->file);
    return order != 0 ? order < 0 : a->line < b->line;
}

/* Merges the sorted halves [0, half) and [half, count); stable. */
static void merge(struct problem *items, size_t half, size_t count,
                  struct problem *spare)
{
    size_t left = 0, right = half;
    CHECK(half <= count);
    memcpy(spare, items, count * sizeof *items);
    for (size_t i = 0; i < count; i++) {
        bool take_right =
            left == half ||
            (right < count && is_before(&spare[right], &spare[left]));
        items[i] = spare[take_right ? right++ : left++];
    }
}

static void merge_sort(struct problem *items, size_t count,
                       struct problem *spare)
{
    if (count < 2)
        return;
    merge_sort(items, count / 2, spare);
    merge_sort(items + count / 2, count - count / 2, spare);
    merge(items, count / 2, count, spare);
}

void problems_sort(struct problems *list)
{
    struct problem *spare = mem_zalloc(list->count, sizeof *spare);
    merge_sort(list->items, list->count, spare);
    free(spare);
}

void problems_free(struct problems *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].file);
        free(list->items[i].text);
    }
    free(list->items);
    *list = (struct problems){0};
}
