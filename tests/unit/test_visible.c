/* SPDX-License-Identifier: MIT */
/* Which fields people see, over recordings. */
#include "engine_rig.h"

#include "sampler/visible.h"

struct rig {
    struct layout *layout;
    struct sampler *sampler;
    char target[RIG_TARGET];
};

static void rig_open(struct rig *rig, const char *fields, const char *frames)
{
    static const struct sampler_options options = {.stale_ns = INT64_MAX};
    char text[1024];
    struct err err = {0};
    snprintf(text, sizeof text,
             "[mapping]\nname = x\nsize = 64\nabi = x64-linux\n%s", fields);
    rig->layout = rig_layout(text);
    rig_record(rig->target, frames);
    if (!sampler_open(&rig->sampler, rig->layout, rig->target, &options, &err))
        fail_msg("%s", err.text);
}

static void rig_close(struct rig *rig)
{
    sampler_close(rig->sampler);
    layout_free(rig->layout);
    rig_forget(rig->target);
}

/* `shown`: a letter for each field, `-` if it is hidden. */
static void expect(const struct rig *rig, const struct sample *sample,
                   const char *shown)
{
    char is[64] = "";
    assert_int_equal(strlen(shown), rig->layout->field_count);
    for (size_t i = 0; i < rig->layout->field_count; i++)
        is[i] = visible_field(rig->layout, sample, i) ? shown[i] : '-';
    for (size_t i = 0; shown[i] != '\0'; i++)
        if (visible_field(rig->layout, sample, i) == (shown[i] == '-'))
            fail_msg("shown are \"%s\", not \"%s\"", is, shown);
}

static void hides_unused_elements(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig,
             "[struct slot]\npid = u16\nname = char[4]\nload = f32\n"
             "[fields]\nslots = slot[3] @0 hide=unused\nlast = u8 @60\n",
             "size 64\nset 0 0700\nframe\n"
             "set 12 0000 00616263\nframe\n" /* an empty name, and its rest */
             "set 20 00000080\nframe\n"      /* -0 */
             "set 20 0000c07f\nframe\n"      /* NaN */
             "set 0 0000\nset 26 78\nframe\nframe gone\n");
    assert_true(visible_hides_any(rig.layout));
    expect(&rig, sampler_last(rig.sampler), "aaabbbcccl"); /* not known yet */
    expect(&rig, sampler_step(rig.sampler), "aaa------l");
    expect(&rig, sampler_step(rig.sampler), "aaa------l");
    expect(&rig, sampler_step(rig.sampler), "aaa------l");
    expect(&rig, sampler_step(rig.sampler), "aaabbb---l");
    expect(&rig, sampler_step(rig.sampler), "---bbbcccl");
    expect(&rig, sampler_step(rig.sampler), "---bbbcccl"); /* held */
    rig_close(&rig);
}

static void hides_unused_numbers(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig,
             "[fields]\nn = u16[3] @0 hide=unused\nz = u16[2] @8\n"
             "id = guid @16 hide=unused\n",
             "size 64\nset 2 01\nframe\nset 31 01\nframe\n");
    expect(&rig, sampler_step(rig.sampler), "-b-zz-");
    expect(&rig, sampler_step(rig.sampler), "-b-zzi");
    rig_close(&rig);
}

/* An outer element in use may have unused inner ones. */
static void hides_in_elements(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig,
             "[struct core]\nload = u8\nmode = u8\n"
             "[struct cpu]\nid = u8\ncores = core[2] hide=unused\n"
             "[fields]\ncpus = cpu[2] @0 hide=unused\n",
             "size 64\nset 0 01\nframe\nset 0 00\nset 4 02\nframe\n"
             "set 4 00\nset 8 01\nframe\n");
    expect(&rig, sampler_step(rig.sampler), "a---------");
    expect(&rig, sampler_step(rig.sampler), "a--cc-----");
    rig_close(&rig);
}

static void hides_beyond_the_count(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig,
             "[struct slot]\nn = u8\nsub = u8[2] count=n\n"
             "[fields]\ncount = u8 @0\nslots = slot[2] @1 count=count\n",
             "size 64\nframe\nset 0 01\nframe\nset 1 02\nframe\n"
             "set 0 03\nframe\nset 0 02\nframe\n");
    assert_false(visible_hides_any(rig.layout));
    expect(&rig, sampler_last(rig.sampler), "n------");
    expect(&rig, sampler_step(rig.sampler), "n------");
    expect(&rig, sampler_step(rig.sampler), "ns-----");
    expect(&rig, sampler_step(rig.sampler), "nsss---");
    expect(&rig, sampler_step(rig.sampler), "nssssss"); /* ? */
    expect(&rig, sampler_step(rig.sampler), "nssss--");
    rig_close(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hides_unused_elements),
        cmocka_unit_test(hides_unused_numbers),
        cmocka_unit_test(hides_in_elements),
        cmocka_unit_test(hides_beyond_the_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
