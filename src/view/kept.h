/* SPDX-License-Identifier: MIT */
/* Settings of the dashboard that are kept for a layout, as lines of text.  The
 * views choose the keys; cli/ stores the lines and knows no key. */
#ifndef SHMTOP_VIEW_KEPT_H
#define SHMTOP_VIEW_KEPT_H

#include <stddef.h>

#include "base/err.h"

struct kept_line {
    char *key;   /* letters, digits, - and _; may be repeated */
    char *value; /* any text */
    int line;    /* of the file that it was read from; 0: from none */
};

/* In the order in which the lines were added.  Zero-initialise. */
struct kept {
    struct kept_line *lines;
    size_t count;
};

/* Adds a line with line number 0. */
void kept_add(struct kept *kept, const char *key, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
void kept_free(struct kept *kept); /* releases and zeroes */

#endif
