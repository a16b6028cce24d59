/* SPDX-License-Identifier: MIT */
/* The steps of a recording; the format is in recording.h. */
#ifndef SHMTOP_SOURCE_RECORDING_PARSE_H
#define SHMTOP_SOURCE_RECORDING_PARSE_H

#include "base/buf.h"
#include "source/frame.h"

enum step_kind { STEP_SIZE, STEP_SET, STEP_DURING, STEP_CLOCK, STEP_FRAME };

struct step {
    enum step_kind kind;
    uint64_t value;  /* size in bytes, offset, or time in ns */
    size_t bytes_at; /* STEP_SET, STEP_DURING: place in `bytes` */
    size_t bytes_len;
    enum source_state state; /* STEP_FRAME */
    const char *note;
};

struct recording_steps {
    int64_t start_ns;
    uint64_t size_max;
    struct step *steps;
    size_t count;
    size_t last_frame; /* index of the last STEP_FRAME, which exists */
    struct buf bytes;
    struct buf text; /* the file; notes point into it */
};

/* Errors as for recording_open. */
bool recording_read_steps(struct recording_steps **out, const char *path,
                          struct err *err);
void recording_free_steps(struct recording_steps *steps); /* accepts NULL */

#endif
