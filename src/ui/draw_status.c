/* SPDX-License-Identifier: MIT */
/* The status line: position, message and key hints, or a prompt. What is typed
 * at the prompt is view_prompt.c. */
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "ui/ui_private.h"

#define GAP 3

static void draw_prompt(const struct drawing *d, int row)
{
    const struct view *view = d->view;
    CHECK(strlen(view->input) < VIEW_INPUT_MAX);
    struct buf *text = d->canvas.text;
    int columns = d->canvas.grid->columns;
    buf_clear(text);
    text_clean(text, view->input, strlen(view->input));
    /* A long input is cut at its front. */
    size_t skip = 0;
    /* One column for the prompt, one for the cursor. */
    size_t room = columns > 2 ? (size_t)columns - 2 : 1;
    while (text->len > skip &&
           text_columns(text->data + skip, text->len - skip) > room) {
        uint32_t code;
        skip += utf8_next(text->data + skip, text->len - skip, &code);
    }
    int at = draw_word(&d->canvas, row, 0, columns,
                       view->prompt == PROMPT_SEARCH ? "/" : "\\", STYLE_BOLD);
    if (text->len > skip)
        at += grid_put(d->canvas.grid, row, at, columns - at, text->data + skip,
                       text->len - skip, STYLE_PLAIN);
    grid_put_code(d->canvas.grid, row, at, ' ', STYLE_REVERSE);
}

/* Why values are missing or not new; "" if the reason is not known. */
static const char *reason(const struct sample *sample)
{
    if (!sample->frame_count || state_is_read(sample->state))
        return sample->problem_text ? sample->problem_text : "";
    return draw_worst_note(sample);
}

/* Puts key hints at the right edge: from the last row of the key table on, as
 * many as fit after column `from`. */
static void draw_hints(const struct drawing *d, int row, int from)
{
    int at = d->canvas.grid->columns;
    size_t count = 0;
    while (key_table[count].action)
        count++;
    while (count-- > 0) {
        const struct key_row *key = &key_table[count];
        if (!key->hint)
            continue;
        /* The first name of "?, F1". */
        size_t name = strcspn(key->text, ",");
        int width = (int)(name + 1 + strlen(key->hint));
        int gap = at == d->canvas.grid->columns ? 0 : 2;
        if (at - gap - width < from)
            return;
        at -= gap + width;
        grid_put(d->canvas.grid, row, at, (int)name, key->text, name,
                 STYLE_BOLD);
        draw_word(&d->canvas, row, at + (int)name + 1, width, key->hint,
                  STYLE_PLAIN);
    }
}

void draw_status(const struct drawing *d, int row)
{
    const struct view *view = d->view;
    struct buf *text = d->canvas.text;
    int columns = d->canvas.grid->columns;
    if (view->prompt != PROMPT_NONE) {
        draw_prompt(d, row);
        return;
    }
    buf_clear(text);
    bool has_message = *view->message;
    const char *word = has_message           ? view->message
                       : *view->problem_text ? view->problem_text
                                             : reason(d->sample);
    view_ops[view->kind].put_position(text, d);
    size_t position = text->len;
    draw_put_clean(text, word);
    int left = (int)text_columns(text->data, position);
    int middle = (int)text_columns(text->data + position, text->len - position);
    /* The message is more important than the position. */
    if (middle && left + GAP + middle > columns)
        left = 0;
    else
        grid_put(d->canvas.grid, row, 0, columns, text->data, position,
                 STYLE_PLAIN);
    int at = left ? left + GAP : 0;
    if (middle)
        at += GAP + draw_text(&d->canvas, row, at, columns - at, ALIGN_LEFT,
                              text->data + position, text->len - position,
                              has_message ? STYLE_BOLD : STYLE_WARN);
    draw_hints(d, row, at);
}
