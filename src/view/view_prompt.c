/* SPDX-License-Identifier: MIT */
/* The prompts in the last line. Search moves the cursor, and filters change
 * what is shown, while the user types; Esc undoes that. */
#include <string.h>

#include "draw/key_code.h"
#include "view/rows.h"
#include "view/view_private.h"

/* Where the text of a prompt goes; NULL: nowhere. */
static char *prompt_text(struct view *view, enum prompt prompt)
{
    switch (prompt) {
    case PROMPT_SEARCH:
        return view->search;
    case PROMPT_FILTER:
        return view->filter;
    case PROMPT_HELP:
        return view->help_filter;
    default:
        return NULL;
    }
}

void view_prompt_open(struct view *view, enum prompt prompt)
{
    CHECK(view->prompt == PROMPT_NONE && prompt != PROMPT_NONE);
    view->prompt_kind = view->kind;
    bool old = prompt == PROMPT_FILTER || prompt == PROMPT_HELP;
    line_edit_begin(&view->edit, old ? prompt_text(view, prompt) : "");
    view->prompt = prompt;
    view->prompt_member = view->member;
    view->has_prompt_row = view->cursor < view->row_count;
    if (view->has_prompt_row)
        view->prompt_place =
            (struct match){view->rows[view->cursor], view_cursor_leaf(view)};
    memcpy(view->prompt_search, view->search, sizeof view->search);
    if (prompt == PROMPT_HELP)
        view->help_top = 0;
}

static void go_back(struct view *view)
{
    size_t at = view->has_prompt_row ? rows_find(view, view->prompt_place.row)
                                     : SIZE_MAX;
    if (at != SIZE_MAX)
        view_move_to(view, at, true);
    view->member = view->prompt_member;
}

static void search_typed(struct view *view)
{
    go_back(view);
    if (!view->edit.len)
        return;
    memcpy(view->search, view->edit.text, sizeof view->search);
    match_go(view, 0);
}

/* The rows are made again, and the cursor goes to where the prompt was opened
 * if that is still a row. */
static void filter_typed(struct view *view)
{
    view->rows_stale = view->filter_stale = true;
    if (!view->has_prompt_row)
        return;
    view->place = view->prompt_place;
    view->has_place = true;
    view->row_count = 0;
}

static void end_search(struct view *view, bool accepted)
{
    if (!accepted) {
        memcpy(view->search, view->prompt_search, sizeof view->search);
        go_back(view);
        match_find(view);
        return;
    }
    /* An empty search repeats the last one, as in vi. */
    if (view->edit.len)
        memcpy(view->search, view->edit.text, sizeof view->search);
    go_back(view);
    if (*view->search && !match_go(view, view->edit.len ? 0 : 1))
        view_set_message(view, "not found: %s", view->search);
}

static enum view_effect end_prompt(struct view *view, bool accepted)
{
    enum prompt prompt = view->prompt;
    char *text = prompt_text(view, prompt);
    if (accepted)
        line_history_add(&view->histories[prompt], view->edit.text);
    view->prompt = PROMPT_NONE;
    if (!accepted)
        view->kind = view->prompt_kind;
    switch (prompt) {
    case PROMPT_SEARCH:
        end_search(view, accepted);
        break;
    case PROMPT_FILTER:
        filter_typed(view);
        if (accepted)
            memcpy(text, view->edit.text, LINE_EDIT_MAX);
        break;
    case PROMPT_HELP:
        if (accepted)
            memcpy(text, view->edit.text, LINE_EDIT_MAX);
        break;
    case PROMPT_SCREEN:
        return accepted && view->edit.len ? EFFECT_SAVE_SCREEN : EFFECT_NONE;
    case PROMPT_HISTORY:
        return accepted && view->edit.len ? EFFECT_SAVE_HISTORY : EFFECT_NONE;
    case PROMPT_VALUE:
    case PROMPT_BIT:
        return accepted ? view_edit_end(view) : EFFECT_NONE;
    case PROMPT_GO_TO:
        if (accepted)
            view_go_to(view, view->edit.text);
        break;
    case PROMPT_NONE:
        break;
    }
    return EFFECT_NONE;
}

enum view_effect view_prompt_key(struct view *view, int key)
{
    CHECK(view->prompt != PROMPT_NONE);
    if (key == KEY_CODE_ENTER || key == '\n')
        return end_prompt(view, true);
    if (key == KEY_CODE_ESC)
        return end_prompt(view, false);
    bool changes = view->prompt == PROMPT_VALUE || view->prompt == PROMPT_BIT;
    if (changes && (key == KEY_CODE_TAB || key == KEY_CODE_BACKTAB)) {
        view_edit_complete(view, key == KEY_CODE_BACKTAB);
        return EFFECT_NONE;
    }
    if (view->prompt == PROMPT_GO_TO && key == KEY_CODE_TAB) {
        view_go_to_complete(view);
        return EFFECT_NONE;
    }
    if (!line_edit_key(&view->edit, &view->histories[view->prompt], key))
        return EFFECT_NONE;
    if (view->prompt == PROMPT_FILTER)
        filter_typed(view);
    else if (view->prompt == PROMPT_SEARCH)
        search_typed(view);
    return EFFECT_NONE;
}
