/* SPDX-License-Identifier: MIT */
/* The last line: position, message and hints, or a prompt; and the lists to
 * choose from. What is typed at a prompt is view_prompt.c. */
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "draw/key_code.h"
#include "panes/field_text.h"
#include "ui/ui_private.h"
#include "view/row_text.h"
#include "view/rows.h"

#define GAP 3
#define FILE_COLUMNS 20 /* for the name of a file at a prompt */

static const char *const prompt_words[PROMPT_COUNT] = {
    [PROMPT_SEARCH] = "/",
    [PROMPT_FILTER] = "\\",
    [PROMPT_SCREEN] = "save the screen to FILE (.svg: a picture): ",
    [PROMPT_HELP] = "/",
    [PROMPT_GO_TO] = ":",
};

/* The part of the line around the cursor that fits into `room` columns. */
static size_t skip_for(const struct line_edit *edit, size_t room)
{
    size_t skip = 0;
    while (skip < edit->at &&
           text_columns(edit->text + skip, edit->at - skip) >= room) {
        uint32_t code;
        skip += utf8_next(edit->text + skip, edit->at - skip, &code);
    }
    return skip;
}

/* Puts the question of a prompt for a value into `out`; it leaves at least half
 * of the line for the value. */
static void put_question(struct buf *out, const struct drawing *d)
{
    struct buf *plain = &d->fit->plain;
    size_t most = (size_t)d->canvas.grid->columns / 2;
    for (int brief = 0; brief < 2; brief++) {
        buf_clear(out);
        view_edit_put_question(out, d->view, brief);
        buf_clear(plain);
        draw_put_plain(plain, &d->canvas, out->data);
        if (text_columns(plain->data, plain->len) <= most)
            break;
    }
    buf_clear(out);
    buf_add(out, plain->data, text_fit(plain->data, plain->len, most));
    buf_puts(out, ": ");
}

/* What is before the typed text. */
static const char *prompt_word(const struct drawing *d)
{
    struct buf *text = &d->fit->text;
    int columns = d->canvas.grid->columns;
    const char *word = prompt_words[d->view->prompt];
    switch (d->view->prompt) {
    case PROMPT_VALUE:
    case PROMPT_BIT:
        put_question(text, d);
        return text->data;
    case PROMPT_HISTORY:
        buf_clear(text);
        view_save_put_prompt(text, d->view, columns - FILE_COLUMNS);
        return text->data;
    default:
        return strlen(word) > 1 && columns < 60 ? "FILE: " : word;
    }
}

/* What is at the right end of the line: which of how many matches, or the words
 * that can be typed. */
static void put_aside(struct buf *out, const struct view *view)
{
    if (view->prompt == PROMPT_SEARCH && view->edit.len)
        buf_printf(out, "%zu/%zu",
                   view->match == SIZE_MAX ? 0 : view->match + 1,
                   view->match_count);
    if (view->prompt == PROMPT_VALUE || view->prompt == PROMPT_BIT)
        view_edit_put_choices(out, view);
}

static void draw_aside(const struct drawing *d, int row, int from)
{
    struct buf *text = &d->fit->text;
    struct buf *plain = &d->fit->plain;
    int columns = d->canvas.grid->columns;
    buf_clear(text);
    put_aside(text, d->view);
    if (!text->len)
        return;
    buf_clear(plain);
    draw_put_plain(plain, &d->canvas, text->data);
    int width = (int)text_columns(plain->data, plain->len);
    if (columns - width > from)
        draw_text(&d->canvas, row, columns - width, width, ALIGN_LEFT,
                  plain->data, plain->len, STYLE_DIM);
    else if (d->view->prompt != PROMPT_SEARCH && columns - from > 8)
        draw_text(&d->canvas, row, from, columns - from, ALIGN_LEFT,
                  plain->data, plain->len, STYLE_DIM);
}

static void draw_prompt(const struct drawing *d, int row)
{
    const struct line_edit *edit = &d->view->edit;
    CHECK(edit->len < LINE_EDIT_MAX);
    int columns = d->canvas.grid->columns;
    int at = draw_word(&d->canvas, row, 0, columns, prompt_word(d), STYLE_BOLD);
    size_t room = columns > at + 1 ? (size_t)(columns - at) : 1;
    size_t skip = skip_for(edit, room);
    if (edit->len > skip)
        grid_put(d->canvas.grid, row, at, columns - at, edit->text + skip,
                 edit->len - skip, STYLE_PLAIN);
    if (edit->at > skip)
        at += (int)text_columns(edit->text + skip, edit->at - skip);
    if (edit->at < edit->len)
        grid_style(d->canvas.grid, row, at, 1, STYLE_REVERSE);
    else
        grid_put_code(d->canvas.grid, row, at, ' ', STYLE_REVERSE);
    at += (int)text_columns(edit->text + edit->at, edit->len - edit->at);
    draw_aside(d, row, at + GAP);
}

/* The keys of rows are for views that have them. */
/* The word for what a key does at the cursor; NULL: nothing to hint at. A list
 * that is open says its keys itself. */
static const char *hint_of(const struct view *view, enum action action)
{
    if (view->held && view->picker == PICKER_NONE)
        return action == ACTION_HOLD ? "live"
               : action == ACTION_HELP || action == ACTION_QUIT
                   ? key_table[action].hint
                   : NULL;
    bool table = view_ops[view->kind].has_detail && view->row_count;
    if (view->picker != PICKER_NONE)
        return NULL;
    if (action == ACTION_OPEN)
        return !table                                ? NULL
               : view_cursor_leaf(view) == LEAF_NONE ? "fold"
                                                     : "details";
    if (action == ACTION_EDIT) {
        uint32_t leaf = table && view->rw ? view_cursor_leaf(view) : LEAF_NONE;
        return leaf != LEAF_NONE &&
                       leaf_field(view, leaf)->attr->writable != WRITABLE_NO
                   ? "set"
                   : NULL;
    }
    /* The plot's own keys are there. */
    if (view->kind == VIEW_PLOT &&
        (action == ACTION_SEARCH || action == ACTION_FILTER))
        return NULL;
    if (action == ACTION_TABLE && (!table || !view_has_table(view)))
        return NULL;
    return key_table[action].hint;
}

/* Puts hints of keys at the right edge: from the last one on, as many as fit
 * after column `from`, so that those that stay do not move. */
static int draw_hints(const struct drawing *d, int row, int from)
{
    struct buf *text = &d->fit->text;
    int at = d->canvas.grid->columns;
    for (int i = ACTION_COUNT - 1; i > ACTION_NONE; i--) {
        const char *hint = hint_of(d->view, (enum action)i);
        if (!hint)
            continue;
        buf_clear(text);
        key_map_put(text, &d->view->key_map, (enum action)i, false);
        if (!text->len)
            continue;
        int key = (int)text_columns(text->data, text->len);
        int width = key + 1 + (int)strlen(hint);
        int gap = at == d->canvas.grid->columns ? 0 : 2;
        if (at - gap - width < from)
            return at;
        at -= gap + width;
        draw_text(&d->canvas, row, at, key, ALIGN_LEFT, text->data, text->len,
                  STYLE_BOLD);
        draw_word(&d->canvas, row, at + key + 1, width, hint, STYLE_DIM);
    }
    return at;
}

/* Appends one key of an action: the arrow if it has one. */
static void put_hint_key(struct buf *out, const struct view *view,
                         enum action action)
{
    const int *keys = view->key_map.keys[action];
    for (int i = 0; i < KEYS_OF_ACTION; i++)
        if (keys[i] == KEY_CODE_LEFT || keys[i] == KEY_CODE_RIGHT) {
            buf_puts(out, keys[i] == KEY_CODE_LEFT ? "Left" : "Right");
            return;
        }
    key_map_put(out, &view->key_map, action, false);
}

struct time_hint {
    enum action back, on;
    const char *word;
    bool plot; /* only there, also while it is live */
};

/* Puts hints of the keys that move in time from column `from` on, as many as
 * fit before `end`. */
static void draw_time_hints(const struct drawing *d, int row, int from, int end)
{
    static const struct time_hint hints[] = {
        {ACTION_LEFT, ACTION_RIGHT, "moment", true},
        {ACTION_BAR_SHORTER, ACTION_BAR_LONGER, "zoom", true},
        {ACTION_PLOT_LOG, ACTION_NONE, "log axis", true},
        {ACTION_STEP_BACK, ACTION_STEP_ON, "step", false},
        {ACTION_CHANGE_BACK, ACTION_CHANGE_ON, "change", false},
        {ACTION_ALARM_BACK, ACTION_ALARM_ON, "alarm", false},
        {ACTION_BAR_BACK, ACTION_BAR_ON, "page", false},
        {ACTION_BASELINE, ACTION_NONE, "compare with here", false},
    };
    const struct view *view = d->view;
    struct buf *text = &d->fit->text;
    for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++) {
        if (hints[i].plot ? view->kind != VIEW_PLOT
                          : !view->held || !view_history(view))
            continue;
        if (hints[i].back == ACTION_BASELINE && view->kind == VIEW_PLOT)
            continue;
        buf_clear(text);
        put_hint_key(text, view, hints[i].back);
        if (hints[i].on != ACTION_NONE) {
            buf_putc(text, ' ');
            put_hint_key(text, view, hints[i].on);
        }
        int key = (int)text_columns(text->data, text->len);
        int width = key + 1 + (int)strlen(hints[i].word);
        if (from + width + GAP > end)
            return;
        draw_text(&d->canvas, row, from, key, ALIGN_LEFT, text->data, text->len,
                  STYLE_BOLD);
        draw_word(&d->canvas, row, from + key + 1, width, hints[i].word,
                  STYLE_DIM);
        from += width + GAP;
    }
}

void draw_status(const struct drawing *d, int row, bool reasons)
{
    const struct view *view = d->view;
    struct buf *text = &d->fit->text;
    int columns = d->canvas.grid->columns;
    if (view->prompt != PROMPT_NONE) {
        draw_prompt(d, row);
        return;
    }
    bool has_message = *view->message;
    buf_clear(text);
    screen_ops[view->kind].put_position(text, d);
    size_t position = text->len;
    if (has_message)
        draw_put_clean(text, view->message);
    else if (!reasons)
        draw_put_reasons(text, view);
    int left = 1 + (int)text_columns(text->data, position);
    int middle = (int)text_columns(text->data + position, text->len - position);
    /* The message is more important than the position. */
    if (middle && left + GAP + middle > columns)
        left = 0;
    else
        grid_put(d->canvas.grid, row, 1, columns, text->data, position,
                 STYLE_DIM);
    int at = left ? left + GAP : 0;
    if (middle)
        at += GAP + draw_text(&d->canvas, row, at, columns - at, ALIGN_LEFT,
                              text->data + position, text->len - position,
                              has_message ? STYLE_BOLD : STYLE_WARN);
    int end = draw_hints(d, row, at);
    if (!middle && view->picker == PICKER_NONE)
        draw_time_hints(d, row, at, end);
}

/* --- lists --------------------------------------------------------------- */

#define PICKER_COLUMNS_LEAST 22

void draw_picker(const struct drawing *d, struct area area)
{
    static const struct {
        const char *wide, *narrow;
    } titles[] = {
        [PICKER_ORDER] = {"Order  Enter: choose", "Order  Enter"},
        [PICKER_COLUMNS] = {"Columns  Space: on/off  h l: move  Enter: done",
                            "Columns  Space h l Enter"},
    };
    const struct view *view = d->view;
    struct buf *text = &d->fit->text;
    int count = view_picker_count(view);
    const char *title = titles[view->picker].wide;
    if ((int)strlen(title) + 2 > area.columns)
        title = titles[view->picker].narrow;
    int width = (int)strlen(title) + 2;
    if (width < PICKER_COLUMNS_LEAST)
        width = PICKER_COLUMNS_LEAST;
    if (width > area.columns)
        width = area.columns;
    int rows = count + 1 < area.rows ? count + 1 : area.rows;
    int at = area.column + area.columns - width;
    int top = view->picker_at > rows - 2 ? view->picker_at - rows + 2 : 0;
    for (int i = 0; i < rows; i++) {
        for (int k = 0; k < width; k++)
            grid_put_code(d->canvas.grid, area.row + i, at + k, ' ',
                          STYLE_PLAIN);
        if (i == 0) {
            size_t len = strlen(title);
            if ((int)len >= width)
                len = strcspn(title, " ");
            draw_text(&d->canvas, area.row, at + 1, width - 1, ALIGN_LEFT,
                      title, len, STYLE_BOLD);
            grid_style(d->canvas.grid, area.row, at, width, STYLE_REVERSE);
            continue;
        }
        int line = top + i - 1;
        if (line >= count)
            continue;
        buf_clear(text);
        buf_puts(text, "[ ] ");
        bool chosen = view_picker_put(text, view, line);
        if (chosen)
            text->data[1] = 'x';
        if (chosen && view->picker == PICKER_COLUMNS &&
            !d->fit->columns.of[view->picking.items[line]].width)
            buf_puts(text, "  no room now");
        struct buf *clean = &d->fit->plain;
        buf_clear(clean);
        draw_put_plain(clean, &d->canvas, text->data);
        draw_text(&d->canvas, area.row + i, at + 1, width - 1, ALIGN_LEFT,
                  clean->data, clean->len, STYLE_PLAIN);
        if (line == view->picker_at)
            grid_style(d->canvas.grid, area.row + i, at, width, STYLE_CURSOR);
    }
}
