/* SPDX-License-Identifier: MIT */
/* The drawing: what is where, and that nothing gets outside the grid at any
 * size and with any content. Single cells are test_grid.c. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "loader/loader.h"
#include "os_rig.h"
#include "ui/columns.h"
#include "ui/draw.h"
#include "ui/screen_text.h"

/* --- a layout, its frames and a view ------------------------------------- */

static char folder[OS_RIG_PATH];

/* In a folder of its own, because the header shows the path of the frames. */
static int set_up(void **state)
{
    (void)state;
    os_rig_path(folder, "draw");
    return os_rig_make_folder(folder) && os_rig_enter(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    return os_rig_enter("..") && os_rig_remove(folder) ? 0 : -1;
}

struct fixture {
    struct layout *layout;
    struct sampler *sampler;
    struct view view;
    struct view_fit fit;
    struct grid grid;
    char path[32];
};

static void fixture_open(struct fixture *f, const char *layout_text,
                         const char *frames)
{
    memset(f, 0, sizeof *f);
    strcpy(f->path, "draw.mem");
    FILE *file = fopen(f->path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(frames, 1, strlen(frames), file), strlen(frames));
    assert_int_equal(fclose(file), 0);
    struct problems problems = {0};
    if (!layout_parse(&f->layout, "draw.ini", layout_text, strlen(layout_text),
                      ABI_UNKNOWN, &problems))
        fail_msg("draw.ini:%d: %s", problems.items[0].line,
                 problems.items[0].text);
    problems_free(&problems);
    char target[sizeof f->path + 4];
    snprintf(target, sizeof target, "mem:%s", f->path);
    struct sampler_options options = {
        .stale_ns = INT64_MAX, .history_bytes = 1 << 20, .history_max = 64};
    struct err err = {0};
    if (!sampler_open(&f->sampler, f->layout, target, &options, &err))
        fail_msg("%s", err.text);
    struct view_options view = {.highlight = HIGHLIGHT_LAST,
                                .period_ns = 1000000000};
    view_open(&f->view, f->layout, &view);
}

static void fixture_close(struct fixture *f)
{
    view_close(&f->view);
    view_fit_free(&f->fit);
    sampler_close(f->sampler);
    layout_free(f->layout);
    grid_free(&f->grid);
    os_rig_remove(f->path);
}

static void draw(struct fixture *f, int columns, int rows)
{
    grid_reset(&f->grid, columns, rows);
    view_refresh(&f->view, sampler_last(f->sampler));
    draw_dashboard(&f->grid, &f->view, &f->fit, f->sampler,
                   sampler_last(f->sampler));
}

/* The screen as text; the caller frees it. */
static char *screen(struct fixture *f, int columns, int rows)
{
    struct buf out = {0};
    draw(f, columns, rows);
    grid_put_text(&out, &f->grid);
    return out.data;
}

static void expect_in(struct fixture *f, int columns, int rows,
                      const char *part)
{
    char *text = screen(f, columns, rows);
    if (!strstr(text, part))
        fail_msg("%dx%d: '%s' is not in\n%s", columns, rows, part, text);
    free(text);
}

static void expect_not_in(struct fixture *f, int columns, int rows,
                          const char *part)
{
    char *text = screen(f, columns, rows);
    if (strstr(text, part))
        fail_msg("%dx%d: '%s' is in\n%s", columns, rows, part, text);
    free(text);
}

static void press(struct fixture *f, const char *keys)
{
    for (int key; (key = key_next(&keys, NULL)) > 0;)
        view_key(&f->view, &f->fit, key, sampler_last(f->sampler));
}

static const char plain_layout[] =
    "[mapping]\n"
    "size = 64\n"
    "label = Test memory\n"
    "[enum mode]\n"
    "1 = Auto\n"
    "[fields]\n"
    "counter = i64 @0 label=Counter role=counter doc=\"Steps since start.\"\n"
    "set_point = f32 @8 label=\"Set point\" unit=bar precision=2\n"
    "mode = u8 @12 label=Mode enum=mode group=Control\n"
    "gain = i16 @14 label=Gain group=Control\n"
    "name = char[16] @16 label=Name\n";

static const char plain_frames[] = "size 64\n"
                                   "set 0 3930000000000000\n"
                                   "set 8 66668640\n"
                                   "set 12 01\n"
                                   "set 16 6e6f727468\n"
                                   "frame\n"
                                   "set 0 3a30000000000000\n"
                                   "frame\n"
                                   "frame gone\n";

/* --- what is where ------------------------------------------------------- */

static void test_screen_whole(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, plain_layout, plain_frames);
    sampler_step(f.sampler);
    sampler_step(f.sampler);
    char *text = screen(&f, 80, 24);
    assert_non_null(strstr(text, "shmtop  Test memory  mem:"));
    assert_non_null(strstr(text, "64 B   LIVE gen 1  1 Hz\n"));
    assert_non_null(strstr(text, "  Field"));
    assert_non_null(strstr(text, "Value  Unit"));
    assert_non_null(strstr(text, "Rate/s  Trend"));
    assert_non_null(strstr(text, "\xe2\x96\xb8 Counter"));
    assert_non_null(strstr(text, "12 346"));
    assert_non_null(strstr(text, "4.20  bar"));
    assert_non_null(strstr(text, "\nControl\n  Mode"));
    assert_non_null(strstr(text, "Auto"));
    assert_non_null(strstr(text, "north"));
    assert_non_null(strstr(text, "counter  i64 @0x0000  dec 12346  hex 0x303a"
                                 "  bytes 3a 30 00 00 00 00 00 00"));
    assert_non_null(strstr(text, "aligned, atomic if its producer is 64-bit"));
    assert_non_null(strstr(text, "Steps since start."));
    assert_non_null(strstr(text, "\n1-5/5 "));
    assert_non_null(strstr(text, "q quit  ? help\n"));
    free(text);
    fixture_close(&f);
}

static void test_what_goes_first(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, plain_layout, plain_frames);
    sampler_step(f.sampler);
    sampler_step(f.sampler);
    static const struct {
        int columns, rows;
        const char *there;
        const char *gone;
    } cases[] = {
        {80, 11, "Counter", "bytes"},     /* detail pane */
        {80, 7, "Field", "Control"},      /* headings */
        {80, 6, "Field", "\xe2\x94\x80"}, /* rules */
        {80, 4, "Counter", "Field"},      /* column titles */
        {80, 2, "Counter", "1-1/5"},      /* status line */
        {64, 24, "Rate/s", "Min"},
        {52, 24, "Rate/s", "Age"},
        {44, 24, "Unit", "Trend"},
        {34, 24, "Value", "Rate/s"},
        {26, 24, "Counter", "Unit"},
        {12, 24, "12 346", "Counter"},
        {120, 24, "Min", "Zzz"},
        {80, 24, "LIVE", "Min"},
        {20, 24, "LIVE", "shmtop"},
        {4, 24, "LIVE", "gen"},
        {6, 1, "12346", "LIVE"},
        {11, 1, "LIVE 12346", "Counter"},
        {24, 1, "LIVE Counter 12346", "gen"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        expect_in(&f, cases[i].columns, cases[i].rows, cases[i].there);
        expect_not_in(&f, cases[i].columns, cases[i].rows, cases[i].gone);
    }
    fixture_close(&f);
}

/* The styles of all cells of the first `text` on the screen. */
static uint32_t style_of(struct fixture *f, const char *text)
{
    for (int i = 0; i < f->grid.rows * f->grid.columns; i++) {
        size_t len = 0;
        uint32_t style = 0;
        const struct cell *cell = &f->grid.cells[i];
        while (text[len] && cell[len].code[0] == (unsigned char)text[len])
            style |= cell[len++].style;
        if (!text[len])
            return style;
    }
    fail_msg("'%s' is not on the screen", text);
    return 0;
}

static void test_highlight(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, plain_layout, plain_frames);
    const uint32_t lit = STYLE_CHANGED;
    sampler_step(f.sampler);
    draw(&f, 80, 24);
    assert_int_equal(style_of(&f, "12 345"), STYLE_PLAIN);
    f.view.shown_ns = sampler_last(f.sampler)->mono_ns;
    sampler_step(f.sampler);
    draw(&f, 80, 24);
    assert_int_equal(style_of(&f, "12 346"), lit);
    assert_int_equal(style_of(&f, "4.20"), STYLE_PLAIN);
    press(&f, "d"); /* changes since the baseline */
    draw(&f, 80, 24);
    assert_int_equal(style_of(&f, "12 346"), lit);
    press(&f, "d"); /* off */
    draw(&f, 80, 24);
    assert_int_equal(style_of(&f, "12 346"), STYLE_PLAIN);
    press(&f, "d");
    /* A change between two drawings is highlighted, even if the last sample
     * brought none. */
    f.view.shown_ns = sampler_last(f.sampler)->mono_ns - 1500000000;
    draw(&f, 80, 24);
    assert_int_equal(style_of(&f, "12 346"), lit);
    fixture_close(&f);
}

static void test_held_values_are_marked(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, plain_layout, plain_frames);
    for (int i = 0; i < 3; i++)
        sampler_step(f.sampler);
    expect_in(&f, 80, 24, "GONE gen 1");
    expect_in(&f, 80, 24, "\xe2\x96\xb8?Counter");
    expect_in(&f, 80, 24, " ?Set point");
    assert_int_equal(style_of(&f, "12 346"), STYLE_DIM);
    assert_int_equal(style_of(&f, "GONE") & STYLE_ROLE, STYLE_CRIT);
    /* On one line the state is kept before a value that is not live. */
    expect_in(&f, 6, 1, "GONE");
    fixture_close(&f);
}

static void test_states(void **state)
{
    (void)state;
    static const char *const words[] = {"waiting", "short", "gone",    "denied",
                                        "error",   "live",  "replaced"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        char frames[64], upper[16];
        snprintf(frames, sizeof frames, "size 64\nframe %s\n", words[i]);
        size_t len = strlen(words[i]);
        for (size_t k = 0; k <= len; k++)
            upper[k] = words[i][k] && words[i][k] != ' '
                           ? (char)(words[i][k] - 'a' + 'A')
                           : '\0';
        struct fixture f;
        fixture_open(&f, plain_layout, frames);
        sampler_step(f.sampler);
        expect_in(&f, 80, 24, upper);
        expect_in(&f, 9, 24, upper);
        fixture_close(&f);
    }
}

static void test_before_the_first_sample(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, plain_layout, plain_frames);
    expect_in(&f, 80, 24, "Counter");
    expect_in(&f, 30, 1, "WAITING");
    fixture_close(&f);
}

/* While paused, the screen may differ from the mapping. */
static void test_paused_is_not_live(void **state)
{
    (void)state;
    static const int sizes[][2] = {{80, 24}, {20, 24}, {10, 3}, {6, 3},
                                   {80, 1},  {12, 1},  {10, 1}, {6, 1}};
    struct fixture f;
    fixture_open(&f, plain_layout, plain_frames);
    for (int gone = 0; gone < 2; gone++) {
        sampler_step(f.sampler);
        sampler_step(f.sampler);
        f.view.achieved_hz = 0.5;
        expect_in(&f, 80, 24, "(0.5)");
        press(&f, "<Space>");
        for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
            expect_in(&f, sizes[i][0], sizes[i][1], "PAUSED");
            expect_not_in(&f, sizes[i][0], sizes[i][1], "LIVE");
        }
        expect_not_in(&f, 80, 24, "(0.5)");
        press(&f, "<Space>");
    }
    press(&f, "<Space>");
    expect_in(&f, 80, 24, "PAUSED GONE gen 1  1 Hz\n");
    expect_in(&f, 11, 1, "PAUSED GONE\n");
    assert_true(style_of(&f, "PAUSED") & STYLE_REVERSE);
    fixture_close(&f);
}

static void test_refresh_in_digits(void **state)
{
    (void)state;
    static const struct {
        int64_t period_ns;
        double achieved;
        const char *text;
    } cases[] = {
        {1000000000, NAN, " 1 Hz\n"},
        {1000000000, 1, " 1 Hz (1.0)\n"},
        {3000000000, 0.2, " 0.333 Hz (0.2)\n"},
        {10000000, 99.9, " 100 Hz (100)\n"},
        {10000000, 97, " 100 Hz (97.0)\n"},
        {1000000, 1000, " 1000 Hz (1000)\n"},
        {1000000, 876.54, " 1000 Hz (877)\n"},
        {1000, NAN, " 1000000 Hz\n"},
    };
    struct fixture f;
    fixture_open(&f, plain_layout, plain_frames);
    sampler_step(f.sampler);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        f.view.period_ns = cases[i].period_ns;
        f.view.achieved_hz = cases[i].achieved;
        expect_in(&f, 100, 24, cases[i].text);
    }
    fixture_close(&f);
}

/* How often `part` is on the screen. */
static int count_in(struct fixture *f, int columns, int rows, const char *part)
{
    int count = 0;
    char *text = screen(f, columns, rows);
    for (char *at = text; (at = strstr(at, part)); at += strlen(part))
        count++;
    free(text);
    return count;
}

static void test_trend_has_a_cell_a_sample(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, "[mapping]\nsize = 8\n[fields]\na = u8 @0\n",
                 "size 8\nframe\n");
    for (int i = 1; i <= 3 * TREND_MOST; i++) {
        sampler_step(f.sampler);
        assert_int_equal(count_in(&f, 200, 12, "\xc2\xb7"),
                         i < TREND_MOST ? i : TREND_MOST);
    }
    fixture_close(&f);
}

static void test_pause_prompt_message(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, plain_layout, plain_frames);
    sampler_step(f.sampler);
    press(&f, "<Space>");
    expect_in(&f, 80, 24, "PAUSED");
    assert_true(style_of(&f, "PAUSED") & STYLE_REVERSE);
    expect_in(&f, 12, 24, "PAUSED");
    press(&f, "<Space>");
    expect_not_in(&f, 80, 24, "PAUSED");
    press(&f, "/set");
    expect_in(&f, 80, 24, "\n/set\n");
    expect_in(&f, 80, 1, "/set\n");
    expect_in(&f, 4, 2, "\n/et\n"); /* the end of the input, and the cursor */
    press(&f, "<Enter>x");
    expect_in(&f, 80, 24, "only integers have a number base");
    press(&f, "gx");
    expect_in(&f, 80, 24, "0x0000000000003039 ");
    press(&f, "\\zzz<Enter>");
    expect_in(&f, 80, 24, "no field matches zzz");
    expect_in(&f, 80, 24, "0-0/0  \\zzz");
    fixture_close(&f);
}

static void test_ascii(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, plain_layout, plain_frames);
    for (int i = 0; i < 3; i++)
        sampler_step(f.sampler);
    f.view.ascii = true;
    for (int help = 0; help < 2; help++) {
        char *text = screen(&f, 100, 30);
        for (size_t i = 0; text[i]; i++)
            assert_true((text[i] >= 0x20 && text[i] < 0x7f) || text[i] == '\n');
        free(text);
        press(&f, "?");
    }
    expect_in(&f, 80, 24, ">?Counter");
    expect_in(&f, 80, 24, "----------");
    fixture_close(&f);
}

static void test_help_can_be_read_whole(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, plain_layout, plain_frames);
    sampler_step(f.sampler);
    press(&f, "?");
    static const int sizes[][2] = {
        {80, 24}, {40, 8}, {20, 5}, {60, 3}, {60, 1}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        for (const struct key_row *row = key_table; row->action; row++) {
            bool found = false;
            f.view.help_top = 0;
            for (int step = 0; step < 200 && !found; step++) {
                char *text = screen(&f, sizes[i][0], sizes[i][1]);
                found = strstr(text, row->text) != NULL;
                free(text);
                f.view.help_top++;
            }
            if (!found)
                fail_msg("%dx%d: help has no '%s'", sizes[i][0], sizes[i][1],
                         row->text);
        }
    }
    fixture_close(&f);
}

/* --- numbers ------------------------------------------------------------- */

static void test_columns_stay_inside(void **state)
{
    (void)state;
    for (int total = 1; total <= 300; total++) {
        for (int name = 1; name <= 64; name += 9) {
            for (int value = 1; value <= 80; value += 7) {
                struct columns columns;
                columns_fit(&columns, total, (total + name) % 2 == 0, name,
                            value, 4);
                int end = 0;
                for (int i = 0; i < COLUMN_COUNT; i++) {
                    if (!columns.of[i].width)
                        continue;
                    assert_in_range(columns.of[i].at, end, total);
                    end = columns.of[i].at + columns.of[i].width;
                    assert_in_range(end, 1, total);
                }
                int room = total - columns.prefix;
                assert_int_equal(columns.of[COLUMN_VALUE].width,
                                 value < room ? value : room);
            }
        }
    }
}

/* --- any size, any content ----------------------------------------------- */

static const char hostile_layout[] =
    "[mapping]\n"
    "size = 2048\n"
    "label = \xe6\xbc\xa2\xe5\xad\x97\xe6\xbc\xa2\xe5\xad\x97 station \xf0\x9f"
    "\x98\x80\n"
    "[enum e]\n"
    "0 = \xe6\xbc\xa2\xe5\xad\x97\n"
    "[fields]\n"
    "a_very_long_name_that_goes_on_and_on = u64 @0 show=bin group=\xf0\x9f\x98"
    "\x80\xf0\x9f\x98\x80\n"
    "wide = u8 @8 label=\xe6\xbc\xa2\xe5\xad\x97\xe6\xbc\xa2\xe5\xad\x97 "
    "unit=\xe6\xbc\xa2\xe5\xad\x97 enum=e warn===\xe6\xbc\xa2\xe5\xad\x97\n"
    "marks = f64 @16 label=e\xcc\x81\xcc\xa3\xcc\xa4x unit=\xc2\xb0"
    "C\n"
    "text = char[64] @32 group=Text\n"
    "more = char[8][40] @96 group=Text\n"
    "nan = f64 @24\n"
    "raw = bytes[512] @512\n"
    "big = i64[30] @1024 crit=!=0 warn=>-1\n"
    "u32 = utf32[16] @1280\n"
    "x = u8 @1400 doc=\"\xe6\xbc\xa2\xe5\xad\x97 a b c d e f g h i j k l m n\"\n";

static char *hostile_frames(void)
{
    static const char hostile[] = "\033[2J\033]0;x\a\n\r\t\b\x7f\x9b"
                                  "31m\xe2\x80\xae"
                                  "abc\xe2\x80\x8b"
                                  "\xef\xbb\xbf"
                                  "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81"
                                  "\xe6\xbc\xa2\xff\xfe\xc0\xaf";
    struct buf out = {0};
    buf_puts(&out, "size 2048\nset 32 ");
    for (size_t i = 0; i < sizeof hostile - 1; i++)
        buf_put_hex(&out, (unsigned char)hostile[i], 2);
    buf_puts(&out, "\nset 24 000000000000f87f\nset 16 ffffffffffffef7f\n");
    for (int round = 0; round < 3; round++) {
        unsigned value = 7 + (unsigned)round;
        buf_puts(&out, "set 96 ");
        for (int i = 0; i < 1304; i++) {
            value = value * 1103515245u + 12345u;
            buf_put_hex(&out, (value >> 16) & 0xff, 2);
        }
        buf_puts(&out, "\nset 0 ffffffffffffff7f\nframe\n");
    }
    buf_puts(&out, "frame gone\n");
    return out.data;
}

#define GUARD 0x5ca1ab1eu
#define GUARDS 1200

struct guarded {
    struct cell *all;
    size_t count;
};

/* Draws into cells with guards before and after them. */
static void guard_grid(struct guarded *guarded, struct grid *grid, int columns,
                       int rows)
{
    guarded->count = (size_t)columns * (size_t)rows;
    guarded->all = calloc(guarded->count + 2 * GUARDS, sizeof(struct cell));
    for (size_t i = 0; i < guarded->count + 2 * GUARDS; i++)
        guarded->all[i].code[0] = GUARD;
    *grid = (struct grid){columns, rows, guarded->all + GUARDS};
}

static void check_guards(const struct guarded *guarded, int columns, int rows)
{
    for (size_t i = 0; i < GUARDS; i++)
        if (guarded->all[i].code[0] != GUARD ||
            guarded->all[GUARDS + guarded->count + i].code[0] != GUARD)
            fail_msg("%dx%d: written outside the grid", columns, rows);
}

/* All characters are safe, wide ones are whole, and the cursor is visible. */
static void check_grid(const struct grid *grid, const struct view *view)
{
    bool cursor = view->help || view->prompt || !view->row_count ||
                  view->kind == VIEW_HEALTH || grid->rows == 1 || view->ascii;
    for (int row = 0; row < grid->rows; row++) {
        const struct cell *cells = grid->cells + row * grid->columns;
        for (int i = 0; i < grid->columns; i++) {
            uint32_t code = cells[i].code[0];
            if (code == 0) {
                assert_true(i > 0 && utf8_width(cells[i - 1].code[0]) == 2);
                continue;
            }
            assert_true(utf8_is_safe(code));
            assert_true(utf8_width(code) == 1 ||
                        (i + 1 < grid->columns && cells[i + 1].code[0] == 0));
            for (int k = 1; k < CELL_CODES && cells[i].code[k]; k++)
                assert_int_equal(utf8_width(cells[i].code[k]), 0);
        }
        cursor = cursor || cells[0].code[0] == 0x25b8 ||
                 (grid->columns < 8 && (cells[0].style & STYLE_REVERSE));
    }
    if (!cursor)
        fail_msg("%dx%d: the cursor is not on the screen", grid->columns,
                 grid->rows);
}

static void draw_guarded(struct fixture *f, int columns, int rows)
{
    struct guarded guarded;
    struct grid grid;
    guard_grid(&guarded, &grid, columns, rows);
    const struct sample *sample = sampler_last(f->sampler);
    view_refresh(&f->view, sample);
    draw_dashboard(&grid, &f->view, &f->fit, f->sampler, sample);
    assert_ptr_equal(grid.cells, guarded.all + GUARDS);
    check_guards(&guarded, columns, rows);
    check_grid(&grid, &f->view);
    free(guarded.all);
}

static void test_every_size(void **state)
{
    (void)state;
    /* What the screen shows while its size changes. */
    static const char *const keys[] = {"",
                                       "G",
                                       "gjjjj",
                                       "?",
                                       "?\\o",
                                       "<Esc>/\xe6\xbc\xa2",
                                       "<Esc>s",
                                       "sss\\zzz<Enter>",
                                       "<Esc><Space>gx",
                                       "<Tab>",
                                       "G"};
    struct fixture f;
    char *frames = hostile_frames();
    fixture_open(&f, hostile_layout, frames);
    free(frames);
    size_t count = sizeof keys / sizeof keys[0];
    for (size_t i = 0; i < count; i++) {
        if (i % 2 == 0)
            sampler_step(f.sampler);
        press(&f, keys[i]);
        /* Each size in the first round, then the edges whole and the middle in
         * steps that differ each round. */
        int more = i ? 4 + (int)i % 3 : 0;
        for (int rows = 1; rows <= 60; rows += rows < 10 ? 1 : 1 + more)
            for (int columns = 1; columns <= 200;
                 columns += columns < 24 ? 1 : 1 + more)
                draw_guarded(&f, columns, rows);
    }
    f.view.ascii = true;
    for (int columns = 1; columns <= 200; columns += 3)
        draw_guarded(&f, columns, 24);
    fixture_close(&f);
}

static void test_largest_size(void **state)
{
    (void)state;
    struct fixture f;
    char *frames = hostile_frames();
    fixture_open(&f, hostile_layout, frames);
    free(frames);
    sampler_step(f.sampler);
    draw_guarded(&f, GRID_COLUMNS_MAX, GRID_ROWS_MAX);
    draw_guarded(&f, GRID_COLUMNS_MAX, 1);
    draw_guarded(&f, 1, GRID_ROWS_MAX);
    fixture_close(&f);
}

/* Moving keeps the cursor on the screen, and the screen full. */
static void test_scrolling(void **state)
{
    (void)state;
    struct fixture f;
    char *frames = hostile_frames();
    fixture_open(&f, hostile_layout, frames);
    free(frames);
    sampler_step(f.sampler);
    for (int rows = 2; rows < 30; rows++) {
        press(&f, "g");
        draw_guarded(&f, 60, rows);
        for (size_t i = 0; i < f.view.row_count; i++) {
            assert_in_range(f.view.cursor, f.fit.top,
                            f.fit.top + f.fit.page - 1);
            press(&f, "j");
            draw_guarded(&f, 60, rows);
        }
        size_t top = f.fit.top;
        press(&f, "k");
        draw_guarded(&f, 60, rows);
        /* A step back within the page does not scroll. */
        if (f.fit.page > 2) {
            assert_int_equal(f.fit.top, top);
            assert_int_equal(f.fit.top + f.fit.page, f.view.row_count);
        }
    }
    fixture_close(&f);
}

static void test_a_still_screen_stays_still(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, plain_layout,
                 "size 64\nframe\nframe +10ms\nframe +400ms\nframe +500ms\n");
    sampler_step(f.sampler);
    sampler_step(f.sampler);
    char *first = screen(&f, 80, 24);
    for (int i = 0; i < 2; i++) {
        sampler_step(f.sampler);
        char *next = screen(&f, 80, 24);
        /* Only the trend grows. */
        for (char *at; (at = strstr(next, "\xc2\xb7"));)
            memmove(at, at + 2, strlen(at + 2) + 1);
        for (char *at; (at = strstr(first, "\xc2\xb7"));)
            memmove(at, at + 2, strlen(at + 2) + 1);
        size_t a = 0, b = 0;
        while (first[a] || next[b]) {
            a += strspn(first + a, " ");
            b += strspn(next + b, " ");
            assert_int_equal(first[a], next[b]);
            a += first[a] != '\0';
            b += next[b] != '\0';
        }
        free(next);
    }
    free(first);
    fixture_close(&f);
}

static void test_screen_of_ui(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, plain_layout, plain_frames);
    struct dashboard_options options = {
        .view = {.highlight = HIGHLIGHT_LAST, .period_ns = 1000000000},
        .count = 1};
    struct buf out = {0};
    struct err err = {0};
    assert_true(
        screen_text(f.layout, f.sampler, &options, 80, 24, "", &out, &err));
    assert_non_null(strstr(out.data, "12 345"));
    buf_clear(&out);
    assert_true(screen_text(f.layout, f.sampler, &options, 80, 24,
                            "<tick>/name<Enter>", &out, &err));
    assert_non_null(strstr(out.data, "GONE"));
    assert_non_null(strstr(out.data, "\xe2\x96\xb8?Name"));
    buf_clear(&out);
    assert_false(screen_text(f.layout, f.sampler, &options, 80, 24, "j<Oops>",
                             &out, &err));
    assert_int_equal(err.status, STATUS_USAGE);
    assert_non_null(strstr(err.text, "<Oops>"));
    buf_free(&out);
    fixture_close(&f);
}

static void test_screen_takes_all_frames(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, plain_layout, plain_frames);
    struct dashboard_options options = {.view = {.period_ns = 1000000000}};
    struct buf out = {0};
    struct err err = {0};
    assert_true(
        screen_text(f.layout, f.sampler, &options, 60, 10, "", &out, &err));
    assert_int_equal(sampler_last(f.sampler)->number, 3);
    assert_non_null(strstr(out.data, "GONE"));
    buf_free(&out);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_screen_whole),
        cmocka_unit_test(test_what_goes_first),
        cmocka_unit_test(test_highlight),
        cmocka_unit_test(test_held_values_are_marked),
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_before_the_first_sample),
        cmocka_unit_test(test_paused_is_not_live),
        cmocka_unit_test(test_refresh_in_digits),
        cmocka_unit_test(test_trend_has_a_cell_a_sample),
        cmocka_unit_test(test_pause_prompt_message),
        cmocka_unit_test(test_ascii),
        cmocka_unit_test(test_help_can_be_read_whole),
        cmocka_unit_test(test_columns_stay_inside),
        cmocka_unit_test(test_every_size),
        cmocka_unit_test(test_largest_size),
        cmocka_unit_test(test_scrolling),
        cmocka_unit_test(test_a_still_screen_stays_still),
        cmocka_unit_test(test_screen_of_ui),
        cmocka_unit_test(test_screen_takes_all_frames),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
