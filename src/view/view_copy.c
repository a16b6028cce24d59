/* SPDX-License-Identifier: MIT */
/* What `y` and `Y` copy: the value or the path of the marked rows, else of the
 * cursor's. */
#include "layout/value_text.h"
#include "view/row_text.h"
#include "view/rows.h"
#include "view/view_private.h"

static void put_one(struct buf *out, const struct view *view, uint32_t leaf,
                    bool path)
{
    if (path)
        buf_puts(out, leaf_field(view, leaf)->path);
    else
        leaf_put_value(out, view, leaf, false);
}

size_t view_put_copy(struct buf *out, const struct view *view, bool path)
{
    uint32_t cursor = view_cursor_leaf(view);
    size_t count = 0;
    for (uint32_t i = 0; i < view->tree.leaf_count; i++) {
        if (!view->tree.leaves[i].marked)
            continue;
        buf_puts(out, count ? "\n" : "");
        /* Of several values one wants to know whose they are. */
        if (!path)
            buf_printf(out, "%s\t", leaf_field(view, i)->path);
        put_one(out, view, i, path);
        count++;
    }
    if (count)
        return count;
    if (cursor != LEAF_NONE) {
        put_one(out, view, cursor, path);
    } else if (path && view->row_count) {
        uint32_t at = view->rows[view->cursor].at;
        /* Targets, mappings and groups have no path. */
        if (view->tree.headings[at].kind >= HEADING_ARRAY)
            tree_put_id(out, &view->tree,
                        view->targets[view_target_at_cursor(view)].layout, at);
    }
    return 0;
}
