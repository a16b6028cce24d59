/* SPDX-License-Identifier: MIT */
/* `shmtop check`: checks all layouts and reports all errors, then sets the
 * exit code.  Tables, JSON and C headers are written by check/.  With --format
 * json problems are data. */
#include "cli/cmd.h"

#include <stdlib.h>
#include <string.h>

#include "check/c_header.h"
#include "check/json.h"
#include "check/text.h"
#include "cli/output_file.h"
#include "cli/report.h"
#include "cli/session.h"
#include "layout/words.h"
#include "loader/loader.h"

/* The result for one layout. */
struct finding {
    char *path; /* borrowed by the problems */
    struct abi_views views;
    struct problems problems;
};

static void finding_free(struct finding *finding)
{
    abi_views_free(&finding->views);
    problems_free(&finding->problems);
    free(finding->path);
}

/* False if the layout cannot be read at all. */
static bool load_finding(struct finding *finding, const char *word,
                         enum abi abi, struct err *err)
{
    return locate_layout(&finding->path, word, err) &&
           (abi_views_load(&finding->views, finding->path, abi,
                           &finding->problems, err) ||
            finding->problems.errors > 0);
}

/* The first failure gives the exit code; all are reported. */
static void keep_first(struct err *first, enum status status)
{
    if (first->status == STATUS_OK)
        first->status = status;
}

static bool sound_everywhere(const struct abi_views *views)
{
    bool sound = true;
    for (const struct word_row *abi = abi_words; abi->word; abi++)
        sound = sound && views->by_abi[abi->value].sound;
    return sound;
}

static void judge_portable(const struct finding *finding, struct err *first)
{
    const struct abi_views *views = &finding->views;
    struct err err = {0};
    struct buf names = {0};
    if (views->moving > 0) {
        abi_views_put_moving(&names, views, SIZE_MAX);
        err_set(&err, STATUS_CHECK_FAILED,
                "%s: not portable: the ABI moves %.300s; give offsets and "
                "types of fixed size",
                finding->path, names.data);
    } else if (!sound_everywhere(views)) {
        err_set(&err, STATUS_CHECK_FAILED,
                "%s: not portable: the layout is unsound under some ABI",
                finding->path);
    }
    buf_free(&names);
    if (err.status != STATUS_OK) {
        report_err(&err);
        keep_first(first, err.status);
    }
}

/* Loads the layout again, under the ABI of the header. */
static bool put_header(struct buf *out, const struct finding *finding,
                       const struct options *options, struct err *err)
{
    const struct layout *layout = finding->views.layout;
    struct problems problems = {0};
    struct layout *loaded = NULL;
    enum abi abi = (enum abi)options->abi;
    if (abi == ABI_UNKNOWN)
        abi = layout->mappings[0].abi;
    if (abi == ABI_UNKNOWN)
        abi = ABI_X64_LINUX;
    bool ok = layout_load(&loaded, finding->path, abi, &problems, err);
    if (ok)
        c_header_put(out, loaded, abi);
    else if (problems.errors > 0) {
        report_problems(&problems, PROBLEM_ERROR);
        err->status = STATUS_DATA;
    }
    layout_free(loaded);
    problems_free(&problems);
    return ok;
}

static void put_finding(struct buf *out, const struct finding *finding,
                        const struct options *options)
{
    CHECK(finding->path);
    bool many = options->operands.count > 1;
    struct check_style style = {
        .unfold = options->verbose > 0,
        .one_abi = options->abi != ABI_UNKNOWN,
    };
    if (options->format && strcmp(options->format, "json") == 0) {
        check_put_json(out, finding->path, many, &finding->views,
                       &finding->problems);
        return;
    }
    report_problems(&finding->problems, PROBLEM_NOTE);
    if (!finding->views.layout)
        return;
    if (many)
        buf_printf(out, "%s:\n", finding->path);
    check_put_text(out, &finding->views, &style);
}

/* Prints everything about one layout that could be read. */
static void examine(struct buf *out, const struct finding *finding,
                    const struct options *options, struct err *first)
{
    struct err err = {0};
    if (!finding->views.layout)
        keep_first(first, STATUS_DATA);
    if (!options->c_header || !finding->views.layout) {
        put_finding(out, finding, options);
    } else {
        report_problems(&finding->problems, PROBLEM_ERROR);
        if (!put_header(out, finding, options, &err)) {
            report_err(&err);
            keep_first(first, err.status);
        }
    }
    if (options->portable && finding->views.layout)
        judge_portable(finding, first);
}

static bool check_one(const char *word, const struct options *options,
                      struct output_file *file, struct err *first,
                      struct err *err)
{
    struct finding finding = {0};
    struct err failure = {0};
    struct buf out = {0};
    bool ok = true;
    if (!load_finding(&finding, word, (enum abi)options->abi, &failure)) {
        report_err(&failure);
        keep_first(first, failure.status);
    } else {
        examine(&out, &finding, options, first);
        ok = out.len == 0 || output_file_write(file, out.data, out.len, err);
    }
    finding_free(&finding);
    buf_free(&out);
    return ok;
}

bool cmd_check(const struct options *options, struct err *err)
{
    size_t count = options->operands.count;
    struct output_file file = {0};
    struct err first = {0};
    bool ok = output_file_open(&file, options->output, true, err);
    for (size_t i = 0; i < count && ok; i++)
        ok = check_one(options->operands.items[i], options, &file, &first, err);
    ok = ok && output_file_close(&file, err);
    output_file_abandon(&file);
    if (!ok)
        return false;
    *err = first;
    return first.status == STATUS_OK;
}
