/* SPDX-License-Identifier: MIT */
/* `shmtop watch`: finds out what the terminal can show, and runs the dashboard
 * of ui/.  Its TARGETs are targets.c. */
#include "cli/cmd.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/os.h"
#include "cli/dashboard_config.h"
#include "cli/output_file.h"
#include "cli/report.h"
#include "cli/targets.h"
#include "ui/dashboard.h"
#include "ui/screen_text.h"

static bool wants_color(const struct options *options)
{
    const char *no_color = getenv("NO_COLOR");
    if (options->color != COLOR_AUTO)
        return options->color == COLOR_ALWAYS;
    return !no_color || no_color[0] == '\0';
}

static bool is_given(const struct options *options, enum option_id id)
{
    return options->origin[id] == ORIGIN_COMMAND_LINE;
}

static struct dashboard_options dashboard_settings(struct targets *targets,
                                                   const struct theme *theme)
{
    const struct options *options = targets->options;
    const struct dashboard_config *config = options->dashboard;
    bool utf8 = os_locale_utf8();
    return (struct dashboard_options){
        .view =
            {
                .highlight = (enum highlight)options->highlight,
                .order = (unsigned)options->sort,
                .level = session_level(options),
                .ascii = options->ascii || !utf8,
                .graph = (enum graph)options->graph,
                .clock = options->clock,
                .rw = options->rw,
                .fixed =
                    {
                        .order = is_given(options, OPTION_SORT),
                        .level = is_given(options, OPTION_VERBOSE),
                        .highlight = is_given(options, OPTION_HIGHLIGHT),
                    },
                .key_map = config ? &config->keys : NULL,
            },
        .targets = targets->shown,
        .target_count = targets->count,
        .theme = theme,
        .color = wants_color(options),
        .mouse = options->mouse,
        .bell = options->bell,
        .title = options->title,
        .sync = options->sync,
        .autosave = options->autosave,
        .look = targets_look,
        .look_user = targets,
        .request = requests_carry_out,
        .request_user = &targets->requests,
        .count = options->count,
        .timeout_ns = options->timeout_ns,
    };
}

static bool print_screen(const struct targets *targets,
                         const struct dashboard_options *settings,
                         struct err *err)
{
    const struct options *options = targets->options;
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

/* Whether --timeout ended the dashboard before --count or a mapping was there.
 */
static bool check_reached(const struct targets *targets, uint64_t taken,
                          struct err *err)
{
    const struct options *options = targets->options;
    double timeout = (double)options->timeout_ns / 1e9;
    if (os_mono_ns() < targets->sessions[0].deadline_ns)
        return true;
    for (size_t i = 0; i < targets->count; i++) {
        const struct sampler *sampler = targets->sessions[i].sampler;
        const struct sample *sample = sampler_last(sampler);
        if (sample->state == STATE_WAITING)
            return err_set(err, STATUS_TIMEOUT,
                           "%s: not there after %g s; is its producer running?",
                           sampler_target(sampler, sample_worst(sample)),
                           timeout);
    }
    if (options->count > 0 && taken < options->count)
        return err_set(err, STATUS_TIMEOUT,
                       "%llu of %llu samples after %g s; allow more with "
                       "--timeout",
                       (unsigned long long)taken,
                       (unsigned long long)options->count, timeout);
    return true;
}

/* The first problem, as the first message of the dashboard: the terminal hides
 * stderr. */
static char *first_notice(const struct options *options,
                          const struct problems *problems)
{
    struct buf text = {0};
    if (options->dashboard && options->dashboard->notice)
        return mem_strdup(options->dashboard->notice);
    if (problems->count == 0)
        return NULL;
    buf_printf(&text, "%s:%d: %s",
               problems->items[0].file + os_folder_len(problems->items[0].file),
               problems->items[0].line, problems->items[0].text);
    return text.data;
}

static bool run_dashboard(struct targets *targets, const struct theme *theme,
                          const char *notice, struct err *err)
{
    const struct options *options = targets->options;
    struct dashboard_options settings = dashboard_settings(targets, theme);
    enum waited waited;
    uint64_t taken = 0; /* samples after --wait */
    settings.taken = &taken;
    settings.notice = notice;
    if (options->wait.asked) {
        if (!targets_attach(targets, &waited, err))
            return false;
        if (waited == WAITED_STOPPED)
            return true;
    }
    if (options->screen.columns > 0)
        return print_screen(targets, &settings, err);
    return dashboard_run(&settings, err) && check_reached(targets, taken, err);
}

static bool find_theme(const struct options *options,
                       const struct theme **theme, struct err *err)
{
    if (!options->theme)
        return true;
    *theme = dashboard_config_theme(options->dashboard, options->theme, err);
    if (!*theme)
        err_prefix(err, "--theme");
    return *theme;
}

bool cmd_watch(const struct options *options, struct err *err)
{
    struct targets targets = {0};
    struct problems problems = {0};
    const struct theme *theme = NULL;
    bool ok = find_theme(options, &theme, err) &&
              targets_open(&targets, options, &problems, err);
    if (ok) {
        char *notice = first_notice(options, &problems);
        report_problems(&problems, PROBLEM_WARNING);
        ok = run_dashboard(&targets, theme, notice, err);
        free(notice);
    }
    targets_close(&targets);
    problems_free(&problems);
    return ok;
}
