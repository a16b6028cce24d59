/* SPDX-License-Identifier: MIT */
/*
 * A recording read into steps; see source_mem.h for the format.
 */
#ifndef SHMTOP_SOURCE_RECORDING_PARSE_H
#define SHMTOP_SOURCE_RECORDING_PARSE_H

#include "base/buf.h"
#include "source/source.h"

enum step_kind { STEP_SIZE, STEP_SET, STEP_DURING, STEP_FRAME };

struct step {
    enum step_kind kind;
    uint64_t value;  /* size in bytes, offset, or period in ns */
    size_t bytes_at; /* STEP_SET, STEP_DURING: where in recording.bytes */
    size_t bytes_len;
    enum source_state state; /* STEP_FRAME */
    const char *note;
};

struct recording {
    int64_t start_ns;
    uint64_t size_max;
    struct step *steps;
    size_t count;
    size_t last_frame; /* index of the last STEP_FRAME; there is one */
    struct buf bytes;
    struct buf text; /* the file, which notes point into */
};

/* Errors as source_mem_open. */
bool recording_load(struct recording **out, const char *path, struct err *err);
void recording_free(struct recording *recording); /* accepts NULL */

#endif
