/* SPDX-License-Identifier: MIT */
/* The dashboard's state, and what keys do to it in every view. The keys of one
 * view are in view_table.c and view_health.c; rows are made in view_rows.c. */
#include "ui/view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "layout/path.h"
#include "sampler/visible.h"
#include "ui/ui_private.h"

#define MS INT64_C(1000000)

static const int64_t period_ladder[] = {
    1 * MS,    2 * MS,    5 * MS,     10 * MS,    20 * MS,
    50 * MS,   100 * MS,  200 * MS,   500 * MS,   1000 * MS,
    2000 * MS, 5000 * MS, 10000 * MS, 30000 * MS, 60000 * MS,
};
#define LADDER_STEPS (sizeof period_ladder / sizeof period_ladder[0])

const struct view_ops view_ops[] = {
    [VIEW_TABLE] = {true, view_table_apply, draw_table, draw_table_position},
    [VIEW_HEALTH] = {false, view_health_apply, view_health_draw,
                     view_health_position},
};

/* `fields` NULL: all. */
static void select_fields(struct view *view, const uint32_t *fields,
                          size_t field_count)
{
    const struct layout *layout = view->layout;
    size_t count = fields ? field_count : layout->field_count;
    view->selection = mem_zalloc(count, sizeof *view->selection);
    for (size_t i = 0; i < count; i++) {
        view->selection[i] = fields ? fields[i] : (uint32_t)i;
        CHECK(view->selection[i] < layout->field_count);
    }
    view->selection_count = count;
    view->rows = mem_zalloc(count, sizeof *view->rows);
    view->row_count = 0;
    view->rows_stale = true;
    view->may_hide = visible_hides_any(layout);
    view->bases = mem_zalloc(layout->field_count, sizeof *view->bases);
}

static void free_fields(struct view *view)
{
    free(view->selection);
    free(view->rows);
    free(view->bases);
}

void view_open(struct view *view, const struct layout *layout,
               const struct view_options *options)
{
    CHECK(options->period_ns > 0);
    *view = (struct view){
        .layout = layout,
        .highlight = options->highlight,
        .sort = options->sort,
        .level = options->level,
        .ascii = options->ascii,
        .period_ns = options->period_ns,
        .achieved_hz = NAN,
        .detail = true,
    };
    select_fields(view, options->fields, options->field_count);
}

void view_close(struct view *view)
{
    free_fields(view);
    *view = (struct view){0};
}

void view_fit_free(struct view_fit *fit)
{
    buf_free(&fit->text);
    buf_free(&fit->shorter);
}

void view_replace(struct view *view, const struct layout *layout,
                  const uint32_t *fields, size_t field_count,
                  const struct sample *sample)
{
    CHECK(sample->field_count == layout->field_count);
    char *path = NULL;
    size_t at = view->cursor;
    if (at < view->row_count)
        path = mem_strdup(view->layout->fields[view->rows[at]].path);
    free_fields(view);
    view->layout = layout;
    select_fields(view, fields, field_count);
    view_refresh(view, sample);
    size_t field = path ? path_find(layout, path) : SIZE_MAX;
    for (size_t i = 0; i < view->row_count; i++)
        if (view->rows[i] == field)
            at = i;
    view->cursor = at < view->row_count ? at : 0;
    free(path);
}

void view_set_message(struct view *view, const char *fmt, ...)
{
    char text[sizeof view->message];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    /* It may contain typed text, or text of a layout. */
    struct buf clean = {0};
    text_clean(&clean, text, strlen(text));
    size_t columns = sizeof view->message;
    size_t len = clean.len;
    while (len >= sizeof view->message)
        len = text_fit(clean.data, clean.len, columns /= 2);
    if (len)
        memcpy(view->message, clean.data, len);
    view->message[len] = '\0';
    buf_free(&clean);
}

int64_t view_period_step(int64_t period_ns, bool slower)
{
    if (slower) {
        for (size_t i = 0; i < LADDER_STEPS; i++)
            if (period_ladder[i] > period_ns)
                return period_ladder[i];
        return period_ns;
    }
    for (size_t i = LADDER_STEPS; i > 0; i--)
        if (period_ladder[i - 1] < period_ns)
            return period_ladder[i - 1];
    return period_ns;
}

static enum view_effect change_period(struct view *view, bool slower)
{
    int64_t next = view_period_step(view->period_ns, slower);
    bool same = next == view->period_ns;
    const char *end = !same ? "" : slower ? ", the slowest" : ", the fastest";
    double seconds = (double)next / 1e9;
    view->period_ns = next;
    if (seconds < 1)
        view_set_message(view, "refresh %g ms (%g Hz)%s", seconds * 1e3,
                         1 / seconds, end);
    else
        view_set_message(view, "refresh %g s (%.3g Hz)%s", seconds, 1 / seconds,
                         end);
    return same ? EFFECT_NONE : EFFECT_PERIOD;
}

/* Drawing shows the last lines when `*top` is too large. The next key starts
 * from what is shown. */
bool view_scroll(size_t *top, const struct page_fit *page, enum action action)
{
    size_t step = page->rows > 1 ? page->rows - 1 : 1;
    size_t last = page->lines > page->rows ? page->lines - page->rows : 0;
    if (page->lines && *top > last)
        *top = last;
    switch (action) {
    case ACTION_DOWN:
        *top += 1;
        return true;
    case ACTION_UP:
        *top -= *top > 0;
        return true;
    case ACTION_PAGE_DOWN:
        *top += step;
        return true;
    case ACTION_PAGE_UP:
        *top -= *top > step ? step : *top;
        return true;
    case ACTION_FIRST:
        *top = 0;
        return true;
    case ACTION_LAST:
        *top = SIZE_MAX / 2;
        return true;
    default:
        return false;
    }
}

static void help_key(struct view *view, const struct view_fit *fit,
                     enum action action)
{
    if (action == ACTION_PAUSE) /* Space, as in a pager */
        action = ACTION_PAGE_DOWN;
    if (view_scroll(&view->help_top, &fit->help, action))
        return;
    if (action == ACTION_HELP || action == ACTION_CANCEL ||
        action == ACTION_DETAIL || action == ACTION_QUIT)
        view->help = false;
}

/* The actions that are the same in every view. */
static enum view_effect apply(struct view *view, enum action action)
{
    switch (action) {
    case ACTION_QUIT:
        return EFFECT_QUIT;
    case ACTION_REDRAW:
        return EFFECT_REDRAW;
    case ACTION_SUSPEND:
        return EFFECT_SUSPEND;
    case ACTION_SLOWER:
        return change_period(view, true);
    case ACTION_FASTER:
        return change_period(view, false);
    case ACTION_BASELINE:
        view_set_message(view, "new baseline");
        return EFFECT_BASELINE;
    case ACTION_HELP:
        view->help = true;
        view->help_top = 0;
        return EFFECT_NONE;
    case ACTION_PAUSE:
        view->paused = !view->paused;
        return EFFECT_NONE;
    case ACTION_NEXT_VIEW:
        view->kind = (view->kind + 1) % VIEW_COUNT;
        view->health_top = 0;
        return EFFECT_NONE;
    default:
        return EFFECT_NONE;
    }
}

enum view_effect view_key(struct view *view, const struct view_fit *fit,
                          int key, const struct sample *sample)
{
    CHECK(view->kind < VIEW_COUNT);
    CHECK(sample->field_count == view->layout->field_count);
    view->values = sample->values;
    view->message[0] = '\0';
    enum action action = key_action(key);
    /* These two concern the terminal, whatever the screen shows. */
    if (action == ACTION_REDRAW || action == ACTION_SUSPEND)
        return apply(view, action);
    enum view_effect effect = EFFECT_NONE;
    if (view->prompt != PROMPT_NONE)
        view_prompt_key(view, key);
    else if (view->help)
        help_key(view, fit, action);
    else
        effect = apply(view, view_ops[view->kind].apply(view, fit, action));
    view_refresh(view, sample);
    return effect;
}
