/* SPDX-License-Identifier: MIT */
/* The keys of the table. Which fields are its rows is decided in view_rows.c,
 * what it looks like in draw_table.c. */
#include "layout/words.h"
#include "ui/ui_private.h"

void view_move_to(struct view *view, size_t cursor)
{
    if (view->row_count)
        view->cursor = cursor < view->row_count ? cursor : view->row_count - 1;
}

static void next_base(struct view *view)
{
    static const enum show order[] = {SHOW_DEFAULT, SHOW_DEC, SHOW_HEX,
                                      SHOW_BIN, SHOW_OCT};
    enum { STEPS = sizeof order / sizeof order[0] };
    if (!view->row_count)
        return;
    CHECK(view->cursor < view->row_count);
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
        order[at] ? word_of(show_words, (int)order[at]) : "its own form";
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
    /* Without rows there is no field for the cursor to follow: a new order is
     * read from its top. */
    view->row_count = 0;
    view->cursor = 0;
    view_set_message(view, "order: %s", words[view->sort]);
}

static void next_level(struct view *view)
{
    view->level = view->level == LEVEL_DEBUG ? LEVEL_INFO : view->level + 1;
    view->rows_stale = true;
    view_set_message(view, "fields up to level %s",
                     word_of(level_words, (int)view->level));
}

static void clear_filter(struct view *view)
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

enum action view_table_apply(struct view *view, const struct view_fit *fit,
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
    case ACTION_LAST:
        view_move_to(view, view->row_count);
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
        clear_filter(view);
        break;
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
    default:
        return action;
    }
    return ACTION_NONE;
}
