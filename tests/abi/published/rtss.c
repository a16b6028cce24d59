/* SPDX-License-Identifier: MIT */
/* RTSSSharedMemory.h of RivaTuner Statistics Server, version 2. */
/* layout rtss: x86-windows x64-windows */
/* state GONE: -DSIGNATURE=0xDEAD */
/* state WAITING: -DSIGNATURE=0 */
#include "published.h"
#ifndef SIGNATURE
#define SIGNATURE 0x52545353 /* 'RTSS' */
#endif
#define MAX_PATH 260

struct header {
    u32 dwSignature;
    u32 dwVersion;
    u32 dwAppEntrySize;
    u32 dwAppArrOffset;
    u32 dwAppArrSize;
    u32 dwOSDEntrySize;
    u32 dwOSDArrOffset;
    u32 dwOSDArrSize;
    u32 dwOSDFrame;
    i32 dwBusy;
    u32 dwDesktopVideoCaptureFlags;
    u32 dwDesktopVideoCaptureStat[5];
    u32 dwLastForegroundApp;
    u32 dwLastForegroundAppProcessID;
    u32 dwProcessPerfCountersEntrySize;
    u32 dwProcessPerfCountersArrOffset;
};
struct app {
    u32 dwProcessID;
    char szName[MAX_PATH];
    u32 dwFlags;
    u32 dwTime0;
    u32 dwTime1;
    u32 dwFrames;
    u32 dwFrameTime;
    u32 dwStatFlags;
    u32 dwStatTime0;
    u32 dwStatTime1;
    u32 dwStatFrames;
    u32 dwStatCount;
    u32 dwStatFramerateMin;
    u32 dwStatFramerateAvg;
    u32 dwStatFramerateMax;
    u32 dwOSDX;
    u32 dwOSDY;
    u32 dwOSDPixel;
    u32 dwOSDColor;
    u32 dwOSDFrame;
    u32 dwScreenCaptureFlags;
    char szScreenCapturePath[MAX_PATH];
    u32 dwOSDBgndColor;
};
PUBLISHED(struct header, 80);
_Static_assert(OFFSET(struct app, dwOSDBgndColor) == 600, "v2.2 and later");

struct mapping {
    struct header header;
    u8 osd[48];
    struct app apps[3];
};
_Static_assert(OFFSET(struct mapping, apps) == 128 && sizeof(struct app) == 604,
               "as it is said below");

MAPPING struct mapping mapping = {
    .header = {
        .dwSignature = SIGNATURE,
        /* = signature : 1381258067 */
        .dwVersion = 0x20012, /* = version */
        .dwAppEntrySize = 604, /* = app_entry_size */
        .dwAppArrOffset = 128, /* = app_offset */
        .dwAppArrSize = 2, /* = app_count */
        .dwOSDEntrySize = 11, /* = osd_entry_size */
        .dwOSDArrOffset = 80, /* = osd_offset */
        .dwOSDArrSize = 4, /* = osd_count */
        .dwOSDFrame = 77, /* = osd_frame */
        .dwBusy = 1,
        .dwLastForegroundApp = 3,
        .dwLastForegroundAppProcessID = 4321,
    },
    .apps[0] = {
        .dwProcessID = 4321, /* = apps[0].pid */
        .szName = "C:/game/game.exe", /* = apps[0].name */
        .dwFlags = 0x10007,
        /* = apps[0].x64 : "yes" */
        /* = apps[0].api : "Direct3D 11" */
        .dwTime0 = 100000, /* = apps[0].time0 */
        .dwTime1 = 100800, /* = apps[0].time1 */
        .dwFrames = 50, /* = apps[0].frames */
        /* = fps : 62.5 */
        .dwFrameTime = 16125, /* = apps[0].frame_time */
        .dwStatFlags = 1, /* = apps[0].stat_flags */
        .dwStatTime0 = 90000, /* = apps[0].stat_time0 */
        .dwStatTime1 = 99000, /* = apps[0].stat_time1 */
        .dwStatFrames = 540, /* = apps[0].stat_frames */
        .dwStatCount = 9, /* = apps[0].stat_count */
        .dwStatFramerateMin = 48500, /* = apps[0].stat_fps_min */
        .dwStatFramerateAvg = 60500, /* = apps[0].stat_fps_avg */
        .dwStatFramerateMax = 71500, /* = apps[0].stat_fps_max */
        .dwOSDX = 1,
        .szScreenCapturePath = "not shown",
    },
    .apps[1] = {
        .dwProcessID = 8765, /* = apps[1].pid */
        .szName = "other.exe", /* = apps[1].name */
        .dwFlags = 10,
        /* = apps[1].x64 : "no" */
        /* = apps[1].api : "Vulkan" */
        .dwTime0 = 7, /* = apps[1].time0 */
        .dwTime1 = 8, /* = apps[1].time1 */
        .dwFrames = 9, /* = apps[1].frames */
        .dwFrameTime = 10, /* = apps[1].frame_time */
        .dwStatFlags = 0, /* = apps[1].stat_flags */
        .dwStatTime0 = 11, /* = apps[1].stat_time0 */
        .dwStatTime1 = 12, /* = apps[1].stat_time1 */
        .dwStatFrames = 13, /* = apps[1].stat_frames */
        .dwStatCount = 14, /* = apps[1].stat_count */
        .dwStatFramerateMin = 15, /* = apps[1].stat_fps_min */
        .dwStatFramerateAvg = 16, /* = apps[1].stat_fps_avg */
        .dwStatFramerateMax = 17, /* = apps[1].stat_fps_max */
    },
    .apps[2].szName = "behind the last",
};
