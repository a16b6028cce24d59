/* SPDX-License-Identifier: MIT */
/*
 * The configuration file: what it sets, what beats it, and all that can be
 * wrong with it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/config.h"
#include "cli/dashboard_config.h"
#include "draw/key_code.h"
#include "os_rig.h"
#include "view/view.h"

static char folder[OS_RIG_PATH];
static char path[sizeof folder + 32];

static int set_up(void **state)
{
    (void)state;
    os_rig_path(folder, "config");
    if (!os_rig_make_folder(folder))
        return -1;
    snprintf(path, sizeof path, "%s/config.ini", folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    os_rig_remove(path);
    return os_rig_remove(folder) ? 0 : -1;
}

static void put_file(const char *name, const char *text)
{
    FILE *file = fopen(name, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static bool read_text(struct options *options, const char *text,
                      struct problems *problems, struct err *err)
{
    put_file(path, text);
    *problems = (struct problems){0};
    *err = (struct err){0};
    return config_read(options, path, problems, err);
}

static void test_settings(void **state)
{
    struct options options;
    struct problems problems;
    struct err err;

    (void)state;
    options_init(&options);
    assert_true(read_text(&options,
                          "; comment\r\n[shmtop]\r\n"
                          "refresh = 250ms ; inline\n"
                          "color=never\n"
                          "  ascii = yes\n"
                          "graph = braille\n"
                          "highlight = baseline\n"
                          "sort = recent\n",
                          &problems, &err));
    assert_int_equal(problems.count, 0);
    assert_int_equal(options.refresh_ns, 250000000);
    assert_int_equal(options.origin[OPTION_REFRESH], ORIGIN_CONFIG);
    assert_int_equal(options.color, COLOR_NEVER);
    assert_true(options.ascii);
    assert_int_equal(options.graph, GRAPH_BRAILLE);
    assert_int_equal(options.highlight, HIGHLIGHT_BASELINE);
    assert_int_equal(options.sort, COLUMN_AGE);
    options_free(&options);
}

static void test_nothing(void **state)
{
    static const char *const texts[] = {"", "\n\n", "; only a comment\n",
                                        "[shmtop]\n"};
    struct problems problems;
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct options options;
        struct options fresh;

        options_init(&options);
        options_init(&fresh);
        assert_true(read_text(&options, texts[i], &problems, &err));
        dashboard_config_free(options.dashboard);
        options.dashboard = NULL;
        assert_memory_equal(&options, &fresh, sizeof options);
    }
}

static void test_command_line_wins(void **state)
{
    char *words[] = {"--refresh", "2s", "--ascii=no", "x.ini"};
    struct options options;
    struct problems problems;
    struct err err = {0};

    (void)state;
    options_init(&options);
    assert_true(options_parse(&options, 4, words, &err));
    assert_true(read_text(&options,
                          "[shmtop]\nrefresh = 5s\nascii = yes\n"
                          "sort = name\n",
                          &problems, &err));
    assert_int_equal(options.refresh_ns, 2000000000);
    assert_false(options.ascii);
    assert_int_equal(options.sort, COLUMN_NAME);
    options_free(&options);
}

/* Wrong lines, and what is said of them on the dashboard. */
static const struct {
    const char *text;
    int line;
    const char *part;
    bool also_print; /* print says it, too */
} wrong[] = {
    {"[shmtop]\nrefesh = 1s\n", 2, "did you mean 'refresh'?", true},
    {"[shmtop]\nzzzzzz = 1\n", 2, "unknown key 'zzzzzz' of [shmtop]", true},
    {"[shmtop]\ncolr = red\n", 2, "did you mean 'color'?", false},
    {"[shmtop]\n\noutput = x\n", 3, "'output' is for the command line", true},
    {"[shmtop]\nhelp = yes\n", 2, "for the command line only", true},
    {"[shmtop]\nrefresh = soon\n", 2, "refresh: 'soon' is not a time", true},
    {"[shmtop]\nrefresh = 0\n", 2, "not a time above 0", true},
    {"[shmtop]\nrefresh =\n", 2, "no value", true},
    {"[shmtop]\ncolor = red\n", 2, "none of auto, always, never", false},
    {"[shmtop]\nsort = nmae\n", 2, "did you mean 'name'?", false},
    {"[shmtop]\nascii = perhaps\n", 2, "neither yes nor no", false},
    {"[shmtop]\nmouse = never\n", 2, "neither yes nor no", false},
    {"[shmtop]\ntheme = drak\n", 2, "did you mean 'dark'?", false},
    {"[shmtop]\nsort=name\nsort=rate\n", 3, "the first is in line 2", false},
    {"refresh = 1s\n", 1, "before the first section", true},
    {"[shmtp]\nrefresh = 1s\n", 1, "did you mean 'shmtop'?", true},
    {"[other]\nrefresh = 1s\n", 1, "settings are in [shmtop]", true},
    {"[key]\nquit = x\n", 1, "did you mean 'keys'?", false},
    {"[shmtop\nrefresh = 1s\n", 1, "", true},
    {"[shmtop]\nrefresh\n", 2, "", true},
    {"[theme]\ntext = red\n", 1, "a theme needs a name", false},
    {"[theme dark]\ntext = red\n", 1, "is built in", false},
    {"[theme a]\n[theme a]\ntext = red\n", 2, "in line 1 already", false},
    {"[theme a]\ntext = rde\n", 2, "did you mean 'red'?", false},
    {"[theme a]\ntxt = red\n", 2, "did you mean 'text'?", false},
    {"[keys]\nqiut = x\n", 2, "did you mean 'quit'?", false},
    {"[keys]\nquit = <Entr>\n", 2, "unknown key '<Entr>'", false},
    {"[keys]\nquit = j\n", 2, "'down' has this key already", false},
    {"[keys]\nquit = ZZ\n", 2, "blanks between keys", false},
    {"[keys]\nquit =\n", 2, "no key", false},
    {"[keys]\nquit = V\nquit = Q\n", 3, "are in line 2 already", false},
    {"[keys]\nquit = V\ndown = V\n", 3, "'quit' has this key", false},
};

static void test_wrong_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct options options;
        struct problems problems;
        struct err err;
        options_init(&options);
        if (!read_text(&options, wrong[i].text, &problems, &err))
            fail_msg("refused: %s", wrong[i].text);
        if (problems.count != 1)
            fail_msg("%zu problems: %s", problems.count, wrong[i].text);
        assert_int_equal(problems.errors, 0);
        assert_string_equal(problems.items[0].file, path);
        assert_int_equal(problems.items[0].line, wrong[i].line);
        if (!strstr(problems.items[0].text, wrong[i].part))
            fail_msg("'%s' is not in: %s", wrong[i].part,
                     problems.items[0].text);
        char notice[64];
        snprintf(notice, sizeof notice, "config.ini:%d: ", wrong[i].line);
        assert_ptr_equal(strstr(options.dashboard->notice, notice),
                         options.dashboard->notice);
        assert_int_equal(options.refresh_ns, 0);
        assert_int_equal(options.color, COLOR_AUTO);
        assert_true(options.mouse && !options.ascii && !options.theme);
        problems_free(&problems);
        options_free(&options);
    }
}

/* What only the dashboard uses does not concern print. */
static void test_print(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct options options;
        struct problems problems;
        struct err err;
        options_init(&options);
        options.command = COMMAND_PRINT;
        bool is_value = strstr(wrong[i].text, "\nrefresh =") != NULL &&
                        wrong[i].text[1] == 's' && wrong[i].line == 2;
        bool ok = read_text(&options, wrong[i].text, &problems, &err);
        if (ok == is_value || problems.count != wrong[i].also_print)
            fail_msg("%d, %zu problems: %s", ok, problems.count, wrong[i].text);
        assert_int_equal(problems.errors, is_value);
        assert_int_equal(err.status, is_value ? STATUS_DATA : STATUS_OK);
        assert_string_equal(err.text, "");
        problems_free(&problems);
        options_free(&options);
    }
}

/* All wrong lines at once, in order, and the others are used. */
static void test_all_wrong_lines(void **state)
{
    struct options options;
    struct problems problems;
    struct err err;

    (void)state;
    options_init(&options);
    assert_true(read_text(&options,
                          "[shmtop]\nrefresh = 5s\ncolor = red\nx = 1\n"
                          "[other]\ny = 1\n[shmtop]\nascii = yes\n",
                          &problems, &err));
    assert_int_equal(problems.count, 3);
    assert_int_equal(problems.items[0].line, 3);
    assert_int_equal(problems.items[1].line, 4);
    assert_int_equal(problems.items[2].line, 5);
    assert_int_equal(options.refresh_ns, 5000000000);
    assert_true(options.ascii);
    problems_free(&problems);
    options_free(&options);
}

static void test_dashboard_settings(void **state)
{
    struct options options;
    struct problems problems;
    struct err err;

    (void)state;
    options_init(&options);
    assert_true(options.mouse && options.title && options.sync);
    assert_false(options.bell || options.clock || options.autosave);
    assert_true(read_text(&options,
                          "[shmtop]\nmouse = no\nbell = yes\ntitle = no\n"
                          "clock = on\nsync = 0\nautosave = yes\n"
                          "theme = mine\n"
                          "[theme mine]\nwarn = 208 bold\n"
                          "heading = bright-blue on 236\n",
                          &problems, &err));
    assert_int_equal(problems.count, 0);
    assert_false(options.mouse || options.title || options.sync);
    assert_true(options.bell && options.clock && options.autosave);
    assert_string_equal(options.theme, "mine");
    assert_null(options.dashboard->notice);
    const struct theme *theme =
        dashboard_config_theme(options.dashboard, options.theme, &err);
    assert_non_null(theme);
    assert_int_equal(theme->looks[THEME_WARN].front, 208);
    assert_int_equal(theme->looks[THEME_HEADING].back, 236);
    assert_int_equal(theme->looks[THEME_GOOD].front,
                     theme_find("terminal")->looks[THEME_GOOD].front);
    assert_ptr_equal(dashboard_config_theme(options.dashboard, "light", &err),
                     theme_find("light"));
    assert_ptr_equal(dashboard_config_theme(NULL, "light", &err),
                     theme_find("light"));
    assert_null(dashboard_config_theme(options.dashboard, "mien", &err));
    assert_non_null(strstr(err.text, "light, mono, mine; did you mean 'mine'"));
    options_free(&options);
}

static enum action action_of(const struct options *options, int key)
{
    return key_map_action(&options->dashboard->keys, key);
}

static void test_keys(void **state)
{
    struct options options;
    struct problems problems;
    struct err err;

    (void)state;
    options_init(&options);
    /* keys that change places, and a line that leaves its default */
    assert_true(read_text(&options,
                          "[keys]\ndown = k\nup = j <C-p>\nfirst = nope\n",
                          &problems, &err));
    assert_int_equal(problems.count, 1);
    assert_int_equal(problems.items[0].line, 4);
    assert_int_equal(action_of(&options, 'k'), ACTION_DOWN);
    assert_int_equal(action_of(&options, 'j'), ACTION_UP);
    assert_int_equal(action_of(&options, 16), ACTION_UP);
    assert_int_equal(action_of(&options, KEY_CODE_DOWN), ACTION_NONE);
    assert_int_equal(action_of(&options, 'g'), ACTION_FIRST);
    assert_int_equal(action_of(&options, 'q'), ACTION_QUIT);
    problems_free(&problems);
    options_free(&options);

    /* a default that another line has taken is gone */
    options_init(&options);
    assert_true(
        read_text(&options, "[keys]\ndown = <x\nup = j\n", &problems, &err));
    assert_int_equal(problems.count, 1);
    assert_int_equal(action_of(&options, 'j'), ACTION_UP);
    assert_int_equal(action_of(&options, KEY_CODE_DOWN), ACTION_DOWN);
    problems_free(&problems);
    options_free(&options);
}

static void test_unreadable(void **state)
{
    struct options options;
    struct problems problems = {0};
    struct err err = {0};

    (void)state;
    options_init(&options);
    assert_false(config_read(&options, "/nowhere/shmtop.ini", &problems, &err));
    assert_int_equal(err.status, STATUS_NO_MAPPING);
    assert_non_null(strstr(err.text, "/nowhere/shmtop.ini"));
    assert_int_equal(problems.count, 0);
    err = (struct err){0};
    assert_false(config_read(&options, folder, &problems, &err));
    assert_int_equal(err.status, STATUS_IO);
    options_free(&options);
}

/* --config, then the most personal file; a lower one is not looked at. */
static void test_places(void **state)
{
    struct options options;
    char home[sizeof folder + 32];
    char file[sizeof folder + 64];
    char *found;

    (void)state;
    options_init(&options);
    os_rig_set_places(folder, "/nowhere");
    found = config_find(&options);
    assert_null(found);

    snprintf(home, sizeof home, "%s/shmtop", folder);
    assert_true(os_rig_make_folder(home));
    snprintf(file, sizeof file, "%s/shmtop.ini", home);
    put_file(file, "[shmtop]\n");
    os_rig_as_shown(file);
    found = config_find(&options);
    assert_non_null(found);
    assert_string_equal(found, file);
    free(found);

    os_rig_set_places("/nowhere", folder);
    found = config_find(&options);
    assert_non_null(found);
    assert_string_equal(found, file);
    free(found);

    options.config = "mine.ini";
    found = config_find(&options);
    assert_string_equal(found, "mine.ini");
    free(found);
    assert_true(os_rig_remove(file));
    assert_true(os_rig_remove(home));
}

/* The example that is installed: sound as it is, and with every line of its
 * defaults made active, which must then be the built-in ones. */
static void test_example(void **state)
{
    FILE *file = fopen(SOURCE_ROOT "/config/shmtop.ini", "rb");
    char text[8192];
    struct options options;
    struct options fresh;
    struct problems problems;
    struct err err;
    size_t len;

    (void)state;
    assert_non_null(file);
    len = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    assert_true(len > 0 && len < sizeof text - 1);
    text[len] = '\0';
    options_init(&options);
    assert_true(read_text(&options, text, &problems, &err));

    for (char *at = text; (at = strstr(at, "\n;")) != NULL; at++)
        if (at[2] != ' ')
            at[1] = ' ';
    assert_true(read_text(&options, text, &problems, &err));
    options_init(&fresh);
    assert_int_equal(options.refresh_ns, 1000000000);
    assert_int_equal(options.color, fresh.color);
    assert_int_equal(options.ascii, fresh.ascii);
    assert_int_equal(options.graph, fresh.graph);
    assert_int_equal(options.highlight, fresh.highlight);
    assert_int_equal(options.sort, fresh.sort);
    for (size_t i = 0; i < OPTION_ID_COUNT; i++)
        assert_int_equal(options.origin[i] == ORIGIN_CONFIG,
                         option_table[i].config &&
                             (option_table[i].commands & 1u << COMMAND_WATCH));
    assert_int_equal(problems.count, 0);
    assert_true(options.mouse && options.title && options.sync);
    assert_false(options.bell || options.clock || options.autosave);
    assert_string_equal(options.theme, "terminal");
    assert_int_equal(options.history, fresh.history);
    assert_int_equal(options.dashboard->theme_count, 1);
    options_free(&options);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_command_line_wins),
        cmocka_unit_test(test_wrong_lines),
        cmocka_unit_test(test_print),
        cmocka_unit_test(test_all_wrong_lines),
        cmocka_unit_test(test_dashboard_settings),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_unreadable),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_example),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
