/* SPDX-License-Identifier: MIT */
/* Fields and headings by what is typed after `:`: a path or a label, or how one
 * begins.  Times are view_go_to.c. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "layout/words.h"
#include "view/row_text.h"
#include "view/rows.h"
#include "view/view_private.h"

#define NEAREST_MOST 100000 /* names that a typing error is compared with */
#define OFFERED_MOST 3      /* names in a message */

/* --- names ---------------------------------------------------------------- */

enum naming {
    NAMING_PATH,
    NAMING_LABEL,
};
#define NAMING_COUNT 2

typedef void name_fn(void *user, const char *name, struct match at);

/* An element of a table is found at its first cell. */
static struct match match_of_heading(const struct view *view, uint32_t index)
{
    const struct heading *own = &view->tree.headings[index];
    bool element =
        own->parent != HEADING_NONE && view->tree.headings[own->parent].table;
    return element ? (struct match){{ROW_ELEMENT, index}, own->first}
                   : (struct match){{ROW_HEADING, index}, LEAF_NONE};
}

/* Calls `fn` for each name of that kind: first those of headings, from the top
 * down, then those of fields that can be shown. */
static void each_name(const struct view *view, enum naming naming, name_fn *fn,
                      void *user)
{
    const struct tree *tree = &view->tree;
    struct buf name = {0};
    for (uint32_t i = 0; i < tree->heading_count; i++) {
        const struct heading *own = &tree->headings[i];
        buf_clear(&name);
        buf_puts(&name, "");
        if (naming == NAMING_LABEL)
            heading_put_title(&name, view, i);
        else if (own->group)
            tree_put_id(&name, tree, view->targets[own->target].layout, i);
        if (name.len)
            fn(user, name.data, match_of_heading(view, i));
    }
    for (uint32_t i = 0; i < tree->leaf_count; i++) {
        struct match at = {{ROW_FIELD, i}, i};
        if (!leaf_shown(view, i))
            continue;
        buf_clear(&name);
        if (naming == NAMING_LABEL)
            leaf_put_label(&name, view, i);
        fn(user, naming == NAMING_LABEL ? name.data : leaf_field(view, i)->path,
           at);
    }
    buf_free(&name);
}

/* How many bytes are the same at the beginning of both. */
static size_t common(const char *a, const char *b, bool with_case)
{
    size_t len = 0;
    while (a[len] && (with_case ? a[len] == b[len]
                                : text_lower(a[len]) == text_lower(b[len])))
        len++;
    return len;
}

/* --- finding -------------------------------------------------------------- */

/* What has a name, or a name that begins so. */
struct naming_search {
    const struct view *view;
    const char *text;
    size_t len;
    bool whole; /* the whole name */
    size_t count;
    struct match found;  /* the first one */
    uint32_t first, end; /* its leaves */
    struct buf offered;  /* the first few names */
};

static void look_at_name(void *user, const char *name, struct match at)
{
    struct naming_search *search = user;
    if (common(search->text, name, false) != search->len ||
        (search->whole && name[search->len]))
        return;
    const struct heading *headings = search->view->tree.headings;
    bool field = at.row.kind == ROW_FIELD;
    uint32_t first = field ? at.leaf : headings[at.row.at].first;
    uint32_t end = field ? at.leaf + 1 : headings[at.row.at].end;
    /* What is below a heading that was found is not another one. */
    if (search->count > 0 && search->first <= first && end <= search->end)
        return;
    if (search->count++ == 0) {
        search->found = at;
        search->first = first;
        search->end = end;
    }
    if (search->count <= OFFERED_MOST)
        buf_printf(&search->offered, "%s%s", search->count > 1 ? ", " : "",
                   name);
}

/* Whole names first, then how they begin; paths before labels. */
static void search_names(struct naming_search *search)
{
    for (int whole = 1; whole >= 0; whole--) {
        search->whole = whole;
        for (int naming = 0; naming < NAMING_COUNT; naming++) {
            if (!whole || !search->count)
                each_name(search->view, (enum naming)naming, look_at_name,
                          search);
            if (whole && search->count > 0)
                return;
        }
    }
}

/* --- the nearest name ----------------------------------------------------- */

struct name_list {
    struct buf texts; /* each with its NUL */
    size_t count;
};

static void list_name(void *user, const char *name, struct match at)
{
    struct name_list *list = user;
    (void)at;
    if (list->count == NEAREST_MOST)
        return;
    buf_add(&list->texts, name, strlen(name) + 1);
    list->count++;
}

static struct word_hint nearest_name(const struct view *view, const char *text)
{
    struct name_list list = {0};
    for (int naming = 0; naming < NAMING_COUNT; naming++)
        each_name(view, (enum naming)naming, list_name, &list);
    const char **names = mem_zalloc(list.count + 1, sizeof *names);
    const char *at = list.texts.data;
    for (size_t i = 0; i < list.count; i++, at += strlen(at) + 1)
        names[i] = at;
    struct word_hint hint = word_hint(text_nearest(text, names, list.count));
    free(names);
    buf_free(&list.texts);
    return hint;
}

/* --- going there ---------------------------------------------------------- */

static void say_hidden(struct view *view, const char *text)
{
    view_set_message(view, "%s is not among the rows that are shown", text);
}

static void say_unknown(struct view *view, const char *text)
{
    struct word_hint hint = nearest_name(view, text);
    view_set_message(view, "'%s' is not a field or a time%s", text,
                     *hint.text ? hint.text
                                : " (12:03:27, 2026-11-28 12:03, -5m, +10s, "
                                  "now)");
}

/* Moves the cursor there, or leaves it where it is if there is no such row. */
static bool go_there(struct view *view, struct match match)
{
    size_t cursor = view->cursor;
    uint32_t member = view->member;
    bool field = match.row.kind == ROW_FIELD;
    if (field && (!leaf_shown(view, match.leaf) ||
                  rows_find_leaf(view, match.leaf) == SIZE_MAX))
        return false;
    view_show(view, match);
    if (field ? view_cursor_leaf(view) == match.leaf
              : view->cursor < view->row_count &&
                    view->rows[view->cursor].at == match.row.at &&
                    view->rows[view->cursor].kind == match.row.kind)
        return true;
    view_move_to(view, cursor, true);
    view->member = member;
    return false;
}

/* The leaf with that path, that of the cursor's target first. */
static uint32_t find_path(const struct view *view, const char *text)
{
    uint32_t leaf = leaf_find(view, view_target_at_cursor(view), text);
    for (size_t i = 0; leaf == LEAF_NONE && i < view->target_count; i++)
        leaf = leaf_find(view, i, text);
    return leaf;
}

void view_go_to_field(struct view *view, const char *text)
{
    struct naming_search search = {
        .view = view, .text = text, .len = strlen(text)};
    CHECK(search.len > 0);
    uint32_t leaf = find_path(view, text);
    search.found = (struct match){{ROW_FIELD, leaf}, leaf};
    if (leaf == LEAF_NONE)
        search_names(&search);
    else
        search.count = 1;
    if (!search.count)
        say_unknown(view, text);
    else if (search.count > 1 && !search.whole)
        view_set_message(view, "'%s' may be one of %zu: %s%s", text,
                         search.count, search.offered.data,
                         search.count > OFFERED_MOST ? ", ..." : "");
    else if (!go_there(view, search.found))
        say_hidden(view, text);
    buf_free(&search.offered);
}

/* --- completing ----------------------------------------------------------- */

struct completion {
    const char *text;
    size_t len;
    bool with_case;
    bool known;
    struct buf common; /* how all names begin that begin with the text */
};

static void complete_by_name(void *user, const char *name, struct match at)
{
    struct completion *own = user;
    (void)at;
    if (common(own->text, name, own->with_case) != own->len)
        return;
    if (!own->known)
        buf_puts(&own->common, name);
    own->known = true;
    size_t len = common(own->common.data, name, own->with_case);
    /* Not a part of a character. */
    while (len > 0 && ((unsigned char)own->common.data[len] & 0xC0) == 0x80)
        len--;
    buf_truncate(&own->common, len);
}

void view_go_to_complete(struct view *view)
{
    struct completion own = {.text = view->edit.text, .len = view->edit.len};
    /* As typed first, then without regard to case; paths before labels. */
    for (int i = 0; own.len > 0 && !own.known && i < 2 * NAMING_COUNT; i++) {
        own.with_case = i < NAMING_COUNT;
        each_name(view, (enum naming)(i % NAMING_COUNT), complete_by_name,
                  &own);
    }
    if (own.known && own.common.len >= own.len &&
        own.common.len < LINE_EDIT_MAX)
        line_edit_begin(&view->edit, own.common.data);
    buf_free(&own.common);
}
