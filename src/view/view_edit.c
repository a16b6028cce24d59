/* SPDX-License-Identifier: MIT */
/* The keys that change values: whether the field under the cursor can be
 * changed, and the prompts for its value. The change itself is a request. */
#include <string.h>

#include "base/os_files.h"
#include "layout/value_change.h"
#include "layout/value_text.h"
#include "layout/words.h"
#include "view/row_text.h"
#include "view/rows.h"
#include "view/view_private.h"

static bool refuse(struct view *view, const char *why)
{
    view_set_message(view, "%s", why);
    return false;
}

/* What holds for every change, also for taking one back. */
static bool may_edit(struct view *view)
{
    if (!view->rw)
        return refuse(view, "read only: start with --rw to change values");
    if (view->held)
        return refuse(view, "not in the past: Space returns to now");
    return true;
}

/* The words of `set`, without the folder of the layout's file. */
static bool may_write(struct view *view, const struct field *field)
{
    struct err err = {0};
    if (change_check_writable(field, &err))
        return true;
    return refuse(view, err.text + os_folder_len(field->attr->file));
}

/* Whether the mapping is there and the field has a value. */
static bool is_there(struct view *view, uint32_t leaf)
{
    const struct watched *target = leaf_target(view, leaf);
    const struct field *field = leaf_field(view, leaf);
    const struct sample *sample = target->sample;
    if (!sample->number)
        return refuse(view, "not yet: nothing has been read");
    enum source_state state = sample->frames[field->mapping].state;
    if (!state_is_read(state)) {
        view_set_message(view, "not now: the mapping is %s", state_name(state));
        return false;
    }
    if (leaf_value(view, leaf)->type != VALUE_NONE)
        return true;
    view_set_message(view, "field '%s' is not there now", field->path);
    return false;
}

/* The leaf under the cursor, if its value can be changed now; else a message
 * and LEAF_NONE. */
static uint32_t editable_leaf(struct view *view)
{
    if (!may_edit(view))
        return LEAF_NONE;
    uint32_t leaf = view_cursor_leaf(view);
    if (leaf == LEAF_NONE) {
        refuse(view, "only a field has a value to change; the cursor is on a "
                     "heading");
        return LEAF_NONE;
    }
    if (sampler_is_recorded(leaf_target(view, leaf)->live)) {
        refuse(view, "a recording cannot be changed");
        return LEAF_NONE;
    }
    return may_write(view, leaf_field(view, leaf)) && is_there(view, leaf)
               ? leaf
               : LEAF_NONE;
}

static bool begin_value(struct view *view, uint32_t leaf)
{
    struct buf text = {0};
    buf_puts(&text, "");
    value_put_text(&text, leaf_field(view, leaf), leaf_value(view, leaf),
                   SHOW_DEFAULT, false);
    bool fits = text.len < LINE_EDIT_MAX;
    if (fits)
        memcpy(view->change.text, text.data, text.len + 1);
    else
        refuse(view, "the value is too long for a line: use shmtop set");
    buf_free(&text);
    return fits;
}

/* Opens the prompt that begins with view->change.text. */
static void open_prompt(struct view *view, enum prompt prompt)
{
    view_prompt_open(view, prompt);
    line_edit_begin(&view->edit, view->change.text);
}

static enum view_effect edit(struct view *view, enum action action)
{
    uint32_t leaf = editable_leaf(view);
    if (leaf == LEAF_NONE)
        return EFFECT_NONE;
    view->change = (struct view_change){.leaf = leaf};
    if (action == ACTION_EDIT) {
        view->change.kind = REQUEST_SET;
        if (begin_value(view, leaf))
            open_prompt(view, PROMPT_VALUE);
        return EFFECT_NONE;
    }
    if (action != ACTION_TOGGLE) {
        view->change.kind =
            action == ACTION_STEP_UP ? REQUEST_STEP_UP : REQUEST_STEP_DOWN;
        return EFFECT_CHANGE;
    }
    view->change.kind = REQUEST_TOGGLE;
    enum change_flip flip = change_flip_of(leaf_field(view, leaf));
    if (flip == FLIP_NONE) {
        refuse(view, "only bools, flags and plain integers can be toggled");
        return EFFECT_NONE;
    }
    if (flip != FLIP_FLAG && flip != FLIP_BIT)
        return EFFECT_CHANGE;
    open_prompt(view, PROMPT_BIT);
    return EFFECT_NONE;
}

static enum view_effect undo(struct view *view)
{
    if (!may_edit(view))
        return EFFECT_NONE;
    view->change =
        (struct view_change){.kind = REQUEST_UNDO, .leaf = LEAF_NONE};
    return EFFECT_CHANGE;
}

bool view_edit_apply(struct view *view, enum action action,
                     enum view_effect *effect)
{
    bool one = action == ACTION_EDIT || action == ACTION_STEP_UP ||
               action == ACTION_STEP_DOWN || action == ACTION_TOGGLE;
    if (action == ACTION_UNDO)
        *effect = undo(view);
    else if (!one || !view_ops[view->kind].has_detail)
        return false; /* other views do not show which field it would be */
    else
        *effect = edit(view, action);
    return true;
}

enum view_effect view_edit_end(struct view *view)
{
    bool same = strcmp(view->edit.text, view->change.text) == 0;
    CHECK(view->change.leaf < view->tree.leaf_count);
    if (same && view->change.kind == REQUEST_TOGGLE)
        return EFFECT_NONE;
    if (same) {
        view_set_message(view, "not changed");
        return EFFECT_NONE;
    }
    memcpy(view->change.text, view->edit.text, sizeof view->change.text);
    return EFFECT_CHANGE;
}

/* --- what can be typed --------------------------------------------------- */

/* Word `index` of those that can be typed; NULL after the last. */
static const char *choice(const struct view *view, size_t index)
{
    static const char *const bools[] = {"false", "true"};
    const struct field *field = leaf_field(view, view->change.leaf);
    const struct label_set *set = field->attr->labels;
    if (field->kind == KIND_BOOL)
        return index < 2 ? bools[index] : NULL;
    return set && index < set->count ? set->rows[index].label : NULL;
}

/* Flags are joined by `|`: the last one is completed. */
static size_t part_start(const struct view *view)
{
    const struct label_set *set =
        leaf_field(view, view->change.leaf)->attr->labels;
    const char *text = view->edit.text;
    const char *bar = set && set->flags ? strrchr(text, '|') : NULL;
    return bar ? (size_t)(bar + 1 - text) : 0;
}

void view_edit_complete(struct view *view, bool back)
{
    char text[LINE_EDIT_MAX];
    size_t start = part_start(view);
    size_t count = 0;
    size_t at = SIZE_MAX; /* of the word that is there, or that begins so */
    bool whole = false;
    const char *part = view->edit.text + start;
    for (; choice(view, count); count++) {
        bool is = strcmp(choice(view, count), part) == 0;
        if (is || (at == SIZE_MAX && *part && !whole &&
                   strncmp(choice(view, count), part, strlen(part)) == 0))
            at = count;
        whole = whole || is;
    }
    if (!count)
        return;
    if (whole)
        at = (at + (back ? count - 1 : 1)) % count;
    else if (at == SIZE_MAX)
        at = back ? count - 1 : 0;
    const char *word = choice(view, at);
    if (start + strlen(word) >= sizeof text)
        return;
    memcpy(text, view->edit.text, start);
    strcpy(text + start, word);
    line_edit_begin(&view->edit, text);
}

void view_edit_put_question(struct buf *out, const struct view *view,
                            bool brief)
{
    const struct field *field = leaf_field(view, view->change.leaf);
    const struct attributes *attr = field->attr;
    bool range = attr->writable == WRITABLE_RANGE;
    bool bit = change_flip_of(field) == FLIP_BIT;
    if (brief) {
        leaf_put_label(out, view, view->change.leaf);
        return;
    }
    if (view->prompt == PROMPT_BIT)
        buf_puts(out, bit ? "toggle bit of " : "toggle in ");
    leaf_put_label(out, view, view->change.leaf);
    if (view->prompt == PROMPT_BIT && bit) {
        buf_printf(out, " (0..%u)", field_bits(field) - 1);
    } else if (view->prompt == PROMPT_VALUE && (attr->unit || range)) {
        buf_puts(out, " (");
        if (range)
            buf_printf(out, "%.15g..%.15g", attr->write_low, attr->write_high);
        if (attr->unit)
            buf_printf(out, "%s%s", range ? " " : "", attr->unit);
        buf_putc(out, ')');
    }
}

void view_edit_put_choices(struct buf *out, const struct view *view)
{
    bool plain =
        view->prompt == PROMPT_BIT &&
        change_flip_of(leaf_field(view, view->change.leaf)) == FLIP_BIT;
    for (size_t i = 0; !plain && choice(view, i); i++)
        buf_printf(out, "%s%s", i ? " " : "Tab: ", choice(view, i));
}
