/* SPDX-License-Identifier: MIT */
/* Missed updates over recordings: each way to count them, and what is not
 * known.
 */
#include "engine_rig.h"

#include "sampler/health.h"

struct row {
    const char *mapping; /* keys of [mapping], and sections after it */
    const char *frames;
    const char *want; /* after each sample: missed/samples */
    size_t breaks;    /* sampler_break comes before this sample; 0: none */
    size_t rebases;   /* a new baseline is set before this sample */
};

#define FIELDS                                                                  \
    "[fields]\nseq = u16 @0\nend = u16 @2\nbeat = u8 @4\nsigned = i8 @5\n"      \
    "ms = u8 @6 unit=ms\nat = u32 @8 show=unix\nreal = f32 @12\n"               \
    "mode = u8 @7 enum=modes\npart = u8 @16 bits=0..3\n[enum modes]\n0 = Off\n" \
    "[struct buffer]\ntick = u8\nv = u8\n[fields]\nbuffers = buffer[3] @18\n"
#define SEQLOCK "[snapshot]\nmethod = seqlock\nseq = seq\n"

static const struct row rows[] = {
    /* steps of 2; an unchanged count is no update; it wraps */
    {SEQLOCK,
     "frame\nframe\nset 0 0200\nframe\nset 0 0c00\nframe\nset 0 feff\nframe\n"
     "set 0 0400\nframe\n",
     "0/0 0/1 0/2 4/3 4/4 6/5", 0, 0},
    /* torn frames are no samples */
    {SEQLOCK,
     "frame\nset 0 0300\nframe\nset 0 0500\nframe\nset 0 0600\nframe\n",
     "0/0 0/0 0/0 2/1", 0, 0},
    {SEQLOCK, "set 0 0300\nframe\nset 0 0600\nframe\nset 0 0a00\nframe\n",
     "0/0 0/0 1/1", 0, 0},
    /* the counter of the method comes before the heartbeat */
    {"heartbeat = beat\n" SEQLOCK,
     "frame\nset 0 0400\nset 4 09\nframe\nset 4 20\nframe\n", "0/0 1/1 1/2", 0,
     0},
    {"[snapshot]\nmethod = pair\nbegin = seq\nend = end\n",
     "frame\nset 0 01000100\nframe\nset 0 05000100\nframe\nset 0 05000500\n"
     "frame\n",
     "0/0 0/1 0/1 3/2", 0, 0},
    /* nothing is published yet; then the newest of three */
    {"[snapshot]\nmethod = newest\ntick = buffers.tick\n",
     "frame\nset 18 0100000000\nframe\nset 20 02\nframe\nset 22 03\n"
     "set 18 04\nframe\nset 20 05\nset 22 06\nset 18 07\nframe\n",
     "0/0 0/0 0/1 1/2 3/3", 0, 0},
    {"heartbeat = beat\n",
     "frame\nset 4 01\nframe\nset 4 04\nframe\nset 4 02\nframe\nset 4 ff\n"
     "frame\nset 4 02\nframe\n",
     "0/0 0/1 2/2 2/3 2/4 4/5", 0, 0},
    {"heartbeat = signed\n", "set 5 fe\nframe\nset 5 03\nframe\n", "0/0 4/1", 0,
     0},
    {"heartbeat = part\n", "set 16 0e\nframe\nset 16 f1\nframe\n", "0/0 2/1", 0,
     0},
    /* what counts no updates */
    {"heartbeat = ms\n", "frame\nset 6 09\nframe\n", "0/0 0/0", 0, 0},
    {"heartbeat = at\n", "frame\nset 8 09\nframe\n", "0/0 0/0", 0, 0},
    {"heartbeat = mode\n", "frame\nset 7 09\nframe\n", "0/0 0/0", 0, 0},
    {"", "frame\nset 4 09\nframe\n", "0/0 0/0", 0, 0},
    /* a pause, a mapping that is not read, a producer that starts again */
    {"heartbeat = beat\n",
     "frame\nset 4 03\nframe\nset 4 20\nframe\nset 4 22\nframe\n",
     "0/0 2/1 2/1 3/2", 2, 0},
    {"heartbeat = beat\n",
     "frame\nset 4 03\nframe denied\nframe\nset 4 05\nframe\n",
     "0/0 0/0 0/0 1/1", 0, 0},
    {"heartbeat = beat\n", "frame\nset 4 03\nframe replaced\nset 4 05\nframe\n",
     "0/0 0/0 1/1", 0, 0},
    {"gone = real == 1\nheartbeat = beat\n",
     "frame\nset 4 03\nframe\nset 12 0000803f\nframe\nset 12 00000000\n"
     "set 4 05\nframe\nset 4 07\nframe\n",
     "0/0 2/1 2/1 2/1 3/2", 0, 0},
    {"heartbeat = beat\n",
     "frame\nset 4 03\nframe\nset 4 05\nframe\nset 4 08\nframe\n",
     "0/0 2/1 1/1 3/2", 0, 2},
    /* the counter is beyond the end for a while */
    {"heartbeat = beat\n",
     "frame\nset 4 03\nframe\nsize 4\nframe\nsize 24\nset 4 05\nframe\n",
     "0/0 2/1 2/1 3/2", 0, 0},
};

static void put(struct buf *out, const struct sample *sample)
{
    const struct missed *missed = &sample->healths[0].missed;
    buf_printf(out, "%s%u/%u", out->len > 0 ? " " : "",
               (unsigned)missed->updates, (unsigned)missed->samples);
}

static void run_row(const struct row *row)
{
    static const struct sampler_options options = {.stale_ns = INT64_MAX};
    struct buf text = {0}, frames = {0}, got = {0};
    buf_printf(&text, "[mapping]\nname = x\nsize = 24\n%s" FIELDS,
               row->mapping);
    buf_printf(&frames, "size 24\n%s", row->frames);
    struct layout *layout = rig_layout(text.data);
    char target[RIG_TARGET];
    rig_record(target, frames.data);
    struct sampler *sampler;
    struct err err = {0};
    if (!sampler_open(&sampler, layout, target, &options, &err))
        fail_msg("%s", err.text);
    for (size_t i = 0; !sampler_is_over(sampler); i++) {
        if (i > 0 && i == row->breaks)
            sampler_break(sampler);
        if (i > 0 && i == row->rebases)
            sampler_reset_baseline(sampler);
        put(&got, sampler_step(sampler));
    }
    if (strcmp(got.data, row->want) != 0)
        fail_msg("%s%s: %s, not %s", row->mapping, row->frames, got.data,
                 row->want);
    sampler_close(sampler);
    layout_free(layout);
    rig_forget(target);
    buf_free(&text);
    buf_free(&frames);
    buf_free(&got);
}

static void counts_missed_updates(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        run_row(&rows[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_missed_updates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
