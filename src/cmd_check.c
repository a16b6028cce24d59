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

/* What layout_load left of one layout. */
struct finding {
    char *path;            /* the problems borrow it */
    struct layout *layout; /* NULL: unsound */
    struct problems problems;
};

static void finding_free(struct finding *finding)
{
    layout_free(finding->layout);
    problems_free(&finding->problems);
    free(finding->path);
}

/* False when the layout cannot be read at all. */
static bool find(struct finding *finding, const char *word, enum abi abi,
                 struct err *err)
{
    bool ok = layout_locate(&finding->path, word, err) &&
              (layout_load(&finding->layout, finding->path, abi,
                           &finding->problems, err) ||
               finding->problems.errors > 0);

    return ok;
}

static void put_finding(struct buf *out, const struct finding *finding,
                        bool json, bool title)
{
    if (json) {
        check_put_json(out, title ? finding->path : NULL, finding->layout,
                       &finding->problems);
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

static bool check_one(const char *word, const struct options *options,
                      struct sink *sink, struct err *first, struct err *err)
{
    bool json = options->format != NULL && strcmp(options->format, "json") == 0;
    struct finding finding = {0};
    struct err failure = {0};
    struct buf out = {0};
    bool ok = true;

    if (!find(&finding, word, (enum abi)options->abi, &failure)) {
        report_err(&failure);
        remember(first, failure.status);
    } else {
        if (finding.layout == NULL)
            remember(first, STATUS_DATA);
        put_finding(&out, &finding, json, options->operands.count > 1);
        ok = out.len == 0 || sink_write(sink, out.data, out.len, err);
    }
    finding_free(&finding);
    buf_free(&out);
    return ok;
}

bool cmd_check(const struct options *options, struct err *err)
{
    size_t count = options->operands.count;
    struct sink sink = {0};
    struct err first = {0};
    bool ok = sink_open(&sink, NULL, false, err);

    for (size_t i = 0; i < count && ok; i++)
        ok = check_one(options->operands.items[i], options, &sink, &first, err);
    ok = ok && sink_close(&sink, err);
    sink_abandon(&sink);
    if (!ok)
        return false;
    *err = first;
    return first.status == STATUS_OK;
}
