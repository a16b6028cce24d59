/* SPDX-License-Identifier: MIT */
/*
 * [enum NAME] and [flags NAME] sections on their way to label sets.
 */
#ifndef SHMTOP_LOADER_LABEL_SECTIONS_H
#define SHMTOP_LOADER_LABEL_SECTIONS_H

#include "layout/layout.h"

struct label_draft;

/* All sections of a file; zero-initialise, labels_free when done. */
struct labels {
    struct label_draft *drafts;
    size_t count;
    size_t cap;
};

/* Where strings and messages go. */
struct labels_to {
    struct arena *arena;
    const char *file;
    struct problems *problems;
};

/* A section header; the rows that follow belong to it. */
void labels_begin(struct labels *labels, const char *name, bool flags, int line,
                  const struct labels_to *to);
/* A row of the last section: "2..7" and "Service". */
void labels_add(struct labels *labels, const char *key, const char *value,
                int line, const struct labels_to *to);
/* Checks all sections against duplicates and overlaps and stores them into
 * layout->label_sets, ordered for label_set_find. */
void labels_finish(struct labels *labels, struct layout *layout,
                   const struct labels_to *to);
void labels_free(struct labels *labels);

#endif
