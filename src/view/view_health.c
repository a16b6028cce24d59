/* SPDX-License-Identifier: MIT */
/* The keys of the health view; what it looks like is ui/draw_health.c. */
#include "view/view_private.h"

enum action view_health_apply(struct view *view, struct view_fit *fit,
                              enum action action)
{
    if (view_scroll(&view->health_top, &fit->health, action))
        return ACTION_NONE;
    switch (action) {
    case ACTION_CANCEL:
        return ACTION_VIEW_TABLE;
    case ACTION_SEARCH:
    case ACTION_FILTER:
    case ACTION_ALARM_NEXT:
    case ACTION_ALARM_PREVIOUS:
    case ACTION_ALARMED:
        /* They work on the table. Esc at the prompt comes back here. */
        view->kind = VIEW_TABLE;
        action = view_table_apply(view, fit, action);
        view->prompt_kind = VIEW_HEALTH;
        return action;
    default:
        break;
    }
    return action;
}
