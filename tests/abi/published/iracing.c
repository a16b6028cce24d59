/* SPDX-License-Identifier: MIT */
/* irsdk_defines.h of the iRacing SDK, version 2. */
/* layout iracing: x86-windows x64-windows */
/* state WAITING: -DVERSION=1 */
#include "published.h"
#ifndef VERSION
#define VERSION 2
#endif

struct irsdk_varBuf {
    int tickCount;
    int bufOffset;
    int pad[2];
};
struct irsdk_varHeader {
    int type;
    int offset;
    int count;
    bool countAsTime;
    char pad[3];
    char name[32];
    char desc[64];
    char unit[32];
};
struct irsdk_header {
    int ver;
    int status;
    int tickRate;
    int sessionInfoUpdate;
    int sessionInfoLen;
    int sessionInfoOffset;
    int numVars;
    int varHeaderOffset;
    int numBuf;
    int bufLen;
    int pad1[2];
    struct irsdk_varBuf varBuf[4];
};
PUBLISHED(struct irsdk_varHeader, 144);
PUBLISHED(struct irsdk_header, 112);

#pragma pack(push, 1)
struct row {
    double SessionTime;
    int SessionTick;
    float Speed;
    bool OnPitRoad;
    char behind[7];
};
#pragma pack(pop)
struct mapping {
    struct irsdk_header header;
    char info[64];
    struct irsdk_varHeader vars[5];
    struct row rows[4];
};
_Static_assert(OFFSET(struct mapping, vars) == 176 &&
                   OFFSET(struct mapping, rows) == 896,
               "as it is said below");

/* The third of four buffers is the newest. */
MAPPING struct mapping mapping = {
    .header = {
        .ver = VERSION,
        /* = header.version : 2 */
        .status = 1, /* = header.status */
        .tickRate = 60, /* = header.tick_rate */
        .sessionInfoUpdate = 5, /* = header.info_update */
        .sessionInfoLen = 64, /* = header.info_len */
        .sessionInfoOffset = 112, /* = header.info_at */
        .numVars = 4, /* = header.variable_count */
        .varHeaderOffset = 176, /* = header.variables_at */
        .numBuf = 4, /* = header.buffer_count */
        .bufLen = 24, /* = header.row_size */
        .varBuf[0].tickCount = 1001, /* = buffers[0].tick */
        .varBuf[0].bufOffset = 896, /* = buffers[0].at */
        .varBuf[1].tickCount = 1002, /* = buffers[1].tick */
        .varBuf[1].bufOffset = 920, /* = buffers[1].at */
        .varBuf[2].tickCount = 1003, /* = buffers[2].tick */
        .varBuf[2].bufOffset = 944, /* = buffers[2].at */
        .varBuf[3].tickCount = 1000, /* = buffers[3].tick */
        .varBuf[3].bufOffset = 968, /* = buffers[3].at */
    },
    .vars[0] = {
        .type = 5, /* = variables[0].type */
        .offset = OFFSET(struct row, SessionTime),
        .count = 1, /* = variables[0].elements */
        .name = "SessionTime", /* = variables[0].name */
        .desc = "Seconds since session start", /* = variables[0].doc */
        .unit = "s", /* = variables[0].unit */
    },
    .vars[1] = {
        .type = 2, /* = variables[1].type : "int" */
        .offset = OFFSET(struct row, SessionTick),
        .count = 1, /* = variables[1].elements */
        .name = "SessionTick", /* = variables[1].name */
        .desc = "Current update number", /* = variables[1].doc */
        .unit = "", /* = variables[1].unit */
    },
    .vars[2] = {
        .type = 4, /* = variables[2].type */
        .offset = OFFSET(struct row, Speed),
        .count = 6, /* = variables[2].elements */
        .countAsTime = 1, /* = variables[2].count_as_time */
        .name = "Speed", /* = variables[2].name */
        .desc = "GPS vehicle speed", /* = variables[2].doc */
        .unit = "m/s", /* = variables[2].unit */
    },
    .vars[3] = {
        .type = 1, /* = variables[3].type */
        .offset = OFFSET(struct row, OnPitRoad),
        .count = 1, /* = variables[3].elements */
        .name = "OnPitRoad", /* = variables[3].name */
        .desc = "Is the player car on pit road", /* = variables[3].doc */
        .unit = "", /* = variables[3].unit */
    },
    .vars[4].name = "behind the last",
    .rows[0] = {1.5, 11, 21.5f, 0},
    .rows[1] = {2.5, 12, 22.5f, 0},
    .rows[2].SessionTime = 3.5, /* = variables[0].as_double */
    .rows[2].SessionTick = 13, /* = variables[1].as_int */
    .rows[2].Speed = 23.5f, /* = variables[2].as_float */
    .rows[2].OnPitRoad = 1, /* = variables[3].as_bool */
    .rows[3] = {4.5, 14, 24.5f, 0},
};
/* unjudged variables[[]?].as_* */
/* unjudged variables[[]?].at */
/* unjudged variables[[]?].count_as_time */
