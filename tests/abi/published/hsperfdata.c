/* SPDX-License-Identifier: MIT */
/* PerfDataPrologue of OpenJDK's perfMemory.hpp, version 2.0. */
/* layout hsperfdata: x64-linux x86-linux x64-windows x86-windows arm64-linux */
/* state WAITING: -DORDER=0 */
#include "published.h"
#ifndef ORDER
#define ORDER 1
#endif

struct PerfDataPrologue {
    i32 magic;
    i8 byte_order;
    i8 major_version;
    i8 minor_version;
    i8 accessible;
    i32 used;
    i32 overflow;
    i64 mod_time_stamp;
    i32 entry_offset;
    i32 num_entries;
};
PUBLISHED(struct PerfDataPrologue, 32);

MAPPING struct PerfDataPrologue prologue = {
    .magic = (i32)0xc0c0feca,
    /* = magic : 3405693120 */
    .byte_order = ORDER,
    /* = byte_order : "little" */
    .major_version = 2, /* = major */
    .minor_version = 3, /* = minor */
    .accessible = 1, /* = accessible */
    .used = 12345, /* = used */
    .overflow = 67, /* = overflow */
    .mod_time_stamp = 1234567891011, /* = mod_time */
    .entry_offset = 32, /* = entry_offset */
    .num_entries = 182, /* = entries */
};
