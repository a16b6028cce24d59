/* SPDX-License-Identifier: MIT */
/* Moments as times of day, and messages with them.  Moving the moment is
 * view_time.c. */
#include <string.h>

#include "base/os.h"
#include "draw/numbers.h"
#include "view/view_private.h"

#define SECOND_NS INT64_C(1000000000)
#define DAY_NS (86400 * SECOND_NS)
#define CLOCK_DECIMALS 3 /* at most */

int64_t view_wall_ns(const struct view *view, int64_t at_ns)
{
    const struct history *history = view_history(view);
    if (history)
        return history_wall_ns(history, at_ns);
    const struct sample *sample =
        sampler_last(view->targets[view_target_at_cursor(view)].live);
    return sample->wall_ns + at_ns - sample->mono_ns;
}

/* As many as tell samples apart. */
static int clock_decimals(const struct view *view)
{
    int64_t period_ns = SECOND_NS;
    int decimals = 0;
    for (size_t i = 0; i < view->target_count; i++)
        if (view->targets[i].period_ns < period_ns)
            period_ns = view->targets[i].period_ns;
    for (int64_t unit_ns = SECOND_NS; period_ns < unit_ns; unit_ns /= 10)
        decimals++;
    return decimals < CLOCK_DECIMALS ? decimals : CLOCK_DECIMALS;
}

static bool is_dated(const struct view *view)
{
    return view->span_ns >= DAY_NS;
}

int view_clock_columns(const struct view *view, bool exact)
{
    int decimals = exact ? clock_decimals(view) : 0;
    return 8 + (decimals ? decimals + 1 : 0) + (is_dated(view) ? 6 : 0);
}

static void put_clock(struct buf *out, const struct view *view, int64_t at_ns,
                      int decimals)
{
    int64_t wall_ns = view_wall_ns(view, at_ns);
    struct buf local = {0};
    buf_put_time(&local, os_local_ns(wall_ns));
    if (is_dated(view))
        buf_printf(out, "%.5s ", local.data + strlen("2026-"));
    os_put_clock(out, wall_ns);
    if (decimals > 0)
        buf_printf(out, ".%.*s", decimals,
                   local.data + strlen("2026-01-02T03:04:05."));
    buf_free(&local);
}

void view_put_clock(struct buf *out, const struct view *view, int64_t at_ns)
{
    put_clock(out, view, at_ns, clock_decimals(view));
}

void view_put_clock_rough(struct buf *out, const struct view *view,
                          int64_t at_ns)
{
    put_clock(out, view, at_ns, 0);
}

void view_say_begin(struct view *view)
{
    int64_t begin_ns = view_history_begin(view);
    struct buf text = {0};
    buf_puts(&text, "the history begins at ");
    view_put_clock(&text, view, begin_ns);
    buf_puts(&text, ", ");
    draw_put_duration(&text, view_live_ns(view) - begin_ns);
    buf_puts(&text, " ago");
    view_set_message(view, "%s", text.data);
    buf_free(&text);
}

static void put_hint(struct buf *out, const struct view *view,
                     enum action action, const char *words)
{
    size_t at = out->len;
    buf_puts(out, at ? "; " : "");
    size_t key = out->len;
    key_map_put(out, &view->key_map, action, false);
    if (out->len == key)
        buf_truncate(out, at);
    else
        buf_puts(out, words);
}

enum view_effect view_set_baseline(struct view *view)
{
    if (view->held && !view_history(view)) {
        view_hold(view, 0); /* it says why not */
        return EFFECT_NONE;
    }
    struct buf time = {0}, hints = {0};
    view_put_clock(&time, view, view_moment_ns(view));
    put_hint(&hints, view, ACTION_COLUMNS, ": columns baseline, difference");
    put_hint(&hints, view, ACTION_HIGHLIGHT, ": highlight");
    view_set_message(view, "baseline: %s%s%s%s", time.data,
                     hints.len ? " (" : "", hints.len ? hints.data : "",
                     hints.len ? ")" : "");
    buf_free(&time);
    buf_free(&hints);
    view->has_baseline = true;
    view->baseline_ns = view_moment_ns(view);
    return EFFECT_BASELINE;
}
