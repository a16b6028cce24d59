/* SPDX-License-Identifier: MIT */
/* The problems of a file, each with its line, collected so that all of them can
 * be printed at once. */
#ifndef SHMTOP_BASE_PROBLEM_H
#define SHMTOP_BASE_PROBLEM_H

#include <stddef.h>

#include "base/err.h"

enum problem_level { PROBLEM_ERROR, PROBLEM_WARNING, PROBLEM_NOTE };

struct problem {
    char *file; /* owned, like the text */
    int line;   /* from 1; 0: the whole file */
    enum problem_level level;
    char *text; /* lower case, no full stop */
};

/* The most that are kept; the last one says that the rest is not listed. */
#define PROBLEMS_MAX 1000

/* Zero-initialise.  `errors` counts all PROBLEM_ERROR entries, also those after
 * PROBLEMS_MAX. */
struct problems {
    struct problem *items;
    size_t count;
    size_t errors;
};

void problem_add(struct problems *list, const char *file, int line,
                 enum problem_level level, const char *fmt, ...)
    PRINTF_LIKE(5, 6);
/* Sorts by file and line; problems of one line keep their order. */
void problems_sort(struct problems *list);
void problems_free(struct problems *list); /* releases and zeroes */

#endif
