/* SPDX-License-Identifier: MIT */
/* Themes: their contrast, own ones, and how roles come together. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "draw/color.h"
#include "draw/theme.h"

/* --- contrast as WCAG 2.1 defines it ------------------------------------- */

static double linear(uint8_t level)
{
    double part = level / 255.0;
    return part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

static double luminance(int color)
{
    struct rgb rgb = color_rgb(color);
    return 0.2126 * linear(rgb.red) + 0.7152 * linear(rgb.green) +
           0.0722 * linear(rgb.blue);
}

static double contrast(int a, int b)
{
    double high = luminance(a) + 0.05;
    double low = luminance(b) + 0.05;
    return high > low ? high / low : low / high;
}

static void expect_contrast(const char *name, int ground)
{
    const struct theme *theme = theme_find(name);
    assert_non_null(theme);
    int cursor = theme->looks[THEME_CURSOR].back;
    assert_in_range(cursor, 16, 255);
    for (uint32_t style = STYLE_PLAIN; style <= STYLE_ACCENT; style++) {
        struct look look = theme_look(theme, style);
        assert_in_range(look.front, 16, 255);
        assert_int_equal(look.back, LOOK_OWN);
        struct look changed = theme_look(theme, style | STYLE_CHANGED);
        struct look row = theme_look(theme, style | STYLE_CURSOR);
        assert_int_equal(row.back, cursor);
        if (contrast(look.front, ground) < 3 ||
            contrast(changed.front, ground) < 3 ||
            contrast(row.front, cursor) < 3)
            fail_msg("%s, %s: %.2f, changed %.2f, cursor %.2f", name,
                     theme_role_name(style), contrast(look.front, ground),
                     contrast(changed.front, ground),
                     contrast(row.front, cursor));
    }
}

static void test_contrast(void **state)
{
    (void)state;
    /* Known values: https://www.w3.org/TR/WCAG21/#contrast-minimum */
    assert_float_equal(contrast(16, 231), 21, 0.001);
    assert_float_equal(contrast(243, 231), 4.54, 0.01);
    expect_contrast("dark", 16);
    expect_contrast("light", 231);
}

static void test_colors(void **state)
{
    (void)state;
    static const struct {
        int color, of_8, of_16;
    } cases[] = {
        {0, 0, 0},    {7, 7, 7},   {8, 0, 8},   {12, 4, 12}, {16, 0, 0},
        {231, 7, 15}, {196, 1, 9}, {203, 1, 9}, {114, 2, 2}, {221, 3, 11},
        {75, 4, 12},  {80, 6, 6},  {24, 6, 6},  {130, 3, 3}, {235, 0, 0},
        {243, 0, 8},  {245, 7, 8}, {252, 7, 7},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int color = cases[i].color;
        if (color_nearest(color, 8) != cases[i].of_8 ||
            color_nearest(color, 16) != cases[i].of_16)
            fail_msg("%d: %d and %d", color, color_nearest(color, 8),
                     color_nearest(color, 16));
    }
    struct rgb rgb = color_rgb(67); /* #5f87af */
    assert_int_equal(rgb.red, 0x5f);
    assert_int_equal(rgb.green, 0x87);
    assert_int_equal(rgb.blue, 0xaf);
    assert_int_equal(color_rgb(255).red, 0xee);
}

/* --- names --------------------------------------------------------------- */

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(theme_name(0), "terminal");
    for (size_t i = 0; theme_name(i); i++)
        assert_non_null(theme_find(theme_name(i)));
    assert_ptr_equal(theme_find("DARK"), theme_find("dark"));
    assert_null(theme_find("darker"));
    assert_null(theme_find(""));
    assert_string_equal(theme_role_name(THEME_CHANGED), "changed");
    assert_null(theme_role_name(THEME_ROLE_COUNT));
    /* Attributes only, so that NO_COLOR can use it. */
    const struct theme *mono = theme_find("mono");
    for (size_t i = 0; i < THEME_ROLE_COUNT; i++) {
        assert_int_equal(mono->looks[i].front, LOOK_OWN);
        assert_int_equal(mono->looks[i].back, LOOK_OWN);
    }
}

struct look_case {
    const char *text;
    struct look look;
    const char *error; /* NULL: none */
};

static const struct look_case look_cases[] = {
    {"", {-1, -1, 0}, NULL},
    {"red", {1, -1, 0}, NULL},
    {" Bright-Cyan\tbold ", {14, -1, STYLE_BOLD}, NULL},
    {"bold 208 underline", {208, -1, STYLE_BOLD | STYLE_UNDERLINE}, NULL},
    {"0", {0, -1, 0}, NULL},
    {"255 on 16", {255, 16, 0}, NULL},
    {"on white dim", {-1, 7, STYLE_FAINT}, NULL},
    {"default on default reverse", {-1, -1, STYLE_REVERSE}, NULL},
    {"256", {0}, "'256' is no colour: 0 to 255"},
    {"99999999999999", {0}, "'99999999999999' is no colour: 0 to 255"},
    {"1x", {0}, "'1x' is no colour: 0 to 255"},
    {"gren", {0}, "unknown colour 'gren'; did you mean 'green'?"},
    {"blod", {0}, "unknown colour 'blod'; did you mean 'bold'?"},
    {"on", {0}, "no colour after 'on'"},
    {"on bold", {0}, "unknown colour 'bold'"},
    {"-1", {0}, "unknown colour '-1'"},
};

static void test_looks(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof look_cases / sizeof look_cases[0]; i++) {
        const struct look_case *c = &look_cases[i];
        struct theme theme = *theme_find("terminal");
        struct err err = {0};
        bool ok = theme_set(&theme, "good", c->text, &err);
        if (ok != !c->error || strcmp(err.text, c->error ? c->error : "") != 0)
            fail_msg("'%s': %d '%s'", c->text, ok, err.text);
        const struct look *want =
            ok ? &c->look : &theme_find("terminal")->looks[THEME_GOOD];
        assert_memory_equal(&theme.looks[THEME_GOOD], want, sizeof *want);
    }
}

static void test_unknown_role(void **state)
{
    (void)state;
    static const char *const bad[][2] = {
        {"warm", "unknown role 'warm'; did you mean 'warn'?"},
        {"", "unknown role ''"},
        {"a role that is longer than messages are",
         "unknown role 'a role that is longer than messa'"},
    };
    struct theme theme = *theme_find("terminal");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct err err = {0};
        assert_false(theme_set(&theme, bad[i][0], "red", &err));
        assert_int_equal(err.status, STATUS_USAGE);
        assert_string_equal(err.text, bad[i][1]);
    }
    assert_memory_equal(&theme, theme_find("terminal"), sizeof theme);
}

/* --- roles together ------------------------------------------------------ */

static void test_roles_together(void **state)
{
    (void)state;
    static const char *const looks[][2] = {
        {"text", "7"},        {"DIM", "8 dim"},       {"crit", "1 underline"},
        {"cursor", "0 on 6"}, {"changed", "15 bold"},
    };
    struct theme theme = *theme_find("terminal");
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++)
        assert_true(theme_set(&theme, looks[i][0], looks[i][1], NULL));
    static const struct {
        uint32_t style;
        struct look look;
    } cases[] = {
        {STYLE_PLAIN, {7, -1, 0}},
        {STYLE_PLAIN | STYLE_CHANGED, {15, -1, STYLE_BOLD}},
        {STYLE_DIM, {8, -1, STYLE_FAINT}},
        {STYLE_DIM | STYLE_CURSOR, {0, 6, 0}},
        {STYLE_CRIT | STYLE_CHANGED, {1, -1, STYLE_UNDERLINE | STYLE_BOLD}},
        {STYLE_CRIT | STYLE_CURSOR, {1, 6, STYLE_UNDERLINE}},
        {STYLE_CHANGED | STYLE_CURSOR, {0, 6, STYLE_BOLD}},
        {STYLE_REVERSE, {7, -1, STYLE_REVERSE}},
        {STYLE_GRAPH | STYLE_DIM | STYLE_CURSOR, {8, -1, STYLE_FAINT}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct look look = theme_look(&theme, cases[i].style);
        if (memcmp(&look, &cases[i].look, sizeof look) != 0)
            fail_msg("style %u: %d on %d, %u", (unsigned)cases[i].style,
                     look.front, look.back, (unsigned)look.attributes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contrast),
        cmocka_unit_test(test_colors),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_looks),
        cmocka_unit_test(test_unknown_role),
        cmocka_unit_test(test_roles_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
