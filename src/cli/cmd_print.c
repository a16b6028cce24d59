/* SPDX-License-Identifier: MIT */
/* `shmtop print`: writes samples at ticks to stdout or a file.  Only whole
 * samples are written.  The formats are in output/. */
#include "cli/cmd.h"

#include <stdio.h>

#include "base/os.h"
#include "cli/fail_on.h"
#include "cli/output_file.h"
#include "cli/report.h"
#include "cli/session.h"
#include "sampler/ticker.h"

/* A recording has no pauses, so samples are collected into writes of this size.
 */
#define BATCH_BYTES ((size_t)64 << 10)

/* Limits with `for`: looks at a value while that time lasts, the shortest time
 * between them, and the time after it in which a live value has to come. */
#define WATCH_LOOKS 10
#define WATCH_STEP_MIN_NS INT64_C(10000000)
#define UNREAD_NS INT64_C(1000000000)

struct run {
    struct session session;
    const struct output_ops *ops;
    struct output_plan plan;
    struct output_file file;
    struct fail_on fail_on;
    struct buf text;
    uint64_t wanted; /* samples; 0: no end */
    uint64_t taken;
};

/* The number of samples to print; 0: no end. */
static uint64_t count_wanted(const struct options *options, bool recorded)
{
    bool to_people = !options->output && os_is_terminal(1);
    if (options->count > 0)
        return options->count;
    if (options->origin[OPTION_REFRESH] == ORIGIN_COMMAND_LINE || recorded ||
        to_people)
        return 0;
    return 1;
}

static bool put_text(struct run *run, bool now, struct err *err)
{
    if (run->text.len == 0 || (!now && run->text.len < BATCH_BYTES))
        return true;
    if (!output_file_write(&run->file, run->text.data, run->text.len, err))
        return false;
    buf_clear(&run->text);
    return true;
}

static void judge_sample(struct run *run)
{
    fail_on_add(&run->fail_on, run->plan.layout, run->plan.fields,
                run->plan.field_count, sampler_last(run->session.sampler));
}

static bool put_sample(struct run *run, struct err *err)
{
    const struct sampler *sampler = run->session.sampler;
    run->ops->sample(&run->text, &run->plan, sampler_last(sampler));
    judge_sample(run);
    run->taken++;
    return put_text(run, !sampler_is_recorded(sampler), err);
}

static bool is_done(const struct run *run)
{
    if (run->wanted > 0)
        return run->taken >= run->wanted;
    return sampler_is_over(run->session.sampler);
}

/* For an endless stream --timeout is a normal end. */
static bool fail_count(const struct run *run, struct err *err)
{
    if (run->wanted == 0)
        return true;
    return err_set(err, STATUS_TIMEOUT,
                   "%llu of %llu samples after %g s; allow more with "
                   "--timeout",
                   (unsigned long long)run->taken,
                   (unsigned long long)run->wanted,
                   (double)run->session.options->timeout_ns / 1e9);
}

/* Prints the first sample, which is taken already, and the following ones. */
static bool print_samples(struct run *run, enum waited *waited, struct err *err)
{
    struct sampler *sampler = run->session.sampler;
    struct ticker ticker;
    ticker_start(&ticker, os_mono_ns(), run->session.period_ns);
    for (;;) {
        if (!put_sample(run, err))
            return false;
        if (is_done(run))
            return true;
        if (!sampler_is_recorded(sampler)) {
            ticker_advance(&ticker, os_mono_ns());
            *waited = session_pause(ticker.next_ns, run->session.deadline_ns);
            if (*waited != WAITED_DUE)
                return true;
        }
        sampler_step(sampler);
    }
}

static struct fail_on_pending find_pending(const struct run *run,
                                           int64_t since_ns)
{
    return fail_on_pending(&run->fail_on, run->plan.layout, run->plan.fields,
                           run->plan.field_count,
                           sampler_last(run->session.sampler), since_ns);
}

/* The next look: a few of them while `for` lasts, the last one at its end. */
static int64_t watch_due(const struct run *run,
                         const struct fail_on_pending *pending, int64_t now_ns)
{
    int64_t step_ns = pending->for_ns / WATCH_LOOKS;
    if (step_ns > run->session.period_ns)
        step_ns = run->session.period_ns;
    if (step_ns < WATCH_STEP_MIN_NS)
        step_ns = WATCH_STEP_MIN_NS;
    if (now_ns < pending->until_ns && pending->until_ns - now_ns < step_ns)
        return pending->until_ns;
    return now_ns + step_ns;
}

static bool fail_watch(const struct run *run,
                       const struct fail_on_pending *pending, bool timed_out,
                       struct err *err)
{
    return err_set(err, STATUS_TIMEOUT,
                   "%s breaks its limit, but was not watched for %g s%s",
                   run->plan.layout->fields[pending->field].path,
                   (double)pending->for_ns / 1e9,
                   timed_out ? "; allow more with --timeout" : "");
}

static void announce_watch(const struct run *run,
                           const struct fail_on_pending *pending)
{
    char more[32] = "";
    if (pending->count > 1)
        snprintf(more, sizeof more, " and %zu more", pending->count - 1);
    report_note("watching %s%s for up to %g s, to see whether the limit stays "
                "broken for its time in 'for'",
                run->plan.layout->fields[pending->field].path, more,
                (double)pending->for_ns / 1e9);
}

/* After the last printed sample: watches limits that are broken until their
 * time in `for` is over, so that the exit code is right after a single
 * sample, too. */
static bool watch_pending(struct run *run, enum waited *waited, struct err *err)
{
    struct sampler *sampler = run->session.sampler;
    int64_t since_ns = sampler_last(sampler)->mono_ns;
    struct fail_on_pending pending = find_pending(run, since_ns);
    if (pending.count == 0)
        return true;
    announce_watch(run, &pending);
    while (pending.count > 0 && !sampler_is_over(sampler)) {
        int64_t now_ns = sampler_last(sampler)->mono_ns;
        if (now_ns > pending.until_ns && now_ns - pending.until_ns > UNREAD_NS)
            return err_set(err, STATUS_TIMEOUT,
                           "%s: no live value to judge its limit by for %g s",
                           run->plan.layout->fields[pending.field].path,
                           (double)UNREAD_NS / 1e9);
        if (!sampler_is_recorded(sampler)) {
            *waited = session_pause(watch_due(run, &pending, os_mono_ns()),
                                    run->session.deadline_ns);
            if (*waited != WAITED_DUE)
                return fail_watch(run, &pending, *waited == WAITED_TIMEOUT,
                                  err);
        }
        sampler_step(sampler);
        judge_sample(run);
        pending = find_pending(run, since_ns);
    }
    return true;
}

static bool run_prepare(struct run *run, const struct options *options,
                        struct err *err)
{
    const struct session_wish wish = {
        .operand =
            options->operands.count > 0 ? options->operands.items[0] : NULL,
        .layout = options->layout,
        .level = session_level(options),
    };
    if (!session_open(&run->session, options, &wish, err))
        return false;
    run->wanted =
        count_wanted(options, sampler_is_recorded(run->session.sampler));
    run->ops =
        options->format ? output_find(options->format) : &output_table[0];
    CHECK(run->ops);
    run->plan = session_plan(options, run->ops, run->session.layout,
                             run->session.fields, run->session.field_count);
    run->plan.first_only = run->wanted == 1;
    run->fail_on.level = (enum alarm_level)options->fail_on;
    return true;
}

static bool run_print(struct run *run, const struct options *options,
                      struct err *err)
{
    enum waited waited;
    if (!run_prepare(run, options, err) ||
        !session_attach(&run->session, &waited, err))
        return false;
    if (waited == WAITED_STOPPED)
        return true;
    bool whole = run->wanted > 0 || sampler_is_recorded(run->session.sampler);
    if (!output_file_open(&run->file, options->output, whole, err))
        return false;
    if (run->ops->begin)
        run->ops->begin(&run->text, &run->plan);
    /* After a stop or a timeout the samples so far are kept; the exit code
     * tells whether there are enough. */
    if (!print_samples(run, &waited, err) || !put_text(run, true, err) ||
        !output_file_close(&run->file, err))
        return false;
    if (waited == WAITED_TIMEOUT && !fail_count(run, err))
        return false;
    if (waited == WAITED_DUE && run->wanted > 0 &&
        !watch_pending(run, &waited, err))
        return false;
    return fail_on_judge(&run->fail_on, err);
}

bool cmd_print(const struct options *options, struct err *err)
{
    struct run run = {0};
    /* A stop signal while the reader is slow (`| less`) is a normal end. */
    bool ok = run_print(&run, options, err) || run.file.interrupted;
    output_file_abandon(&run.file);
    fail_on_free(&run.fail_on);
    buf_free(&run.text);
    session_close(&run.session);
    return ok;
}
