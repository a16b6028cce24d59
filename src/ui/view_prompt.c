/* SPDX-License-Identifier: MIT */
/* The prompts of search and filter. Search moves the cursor, and filter changes
 * the rows, while the user types; Esc undoes that. */
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "ui/ui_private.h"

/* Moves the cursor to the first match from `start` on, around the end; false if
 * there is none. */
static bool find_from(struct view *view, const char *pattern, size_t start,
                      bool back)
{
    size_t count = view->row_count;
    for (size_t i = 0; i < count; i++) {
        size_t at = (start + (back ? count - i : i)) % count;
        if (view_matches(view, view->rows[at], pattern)) {
            view->cursor = at;
            return true;
        }
    }
    return false;
}

void view_search_again(struct view *view, bool back)
{
    if (!*view->search) {
        view_set_message(view, "nothing to search for yet; type / first");
        return;
    }
    size_t count = view->row_count;
    size_t start = view->cursor + (back ? count - 1 : 1);
    if (!count || !find_from(view, view->search, start % count, back))
        view_set_message(view, "not found: %s", view->search);
}

void view_prompt_open(struct view *view, enum prompt prompt)
{
    CHECK(view->prompt == PROMPT_NONE && prompt != PROMPT_NONE);
    view->prompt = prompt;
    view->prompt_from = view->cursor;
    view->input[0] = '\0';
    if (prompt == PROMPT_FILTER) {
        memcpy(view->input, view->filter, sizeof view->input);
        view->rows_stale = true;
    }
}

static void prompt_type(struct view *view, int key)
{
    size_t len = strlen(view->input);
    if (key == KEY_CODE_BACKSPACE) {
        while (len && ((unsigned char)view->input[len - 1] & 0xc0) == 0x80)
            len--;
        view->input[len ? len - 1 : 0] = '\0';
        return;
    }
    if (key >= KEY_CODE_UP || !utf8_is_safe((uint32_t)key))
        return;
    struct buf typed = {0};
    text_put_code(&typed, (uint32_t)key);
    if (len + typed.len < sizeof view->input)
        memcpy(view->input + len, typed.data, typed.len + 1);
    buf_free(&typed);
}

static void prompt_end(struct view *view, bool accepted)
{
    enum prompt prompt = view->prompt;
    view->prompt = PROMPT_NONE;
    if (prompt == PROMPT_FILTER) {
        if (accepted)
            memcpy(view->filter, view->input, sizeof view->filter);
        view->rows_stale = true;
        return;
    }
    if (!accepted) {
        view_move_to(view, view->prompt_from);
        return;
    }
    /* An empty search repeats the last one, as in vi. */
    if (*view->input)
        memcpy(view->search, view->input, sizeof view->search);
    if (*view->search && !find_from(view, view->search, view->cursor, false))
        view_set_message(view, "not found: %s", view->search);
}

void view_prompt_key(struct view *view, int key)
{
    CHECK(view->prompt != PROMPT_NONE);
    if (key == KEY_CODE_ENTER || key == '\n') {
        prompt_end(view, true);
        return;
    }
    if (key == KEY_CODE_ESC) {
        prompt_end(view, false);
        return;
    }
    prompt_type(view, key);
    if (view->prompt == PROMPT_FILTER) {
        view->rows_stale = true;
        return;
    }
    view_move_to(view, view->prompt_from);
    if (*view->input)
        find_from(view, view->input, view->prompt_from, false);
}
