/* SPDX-License-Identifier: MIT */
/* A frame: the bytes of a mapping at one time, and the state of the mapping.
 * How frames are read is source.h. */
#ifndef SHMTOP_SOURCE_FRAME_H
#define SHMTOP_SOURCE_FRAME_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum source_state {
    STATE_WAITING, /* not there yet, or without bytes */
    STATE_LIVE,    /* read now, whole */
    STATE_STALE,   /* read now, but unchanged for some time; set by sampler/ */
    STATE_SHORT,   /* smaller than needed since it was attached */
    STATE_TRUNCATED, /* became smaller than needed while attached */
    STATE_GONE,      /* was there and is not any more */
    STATE_REPLACED,  /* the first frame of a new generation */
    STATE_DENIED,
    STATE_ERROR,
};
#define STATE_COUNT 9

/* "WAITING" ... "ERROR". */
const char *state_name(enum source_state state);
/* Whether a frame in this state has bytes read at its own time: LIVE, STALE,
 * SHORT, TRUNCATED, REPLACED. */
bool state_is_read(enum source_state state);
/* Ranks states: of several mappings the worst one counts. */
int state_severity(enum source_state state);
/* The exit code for a state, if nothing better is known. */
enum status state_status(enum source_state state);

struct frame {
    int64_t wall_ns; /* UTC since 1970 */
    int64_t mono_ns;
    enum source_state state;
    enum status status;    /* exit code for a missing or refused mapping;
                              STATUS_OK while attached */
    uint32_t generation;   /* 0 until first attached, then 1, 2, ... */
    uint64_t size;         /* bytes of the mapping now; 0: not attached */
    const uint8_t *bytes;  /* of the ranges; borrowed until the next frame.
                              Ranges beyond `size` are not valid.  NULL unless
                              state_is_read(state). */
    const uint8_t *before; /* guards (see source_guard) read before `bytes`; */
    const uint8_t *after; /* guards read after them; both NULL without guards */
    const char *note;     /* the reason of the state, or "read"; "" if there is
                             none; borrowed until the next frame */
};

#endif
