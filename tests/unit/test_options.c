/* SPDX-License-Identifier: MIT */
/*
 * The command line: every option, every way to write it, every way to get it
 * wrong; and the tables that everything else is made from.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "cli/help.h"
#include "cli/options.h"
#include "layout/words.h"
#include "view/view.h"

#define WORDS_MAX 12

/* A command line, ended by NULL. */
#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static bool parse(struct options *options, const char *const *words,
                  struct err *err)
{
    int count = 0;

    while (words[count] != NULL)
        count++;
    *err = (struct err){0};
    options_init(options);
    return options_parse(options, count, (char *const *)words, err);
}

static void expect_ok(struct options *options, const char *const *words)
{
    struct err err;

    if (!parse(options, words, &err))
        fail_msg("%s: %s", words[0], err.text);
}

static void expect_error(const char *const *words, const char *part)
{
    struct options options;
    struct err err;

    if (parse(&options, words, &err))
        fail_msg("'%s %s' was accepted", words[0], words[1]);
    assert_int_equal(err.status, STATUS_USAGE);
    if (strstr(err.text, part) == NULL)
        fail_msg("'%s' is not in: %s", part, err.text);
    options_free(&options);
}

static void test_defaults(void **state)
{
    struct options options;

    (void)state;
    expect_ok(&options, WORDS("x.ini"));
    assert_int_equal(options.command, COMMAND_WATCH);
    assert_int_equal(options.operands.count, 1);
    assert_string_equal(options.operands.items[0], "x.ini");
    assert_int_equal(options.refresh_ns, 0);
    assert_int_equal(options.history, 64 << 20);
    assert_int_equal(options.count, 0);
    assert_false(options.wait.asked);
    assert_null(options.format);
    assert_int_equal(options.color, COLOR_AUTO);
    assert_int_equal(options.graph, GRAPH_BLOCKS);
    assert_int_equal(options.highlight, HIGHLIGHT_LAST);
    assert_int_equal(options.sort, ORDER_LAYOUT);
    assert_int_equal(options.screen.columns, 0);
    for (size_t i = 0; i < OPTION_ID_COUNT; i++)
        assert_int_equal(options.origin[i], ORIGIN_DEFAULT);
    options_free(&options);
}

static void test_commands(void **state)
{
    static const struct {
        const char *words[WORDS_MAX];
        enum command command;
        const char *operand;
    } cases[] = {
        {{"x"}, COMMAND_WATCH, "x"},
        {{"watch", "x"}, COMMAND_WATCH, "x"},
        {{"print", "x"}, COMMAND_PRINT, "x"},
        {{"write", "x"}, COMMAND_WRITE, "x"},
        {{"set", "x", "a=1"}, COMMAND_SET, "x"},
        {{"check", "x"}, COMMAND_CHECK, "x"},
        {{"--refresh", "2", "print", "x"}, COMMAND_PRINT, "x"},
        {{"--refresh=2", "print", "x"}, COMMAND_PRINT, "x"},
        /* an argument is no command */
        {{"--target", "print", "x"}, COMMAND_WATCH, "x"},
        /* only the first word is one */
        {{"watch", "print"}, COMMAND_WATCH, "print"},
        {{"print", "print"}, COMMAND_PRINT, "print"},
        /* and none behind -- */
        {{"--", "print"}, COMMAND_WATCH, "print"},
        {{"--", "-x"}, COMMAND_WATCH, "-x"},
        {{"print", "--", "--once"}, COMMAND_PRINT, "--once"},
        {{"-"}, COMMAND_WATCH, "-"},
        {{"Print"}, COMMAND_WATCH, "Print"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct options options;

        expect_ok(&options, cases[i].words);
        assert_int_equal(options.command, cases[i].command);
        assert_string_equal(options.operands.items[0], cases[i].operand);
        options_free(&options);
    }
}

static void test_spellings(void **state)
{
    struct options options;

    (void)state;
    expect_ok(&options, WORDS("print", "-r100ms", "-n", "7", "--include=a*",
                              "-i", "b", "-xc", "-dv", "x", "--verbose"));
    assert_int_equal(options.refresh_ns, 100000000);
    assert_int_equal(options.count, 7);
    assert_int_equal(options.include.count, 2);
    assert_string_equal(options.include.items[0], "a*");
    assert_string_equal(options.include.items[1], "b");
    assert_int_equal(options.exclude.count, 1);
    assert_string_equal(options.exclude.items[0], "c");
    assert_true(options.detail);
    assert_int_equal(options.verbose, 2);
    assert_int_equal(options.origin[OPTION_REFRESH], ORIGIN_COMMAND_LINE);
    options_free(&options);

    /* the last one counts */
    expect_ok(&options, WORDS("--refresh", "1", "-r=10hz", "x"));
    assert_int_equal(options.refresh_ns, 100000000);
    options_free(&options);

    expect_ok(&options, WORDS("--history=1G", "--history", "512K", "x"));
    assert_int_equal(options.history, 512 << 10);
    options_free(&options);
    expect_ok(&options, WORDS("--history", "0", "x"));
    assert_int_equal(options.history, 0);
    options_free(&options);

    expect_ok(&options, WORDS("print", "--once", "x"));
    assert_int_equal(options.count, 1);
    options_free(&options);
    expect_ok(&options, WORDS("print", "--once=no", "-n3", "x"));
    assert_int_equal(options.count, 3);
    options_free(&options);

    expect_ok(&options, WORDS("--screen", "80x24", "--keys", "", "x"));
    assert_int_equal(options.screen.columns, 80);
    assert_int_equal(options.screen.rows, 24);
    assert_string_equal(options.keys, "");
    options_free(&options);
    expect_ok(&options, WORDS("--screen=1000X500", "x"));
    assert_int_equal(options.screen.columns, 1000);
    assert_int_equal(options.screen.rows, 500);
    options_free(&options);
}

/* Brackets in the help mean: only with the equals sign. */
static void test_wait(void **state)
{
    struct options options;

    (void)state;
    expect_ok(&options, WORDS("print", "--wait", "5"));
    assert_true(options.wait.asked);
    assert_int_equal(options.wait.ns, 0);
    assert_string_equal(options.operands.items[0], "5");
    options_free(&options);
    expect_ok(&options, WORDS("print", "--wait=5", "x"));
    assert_true(options.wait.asked);
    assert_int_equal(options.wait.ns, 5000000000);
    options_free(&options);
    expect_ok(&options, WORDS("print", "-w250ms", "x"));
    assert_int_equal(options.wait.ns, 250000000);
    options_free(&options);
    expect_ok(&options, WORDS("print", "-w", "x"));
    assert_true(options.wait.asked);
    assert_int_equal(options.wait.ns, 0);
    options_free(&options);
}

static void test_words(void **state)
{
    struct options options;

    (void)state;
    expect_ok(&options,
              WORDS("--color=never", "--highlight", "baseline", "--sort",
                    "rate", "--ascii", "--graph=ascii", "x"));
    assert_int_equal(options.graph, GRAPH_ASCII);
    assert_int_equal(options.color, COLOR_NEVER);
    assert_int_equal(options.highlight, HIGHLIGHT_BASELINE);
    assert_int_equal(options.sort, COLUMN_RATE);
    assert_true(options.ascii);
    options_free(&options);
    expect_ok(&options, WORDS("--color", "always", "--highlight", "off",
                              "--sort=recent", "--ascii=off", "x"));
    assert_int_equal(options.color, COLOR_ALWAYS);
    assert_int_equal(options.highlight, HIGHLIGHT_OFF);
    assert_int_equal(options.sort, COLUMN_AGE);
    assert_false(options.ascii);
    options_free(&options);
    expect_ok(&options, WORDS("--sort=name", "x"));
    assert_int_equal(options.sort, COLUMN_NAME);
    assert_int_equal(options.abi, ABI_UNKNOWN);
    options_free(&options);
    expect_ok(&options, WORDS("--abi", "x86-windows", "x"));
    assert_int_equal(options.abi, ABI_X86_WINDOWS);
    options_free(&options);
    expect_ok(&options, WORDS("check", "--abi=arm64-linux", "x"));
    assert_int_equal(options.abi, ABI_ARM64_LINUX);
    options_free(&options);
}

static void test_operands(void **state)
{
    struct options options;

    (void)state;
    expect_ok(&options, WORDS("--layout", "x.ini"));
    assert_int_equal(options.operands.count, 0);
    options_free(&options);
    expect_ok(&options, WORDS("check", "a", "b", "c"));
    assert_int_equal(options.operands.count, 3);
    options_free(&options);
    /* those who ask need no operands */
    expect_ok(&options, WORDS("print", "--help"));
    assert_true(options.help);
    assert_int_equal(options.command, COMMAND_PRINT);
    options_free(&options);
    expect_ok(&options, WORDS("-V"));
    assert_true(options.version);
    options_free(&options);
}

static void test_errors(void **state)
{
    static const struct {
        const char *words[WORDS_MAX];
        const char *part;
    } cases[] = {
        {{NULL}, "watch needs TARGET"},
        {{"print"}, "print needs TARGET"},
        {{"set", "x"}, "set needs TARGET FIELD=VALUE..."},
        {{"set", "--layout", "x"}, "set needs TARGET"},
        {{"check"}, "check needs LAYOUT..."},
        {{"print", "x", "y"}, "'y' is one too many: print takes one TARGET"},
        {{"x", "y", "--target", "z"}, "--target is for one TARGET"},
        {{"--refesh", "1", "x"}, "did you mean '--refresh'?"},
        {{"--refesh=1", "x"}, "unknown option '--refesh'; "},
        {{"--zzzzzzzzz", "x"}, "unknown option '--zzzzzzzzz'"},
        {{"-z", "x"}, "unknown option '-z'"},
        {{"-vz", "x"}, "unknown option '-z' in '-vz'"},
        {{"-refresh", "1", "x"}, "two dashes: --refresh"},
        {{"x", "--refresh"}, "--refresh needs an argument"},
        {{"x", "-n"}, "-n needs an argument: -n N"},
        {{"--refresh=0", "x"}, "--refresh: '0'"},
        {{"--refresh", "-1", "x"}, "'-1' is not a time above 0"},
        {{"--refresh", "fast", "x"}, "write it like 1s, 100ms"},
        {{"--refresh", "", "x"}, "'' is not a time"},
        {{"--history=-1", "x"}, "'-1' is not a size of 0 to "},
        {{"--history", "", "x"}, "'' is not a size"},
        {{"--history=1000T", "x"}, "write it like 64M"},
        {{"print", "--history=1M", "x"},
         "--history is not an option of 'print'"},
        {{"--count", "0", "x"}, "from 1 to 18446744073709551615"},
        {{"--count", "-1", "x"}, "from 1 to 18446744073709551615"},
        {{"--count", "99999999999999999999", "x"},
         "from 1 to 18446744073709551615"},
        {{"--count", "1.5", "x"}, "from 1 to 18446744073709551615"},
        {{"print", "--wait=", "x"}, "'' is not a time"},
        {{"--color", "allways", "x"}, "did you mean 'always'?"},
        {{"--color", "", "x"}, "none of auto, always, never"},
        {{"--abi", "x86-window", "x"}, "did you mean 'x86-windows'?"},
        {{"check", "--abi=", "x"}, "'' is none of x86-linux, x64-linux, "},
        {{"check", "--raw", "x"}, "to: print"},
        {{"--screen", "80", "x"}, "write it like 80x24"},
        {{"--screen", "80x", "x"}, "write it like 80x24"},
        {{"--screen", "x24", "x"}, "write it like 80x24"},
        {{"--screen", "0x24", "x"}, "write it like 80x24"},
        {{"--screen", "80x0", "x"}, "write it like 80x24"},
        {{"--screen", "1001x24", "x"}, "1000x500"},
        {{"--screen", "80x501", "x"}, "1000x500"},
        {{"--screen", "80x24x", "x"}, "write it like 80x24"},
        {{"--screen", "-80x24", "x"}, "write it like 80x24"},
        {{"--screen", "99999999999999999999x24", "x"}, "write it like"},
        {{"--keys", "q", "x"}, "--screen 80x24"},
        {{"--verbose=2", "x"}, "takes no argument"},
        {{"--ascii=perhaps", "x"}, "neither yes nor no"},
        {{"--include", "", "x"}, "--include: the argument is empty"},
        {{"print", "--output=", "x"}, "--output: the argument is empty"},
        {{"print", "--once", "--count", "2", "x"}, "give one of the two"},
        {{"print", "--format", "jsn", "x"}, "did you mean 'json'?"},
        {{"check", "--format", "csv", "x"}, "none of text, json"},
        {{"--format", "json", "x"}, "it belongs to: print, check"},
        {{"print", "--replace", "x"}, "it belongs to: write"},
        {{"write", "--once", "x"}, "not an option of 'write'"},
        {{"set", "-r1", "x", "a=1"}, "--refresh is not an option of 'set'"},
        {{"--replace", "print", "x"}, "not an option of 'print'"},
        {{"print", "--screen", "80x24", "x"}, "it belongs to: watch"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_error(cases[i].words, cases[i].part);
}

/* A setting of the configuration never beats the command line, whichever is
 * read first, but is checked all the same. */
static void test_origin(void **state)
{
    const struct option_row *refresh = option_find("refresh");
    struct options options;
    struct err err = {0};

    (void)state;
    expect_ok(&options, WORDS("-r1s", "x"));
    assert_true(option_set(&options, refresh, "5s", ORIGIN_CONFIG, &err));
    assert_int_equal(options.refresh_ns, 1000000000);
    assert_int_equal(options.origin[OPTION_REFRESH], ORIGIN_COMMAND_LINE);
    assert_false(option_set(&options, refresh, "x", ORIGIN_CONFIG, &err));
    assert_int_equal(options.refresh_ns, 1000000000);
    options_free(&options);

    options_init(&options);
    assert_true(option_set(&options, refresh, "5s", ORIGIN_CONFIG, &err));
    assert_int_equal(options.refresh_ns, 5000000000);
    assert_true(option_set(&options, refresh, "2s", ORIGIN_COMMAND_LINE, &err));
    assert_int_equal(options.refresh_ns, 2000000000);
    options_free(&options);
}

/* What the parser and the help take for granted. */
static void test_tables(void **state)
{
    (void)state;
    for (size_t i = 0; i < OPTION_ID_COUNT; i++) {
        const struct option_row *row = &option_table[i];

        assert_non_null(row->name);
        assert_non_null(row->help);
        assert_true(row->commands != 0);
        assert_true(row->place < sizeof(struct options));
        assert_ptr_equal(option_find(row->name), row);
        assert_true((row->kind == OPTION_IS_FLAG ||
                     row->kind == OPTION_IS_LEVEL) == (row->argument == NULL));
        assert_true(
            (row->kind == OPTION_IS_WORD || row->kind == OPTION_IS_MAYBE) ==
            ((row->words != NULL) != (row->names != NULL)));
        /* texts of the configuration would have to be owned */
        assert_false(row->config && row->kind == OPTION_IS_LIST);
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(row->name, option_table[j].name);
            assert_true(row->letter == '\0' ||
                        row->letter != option_table[j].letter);
        }
    }
    for (int i = 0; i < COMMAND_COUNT; i++) {
        assert_non_null(command_table[i].word);
        assert_non_null(command_table[i].help);
        assert_true(command_table[i].least <= command_table[i].most);
    }
    assert_null(option_find("no-such-option"));
    assert_string_equal(option_nearest("colour", 0), "color");
    assert_null(option_nearest("output", 0));
    assert_string_equal(format_word(COMMAND_PRINT, 0), "text");
    assert_null(format_word(COMMAND_CHECK, 2));
}

/* Lines of `text` fit into 80 columns and hold no trailing blank. */
static void assert_lines(const char *text)
{
    while (*text != '\0') {
        size_t len = strcspn(text, "\n");

        assert_true(text_columns(text, len) < 80);
        assert_true(len == 0 || text[len - 1] != ' ');
        assert_int_equal(text[len], '\n');
        text += len + 1;
    }
}

static void test_help(void **state)
{
    (void)state;
    for (int i = 0; i < COMMAND_COUNT; i++) {
        struct buf out = {0};

        help_put(&out, (enum command)i);
        assert_lines(out.data);
        for (size_t id = 0; id < OPTION_ID_COUNT; id++) {
            const struct option_row *row = &option_table[id];
            char name[40];

            snprintf(name, sizeof name, "--%s", row->name);
            if ((row->commands & 1u << i) != 0)
                assert_non_null(strstr(out.data, name));
        }
        assert_non_null(strstr(out.data, command_table[i].word));
        buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),  cmocka_unit_test(test_commands),
        cmocka_unit_test(test_spellings), cmocka_unit_test(test_wait),
        cmocka_unit_test(test_words),     cmocka_unit_test(test_operands),
        cmocka_unit_test(test_errors),    cmocka_unit_test(test_origin),
        cmocka_unit_test(test_tables),    cmocka_unit_test(test_help),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
