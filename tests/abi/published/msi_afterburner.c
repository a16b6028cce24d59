/* SPDX-License-Identifier: MIT */
/* MAHMSharedMemory.h of MSI Afterburner, version 2.0. */
/* layout msi_afterburner: x86-windows x64-windows */
/* state GONE: -DSIGNATURE=0xDEAD */
/* state WAITING: -DSIGNATURE=0 */
#include "published.h"
#ifndef SIGNATURE
#define SIGNATURE 0x4D41484D /* 'MAHM' */
#endif
#define MAX_PATH 260

struct header {
    u32 dwSignature;
    u32 dwVersion;
    u32 dwHeaderSize;
    u32 dwNumEntries;
    u32 dwEntrySize;
    i32 time; /* __time32_t */
    u32 dwNumGpuEntries;
    u32 dwGpuEntrySize;
};
struct entry {
    char szSrcName[MAX_PATH];
    char szSrcUnits[MAX_PATH];
    char szLocalizedSrcName[MAX_PATH];
    char szLocalizedSrcUnits[MAX_PATH];
    char szRecommendedFormat[MAX_PATH];
    float data;
    float minLimit;
    float maxLimit;
    u32 dwFlags;
    u32 dwGpu;
    u32 dwSrcId;
};
PUBLISHED(struct header, 32);
PUBLISHED(struct entry, 1324);

/* A newer producer may have longer ones. */
struct mapping {
    struct header header;
    u32 newer;
    struct {
        struct entry entry;
        u32 newer[3];
    } entries[3];
};


MAPPING struct mapping mapping = {
    .header = {
        .dwSignature = SIGNATURE,
        /* = signature : 1296123981 */
        .dwVersion = 0x20000, /* = version */
        .dwHeaderSize = 36, /* = header_size */
        .dwNumEntries = 2, /* = entry_count */
        .dwEntrySize = 1336, /* = entry_size */
        .time = 1700000001, /* = time */
        .dwNumGpuEntries = 1, /* = gpu_count */
        .dwGpuEntrySize = 1304, /* = gpu_entry_size */
    },
    .newer = 1,
    .entries[0].entry = {
        .szSrcName = "GPU temperature", /* = entries[0].name */
        .szSrcUnits = "\xb0""C", /* = entries[0].unit : "\u00b0C" */
        .szLocalizedSrcName = "GPU-Temperatur", /* = entries[0].localized_name */
        .szLocalizedSrcUnits = "Grad", /* = entries[0].localized_units */
        .szRecommendedFormat = "%.0f", /* = entries[0].format */
        .data = 61.5f, /* = entries[0].value */
        .minLimit = 1.5f, /* = entries[0].minimum */
        .maxLimit = 100.25f, /* = entries[0].maximum */
        .dwFlags = 5, /* = entries[0].flags */
        .dwGpu = 1, /* = entries[0].gpu */
        .dwSrcId = 0, /* = entries[0].source */
    },
    .entries[1].entry = {
        .szSrcName = "Framerate", /* = entries[1].name */
        .szSrcUnits = "FPS", /* = entries[1].unit */
        .szLocalizedSrcName = "Bildrate", /* = entries[1].localized_name */
        .szLocalizedSrcUnits = "B/s", /* = entries[1].localized_units */
        .szRecommendedFormat = "%.1f", /* = entries[1].format */
        .data = 59.75f, /* = entries[1].value */
        .minLimit = 2.5f, /* = entries[1].minimum */
        .maxLimit = 240.5f, /* = entries[1].maximum */
        .dwFlags = 2, /* = entries[1].flags */
        .dwGpu = 0xffffffff, /* = entries[1].gpu */
        .dwSrcId = 0x50, /* = entries[1].source : "frame rate" */
    },
    .entries[2].entry.szSrcName = "behind the last",
};
