/* SPDX-License-Identifier: MIT */
/*
 * The last line: where the cursor is, what there is to say, which keys there
 * are; or a prompt.  Invariant: a prompt shows the end of what is typed.
 */
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "ui/draw_text.h"

#define GAP 3

static void draw_prompt(const struct drawing *d, int row)
{
    const struct view *view = d->view;
    struct buf *text = &d->fit->text;
    int columns = d->grid->columns;
    buf_clear(text);
    text_clean(text, view->input, strlen(view->input));
    size_t skip = 0;
    /* One column for the sign, one for the cursor. */
    size_t room = columns > 2 ? (size_t)columns - 2 : 1;
    while (text->len > skip &&
           text_columns(text->data + skip, text->len - skip) > room) {
        uint32_t code;
        skip += utf8_next(text->data + skip, text->len - skip, &code);
    }
    int at = draw_word(d, row, 0, columns,
                       view->prompt == PROMPT_SEARCH ? "/" : "\\", STYLE_BOLD);
    if (text->len > skip)
        at += grid_put(d->grid, row, at, columns - at, text->data + skip,
                       text->len - skip, STYLE_PLAIN);
    grid_put_code(d->grid, row, at, ' ', STYLE_REVERSE);
}

/* Why there is nothing new to see, or not all of it, where that is known. */
static const char *reason(const struct sample *sample)
{
    if (!sample->frame_count || state_is_read(sample->state))
        return sample->trouble ? sample->trouble : "";
    const char *note = sample->frames[sample_worst(sample)].note;
    return note ? note : "";
}

/* Key hints at the right edge, as many of the dearest as fit behind column
 * `from`; returns where they begin. */
static int draw_hints(const struct drawing *d, int row, int from)
{
    int at = d->grid->columns;
    size_t count = 0;
    while (key_table[count].action)
        count++;
    while (count-- > 0) {
        const struct key_row *key = &key_table[count];
        if (!key->hint)
            continue;
        /* "?, F1": the first name is enough here. */
        size_t name = strcspn(key->text, ",");
        int width = (int)(name + 1 + strlen(key->hint));
        int gap = at == d->grid->columns ? 0 : 2;
        if (at - gap - width < from)
            break;
        at -= gap + width;
        grid_put(d->grid, row, at, (int)name, key->text, name, STYLE_BOLD);
        draw_word(d, row, at + (int)name + 1, width, key->hint, STYLE_PLAIN);
    }
    return at;
}

void draw_status(const struct drawing *d, int row)
{
    const struct view *view = d->view;
    struct buf *text = &d->fit->text;
    int columns = d->grid->columns;
    if (view->prompt != PROMPT_NONE) {
        draw_prompt(d, row);
        return;
    }
    buf_clear(text);
    bool said = view->message[0] != '\0';
    const char *word = said                    ? view->message
                       : view->problem_text[0] ? view->problem_text
                                               : reason(d->sample);
    view_ops[view->kind].put_position(text, d);
    size_t position = text->len;
    draw_put_clean(text, word);
    int left = (int)text_columns(text->data, position);
    int middle = (int)text_columns(text->data + position, text->len - position);
    /* What has to be said comes first. */
    if (middle && left + GAP + middle > columns)
        left = 0;
    else
        grid_put(d->grid, row, 0, columns, text->data, position, STYLE_PLAIN);
    int at = left ? left + GAP : 0;
    if (middle)
        at += GAP + draw_text(d, row, at, columns - at, ALIGN_LEFT,
                              text->data + position, text->len - position,
                              said ? STYLE_BOLD : STYLE_WARN);
    draw_hints(d, row, at);
}
