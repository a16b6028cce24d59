/* SPDX-License-Identifier: MIT */
/*
 * What keys do to the view.  Invariant: cursor < row_count, or both are 0.
 * Rows are made in view_rows.c; nothing here draws or asks for the time.
 */
#include "ui/view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "layout/words.h"
#include "sampler/visible.h"
#include "ui/view_parts.h"

#define MS INT64_C(1000000)

static const int64_t period_ladder[] = {
    1 * MS,    2 * MS,    5 * MS,     10 * MS,    20 * MS,
    50 * MS,   100 * MS,  200 * MS,   500 * MS,   1000 * MS,
    2000 * MS, 5000 * MS, 10000 * MS, 30000 * MS, 60000 * MS,
};
#define LADDER_STEPS (sizeof period_ladder / sizeof period_ladder[0])

/* The selection is `fields`, or all if that is NULL. */
static void select_fields(struct view *view, const uint32_t *fields,
                          size_t field_count)
{
    const struct layout *layout = view->layout;
    size_t count = fields ? field_count : layout->field_count;
    view->selection = mem_zalloc(count, sizeof *view->selection);
    for (size_t i = 0; i < count; i++)
        view->selection[i] = fields ? fields[i] : (uint32_t)i;
    view->selection_count = count;
    view->rows = mem_zalloc(count, sizeof *view->rows);
    view->row_count = 0;
    view->rows_stale = true;
    view->hides = visible_hides_any(layout);
    view->bases = mem_zalloc(layout->field_count, sizeof *view->bases);
}

void view_open(struct view *view, const struct layout *layout,
               const struct view_options *options)
{
    *view = (struct view){
        .layout = layout,
        .highlight = options->highlight,
        .sort = options->sort,
        .level = options->level,
        .ascii = options->ascii,
        .color = options->color,
        .period_ns = options->period_ns,
        .achieved_hz = NAN,
        .detail = true,
        .rows_stale = true,
    };
    select_fields(view, options->fields, options->field_count);
}

void view_close(struct view *view)
{
    free(view->selection);
    free(view->rows);
    free(view->bases);
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
    char *path = NULL;
    size_t at = view->cursor;
    if (at < view->row_count)
        path = mem_strdup(view->layout->fields[view->rows[at]].path);
    free(view->selection);
    free(view->rows);
    free(view->bases);
    view->layout = layout;
    select_fields(view, fields, field_count);
    view_refresh(view, sample);
    size_t field = path ? layout_find(layout, path) : SIZE_MAX;
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
    /* What is typed or comes from a layout may be anything. */
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

static void set_period_message(struct view *view, const char *end)
{
    double seconds = (double)view->period_ns / 1e9;
    if (seconds < 1)
        view_set_message(view, "refresh %g ms (%g Hz)%s", seconds * 1e3,
                         1 / seconds, end);
    else
        view_set_message(view, "refresh %g s (%.3g Hz)%s", seconds, 1 / seconds,
                         end);
}

static enum view_effect change_period(struct view *view, bool slower)
{
    int64_t next = view_period_step(view->period_ns, slower);
    bool same = next == view->period_ns;
    view->period_ns = next;
    set_period_message(view, !same    ? ""
                             : slower ? ", the slowest"
                                      : ", the fastest");
    return same ? EFFECT_NONE : EFFECT_PERIOD;
}

/* --- moving -------------------------------------------------------------- */

void view_move_to(struct view *view, size_t cursor)
{
    if (view->row_count)
        view->cursor = cursor < view->row_count ? cursor : view->row_count - 1;
}

static void move_by(struct view *view, const struct view_fit *fit,
                    enum action action)
{
    size_t page = fit->page > 1 ? fit->page - 1 : 1;
    size_t at = view->cursor;
    switch (action) {
    case ACTION_DOWN:
        view_move_to(view, at + 1);
        break;
    case ACTION_UP:
        view_move_to(view, at ? at - 1 : 0);
        break;
    case ACTION_PAGE_DOWN:
        view_move_to(view, at + page);
        break;
    case ACTION_PAGE_UP:
        view_move_to(view, at > page ? at - page : 0);
        break;
    case ACTION_FIRST:
        view_move_to(view, 0);
        break;
    default:
        view_move_to(view, view->row_count);
        break;
    }
}

/* --- the rest ------------------------------------------------------------ */

/* Drawing shows the last lines when `*top` is too large. The next key starts
 * from what is shown. */
bool view_scroll(size_t *top, const struct view_page *page, enum action action)
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

static void next_base(struct view *view)
{
    static const enum show order[] = {SHOW_DEFAULT, SHOW_DEC, SHOW_HEX,
                                      SHOW_BIN, SHOW_OCT};
    enum { STEPS = sizeof order / sizeof order[0] };
    if (!view->row_count)
        return;
    uint32_t index = view->rows[view->cursor];
    const struct field *field = &view->layout->fields[index];
    if (field->kind != KIND_INT && field->kind != KIND_UINT) {
        view_set_message(view, "only integers have a number base");
        return;
    }
    const struct attributes *attr = field->attr;
    bool own_is_dec = (attr->show == SHOW_DEFAULT || attr->show == SHOW_DEC) &&
                      !attr->scaled && !attr->labels;
    size_t at = 0;
    while (at < STEPS && order[at] != (enum show)view->bases[index])
        at++;
    at = (at + 1) % STEPS;
    if (order[at] == SHOW_DEC && own_is_dec)
        at++;
    view->bases[index] = (uint8_t)order[at];
    const char *word =
        order[at] ? name_of(show_names, (int)order[at]) : "its own form";
    view_set_message(view, "%s: %s", field->path, word);
}

static void next_highlight(struct view *view)
{
    static const char *const words[] = {
        [HIGHLIGHT_OFF] = "off",
        [HIGHLIGHT_LAST] = "changed since the last refresh",
        [HIGHLIGHT_BASELINE] = "changed since the baseline",
    };
    view->highlight = view->highlight == HIGHLIGHT_BASELINE
                          ? HIGHLIGHT_OFF
                          : view->highlight + 1;
    view_set_message(view, "highlight: %s", words[view->highlight]);
}

static void next_sort(struct view *view)
{
    static const char *const words[] = {
        [SORT_LAYOUT] = "as in the layout",
        [SORT_NAME] = "by name",
        [SORT_RECENT] = "latest change first",
        [SORT_RATE] = "highest rate first",
        [SORT_ALARM] = "alarms first",
    };
    view->sort = view->sort == SORT_ALARM ? SORT_LAYOUT : view->sort + 1;
    view->rows_stale = true;
    /* No rows, no field to follow: another order is read from its top. */
    view->row_count = 0;
    view->cursor = 0;
    view_set_message(view, "order: %s", words[view->sort]);
}

static void next_level(struct view *view)
{
    view->level = view->level == LEVEL_DEBUG ? LEVEL_INFO : view->level + 1;
    view->rows_stale = true;
    view_set_message(view, "fields up to level %s",
                     name_of(level_names, (int)view->level));
}

static void cancel(struct view *view)
{
    if (!*view->filter)
        return;
    view->filter[0] = '\0';
    view->rows_stale = true;
    view_set_message(view, "filter cleared");
}

static void toggle_detail(struct view *view, const struct view_fit *fit)
{
    view->detail = !view->detail;
    if (view->detail && !fit->detail_fits)
        view_set_message(view, "the terminal has too few rows for details");
}

static void next_pane(struct view *view)
{
    view->pane = view->pane == PANE_HEALTH ? PANE_TABLE : view->pane + 1;
    view->health_top = 0;
}

/* What keys do in the health pane: those that are about rows go back to the
 * table or mean nothing. */
static enum action health_key(struct view *view, const struct view_fit *fit,
                              enum action action)
{
    if (view_scroll(&view->health_top, &fit->health, action))
        return ACTION_NONE;
    switch (action) {
    case ACTION_CANCEL:
        return ACTION_PANE;
    case ACTION_SEARCH:
    case ACTION_FILTER:
        view->pane = PANE_TABLE;
        return action;
    case ACTION_SEARCH_NEXT:
    case ACTION_SEARCH_PREVIOUS:
    case ACTION_HIGHLIGHT:
    case ACTION_NUMBER_BASE:
    case ACTION_SORT:
    case ACTION_LEVEL:
    case ACTION_DETAIL:
        return ACTION_NONE;
    default:
        return action;
    }
}

static enum view_effect apply(struct view *view, const struct view_fit *fit,
                              enum action action)
{
    switch (action) {
    case ACTION_NONE:
        break;
    case ACTION_QUIT:
        return EFFECT_QUIT;
    case ACTION_REDRAW:
        return EFFECT_REDRAW;
    case ACTION_SUSPEND:
        return EFFECT_SUSPEND;
    case ACTION_HELP:
        view->help = true;
        view->help_top = 0;
        break;
    case ACTION_DOWN:
    case ACTION_UP:
    case ACTION_PAGE_DOWN:
    case ACTION_PAGE_UP:
    case ACTION_FIRST:
    case ACTION_LAST:
        move_by(view, fit, action);
        break;
    case ACTION_SEARCH:
        view_prompt_open(view, PROMPT_SEARCH);
        break;
    case ACTION_FILTER:
        view_prompt_open(view, PROMPT_FILTER);
        break;
    case ACTION_SEARCH_NEXT:
        view_search_again(view, false);
        break;
    case ACTION_SEARCH_PREVIOUS:
        view_search_again(view, true);
        break;
    case ACTION_CANCEL:
        cancel(view);
        break;
    case ACTION_PAUSE:
        view->paused = !view->paused;
        break;
    case ACTION_SLOWER:
        return change_period(view, true);
    case ACTION_FASTER:
        return change_period(view, false);
    case ACTION_BASELINE:
        view_set_message(view, "new baseline");
        return EFFECT_BASELINE;
    case ACTION_HIGHLIGHT:
        next_highlight(view);
        break;
    case ACTION_NUMBER_BASE:
        next_base(view);
        break;
    case ACTION_SORT:
        next_sort(view);
        break;
    case ACTION_LEVEL:
        next_level(view);
        break;
    case ACTION_DETAIL:
        toggle_detail(view, fit);
        break;
    case ACTION_PANE:
        next_pane(view);
        break;
    }
    return EFFECT_NONE;
}

enum view_effect view_key(struct view *view, const struct view_fit *fit,
                          int key, const struct sample *sample)
{
    view->values = sample->values;
    view->message[0] = '\0';
    enum action action = key_action(key);
    /* These two concern the terminal, whatever the screen shows. */
    if (action == ACTION_REDRAW || action == ACTION_SUSPEND)
        return apply(view, fit, action);
    enum view_effect effect = EFFECT_NONE;
    if (view->prompt != PROMPT_NONE)
        view_prompt_key(view, key);
    else if (view->help)
        help_key(view, fit, action);
    else if (view->pane == PANE_HEALTH)
        effect = apply(view, fit, health_key(view, fit, action));
    else
        effect = apply(view, fit, action);
    view_refresh(view, sample);
    return effect;
}
