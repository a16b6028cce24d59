/* SPDX-License-Identifier: MIT */
/*
 * --fail-on: remembers the alarms of the samples that were printed.
 */
#ifndef SHMTOP_CLI_FAIL_ON_H
#define SHMTOP_CLI_FAIL_ON_H

#include "sampler/sampler.h"

#define FAIL_ON_NAMED 3 /* alarms that the message names */

struct fail_on {
    enum alarm_level level; /* ALARM_NONE: nothing is looked for */
    bool *seen;             /* one a field of sample->alarms; owned */
    size_t count;           /* fields that were alarming */
    struct buf text;        /* the first of them, with their values */
};

/* Looks at `sample` for fields among `fields` (rising, `field_count`) with
 * an alarm of the level or above. */
void fail_on_look(struct fail_on *fail, const struct layout *layout,
                  const uint32_t *fields, size_t field_count,
                  const struct sample *sample);
/* False with STATUS_CHECK_FAILED when there was one. */
bool fail_on_judge(const struct fail_on *fail, struct err *err);
void fail_on_free(struct fail_on *fail);

#endif
