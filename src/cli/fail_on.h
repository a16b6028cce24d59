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
/* False with STATUS_CHECK_FAILED if there was one. */
bool fail_on_judge(const struct fail_on *fail, struct err *err);
void fail_on_free(struct fail_on *fail);

#endif
