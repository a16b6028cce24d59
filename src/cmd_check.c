/* SPDX-License-Identifier: MIT */
/*
 * `shmtop check`: all layouts, all their errors, then the exit code.  What is
 * unsound or unwise goes to stderr; as JSON it is part of the data.
 */
#include "cmd.h"

#include <stdlib.h>
#include <string.h>

#include "layout/check.h"
#include "report.h"
#include "session.h"
#include "sink.h"

/* What layout_load left of one layout; false when it could not be read. */
struct finding {
    struct layout *layout; /* NULL: unsound */
    struct problems problems;
};

static bool find(struct finding *finding, const char *word, struct err *err)
{
    char *path = NULL;
    bool ok;

    *finding = (struct finding){0};
    if (!layout_locate(&path, word, err))
        return false;
    ok = layout_load(&finding->layout, path, &finding->problems, err);
    if (!ok && finding->problems.errors > 0) {
        finding->layout = NULL;
        ok = true;
    }
    free(path);
    return ok;
}

static void put_finding(struct buf *out, const struct finding *finding,
                        bool json, bool title)
{
    if (json) {
        check_put_json(out, finding->layout, &finding->problems);
        if (out->data[out->len - 1] != '\n')
            buf_putc(out, '\n');
        return;
    }
    report_problems(&finding->problems, PROBLEM_NOTE);
    if (finding->layout == NULL)
        return;
    if (title)
        buf_printf(out, "%s:\n", finding->layout->file);
    check_put_text(out, finding->layout);
}

/* The first failure gives the exit code; the others are still told. */
static void remember(struct err *first, enum status status)
{
    if (first->status == STATUS_OK)
        first->status = status;
}

static bool check_one(const char *word, bool json, bool title,
                      struct sink *sink, struct err *first, struct err *err)
{
    struct finding finding;
    struct err failure = {0};
    struct buf out = {0};
    bool ok = true;

    if (!find(&finding, word, &failure)) {
        report_err(&failure);
        remember(first, failure.status);
    } else {
        if (finding.layout == NULL)
            remember(first, STATUS_DATA);
        put_finding(&out, &finding, json, title);
        ok = out.len == 0 || sink_write(sink, out.data, out.len, err);
    }
    layout_free(finding.layout);
    problems_free(&finding.problems);
    buf_free(&out);
    return ok;
}

bool cmd_check(const struct options *options, struct err *err)
{
    bool json = options->format != NULL && strcmp(options->format, "json") == 0;
    size_t count = options->operands.count;
    struct sink sink = {0};
    struct err first = {0};
    bool ok = sink_open(&sink, NULL, false, err);

    for (size_t i = 0; i < count && ok; i++)
        ok = check_one(options->operands.items[i], json, count > 1, &sink,
                       &first, err);
    ok = ok && sink_close(&sink, err);
    sink_abandon(&sink);
    if (!ok)
        return false;
    *err = first;
    return first.status == STATUS_OK;
}
