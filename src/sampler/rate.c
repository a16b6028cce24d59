/* SPDX-License-Identifier: MIT */
/* Computes when the rate of a field that rests becomes 0.  The rest is inline
 * in rate.h, for the inner loop. */
#include "sampler/rate.h"

#include "base/err.h"

int64_t rate_deadline(const struct rate *rate, int64_t changed_ns)
{
    int64_t quiet_ns = RATE_QUIET_NS;
    CHECK(rate->span_ns >= 0);
    if (rate->span_ns > INT64_MAX / 3)
        return INT64_MAX;
    if (rate->span_ns * 3 > quiet_ns)
        quiet_ns = rate->span_ns * 3;
    return changed_ns > INT64_MAX - quiet_ns ? INT64_MAX
                                             : changed_ns + quiet_ns;
}
