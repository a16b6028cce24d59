/* SPDX-License-Identifier: MIT */
/* struct shmTime of ntpd's driver 28 (refclock_shm.c). */
/* layout ntp_shm: x64-linux x86-linux x64-windows x86-windows arm64-linux */
/* layout ntp_shm_time64: x86-linux: -DTIME64 */
#include "published.h"

struct shmTime {
    int mode;
    int count;
    time_t clockTimeStampSec;
    int clockTimeStampUSec;
    time_t receiveTimeStampSec;
    int receiveTimeStampUSec;
    int leap;
    int precision;
    int nsamples;
    int valid;
    unsigned clockTimeStampNSec;
    unsigned receiveTimeStampNSec;
    int dummy[8];
};
#if !defined(__i386__) || defined(_WIN32)
PUBLISHED(struct shmTime, 96);
#elif defined(TIME64)
PUBLISHED(struct shmTime, 88);
#else
PUBLISHED(struct shmTime, 80);
#endif

MAPPING struct shmTime shm = {
    .mode = 1,                         /* = mode */
    .count = 2468,                     /* = count */
    .clockTimeStampSec = 1700000003,   /* = clock_sec */
    .clockTimeStampUSec = 123456,      /* = clock_usec */
    .receiveTimeStampSec = 1700000007, /* = receive_sec */
    .receiveTimeStampUSec = 654321,    /* = receive_usec */
    .leap = 3,                         /* = leap */
    .precision = -20,                  /* = precision */
    .nsamples = 17,                    /* = nsamples */
    .valid = 1,                        /* = valid */
    .clockTimeStampNSec = 123456789,   /* = clock_nsec */
    .receiveTimeStampNSec = 654321987, /* = receive_nsec */
    .dummy = {-1, 2, -3, 4, -5, 6, -7, 8}, /* = dummy */
};
