/* SPDX-License-Identifier: MIT */
/* Settings as lines: what is kept is restored, and lines that are wrong or of
 * another layout do no harm. Files of such lines are test_kept_file.c. */
#include "view_rig.h"

static const char layout_text[] =
    "[mapping]\nname = x\nsize = 256\n"
    "[struct slot]\npid = u16\nload = i16\n"
    "[fields]\n"
    "total = u32 @0 enum=e\n"
    "slots = slot[3] @8\n"
    "fan = u16 @80 group='Cooling air'\n"
    "pump = u16 @82 group='Cooling air' level=diag\n"
    "flow = u16[20] @84\n"
    "[enum e]\n0 = none\n";

static void open_rig(struct view_rig *rig)
{
    view_rig_open(rig, layout_text, "size 256\nframe\n");
    view_rig_step(rig, 1);
}

/* What is kept of a target, as "key = value" lines. */
static char *keep(const struct view_rig *rig, size_t target)
{
    struct kept kept = {0};
    struct buf out = {0};
    view_keep(&rig->view, target, &kept);
    for (size_t i = 0; i < kept.count; i++) {
        assert_int_equal(kept.lines[i].line, 0);
        buf_printf(&out, "%s = %s\n", kept.lines[i].key, kept.lines[i].value);
    }
    kept_free(&kept);
    return out.data;
}

/* Restores lines of the form "key = value", numbered from 1. */
static bool restore(struct view_rig *rig, size_t target, const char *lines,
                    struct err *err)
{
    struct kept kept = {0};
    int number = 0;
    while (*lines) {
        size_t len = strcspn(lines, "\n");
        const char *sign = strstr(lines, " = ");
        char key[64] = "";
        assert_non_null(sign);
        memcpy(key, lines, (size_t)(sign - lines));
        kept_add(&kept, key, "%.*s", (int)(lines + len - sign) - 3, sign + 3);
        kept.lines[kept.count - 1].line = ++number;
        lines += len + (lines[len] != '\0');
    }
    bool ok = view_restore(&rig->view, target, &kept, err);
    view_refresh(&rig->view);
    kept_free(&kept);
    return ok;
}

#define DASHBOARD                                                              \
    "order = layout\nlevel = info\nhighlight = last\ndetail = yes\n"

static void test_keep(void **state)
{
    (void)state;
    static const struct {
        const char *keys, *lines;
    } cases[] = {
        {"", DASHBOARD},
        {"v", "order = layout\nlevel = diag\nhighlight = last\ndetail = yes\n"},
        {"vd",
         "order = layout\nlevel = diag\nhighlight = baseline\ndetail = yes\n"},
        {"dd<Enter>",
         "order = layout\nlevel = info\nhighlight = off\ndetail = no\n"},
        {"p", DASHBOARD "pin = total\n"},
        {"jllp", DASHBOARD "pin = slots[0].load\n"},
        {"x", DASHBOARD "base = dec total\n"},
        {"xx", DASHBOARD "base = hex total\n"},
        {"xxxxx", DASHBOARD},
        {"jh", DASHBOARD "folded = slots\n"},
        {"jt", DASHBOARD "tree = slots\n"},
        {"jtt", DASHBOARD},
        {"Gl", DASHBOARD "open = flow\n"},
        {"Gkkh", DASHBOARD "folded = =Cooling air\n"},
        {"jlI", DASHBOARD "sorted = 0 reverse slots\n"},
        {"jllII", DASHBOARD "sorted = 1 slots\n"},
        {"sj<Enter>",
         "order = name\nlevel = info\nhighlight = last\ndetail = yes\n"},
        {"sj<Enter>I", "order = name reverse\nlevel = info\nhighlight = last\n"
                       "detail = yes\n"},
        {"C<Esc>", DASHBOARD},
        {"CGkkk<Space><Enter>",
         "columns = name value unit rate trend age alarm\n" DASHBOARD},
        /* Search, filter and marks are of the moment. */
        {"/fan<Enter>\\flow<Enter>&m", DASHBOARD},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct view_rig rig;
        struct view_rig again;
        struct err err = {0};
        open_rig(&rig);
        rig.fit.columns.total = 80;
        rig.fit.detail_fits = true;
        view_rig_type(&rig, cases[i].keys);
        char *lines = keep(&rig, 0);
        if (strcmp(lines, cases[i].lines) != 0)
            fail_msg("'%s' keeps\n%snot\n%s", cases[i].keys, lines,
                     cases[i].lines);
        /* Restored, they show the same rows and are kept as the same. */
        open_rig(&again);
        if (!restore(&again, 0, lines, &err))
            fail_msg("'%s': %s", cases[i].keys, err.text);
        view_rig_type(&rig, "<Esc><Esc>");
        char *rows = view_rig_rows(&rig);
        view_rig_expect(&again, cases[i].keys, rows);
        free(rows);
        char *second = keep(&again, 0);
        assert_string_equal(second, lines);
        free(second);
        free(lines);
        view_rig_close(&rig);
        view_rig_close(&again);
    }
}

static void test_restore(void **state)
{
    (void)state;
    static const struct {
        const char *lines, *kept;
        const char *why; /* NULL: no error */
    } cases[] = {
        {"", DASHBOARD, NULL},
        {"columns = rate\n", "columns = name rate value\n" DASHBOARD, NULL},
        {"columns = raet\n", DASHBOARD,
         "line 1: 'raet' is not a column; did you mean 'rate'?"},
        {"order = rate reverse\n",
         "order = rate reverse\nlevel = info\nhighlight = last\n"
         "detail = yes\n",
         NULL},
        {"order = raet\n", DASHBOARD,
         "line 1: 'raet' is not known here; did you mean 'rate'?"},
        {"order = trend\n", DASHBOARD, "'trend' is not known here"},
        {"order = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n", DASHBOARD,
         "is not known here"},
        {"level = info\nlevel = dbug\nhighlight = off\n",
         "order = layout\nlevel = info\nhighlight = off\ndetail = yes\n",
         "line 2: 'dbug' is not known here; did you mean 'debug'?"},
        {"highlight = on\n", DASHBOARD, "line 1: 'on' is not known here"},
        {"detail = maybe\n", DASHBOARD, "'maybe' is not known here"},
        {"colums = rate\n", DASHBOARD,
         "line 1: unknown key 'colums'; did you mean 'columns'?"},
        {"zzz = 1\n", DASHBOARD, "unknown key 'zzz'"},
        {"base = hex total\n", DASHBOARD "base = hex total\n", NULL},
        {"base = hxe total\n", DASHBOARD, "did you mean 'hex'?"},
        {"base = duration total\n", DASHBOARD,
         "is not known here; it is one of dec, hex, bin, oct"},
        /* The first error is told, the other lines count. */
        {"pin = total\nx = 1\ny = 2\npin = fan\n",
         DASHBOARD "pin = total\npin = fan\n", "line 2: unknown key 'x'"},
        {"pin = total\npin = total\n", DASHBOARD "pin = total\n", NULL},
        /* What this layout has not is no error. */
        {"pin = gone\nbase = hex gone[3]\nfolded = gone\nopen = =Gone\n"
         "table = gone\nsorted = 1 gone\ntree = slots[7]\nfolded = @two\n",
         DASHBOARD, NULL},
        /* Nor is what does not fit. */
        {"table = flow\ntable = =Cooling air\ntable = slots[0]\n", DASHBOARD,
         NULL},
        {"sorted = 2 slots\n", DASHBOARD, NULL},
        {"sorted = 1 flow\nsorted = 0 slots[0]\n"
         "sorted = -1 slots\nsorted = \nsorted = 1\n"
         "sorted = 99999999999999999999 slots\n",
         DASHBOARD, NULL},
        {"base = hex\nbase = hex \npin = \nfolded = \norder = name  \n",
         "order = name\nlevel = info\nhighlight = last\ndetail = yes\n", NULL},
        {"folded = slots\nopen = slots\n", DASHBOARD, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct view_rig rig;
        struct err err = {0};
        open_rig(&rig);
        bool ok = restore(&rig, 0, cases[i].lines, &err);
        if (ok != !cases[i].why)
            fail_msg("%s: %d, '%s'", cases[i].lines, ok, err.text);
        if (cases[i].why && !strstr(err.text, cases[i].why))
            fail_msg("%s: '%s' does not say '%s'", cases[i].lines, err.text,
                     cases[i].why);
        char *kept = keep(&rig, 0);
        if (strcmp(kept, cases[i].kept) != 0)
            fail_msg("%s: kept is\n%s", cases[i].lines, kept);
        free(kept);
        view_rig_close(&rig);
    }
}

/* The command line beats what was kept. */
static void test_fixed(void **state)
{
    (void)state;
    static const char lines[] =
        "order = name reverse\nlevel = debug\nhighlight = off\ndetail = no\n";
    static const struct {
        struct view_fixed fixed;
        const char *kept;
    } cases[] = {
        {{.order = true},
         "order = rate\nlevel = debug\nhighlight = off\ndetail = no\n"},
        {{.level = true},
         "order = name reverse\nlevel = diag\nhighlight = off\ndetail = no\n"},
        {{.highlight = true},
         "order = name reverse\nlevel = debug\nhighlight = baseline\n"
         "detail = no\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct view_rig rig;
        struct err err = {0};
        struct view_options options = {.order = COLUMN_RATE,
                                       .level = LEVEL_DIAG,
                                       .highlight = HIGHLIGHT_BASELINE,
                                       .fixed = cases[i].fixed};
        open_rig(&rig);
        view_rig_hide(&rig);
        view_rig_show(&rig, &options);
        assert_true(restore(&rig, 0, lines, &err));
        char *kept = keep(&rig, 0);
        assert_string_equal(kept, cases[i].kept);
        free(kept);
        view_rig_close(&rig);
    }
}

/* A layout that is loaded again keeps the settings, and the cursor's field. */
static void test_replace(void **state)
{
    (void)state;
    static const char other_text[] = "[mapping]\nname = x\nsize = 256\n"
                                     "[struct slot]\npid = u16\nload = i16\n"
                                     "[fields]\n"
                                     "new = u8 @128\n"
                                     "fan = u16 @80\n"
                                     "slots = slot[2] @8\n"
                                     "total = u32 @0\n";
    struct view_rig rig;
    struct view_rig other;
    open_rig(&rig);
    view_rig_open(&other, other_text, "size 256\nframe\n");
    view_rig_step(&other, 1);
    view_rig_type(&rig, "gpgxxjjlI/fan<Enter>");
    view_rig_expect_cursor(&rig, "before", "fan");
    struct view_target target = view_rig_target(&other);
    view_replace(&rig.view, 0, &target);
    view_rig_expect(&rig, "other",
                    "^total new fan -slots #slots slots[0] "
                    "slots[1]");
    view_rig_expect_cursor(&rig, "other", "fan");
    assert_string_equal(rig.view.search, "fan");
    char *kept = keep(&rig, 0);
    assert_string_equal(kept, DASHBOARD "pin = total\nbase = hex total\n"
                                        "sorted = 1 reverse slots\n");
    free(kept);
    /* A field that is gone leaves the cursor at its place. */
    target = view_rig_target(&rig);
    view_replace(&rig.view, 0, &target);
    view_rig_type(&rig, "Gl/flow[19]<Enter>");
    view_rig_expect_cursor(&rig, "last", "flow[19]");
    target = view_rig_target(&other);
    view_replace(&rig.view, 0, &target);
    view_rig_expect_cursor(&rig, "gone", "slots[1]");
    view_rig_close(&rig);
    view_rig_close(&other);
}

/* A layout may be saved while a prompt or a list is open. */
static void test_replace_while_typing(void **state)
{
    (void)state;
    static const char *const keys[] = {"/fl", "\\fl", "s", "jls",
                                       "C",   "?",    "P"};
    static const char *const next[] = {"o<Enter>", "<BS><BS>", "<Esc>",
                                       "<Down><Enter>", "l<Space><Esc>"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        for (size_t k = 0; k < sizeof next / sizeof next[0]; k++) {
            struct view_rig rig;
            struct view_rig other;
            open_rig(&rig);
            view_rig_open(&other,
                          "[mapping]\nname = x\nsize = 8\n[fields]\n"
                          "a = u8 @0\n",
                          "size 8\nframe\n");
            view_rig_step(&other, 1);
            view_rig_type(&rig, "G");
            view_rig_type(&rig, keys[i]);
            struct view_target target = view_rig_target(&other);
            view_replace(&rig.view, 0, &target);
            view_rig_type(&rig, next[k]);
            view_rig_type(&rig, "<Esc><Esc><Esc>");
            view_rig_expect(&rig, keys[i], "a");
            view_rig_expect_cursor(&rig, keys[i], "a");
            view_rig_close(&rig);
            view_rig_close(&other);
        }
    }
}

/* Each target has its own pins, bases and folds. */
static void test_two_targets(void **state)
{
    (void)state;
    static const struct view_options options = {.order = ORDER_LAYOUT,
                                                .highlight = HIGHLIGHT_LAST};
    struct view_rig rig;
    struct view_rig other;
    struct err err = {0};
    open_rig(&rig);
    open_rig(&other);
    struct view_target targets[2] = {view_rig_target(&rig),
                                     view_rig_target(&other)};
    view_rig_hide(&rig);
    view_open(&rig.view, targets, 2, &options);
    view_refresh(&rig.view);
    view_rig_expect_cursor(&rig, "open", "-target0");
    view_rig_type(&rig, "G"); /* +flow of the second one */
    assert_int_equal(view_target_at_cursor(&rig.view), 1);
    view_rig_type(&rig, "lhkpgjjxx");
    char *first = keep(&rig, 0);
    char *second = keep(&rig, 1);
    assert_string_equal(first, DASHBOARD "base = hex total\n");
    assert_string_equal(second, DASHBOARD "pin = fan\n");
    free(first);
    free(second);
    assert_true(restore(&rig, 1, "base = oct total\nfolded = slots\n", &err));
    second = keep(&rig, 1);
    assert_string_equal(second, DASHBOARD
                        "pin = fan\nbase = oct total\nfolded = slots\n");
    free(second);
    /* The period of the cursor's target changes. */
    view_rig_type(&rig, "G-");
    assert_true(rig.view.targets[0].period_ns == RIG_SECOND);
    assert_true(rig.view.targets[1].period_ns == 2 * RIG_SECOND);
    view_rig_close(&rig);
    view_rig_close(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keep),
        cmocka_unit_test(test_restore),
        cmocka_unit_test(test_fixed),
        cmocka_unit_test(test_replace),
        cmocka_unit_test(test_replace_while_typing),
        cmocka_unit_test(test_two_targets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
