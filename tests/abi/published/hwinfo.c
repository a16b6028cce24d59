/* SPDX-License-Identifier: MIT */
/* HWiNFO's shared memory, as its author describes it to developers: version 1,
 * and version 2 with names in UTF-8 after each element. */
/* layout hwinfo: x86-windows x64-windows */
/* layout hwinfo: x86-windows x64-windows: -DSECOND */
/* state GONE: -DSIGNATURE=0x44414544 */
/* state WAITING: -DSIGNATURE=0 */
#include "published.h"
#ifndef SIGNATURE
#define SIGNATURE 0x53695748 /* 'HWiS' */
#endif

#pragma pack(push, 1)
struct header {
    u32 dwSignature;
    u32 dwVersion;
    u32 dwRevision;
    i64 poll_time;
    u32 dwOffsetOfSensorSection;
    u32 dwSizeOfSensorElement;
    u32 dwNumSensorElements;
    u32 dwOffsetOfReadingSection;
    u32 dwSizeOfReadingElement;
    u32 dwNumReadingElements;
    u32 dwPollingPeriod;
};
struct sensor {
    u32 dwSensorID;
    u32 dwSensorInst;
    char szSensorNameOrig[128];
    char szSensorNameUser[128];
#ifdef SECOND
    char utfSensorNameUser[128];
#endif
};
struct reading {
    u32 tReading;
    u32 dwSensorIndex;
    u32 dwReadingID;
    char szLabelOrig[128];
    char szLabelUser[128];
    char szUnit[16];
    double Value;
    double ValueMin;
    double ValueMax;
    double ValueAvg;
#ifdef SECOND
    char utfLabelUser[128];
    char utfUnit[16];
#endif
};
struct mapping {
    struct header header;
    struct sensor sensors[3];
    struct reading readings[3];
};
#pragma pack(pop)
PUBLISHED(struct header, 48);
#ifdef SECOND
PUBLISHED(struct sensor, 392);
PUBLISHED(struct reading, 460);
#else
PUBLISHED(struct sensor, 264);
PUBLISHED(struct reading, 316);
#endif

MAPPING struct mapping mapping = {
    .header = {
        .dwSignature = SIGNATURE,
        /* = header.signature : 1399412552 */
#ifdef SECOND
        .dwVersion = 2,
#else
        .dwVersion = 1,
#endif
        /* unjudged header.version */
        .dwRevision = 21, /* = header.revision */
        .poll_time = 1700000005, /* = header.poll_time */
        .dwOffsetOfSensorSection = OFFSET(struct mapping, sensors),
        .dwSizeOfSensorElement = sizeof(struct sensor),
        .dwNumSensorElements = 2, /* = header.sensor_count */
        .dwOffsetOfReadingSection = OFFSET(struct mapping, readings),
        .dwSizeOfReadingElement = sizeof(struct reading),
        /* unjudged header.sensor_offset */
        /* unjudged header.sensor_size */
        /* unjudged header.reading_offset */
        /* unjudged header.reading_size */
        .dwNumReadingElements = 2, /* = header.reading_count */
        .dwPollingPeriod = 2000, /* = header.poll_period */
    },
    .sensors[0] = {
        .dwSensorID = 0xf0000100, /* = sensors[0].id */
        .dwSensorInst = 3, /* = sensors[0].instance */
        .szSensorNameOrig = "CPU [#0]", /* = sensors[0].original */
        .szSensorNameUser = "My CPU", /* = sensors[0].name */
    },
    .sensors[1] = {
        .dwSensorID = 0xf0000200, /* = sensors[1].id */
        .dwSensorInst = 4, /* = sensors[1].instance */
        .szSensorNameOrig = "Board", /* = sensors[1].original */
        .szSensorNameUser = "My board", /* = sensors[1].name */
    },
    .sensors[2].dwSensorInst = 99,
    .readings[0] = {
        .tReading = 1, /* = readings[0].type */
        .dwSensorIndex = 7, /* = readings[0].sensor */
        .dwReadingID = 0x1000001, /* = readings[0].id */
        .szLabelOrig = "Core 0", /* = readings[0].original */
        .szLabelUser = "First core", /* = readings[0].name */
        .szUnit = "\xb0""C", /* = readings[0].unit : "\u00b0C" */
        .Value = 61.5, /* = readings[0].value */
        .ValueMin = 33.25, /* = readings[0].lowest */
        .ValueMax = 97.75, /* = readings[0].highest */
        .ValueAvg = 55.125, /* = readings[0].average */
    },
    .readings[1] = {
        .tReading = 3, /* = readings[1].type : "fan" */
        .dwSensorIndex = 1, /* = readings[1].sensor */
        .dwReadingID = 0x2000002, /* = readings[1].id */
        .szLabelOrig = "CPU1", /* = readings[1].original */
        .szLabelUser = "CPU fan", /* = readings[1].name */
        .szUnit = "RPM", /* = readings[1].unit */
        .Value = 1250.5, /* = readings[1].value */
        .ValueMin = 900.5, /* = readings[1].lowest */
        .ValueMax = 2100.5, /* = readings[1].highest */
        .ValueAvg = 1300.5, /* = readings[1].average */
    },
    .readings[2].Value = 99,
};
