/* SPDX-License-Identifier: MIT */
/* Whether a frame is whole: one publication of its producer, not the bytes of
 * two.  Reads again while the producer is writing, up to a limit. */
#ifndef SHMTOP_SAMPLER_CONSISTENCY_H
#define SHMTOP_SAMPLER_CONSISTENCY_H

#include "layout/layout.h"
#include "sampler/fast_field.h"
#include "source/source.h"

/* The first CONSISTENCY_QUICK looks follow each other without a pause.  A live
 * mapping is then read again after pauses: the first is CONSISTENCY_PAUSE_NS,
 * each is twice as long as the one before, up to 64 times the first, until the
 * patience is over.  No pauses if the last frame was given up during the same
 * write. */
#define CONSISTENCY_QUICK 64u
#define CONSISTENCY_PAUSE_NS INT64_C(10000)
/* Default time limit for rereading a frame: the patience. */
#define CONSISTENCY_PATIENCE_NS INT64_C(2000000)

/* The patience for frames that are read every `period_ns`: a 20th of it, at
 * most CONSISTENCY_PATIENCE_NS. */
int64_t consistency_patience(int64_t period_ns);

enum verdict {
    VERDICT_NONE,    /* the layout gives no method, or nothing was read */
    VERDICT_WHOLE,   /* as far as the method can tell */
    VERDICT_TORN,    /* given up: not to be shown */
    VERDICT_UNKNOWN, /* the method's fields are beyond the mapping's end, or
                        nothing was published yet */
};

/* What is known of the frames of one mapping; counts since the start. */
struct consistency_result {
    enum snapshot_method method;
    enum verdict verdict; /* result for the last frame */
    uint32_t buffer;      /* SNAPSHOT_NEWEST: the newest whole one */
    uint64_t frames;      /* judged */
    uint64_t torn;        /* looks during a write */
    uint64_t retries;     /* looks that were repeated for that */
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
    struct fast_field *fast_fields; /* the method's, in the guards */
    size_t fast_count;
    uint64_t *ticks; /* SNAPSHOT_NEWEST: of each buffer, before the copy */
    uint64_t end;    /* of the method's fields, in the mapping */
    uint8_t *copy;   /* SNAPSHOT_STABLE: the look before */
    size_t copy_bytes;
    uint8_t *begun; /* the guards when the last frame was given up */
    bool has_begun;
    bool stuck;          /* they were the same for two frames or more */
    bool all_written;    /* SNAPSHOT_NEWEST: each buffer had a tick but 0 */
    uint32_t generation; /* of the frame that `ticks` were read from */
    struct consistency_result result;
    char note[256];
};

/* Judges the frames of mapping `mapping`.  `source` (borrowed, before its first
 * sample) delivers `frame_bytes` bytes each. */
void consistency_make(struct consistency *consistency,
                      const struct layout *layout, size_t mapping,
                      struct source *source, size_t frame_bytes);
void consistency_free(struct consistency *consistency);

/* Reads a frame as source_sample does and sets `result`.  Recordings: retries
 * without pauses only. */
void consistency_sample(struct consistency *consistency, struct frame *frame);

/* Reads the last frame again, with the source's new ranges of `frame_bytes`
 * bytes in all.  The result may be a frame of another generation or without
 * bytes. */
void consistency_again(struct consistency *consistency, struct frame *frame,
                       size_t frame_bytes);

/* Why the last frame was given up, as a note; "" if it was not.  `stale`: the
 * mapping is STALE, since no frame was whole.  Valid until the next sample. */
const char *consistency_note(struct consistency *consistency, bool stale);

/* The method by which the last frame is whole, such as "seqlock"; "" if it is
 * not whole or there is no method. */
const char *consistency_word(const struct consistency_result *result);

#endif
