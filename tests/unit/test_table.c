/* SPDX-License-Identifier: MIT */
/* What the table shows: summaries of headings, headings that stay, aligned and
 * cut values, steady widths, chosen columns, arrays as tables, several
 * targets. That nothing leaves the grid is test_draw.c. */
#include "draw_rig.h"

/* --- headings ------------------------------------------------------------ */

#define HEAD "[mapping]\nname = x\nsize = 4096\n"
#define WORKER                                                                 \
    "[enum e]\n0 = idle\n1 = busy\n2 = done\n"                                 \
    "[struct worker]\nid = u8 role=state\nstate = u8 enum=e\n"                 \
    "load = i16 unit=%\nserved = u32 role=counter\n"

static void test_summaries(void **state)
{
    (void)state;
    static const struct {
        const char *what, *fields, *set, *keys;
        const char *line; /* of the heading, from its mark on */
    } cases[] = {
        {"an array's average", "a = i16[4] @0 unit=bar\n",
         "set 0 0100 0200 0300 0400", "", "a [4]  avg 2.5 bar"},
        {"an array's sum", "a = u16[4] @0 role=counter\n",
         "set 0 0100 0200 0300 0400", "", "a [4]  sum 10"},
        {"texts", "a = char[4][3] @0\n", "", "", "a [3]"},
        {"not of dates", "a = u32[3] @0 show=unix\n", "", "", "a [3]"},
        {"an enum", "a = u8[5] @0 enum=e\n", "set 0 0001 0101 02", "",
         "a [5]  3 busy"},
        {"the first of the commonest", "a = u8[4] @0 enum=e\n",
         "set 0 0101 0202", "", "a [4]  2 busy"},
        {"structs", "w = worker[3] @0\n",
         "set 0 0101 0a00 05000000 0201 1400 06000000 0300 0000 00000000", "",
         "w [3]  2 busy  avg load 10 %"},
        {"shown ones alone", "w = worker[4] @0 hide=unused\n",
         "set 0 0101 0a00 05000000 0201 1400 06000000", "",
         "w [4]  2 of 4  2 busy  avg load 15 %"},
        {"a folded struct", "w = worker @0\n", "set 0 0101 0a00 05000000",
         "h", /* XXX */
         "w  id 1"},
        {"an open struct", "w = worker @0\n", "set 0 0101 0a00 05000000", "",
         "w"},
        {"a folded group", "a = u8 @0 group=G\nb = u8 @1 group=G\n", "", "h",
         "G  2 fields"},
        {"alarms", "a = u8[4] @0 warn=>10\n", "set 0 0b0b0000", "",
         "a [4]  avg 5.5  ! 2 of 4"},
        {"the worst alarm", "a = u8[4] @0 warn=>10 crit=>20\n",
         "set 0 0b150000", "", "a [4]  avg 8  !! 2 of 4"},
        {"of hidden levels nothing",
         "a = u8[4] @0 level=diag warn=>10\n"
         "b = u8 @9 group=G\n",
         "set 0 0b0b0000", "h", "G  1 field"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct screen s;
        struct buf layout = {0}, frames = {0}, line = {0};
        buf_printf(&layout, "%s[fields]\n%s", HEAD WORKER, cases[i].fields);
        buf_printf(&frames, "size 4096\n%s\nframe\n", cases[i].set);
        open_screen(&s, layout.data, frames.data);
        view_rig_type(&s.rig, cases[i].keys);
        draw(&s, 90, 24);
        /* The third line is the first row. Runs of blanks count as two. */
        const char *at = s.text;
        for (int k = 0; k < 3; k++)
            at = strchr(at, '\n') + 1;
        for (at += 7; *at != '\n'; at++) {
            buf_putc(&line, *at);
            if (at[0] == ' ' && at[1] == ' ') {
                buf_putc(&line, ' ');
                at += strspn(at, " ") - 1;
            }
        }
        buf_putc(&line, '\0');
        if (strcmp(line.data, cases[i].line) != 0)
            fail_msg("%s: '%s', not '%s'", cases[i].what, line.data,
                     cases[i].line);
        buf_free(&layout);
        buf_free(&frames);
        buf_free(&line);
        close_screen(&s);
    }
}

/* The headings over the first row, and the titles of its table, stay. */
static void test_headings_stay(void **state)
{
    (void)state;
    struct screen s;
    open_screen(&s,
                HEAD WORKER "[struct outer]\nkind = u8 enum=e\n"
                            "temps = u8[16]\n[fields]\n"
                            "w = worker[32] @0 group=Farm\n"
                            "x = u8 @600 group=Farm\n"
                            "o = outer[4] @700\n",
                "size 4096\nframe\n");
    view_rig_type(&s.rig, "/w[20]<Enter>");
    draw(&s, 80, 20);
    expect_in(&s, "table", "\n   \xe2\x96\xbe Farm");
    expect_in(&s, "table", "\n     \xe2\x96\xbe w [32]");
    expect_in(&s, "table", "#  id  state  load %  served");
    expect_in(&s, "table", "\n       20  ");
    view_rig_type(&s.rig, "/x<Enter>");
    draw(&s, 80, 20);
    expect_in(&s, "field", "\n   \xe2\x96\xbe Farm");
    view_rig_type(&s.rig, "G");
    draw(&s, 80, 12);
    expect_not_in(&s, "elsewhere", "Farm");
    /* Not more than a third of the rows. */
    view_rig_type(&s.rig, "Gt/temps[15]<Enter>");
    for (int rows = 3; rows < 20; rows++) {
        draw(&s, 80, rows);
        size_t stay = 0;
        for (int i = 0; i < s.rig.fit.line_count; i++)
            stay += s.rig.fit.lines[i].row != SIZE_MAX;
        assert_int_equal(stay, s.rig.fit.page);
        assert_in_range(s.rig.view.cursor, s.rig.fit.top,
                        s.rig.fit.top + s.rig.fit.page - 1);
    }
    close_screen(&s);
}

/* --- values -------------------------------------------------------------- */

static void test_decimal_points(void **state)
{
    (void)state;
    struct screen s;
    open_screen(&s,
                HEAD "[fields]\na = f64 @0 precision=1\n"
                     "b = f64 @8 precision=3\nc = i32 @16\n"
                     "d = f32 @24 precision=2\ne = char[8] @32\n",
                "size 4096\n"
                "set 0 000000000000f83f\n" /* 1.5 */
                "set 8 0000000000805bc0\n" /* -110.000 */
                "set 16 d2040000\n"        /* 1234 */
                "set 24 0000803e\n"        /* 0.25 */
                "set 32 746578740000\nframe\n");
    draw(&s, 80, 24);
    static const struct {
        const char *text;
        int point; /* index of the point, or of the column where it would be */
    } cases[] = {{"1.5", 1}, {"-110.000", 4}, {"1234", 4}, {"0.25", 1}};
    int want = 0;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int column, row;
        find(&s, cases[i].text, &column, &row);
        if (i == 0)
            want = column + cases[i].point;
        assert_int_equal(column + cases[i].point, want);
    }
    close_screen(&s);
}

/* A wide value is cut in the table and whole in the detail. */
static void test_wide_values(void **state)
{
    (void)state;
    struct screen s;
    open_screen(&s,
                HEAD "[fields]\ntext = char[48] @0\n"
                     "n = u64 @48 show=bin\nplain = u8 @56\n",
                "size 4096\nset 0 6162636465666768696a6162636465666768696a"
                "6162636465666768696a5a\nset 48 ffffffffffffffff\nframe\n");
    for (int columns = 60; columns <= 200; columns += 20) {
        draw(&s, columns, 24);
        expect_in(&s, "cut", "abcdefghij");
        expect_in(&s, "cut", "\xe2\x80\xa6");
        expect_in(&s, "whole", "abcdefghijabcdefghijabcdefghijZ");
        /* It is cut at its end. */
        int column, row;
        find(&s, "text", &column, &row);
        for (int k = 0; k < s.rig.fit.columns.total; k++)
            assert_int_not_equal(s.grid.cells[row * columns + k].code[0], 'Z');
    }
    close_screen(&s);
}

/* A column grows at once, and shrinks when less has been needed for a while. */
static void test_steady_widths(void **state)
{
    (void)state;
    static const struct {
        const char *frame;
        const char *value;
        int grown; /* columns more than at first */
    } cases[] = {
        {"set 0 0100000000000000\nframe", "1", 0},
        {"set 0 00e40b5402000000\nframe +1s", "10 000 000 000", 0},
        {"set 0 0100000000000000\nframe +1s", "1", 0},
        {"frame +5s", "1", 0},
        {"frame +6s", "1", 0},
    };
    struct screen s;
    struct buf frames = {0};
    buf_puts(&frames, "size 4096\n");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        buf_printf(&frames, "%s\n", cases[i].frame);
    open_screen(&s, HEAD "[fields]\nnumber = u64 @0\nother = u8 @9 unit=bar\n",
                frames.data);
    int widths[sizeof cases / sizeof cases[0]];
    int units[sizeof cases / sizeof cases[0]];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int row;
        if (i)
            view_rig_step(&s.rig, 1);
        draw(&s, 80, 24);
        expect_in(&s, cases[i].frame, cases[i].value);
        widths[i] = s.rig.fit.value.width;
        find(&s, "bar", &units[i], &row);
    }
    assert_true(widths[1] > widths[0]);
    assert_int_equal(widths[2], widths[1]);
    assert_int_equal(widths[3], widths[1]);
    assert_int_equal(widths[4], widths[0]);
    assert_int_equal(units[2], units[1]);
    assert_int_equal(units[4], units[0]);
    buf_free(&frames);
    close_screen(&s);
}

/* --- columns ------------------------------------------------------------- */

static void test_columns(void **state)
{
    (void)state;
    static const struct {
        const char *column, *title, *text;
    } cases[] = {
        {"unit", "Unit", "bar"},        {"rate", "Rate 5s", "+5.0"},
        {"age", "Age", "0s"},           {"min", "Min", "5"},
        {"max", "Max", "15"},           {"average", "Average", "7.5"},
        {"previous", "Previous", "10"}, {"alarm", "Alarm", "! >12"},
        {"baseline", "Baseline", "5"},  {"difference", "Difference", "+10"},
        {"path", "Path", "box.level"},  {"offset", "Offset", "0x0008"},
        {"type", "Type", "i16"},
    };
    struct screen s;
    open_screen(&s,
                HEAD "[struct box]\nlevel = i16 label=Level unit=bar warn=>12\n"
                     "[fields]\nbox = box @8\n",
                "size 4096\nset 8 0500\nframe\nset 8 0a00\nframe +1s\n"
                "set 8 0f00\nframe +1s\n");
    view_rig_step(&s.rig, 2);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct err err = {0};
        int title, text, row;
        if (!columns_parse(&s.rig.view.columns, cases[i].column, &err))
            fail_msg("%s", err.text);
        draw(&s, 80, 20);
        find(&s, cases[i].title, &title, &row);
        assert_int_equal(row, 2);
        /* The texts of a column have an edge in common with its title. */
        const struct columns *columns = &s.rig.fit.columns;
        enum column column =
            (enum column)word_find(column_words, cases[i].column);
        int at = columns->of[column].at;
        int end = at + columns->of[column].width;
        struct buf cell = {0};
        for (int k = at; k < end; k++)
            buf_putc(&cell, (char)s.grid.cells[4 * s.grid.columns + k].code[0]);
        buf_putc(&cell, '\0');
        if (!strstr(cell.data, cases[i].text))
            fail_msg("%s: '%s', not '%s'", cases[i].column, cell.data,
                     cases[i].text);
        text = at + (int)(strstr(cell.data, cases[i].text) - cell.data);
        int len = (int)strlen(cases[i].text);
        assert_true(title == text ||
                    title + (int)strlen(cases[i].title) == text + len);
        buf_free(&cell);
    }
    close_screen(&s);
}

/* --- rows ---------------------------------------------------------------- */

static void test_styles(void **state)
{
    (void)state;
    struct screen s;
    open_screen(&s,
                HEAD "[fields]\nalpha = u8 @0\nbravo = u8 @1\n"
                     "charlie = u8 @2\ndelta = u8[2] @3\n",
                "size 4096\nframe\n");
    view_rig_type(&s.rig, "pGkk"); /* alpha is pinned; on the heading */
    draw(&s, 80, 24);
    assert_true(style_of(&s, "alpha") & STYLE_UNDERLINE);
    assert_false(style_of(&s, "bravo") & STYLE_UNDERLINE);
    assert_false(style_of(&s, "charlie") & STYLE_CURSOR);
    assert_true(style_of(&s, "delta [2]") & STYLE_CURSOR);
    assert_int_equal(style_of(&s, "delta [2]") & STYLE_ROLE, STYLE_HEADING);
    /* The whole row of the cursor, and only it. */
    for (int row = 0; row < s.grid.rows; row++) {
        int count = 0;
        for (int i = 0; i < s.grid.columns; i++)
            count += (s.grid.cells[row * s.grid.columns + i].style &
                      STYLE_CURSOR) != 0;
        assert_true(count == 0 || count == s.grid.columns);
    }
    view_rig_type(&s.rig, "/RLI<Enter>");
    draw(&s, 80, 24);
    assert_true(style_of(&s, "rlie") & STYLE_UNDERLINE);
    assert_false(style_of(&s, "charlie") & STYLE_UNDERLINE);
    view_rig_type(&s.rig, "m");
    draw(&s, 80, 24);
    expect_in(&s, "marked", "\n  *charlie");
    close_screen(&s);
}

/* Marks of values that are not live, or were torn. */
static void test_marks(void **state)
{
    (void)state;
    static const struct {
        uint32_t flags;
        uint8_t alarm;
        bool marked;
        const char *row; /* from the edge of the screen to the name */
    } cases[] = {
        {TREND_FRESH, ALARM_NONE, false, "   number  "},
        {TREND_FRESH, ALARM_NONE, true, "  *number  "},
        {TREND_FRESH, ALARM_WARN, false, "!  number  "},
        {TREND_FRESH, ALARM_CRIT, false, "!! number  "},
        {TREND_HELD, ALARM_NONE, false, " ? number  "},
        {TREND_HELD | TREND_TORN, ALARM_NONE, false, " ~ number  "},
        {TREND_HELD | TREND_TORN, ALARM_WARN, true, "!~*number  "},
        {TREND_HELD, ALARM_CRIT, false, "!!?number  "},
        {TREND_FRESH | TREND_RESTING, ALARM_CRIT, false,
         "!!\xe2\x80\x93number  "},
        {TREND_HELD, ALARM_CRIT, true, "!!*number  "},
        {TREND_MISPLACED, ALARM_NONE, false, " ? number  "},
        {TREND_FRESH | TREND_RESTING, ALARM_WARN, false,
         "!\xe2\x80\x93 number  "},
    };
    struct screen s;
    open_screen(&s, HEAD "[fields]\nfirst = u8 @0\nnumber = u8 @1\n",
                "size 4096\nframe\n");
    view_rig_fake(&s.rig);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char want[64];
        s.rig.trends[1].flags = cases[i].flags;
        s.rig.trends[1].alarm = cases[i].alarm;
        s.rig.view.tree.leaves[1].marked = cases[i].marked;
        draw(&s, 80, 24);
        snprintf(want, sizeof want, "\n%s", cases[i].row);
        expect_in(&s, "marks", want);
    }
    close_screen(&s);
}

/* In an order by a column names are whole, and nothing is indented. */
static void test_flat_order(void **state)
{
    (void)state;
    struct screen s;
    open_screen(&s,
                HEAD "[struct pair]\nx = u8\ny = u8\n[fields]\n"
                     "p = pair[2] @0 group=Group\nq = u8 @9 group=Group\n",
                "size 4096\nframe\n");
    view_rig_order(&s.rig, "name");
    draw(&s, 80, 24);
    expect_in(&s, "whole", "\n   p[0].x  ");
    expect_in(&s, "whole", "\n   p[1].y  ");
    expect_in(&s, "whole", "\n   q  ");
    expect_not_in(&s, "no heading", "Group");
    close_screen(&s);
}

/* What matches is lit wherever it is. */
static void test_matches_lit(void **state)
{
    (void)state;
    static const struct {
        const char *search, *text;
        int offset; /* of the match in the text */
    } cases[] = {
        {"arg", "large [2]", 1}, {"87", "9876", 1},   {"r", "bar", 2},
        {"USY", "busy", 1},      {"ell", "hello", 1}, {"plai", "plain", 0},
    };
    struct screen s;
    open_screen(&s,
                HEAD "[enum e]\n0 = busy\n[struct pair]\nwield = u8\n"
                     "text = char[8]\n[fields]\nlarge = u8[2] @0\n"
                     "number = u32 @4 unit=bar\nstate = u8 @8 enum=e\n"
                     "pairs = pair[2] @16\nplain = u8 @60\n",
                "size 4096\nset 4 94260000\nset 17 68656c6c6f\nframe\n");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int column, row;
        view_rig_type(&s.rig, "g/");
        view_rig_type(&s.rig, cases[i].search);
        view_rig_type(&s.rig, "<Enter>g");
        draw(&s, 120, 24);
        find(&s, cases[i].text, &column, &row);
        const struct cell *cells = s.grid.cells + row * s.grid.columns + column;
        for (int k = 0; k < (int)strlen(cases[i].text); k++) {
            bool lit = cells[k].style & STYLE_UNDERLINE;
            bool want = k >= cases[i].offset &&
                        k < cases[i].offset + (int)strlen(cases[i].search);
            if (lit != want)
                fail_msg("'%s' in '%s', character %d: lit %d", cases[i].search,
                         cases[i].text, k, lit);
        }
    }
    /* Esc puts it out. */
    view_rig_type(&s.rig, "<Esc>");
    draw(&s, 120, 24);
    assert_false(style_of(&s, "plain") & STYLE_UNDERLINE);
    close_screen(&s);
}

/* Members that do not fit scroll with the cell of the cursor. */
static void test_wide_table(void **state)
{
    (void)state;
    struct screen s;
    struct buf layout = {0};
    buf_puts(&layout, HEAD "[struct wide]\n");
    for (int i = 0; i < 30; i++)
        buf_printf(&layout, "member%02d = u16\n", i);
    buf_puts(&layout, "[fields]\nw = wide[3] @0\n");
    open_screen(&s, layout.data, "size 4096\nframe\n");
    view_rig_type(&s.rig, "j");
    static const int widths[] = {200, 120, 80, 40, 25};
    for (size_t k = 0; k < sizeof widths / sizeof widths[0]; k++) {
        for (int i = 0; i < 30; i++) {
            char title[16];
            draw(&s, widths[k], 10);
            snprintf(title, sizeof title, "member%02d", i);
            expect_in(&s, "the cursor's member", title);
            view_rig_type(&s.rig, "l");
        }
        view_rig_type(&s.rig, "hhhhhhhhhhhhhhhhhhhhhhhhhhhhh");
        draw(&s, widths[k], 10);
        expect_in(&s, "back", "member00");
        view_rig_expect_cursor(&s.rig, "back", "w[0]");
    }
    buf_free(&layout);
    close_screen(&s);
}

/* A wide cell gets the room that is left, and is cut if there is none. */
static void test_wide_cells(void **state)
{
    (void)state;
    static const char whole[] = "abcdefghijabcdefghijabcdefghijabcdefghijABC";
    struct screen s;
    struct buf frames = {0};
    buf_puts(&frames, "size 4096\nset 1 ");
    for (size_t i = 0; whole[i]; i++)
        buf_put_hex(&frames, (unsigned char)whole[i], 2);
    buf_puts(&frames, "\nframe\n");
    open_screen(&s,
                HEAD "[struct note]\nid = u8\ntext = char[60]\nend = u8\n"
                     "[fields]\nnotes = note[2] @0\n",
                frames.data);
    view_rig_type(&s.rig, "j");
    for (int columns = 40; columns <= 130; columns += 10) {
        draw(&s, columns, 10); /* without a detail */
        if (columns >= 80)
            expect_in(&s, "whole", whole);
        else if (columns <= 50)
            expect_not_in(&s, "cut", whole);
        expect_in(&s, "its start", "abcdefghij");
        if (columns >= 50)
            expect_in(&s, "the last title", "end");
    }
    buf_free(&frames);
    close_screen(&s);
}

/* A table's cells show the values of their own titles. */
static void test_cells(void **state)
{
    (void)state;
    struct screen s;
    open_screen(&s,
                HEAD "[struct pos]\nx = u8\ny = u8\n"
                     "[struct car]\nname = char[4]\npos = pos\n"
                     "gears = u8[2]\n[fields]\ncars = car[3] @0\n",
                "size 4096\nset 0 61626300 0b0c 0d0e\n"
                "set 8 64656600 151617 18\nset 16 67680000 1f20 2122\nframe\n");
    draw(&s, 80, 24);
    static const struct {
        const char *title, *values[3];
    } cases[] = {
        {"name", {"abc", "def", "gh"}},   {"pos.x", {"11", "21", "31"}},
        {"pos.y", {"12", "22", "32"}},    {"gears[0]", {"13", "23", "33"}},
        {"gears[1]", {"14", "24", "34"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int title, titles;
        find(&s, cases[i].title, &title, &titles);
        int end = title + (int)strlen(cases[i].title);
        for (int k = 0; k < 3; k++) {
            const char *value = cases[i].values[k];
            int column, row;
            find_from(&s, value, titles + 1 + k, &column, &row);
            assert_int_equal(row, titles + 1 + k);
            assert_true(column == title || column + (int)strlen(value) == end);
        }
    }
    close_screen(&s);
}

/* --- several targets ----------------------------------------------------- */

/* The header shows the target of the cursor, and how many are not live. */
static void test_targets(void **state)
{
    (void)state;
    static const struct view_options options = {.order = ORDER_LAYOUT};
    struct screen s = {0};
    struct view_rig first, other;
    view_rig_open(&first,
                  "[mapping]\nname = a\nsize = 8\nlabel = First one\n"
                  "[fields]\na = u8[3] @0 warn=>0\n",
                  "size 8\nset 0 01\nframe\nframe gone\n");
    view_rig_open(&other,
                  "[mapping]\nname = b\nsize = 8\nlabel = Second one\n"
                  "[mapping two]\nname = c\nsize = 8\n[fields]\nb = u8 @0\n"
                  "[fields two]\nc = u8 @1\n",
                  "size 8\nframe\n");
    struct view_target targets[2] = {view_rig_target(&first),
                                     view_rig_target(&other)};
    targets[0].name = "one.ini";
    targets[1].name = "\033[2Jtwo.ini";
    view_open(&s.rig.view, targets, 2, &options);
    for (int step = 0; step < 3; step++) {
        for (int columns = 1; columns < 160; columns += 7)
            for (int rows = 1; rows < 40; rows += 3)
                draw(&s, columns, rows);
        s.rig.view.targets[0].sample = sampler_step(first.sampler);
        s.rig.view.targets[1].sample = sampler_step(other.sampler);
        draw(&s, 100, 24);
        expect_in(&s, "headings", "\xe2\x96\xbe First one (one.ini)");
        expect_in(&s, "headings", "two.ini");
        expect_not_in(&s, "clean", "\033");
    }
    view_rig_type(&s.rig, "g");
    draw(&s, 100, 24);
    expect_in(&s, "first", " First one  mem:");
    expect_in(&s, "first", "GONE");
    expect_in(&s, "first", "2 not live");
    view_rig_type(&s.rig, "G");
    draw(&s, 100, 24);
    expect_in(&s, "second", " Second one  2 mappings");
    expect_in(&s, "second", "2 not live");
    view_close(&s.rig.view);
    view_fit_free(&s.rig.fit);
    grid_free(&s.grid);
    free(s.text);
    view_rig_close(&first);
    view_rig_close(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_summaries),
        cmocka_unit_test(test_headings_stay),
        cmocka_unit_test(test_decimal_points),
        cmocka_unit_test(test_wide_values),
        cmocka_unit_test(test_steady_widths),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_styles),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_flat_order),
        cmocka_unit_test(test_matches_lit),
        cmocka_unit_test(test_wide_table),
        cmocka_unit_test(test_wide_cells),
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_targets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
