/* SPDX-License-Identifier: MIT */
/* The moment that is shown: holding it, the keys that move it, and the time
 * bar.  What is typed at the prompt of `:` is view_go_to.c. */
#include "base/os.h"
#include "view/view_private.h"

#define SECOND_NS INT64_C(1000000000)

struct span {
    int64_t ns;
    const char *text;
};
static const struct span span_ladder[] = {
    {1 * SECOND_NS, "1 s"},        {3 * SECOND_NS, "3 s"},
    {10 * SECOND_NS, "10 s"},      {30 * SECOND_NS, "30 s"},
    {60 * SECOND_NS, "1 m"},       {150 * SECOND_NS, "2.5 m"},
    {300 * SECOND_NS, "5 m"},      {600 * SECOND_NS, "10 m"},
    {1800 * SECOND_NS, "30 m"},    {3600 * SECOND_NS, "1 h"},
    {3 * 3600 * SECOND_NS, "3 h"}, {12 * 3600 * SECOND_NS, "12 h"},
    {86400 * SECOND_NS, "1 d"},    {3 * 86400 * SECOND_NS, "3 d"},
};
#define SPANS (sizeof span_ladder / sizeof span_ladder[0])

int64_t view_live_ns(const struct view *view)
{
    int64_t latest = 0;
    for (size_t i = 0; i < view->target_count; i++) {
        const struct sample *sample = sampler_last(view->targets[i].live);
        if (sample->mono_ns > latest)
            latest = sample->mono_ns;
    }
    return latest;
}

struct time_bar view_time_bar(const struct view *view)
{
    int64_t now_ns = view_live_ns(view);
    int64_t end_ns = view->held ? view->bar_end_ns : now_ns;
    CHECK(view->span_ns > 0);
    return (struct time_bar){end_ns - view->span_ns, end_ns,
                             view->held ? view->moment_ns : now_ns};
}

bool view_hold(struct view *view, int64_t at_ns)
{
    (void)at_ns;
    view_set_message(view, "no history is kept");
    return false;
}

void view_go_live(struct view *view)
{
    view->held = false;
}

static void change_span(struct view *view, bool longer)
{
    size_t at = 0;
    while (at < SPANS && span_ladder[at].ns < view->span_ns)
        at++;
    if (longer ? at + 1 < SPANS : at > 0)
        at += longer ? 1 : (size_t)-1;
    view->span_ns = span_ladder[at].ns;
    view_set_message(view, "time bar: %s", span_ladder[at].text);
}

bool view_time_apply(struct view *view, enum action action)
{
    switch (action) {
    case ACTION_HOLD:
        if (view->held)
            view_go_live(view);
        else
            view_hold(view, view_live_ns(view));
        return true;
    case ACTION_BAR_SHORTER:
    case ACTION_BAR_LONGER:
        change_span(view, action == ACTION_BAR_LONGER);
        return true;
    case ACTION_STEP_BACK:
    case ACTION_STEP_ON:
    case ACTION_CHANGE_BACK:
    case ACTION_CHANGE_ON:
    case ACTION_ALARM_BACK:
    case ACTION_ALARM_ON:
    case ACTION_BAR_BACK:
    case ACTION_BAR_ON:
    case ACTION_GO_TO:
        view_hold(view, view_live_ns(view));
        return true;
    default:
        return false;
    }
}
