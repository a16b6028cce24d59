/* SPDX-License-Identifier: MIT */
/* Samples of the history as files: the same bytes as those that print writes
 * while they are taken, in every form; and what keeps a file from being saved.
 */
#include "engine_rig.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/os_files.h"
#include "cli/save_history.h"
#include "cli/session.h"
#include "os_rig.h"

static char folder[OS_RIG_PATH];
static char path[OS_RIG_PATH + 32];

static int set_up(void **state)
{
    (void)state;
    os_rig_path(folder, "save");
    /* The recordings are beside their layouts. */
    return os_rig_make_folder(folder) && chdir(TEST_DATA "/golden") == 0 ? 0
                                                                         : -1;
}

static int tear_down(void **state)
{
    (void)state;
    return os_rig_remove(folder) ? 0 : -1;
}

/* A layout of tests/golden that is watched, with what print writes of it. */
struct fixture {
    struct options options;
    struct session session;
    struct buf printed;
    uint64_t samples;
};

static void open_session(struct fixture *f, const char *layout, size_t bytes)
{
    struct err err = {0};
    const struct session_wish wish = {
        .operand = layout, .level = LEVEL_DEBUG, .trend_max = 60};
    *f = (struct fixture){0};
    options_init(&f->options);
    f->options.history = bytes;
    if (!session_open(&f->session, &f->options, &wish, &err))
        fail_msg("%s: %s", layout, err.text);
}

static void close_session(struct fixture *f)
{
    session_close(&f->session);
    options_free(&f->options);
    buf_free(&f->printed);
}

static struct output_plan plan_of(const struct fixture *f,
                                  const struct output_ops *ops)
{
    return session_plan(&f->options, ops, f->session.layout, f->session.fields,
                        f->session.field_count);
}

/* Takes all samples of the recording and prints those from `from` to `to`,
 * counted from 1. */
static void print(struct fixture *f, const char *format, uint64_t from,
                  uint64_t to)
{
    const struct output_ops *ops = output_find(format);
    struct output_plan plan = plan_of(f, ops);
    if (ops->begin)
        ops->begin(&f->printed, &plan);
    while (!sampler_is_over(f->session.sampler)) {
        const struct sample *sample = sampler_step(f->session.sampler);
        history_take(f->session.history);
        if (sample->number >= from && sample->number <= to)
            ops->sample(&f->printed, &plan, sample);
        f->samples = sample->number;
    }
}

static struct request request_all(const struct fixture *f)
{
    struct history_span span = history_span(f->session.history);
    return (struct request){
        .kind = REQUEST_HISTORY,
        .name = path,
        .past = {.history = f->session.history,
                 .layout = f->session.layout,
                 .fields = f->session.fields,
                 .field_count = f->session.field_count,
                 .from_ns = span.first_ns,
                 .to_ns = span.last_ns},
    };
}

static void name_file(const char *end)
{
    snprintf(path, sizeof path, "%s/past%s", folder, end);
}

static void expect_answer(const struct fixture *f,
                          const struct request *request, bool ok,
                          const char *want)
{
    struct buf answer = {0};
    bool saved = save_history(&f->options, request, &answer);
    if (saved != ok || !strstr(answer.data, want))
        fail_msg("'%s' is not in: %s", want, answer.data);
    buf_free(&answer);
}

static void expect_file(const struct fixture *f, const char *what)
{
    struct buf text = {0};
    struct err err = {0};
    if (!os_read_file(path, (size_t)1 << 28, &text, &err))
        fail_msg("%s: %s", what, err.text);
    if (text.len != f->printed.len ||
        memcmp(text.data, f->printed.data, text.len) != 0) {
        size_t at = 0;
        while (at < text.len && text.data[at] == f->printed.data[at])
            at++;
        size_t from = at > 60 ? at - 60 : 0;
        fail_msg("%s: at %zu of %zu and %zu: saved '%.120s', printed '%.120s'",
                 what, at, text.len, f->printed.len, text.data + from,
                 f->printed.data + from);
    }
    buf_free(&text);
    os_rig_remove(path);
}

/* Layouts that have a recording, in every form. */
static void test_as_printed(void **state)
{
    static const char *const layouts[] = {
        "alarms.ini",     "buffers.ini", "computed.ini", "counter.ini",
        "ctypes.ini",     "health.ini",  "hostile.ini",  "levels.ini",
        "many.ini",       "pair.ini",    "plant.ini",    "pumps.ini",
        "rows.ini",       "show.ini",    "signs.ini",    "states.ini",
        "scoreboard.ini", "story.ini",   "torn.ini",     "two.ini",
        "types.ini",
    };
    (void)state;
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        for (unsigned form = 0; form < 16; form++) {
            struct fixture f;
            char what[96], saved[64];
            const char *format = form & 1 ? "csv" : "json";
            open_session(&f, layouts[i], HISTORY_BYTES);
            f.options.detail = form & 2;
            f.options.raw = form & 4;
            f.options.held = form & 8 ? HELD_EMPTY : HELD_SHOWN;
            snprintf(what, sizeof what, "%s, form %u", layouts[i], form);
            print(&f, format, 1, UINT64_MAX);
            name_file(form & 1 ? ".csv" : ".jsonl");
            struct request request = request_all(&f);
            snprintf(saved, sizeof saved, "(%llu sample",
                     (unsigned long long)f.samples);
            expect_answer(&f, &request, true, saved);
            expect_file(&f, what);
            close_session(&f);
        }
    }
}

/* A part of the time and some of the fields. */
static void test_part(void **state)
{
    (void)state;
    struct fixture f;
    open_session(&f, "alarms.ini", HISTORY_BYTES);
    const uint32_t fields[] = {1, 3};
    uint32_t *all = f.session.fields;
    f.session.fields = (uint32_t *)fields;
    f.session.field_count = 2;
    print(&f, "csv", 2, 4);
    name_file(".CSV");
    struct request request = request_all(&f);
    const struct history *history = f.session.history;
    int64_t first_ns = request.past.from_ns;
    request.past.from_ns = history_find_step(history, first_ns, 1);
    request.past.to_ns = history_find_step(history, first_ns, 3);
    expect_answer(&f, &request, true, "(3 samples, ");
    expect_file(&f, "a part");
    request.past.title = "Boiler";
    expect_answer(&f, &request, true, "(Boiler, 3 samples, ");
    /* A moment of the past is shown meanwhile: it stays. */
    const struct sampler *shown = history_seek(f.session.history, first_ns);
    os_rig_remove(path);
    expect_answer(&f, &request, true, "saved ");
    assert_int_equal(sampler_last(shown)->mono_ns, first_ns);
    os_rig_remove(path);
    f.session.fields = all;
    close_session(&f);
}

static void test_refused(void **state)
{
    (void)state;
    struct fixture f;
    open_session(&f, "alarms.ini", HISTORY_BYTES);
    name_file(".csv");
    struct request request = request_all(&f);
    request.past.to_ns = INT64_MAX;
    expect_answer(&f, &request, false, "there is no sample yet");
    print(&f, "csv", 1, UINT64_MAX);
    static const char *const ends[] = {".txt", "", ".csv.gz", ".js"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        name_file(ends[i]);
        expect_answer(&f, &request, false, ".csv, .json, .jsonl or .ndjson");
    }
    request.name = ".csv";
    expect_answer(&f, &request, false, ".csv: end it with .csv");
    request.name = path;
    name_file(".csv");
    expect_answer(&f, &request, true, "saved ");
    expect_answer(&f, &request, false, "exists and is not overwritten");
    expect_file(&f, "twice");
    request.past.to_ns = history_span(f.session.history).first_ns - 1;
    request.past.from_ns = request.past.to_ns - 1;
    expect_answer(&f, &request, false,
                  "no sample in this time; the history begins at ");
    assert_false(os_file_exists(path));
    close_session(&f);
    open_session(&f, "alarms.ini", 0);
    print(&f, "csv", 1, UINT64_MAX);
    request = request_all(&f);
    expect_answer(&f, &request, false, "--history 0");
    assert_false(os_file_exists(path));
    close_session(&f);
    assert_true(os_rig_remove(folder)); /* it is empty */
    assert_true(os_rig_make_folder(folder));
}

/* A disk that is full: nothing is left. */
static void test_full_disk(void **state)
{
    (void)state;
    struct fixture f;
    open_session(&f, "many.ini", HISTORY_BYTES);
    f.options.detail = true;
    print(&f, "json", 1, UINT64_MAX);
    name_file(".json");
    struct request request = request_all(&f);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct rlimit limit = {70000, 70000};
        struct buf answer = {0};
        signal(SIGXFSZ, SIG_IGN);
        if (f.printed.len < 2 * limit.rlim_cur ||
            setrlimit(RLIMIT_FSIZE, &limit) != 0)
            _exit(2);
        bool ok = save_history(&f.options, &request, &answer);
        bool told = strstr(answer.data, "not saved: cannot write");
        buf_free(&answer);
        close_session(&f);
        _exit(ok ? 3 : told ? 0 : 4);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    close_session(&f);
    assert_true(os_rig_remove(folder)); /* it is empty */
    assert_true(os_rig_make_folder(folder));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_printed),
        cmocka_unit_test(test_part),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_full_disk),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
