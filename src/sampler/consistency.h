/* SPDX-License-Identifier: MIT */
/*
 * Whether a frame is whole: one publishing of its producer, not the bytes of
 * two.  Judged by the method that the layout declares for the mapping, looked
 * at again where the producer was writing, and given up after a while.
 */
#ifndef SHMTOP_SAMPLER_CONSISTENCY_H
#define SHMTOP_SAMPLER_CONSISTENCY_H

#include "layout/layout.h"
#include "sampler/fast_field.h"
#include "source/source.h"

/* Looks that follow at once.  A live mapping is then looked at after pauses of
 * CONSISTENCY_PAUSE_NS, each twice as long as the one before up to 64 times of
 * it, for as long as the patience (below) lasts from the first look on; but
 * not where the same unfinished write was given up on the last time. */
#define CONSISTENCY_QUICK 64u
#define CONSISTENCY_PAUSE_NS INT64_C(10000)
/* What a frame may cost in all. */
#define CONSISTENCY_PATIENCE_NS INT64_C(2000000)

/* How much of a period the looks at one frame may take: a 20th, at most
 * CONSISTENCY_PATIENCE_NS. */
int64_t consistency_patience(int64_t period_ns);

enum verdict {
    VERDICT_NONE,    /* no method is declared, or nothing was read */
    VERDICT_WHOLE,   /* as far as the method can tell */
    VERDICT_TORN,    /* given up: not to be shown */
    VERDICT_UNKNOWN, /* what the method needs lies beyond the mapping's end, or
                        nothing was published yet */
};

/* What is known of the frames of one mapping; counts since the start. */
struct wholeness {
    enum snapshot_method method;
    enum verdict verdict; /* on the last frame */
    uint32_t buffer;      /* SNAPSHOT_NEWEST: which is the newest whole one */
    uint64_t frames;      /* that were judged */
    uint64_t torn;        /* looks that found a write going on */
    uint64_t retries;     /* looks that were repeated for it */
    uint64_t given_up;    /* frames */
    int64_t whole_ns;     /* monotonic instant of the last whole frame; 0: none
                             yet */
};

struct consistency {
    const struct snapshot *snapshot;
    const struct layout *layout;
    struct source *source;
    int64_t patience_ns;
    struct range *guards;
    size_t guard_count;
    size_t guard_bytes;
    struct fast_field *fast_fields; /* of the fields that the method needs,
                             their places in the guards */
    size_t fast_count;
    uint64_t *ticks; /* SNAPSHOT_NEWEST: of each buffer, before the copy */
    uint64_t end;    /* of these fields, in the mapping */
    uint8_t *copy;   /* SNAPSHOT_STABLE: the look before */
    size_t copy_bytes;
    uint8_t *begun; /* the guards that were given up on last */
    bool stuck;     /* they have been the same for two frames at least */
    bool has_begun;
    bool all_written;    /* SNAPSHOT_NEWEST: each buffer had a tick but 0 */
    uint32_t generation; /* in which */
    struct wholeness wholeness;
    char note[256];
};

/* Judges the frames of mapping `mapping`, which `source` (borrowed, before its
 * first sample) delivers with `frame_bytes` bytes each. */
void consistency_make(struct consistency *consistency,
                      const struct layout *layout, size_t mapping,
                      struct source *source, size_t frame_bytes);
void consistency_free(struct consistency *consistency);

/* Takes a frame as source_sample does and says in `wholeness` what it is
 * worth.  Of a recorded source only the looks at once are repeated. */
void consistency_sample(struct consistency *consistency, struct frame *frame);

/* The same for the frame that was taken last, once more, since its source has
 * got ranges of `frame_bytes` bytes in all.  A frame of another generation, or
 * one without bytes, is what may come out. */
void consistency_again(struct consistency *consistency, struct frame *frame,
                       size_t frame_bytes);

/* Why the last frame was given up, as a note; "" when it was not.  `stale`:
 * there has been no whole one for the time after which the mapping is STALE.
 * Valid until the next sample. */
const char *consistency_note(struct consistency *consistency, bool stale);

/* "seqlock": how a whole frame may be called, "" when it must not be called
 * anything: no method, not whole. */
const char *wholeness_word(const struct wholeness *wholeness);

#endif
