/* SPDX-License-Identifier: MIT */
/* Judges whether a producer is alive and whether the mapping holds what the
 * layout describes, by the keys `require`, `gone`, `heartbeat` and `pid`. */
#ifndef SHMTOP_SAMPLER_HEALTH_H
#define SHMTOP_SAMPLER_HEALTH_H

#include "expr/expr.h"
#include "sampler/missed.h"
#include "sampler/sampler.h"

/*
 * A generation is the time during which both are true.  Until `require`
 * holds for the first time the mapping is WAITING.  When it does not hold any
 * more, when `gone` holds, or when the process `pid` does not exist, the
 * producer has ended: the mapping is GONE and the last values are held.  What
 * comes next is a new generation, even in the same memory.
 */

/* What is known of the process that `pid` names. */
enum process {
    PROCESS_UNKNOWN, /* not looked for: a recording, or no value */
    PROCESS_LIVES,
    PROCESS_ENDED,
    PROCESS_NO_ID, /* the number cannot be a process id */
};

/* What a frame holds about health; see health_facts.h. */
struct health_facts {
    enum expr_truth require; /* EXPR_TRUE if there is none */
    enum expr_truth gone;    /* EXPR_FALSE if there is none */
    const char *message;     /* why one of them cannot be computed, or NULL */
    struct value pid;        /* VALUE_NONE: none, or not there */
    enum process process;
    bool beat_seen;
    uint64_t beat; /* bits of the heartbeat, if seen */
};

/* The health of one mapping; as part of a sample, read only. */
struct health {
    enum source_state state; /* as in the frame; REPLACED counts as LIVE */
    int64_t since_ns;        /* monotonic instant at which it began */
    bool unmet;              /* attached, but `require` does not hold */
    const struct expression *require, *gone; /* NULL: not given */
    enum expr_truth require_truth; /* of the last frame that could be judged; */
    enum expr_truth gone_truth;    /* EXPR_MISSING: not known */
    const char *message; /* why one of them cannot be computed, or NULL */
    struct value pid;    /* VALUE_NONE: none, or not there */
    enum process process;
    int64_t beat_ns; /* monotonic instant of the heartbeat's last change, or of
                        its first value */
    bool beat_seen;
    int64_t beat_stale_ns; /* it may rest that long; INT64_MAX: forever */
    struct missed missed;

    /* For health.c and sampler.c only. */
    bool judged; /* the layout gives any of the four */
    bool over;   /* the next live frame begins a generation, even in the
                    same memory */
    bool first;  /* this frame is GONE, but none of its values were shown */
    uint32_t generation;        /* shown */
    uint32_t source_generation; /* the source's, when `generation` began */
    uint64_t beat;
    const char *beat_name;
    char note[640];
};

/* Prepares the health of mapping `mapping`. */
void health_make(struct health *health, const struct layout *layout,
                 size_t mapping);

/* Judges a frame as it came from the source: sets its state, generation and
 * note, and `bytes` to NULL if it must not be read.  The note lives as long as
 * the health.  If health->first is set then, the frame is GONE, but its bytes
 * may be read once. */
void health_judge(struct health *health, struct frame *frame,
                  const struct health_facts *facts);

/* Sets the state of a LIVE frame whose heartbeat rests to STALE, and notes
 * since when the state is what it is.  Called when all else is decided. */
void health_finish(struct health *health, struct frame *frame);

#endif
