/* SPDX-License-Identifier: MIT */
/* man 5 mmv of Performance Co-Pilot, version 1. */
/* layout pcp_mmv: x64-linux x86-linux arm64-linux */
/* state WAITING: -DCOMMITTED=0 */
#include "published.h"
#ifndef COMMITTED
#define COMMITTED 1700000009
#endif

struct header {
    char magic[4];
    i32 version;
    u64 g1;
    u64 g2;
    i32 tocs;
    i32 flag;
    i32 process;
    i32 cluster;
};
struct toc {
    i32 type;
    i32 count;
    u64 offset;
};
struct metric {
    char name[64];
    u32 item;
    i32 type;
    i32 semantics;
    u32 dimension;
    i32 indom;
    u32 padding;
    u64 shorttext;
    u64 helptext;
};
struct indom {
    u32 serial;
    u32 count;
    u64 offset;
    u64 shorttext;
    u64 helptext;
};
struct instance {
    u64 indom;
    u32 padding;
    i32 internal;
    char external[64];
};
struct value {
    u64 value;
    i64 extra;
    u64 metric;
    u64 instance;
};
PUBLISHED(struct header, 40);
PUBLISHED(struct toc, 16);
PUBLISHED(struct metric, 104);
PUBLISHED(struct instance, 80);
PUBLISHED(struct value, 32);

struct mapping {
    struct header header;
    struct toc tocs[4];
    struct indom indoms[1];
    struct instance instances[2];
    struct metric metrics[2];
    struct value values[3];
    struct value behind;
};
_Static_assert(OFFSET(struct mapping, indoms) == 104 &&
                   OFFSET(struct mapping, instances) == 136 &&
                   OFFSET(struct mapping, metrics) == 296 &&
                   OFFSET(struct mapping, values) == 504,
               "as it is said below");

MAPPING struct mapping mapping = {
    .header.magic = "MMV", /* = magic */
    .header.version = 1, /* = version */
    .header.g1 = 1700000009, /* = generation */
    .header.g2 = COMMITTED,
    /* = committed : 1700000009 */
    .header.tocs = 4, /* = tocs */
    .header.flag = 3, /* = flags */
    .header.process = 4321, /* = pid */
    .header.cluster = 321, /* = cluster */
    .tocs[0].type = 1, /* = contents[0].type */
    .tocs[0].count = 1, /* = contents[0].count */
    .tocs[0].offset = 104, /* = contents[0].at */
    .tocs[1].type = 2, /* = contents[1].type */
    .tocs[1].count = 2, /* = contents[1].count */
    .tocs[1].offset = 136, /* = contents[1].at */
    .tocs[2].type = 3, /* = contents[2].type */
    .tocs[2].count = 2, /* = contents[2].count */
    .tocs[2].offset = 296, /* = contents[2].at */
    .tocs[3].type = 4, /* = contents[3].type */
    /* = fourth : "values" */
    .tocs[3].count = 3, /* = contents[3].count */
    .tocs[3].offset = 504, /* = contents[3].at */
    .indoms[0] = {.serial = 9, .count = 2, .offset = 136},
    .instances[0] = {.indom = 104, .internal = 70, .external = "Anvils"},
    .instances[1] = {.indom = 104, .internal = 71, .external = "Rockets"},
    .metrics[0].name = "products.count", /* = metrics[0].name */
    .metrics[0].item = 7, /* = metrics[0].item */
    .metrics[0].type = 3, /* = metrics[0].type */
    .metrics[0].semantics = 1, /* = metrics[0].semantics : "counter" */
    .metrics[0].dimension = 0x100000, /* = metrics[0].units */
    .metrics[0].indom = 61, /* = metrics[0].domain */
    .metrics[0].shorttext = 1001, /* = metrics[0].short_at */
    .metrics[0].helptext = 1002, /* = metrics[0].long_at */
    .metrics[1].name = "products.speed", /* = metrics[1].name */
    .metrics[1].item = 8, /* = metrics[1].item */
    .metrics[1].type = 5, /* = metrics[1].type */
    .metrics[1].semantics = 3, /* = metrics[1].semantics */
    .metrics[1].dimension = 0x200000, /* = metrics[1].units */
    .metrics[1].indom = 62, /* = metrics[1].domain */
    .metrics[1].shorttext = 1003, /* = metrics[1].short_at */
    .metrics[1].helptext = 1004, /* = metrics[1].long_at */
    .values[0].value = 123456789, /* = values[0].value */
    .values[0].extra = 201, /* = values[0].extra */
    .values[0].metric = 296, /* = values[0].metric_at */
    /* = values[0].metric.name : "products.count" */
    /* = values[0].metric.item : 7 */
    .values[0].instance = 136, /* = values[0].instance_at */
    /* = values[0].instance.name : "Anvils" */
    /* = values[0].instance.id : 70 */
    .values[1].value = 987654321, /* = values[1].value */
    .values[1].extra = 202, /* = values[1].extra */
    .values[1].metric = 296, /* = values[1].metric_at */
    .values[1].instance = 216, /* = values[1].instance_at */
    /* = values[1].instance.name : "Rockets" */
    /* = values[1].instance.id : 71 */
    .values[2].value = 0x4029000000000000,
    /* = values[2].as_double : 12.5 */
    .values[2].extra = 203, /* = values[2].extra */
    .values[2].metric = 400, /* = values[2].metric_at */
    /* = values[2].metric.name : "products.speed" */
    .values[2].instance = 136, /* = values[2].instance_at */
    .behind.value = 99,
};
/* unjudged values[[]?].as_* */
/* unjudged values[[]2].value */
/* unjudged values[[]?].metric.* */
/* unjudged values[[]?].instance.* */
/* unjudged metrics[[]?].pad */
