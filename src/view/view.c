/* SPDX-License-Identifier: MIT */
/* The dashboard's state, and what keys do to it in every view. The keys of one
 * view are in view_table.c and view_health.c; rows are made in rows.c. */
#include "view/view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "view/rows.h"
#include "view/rows_sort.h"
#include "view/view_private.h"

#define MS INT64_C(1000000)
#define CALM_NS                                                                \
    (1000 * MS) /* rows are sorted and filtered at most so often               \
                 */

static const int64_t period_ladder[] = {
    1 * MS,    2 * MS,    5 * MS,     10 * MS,    20 * MS,
    50 * MS,   100 * MS,  200 * MS,   500 * MS,   1000 * MS,
    2000 * MS, 5000 * MS, 10000 * MS, 30000 * MS, 60000 * MS,
};
#define LADDER_STEPS (sizeof period_ladder / sizeof period_ladder[0])

const struct view_ops view_ops[] = {
    [VIEW_TABLE] = {"Table", true, view_table_apply},
    [VIEW_HEALTH] = {"Health", false, view_health_apply},
    [VIEW_PLOT] = {"Plot", false, view_plot_apply},
};

/* --- opening -------------------------------------------------------------- */

static void watch(struct watched *watched, const struct view_target *target)
{
    CHECK(target->period_ns > 0);
    *watched = (struct watched){
        .name = target->name,
        .layout = target->layout,
        .sampler = target->sampler,
        .sample = sampler_last(target->sampler),
        .live = target->sampler,
        .history = target->history,
        .period_ns = target->period_ns,
        .achieved_hz = NAN,
        .fields = target->fields,
        .field_count = target->field_count,
    };
    CHECK(watched->sample->field_count == target->layout->field_count);
}

static void make_tree(struct view *view)
{
    struct tree_part *parts = mem_zalloc(view->target_count, sizeof *parts);
    for (size_t i = 0; i < view->target_count; i++) {
        const struct watched *target = &view->targets[i];
        parts[i] = (struct tree_part){target->layout, target->fields,
                                      target->field_count};
    }
    tree_make(&view->tree, parts, view->target_count);
    free(parts);
    rows_open(view);
    view->filter_stale = true;
}

static void free_tree(struct view *view)
{
    rows_close(view);
    rows_sort_close(view);
    free(view->matches);
    free(view->pins);
    tree_free(&view->tree);
    view->has_place = false;
    view->matches = NULL;
    view->match_count = 0;
    view->pins = NULL;
    view->pin_count = 0;
}

void view_open(struct view *view, const struct view_target *targets,
               size_t target_count, const struct view_options *options)
{
    CHECK(target_count > 0);
    *view = (struct view){
        .targets = mem_zalloc(target_count, sizeof *view->targets),
        .target_count = target_count,
        .highlight = options->highlight,
        .order = options->order,
        .level = options->level,
        .ascii = options->ascii,
        .graph = options->graph,
        .clock = options->clock,
        .rw = options->rw,
        .fixed = options->fixed,
        .match = SIZE_MAX,
        .span_ns = VIEW_SPAN_NS,
        .detail = true,
    };
    if (options->key_map)
        view->key_map = *options->key_map;
    else
        key_map_default(&view->key_map);
    for (size_t i = 0; i < target_count; i++) {
        watch(&view->targets[i], &targets[i]);
        alarm_log_follow(&view->log, i, target_count, view->targets[i].sample);
    }
    make_tree(view);
}

void view_close(struct view *view)
{
    view_go_live(view);
    free_tree(view);
    alarm_log_free(&view->log);
    for (int i = 0; i < PROMPT_COUNT; i++)
        line_history_free(&view->histories[i]);
    free(view->targets);
    *view = (struct view){0};
}

void view_fit_free(struct view_fit *fit)
{
    free(fit->lines);
    free(fit->cells);
    buf_free(&fit->text);
    buf_free(&fit->shorter);
    buf_free(&fit->plain);
}

void view_replace(struct view *view, size_t index,
                  const struct view_target *target)
{
    CHECK(index < view->target_count);
    struct kept *kept = mem_zalloc(view->target_count, sizeof *kept);
    char *path = NULL;
    size_t cursor = view->cursor;
    size_t at = view_target_at_cursor(view);
    uint32_t leaf = view_cursor_leaf(view);
    if (leaf != LEAF_NONE)
        path = mem_strdup(leaf_field(view, leaf)->path);
    for (size_t i = 0; i < view->target_count; i++)
        view_keep(view, i, &kept[i]);
    view_go_live(view); /* the history of the other layout ends */
    free_tree(view);
    /* They hold places in the tree. */
    view->has_prompt_row = false;
    view->picker = PICKER_NONE;
    if (view->prompt == PROMPT_VALUE || view->prompt == PROMPT_BIT ||
        view->prompt == PROMPT_HISTORY)
        view->prompt = PROMPT_NONE;
    watch(&view->targets[index], target);
    alarm_log_forget(&view->log, index);
    alarm_log_follow(&view->log, index, view->target_count,
                     view->targets[index].sample);
    make_tree(view);
    for (size_t i = 0; i < view->target_count; i++) {
        struct err err = {0};
        view_restore(view, i, &kept[i], &err);
        kept_free(&kept[i]);
    }
    view->cursor = 0;
    view_refresh(view);
    leaf = path ? leaf_find(view, at, path) : LEAF_NONE;
    size_t row = leaf != LEAF_NONE ? rows_find_leaf(view, leaf) : SIZE_MAX;
    view_move_to(view, row != SIZE_MAX ? row : cursor, true);
    free(path);
    free(kept);
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

/* --- cursor --------------------------------------------------------------- */

size_t view_target_at_cursor(const struct view *view)
{
    if (view->cursor >= view->row_count)
        return 0;
    struct row row = view->rows[view->cursor];
    bool field = row.kind == ROW_FIELD || row.kind == ROW_PINNED;
    return field ? view->tree.leaves[row.at].target
                 : view->tree.headings[row.at].target;
}

uint32_t view_cursor_leaf(const struct view *view)
{
    if (view->cursor >= view->row_count)
        return LEAF_NONE;
    struct row row = view->rows[view->cursor];
    if (row.kind == ROW_FIELD || row.kind == ROW_PINNED)
        return row.at;
    if (row.kind != ROW_ELEMENT)
        return LEAF_NONE;
    const struct heading *element = &view->tree.headings[row.at];
    uint32_t leaf = element->first + view->member;
    return leaf < element->end ? leaf : element->end - 1;
}

/* The cursor is not on a member that is no column. */
static void enter_table(struct view *view, uint32_t index)
{
    const struct heading *element = &view->tree.headings[index];
    uint32_t members = element->end - element->first;
    if (view->member < members &&
        member_is_column(view, element->parent, view->member))
        return;
    for (uint32_t i = 0; i < members; i++)
        if (member_is_column(view, element->parent, i)) {
            view->member = i;
            return;
        }
}

void view_move_to(struct view *view, size_t cursor, bool down)
{
    if (!view->row_count) {
        view->cursor = 0;
        return;
    }
    if (cursor >= view->row_count)
        cursor = view->row_count - 1;
    /* A table has a heading before its titles and elements after them. */
    if (view->rows[cursor].kind == ROW_TITLES)
        cursor += down ? 1 : (size_t)-1;
    CHECK(cursor < view->row_count);
    view->cursor = cursor;
    if (view->rows[cursor].kind == ROW_ELEMENT)
        enter_table(view, view->rows[cursor].at);
}

uint32_t view_heading_above(const struct view *view)
{
    if (view->cursor >= view->row_count)
        return HEADING_NONE;
    struct row row = view->rows[view->cursor];
    if (row.kind == ROW_FIELD || row.kind == ROW_PINNED)
        return tree_heading_of(&view->tree, row.at);
    return view->tree.headings[row.at].parent;
}

uint32_t view_table_of_cursor(const struct view *view)
{
    bool element = view->cursor < view->row_count &&
                   view->rows[view->cursor].kind == ROW_ELEMENT;
    return element ? view_heading_above(view) : HEADING_NONE;
}

uint32_t view_table_to_order(const struct view *view)
{
    if (view->cursor < view->row_count &&
        view->rows[view->cursor].kind == ROW_HEADING) {
        uint32_t at = view->rows[view->cursor].at;
        const struct heading *heading = &view->tree.headings[at];
        if (heading->table && !heading->folded)
            return at;
    }
    return view_table_of_cursor(view);
}

/* The row of the same field or heading as before, else of what is over it. */
static size_t find_again(const struct view *view, struct row row, uint32_t leaf)
{
    size_t at = rows_find(view, row);
    if (at != SIZE_MAX)
        return at;
    if (leaf != LEAF_NONE)
        return rows_find_leaf(view, leaf);
    uint32_t heading = view->tree.headings[row.at].parent;
    for (; heading != HEADING_NONE;
         heading = view->tree.headings[heading].parent) {
        at = rows_find(view, (struct row){ROW_HEADING, heading});
        if (at != SIZE_MAX)
            return at;
    }
    return SIZE_MAX;
}

/* The cell of the field that was, or may be, a row of its own. */
static void choose_cell(struct view *view, size_t at, uint32_t leaf)
{
    if (leaf == LEAF_NONE || at >= view->row_count ||
        view->rows[at].kind != ROW_ELEMENT)
        return;
    const struct heading *element = &view->tree.headings[view->rows[at].at];
    if (element->first <= leaf && leaf < element->end)
        view->member = leaf - element->first;
}

static void make_rows(struct view *view)
{
    /* While no row is left the cursor keeps its last place. */
    if (view->cursor < view->row_count) {
        view->place =
            (struct match){view->rows[view->cursor], view_cursor_leaf(view)};
        view->has_place = true;
    }
    uint32_t leaf = view->has_place ? view->place.leaf : LEAF_NONE;
    rows_make(view);
    view->rows_stale = false;
    size_t at =
        view->has_place ? find_again(view, view->place.row, leaf) : SIZE_MAX;
    if (!view->touched)
        at = 0;
    choose_cell(view, at, leaf);
    view_move_to(view, at != SIZE_MAX ? at : view->cursor, true);
}

void view_show(struct view *view, struct match match)
{
    uint32_t heading = match.leaf != LEAF_NONE
                           ? tree_heading_of(&view->tree, match.leaf)
                           : view->tree.headings[match.row.at].parent;
    for (; heading != HEADING_NONE;
         heading = view->tree.headings[heading].parent)
        if (view->tree.headings[heading].folded) {
            view->tree.headings[heading].folded = false;
            view->rows_stale = true;
        }
    if (view->rows_stale) {
        make_rows(view);
        view->serial++;
    }
    size_t at = find_again(view, match.row, match.leaf);
    choose_cell(view, at, match.leaf);
    if (at != SIZE_MAX)
        view_move_to(view, at, true);
}

/* --- rows ----------------------------------------------------------------- */

int64_t view_now_ns(const struct view *view)
{
    int64_t latest = 0;
    for (size_t i = 0; i < view->target_count; i++)
        if (view->targets[i].sample->mono_ns > latest)
            latest = view->targets[i].sample->mono_ns;
    return latest;
}

static void refresh_filter(struct view *view, int64_t now_ns)
{
    if (!*match_filter(view))
        return;
    if (view->filter_stale) {
        match_leaves(view);
        view->rows_stale = true;
    } else if (now_ns - view->filtered_ns >= CALM_NS) {
        view->rows_stale |= match_changed(view, view->filtered_ns);
    } else {
        return;
    }
    view->filtered_ns = now_ns;
    view->filter_stale = false;
}

void view_refresh(struct view *view)
{
    int64_t now_ns = view_now_ns(view);
    bool fresh = now_ns != view->refreshed_ns;
    bool by_user = view->rows_stale || view->filter_stale;
    view->refreshed_ns = now_ns;
    for (size_t i = 0; i < view->target_count; i++)
        view->rows_stale |= rows_look(view, i);
    refresh_filter(view, now_ns);
    view->rows_stale |= fresh && view->alarmed;
    if (now_ns - view->sorted_ns >= CALM_NS && rows_sort_is_moving(view))
        view->rows_stale = true;
    if (!view->rows_stale)
        return;
    view->sorted_ns = now_ns;
    make_rows(view);
    view->serial += by_user;
}

/* --- keys ----------------------------------------------------------------- */

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
    struct watched *target = &view->targets[view_target_at_cursor(view)];
    int64_t next = view_period_step(target->period_ns, slower);
    bool same = next == target->period_ns;
    const char *end = !same ? "" : slower ? ", the slowest" : ", the fastest";
    double seconds = (double)next / 1e9;
    target->period_ns = next;
    if (seconds <= 1)
        view_set_message(view, "refresh %g %s (%g Hz)%s",
                         seconds < 1 ? seconds * 1e3 : seconds,
                         seconds < 1 ? "ms" : "s", 1 / seconds, end);
    else
        view_set_message(view, "refresh %g s%s", seconds, end);
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
    if (action == ACTION_HALF_DOWN || action == ACTION_HALF_UP)
        step = page->rows > 3 ? page->rows / 2 : 1;
    switch (action) {
    case ACTION_DOWN:
        *top += 1;
        return true;
    case ACTION_UP:
        *top -= *top > 0;
        return true;
    case ACTION_PAGE_DOWN:
    case ACTION_HALF_DOWN:
        *top += step;
        return true;
    case ACTION_PAGE_UP:
    case ACTION_HALF_UP:
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

static enum view_effect help_key(struct view *view, const struct view_fit *fit,
                                 const struct key_event *event,
                                 enum action action)
{
    if (event->key == KEY_CODE_MOUSE && event->mouse.kind != MOUSE_CLICK) {
        action = event->mouse.kind == MOUSE_WHEEL_UP ? ACTION_UP : ACTION_DOWN;
        view_scroll(&view->help_top, &fit->help, action);
        view_scroll(&view->help_top, &fit->help, action);
    }
    if (action == ACTION_HOLD) /* Space, as in a pager */
        action = ACTION_PAGE_DOWN;
    if (view_scroll(&view->help_top, &fit->help, action))
        return EFFECT_NONE;
    if (action == ACTION_SEARCH || action == ACTION_FILTER)
        view_prompt_open(view, PROMPT_HELP);
    else if (action == ACTION_CANCEL && *view->help_filter)
        view->help_filter[0] = '\0';
    else if (action == ACTION_HELP || action == ACTION_CANCEL ||
             action == ACTION_OPEN || action == ACTION_QUIT)
        view->help = false;
    return EFFECT_NONE;
}

static void change_view(struct view *view, unsigned kind)
{
    view->kind = kind % VIEW_COUNT;
    view->health_top = 0;
}

/* The actions that are the same in every view. */
static enum view_effect apply(struct view *view, enum action action)
{
    enum view_effect effect = EFFECT_NONE;
    if (view_time_apply(view, action) || view_edit_apply(view, action, &effect))
        return effect;
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
        return view_set_baseline(view);
    case ACTION_KEEP:
        return EFFECT_KEEP;
    case ACTION_COPY:
        return EFFECT_COPY_VALUE;
    case ACTION_COPY_PATH:
        return EFFECT_COPY_PATH;
    case ACTION_SAVE_SCREEN:
        view_prompt_open(view, PROMPT_SCREEN);
        return EFFECT_NONE;
    case ACTION_SAVE_HISTORY:
        view_save_open(view);
        return EFFECT_NONE;
    case ACTION_HELP:
        view->help = true;
        view->help_top = 0;
        view->help_filter[0] = '\0';
        return EFFECT_NONE;
    case ACTION_NEXT_VIEW:
        change_view(view, view->kind + 1);
        return EFFECT_NONE;
    case ACTION_PREVIOUS_VIEW:
        change_view(view, view->kind + VIEW_COUNT - 1);
        return EFFECT_NONE;
    case ACTION_VIEW_TABLE:
        change_view(view, VIEW_TABLE);
        return EFFECT_NONE;
    case ACTION_VIEW_HEALTH:
        change_view(view, VIEW_HEALTH);
        return EFFECT_NONE;
    case ACTION_VIEW_PLOT:
        change_view(view, VIEW_PLOT);
        return EFFECT_NONE;
    case ACTION_PLOT_LOG:
    case ACTION_PLOT_XY:
        view_set_message(view, "this key is for the plot: 3 shows it");
        return EFFECT_NONE;
    case ACTION_NONE:
        return EFFECT_NONE;
    default:
        view_set_message(view, "this key is for the table: 1 shows it");
        return EFFECT_NONE;
    }
}

static enum view_effect plain_key(struct view *view, struct view_fit *fit,
                                  struct key_event event, enum action action)
{
    if (event.key == KEY_CODE_MOUSE)
        action = view_mouse(view, fit, &event.mouse);
    else if (action == ACTION_NONE)
        view_set_message(view, "this key does nothing; ? help");
    return apply(view, view_ops[view->kind].apply(view, fit, action));
}

enum view_effect view_key(struct view *view, struct view_fit *fit,
                          struct key_event event)
{
    CHECK(view->kind < VIEW_COUNT);
    view->message[0] = '\0';
    view->touched = true;
    enum action action = key_map_action(&view->key_map, event.key);
    enum view_effect effect = EFFECT_NONE;
    /* These two concern the terminal, whatever the screen shows. */
    if (action == ACTION_REDRAW || action == ACTION_SUSPEND)
        return apply(view, action);
    if (view->prompt != PROMPT_NONE)
        effect = view_prompt_key(view, event.key);
    else if (view->help)
        effect = help_key(view, fit, &event, action);
    else if (view->picker != PICKER_NONE)
        view_picker_key(view, fit, event.key);
    else
        effect = plain_key(view, fit, event, action);
    view_refresh(view);
    return effect;
}
