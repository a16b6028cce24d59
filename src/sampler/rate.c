/* SPDX-License-Identifier: MIT */
/* When a field without changes has the rate 0; the inner loop's part is inline
 * in rate.h. */
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
