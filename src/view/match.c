/* SPDX-License-Identifier: MIT */
/* Finds texts in labels, paths, units, values and headings, and moves the
 * cursor to them. */
#include "view/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "view/row_text.h"
#include "view/rows.h"
#include "view/view_private.h"

#define TEXT_MOST 1024 /* bytes of a text that a glob can match */
#define AGAIN_FROM_TOP "from the top again"
#define AGAIN_FROM_END "from the end again"

static bool contains(const char *text, const char *part)
{
    char first = text_lower(*part);
    for (; *text; text++) {
        if (text_lower(*text) != first)
            continue;
        size_t i = 1;
        while (part[i] && text_lower(text[i]) == text_lower(part[i]))
            i++;
        if (!part[i])
            return true;
    }
    return false;
}

/* False if the text is too long. */
static bool to_lower(char *out, size_t size, const char *text)
{
    size_t len = strlen(text);
    for (size_t i = 0; i <= len && i < size; i++)
        out[i] = text_lower(text[i]);
    return len < size;
}

bool match_text(const char *text, const char *pattern)
{
    if (!*pattern)
        return true;
    if (!strpbrk(pattern, "*?"))
        return contains(text, pattern);
    char lower_pattern[LINE_EDIT_MAX], lower[TEXT_MOST];
    return to_lower(lower_pattern, sizeof lower_pattern, pattern) &&
           to_lower(lower, sizeof lower, text) &&
           text_match(lower_pattern, lower, true);
}

const char *match_filter(const struct view *view)
{
    return view->prompt == PROMPT_FILTER ? view->edit.text : view->filter;
}

static bool matches_leaf(struct view *view, uint32_t leaf, const char *pattern)
{
    const struct field *field = leaf_field(view, leaf);
    struct buf *text = &view->texts;
    if (match_text(field->path, pattern) ||
        (field->attr->unit && match_text(field->attr->unit, pattern)))
        return true;
    buf_clear(text);
    leaf_put_label(text, view, leaf);
    if (match_text(text->data, pattern))
        return true;
    /* With and without the blanks between digits. */
    for (int group = 0; group < 2; group++) {
        buf_clear(text);
        buf_puts(text, "");
        leaf_put_value(text, view, leaf, group);
        if (match_text(text->data, pattern))
            return true;
        if (!strchr(pattern, ' '))
            break;
    }
    return false;
}

static bool matches_heading(struct view *view, uint32_t heading,
                            const char *pattern)
{
    const struct heading *h = &view->tree.headings[heading];
    struct buf *text = &view->texts;
    buf_clear(text);
    heading_put_title(text, view, heading);
    if (match_text(text->data, pattern))
        return true;
    /* A mapping and a target are known by what they open, too. */
    if (h->kind > HEADING_MAPPING)
        return false;
    const struct watched *target = &view->targets[h->target];
    return match_text(sampler_target(target->sampler, h->mapping), pattern);
}

/* Whether a heading over the leaf matches. */
static bool is_below_match(struct view *view, uint32_t leaf,
                           const char *pattern)
{
    uint32_t heading = tree_heading_of(&view->tree, leaf);
    while (heading != HEADING_NONE) {
        if (matches_heading(view, heading, pattern))
            return true;
        heading = view->tree.headings[heading].parent;
    }
    return false;
}

void match_leaves(struct view *view)
{
    const char *pattern = match_filter(view);
    struct tree *tree = &view->tree;
    if (!*pattern)
        return;
    for (uint32_t i = 0; i < tree->leaf_count; i++)
        tree->leaves[i].matched = matches_leaf(view, i, pattern);
    for (uint32_t i = 0; i < tree->heading_count;) {
        if (!matches_heading(view, i, pattern)) {
            i++;
            continue;
        }
        const struct heading *heading = &tree->headings[i];
        for (uint32_t leaf = heading->first; leaf < heading->end; leaf++)
            tree->leaves[leaf].matched = true;
        i = heading->next;
    }
}

bool match_changed(struct view *view, int64_t since_ns)
{
    const char *pattern = match_filter(view);
    bool changed = false;
    for (uint32_t i = 0; *pattern && i < view->tree.leaf_count; i++) {
        const struct trend *trend = leaf_trend(view, i);
        struct leaf *leaf = &view->tree.leaves[i];
        if (!trend || trend->changed_ns <= since_ns)
            continue;
        bool matched =
            matches_leaf(view, i, pattern) || is_below_match(view, i, pattern);
        changed |= matched != leaf->matched;
        leaf->matched = matched;
    }
    return changed;
}

/* --- search -------------------------------------------------------------- */

/* The rows to look through, in `*rows`, for the caller to free() if `*owned`:
 * those on the screen if a filter or an order decides about them, else those
 * of the whole tree. */
static size_t rows_to_search(struct view *view, struct row **rows, bool *owned)
{
    *owned =
        view->order == ORDER_LAYOUT && !*match_filter(view) && !view->alarmed;
    if (!*owned) {
        *rows = view->rows;
        return view->row_count;
    }
    *rows = mem_zalloc(view->tree.leaf_count * 2 + view->tree.heading_count * 2,
                       sizeof **rows);
    return rows_unfolded(view, *rows);
}

typedef bool leaf_test(struct view *view, uint32_t leaf);

static bool test_search(struct view *view, uint32_t leaf)
{
    return matches_leaf(view, leaf, view->search);
}

static bool test_alarm(struct view *view, uint32_t leaf)
{
    const struct trend *trend = leaf_trend(view, leaf);
    return trend && trend->alarm != ALARM_NONE;
}

static void add_match(struct view *view, struct row row, uint32_t leaf)
{
    *MEM_ADD(view->matches, view->match_count) = (struct match){row, leaf};
}

static void find(struct view *view, const struct row *rows, size_t count,
                 leaf_test *test)
{
    for (size_t i = 0; i < count; i++) {
        struct row row = rows[i];
        if (row.kind == ROW_FIELD || row.kind == ROW_PINNED) {
            if (test(view, row.at))
                add_match(view, row, row.at);
            continue;
        }
        if (row.kind == ROW_HEADING && test == test_search &&
            matches_heading(view, row.at, view->search))
            add_match(view, row, LEAF_NONE);
        if (row.kind != ROW_ELEMENT)
            continue;
        /* An element is one match, at its first member that matches. */
        const struct heading *element = &view->tree.headings[row.at];
        uint32_t leaf = element->first;
        while (leaf < element->end &&
               !(leaf_shown(view, leaf) && test(view, leaf)))
            leaf++;
        if (leaf < element->end)
            add_match(view, row, leaf);
    }
}

void match_forget(struct view *view)
{
    free(view->matches);
    view->matches = NULL;
    view->match_count = 0;
    view->match = SIZE_MAX;
}

/* The place of the cursor among `count` rows: the row of its field or heading,
 * or that of the next heading over it. */
static size_t place_of_cursor(const struct view *view, const struct row *rows,
                              size_t count)
{
    if (!view->row_count)
        return 0;
    struct row own = view->rows[view->cursor];
    if (own.kind == ROW_PINNED && rows != view->rows)
        own.kind = ROW_FIELD;
    for (size_t i = 0; i < count; i++)
        if (rows[i].kind == own.kind && rows[i].at == own.at)
            return i;
    return 0;
}

/* Goes to the first match from the cursor on by `step`. `rows` are those in
 * which the matches were found. */
static bool go(struct view *view, const struct row *rows, size_t count,
               int step)
{
    size_t cursor = place_of_cursor(view, rows, count);
    size_t matches = view->match_count;
    size_t next = 0; /* the first match that is not before the cursor */
    size_t at = 0;
    if (!matches)
        return false;
    for (; next < matches; next++) {
        while (at < count && (rows[at].kind != view->matches[next].row.kind ||
                              rows[at].at != view->matches[next].row.at))
            at++;
        if (at >= cursor)
            break;
    }
    bool here = next < matches && at == cursor;
    if (step < 0 && next == 0)
        view_set_message(view, AGAIN_FROM_END);
    if (step < 0)
        next = (next + matches - 1) % matches;
    else if (step > 0 && here)
        next++;
    if (next == matches)
        view_set_message(view, AGAIN_FROM_TOP);
    view->match = next % matches;
    view_show(view, view->matches[view->match]);
    return true;
}

void match_find(struct view *view)
{
    struct row *rows;
    bool owned;
    match_forget(view);
    if (!*view->search)
        return;
    size_t count = rows_to_search(view, &rows, &owned);
    find(view, rows, count, test_search);
    if (owned)
        free(rows);
}

static bool find_and_go(struct view *view, leaf_test *test, int step)
{
    struct row *rows;
    bool owned;
    match_forget(view);
    size_t count = rows_to_search(view, &rows, &owned);
    find(view, rows, count, test);
    bool found = go(view, rows, count, step);
    if (owned)
        free(rows);
    return found;
}

bool match_go(struct view *view, int step)
{
    return *view->search && find_and_go(view, test_search, step);
}

bool match_alarm(struct view *view, bool back)
{
    bool found = find_and_go(view, test_alarm, back ? -1 : 1);
    const char *again = !*view->message ? ""
                        : back          ? ", " AGAIN_FROM_END
                                        : ", " AGAIN_FROM_TOP;
    if (found)
        view_set_message(view, "alarm %zu of %zu%s", view->match + 1,
                         view->match_count, again);
    match_forget(view);
    return found;
}
