/* SPDX-License-Identifier: MIT */
/* What the tests of the history share: layouts, random recordings, and a
 * sampler with its history. */
#ifndef SHMTOP_TESTS_HISTORY_RIG_H
#define SHMTOP_TESTS_HISTORY_RIG_H

#include "engine_rig.h"

#include "base/mem.h"
#include "history/history.h"

#define SAMPLES 600
/* With so much memory not all samples of the first layout fit. */
#define FORGETS ((size_t)96 << 10)
#define MIB ((size_t)1 << 20)

/* How often a random test is repeated: `often`, or once under valgrind. */
static inline unsigned rounds(unsigned often)
{
    return getenv("SHMTOP_TEST_SLOW") ? 1 : often;
}

struct rig {
    struct layout *layout;
    struct sampler *sampler;
    struct history *history;
    char target[RIG_TARGET];
    int64_t keys[SAMPLES];
    struct buf words[SAMPLES]; /* each sample, as the test describes it */
    size_t count;
};

/* --- the rig -------------------------------------------------------------- */

static inline void rig_open(struct rig *rig, const char *layout,
                            const char *frames, size_t bytes)
{
    const struct sampler_options options = {
        .stale_ns = INT64_C(5000000000),
        .trend_bytes = 1 << 20,
        .trend_max = 100,
        .statistics = true,
    };
    struct err err = {0};
    *rig = (struct rig){.layout = rig_layout(layout)};
    rig_record(rig->target, frames);
    if (!sampler_open(&rig->sampler, rig->layout, rig->target, &options, &err))
        fail_msg("%s", err.text);
    rig->history = history_open(rig->sampler, rig->layout, bytes);
    assert_null(history_problem(rig->history));
}

static inline void rig_close(struct rig *rig)
{
    for (size_t i = 0; i < rig->count; i++)
        buf_free(&rig->words[i]);
    history_close(rig->history);
    sampler_close(rig->sampler);
    layout_free(rig->layout);
    rig_forget(rig->target);
}

/* --- random recordings ---------------------------------------------------- */

/* The same numbers on every system; rand() has 15 bits on Windows. */
static uint64_t rig_state;

static inline void rig_seed(unsigned seed)
{
    rig_state = seed;
}

static inline unsigned below(unsigned count)
{
    rig_state = rig_state * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (unsigned)(rig_state >> 33) % count;
}

#define MOVING_SIZE 256 /* of moving_layout */

static inline void put_change(struct buf *out, unsigned size)
{
    unsigned at = below(size - 8);
    unsigned count = 1 + below(8);
    buf_printf(out, "set %u ", at);
    for (unsigned i = 0; i < count; i++)
        buf_printf(out, "%02x", below(3) ? below(256) : 0);
    buf_putc(out, '\n');
}

static inline void put_frame(struct buf *out, unsigned size)
{
    unsigned what = below(60);
    if (what == 0)
        buf_puts(out, "frame +1s gone the producer has left\n");
    else if (what == 1)
        buf_puts(out, "frame +7s waiting\n");
    else if (what == 2)
        buf_printf(out, "size %u\nframe\nsize %u\n", size / 2, size);
    else if (what == 3)
        buf_puts(out, "frame +1us replaced\n");
    else if (what == 4)
        buf_puts(out, "frame +1h\n");
    else if (what == 5)
        buf_printf(out, "clock %c1h\nframe\n", below(2) ? '+' : '-');
    else
        buf_puts(out, "frame +100ms\n");
}

static inline void random_frames(struct buf *out, unsigned size, unsigned count)
{
    buf_printf(out, "start 2026-01-02T03:04:05Z\nsize %u\n", size);
    for (unsigned i = 0; i < count; i++) {
        for (unsigned k = below(4); k > 0; k--)
            put_change(out, size);
        if (size == MOVING_SIZE && below(4) == 0)
            buf_printf(out, "set 0 %02x %02x %02x\n", 8 + below(60), 14,
                       below(5));
        put_frame(out, size);
    }
}

static const char plain_layout[] =
    "[mapping]\nname = x\nsize = 128\nheartbeat = beat\n"
    "[fields]\n"
    "beat = u32 @0 role=counter\n"
    "small = i16be @6 warn=>1000 crit=>20000 for=1s hyst=10\n"
    "real = f64 @8 stale=2s\n"
    "float = f32 @16 scale=0.5 bias=3\n"
    "text = char[13] @23\n"
    "mode = u8 @40 enum=mode\n"
    "bits = u32 @44 bits=3..9\n"
    "far = u64[4] @96 role=counter\n"
    "[enum mode]\n0 = Off\n1 = On\n"
    "[computed sum]\nexpr = small + float\n"
    "[computed name]\nexpr = 'n' .. small\n"
    "[computed high]\nexpr = small > 100 and real > 0\n"
    "[computed step]\nexpr = delta(beat)\n"
    "[computed mean]\nexpr = avg(small, 3)\n"
    "[computed ratio]\nexpr = small // bits\n";

/* A seqlock that is odd now and then, and a mapping that must hold 1. */
static const char whole_layout[] = "[mapping]\nname = x\nsize = 64\n"
                                   "require = magic % 4 ~= 3\n"
                                   "[snapshot]\nmethod = seqlock\nseq = seq\n"
                                   "[fields]\n"
                                   "seq = u32 @0 role=counter\n"
                                   "magic = u8 @4\n"
                                   "a = i32 @8 warn=<0\n"
                                   "b = f64 @16\n"
                                   "name = char[16] @32\n";

/* A table whose place, element size and count are stored. */
static const char moving_layout[] =
    "[mapping]\nname = x\nsize = 256\n"
    "[struct pump]\nflow = u32 role=counter\nname = char[8]\nheat = i16\n"
    "[fields]\n"
    "at = u8 @0\n"
    "step = u8 @1\n"
    "count = u8 @2\n"
    "pumps = pump[4] @at stride=step count=count overlap=yes\n"
    "tail = u32 @248\n"
    "[computed all]\nexpr = pumps[0].flow + tail\n";

#endif
