/* SPDX-License-Identifier: MIT */
/* struct LinkedMem of Mumble's Link plugin. */
/* layout mumblelink: x64-linux x86-linux x64-windows x86-windows arm64-linux */
#include "published.h"

struct LinkedMem {
    u32 uiVersion;
    u32 uiTick;
    float fAvatarPosition[3];
    float fAvatarFront[3];
    float fAvatarTop[3];
    __WCHAR_TYPE__ name[256];
    float fCameraPosition[3];
    float fCameraFront[3];
    float fCameraTop[3];
    __WCHAR_TYPE__ identity[256];
    u32 context_len;
    unsigned char context[256];
    __WCHAR_TYPE__ description[2048];
};
#ifdef _WIN32
PUBLISHED(struct LinkedMem, 5460);
#else
PUBLISHED(struct LinkedMem, 10580);
#endif

MAPPING struct LinkedMem lm = {
    .uiVersion = 2,                          /* = version */
    .uiTick = 4711,                          /* = tick */
    .fAvatarPosition = {1.5f, 2.25f, 3.125f}, /* = avatar_position */
    .fAvatarFront = {0.5f, -0.5f, 0.25f},    /* = avatar_front */
    .fAvatarTop = {-0.25f, 0.75f, 0.125f},   /* = avatar_top */
    .name = L"A Game",                       /* = name */
    .fCameraPosition = {-4.5f, 5.25f, 6.75f}, /* = camera_position */
    .fCameraFront = {0.0625f, -0.125f, 1.0f}, /* = camera_front */
    .fCameraTop = {-1.0f, 0.375f, -0.375f},  /* = camera_top */
    .identity = L"Player Seven",             /* = identity */
    .context_len = 5,                        /* = context_len */
    .context = {0x73, 0x65, 0x72, 0x76, 0x31}, /* = context : "7365727631+0*251" */
    .description = L"A game with a long description", /* = description */
};
