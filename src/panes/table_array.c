/* SPDX-License-Identifier: MIT */
/* Draws an array of structs as a table: an element a row, a member a column.
 * Widths are those of the elements on the screen; they do not shrink while the
 * same rows are shown. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "panes/field_text.h"
#include "panes/table.h"
#include "view/row_text.h"
#include "view/rows.h"

#define GAP 2
#define CELL_MOST 24 /* more only if there is room */
#define CELL_WIDEST 80
#define TREND_CELLS_LEAST 10
#define TREND_CELLS_MOST 40

/* The array of a line of its table. */
static uint32_t array_of(const struct drawing *d, const struct line *line)
{
    return line->kind == ROW_TITLES ? line->at
                                    : d->view->tree.headings[line->at].parent;
}

static uint32_t members_of(const struct view *view, uint32_t array)
{
    const struct heading *element = &view->tree.headings[array + 1];
    return element->end - element->first;
}

static bool is_right(const struct view *view, uint32_t array, uint32_t member)
{
    uint32_t leaf = view->tree.headings[array + 1].first + member;
    const struct field *field = leaf_field(view, leaf);
    return field->kind <= KIND_FLOAT && !field->attr->labels;
}

/* "Temp °C" */
static void put_title(struct buf *out, const struct drawing *d, uint32_t array,
                      uint32_t member)
{
    const struct view *view = d->view;
    const struct heading *element = &view->tree.headings[array + 1];
    uint32_t leaf = element->first + member;
    struct buf *label = d->canvas.shorter;
    buf_clear(label);
    leaf_put_member_label(label, view, leaf, array + 1);
    draw_put_plain(out, &d->canvas, label->data);
    const char *unit = leaf_field(view, leaf)->attr->unit;
    if (!unit)
        return;
    buf_putc(out, ' ');
    draw_put_plain(out, &d->canvas, unit);
}

/* The width of that cell in the last drawing, or 0. */
static int width_before(const struct fit_cell *cells, size_t count,
                        uint32_t array, uint32_t member)
{
    for (size_t i = 0; i < count; i++)
        if (cells[i].array == array && cells[i].member == member)
            return cells[i].width;
    return 0;
}

static int new_columns(struct buf *text, size_t at)
{
    size_t columns =
        text->len > at ? text_columns(text->data + at, text->len - at) : 0;
    buf_truncate(text, at);
    return columns < CELL_WIDEST ? (int)columns : CELL_WIDEST;
}

/* An enum gets the columns of its longest label, so that the columns after it
 * stay where they are. */
static int label_columns(const struct drawing *d, const struct field *field)
{
    const struct label_set *set = field->attr->labels;
    struct buf *text = &d->fit->text;
    size_t at = text->len;
    int width = 0;
    for (size_t i = 0; set && !set->flags && i < set->count; i++) {
        draw_put_plain(text, &d->canvas, set->rows[i].label);
        int columns = new_columns(text, at);
        width = columns > width ? columns : width;
    }
    return width;
}

/* The columns that a member needs for its title and the values on the
 * screen. */
static int cell_width(const struct table *t, uint32_t array, uint32_t member,
                      int before)
{
    const struct drawing *d = t->d;
    struct buf *text = &d->fit->text;
    size_t at = text->len;
    put_title(text, d, array, member);
    int width = new_columns(text, at);
    uint32_t first = d->view->tree.headings[array + 1].first + member;
    int labels = label_columns(d, leaf_field(d->view, first));
    if (labels > width)
        width = labels;
    if (before > width)
        width = before;
    for (int i = 0; i < t->count; i++) {
        const struct line *line = &t->lines[i];
        if (line->kind != ROW_ELEMENT || array_of(d, line) != array)
            continue;
        uint32_t leaf = d->view->tree.headings[line->at].first + member;
        if (leaf >= d->view->tree.headings[line->at].end)
            continue;
        draw_put_value(text, d, leaf, true);
        int columns = new_columns(text, at);
        if (columns > width)
            width = columns;
    }
    return width;
}

static int index_width(uint32_t count)
{
    int width = 1;
    for (; count > 10; count = (count + 9) / 10)
        width++;
    return width;
}

/* Columns before the first member: marks, indent, the index. */
static int first_column(const struct table *t, const struct line *line)
{
    const struct view *view = t->d->view;
    const struct heading *array = &view->tree.headings[array_of(t->d, line)];
    return t->columns.prefix + 2 * (array->depth + 1) +
           index_width(tree_elements(array)) + GAP;
}

/* Places the members from `left` on; returns the first one that does not
 * fit. */
static uint32_t place_cells(const struct table *t, uint32_t array,
                            const int *widths, uint32_t left, int at)
{
    struct view_fit *fit = t->d->fit;
    uint32_t members = members_of(t->d->view, array);
    for (uint32_t i = left; i < members; i++) {
        if (!widths[i])
            continue;
        int room = t->columns.total - at;
        if (room < widths[i] && (i > left || room < 4))
            return i;
        int width = widths[i] < room ? widths[i] : room;
        *MEM_ADD(fit->cells, fit->cell_count) =
            (struct fit_cell){array, i, at, width};
        at += width + GAP;
    }
    return members;
}

/* The first member to show, so that the cursor's can be seen. */
static uint32_t left_member(const struct table *t, uint32_t array,
                            const int *widths, int at)
{
    const struct view *view = t->d->view;
    uint32_t members = members_of(view, array);
    if (view_table_of_cursor(view) != array)
        return 0;
    uint32_t wanted = view->member < members ? view->member : members - 1;
    uint32_t left = 0;
    for (;;) {
        int end = at;
        for (uint32_t i = left; i <= wanted; i++)
            end += widths[i] ? widths[i] + GAP : 0;
        if (end - GAP <= t->columns.total || left >= wanted)
            return left;
        left++;
    }
}

/* Cuts wide cells to CELL_MOST columns and what they get of `room`. */
static void share_room(int *widths, uint32_t members, int room)
{
    for (uint32_t i = 0; i < members; i++) {
        int more = widths[i] - CELL_MOST;
        if (more <= 0)
            continue;
        more = more < room ? more : room;
        widths[i] = CELL_MOST + (more > 0 ? more : 0);
        room -= more > 0 ? more : 0;
    }
}

static void measure_table(struct table *t, const struct line *line,
                          const struct fit_cell *before, size_t before_count)
{
    const struct view *view = t->d->view;
    uint32_t array = array_of(t->d, line);
    uint32_t members = members_of(view, array);
    int *widths = mem_zalloc(members, sizeof *widths);
    int at = first_column(t, line);
    int end = at;
    /* Those that are left of the screen count, too. */
    for (uint32_t i = 0; i < members; i++) {
        if (member_is_column(view, array, i))
            widths[i] = cell_width(
                t, array, i, width_before(before, before_count, array, i));
        if (widths[i])
            end += (widths[i] < CELL_MOST ? widths[i] : CELL_MOST) + GAP;
    }
    share_room(widths, members, t->columns.total - (end - GAP));
    place_cells(t, array, widths, left_member(t, array, widths, at), at);
    free(widths);
}

void array_measure(struct table *t)
{
    struct view_fit *fit = t->d->fit;
    /* Other rows or another width: begin again. */
    size_t before_count = fit->cell_serial == t->d->view->serial &&
                                  fit->cell_total == t->columns.total
                              ? fit->cell_count
                              : 0;
    struct fit_cell *before = fit->cells;
    uint32_t done = HEADING_NONE;
    fit->cells = NULL;
    fit->cell_count = 0;
    fit->cell_serial = t->d->view->serial;
    fit->cell_total = t->columns.total;
    for (int i = 0; i < t->count; i++) {
        const struct line *line = &t->lines[i];
        struct fit_line *shown = &fit->lines[t->area.row + i];
        if (line->kind != ROW_TITLES && line->kind != ROW_ELEMENT)
            continue;
        if (array_of(t->d, line) != done) {
            done = array_of(t->d, line);
            shown->cells = (int)fit->cell_count;
            measure_table(t, line, before, before_count);
            shown->cells_end = (int)fit->cell_count;
        } else {
            shown->cells = shown[-1].cells;
            shown->cells_end = shown[-1].cells_end;
        }
    }
    free(before);
}

/* The room after the last member, and the member whose trend is drawn there:
 * the cursor's if it is a number, else the first one. */
static uint32_t trend_member(const struct table *t, int row, uint32_t array,
                             int *at)
{
    const struct drawing *d = t->d;
    const struct fit_line *shown = &d->fit->lines[row];
    const struct view *view = d->view;
    if (shown->cells == shown->cells_end)
        return LEAF_NONE;
    const struct fit_cell *last = &d->fit->cells[shown->cells_end - 1];
    if (last->member + 1 < members_of(view, array))
        return LEAF_NONE;
    *at = last->at + last->width + GAP;
    if (t->columns.total - *at < TREND_CELLS_LEAST)
        return LEAF_NONE;
    if (view_table_of_cursor(view) == array &&
        is_right(view, array, view->member))
        return view->member;
    return summary_number(view, array);
}

static void draw_index(const struct table *t, int row, const struct line *line,
                       const char *text, uint32_t style)
{
    int end = first_column(t, line) - GAP;
    int width = index_width(
        tree_elements(&t->d->view->tree.headings[array_of(t->d, line)]));
    draw_text(&t->d->canvas, row, t->area.column + end - width, width,
              ALIGN_RIGHT, text, strlen(text), style);
}

/* "<" and ">" where columns are left and right of the screen. */
static void draw_more(const struct table *t, int row, uint32_t array,
                      const struct fit_line *shown)
{
    const struct drawing *d = t->d;
    if (shown->cells == shown->cells_end)
        return;
    const struct fit_cell *cells = d->fit->cells;
    uint32_t last = cells[shown->cells_end - 1].member + 1;
    uint32_t members = members_of(d->view, array);
    while (last < members && !member_is_column(d->view, array, last))
        last++;
    uint32_t first = 0;
    while (!member_is_column(d->view, array, first))
        first++;
    if (first < cells[shown->cells].member)
        grid_put_code(d->canvas.grid, row,
                      t->area.column + cells[shown->cells].at - 1, '<',
                      STYLE_BOLD | STYLE_ACCENT);
    if (last < members)
        grid_put_code(d->canvas.grid, row,
                      t->area.column + t->columns.total - 1, '>',
                      STYLE_BOLD | STYLE_ACCENT);
}

void array_draw_titles(const struct table *t, int row, const struct line *line)
{
    const struct drawing *d = t->d;
    const struct view *view = d->view;
    const struct fit_line *shown = &d->fit->lines[row];
    const struct heading *array = &view->tree.headings[line->at];
    struct buf *text = &d->fit->text;
    size_t from = text->len;
    draw_index(t, row, line, "#", STYLE_DIM);
    for (int i = shown->cells; i < shown->cells_end; i++) {
        const struct fit_cell *cell = &d->fit->cells[i];
        bool sorted = array->sort_member == cell->member;
        put_title(text, d, line->at, cell->member);
        draw_text(&d->canvas, row, t->area.column + cell->at, cell->width,
                  is_right(view, line->at, cell->member) ? ALIGN_RIGHT
                                                         : ALIGN_LEFT,
                  text->data + from, text->len - from,
                  sorted ? STYLE_BOLD : STYLE_DIM);
        buf_truncate(text, from);
    }
    draw_more(t, row, line->at, shown);
    int at = 0;
    uint32_t member = trend_member(t, row, line->at, &at);
    if (member == LEAF_NONE)
        return;
    buf_puts(text, "Trend");
    size_t word = text->len;
    buf_puts(text, " of ");
    struct buf *label = d->canvas.shorter;
    buf_clear(label);
    leaf_put_member_label(label, view, array[1].first + member, line->at + 1);
    draw_put_plain(text, &d->canvas, label->data);
    if (text_columns(text->data + from, text->len - from) >
        (size_t)(t->columns.total - at))
        buf_truncate(text, word);
    draw_text(&d->canvas, row, t->area.column + at, t->columns.total - at,
              ALIGN_LEFT, text->data + from, text->len - from, STYLE_DIM);
    buf_truncate(text, from);
}

void array_draw_element(const struct table *t, int row, const struct line *line)
{
    const struct drawing *d = t->d;
    const struct view *view = d->view;
    const struct fit_line *shown = &d->fit->lines[row];
    const struct heading *element = &view->tree.headings[line->at];
    uint32_t array = element->parent;
    struct buf *text = &d->fit->text;
    size_t from = text->len;
    char index[16];
    snprintf(index, sizeof index, "%u", (unsigned)element->element);
    draw_index(t, row, line, index, STYLE_DIM);
    for (int i = shown->cells; i < shown->cells_end; i++) {
        const struct fit_cell *cell = &d->fit->cells[i];
        uint32_t leaf = element->first + cell->member;
        if (leaf >= element->end || !leaf_shown(view, leaf))
            continue;
        draw_put_value(text, d, leaf, true);
        table_put_value(
            d, row, t->area.column + cell->at, cell->width,
            is_right(view, array, cell->member) ? ALIGN_RIGHT : ALIGN_LEFT,
            text->data + from, text->len - from, table_value_style(d, leaf));
        buf_truncate(text, from);
        if (view->tree.leaves[leaf].marked)
            grid_put_code(d->canvas.grid, row, t->area.column + cell->at - 1,
                          '*', STYLE_BOLD | STYLE_ACCENT);
    }
    int at = 0;
    uint32_t member = trend_member(t, row, array, &at);
    if (member != LEAF_NONE && element->first + member < element->end)
        draw_trend(d, row, t->area.column + at,
                   t->columns.total - at < TREND_CELLS_MOST
                       ? t->columns.total - at
                       : TREND_CELLS_MOST,
                   element->first + member);
}
