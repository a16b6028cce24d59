/* SPDX-License-Identifier: MIT */
/* Edits one line of UTF-8. Cursor and deletions go by characters with their
 * combining marks only as far as code points do. */
#include "view/line_edit.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/utf8.h"
#include "draw/key_code.h"

void line_edit_begin(struct line_edit *edit, const char *text)
{
    size_t len = strlen(text);
    CHECK(len < LINE_EDIT_MAX);
    *edit = (struct line_edit){.len = len, .at = len};
    memcpy(edit->text, text, len);
}

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

static size_t before(const struct line_edit *edit, size_t at)
{
    if (at)
        at--;
    while (at && is_continuation(edit->text[at]))
        at--;
    return at;
}

static size_t after(const struct line_edit *edit, size_t at)
{
    if (at < edit->len)
        at++;
    while (at < edit->len && is_continuation(edit->text[at]))
        at++;
    return at;
}

static size_t word_before(const struct line_edit *edit)
{
    size_t at = edit->at;
    while (at && edit->text[at - 1] == ' ')
        at--;
    while (at && edit->text[at - 1] != ' ')
        at--;
    return at;
}

/* Deletes the bytes from..to - 1; the cursor is then at `from`. */
static void cut(struct line_edit *edit, size_t from, size_t to)
{
    memmove(edit->text + from, edit->text + to, edit->len - to + 1);
    edit->len -= to - from;
    edit->at = from;
}

static void show_line(struct line_edit *edit, const char *text)
{
    edit->len = edit->at = strlen(text);
    memmove(edit->text, text, edit->len + 1);
}

static void go_in_history(struct line_edit *edit,
                          const struct line_history *history, bool older)
{
    if (older && edit->older == history->count)
        return;
    if (!older && !edit->older)
        return;
    if (!edit->older)
        memcpy(edit->draft, edit->text, sizeof edit->draft);
    edit->older = older ? edit->older + 1 : edit->older - 1;
    show_line(edit, edit->older ? history->lines[history->count - edit->older]
                                : edit->draft);
}

static void insert(struct line_edit *edit, uint32_t code)
{
    struct buf typed = {0};
    text_put_code(&typed, code);
    if (edit->len + typed.len < LINE_EDIT_MAX) {
        memmove(edit->text + edit->at + typed.len, edit->text + edit->at,
                edit->len - edit->at + 1);
        memcpy(edit->text + edit->at, typed.data, typed.len);
        edit->len += typed.len;
        edit->at += typed.len;
    }
    buf_free(&typed);
}

bool line_edit_key(struct line_edit *edit, const struct line_history *history,
                   int key)
{
    switch (key) {
    case KEY_CODE_BACKSPACE:
    case KEY_CTRL('h'):
        cut(edit, before(edit, edit->at), edit->at);
        return true;
    case KEY_CODE_DELETE:
    case KEY_CTRL('d'):
        cut(edit, edit->at, after(edit, edit->at));
        return true;
    case KEY_CTRL('u'):
        cut(edit, 0, edit->at);
        return true;
    case KEY_CTRL('k'):
        cut(edit, edit->at, edit->len);
        return true;
    case KEY_CTRL('w'):
        cut(edit, word_before(edit), edit->at);
        return true;
    case KEY_CODE_LEFT:
    case KEY_CTRL('b'):
        edit->at = before(edit, edit->at);
        return true;
    case KEY_CODE_RIGHT:
    case KEY_CTRL('f'):
        edit->at = after(edit, edit->at);
        return true;
    case KEY_CODE_HOME:
    case KEY_CTRL('a'):
        edit->at = 0;
        return true;
    case KEY_CODE_END:
    case KEY_CTRL('e'):
        edit->at = edit->len;
        return true;
    case KEY_CODE_UP:
    case KEY_CTRL('p'):
        go_in_history(edit, history, true);
        return true;
    case KEY_CODE_DOWN:
    case KEY_CTRL('n'):
        go_in_history(edit, history, false);
        return true;
    default:
        break;
    }
    if (key < ' ' || key >= KEY_CODE_UP || !utf8_is_safe((uint32_t)key))
        return false;
    insert(edit, (uint32_t)key);
    return true;
}

void line_history_add(struct line_history *history, const char *text)
{
    size_t count = history->count;
    if (!*text || (count && strcmp(history->lines[count - 1], text) == 0))
        return;
    if (count == LINE_HISTORY_MAX) {
        free(history->lines[0]);
        memmove(history->lines, history->lines + 1,
                (count - 1) * sizeof *history->lines);
        history->count--;
    }
    history->lines[history->count++] = mem_strdup(text);
}

void line_history_free(struct line_history *history)
{
    for (size_t i = 0; i < history->count; i++)
        free(history->lines[i]);
    history->count = 0;
}
