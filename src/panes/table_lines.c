/* SPDX-License-Identifier: MIT */
/* Decides which lines of the table are on the screen, formats their texts, and
 * finds the widths of the columns from them. Drawing them is table.c. */
#include <string.h>

#include "base/text.h"
#include "panes/field_text.h"
#include "panes/table.h"
#include "view/row_text.h"
#include "view/rows.h"

#define CALM_NS INT64_C(10000000000) /* widths shrink after this time */
#define VALUE_LEAST 12
#define NUMBER_MOST 20 /* wider values are cut */
#define FRACTION_MOST                                                          \
    5                     /* columns for a point and decimals that are aligned \
                           */
#define NUMBER_WIDTH 10   /* of min, max and so on */
#define ROWS_MEASURED 300 /* rows whose names decide about the width */
#define STICKY_SHARE                                                           \
    3 /* headings that stay take at most a third of the rows                   \
       */

/* --- which lines --------------------------------------------------------- */

static bool line_is_field(uint32_t kind)
{
    return kind == ROW_FIELD || kind == ROW_PINNED;
}

static int depth_of(const struct view *view, struct row row)
{
    if (row.kind == ROW_PINNED || view->order != ORDER_LAYOUT)
        return 0;
    if (row.kind == ROW_TITLES)
        return view->tree.headings[row.at].depth + 1;
    if (row.kind != ROW_FIELD)
        return view->tree.headings[row.at].depth;
    uint32_t heading = tree_heading_of(&view->tree, row.at);
    return heading == HEADING_NONE ? 0 : view->tree.headings[heading].depth + 1;
}

/* The headings over the row that is the first to scroll, outermost first, and
 * the titles of its table; returns how many, at most `most`. */
static int sticky_rows(const struct view *view, size_t top, struct row *out,
                       int most)
{
    struct row stack[64];
    int count = 0;
    if (top >= view->row_count || view->order != ORDER_LAYOUT)
        return 0;
    struct row row = view->rows[top];
    uint32_t heading = line_is_field(row.kind)
                           ? tree_heading_of(&view->tree, row.at)
                           : view->tree.headings[row.at].parent;
    if (row.kind == ROW_TITLES)
        heading = row.at;
    if (row.kind == ROW_ELEMENT)
        stack[count++] = (struct row){ROW_TITLES, heading};
    for (; heading != HEADING_NONE && count < 64;
         heading = view->tree.headings[heading].parent)
        stack[count++] = (struct row){ROW_HEADING, heading};
    /* The innermost ones are the important ones. */
    int kept = count < most ? count : most;
    for (int i = 0; i < kept; i++)
        out[i] = stack[kept - 1 - i];
    return kept;
}

static int sticky_count(const struct table *t, size_t top)
{
    struct row rows[GRID_ROWS_MAX];
    int most = t->area.rows / STICKY_SHARE;
    return sticky_rows(t->d->view, top, rows, most);
}

static int pinned_count(const struct table *t)
{
    int most = t->area.rows / 2;
    size_t pinned = t->d->view->pinned;
    if (most == 0 && t->d->view->cursor < pinned)
        most = 1;
    return pinned < (size_t)most ? (int)pinned : most;
}

static void scroll_to_cursor(const struct table *t, int room)
{
    const struct view *view = t->d->view;
    struct view_fit *fit = t->d->fit;
    CHECK(room > 0 && view->cursor < view->row_count);
    if (fit->top < view->pinned)
        fit->top = view->pinned;
    size_t cursor = view->cursor < view->pinned ? fit->top : view->cursor;
    /* After a jump there is something to see above and below it. */
    size_t rows = (size_t)room;
    if (cursor >= fit->top + 2 * rows || cursor + rows < fit->top)
        fit->top =
            cursor > view->pinned + rows / 3 ? cursor - rows / 3 : view->pinned;
    if (cursor < fit->top)
        fit->top = cursor;
    while (fit->top < cursor &&
           cursor - fit->top + (size_t)sticky_count(t, fit->top) >=
               (size_t)room) {
        size_t gap = cursor - fit->top;
        fit->top += gap > (size_t)room ? gap - (size_t)room : 1;
    }
    /* When rows have gone, fill the end of the screen. */
    while (fit->top > view->pinned &&
           view->row_count - (fit->top - 1) +
                   (size_t)sticky_count(t, fit->top - 1) <=
               (size_t)room)
        fit->top--;
}

struct text_range range_from(const struct drawing *d, size_t *at)
{
    struct text_range range = {*at, d->fit->text.len - *at};
    *at = d->fit->text.len;
    return range;
}

static void put_name(const struct drawing *d, struct row row)
{
    const struct view *view = d->view;
    struct buf *name = d->canvas.shorter;
    struct buf *text = &d->fit->text;
    buf_clear(name);
    if (row.kind == ROW_HEADING) {
        const struct heading *heading = &view->tree.headings[row.at];
        heading_put_title(name, view, row.at);
        draw_put_plain(text, &d->canvas, name->data);
        if (heading->kind == HEADING_ARRAY)
            buf_printf(text, " [%u]", (unsigned)tree_elements(heading));
        return;
    }
    if (row.kind == ROW_PINNED || view->order != ORDER_LAYOUT)
        leaf_put_label(name, view, row.at);
    else
        leaf_put_short_label(name, view, row.at);
    draw_put_plain(text, &d->canvas, name->data);
}

static void add_line(struct table *t, struct row row, size_t index)
{
    const struct drawing *d = t->d;
    struct buf *text = &d->fit->text;
    size_t at = text->len;
    CHECK(t->count < GRID_ROWS_MAX);
    struct line *line = &t->lines[t->count++];
    *line = (struct line){
        .kind = row.kind,
        .at = row.at,
        .row = index,
        .depth = depth_of(d->view, row),
    };
    if (row.kind == ROW_TITLES || row.kind == ROW_ELEMENT)
        return;
    put_name(d, row);
    line->label = range_from(d, &at);
    if (!line_is_field(row.kind))
        return;
    const struct field *field = leaf_field(d->view, row.at);
    draw_put_value(text, d, row.at, true);
    line->value = range_from(d, &at);
    /* "2.8 Gi" and "B" are "2.8" and "GiB" if there is a column for units. */
    if (line->value.len && field->attr->unit)
        line->prefix_len = draw_prefix_len(text->data + line->value.at,
                                           line->value.len, field);
    if (line->prefix_len > 1) {
        char prefix[8] = "";
        size_t len = line->prefix_len - 1;
        memcpy(prefix, text->data + at - len,
               len < sizeof prefix ? len : sizeof prefix - 1);
        buf_puts(text, prefix);
    }
    draw_put_plain(text, &d->canvas, field->attr->unit);
    line->unit = range_from(d, &at);
}

void table_make_lines(struct table *t)
{
    const struct view *view = t->d->view;
    struct view_fit *fit = t->d->fit;
    struct row sticky[GRID_ROWS_MAX];
    int room = t->area.rows;
    int pinned = pinned_count(t);
    buf_clear(&fit->text);
    t->count = 0;
    scroll_to_cursor(t, room > pinned ? room - pinned : 1);
    /* Of too many pinned rows those around the cursor are shown. */
    size_t first = view->cursor < view->pinned && view->cursor >= (size_t)pinned
                       ? view->cursor - (size_t)pinned + 1
                       : 0;
    for (int i = 0; i < pinned; i++)
        add_line(t, view->rows[first + (size_t)i], first + (size_t)i);
    int headings =
        sticky_rows(view, fit->top, sticky, t->area.rows / STICKY_SHARE);
    for (int i = 0; i < headings && t->count < room; i++)
        add_line(t, sticky[i], SIZE_MAX);
    fit->page = 0;
    for (size_t row = fit->top; row < view->row_count && t->count < room;
         row++) {
        add_line(t, view->rows[row], row);
        fit->page++;
    }
}

/* --- how wide ------------------------------------------------------------ */

int range_columns(const struct drawing *d, struct text_range range)
{
    if (!range.len)
        return 0;
    size_t columns = text_columns(d->fit->text.data + range.at, range.len);
    return columns < GRID_COLUMNS_MAX ? (int)columns : GRID_COLUMNS_MAX;
}

bool field_is_number(const struct field *field)
{
    return (field->kind <= KIND_BOOL || field->kind == KIND_COMPUTED) &&
           !field->attr->labels;
}

struct text_range line_value(const struct table *t, const struct line *line)
{
    struct text_range value = line->value;
    if (t->has_units)
        value.len -= line->prefix_len;
    return value;
}

int fraction_columns(const struct table *t, const struct line *line)
{
    struct text_range value = line_value(t, line);
    const char *text = t->d->fit->text.data + value.at;
    size_t at = 0;
    if (!field_is_number(leaf_field(t->d->view, line->at)))
        return 0;
    while (at < value.len && text[at] != '.')
        at++;
    size_t columns = value.len - at;
    for (size_t i = at + 1; i < value.len; i++)
        if (text[i] < '0' || text[i] > '9')
            return 0;
    return columns <= FRACTION_MOST ? (int)columns : 0;
}

/* Grows at once; shrinks when the need has been smaller for some time, or if
 * `again`, because other rows are shown. */
static void steady(struct steady_width *width, int need, int64_t now_ns,
                   bool again)
{
    if (need >= width->width || again || now_ns - width->since_ns >= CALM_NS) {
        width->width = need;
        width->since_ns = now_ns;
    }
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

struct needs {
    int name, value, unit, fraction, path;
};

/* Columns that a text may take; a longer one is cut. */
static int text_most(const struct table *t)
{
    int share = t->area.columns / 6;
    return share < VALUE_LEAST ? VALUE_LEAST : smaller(share, NUMBER_MOST);
}

static void need_line(const struct table *t, const struct line *line,
                      struct needs *needs)
{
    const struct drawing *d = t->d;
    int name = 2 * line->depth + range_columns(d, line->label);
    if (line->kind == ROW_HEADING) {
        needs->name = larger(needs->name, smaller(name + 2, 40));
        return;
    }
    if (!line_is_field(line->kind))
        return;
    const struct field *field = leaf_field(d->view, line->at);
    int value = range_columns(d, line_value(t, line));
    int fraction = fraction_columns(t, line);
    needs->name = larger(needs->name, name);
    needs->unit = larger(needs->unit, smaller(range_columns(d, line->unit), 8));
    needs->path = larger(needs->path, smaller((int)strlen(field->path), 30));
    needs->fraction = larger(needs->fraction, fraction);
    int most = field_is_number(field) ? NUMBER_MOST : text_most(t);
    needs->value = larger(needs->value, smaller(value, most));
}

/* With aligned decimal points whole numbers need the columns of the longest
 * fraction, too. */
static int aligned_need(const struct table *t, int fraction)
{
    int need = 0;
    for (int i = 0; i < t->count; i++) {
        const struct line *line = &t->lines[i];
        if (!line_is_field(line->kind) ||
            !field_is_number(leaf_field(t->d->view, line->at)))
            continue;
        int whole = range_columns(t->d, line_value(t, line)) -
                    fraction_columns(t, line);
        if (whole + fraction <= NUMBER_MOST)
            need = larger(need, whole + fraction);
    }
    return need;
}

/* Names and units of rows that are not on the screen yet, so that widths need
 * not grow when they are. */
static void need_rows(const struct table *t, struct needs *needs)
{
    const struct drawing *d = t->d;
    const struct view *view = d->view;
    struct buf *text = &d->fit->text;
    size_t at = text->len;
    size_t end =
        view->row_count < ROWS_MEASURED ? view->row_count : ROWS_MEASURED;
    for (size_t i = 0; i < end; i++) {
        struct row row = view->rows[i];
        struct line line = {.kind = row.kind, .depth = depth_of(view, row)};
        if (row.kind != ROW_FIELD && row.kind != ROW_PINNED)
            continue;
        const char *unit = leaf_field(view, row.at)->attr->unit;
        size_t from = at;
        put_name(d, row);
        line.label = range_from(d, &from);
        draw_put_plain(text, &d->canvas, unit);
        line.unit = range_from(d, &from);
        needs->name =
            larger(needs->name, 2 * line.depth + range_columns(d, line.label));
        needs->unit =
            larger(needs->unit, smaller(range_columns(d, line.unit), 8));
        buf_truncate(text, at);
    }
}

void table_find_widths(struct table *t)
{
    const struct drawing *d = t->d;
    const struct view *view = d->view;
    struct view_fit *fit = d->fit;
    int total = t->area.columns;
    bool again = fit->screen_columns != total || fit->serial != view->serial;
    struct needs needs = {.name = 8, .unit = 4, .path = 8};
    needs.value = total < 60 ? 8 : VALUE_LEAST;
    struct column_list list =
        view->columns.count ? view->columns : columns_default(total);
    t->has_units = memchr(list.items, COLUMN_UNIT, (size_t)list.count);
    if (again)
        need_rows(t, &needs);
    for (int i = 0; i < t->count; i++)
        need_line(t, &t->lines[i], &needs);
    needs.value = larger(needs.value, aligned_need(t, needs.fraction));
    if (total >= 140)
        needs.value = larger(needs.value, 16);
    int64_t now_ns = fit->draw_ns;
    steady(&fit->name, needs.name, now_ns, again);
    steady(&fit->value, needs.value, now_ns, again);
    steady(&fit->unit, needs.unit, now_ns, again);
    steady(&fit->fraction, needs.fraction, now_ns, again);
    fit->screen_columns = total;
    fit->serial = view->serial;
    const struct column_wishes wishes = {
        .name = fit->name.width,
        .value = fit->value.width,
        .unit = fit->unit.width,
        .number = NUMBER_WIDTH,
        .path = needs.path,
    };
    columns_fit(&t->columns, &list, total, &wishes);
    t->has_units = t->columns.of[COLUMN_UNIT].width > 0;
    fit->columns = t->columns;
}
