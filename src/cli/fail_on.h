/* SPDX-License-Identifier: MIT */
/* --fail-on: the alarms of the printed samples. */
#ifndef SHMTOP_CLI_FAIL_ON_H
#define SHMTOP_CLI_FAIL_ON_H

#include "sampler/sampler.h"

#define FAIL_ON_NAMED 3 /* alarms that the message names */

struct fail_on {
    enum alarm_level level; /* ALARM_NONE: alarms are ignored */
    bool *seen;             /* one a field of sample->alarms; owned */
    size_t count;           /* fields that were alarming */
    struct buf text;        /* the first of them, with their values */
};

/* Adds the fields of `sample` that have an alarm of the level or above and are
 * in `fields` (rising, `field_count`). */
void fail_on_add(struct fail_on *fail, const struct layout *layout,
                 const uint32_t *fields, size_t field_count,
                 const struct sample *sample);

/* Limits of the level that are broken, but not yet for the time in `for`: only
 * later samples tell whether they are alarms. */
struct fail_on_pending {
    size_t count;     /* fields */
    uint32_t field;   /* the one with the longest `for` */
    int64_t for_ns;   /* that time */
    int64_t until_ns; /* monotonic instant at which the last one is judged */
};
/* Finds those that were broken at the monotonic instant `since_ns` or before;
 * none if there was an alarm already. */
struct fail_on_pending
fail_on_pending(const struct fail_on *fail, const struct layout *layout,
                const uint32_t *fields, size_t field_count,
                const struct sample *sample, int64_t since_ns);

/* False with STATUS_CHECK_FAILED if there was one. */
bool fail_on_judge(const struct fail_on *fail, struct err *err);
void fail_on_free(struct fail_on *fail);

#endif
