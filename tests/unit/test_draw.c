/* SPDX-License-Identifier: MIT */
/* The drawing: what is where, and that nothing gets outside the grid at any
 * size and with any content. Single cells are test_grid.c. */
#include "view_rig.h"

#include "base/utf8.h"
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
    struct view_rig rig;
    struct grid grid;
};

static const struct view_options view_options = {.highlight = HIGHLIGHT_LAST,
                                                 .order = ORDER_LAYOUT};

static void fixture_open(struct fixture *f, const char *layout,
                         const char *frames)
{
    *f = (struct fixture){0};
    strcpy(f->rig.target, "mem:draw.mem");
    FILE *file = fopen("draw.mem", "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(frames, 1, strlen(frames), file), strlen(frames));
    assert_int_equal(fclose(file), 0);
    view_rig_sampler(&f->rig, layout);
    view_rig_show(&f->rig, &view_options);
}

static void fixture_close(struct fixture *f)
{
    view_rig_close(&f->rig);
    grid_free(&f->grid);
}

static void step(struct fixture *f, int count)
{
    view_rig_step(&f->rig, count);
}

static void draw_grid(struct fixture *f, struct grid *grid)
{
    view_refresh(&f->rig.view);
    f->rig.fit.draw_ns = view_now_ns(&f->rig.view);
    draw_dashboard(grid, &f->rig.view, &f->rig.fit);
}

static void draw(struct fixture *f, int columns, int rows)
{
    grid_reset(&f->grid, columns, rows);
    draw_grid(f, &f->grid);
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
    view_rig_type(&f->rig, keys);
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
    static const char *const parts[] = {
        " Test memory  mem:draw.mem  64 B ",
        "\xe2\x97\x8f LIVE       gen 1   1 Hz\n",
        "\n  1 Table  2 Health  3 Plot  \xe2\x94\x80\xe2\x94\x80",
        "\n   Field  ",
        "Value  Unit  Rate",
        "Age\n",
        "\n   Counter  ",
        "12 346",
        "4.20  bar",
        "\n   \xe2\x96\xbe Control\n     Mode  ",
        "Auto",
        "\n   Name  ",
        "north",
        " Counter  counter  i64 @0x0000",
        "3a 30 00 00 00 00 00 00",
        "Steps",
        "since start.",
        "\n 1/6  ",
        "? help",
        "q quit\n",
    };
    struct fixture f;
    fixture_open(&f, plain_layout, plain_frames);
    step(&f, 2);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        expect_in(&f, 80, 24, parts[i]);
    /* The detail is beside a wide table, below a narrow one. */
    expect_in(&f, 140, 24, "\xe2\x94\x82  Counter");
    expect_not_in(&f, 139, 24, "\xe2\x94\x82  Counter");
    expect_in(&f, 139, 24, "\n Counter  ");
    fixture_close(&f);
}

static void test_what_goes_first(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, plain_layout, plain_frames);
    step(&f, 2);
    static const struct {
        int columns, rows;
        const char *there;
        const char *gone;
    } cases[] = {
        {80, 11, "Counter", "i64"},               /* detail pane */
        {80, 7, "Field", "\xe2\x94\x80\n Count"}, /* rules */
        {80, 6, "Field", "Health"},               /* tabs */
        {80, 4, "Counter", "Field"},              /* column titles */
        {80, 2, "Counter", "1/6"},                /* status line */
        {64, 24, "Age", "Min"},
        {52, 24, "Rate", "Age"},
        {44, 24, "Unit", "Range"},
        {34, 24, "Value", "Rate"},
        {26, 24, "Counter", "Unit"},
        {12, 24, "12 346", "\n Counter 1"},
        {120, 24, "Min", "Zzz"},
        {80, 24, "LIVE", "Min"},
        {20, 24, "LIVE", "memory"},
        {6, 24, "LIVE", "gen"},
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
    struct watched *target = &f.rig.view.targets[0];
    const uint32_t lit = STYLE_CHANGED;
    step(&f, 1);
    press(&f, "G"); /* the cursor's row has a style of its own */
    draw(&f, 80, 24);
    assert_false(style_of(&f, "12 345") & lit);
    target->shown_ns = target->sample->mono_ns;
    step(&f, 1);
    draw(&f, 80, 24);
    assert_true(style_of(&f, "12 346") & lit);
    assert_false(style_of(&f, "4.20") & lit);
    press(&f, "d"); /* changes since the baseline */
    draw(&f, 80, 24);
    assert_true(style_of(&f, "12 346") & lit);
    press(&f, "d"); /* off */
    draw(&f, 80, 24);
    assert_false(style_of(&f, "12 346") & lit);
    press(&f, "d");
    /* A change between two drawings is highlighted, even if the last sample
     * brought none. */
    target->shown_ns = target->sample->mono_ns - 1500000000;
    draw(&f, 80, 24);
    assert_true(style_of(&f, "12 346") & lit);
    fixture_close(&f);
}

static void test_held_values_are_marked(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, plain_layout, plain_frames);
    step(&f, 3);
    press(&f, "G");
    expect_in(&f, 80, 24, "\xe2\x97\x8f GONE       gen 1");
    expect_in(&f, 80, 24, "\n ? Counter  ");
    expect_in(&f, 80, 24, "\n ? Set point  ");
    assert_int_equal(style_of(&f, "12 346"), STYLE_DIM);
    assert_int_equal(style_of(&f, "GONE") & STYLE_ROLE, STYLE_CRIT);
    /* On one line the state is kept before a value that is not live. */
    expect_in(&f, 6, 1, "GONE");
    fixture_close(&f);
}

/* A mark at the left for each alarm, and for a field that rests. */
static void test_marks(void **state)
{
    (void)state;
    static const char layout[] = "[mapping]\nsize = 8\n[fields]\n"
                                 "calm = u8 @0 warn=>10 crit=>20\n"
                                 "warn = u8 @1 warn=>10 crit=>20\n"
                                 "crit = u8 @2 warn=>10 crit=>20\n"
                                 "rest = u8 @3 stale=1s\n"
                                 "many = u8[2] @4 warn=>10\n";
    struct fixture f;
    fixture_open(&f, layout,
                 "size 8\nset 0 050f1900000b\nframe\nframe +2s\nframe\n");
    step(&f, 2);
    for (int ascii = 0; ascii < 2; ascii++) {
        f.rig.view.ascii = ascii;
        expect_in(&f, 80, 24, "\n   calm  ");
        expect_in(&f, 80, 24, "\n!  warn  ");
        expect_in(&f, 80, 24, "\n!! crit  ");
        expect_in(&f, 80, 24, ascii ? "\n - rest  " : "\n \xe2\x80\x93 rest  ");
        expect_in(&f, 80, 24, "! 1 of 2"); /* of a heading */
        expect_in(&f, 80, 24, "!! 1");     /* of the header */
    }
    assert_int_equal(style_of(&f, "!! crit") & STYLE_ROLE, STYLE_CRIT);
    press(&f, "jm");
    f.rig.view.ascii = false;
    draw(&f, 80, 24);
    char *text = screen(&f, 80, 24);
    assert_null(
        strstr(text, "\n!  warn")); /* it has the mark of a marked row */
    free(text);
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
        step(&f, 1);
        expect_in(&f, 80, 24, upper);
        expect_in(&f, 11, 24, upper);
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

/* While held, the screen may differ from the mapping. */
static void test_held_is_not_live(void **state)
{
    (void)state;
    static const int sizes[][2] = {{80, 24}, {20, 24}, {10, 3},
                                   {8, 3},   {80, 1},  {12, 1}};
    struct fixture f;
    fixture_open(&f, plain_layout, plain_frames);
    step(&f, 2);
    f.rig.view.targets[0].achieved_hz = 0.5;
    expect_in(&f, 100, 24, "1 Hz (0.5)");
    expect_in(&f, 80, 24, "gen 1   2 s"); /* only what was reached */
    f.rig.view.held = true;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        expect_in(&f, sizes[i][0], sizes[i][1],
                  sizes[i][0] == 20 ? "‖ -" : "PAUSED");
        expect_not_in(&f, sizes[i][0], sizes[i][1], "LIVE");
    }
    expect_not_in(&f, 100, 24, "(0.5)");
    expect_in(&f, 80, 24, "gen 1   1 Hz");
    draw(&f, 80, 24);
    assert_true(style_of(&f, "PAUSED") & STYLE_REVERSE);
    f.rig.view.held = false;
    expect_not_in(&f, 80, 24, "PAUSED");
    fixture_close(&f);
}

/* The parts of the header have places of their own. */
static void test_header_does_not_jump(void **state)
{
    (void)state;
    static const struct {
        int64_t period_ns;
        double achieved;
        const char *text;
    } cases[] = {
        {1000000000, NAN, "gen 1   1 Hz"},
        {1000000000, 0.5, "gen 1   1 Hz (0.5)"},
        {3000000000, 0.2, "gen 1   3 s (5)"},
        {10000000, 50, "gen 1   100"},
    };
    struct fixture f;
    fixture_open(&f, plain_layout, plain_frames);
    step(&f, 1);
    char *first = screen(&f, 100, 24);
    ptrdiff_t at = strstr(first, "gen 1") - first;
    free(first);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        f.rig.view.targets[0].period_ns = cases[i].period_ns;
        f.rig.view.targets[0].achieved_hz = cases[i].achieved;
        char *text = screen(&f, 100, 24);
        const char *found = strstr(text, cases[i].text);
        if (!found)
            fail_msg("'%s' is not in\n%s", cases[i].text, text);
        assert_int_equal(found - text, at);
        free(text);
    }
    fixture_close(&f);
}

/* Nor do they move when alarms come and go. */
static void test_header_keeps_places(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f,
                 "[mapping]\nsize = 8\n[fields]\n"
                 "a = u8[3] @0 warn=>10 crit=>20\nb = u8 @4 stale=1s\n",
                 "size 8\nframe\nset 0 0b1515\nframe +2s\nset 4 01\nframe\n"
                 "frame gone\n");
    int places[4];
    for (int i = 0; i < 4; i++) {
        step(&f, 1);
        char *text = screen(&f, 100, 24);
        const char *found = strstr(text, "gen 1");
        assert_non_null(found);
        /* Characters of several bytes before it are the same in number. */
        places[i] = (int)(found - text);
        if (i == 1) {
            assert_non_null(strstr(text, "!! 2"));
            assert_non_null(strstr(text, "! 1"));
        }
        free(text);
        assert_int_equal(places[i], places[0]);
    }
    fixture_close(&f);
}

static void test_prompt_message(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, plain_layout, plain_frames);
    step(&f, 1);
    press(&f, "/set");
    expect_in(&f, 80, 24, "\n/set");
    expect_in(&f, 80, 24, " 1/1\n"); /* matches */
    expect_in(&f, 80, 1, "/set");
    expect_in(&f, 4, 2, "\n/et\n"); /* the end of the input, and the cursor */
    press(&f, "<Enter>x");
    expect_in(&f, 80, 24, "only integers have a number base");
    expect_in(&f, 80, 24, "/set 1/1");
    press(&f, "gx");
    expect_in(&f, 80, 24, "0x0000000000003039 ");
    press(&f, "\\zzz<Enter>");
    expect_in(&f, 80, 24, "no field matches zzz");
    expect_in(&f, 80, 24, "\n 0/0  ");
    expect_in(&f, 80, 24, "  \\zzz");
    fixture_close(&f);
}

static void test_ascii(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, plain_layout, plain_frames);
    step(&f, 3);
    f.rig.view.ascii = true;
    static const char *const keys[] = {"", "<Tab>", "<Tab>s", "<Esc>C",
                                       "<Esc>?"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        press(&f, keys[i]);
        for (int columns = 100; columns <= 160; columns += 60) {
            char *text = screen(&f, columns, 30);
            for (size_t k = 0; text[k]; k++)
                assert_true((text[k] >= 0x20 && text[k] < 0x7f) ||
                            text[k] == '\n');
            free(text);
        }
    }
    press(&f, "<Esc>");
    expect_in(&f, 80, 24, "\n ? Counter  ");
    expect_in(&f, 80, 24, "----------");
    fixture_close(&f);
}

static void test_help_can_be_read_whole(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, plain_layout, plain_frames);
    step(&f, 1);
    press(&f, "?");
    static const int sizes[][2] = {{80, 24}, {200, 60}, {40, 8},
                                   {20, 5},  {60, 3},   {60, 1}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        bool found[ACTION_COUNT] = {0};
        for (size_t top = 0; top < 300; top++) {
            f.rig.view.help_top = top;
            char *text = screen(&f, sizes[i][0], sizes[i][1]);
            for (int k = ACTION_NONE + 1; k < ACTION_COUNT; k++) {
                struct buf keys = {0};
                key_map_put(&keys, &f.rig.view.key_map, (enum action)k, false);
                found[k] |= strstr(text, keys.data) != NULL;
                buf_free(&keys);
            }
            free(text);
        }
        for (int k = ACTION_NONE + 1; k < ACTION_COUNT; k++)
            if (!found[k])
                fail_msg("%dx%d: help has no '%s'", sizes[i][0], sizes[i][1],
                         key_table[k].word);
    }
    fixture_close(&f);
}

/* --- any size, any content ----------------------------------------------- */

/* The hostile text is a value, a label, a unit, a group and a label of an enum,
 * in every form of row. */
static const char hostile_layout[] =
    "[mapping]\n"
    "size = 2048\n"
    "label = \xe6\xbc\xa2\xe5\xad\x97\xe6\xbc\xa2\xe5\xad\x97 station \xf0\x9f"
    "\x98\x80\n"
    "[enum e]\n"
    "0 = \xe6\xbc\xa2\xe5\xad\x97\n"
    "[struct pair]\n"
    "one = u8 enum=e label=\xe6\xbc\xa2\xe5\xad\x97\n"
    "other = char[6]\n"
    "[fields]\n"
    "pairs = pair[5] @1500\n"
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

static bool is_cursor_row(const struct grid *grid, int row)
{
    const struct cell *cells = grid->cells + row * grid->columns;
    return cells[0].style & STYLE_CURSOR;
}

/* All characters are safe, wide ones are whole, and the cursor is visible. */
static void check_grid(const struct grid *grid, const struct view *view)
{
    bool cursor = view->help || view->prompt || !view->row_count ||
                  view->picker || view->kind != VIEW_TABLE || grid->rows == 1;
    cursor |= view->cursor < view->pinned && grid->rows < 10;
    for (int row = 0; row < grid->rows; row++) {
        const struct cell *cells = grid->cells + row * grid->columns;
        for (int i = 0; i < grid->columns; i++) {
            uint32_t code = cells[i].code[0];
            assert_true(cells[i].style < STYLE_COUNT);
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
        cursor = cursor || is_cursor_row(grid, row);
    }
    if (!cursor)
        fail_msg("%dx%d: the cursor, row %zu, is not on the screen",
                 grid->columns, grid->rows, view->cursor);
}

/* What the mouse finds is on the screen. */
static void check_fit(const struct fixture *f, const struct grid *grid)
{
    const struct view_fit *fit = &f->rig.fit;
    assert_int_equal(fit->line_count, grid->rows);
    for (int i = 0; i < fit->line_count; i++) {
        const struct fit_line *line = &fit->lines[i];
        assert_true(line->row == SIZE_MAX || line->row < f->rig.view.row_count);
        assert_in_range(line->cells, 0, line->cells_end);
        assert_true((size_t)line->cells_end <= fit->cell_count);
    }
    assert_in_range(fit->title_row + 1, 0, grid->rows);
    assert_in_range(fit->tab_row + 1, 0, grid->rows);
}

static void draw_guarded(struct fixture *f, int columns, int rows)
{
    struct guarded guarded;
    struct grid grid;
    guard_grid(&guarded, &grid, columns, rows);
    draw_grid(f, &grid);
    assert_ptr_equal(grid.cells, guarded.all + GUARDS);
    check_guards(&guarded, columns, rows);
    check_grid(&grid, &f->rig.view);
    check_fit(f, &grid);
    free(guarded.all);
}

static void test_every_size(void **state)
{
    (void)state;
    /* What the screen shows while its size changes. */
    static const char *const keys[] = {
        "",
        "G",
        "gjjjj",
        "?",
        "?\\o",
        "<Esc>/\xe6\xbc\xa2",
        "<Esc>s",
        "jj<Enter>\\zzz<Enter>",
        "<Esc><Space>gx",
        "<Tab>",
        "G",
        "<Tab>C",
        "G<Space><Enter>",
        "sg<Enter>mpjmpjmp",
        "/big[2<Enter>n",
        "gt",
        "/pairs[3<Enter>t",
        "lI",
        "\\pairs<Enter>",
        "<Esc>P0123456789012345678901234567890",
        "<Esc>*",
        "*&",
    };
    struct fixture f;
    char *frames = hostile_frames();
    fixture_open(&f, hostile_layout, frames);
    free(frames);
    size_t count = sizeof keys / sizeof keys[0];
    for (size_t i = 0; i < count; i++) {
        if (i % 2 == 0)
            step(&f, 1);
        press(&f, keys[i]);
        /* Each size in the first round, then the edges whole and the middle in
         * steps that differ each round. */
        int more = i ? 6 + (int)i % 4 : 0;
        for (int rows = 1; rows <= 60; rows += rows < 10 ? 1 : 1 + more)
            for (int columns = 1; columns <= 200;
                 columns += columns < 24 ? 1 : 1 + more)
                draw_guarded(&f, columns, rows);
    }
    f.rig.view.ascii = true;
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
    step(&f, 1);
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
    const struct view *view = &f.rig.view;
    const struct view_fit *fit = &f.rig.fit;
    step(&f, 1);
    for (int rows = 2; rows < 30; rows++) {
        press(&f, "g");
        draw_guarded(&f, 60, rows);
        for (size_t i = 0; i < view->row_count; i++) {
            assert_in_range(view->cursor, fit->top, fit->top + fit->page - 1);
            press(&f, "j");
            draw_guarded(&f, 60, rows);
        }
        size_t top = fit->top;
        assert_int_equal(fit->top + fit->page, view->row_count);
        press(&f, "k");
        draw_guarded(&f, 60, rows);
        /* A step back within the page does not scroll. */
        if (fit->page > 2)
            assert_int_equal(fit->top, top);
        for (size_t i = 0; i < view->row_count; i++) {
            press(&f, "k");
            draw_guarded(&f, 60, rows);
            assert_in_range(view->cursor, fit->top, fit->top + fit->page - 1);
        }
        assert_int_equal(fit->top, 0);
    }
    fixture_close(&f);
}

/* A screen that grows at the end is filled from before. */
static void test_growing(void **state)
{
    (void)state;
    struct fixture f;
    char *frames = hostile_frames();
    fixture_open(&f, hostile_layout, frames);
    free(frames);
    step(&f, 1);
    press(&f, "G");
    draw_guarded(&f, 60, 6);
    assert_in_range(f.rig.fit.top, 1, f.rig.view.row_count);
    for (int rows = 7; rows <= 150; rows++) {
        size_t page = f.rig.fit.page;
        draw_guarded(&f, 60, rows);
        assert_int_equal(f.rig.fit.top + f.rig.fit.page, f.rig.view.row_count);
        assert_true(f.rig.fit.page >= page || rows < 40);
    }
    assert_int_equal(f.rig.fit.top, 0);
    fixture_close(&f);
}

/* Removes blanks and the dots of a trend. */
static void squeeze(char *text)
{
    char *out = text;
    for (const char *at = text; *at;)
        if (*at == ' ')
            at++;
        else if (strncmp(at, "\xc2\xb7", 2) == 0)
            at += 2;
        else
            *out++ = *at++;
    *out = '\0';
}

/* When nothing changes, only the trend grows. */
static void test_a_still_screen_stays_still(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, plain_layout,
                 "size 64\nframe\nframe +10ms\nframe +400ms\nframe +400ms\n");
    step(&f, 2);
    char *first = screen(&f, 80, 24);
    squeeze(first);
    for (int i = 0; i < 2; i++) {
        step(&f, 1);
        char *next = screen(&f, 80, 24);
        squeeze(next);
        assert_string_equal(next, first);
        free(next);
    }
    free(first);
    fixture_close(&f);
}

/* --- the dashboard without a terminal ------------------------------------ */

static struct dashboard_options options_for(const struct view_target *target)
{
    return (struct dashboard_options){
        .view = view_options, .targets = target, .target_count = 1};
}

static void test_screen_text(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, plain_layout, plain_frames);
    struct view_target target = view_rig_target(&f.rig);
    struct dashboard_options options = options_for(&target);
    struct buf out = {0};
    struct err err = {0};
    options.count = 1;
    assert_true(screen_text(&options, 80, 24, "", &out, &err));
    assert_non_null(strstr(out.data, "12 345"));
    buf_clear(&out);
    assert_true(
        screen_text(&options, 80, 24, "<tick>/name<Enter>", &out, &err));
    assert_non_null(strstr(out.data, "GONE"));
    assert_non_null(strstr(out.data, "\n ? Name"));
    assert_non_null(strstr(out.data, "\n 6/6"));
    buf_clear(&out);
    assert_false(screen_text(&options, 80, 24, "j<Oops>", &out, &err));
    assert_int_equal(err.status, STATUS_USAGE);
    assert_non_null(strstr(err.text, "<Oops>"));
    buf_free(&out);
    fixture_close(&f);
}

/* `q` ends the keys. */
static void test_screen_quits(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, plain_layout, plain_frames);
    struct view_target target = view_rig_target(&f.rig);
    struct dashboard_options options = options_for(&target);
    struct buf out = {0};
    struct err err = {0};
    options.count = 1;
    assert_true(screen_text(&options, 60, 10, "q<tick>", &out, &err));
    assert_int_equal(sampler_last(f.rig.sampler)->number, 1);
    buf_free(&out);
    fixture_close(&f);
}

static void test_screen_takes_all_frames(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, plain_layout, plain_frames);
    struct view_target target = view_rig_target(&f.rig);
    struct dashboard_options options = options_for(&target);
    struct buf out = {0};
    struct err err = {0};
    assert_true(screen_text(&options, 60, 10, "", &out, &err));
    assert_int_equal(sampler_last(f.rig.sampler)->number, 3);
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
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_before_the_first_sample),
        cmocka_unit_test(test_held_is_not_live),
        cmocka_unit_test(test_header_does_not_jump),
        cmocka_unit_test(test_header_keeps_places),
        cmocka_unit_test(test_prompt_message),
        cmocka_unit_test(test_ascii),
        cmocka_unit_test(test_help_can_be_read_whole),
        cmocka_unit_test(test_every_size),
        cmocka_unit_test(test_largest_size),
        cmocka_unit_test(test_scrolling),
        cmocka_unit_test(test_growing),
        cmocka_unit_test(test_a_still_screen_stays_still),
        cmocka_unit_test(test_screen_text),
        cmocka_unit_test(test_screen_quits),
        cmocka_unit_test(test_screen_takes_all_frames),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
