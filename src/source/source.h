/* SPDX-License-Identifier: MIT */
/*
 * A source yields frames: at each call the bytes of the asked ranges, the
 * instant they were read at, and the state of the mapping.  A producer that is
 * missing, restarts or shrinks is a state, never an error.
 */
#ifndef SHMTOP_SOURCE_SOURCE_H
#define SHMTOP_SOURCE_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "source/target.h"

enum source_state {
    STATE_WAITING,   /* not there yet, or has no bytes yet */
    STATE_LIVE,      /* read now, whole */
    STATE_STALE,     /* read now, but nothing has changed for a while; only
                        engine/sampler.h can tell */
    STATE_SHORT,     /* smaller than asked since it was attached */
    STATE_TRUNCATED, /* became smaller than asked while attached */
    STATE_GONE,      /* was there, is not any more */
    STATE_REPLACED,  /* the first frame of a new generation */
    STATE_DENIED,
    STATE_ERROR,
};
#define STATE_COUNT 9

/* "WAITING" ... "ERROR". */
const char *state_name(enum source_state state);
/* Whether a frame in this state was read at its own instant. */
bool state_is_read(enum source_state state); /* LIVE STALE SHORT TRUNCATED
                                                REPLACED */
/* The exit code that a state means where nothing better is known. */
enum status state_status(enum source_state state);

/* A run of bytes of the mapping that frames carry; `offset` and `size` are
 * multiples of 8, `at` is where it stands in the frame's bytes. */
struct range {
    uint64_t offset;
    uint64_t size;
    size_t at;
};

/* Makes ranges from `count` wanted [offset, size) pairs in any order: rounded
 * out to 8 bytes, sorted, merged where less than 64 bytes lie between.  `*out`
 * is the caller's to free(); returns how many, and in `*bytes` what a frame
 * holds. */
struct extent {
    uint64_t offset;
    uint64_t size;
};
size_t ranges_make(const struct extent *wanted, size_t count,
                   struct range **out, size_t *bytes);
/* Where the byte `offset` of the mapping stands in a frame; SIZE_MAX if
 * nowhere. */
size_t ranges_find(const struct range *ranges, size_t count, uint64_t offset);

struct frame {
    int64_t wall_ns; /* UTC since 1970 */
    int64_t mono_ns;
    enum source_state state;
    enum status status;    /* what a missing or refused mapping means for the
                              exit code; STATUS_OK when attached */
    uint32_t generation;   /* 0 until first attached, then 1, 2, ... */
    uint64_t size;         /* bytes the mapping has now; 0 when not attached */
    const uint8_t *bytes;  /* of the ranges; borrowed until the next frame.
                              Ranges beyond `size` are not valid.  NULL when
                              the state is not state_is_read. */
    const uint8_t *before; /* bytes of the guards (see source_guard), loaded */
    const uint8_t *after;  /* ahead of `bytes` and behind them; NULL without
                              guards, else as `bytes` */
    const char *note;      /* why, or how ("read"); "" when there is nothing to
                              say; borrowed until the next frame */
};

struct source;

/* A source for `target` that delivers `ranges` (borrowed, must outlive it) and
 * calls a mapping of less than `need` bytes SHORT.  Nothing live is opened yet;
 * only a recording is read at once and can fail, as source_mem_open says. */
bool source_open(struct source **out, const struct target *target,
                 const struct range *ranges, size_t range_count, uint64_t need,
                 struct err *err);
void source_close(struct source *source); /* accepts NULL */

/* From now on frames also carry the bytes of `guards` (borrowed, like the
 * ranges), loaded ahead of the copy and once more behind it: where a producer
 * says there what it is doing, the two tell whether it wrote meanwhile.
 * Every aligned word of 8 bytes of them is read by one load.  Before the first
 * sample only. */
void source_guard(struct source *source, const struct range *guards,
                  size_t guard_count);

/* From the next frame on other ranges, borrowed like those before. */
void source_set_ranges(struct source *source, const struct range *ranges,
                       size_t range_count);

/* Attaches where needed and reads one frame at one instant.  `frame` is filled
 * completely.  A missing mapping is looked for at each call, unless looking
 * takes long: then after a pause of 20 times as long, at most 50 ms. */
void source_sample(struct source *source, struct frame *frame);
/* Copies the bytes of `frame`, which was read by the last call, and its guards
 * once more, at a new instant; whether the mapping is still the same is not
 * looked at.  False when they cannot be copied, or only by another
 * source_sample; `frame` is undefined then. */
bool source_again(struct source *source, struct frame *frame);

/* For a source of recorded frames: whether all of them have been delivered.
 * Always false for live ones. */
bool source_is_over(const struct source *source);
/* Whether time is part of the frames, so that nobody must wait for ticks. */
bool source_is_recorded(const struct source *source);

#endif
