/* SPDX-License-Identifier: MIT */
/*
 * The rate of one field.  Invariant: the rate is always a distance between
 * two changes over the time between them, never over an arbitrary sampling
 * interval.  When to call is the sampler's business.
 */
#include "sampler/rate.h"

#include <math.h>

int64_t rate_deadline(const struct rate *rate, int64_t changed_ns)
{
    int64_t quiet_ns = RATE_QUIET_NS;
    if (rate->span_ns > INT64_MAX / 3)
        return INT64_MAX;
    if (rate->span_ns * 3 > quiet_ns)
        quiet_ns = rate->span_ns * 3;
    return changed_ns > INT64_MAX - quiet_ns ? INT64_MAX
                                             : changed_ns + quiet_ns;
}
