/* SPDX-License-Identifier: MIT */
/* Settings as lines: those of the whole dashboard, and those of one target's
 * fields and headings that differ from what they are at first. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "layout/words.h"
#include "view/rows.h"
#include "view/view_private.h"

static const struct word_row highlight_words[] = {
    {"off", HIGHLIGHT_OFF},
    {"last", HIGHLIGHT_LAST},
    {"baseline", HIGHLIGHT_BASELINE},
    {NULL, 0},
};

/* --- keeping ------------------------------------------------------------- */

static void keep_dashboard(const struct view *view, struct kept *out)
{
    struct buf text = {0};
    if (view->columns.count) {
        columns_put(&text, &view->columns);
        kept_add(out, "columns", "%s", text.data);
    }
    kept_add(out, "order", "%s%s", word_of(column_words, (int)view->order),
             view->reverse ? " reverse" : "");
    kept_add(out, "level", "%s", word_of(level_words, (int)view->level));
    kept_add(out, "highlight", "%s",
             word_of(highlight_words, (int)view->highlight));
    kept_add(out, "detail", "%s", view->detail ? "yes" : "no");
    buf_free(&text);
}

static void keep_heading(const struct view *view, uint32_t index,
                         struct kept *out)
{
    const struct heading *heading = &view->tree.headings[index];
    const struct layout *layout = view->targets[heading->target].layout;
    struct buf id = {0};
    buf_puts(&id, "");
    tree_put_id(&id, &view->tree, layout, index);
    if (heading->folded != heading->folded_first)
        kept_add(out, heading->folded ? "folded" : "open", "%s", id.data);
    if (heading->table != heading->table_first)
        kept_add(out, heading->table ? "table" : "tree", "%s", id.data);
    if (heading->sort_member != LEAF_NONE)
        kept_add(out, "sorted", "%u%s %s", (unsigned)heading->sort_member,
                 heading->reverse ? " reverse" : "", id.data);
    buf_free(&id);
}

void view_keep(const struct view *view, size_t index, struct kept *out)
{
    CHECK(index < view->target_count);
    keep_dashboard(view, out);
    for (size_t i = 0; i < view->pin_count; i++)
        if (view->tree.leaves[view->pins[i]].target == index)
            kept_add(out, "pin", "%s", leaf_field(view, view->pins[i])->path);
    for (uint32_t i = 0; i < view->tree.leaf_count; i++) {
        const struct leaf *leaf = &view->tree.leaves[i];
        if (leaf->target == index && leaf->base != SHOW_DEFAULT)
            kept_add(out, "base", "%s %s", word_of(show_words, leaf->base),
                     leaf_field(view, i)->path);
    }
    for (uint32_t i = 0; i < view->tree.heading_count; i++)
        if (view->tree.headings[i].target == index)
            keep_heading(view, i, out);
}

/* --- restoring ----------------------------------------------------------- */

/* The heading of a target with that id, or HEADING_NONE. */
static uint32_t find_heading(const struct view *view, size_t target,
                             const char *id)
{
    struct buf own = {0};
    uint32_t found = HEADING_NONE;
    for (uint32_t i = 0; i < view->tree.heading_count; i++) {
        if (view->tree.headings[i].target != target)
            continue;
        buf_clear(&own);
        buf_puts(&own, "");
        tree_put_id(&own, &view->tree, view->targets[target].layout, i);
        if (strcmp(own.data, id) == 0) {
            found = i;
            break;
        }
    }
    buf_free(&own);
    return found;
}

static bool read_word(const struct word_row *words, const char *text,
                      int *value, struct err *err)
{
    *value = word_find(words, text);
    if (*value >= 0)
        return true;
    return err_set(err, STATUS_DATA, "'%.40s' is not known here%s", text,
                   word_hint_in(words, text).text);
}

static bool restore_order(struct view *view, const char *text, struct err *err)
{
    char word[16];
    size_t len = strcspn(text, " ");
    int order;
    if (len >= sizeof word)
        len = sizeof word - 1;
    memcpy(word, text, len);
    word[len] = '\0';
    if (!read_word(sort_words, word, &order, err))
        return false;
    view->order = (unsigned)order;
    view->reverse = strcmp(text + strcspn(text, " "), " reverse") == 0;
    return true;
}

/* The keys of the whole dashboard; `*known` tells whether it is one. */
static bool restore_dashboard(struct view *view, const struct kept_line *line,
                              bool *known, struct err *err)
{
    static const struct word_row yes_words[] = {
        {"no", false}, {"yes", true}, {NULL, 0}};
    int value;
    if (strcmp(line->key, "columns") == 0)
        return columns_parse(&view->columns, line->value, err);
    if (strcmp(line->key, "order") == 0)
        return view->fixed.order || restore_order(view, line->value, err);
    if (strcmp(line->key, "level") == 0) {
        if (!read_word(level_words, line->value, &value, err))
            return false;
        if (!view->fixed.level)
            view->level = (enum detail_level)value;
        return true;
    }
    if (strcmp(line->key, "highlight") == 0) {
        if (!read_word(highlight_words, line->value, &value, err))
            return false;
        if (!view->fixed.highlight)
            view->highlight = (enum highlight)value;
        return true;
    }
    if (strcmp(line->key, "detail") == 0) {
        if (!read_word(yes_words, line->value, &value, err))
            return false;
        view->detail = value;
        return true;
    }
    *known = false;
    return true;
}

/* A field or heading that the layout does not have any more is no error. */
static void restore_heading(struct view *view, size_t target, const char *key,
                            const char *id)
{
    uint32_t index = find_heading(view, target, id);
    if (index == HEADING_NONE)
        return;
    struct heading *heading = &view->tree.headings[index];
    if (strcmp(key, "folded") == 0 || strcmp(key, "open") == 0) {
        heading->folded = *key == 'f';
        heading->kept = true;
    } else if (heading_can_be_table(heading)) {
        heading->table = strcmp(key, "table") == 0;
    }
}

static bool restore_base(struct view *view, size_t target, const char *text,
                         struct err *err)
{
    static const struct word_row base_words[] = {{"dec", SHOW_DEC},
                                                 {"hex", SHOW_HEX},
                                                 {"bin", SHOW_BIN},
                                                 {"oct", SHOW_OCT},
                                                 {NULL, 0}};
    char word[8];
    size_t len = strcspn(text, " ");
    size_t fit = len < sizeof word ? len : sizeof word - 1;
    int base;
    memcpy(word, text, fit);
    word[fit] = '\0';
    if (!read_word(base_words, word, &base, err))
        return false;
    uint32_t leaf = leaf_find(view, target, text + len + (text[len] != '\0'));
    if (leaf != LEAF_NONE)
        view->tree.leaves[leaf].base = (uint8_t)base;
    return true;
}

/* "2 reverse pumps" */
static void restore_sorted(struct view *view, size_t target, const char *text)
{
    static const char word[] = "reverse ";
    char *end;
    unsigned long member = strtoul(text, &end, 10);
    end += *end == ' ';
    bool reverse = strncmp(end, word, sizeof word - 1) == 0;
    uint32_t index =
        find_heading(view, target, reverse ? end + sizeof word - 1 : end);
    if (index == HEADING_NONE ||
        !heading_can_be_table(&view->tree.headings[index]))
        return;
    struct heading *array = &view->tree.headings[index];
    const struct heading *element = array + 1;
    if (member >= element->end - element->first)
        return;
    array->sort_member = (uint32_t)member;
    array->reverse = reverse;
}

static bool restore_line(struct view *view, size_t target,
                         const struct kept_line *line, struct err *err)
{
    static const char *const keys[] = {"columns", "order", "level", "highlight",
                                       "detail",  "pin",   "base",  "folded",
                                       "open",    "table", "tree",  "sorted"};
    enum { KEYS = sizeof keys / sizeof keys[0], FIRST_OF_TARGET = 5 };
    bool known = true;
    if (!restore_dashboard(view, line, &known, err) || known)
        return known && err->status == STATUS_OK;
    size_t key = FIRST_OF_TARGET;
    while (key < KEYS && strcmp(keys[key], line->key) != 0)
        key++;
    if (key == KEYS)
        return err_set(err, STATUS_DATA, "unknown key '%.40s'%s", line->key,
                       word_hint(text_nearest(line->key, keys, KEYS)).text);
    if (strcmp(line->key, "base") == 0)
        return restore_base(view, target, line->value, err);
    if (strcmp(line->key, "sorted") == 0) {
        restore_sorted(view, target, line->value);
    } else if (strcmp(line->key, "pin") == 0) {
        uint32_t leaf = leaf_find(view, target, line->value);
        if (leaf != LEAF_NONE)
            view_pin(view, leaf, true);
    } else {
        restore_heading(view, target, line->key, line->value);
    }
    return true;
}

bool view_restore(struct view *view, size_t index, const struct kept *kept,
                  struct err *err)
{
    CHECK(index < view->target_count);
    bool ok = true;
    for (size_t i = 0; i < kept->count; i++) {
        struct err one = {0};
        if (restore_line(view, index, &kept->lines[i], &one))
            continue;
        if (ok)
            err_set(err, STATUS_DATA, "line %d: %s", kept->lines[i].line,
                    one.text);
        ok = false;
    }
    view->rows_stale = true;
    return ok;
}
