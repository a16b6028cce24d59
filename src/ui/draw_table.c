/* SPDX-License-Identifier: MIT */
/* Draws the table of fields. Texts are formatted first, because column widths
 * depend on them. Which fields are rows is decided in view_rows.c. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "ui/columns.h"
#include "ui/draw_numbers.h"
#include "ui/draw_text.h"

#define TEXT_VALUE_LEAST 20 /* columns that texts may take on any screen */
#define WIDTH_STEP 4        /* widths grow in steps, so they grow rarely */

struct text_range {
    size_t at, len; /* in fit->text */
};

/* A line of the table: a field, or a heading, which only has a label. */
struct line {
    bool is_field;
    size_t row; /* index into view->rows */
    uint32_t field;
    struct text_range label, value, unit;
};

/* --- which lines --------------------------------------------------------- */

static const char *title_at(const struct drawing *d, size_t row)
{
    const struct view *view = d->view;
    if (view->sort != SORT_LAYOUT || row >= view->row_count)
        return NULL;
    uint32_t group = d->layout->fields[view->rows[row]].group;
    return group < d->layout->group_count ? d->layout->groups[group].title
                                          : NULL;
}

static bool same_title(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* The mapping of a row if rows are grouped by mapping, else 0. */
static uint16_t mapping_at(const struct drawing *d, size_t row)
{
    return d->view->sort == SORT_LAYOUT
               ? d->layout->fields[d->view->rows[row]].mapping
               : 0;
}

/* Whether rows have headings of their mappings. */
static bool by_mapping(const struct drawing *d)
{
    return d->layout->mapping_count > 1 && d->view->sort == SORT_LAYOUT;
}

/* Whether there is a heading above `row`: its mapping, a title, or the blank
 * line that ends a titled group. The first row on the screen repeats the title
 * of its group. */
static bool has_heading(const struct drawing *d, size_t row, bool first)
{
    const char *title = title_at(d, row);
    if (first)
        return title || by_mapping(d);
    return !same_title(title, title_at(d, row - 1)) ||
           mapping_at(d, row) != mapping_at(d, row - 1);
}

/* "scoring  map:Local\\scoring  64 KiB  LIVE gen 2: note" */
static void put_mapping(struct buf *out, const struct drawing *d,
                        uint16_t mapping)
{
    const struct frame *frame = &d->sample->frames[mapping];
    const char *label = d->layout->mappings[mapping].label;
    draw_put_clean(out, label ? label : layout_mapping_id(d->layout, mapping));
    buf_puts(out, "  ");
    draw_put_clean(out, sampler_target(d->sampler, mapping));
    if (frame->size) {
        buf_puts(out, "  ");
        draw_put_size(out, frame->size);
    }
    buf_printf(out, "  %s", state_name(frame->state));
    if (frame->generation)
        buf_printf(out, " gen %u", (unsigned)frame->generation);
    if (frame->note && frame->note[0]) {
        buf_puts(out, "  ");
        draw_put_clean(out, frame->note);
    }
}

static void put_heading(const struct drawing *d, size_t row, bool first)
{
    struct buf *text = &d->fit->text;
    const char *title = title_at(d, row);
    if (by_mapping(d) &&
        (first || mapping_at(d, row) != mapping_at(d, row - 1))) {
        put_mapping(text, d, mapping_at(d, row));
        buf_puts(text, title ? "  " : "");
    }
    draw_put_clean(text, title);
}

/* How many lines the rows from `top` to `last` take, with headings. */
static int count_lines(const struct drawing *d, size_t top, size_t last,
                       bool headings)
{
    int count = 0;
    for (size_t row = top; row <= last; row++)
        count += 1 + (headings && has_heading(d, row, row == top));
    return count;
}

static void scroll_to_cursor(const struct drawing *d, int lines, bool headings)
{
    const struct view *view = d->view;
    struct view_fit *fit = d->fit;
    CHECK(lines > 0 && view->cursor < view->row_count);
    size_t room = (size_t)lines;
    if (view->cursor < fit->top)
        fit->top = view->cursor;
    if (view->cursor - fit->top >= room)
        fit->top = view->cursor - room + 1;
    /* When rows have gone, fill the end of the screen. */
    while (fit->top > 0 && fit->top - 1 + room >= view->row_count &&
           count_lines(d, fit->top - 1, view->row_count - 1, headings) <= lines)
        fit->top--;
    while (fit->top < view->cursor &&
           count_lines(d, fit->top, view->cursor, headings) > lines)
        fit->top++;
}

static struct text_range range_from(const struct buf *text, size_t at)
{
    return (struct text_range){at, text->len - at};
}

static void fill_field(const struct drawing *d, struct line *line, size_t row)
{
    struct buf *text = &d->fit->text;
    line->is_field = true;
    line->row = row;
    line->field = d->view->rows[row];
    size_t at = text->len;
    draw_put_label(text, d, line->field);
    line->label = range_from(text, at);
    at = text->len;
    draw_put_value(text, d, line->field, true);
    line->value = range_from(text, at);
    at = text->len;
    draw_put_clean(text, d->layout->fields[line->field].attr->unit);
    line->unit = range_from(text, at);
}

/* Fills `lines`, of which `room` fit on the screen, from row fit->top on. */
static int make_lines(const struct drawing *d, struct line *lines, int room,
                      bool headings)
{
    const struct view *view = d->view;
    struct view_fit *fit = d->fit;
    int count = 0;
    buf_clear(&fit->text);
    fit->page = 0;
    for (size_t row = fit->top; row < view->row_count && count < room; row++) {
        if (headings && has_heading(d, row, row == fit->top)) {
            size_t at = fit->text.len;
            put_heading(d, row, row == fit->top);
            lines[count++] = (struct line){.label = range_from(&fit->text, at)};
            if (count == room)
                break;
        }
        fill_field(d, &lines[count++], row);
        fit->page++;
    }
    return count;
}

/* --- how wide ------------------------------------------------------------ */

static int range_columns(const struct drawing *d, struct text_range range)
{
    if (!range.len)
        return 0;
    size_t columns = text_columns(d->fit->text.data + range.at, range.len);
    return columns < GRID_COLUMNS_MAX ? (int)columns : GRID_COLUMNS_MAX;
}

static bool is_number(const struct field *field)
{
    return field->kind == KIND_INT || field->kind == KIND_UINT ||
           field->kind == KIND_FLOAT || field->kind == KIND_BOOL ||
           field->kind == KIND_COMPUTED;
}

static void grow(int *width, int wish)
{
    if (wish > *width)
        *width = (wish + WIDTH_STEP - 1) / WIDTH_STEP * WIDTH_STEP;
}

static void measure(const struct drawing *d, const struct line *lines,
                    int count)
{
    struct view_fit *fit = d->fit;
    int total = d->grid->columns;
    if (fit->columns != total) {
        fit->columns = total;
        fit->name_width = 8;
        fit->value_width = total < 40 ? 8 : 12;
        fit->unit_width = 4;
    }
    int text_most = total / 3 > TEXT_VALUE_LEAST ? total / 3 : TEXT_VALUE_LEAST;
    for (int i = 0; i < count; i++) {
        const struct line *line = &lines[i];
        if (!line->is_field)
            continue;
        int value = range_columns(d, line->value);
        if (value > text_most && !is_number(&d->layout->fields[line->field]))
            value = text_most;
        int unit = range_columns(d, line->unit);
        grow(&fit->name_width, range_columns(d, line->label));
        grow(&fit->value_width, value);
        grow(&fit->unit_width, unit < 12 ? unit : 12);
    }
}

/* --- drawing ------------------------------------------------------------- */

static void draw_titles(const struct drawing *d, const struct columns *columns,
                        int row)
{
    static const char *const titles[] = {
        [COLUMN_FIELD] = "Field", [COLUMN_VALUE] = "Value",
        [COLUMN_UNIT] = "Unit",   [COLUMN_RATE] = "Rate/s",
        [COLUMN_TREND] = "Trend", [COLUMN_AGE] = "Age",
        [COLUMN_MIN] = "Min",     [COLUMN_MAX] = "Max",
    };
    static const bool right[COLUMN_COUNT] = {
        [COLUMN_VALUE] = true, [COLUMN_RATE] = true, [COLUMN_AGE] = true,
        [COLUMN_MIN] = true,   [COLUMN_MAX] = true,
    };
    for (int i = 0; i < COLUMN_COUNT; i++)
        draw_text(d, row, columns->of[i].at, columns->of[i].width,
                  right[i] ? ALIGN_RIGHT : ALIGN_LEFT, titles[i],
                  strlen(titles[i]), STYLE_DIM);
}

static uint32_t value_style(const struct drawing *d, uint32_t field)
{
    const struct view *view = d->view;
    if (d->sample->number == 0)
        return STYLE_PLAIN;
    const struct trend *trend = &d->sample->trends[field];
    if (trend->flags & TREND_HELD)
        return STYLE_DIM;
    bool changed = false;
    uint32_t alarm = draw_alarm_style(trend->alarm);
    if (view->highlight == HIGHLIGHT_LAST)
        changed = (trend->flags & TREND_CHANGED) ||
                  (view->shown_ns && trend->changed_ns > view->shown_ns);
    else if (view->highlight == HIGHLIGHT_BASELINE)
        changed = trend->flags & TREND_MOVED;
    return alarm | (changed ? STYLE_BOLD | STYLE_UNDERLINE : STYLE_PLAIN);
}

static void draw_value(const struct drawing *d, const struct columns *columns,
                       int row, const struct line *line)
{
    int at = columns->of[COLUMN_VALUE].at;
    int width = columns->of[COLUMN_VALUE].width;
    uint32_t style = value_style(d, line->field);
    struct buf *text = &d->fit->text;
    struct text_range value = line->value;
    if (range_columns(d, value) > width) {
        /* Digits before the blanks between them. */
        value.at = text->len;
        draw_put_value(text, d, line->field, false);
        value = range_from(text, value.at);
    }
    if (!value.len)
        return;
    const char *bytes = text->data + value.at;
    if (range_columns(d, value) <= width) {
        draw_text(d, row, at, width, ALIGN_RIGHT, bytes, value.len, style);
        return;
    }
    /* Still too long: cut the end, and mark it. */
    const char *ellipsis = draw_ellipsis(d);
    int mark = (int)text_columns(ellipsis, strlen(ellipsis));
    if (mark >= width)
        mark = 0;
    size_t fit = text_fit(bytes, value.len, (size_t)(width - mark));
    int used = grid_put(d->grid, row, at, width - mark, bytes, fit, style);
    if (mark)
        draw_word(d, row, at + used, mark, ellipsis, style);
}

static void draw_cell(const struct drawing *d, const struct columns *columns,
                      enum column column, int row, size_t text_at)
{
    const struct buf *text = &d->fit->text;
    if (text->len > text_at)
        draw_text(d, row, columns->of[column].at, columns->of[column].width,
                  ALIGN_RIGHT, text->data + text_at, text->len - text_at,
                  STYLE_PLAIN);
}

/* The columns about changes of the value. */
static void draw_changes(const struct drawing *d, const struct columns *columns,
                         int row, const struct line *line)
{
    const struct trend *trend = &d->sample->trends[line->field];
    const struct field *field = &d->layout->fields[line->field];
    struct buf *text = &d->fit->text;
    size_t at = text->len;
    draw_put_rate(text, trend->rate);
    draw_cell(d, columns, COLUMN_RATE, row, at);
    at = text->len;
    draw_put_age(text, d->sample->mono_ns - trend->changed_ns);
    draw_cell(d, columns, COLUMN_AGE, row, at);
    at = text->len;
    draw_put_number(text, field, trend->min);
    draw_cell(d, columns, COLUMN_MIN, row, at);
    at = text->len;
    draw_put_number(text, field, trend->max);
    draw_cell(d, columns, COLUMN_MAX, row, at);
    draw_trend(d, row, columns->of[COLUMN_TREND].at,
               columns->of[COLUMN_TREND].width, line->field);
}

/* The marks of a value. With one column for them an alarm hides the others. */
static void draw_marks(const struct drawing *d, const struct columns *columns,
                       int row, const struct trend *trend)
{
    int at = columns->prefix == COLUMNS_PREFIX ? 1 : 2;
    uint32_t alarm = STYLE_BOLD | draw_alarm_style(trend->alarm);
    bool held = trend->flags & (TREND_HELD | TREND_MISPLACED);
    if (trend->alarm != ALARM_NONE)
        grid_put_code(d->grid, row, at--, '!', alarm);
    if (at < 1)
        return;
    if (trend->flags & TREND_TORN)
        grid_put_code(d->grid, row, at, '~', STYLE_BOLD | STYLE_WARN);
    else if (held)
        grid_put_code(d->grid, row, at, '?', STYLE_BOLD | STYLE_WARN);
    else if (trend->alarm == ALARM_CRIT)
        grid_put_code(d->grid, row, at, '!', alarm);
    else if (trend->flags & TREND_RESTING)
        grid_put_code(d->grid, row, at, '-', STYLE_BOLD | STYLE_WARN);
}

static void draw_prefix(const struct drawing *d, const struct columns *columns,
                        int row, const struct line *line)
{
    if (!columns->prefix)
        return;
    if (line->row == d->view->cursor)
        grid_put_code(d->grid, row, 0, d->view->ascii ? '>' : 0x25b8,
                      STYLE_BOLD | STYLE_ACCENT);
    if (d->sample->number)
        draw_marks(d, columns, row, &d->sample->trends[line->field]);
}

static void draw_field(const struct drawing *d, const struct columns *columns,
                       int row, const struct line *line)
{
    bool cursor = line->row == d->view->cursor;
    draw_prefix(d, columns, row, line);
    const char *text = d->fit->text.data;
    draw_text(d, row, columns->of[COLUMN_FIELD].at,
              columns->of[COLUMN_FIELD].width, ALIGN_LEFT,
              text + line->label.at, line->label.len,
              cursor ? STYLE_BOLD : STYLE_PLAIN);
    draw_text(d, row, columns->of[COLUMN_UNIT].at,
              columns->of[COLUMN_UNIT].width, ALIGN_LEFT, text + line->unit.at,
              line->unit.len, STYLE_PLAIN);
    draw_value(d, columns, row, line);
    if (d->sample->number && d->sample->values[line->field].type != VALUE_NONE)
        draw_changes(d, columns, row, line);
    if (cursor && !columns->prefix)
        grid_style(d->grid, row, 0, d->grid->columns, STYLE_REVERSE);
}

static void draw_empty(const struct drawing *d, struct area table)
{
    const struct view *view = d->view;
    struct buf *text = &d->fit->text;
    buf_clear(text);
    const char *filter =
        view->prompt == PROMPT_FILTER ? view->input : view->filter;
    if (*filter) {
        buf_puts(text, "no field matches ");
        draw_put_clean(text, filter);
    } else if (view->hidden_count) {
        buf_puts(text, d->sample->state == STATE_LIVE
                           ? "no element is there now"
                           : "elements are shown when they are there");
    } else {
        buf_puts(text, "no field to show at this level: v shows more");
    }
    draw_text(d, table.row, 0, d->grid->columns, ALIGN_LEFT, text->data,
              text->len, STYLE_PLAIN);
}

void draw_table(const struct drawing *d, struct area table)
{
    struct line lines[GRID_ROWS_MAX];
    struct columns columns;
    const struct view *view = d->view;
    struct view_fit *fit = d->fit;
    int titles_row = table.row;
    bool titles = d->grid->rows >= 5;
    if (titles) {
        table.row++;
        table.rows--;
    }
    bool headings = table.rows >= 4;
    fit->page = 1;
    if (table.rows <= 0)
        return;
    if (!view->row_count) {
        draw_empty(d, table);
        return;
    }
    scroll_to_cursor(d, table.rows, headings);
    int count = make_lines(d, lines, table.rows, headings);
    measure(d, lines, count);
    columns_fit(&columns, d->grid->columns, d->sample->alarm_count > 0,
                fit->name_width, fit->value_width, fit->unit_width);
    if (titles)
        draw_titles(d, &columns, titles_row);
    for (int i = 0; i < count; i++) {
        const struct line *line = &lines[i];
        if (line->is_field)
            draw_field(d, &columns, table.row + i, line);
        else if (line->label.len)
            draw_text(d, table.row + i, 0, d->grid->columns, ALIGN_LEFT,
                      fit->text.data + line->label.at, line->label.len,
                      STYLE_BOLD | STYLE_ACCENT);
    }
}

void draw_table_position(struct buf *out, const struct drawing *d)
{
    static const char *const orders[] = {
        [SORT_NAME] = "by name",
        [SORT_RECENT] = "latest first",
        [SORT_RATE] = "by rate",
        [SORT_ALARM] = "alarms first",
    };
    const struct view *view = d->view;
    size_t last = d->fit->top + d->fit->page;
    if (last > view->row_count)
        last = view->row_count;
    buf_printf(out, "%zu-%zu/%zu", view->row_count ? d->fit->top + 1 : 0, last,
               view->row_count);
    if (*view->filter) {
        buf_puts(out, "  \\");
        draw_put_clean(out, view->filter);
    }
    if (view->sort != SORT_LAYOUT)
        buf_printf(out, "  %s", orders[view->sort]);
    if (view->level != LEVEL_INFO)
        buf_printf(out, "  +%s", view->level == LEVEL_DIAG ? "diag" : "debug");
}
