/* SPDX-License-Identifier: MIT */
/* How a field moves: meters of ranges, trends of what was seen, and the chart
 * of the detail. Single meters and sparklines are tested with draw/. */
#include "draw_rig.h"

#define BLOCK "\xe2\x96"

/* The trend column of the first row, without blanks at its ends, as text. */
static void put_trend(struct buf *out, const struct screen *s)
{
    const struct columns *columns = &s->rig.fit.columns;
    struct grid grid = {columns->of[COLUMN_TREND].width, 1,
                        s->grid.cells + 3 * s->grid.columns +
                            columns->of[COLUMN_TREND].at};
    struct buf text = {0};
    grid_put_text(&text, &grid);
    const char *from = text.data + strspn(text.data, " ");
    buf_add(out, from, strcspn(from, "\n"));
    buf_free(&text);
}

static void test_trends(void **state)
{
    (void)state;
    static const struct {
        const char *what, *field, *frames, *trend;
    } cases[] = {
        {"the range that was seen", "u8 @0",
         "set 0 00\nframe\nset 0 64\nframe\nset 0 32\nframe\n",
         BLOCK "\x81" BLOCK "\x87" BLOCK "\x84"},
        {"what could not be read is blank", "u8 @0",
         "set 0 00\nframe\nframe gone\nset 0 64\nframe\n",
         BLOCK "\x81 " BLOCK "\x87"},
        /* Noise does not fill the height: 1 % of the value, some digits. */
        {"noise", "u16 @0",
         "set 0 e803\nframe\nset 0 e903\nframe\nset 0 e803\nframe\n",
         BLOCK "\x84" BLOCK "\x84" BLOCK "\x84"},
        {"a counter has no noise", "u16 @0 role=counter",
         "set 0 e803\nframe\nset 0 e903\nframe\n", BLOCK "\x81" BLOCK "\x87"},
        {"not a number", "f32 @0", "set 0 0000c07f\nframe\n", ""},
        {"a text", "char[4] @0", "set 0 61626300\nframe\n", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct screen s;
        struct buf layout = {0}, frames = {0}, trend = {0};
        buf_printf(&layout,
                   "[mapping]\nname = x\nsize = 16\n[fields]\nf = %s\n",
                   cases[i].field);
        buf_printf(&frames, "size 16\n%s", cases[i].frames);
        open_screen(&s, layout.data, frames.data);
        while (!sampler_is_over(s.rig.sampler))
            view_rig_step(&s.rig, 1);
        draw(&s, 80, 24);
        put_trend(&trend, &s);
        buf_putc(&trend, '\0');
        if (strcmp(trend.data, cases[i].trend) != 0)
            fail_msg("%s: '%s', not '%s'", cases[i].what, trend.data,
                     cases[i].trend);
        buf_free(&layout);
        buf_free(&frames);
        buf_free(&trend);
        close_screen(&s);
    }
}

/* A constant that was seen for some time is a thin line over the whole width,
 * so that nothing moves. */
static void test_constants(void **state)
{
    (void)state;
    struct screen s;
    open_screen(&s, "[mapping]\nname = x\nsize = 16\n[fields]\nf = u8 @0\n",
                "size 16\nset 0 05\nframe\nframe\nframe\nframe\nframe\n");
    int dots[6] = {0};
    for (int i = 0; i < 6; i++) {
        draw(&s, 80, 24);
        const struct columns *columns = &s.rig.fit.columns;
        const struct cell *cells =
            s.grid.cells + 3 * s.grid.columns + columns->of[COLUMN_TREND].at;
        for (int k = 0; k < columns->of[COLUMN_TREND].width; k++)
            dots[i] += cells[k].code[0] == 0xb7;
        if (i > 3)
            assert_int_equal(dots[i], columns->of[COLUMN_TREND].width);
        view_rig_step(&s.rig, 1);
    }
    assert_true(dots[0] <= 1);
    assert_true(dots[1] <= 2);
    close_screen(&s);
}

/* The part of a meter that is filled, in percent; -1: there is none. */
static int filled(const struct screen *s)
{
    const struct columns *columns = &s->rig.fit.columns;
    const struct cell *cells =
        s->grid.cells + 3 * s->grid.columns + columns->of[COLUMN_TREND].at;
    int width = columns->of[COLUMN_TREND].width;
    int count = 0;
    if (cells[0].code[0] != '[' || cells[width - 1].code[0] != ']')
        return -1;
    for (int i = 1; i < width - 1; i++)
        count += cells[i].code[0] == '#';
    return count * 100 / (width - 2);
}

/* A gauge with a range has a meter; a counter has a trend. */
static void test_meters(void **state)
{
    (void)state;
    static const struct {
        const char *attributes, *value;
        int least, most;
    } cases[] = {
        {"min=0 max=100", "0000", 0, 3},
        {"min=0 max=100", "3200", 40, 60},
        {"min=0 max=100", "6400", 97, 100},
        {"min=0 max=100", "ff7f", 97, 100}, /* beyond the end */
        {"min=0 max=100", "ffff", 0, 3},    /* -1 */
        {"min=-100 max=100", "0000", 40, 60},
        {"min=0", "0000", -1, -1},
        {"min=0 max=100 role=counter", "3200", -1, -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct screen s;
        struct buf layout = {0}, frames = {0};
        buf_printf(&layout,
                   "[mapping]\nname = x\nsize = 16\n[fields]\nf = i16 @0 %s\n",
                   cases[i].attributes);
        buf_printf(&frames, "size 16\nset 0 %s\nframe\n", cases[i].value);
        open_screen(&s, layout.data, frames.data);
        s.rig.view.ascii = true;
        draw(&s, 120, 24);
        int part = filled(&s);
        if (part < cases[i].least || part > cases[i].most)
            fail_msg("%s, %s: %d %% in\n%s", cases[i].attributes,
                     cases[i].value, part, s.text);
        buf_free(&layout);
        buf_free(&frames);
        close_screen(&s);
    }
}

/* Limits are seen in the meter; a part beyond one has its style. */
static void test_limits(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        uint32_t style;
    } cases[] = {
        {"0a00", STYLE_DIM}, {"3c00", STYLE_WARN}, {"5f00", STYLE_CRIT}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct screen s;
        struct buf frames = {0};
        bool seen = false;
        buf_printf(&frames, "size 16\nset 0 %s\nframe\n", cases[i].value);
        open_screen(&s,
                    "[mapping]\nname = x\nsize = 16\n[fields]\n"
                    "f = i16 @0 min=0 max=100 warn=>50 crit=>80\ng = u8 @4\n",
                    frames.data);
        view_rig_type(&s.rig, "j"); /* not the cursor's row */
        draw(&s, 120, 24);
        const struct columns *columns = &s.rig.fit.columns;
        int at = columns->of[COLUMN_TREND].at;
        for (int k = at; k < at + columns->of[COLUMN_TREND].width; k++)
            seen |= (s.grid.cells[3 * s.grid.columns + k].style & STYLE_ROLE) ==
                    cases[i].style;
        assert_true(seen);
        buf_free(&frames);
        close_screen(&s);
    }
}

/* Trends are dimmer than values. */
static void test_dim(void **state)
{
    (void)state;
    struct screen s;
    open_screen(&s,
                "[mapping]\nname = x\nsize = 16\n[fields]\nf = u8 @0\n"
                "g = u8 @1\n",
                "size 16\nframe\nset 0 05\nframe\n");
    view_rig_type(&s.rig, "j");
    view_rig_step(&s.rig, 1);
    draw(&s, 80, 24);
    const struct columns *columns = &s.rig.fit.columns;
    int end = columns->of[COLUMN_TREND].at + columns->of[COLUMN_TREND].width;
    const struct cell *cell = &s.grid.cells[3 * s.grid.columns + end - 1];
    assert_true(cell->code[0] > 0x2580);
    assert_int_equal(cell->style & STYLE_ROLE, STYLE_DIM);
    close_screen(&s);
}

/* The last cell of a row that is a full block, or -1. */
static int last_full(const struct screen *s, int row)
{
    int at = s->grid.columns - 1;
    while (at >= 0 &&
           s->grid.cells[row * s->grid.columns + at].code[0] != 0x2588)
        at--;
    return at;
}

/* The chart of the detail has the range at its left, and the newest cell at
 * the right edge: the old one is low, the new one as high as the chart. */
static void test_chart(void **state)
{
    (void)state;
    struct screen s;
    open_screen(&s, "[mapping]\nname = x\nsize = 16\n[fields]\nf = u8 @0\n",
                "size 16\nset 0 0a\nframe\nset 0 c8\nframe\n");
    view_rig_step(&s.rig, 1);
    for (int rows = 24; rows <= 60; rows += 12)
        for (int columns = 60; columns <= 200; columns += 35) {
            draw(&s, columns, rows);
            int low = rows - 1;
            while (low > 4 && last_full(&s, low) < 0)
                low--;
            int end = last_full(&s, low);
            assert_in_range(end, columns - 4, columns - 1);
            int high = low;
            while (last_full(&s, high - 1) == end)
                high--;
            assert_true(high > 3 && high < low);
            int at, high_at, found;
            find_from(&s, " 200 ", high, &high_at, &found);
            assert_int_equal(found, high);
            find_from(&s, " 10 ", low, &at, &found);
            assert_int_equal(found, low);
            assert_int_equal(at, high_at);
            const struct cell *cells = s.grid.cells;
            while (cells[low * columns + end].code[0] == 0x2588)
                end--;
            assert_int_equal(cells[low * columns + end].code[0], 0x2581);
            assert_int_equal(cells[high * columns + end].code[0], ' ');
        }
    close_screen(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trends), cmocka_unit_test(test_constants),
        cmocka_unit_test(test_meters), cmocka_unit_test(test_limits),
        cmocka_unit_test(test_dim),    cmocka_unit_test(test_chart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
