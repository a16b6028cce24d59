/* SPDX-License-Identifier: MIT */
/* Computes when the rate of a field that rests becomes 0.  The rest is inline
 * in rate.h, for the inner loop. */
#include "sampler/rate.h"

#include "base/err.h"

int64_t rate_deadline(const struct rate *rate, int64_t changed_ns)
{
    CHECK(changed_ns >= 0);
    int64_t quiet_ns = INT64_C(3) * rate->gap << RATE_GAP_SHIFT;
    if (quiet_ns < RATE_QUIET_NS)
        quiet_ns = RATE_QUIET_NS;
    return changed_ns > INT64_MAX - quiet_ns ? INT64_MAX
                                             : changed_ns + quiet_ns;
}
