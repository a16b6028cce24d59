/* SPDX-License-Identifier: MIT */
/* Values that keys change: from the key over the prompt to the bytes of a
 * mapped file, and the answers. */
#include "engine_rig.h"

#include "cli/requests.h"
#include "draw/grid.h"
#include "ui/live_view.h"

#define SIZE 128
#define SECOND INT64_C(1000000000)

static const char fields[] =
    "[enum mode]\n0 = Off\n1 = Auto\n2 = Manual\n"
    "[flags bits]\n0 = low\n3..4 = zone\n7 = high\n"
    "[fields]\n"
    "level = f32 @0 label=\"Set point\" unit=bar precision=2 writable=0..6\n"
    "mode = u8 @4 label=Mode enum=mode writable=yes\n"
    "bits = u8 @5 label=Alarms flags=bits writable=yes\n"
    "on = bool @6 label=On writable=yes\n"
    "count = u16 @8 label=Count writable=yes\n"
    "name = char[8] @16 label=Name writable=yes\n"
    "long = bytes[60] @64 label=Long writable=yes\n"
    "fixed = u8 @7 label=Fixed\n";

struct fixture {
    char path[OS_RIG_PATH];
    char target[OS_RIG_PATH + 8];
    struct options options;
    struct session session;
    struct requests requests;
    struct live_view live;
    struct grid grid;
};

static void write_file(const struct fixture *f, const void *bytes, size_t at,
                       size_t len)
{
    FILE *file = fopen(f->path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, (long)at, SEEK_SET), 0);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static void expect_bytes(const struct fixture *f, size_t at, const void *want,
                         size_t len)
{
    uint8_t got[SIZE];
    FILE *file = fopen(f->path, "rb");
    assert_non_null(file);
    assert_int_equal(fread(got, 1, SIZE, file), SIZE);
    fclose(file);
    assert_memory_equal(got + at, want, len);
}

static void open_live(struct fixture *f)
{
    const struct sampler_options sampling = {.stale_ns = INT64_MAX};
    struct err err = {0};
    struct session *session = &f->session;
    session->options = &f->options;
    session->located.target = f->target;
    if (!sampler_open(&session->sampler, session->layout, f->target, &sampling,
                      &err))
        fail_msg("%s", err.text);
    f->requests = (struct requests){
        .options = &f->options, .count = 1, .edits = {.sessions = session}};
    struct view_target target = {.layout = session->layout,
                                 .sampler = session->sampler,
                                 .period_ns = SECOND};
    struct dashboard_options options = {
        .view = {.order = ORDER_LAYOUT, .rw = f->options.rw},
        .targets = &target,
        .target_count = 1,
        .request = requests_carry_out,
        .request_user = &f->requests,
    };
    live_view_open(&f->live, &options);
    grid_reset(&f->grid, 100, 24);
    live_view_sample(&f->live, 0);
    live_view_draw(&f->live, &f->grid);
}

static void close_live(struct fixture *f)
{
    live_view_close(&f->live);
    edits_free(&f->requests.edits);
    sampler_close(f->session.sampler);
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    float level = 4.2f;
    char text[1024];
    os_rig_path(f->path, "edits");
    remove(f->path);
    FILE *file = fopen(f->path, "wb");
    assert_non_null(file);
    fclose(file);
    assert_true(os_rig_lengthen(f->path, SIZE));
    write_file(f, &level, 0, sizeof level);
    write_file(f, "\1\1\1", 4, 3);
    write_file(f, "north", 16, 5);
    snprintf(f->target, sizeof f->target, "file:%s", f->path);
    snprintf(text, sizeof text, "[mapping]\nsize = %d\n%s", SIZE, fields);
    f->session.layout = rig_layout(text);
    f->options.rw = true;
    open_live(f);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    close_live(f);
    layout_free(f->session.layout);
    grid_free(&f->grid);
    remove(f->path);
    free(f);
    return 0;
}

/* Presses the keys and compares the message then. */
static void press(struct fixture *f, const char *keys, const char *want)
{
    struct key_event event = {0};
    while ((event.key = key_next(&keys, &event.mouse)) > 0) {
        live_view_key(&f->live, event, &f->grid);
        live_view_draw(&f->live, &f->grid);
    }
    assert_int_equal(event.key, KEY_CODE_NONE);
    if (!strstr(f->live.view.message, want))
        fail_msg("'%s' is not in: %s", want, f->live.view.message);
}

/* The last line of the screen. */
static void expect_line(struct fixture *f, const char *want)
{
    struct buf text = {0};
    live_view_draw(&f->live, &f->grid);
    grid_put_text(&text, &f->grid);
    buf_truncate(&text, text.len - 1);
    const char *line = strrchr(text.data, '\n');
    if (!line || !strstr(line, want))
        fail_msg("'%s' is not in: %s", want, line ? line : "");
    buf_free(&text);
}

static void sets_a_value(void **state)
{
    struct fixture *f = *state;
    float level = 4.5f;
    expect_line(f, "e set");
    press(f, "e", "");
    expect_line(f, "Set point (0..6 bar): 4.20");
    press(f, "<C-u>4.5<Enter>", "Set point: 4.20 -> 4.50 bar, read back 4.50");
    expect_bytes(f, 0, &level, sizeof level);
    /* It is on the screen at once. */
    assert_true(f->live.view.targets[0].sample->values[0].real == 4.5);
    press(f, "e<Enter>", "not changed");
    press(f, "e<C-u>7<Enter>",
          "not set: field 'level' may be set from 0 to 6 only");
    press(f, "e<C-u>x<Enter>", "not set: field 'level': 'x' is not a number");
    expect_bytes(f, 0, &level, sizeof level);
    press(f, "e<C-u>1<Esc>", "");
    expect_bytes(f, 0, &level, sizeof level);
    /* What was typed before. */
    press(f, "e<Up><Up><C-u>2<Enter>", "4.50 -> 2.00 bar");
}

static void steps(void **state)
{
    struct fixture *f = *state;
    press(f, ".", "Set point: 4.20 -> 4.21 bar, read back 4.21");
    press(f, ",,", "Set point: 4.20 -> 4.19 bar, read back 4.19");
    press(f, "j.", "Mode: Auto -> Manual, read back Manual");
    press(f, ".", "not set: field 'mode': there is no label after this one");
    press(f, ",,", "Mode: Auto -> Off, read back Off");
    press(f, "j.", "not set: field 'bits': flags have no steps");
    press(f, "j,", "On: true -> false, read back false");
    press(f, "j,", "not set: field 'count': there is no lower value");
    press(f, ".", "Count: 0 -> 1, read back 1");
    press(f, "j.", "only numbers, enums and bools have steps");
    expect_bytes(f, 4, "\0\1\0\0\1\0", 6);
}

static void toggles(void **state)
{
    struct fixture *f = *state;
    press(f, "~", "only bools, flags and plain integers can be toggled");
    press(f, "jj~", "");
    expect_line(f, "toggle in Alarms: ");
    expect_line(f, "Tab: low zone high");
    press(f, "h<Tab><Enter>", "Alarms: low -> low|high, read back low|high");
    press(f, "~low<Enter>", "Alarms: low|high -> high, read back high");
    press(f, "~<Enter>", "");
    press(f, "~zone<Enter>", "not set: 'zone' has 2 bits");
    press(f, "j~", "On: true -> false, read back false");
    press(f, "j~", "");
    expect_line(f, "toggle bit of Count (0..15):");
    press(f, "15<Enter>", "Count: 0 -> 32768, read back 32768");
    press(f, "~16<Enter>", "'16' is not a bit from 0 to 15");
    expect_bytes(f, 5, "\x80\0\0\0\x80", 5);
}

static void offers_words(void **state)
{
    struct fixture *f = *state;
    press(f, "je", "");
    expect_line(f, "Mode: Auto ");
    expect_line(f, "Tab: Off Auto Manual");
    press(f, "<Tab>", "");
    expect_line(f, "Mode: Manual ");
    press(f, "<Tab>", ""); /* around the end */
    expect_line(f, "Mode: Off ");
    press(f, "<S-Tab>", "");
    expect_line(f, "Mode: Manual ");
    press(f, "<C-u>A<Tab><Enter>", "not changed");
    press(f, "e<C-u>Man<Tab><Enter>", "Mode: Auto -> Manual");
    press(f, "e<C-u>Atuo<Enter>", "did you mean 'Auto'?");
    press(f, "je|h<Tab><Enter>", "Alarms: low -> low|high");
    press(f, "e|zone=2<Enter>", "Alarms: low|high -> low|zone=2|high");
    press(f, "je<Tab><Enter>", "On: true -> false");
    expect_bytes(f, 4, "\2\x91\0", 3);
}

static void sets_text(void **state)
{
    struct fixture *f = *state;
    press(f, "jjjjje", "");
    expect_line(f, "Name: north");
    press(f, "<C-u>south<Enter>",
          "Name: 'north' -> 'south', read back 'south'");
    press(f, "e<C-u><Enter>", "Name: 'south' -> '', read back ''");
    expect_bytes(f, 16, "\0\0\0\0\0\0\0\0", 8);
    press(f, "e123456789<Enter>", "does not fit into 8 bytes");
    press(f, "u", "undone: Name: '' -> 'south', read back 'south'");
}

static void undoes(void **state)
{
    struct fixture *f = *state;
    float level = 4.2f;
    press(f, "u", "nothing to undo");
    press(f, "..", "4.21 -> 4.22");
    press(f, "j.", "Auto -> Manual");
    /* Wherever the cursor is. */
    press(f, "Gu", "undone: Mode: Manual -> Auto, read back Auto");
    press(f, "u", "undone: Set point: 4.22 -> 4.21 bar, read back 4.21");
    press(f, "u", "undone: Set point: 4.21 -> 4.20 bar, read back 4.20");
    press(f, "u", "nothing to undo");
    expect_bytes(f, 0, &level, sizeof level);
    expect_bytes(f, 4, "\1", 1);
    /* A refused change is not one. */
    press(f, "ge<C-u>9<Enter>u", "nothing to undo");
    /* Nor is the same value. */
    press(f, "e0<Enter>u", "nothing to undo");
}

/* A change that the memory does not hold any more leaves the list. */
static void undoes_only_its_own(void **state)
{
    struct fixture *f = *state;
    float other = 3.25f;
    press(f, "jjj~", "On: true -> false");
    press(f, "g.", "4.20 -> 4.21");
    write_file(f, &other, 0, sizeof other);
    press(f, "u",
          "not undone: field 'level' holds 3.25, not the 4.21 that was "
          "set");
    expect_bytes(f, 0, &other, sizeof other);
    press(f, "u", "undone: On: false -> true, read back true");
    press(f, "u", "nothing to undo");
}

/* The producer writes the field with its next frame. */
static void tells_what_the_producer_does(void **state)
{
    struct fixture *f = *state;
    press(f, "j.", "Auto -> Manual");
    live_view_sample(&f->live, 0);
    assert_non_null(strstr(f->live.view.message, "Auto -> Manual"));
    write_file(f, "\1", 4, 1);
    live_view_sample(&f->live, 0);
    assert_string_equal(f->live.view.message,
                        "Mode: set to Manual, but the producer wrote Auto "
                        "over it");
    /* Once. */
    press(f, "k", "");
    write_file(f, "\0", 4, 1);
    live_view_sample(&f->live, 0);
    assert_string_equal(f->live.view.message, "");
}

static void refuses(void **state)
{
    struct fixture *f = *state;
    static const char *const keys[] = {"e", ".", ",", "~"};
    for (size_t i = 0; i < 4; i++) {
        press(f, "G", "");
        press(f, keys[i], "rig.ini:");
        press(f, "",
              "field 'fixed' is not writable; add `writable = yes` to "
              "it");
        press(f, "2", "");
        press(f, keys[i], "this key is for the table");
        press(f, "1", "");
    }
    press(f, "ke", "the value is too long for a line: use shmtop set");
    assert_int_equal(f->live.view.prompt, PROMPT_NONE);
    /* Without --rw nothing is asked for. */
    close_live(f);
    f->options.rw = false;
    open_live(f);
    for (size_t i = 0; i < 4; i++)
        press(f, keys[i], "read only: start with --rw to change values");
    press(f, "u", "read only: start with --rw to change values");
}

/* A saved layout: the prompt closes, and the list stays. */
static void survives_a_new_layout(void **state)
{
    struct fixture *f = *state;
    const struct sampler_options sampling = {.stale_ns = INT64_MAX};
    struct layout *old = f->session.layout;
    struct sampler *old_sampler = f->session.sampler;
    struct err err = {0};
    press(f, ".j.", "Auto -> Manual");
    press(f, "e<C-u>O", "");
    f->session.layout = rig_layout(
        "[mapping]\nsize = 128\n[fields]\nnew = u8 @9\nmode = u16 @4\n"
        "level = f32 @0 unit=mbar precision=1 writable=yes\n");
    assert_true(sampler_open(&f->session.sampler, f->session.layout, f->target,
                             &sampling, &err));
    const struct view_target target = {.layout = f->session.layout,
                                       .sampler = f->session.sampler,
                                       .period_ns = SECOND};
    live_view_replace(&f->live, 0, &target);
    sampler_close(old_sampler);
    layout_free(old);
    assert_int_equal(f->live.view.prompt, PROMPT_NONE);
    press(f, "u", "not undone: the layout has no such field 'mode' now");
    press(f, "u", "undone: Set point: 4.2 -> 4.2 mbar, read back 4.2");
    expect_bytes(f, 4, "\2", 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sets_a_value, set_up, tear_down),
        cmocka_unit_test_setup_teardown(steps, set_up, tear_down),
        cmocka_unit_test_setup_teardown(toggles, set_up, tear_down),
        cmocka_unit_test_setup_teardown(offers_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sets_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(undoes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(undoes_only_its_own, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tells_what_the_producer_does, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(refuses, set_up, tear_down),
        cmocka_unit_test_setup_teardown(survives_a_new_layout, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
