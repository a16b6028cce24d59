/* SPDX-License-Identifier: MIT */
/*
 * `shmtop watch`: decides what the terminal can show and hands over to the
 * dashboard.
 */
#include "cli/cmd.h"

#include <stdlib.h>

#include "base/os.h"
#include "cli/layout_watch.h"
#include "cli/output_file.h"
#include "cli/session.h"
#include "ui/columns.h"
#include "ui/dashboard.h"
#include "ui/screen_text.h"

static bool wants_color(const struct options *options)
{
    const char *no_color = getenv("NO_COLOR");

    if (options->color != COLOR_AUTO)
        return options->color == COLOR_ALWAYS;
    return !no_color || no_color[0] == '\0';
}

static struct dashboard_options
dashboard_settings(const struct session *session)
{
    const struct options *options = session->options;
    bool utf8 = os_locale_utf8();

    return (struct dashboard_options){
        .view =
            {
                .highlight = (enum highlight)options->highlight,
                .sort = (enum sort_order)options->sort,
                .level = session_level(options),
                .ascii = options->ascii || !utf8,
                .period_ns = session->period_ns,
                .fields = session->fields,
                .field_count = session->field_count,
            },
        .color = wants_color(options),
        .count = options->count,
        .timeout_ns = options->timeout_ns,
    };
}

static bool print_screen(const struct session *session,
                         const struct dashboard_options *settings,
                         struct err *err)
{
    const struct options *options = session->options;
    struct buf text = {0};
    struct sink sink = {0};
    bool ok = screen_text(session->layout, session->sampler, settings,
                          options->screen.columns, options->screen.rows,
                          options->keys ? options->keys : "", &text, err);

    ok = ok && sink_open(&sink, NULL, false, err) &&
         sink_write(&sink, text.data, text.len, err) && sink_close(&sink, err);
    sink_abandon(&sink);
    buf_free(&text);
    return ok;
}

/* Whether the dashboard ended by --timeout with what was asked undone. */
static bool check_reached(const struct session *session, uint64_t taken,
                          struct err *err)
{
    const struct options *options = session->options;
    const struct sample *sample = sampler_last(session->sampler);

    if (os_mono_ns() < session->deadline_ns)
        return true;
    if (sample->state == STATE_WAITING)
        return err_set(err, STATUS_TIMEOUT,
                       "%s: not there after %g s; is its producer running?",
                       sampler_target(session->sampler, sample_worst(sample)),
                       (double)options->timeout_ns / 1e9);
    if (options->count > 0 && taken < options->count)
        return err_set(err, STATUS_TIMEOUT,
                       "%llu of %llu samples after %g s; allow more with "
                       "--timeout",
                       (unsigned long long)taken,
                       (unsigned long long)options->count,
                       (double)options->timeout_ns / 1e9);
    return true;
}

/* A layout that is saved meanwhile is shown anew. */
static bool run_dashboard(struct session *session,
                          struct dashboard_options *settings, struct err *err)
{
    struct reload reload;
    bool ok;

    reload_begin(&reload, session);
    settings->look = reload_look;
    settings->look_user = &reload;
    ok = dashboard_run(session->layout, session->sampler, settings, err);
    reload_end(&reload);
    return ok;
}

static bool watch(struct session *session, const struct options *options,
                  struct err *err)
{
    struct dashboard_options settings;
    enum waited waited;
    uint64_t taken = 0; /* without those that --wait took */

    /* The view hides what is above its level, and a key changes that. */
    if (!session_open(session, options, LEVEL_DEBUG, TREND_MOST, err))
        return false;
    settings = dashboard_settings(session);
    settings.taken = &taken;
    if (options->wait.asked) {
        if (!session_attach(session, &waited, err))
            return false;
        if (waited == WAITED_STOPPED)
            return true;
    }
    if (options->screen.columns > 0)
        return print_screen(session, &settings, err);
    return run_dashboard(session, &settings, err) &&
           check_reached(session, taken, err);
}

bool cmd_watch(const struct options *options, struct err *err)
{
    struct session session = {0};
    bool ok = watch(&session, options, err);

    session_close(&session);
    return ok;
}
