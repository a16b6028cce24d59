/* SPDX-License-Identifier: MIT */
/* The mean of a field's values since the baseline, weighted by time, and the
 * value before the last change.  Updated at changes only. */
#ifndef SHMTOP_SAMPLER_STATISTIC_H
#define SHMTOP_SAMPLER_STATISTIC_H

#include <math.h>
#include <stdint.h>

#include "sampler/sampler.h"

/* Of one field; its last value is not in it before it ends. */
struct statistic {
    double sum;        /* of numbers, each times the time that it was there */
    int64_t time_ns;   /* of all of them */
    uint64_t previous; /* bits of the value before the last change */
};

/* The number was there for `ns`.  Not counted if it is not finite. */
static inline void statistic_add(struct statistic *statistic, double number,
                                 int64_t ns)
{
    if (ns <= 0 || !isfinite(number))
        return;
    statistic->sum += number * (double)ns;
    statistic->time_ns += ns;
}

/* The mean if `number` is there for `ns` now; without any time it is that
 * number.  It lies between the trend's min and max. */
static inline double statistic_average(struct statistic statistic,
                                       const struct trend *trend, double number,
                                       int64_t ns)
{
    statistic_add(&statistic, number, ns);
    if (statistic.time_ns == 0)
        return number;
    double mean = statistic.sum / (double)statistic.time_ns;
    return mean < trend->min   ? trend->min
           : mean > trend->max ? trend->max
                               : mean;
}

#endif
