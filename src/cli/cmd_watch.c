/* SPDX-License-Identifier: MIT */
/* `shmtop watch`: finds out what the terminal can show, and runs the dashboard
 * of ui/. */
#include "cli/cmd.h"

#include <stdlib.h>

#include "base/os.h"
#include "cli/layout_watch.h"
#include "cli/output_file.h"
#include "cli/session.h"
#include "ui/dashboard.h"
#include "ui/screen_text.h"
#include "view/columns.h"

static bool wants_color(const struct options *options)
{
    const char *no_color = getenv("NO_COLOR");
    if (options->color != COLOR_AUTO)
        return options->color == COLOR_ALWAYS;
    return !no_color || no_color[0] == '\0';
}

static struct dashboard_options
dashboard_settings(const struct session *session, struct view_target *target)
{
    const struct options *options = session->options;
    bool utf8 = os_locale_utf8();
    *target = (struct view_target){
        .layout = session->layout,
        .sampler = session->sampler,
        .fields = session->fields,
        .field_count = session->field_count,
        .period_ns = session->period_ns,
    };
    return (struct dashboard_options){
        .view =
            {
                .highlight = (enum highlight)options->highlight,
                .order = (unsigned)options->sort,
                .level = session_level(options),
                .ascii = options->ascii || !utf8,
                .clock = options->clock,
            },
        .targets = target,
        .target_count = 1,
        .color = wants_color(options),
        .mouse = options->mouse,
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
    struct output_file file = {0};
    bool ok =
        screen_text(settings, options->screen.columns, options->screen.rows,
                    options->keys ? options->keys : "", &text, err);
    ok = ok && output_file_open(&file, NULL, false, err) &&
         output_file_write(&file, text.data, text.len, err) &&
         output_file_close(&file, err);
    output_file_abandon(&file);
    buf_free(&text);
    return ok;
}

/* Whether --timeout ended the dashboard before --count or the mapping was
 * there. */
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

/* A layout that is saved meanwhile replaces the old one. */
static bool run_dashboard(struct session *session,
                          struct dashboard_options *settings, struct err *err)
{
    CHECK(session->layout && session->sampler);
    struct layout_watch layout_watch;
    layout_watch_begin(&layout_watch, session);
    settings->look = layout_watch_look;
    settings->look_user = &layout_watch;
    bool ok = dashboard_run(settings, err);
    layout_watch_end(&layout_watch);
    return ok;
}

static bool watch(struct session *session, const struct options *options,
                  struct err *err)
{
    enum waited waited;
    uint64_t taken = 0; /* samples after --wait */
    /* The view hides fields above its level, which a key changes. */
    const struct session_wish wish = {
        .operand =
            options->operands.count > 0 ? options->operands.items[0] : NULL,
        .layout = options->layout,
        .level = LEVEL_DEBUG,
        .history_max = TREND_MOST,
    };
    if (!session_open(session, options, &wish, err))
        return false;
    struct view_target target;
    struct dashboard_options settings = dashboard_settings(session, &target);
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
