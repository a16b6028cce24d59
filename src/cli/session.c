/* SPDX-License-Identifier: MIT */
/* From options to a running sampler, for the commands that read.  Everything is
 * checked before the mapping is opened. */
#include "cli/session.h"

#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "cli/report.h"
#include "layout/path.h"
#include "loader/loader.h"
#include "sampler/health.h"

#define SECOND_NS INT64_C(1000000000)
#define PERIOD_DEFAULT_NS SECOND_NS
#define TREND_BYTES ((size_t)24 << 20)
/* The period of attempts to open a missing mapping. */
#define ATTACH_NS (SECOND_NS / 50)

bool session_load_layout(struct layout **out, const char *path, enum abi abi,
                         struct err *err)
{
    struct problems problems = {0};
    bool ok = layout_load(out, path, abi, &problems, err);
    if (!ok) {
        report_problems(&problems, PROBLEM_ERROR);
        if (problems.errors > 0)
            *err = (struct err){.status = STATUS_DATA};
    }
    problems_free(&problems);
    return ok;
}

enum detail_level session_level(const struct options *options)
{
    return options->verbose >= 2   ? LEVEL_DEBUG
           : options->verbose == 1 ? LEVEL_DIAG
                                   : LEVEL_INFO;
}

int64_t session_period(const struct options *options,
                       const struct layout *layout)
{
    int64_t layout_ns = layout->mappings[0].refresh_ns;
    if (options->origin[OPTION_REFRESH] == ORIGIN_COMMAND_LINE)
        return options->refresh_ns;
    if (layout_ns > 0)
        return layout_ns;
    return options->refresh_ns > 0 ? options->refresh_ns : PERIOD_DEFAULT_NS;
}

struct output_plan session_plan(const struct options *options,
                                const struct output_ops *ops,
                                const struct layout *layout,
                                const uint32_t *fields, size_t field_count)
{
    return (struct output_plan){
        .layout = layout,
        .fields = fields,
        .field_count = field_count,
        .raw = options->raw,
        .detail = options->detail,
        .empty_held = options->held == HELD_BY_FORMAT
                          ? ops->empty_held
                          : options->held == HELD_EMPTY,
    };
}

static bool is_matched(const struct session *sessions, size_t count,
                       const char *glob)
{
    bool found = false;
    for (size_t i = 0; i < count && !found; i++) {
        uint32_t *fields;
        found = output_select(sessions[i].layout, LEVEL_DEBUG, &glob, 1, NULL,
                              0, &fields) > 0;
        free(fields);
    }
    return found;
}

bool session_check_includes(const struct session *sessions, size_t count,
                            struct err *err)
{
    CHECK(count > 0);
    const struct text_list *include = &sessions->options->include;
    for (size_t i = 0; i < include->count; i++) {
        if (is_matched(sessions, count, include->items[i]))
            continue;
        const char *near = NULL;
        for (size_t j = 0; j < count && !near; j++)
            near = path_nearest(sessions[j].layout, include->items[i]);
        return err_set(err, STATUS_USAGE, "no field matches '%s'%s%s%s",
                       include->items[i], near ? "; did you mean '" : "",
                       near ? near : "", near ? "'?" : "");
    }
    return true;
}

static bool select_fields(struct session *session, enum detail_level level,
                          struct err *err)
{
    const struct options *options = session->options;
    session->field_count = output_select(
        session->layout, level, options->include.items, options->include.count,
        options->exclude.items, options->exclude.count, &session->fields);
    if (session->field_count > 0 || session->among)
        return true;
    return err_set(err, STATUS_USAGE,
                   "no field is left to show; see --include, --exclude and "
                   "--verbose");
}

bool session_adopt(struct session *session, struct layout *layout,
                   struct err *err)
{
    CHECK(session->options && layout->mapping_count > 0);
    struct sampler_options sampling = {
        .trend_bytes = session->trend_max > 0 ? TREND_BYTES : 0,
        .trend_max = session->trend_max,
        .statistics = session->trend_max > 0,
    };
    session->layout = layout;
    session->period_ns = session_period(session->options, layout);
    sampling.stale_ns = sampler_stale_after(session->period_ns);
    if ((!session->among && !session_check_includes(session, 1, err)) ||
        !select_fields(session, session->level, err) ||
        !sampler_open(&session->sampler, layout, session->located.target,
                      &sampling, err))
        return false;
    sampler_set_patience(session->sampler,
                         consistency_patience(session->period_ns));
    sampler_set_trend_cell(session->sampler, SAMPLER_CELL_NS,
                           session->period_ns);
    if (session->trend_max > 0)
        session->history = history_open(session->sampler, layout,
                                        (size_t)session->options->history);
    return true;
}

bool session_open(struct session *session, const struct options *options,
                  const struct session_wish *wish, struct err *err)
{
    struct layout *layout;
    int64_t now_ns = os_mono_ns();
    *session = (struct session){
        .options = options,
        .level = wish->level,
        .trend_max = wish->trend_max,
        .among = wish->among,
        .deadline_ns = INT64_MAX,
    };
    if (options->timeout_ns > 0 && options->timeout_ns < INT64_MAX - now_ns)
        session->deadline_ns = now_ns + options->timeout_ns;
    return locate_target(&session->located, wish->operand, wish->layout,
                         options->target, err) &&
           session_load_layout(&layout, session->located.layout,
                               (enum abi)options->abi, err) &&
           session_adopt(session, layout, err);
}

void session_close_part(struct session *session)
{
    history_close(session->history);
    sampler_close(session->sampler);
    free(session->fields);
    layout_free(session->layout);
}

void session_close(struct session *session)
{
    session_close_part(session);
    located_free(&session->located);
    *session = (struct session){0};
}

enum waited session_pause(int64_t due_ns, int64_t deadline_ns)
{
    int64_t until_ns = due_ns < deadline_ns ? due_ns : deadline_ns;
    for (;;) {
        unsigned events = os_wait(until_ns, -1);
        if ((events & OS_EVENT_STOP) != 0)
            return WAITED_STOPPED;
        if (os_mono_ns() >= until_ns)
            return due_ns <= deadline_ns ? WAITED_DUE : WAITED_TIMEOUT;
    }
}

/* The note may end with a question itself. */
static bool fail_absent(const struct session *session, const char *target,
                        const char *note, struct err *err)
{
    static const char hint[] = "; --wait waits for it";
    size_t len = strlen(note);
    bool question = len == 0 || note[len - 1] == '?';
    bool hinted = !session->options->wait.asked;
    return err_set(err, STATUS_NO_MAPPING, "no such mapping: %s%s%s",
                   len > 0 ? note : target,
                   len > 0 ? "" : "; is its producer running?",
                   !hinted    ? ""
                   : question ? hint + 1
                              : hint);
}

/* The mapping exists, but its `require` is not true. */
static bool fail_unmet(const struct session *session, size_t index,
                       const char *note, struct err *err)
{
    return err_set(err, STATUS_NO_MAPPING, "%s: %s%s",
                   sampler_target(session->sampler, index), note,
                   session->options->wait.asked ? "" : "; --wait waits for it");
}

/* Turns the state of the mapping into an error.  A note of the source names the
 * mapping and the way out. */
static bool fail_attach(const struct session *session,
                        const struct sample *sample, struct err *err)
{
    size_t worst = sample_worst(sample);
    const char *target = sampler_target(session->sampler, worst);
    const char *note = sample->frames[worst].note;
    bool noted = note[0] != '\0';
    for (size_t i = 0; i < sample->frame_count; i++)
        if (sample->healths[i].unmet)
            return fail_unmet(session, i, sample->frames[i].note, err);
    switch (sample->state) {
    case STATE_DENIED:
        return err_set(err, STATUS_DENIED, "%s%s", noted ? note : target,
                       noted ? "" : ": permission denied; ask its owner");
    case STATE_ERROR:
        return err_set(err, sample->frames[worst].status, "%s%s",
                       noted ? note : target, noted ? "" : ": cannot be read");
    default:
        return fail_absent(session, target, note, err);
    }
}

static bool fail_timeout(const struct session *session, int64_t after_ns,
                         struct err *err)
{
    const struct sample *sample = sampler_last(session->sampler);
    size_t worst = sample_worst(sample);
    const char *target = sampler_target(session->sampler, worst);
    if (sample->healths[worst].unmet)
        return err_set(err, STATUS_TIMEOUT, "%s: after %g s %s", target,
                       (double)after_ns / 1e9, sample->frames[worst].note);
    return err_set(err, STATUS_TIMEOUT,
                   "%s: not there after %g s; is its producer running?", target,
                   (double)after_ns / 1e9);
}

static int64_t attach_deadline(const struct wait *wait, int64_t now_ns)
{
    if (wait->ns == 0 || wait->ns >= INT64_MAX - now_ns)
        return INT64_MAX;
    return now_ns + wait->ns;
}

static bool is_attached(const struct sample *sample)
{
    return sample->state != STATE_WAITING && sample->state != STATE_DENIED &&
           sample->state != STATE_ERROR;
}

/* Waits until the next attempt to open the mapping; a recording needs none. */
static enum waited pause_attach(const struct session *session, int64_t now_ns,
                                int64_t until_ns)
{
    if (sampler_is_recorded(session->sampler))
        return WAITED_DUE;
    return session_pause(until_ns - now_ns < ATTACH_NS ? until_ns
                                                       : now_ns + ATTACH_NS,
                         session->deadline_ns);
}

bool session_attach(const struct session *session, enum waited *waited,
                    struct err *err)
{
    CHECK(session->sampler);
    const struct wait *wait = &session->options->wait;
    const struct sample *sample = sampler_step(session->sampler);
    int64_t until_ns = attach_deadline(wait, sample->mono_ns);
    *waited = WAITED_DUE;
    while (!is_attached(sample)) {
        if (sample->state != STATE_WAITING || !wait->asked ||
            (sampler_is_over(session->sampler) && wait->ns == 0))
            return fail_attach(session, sample, err);
        if (sample->mono_ns >= until_ns)
            return fail_timeout(session, wait->ns, err);
        *waited = pause_attach(session, sample->mono_ns, until_ns);
        if (*waited == WAITED_STOPPED)
            return true;
        if (*waited == WAITED_TIMEOUT)
            return fail_timeout(session, session->options->timeout_ns, err);
        sample = sampler_step(session->sampler);
    }
    return true;
}
