/* SPDX-License-Identifier: MIT */
/* [enum NAME] and [flags NAME] sections, until they are label sets. */
#ifndef SHMTOP_LOADER_LABEL_SECTIONS_H
#define SHMTOP_LOADER_LABEL_SECTIONS_H

#include "layout/layout.h"

struct label_draft;

/* All sections of a layout; zero-initialise, labels_free when done. */
struct labels {
    struct label_draft *drafts;
    size_t count;
};

/* Begins a section. */
void labels_begin(struct labels *labels, const char *name, bool flags,
                  const char *file, int line, struct arena *arena);
/* Adds a row such as "2..7" and "Service" to the last section.  False with the
 * reason. */
bool labels_add(struct labels *labels, const char *key, const char *value,
                int line, struct arena *arena, struct err *err);
/* Checks all sections for duplicates and overlaps, and stores them in
 * layout->label_sets in the order of labels_find. */
void labels_finish(struct labels *labels, struct layout *layout,
                   struct problems *problems);
void labels_free(struct labels *labels);

#endif
