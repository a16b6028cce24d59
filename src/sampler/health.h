/* SPDX-License-Identifier: MIT */
/*
 * Whether a mapping that can be read is alive and what the layout describes:
 * `require`, `gone`, `heartbeat` and `pid` of [mapping].
 *
 * Each stretch of time in which a mapping is both is a generation.  While
 * `require` does not hold for the first time the mapping is WAITING; when it
 * does not hold any more, the producer has ended (GONE), as it has when `gone`
 * holds or the process `pid` does not exist: then the last values are held,
 * and what comes after is the next generation, even in the same memory.
 */
#ifndef SHMTOP_SAMPLER_HEALTH_H
#define SHMTOP_SAMPLER_HEALTH_H

#include "expr/expr.h"
#include "sampler/sampler.h"

/* What is known of the process that a field names. */
enum process {
    PROCESS_UNKNOWN, /* not looked for: a recording, or no value */
    PROCESS_LIVES,
    PROCESS_ENDED,
    PROCESS_NO_ID, /* the number is no process id */
};

/* What a frame says, found out by whoever has its bytes. */
struct health_facts {
    enum expr_truth require; /* EXPR_TRUE when there is none */
    enum expr_truth gone;    /* EXPR_FALSE when there is none */
    const char *message;     /* why one of them cannot be computed, or NULL */
    struct value pid;        /* VALUE_NONE: none, or not there */
    enum process process;
    bool beat_seen;
    uint64_t beat; /* bits of the heartbeat, when seen */
};

/* The health of one mapping; as part of a sample, read only. */
struct health {
    /* For people. */
    enum source_state state; /* as in the frame; REPLACED counts as LIVE */
    int64_t since_ns;        /* monotonic instant from which it is so */
    bool unmet;              /* attached, but `require` does not hold */
    const struct expression *require, *gone; /* NULL: not given */
    enum expr_truth require_truth; /* of the last frame that could be judged; */
    enum expr_truth gone_truth;    /* EXPR_MISSING: not known */
    const char *message; /* why one of them cannot be computed, or NULL */
    struct value pid;    /* VALUE_NONE: none, or not there */
    enum process process;
    int64_t beat_ns; /* monotonic instant of the heartbeat's last move, or of
                        its first sight */
    bool beat_seen;
    int64_t beat_stale_ns; /* it may rest for so long; INT64_MAX: for ever */

    /* Health's own. */
    bool judged; /* the layout gives something to judge by */
    bool over;   /* the generation has ended in the memory it was in */
    bool first;  /* this frame is GONE, but nothing of it was ever shown */
    uint32_t generation;        /* shown */
    uint32_t source_generation; /* of the source, when that one began */
    uint64_t beat;
    const char *beat_name;
    char note[640];
};

/* What the layout says of mapping `mapping`. */
void health_make(struct health *health, const struct layout *layout,
                 size_t mapping);

/* Judges a frame as it came from the source: sets its state, generation, note
 * and, where it is not to be read, bytes; the note lives as long as the
 * health.  When health->first is set afterwards, the frame is GONE but its
 * bytes are still there, to be taken once. */
void health_judge(struct health *health, struct frame *frame,
                  const struct health_facts *facts);

/* After all else is decided: a LIVE frame whose heartbeat rests becomes STALE;
 * notes since when the state is what it is. */
void health_finish(struct health *health, struct frame *frame);

#endif
