/* SPDX-License-Identifier: MIT */
/*
 * What is wrong with a file, all of it in one go: a list of findings, each
 * with its place.
 */
#ifndef SHMTOP_BASE_PROBLEM_H
#define SHMTOP_BASE_PROBLEM_H

#include <stddef.h>

#include "base/err.h"

enum problem_level { PROBLEM_ERROR, PROBLEM_WARNING, PROBLEM_NOTE };

struct problem {
    char *file; /* owned, like the text */
    int line;   /* from 1; 0 when the file as a whole is meant */
    enum problem_level level;
    char *text; /* lower case, no full stop */
};

/* So many are kept; the last of them says that the rest is not listed. */
#define PROBLEMS_MAX 1000

/* Zero-initialise.  `errors` counts PROBLEM_ERROR entries, also those past
 * PROBLEMS_MAX. */
struct problems {
    struct problem *items;
    size_t count;
    size_t errors;
};

void problem_add(struct problems *list, const char *file, int line,
                 enum problem_level level, const char *fmt, ...)
    PRINTF_LIKE(5, 6);
/* Orders by file and line, keeping the order of arrival within a line. */
void problems_sort(struct problems *list);
void problems_free(struct problems *list); /* releases and zeroes */

#endif
