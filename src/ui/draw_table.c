/* SPDX-License-Identifier: MIT */
/* Draws the table of fields. Texts are formatted first, because column widths
 * depend on them. Which fields are rows is decided in view_rows.c. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "draw/numbers.h"
#include "ui/columns.h"
#include "ui/field_text.h"

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

struct table {
    const struct drawing *d;
    bool has_headings; /* there is room for them */
    struct columns columns;
    struct line lines[GRID_ROWS_MAX];
    int count;
};

/* --- which lines --------------------------------------------------------- */

static const struct field *field_at(const struct drawing *d, size_t row)
{
    return &d->layout->fields[d->view->rows[row]];
}

static const char *title_at(const struct drawing *d, size_t row)
{
    uint32_t group = field_at(d, row)->group;
    return group < d->layout->group_count ? d->layout->groups[group].title
                                          : NULL;
}

static bool same_title(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool begins_mapping(const struct drawing *d, size_t row, bool first)
{
    return d->layout->mapping_count > 1 &&
           (first ||
            field_at(d, row)->mapping != field_at(d, row - 1)->mapping);
}

/* Whether there is a heading above `row`: its mapping, a title, or the blank
 * line that ends a titled group. The first row on the screen repeats the title
 * of its group. */
static bool has_heading(const struct table *t, size_t row, bool first)
{
    const struct drawing *d = t->d;
    if (!t->has_headings)
        return false;
    return begins_mapping(d, row, first) ||
           !same_title(title_at(d, row), first ? NULL : title_at(d, row - 1));
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
    struct buf *text = d->canvas.text;
    const char *title = title_at(d, row);
    if (begins_mapping(d, row, first)) {
        put_mapping(text, d, field_at(d, row)->mapping);
        buf_puts(text, title ? "  " : "");
    }
    draw_put_clean(text, title);
}

/* How many lines the rows from `top` to `last` take, with headings. */
static int count_lines(const struct table *t, size_t top, size_t last)
{
    int count = 0;
    for (size_t row = top; row <= last; row++)
        count += 1 + has_heading(t, row, row == top);
    return count;
}

static void scroll_to_cursor(const struct table *t, int lines)
{
    const struct view *view = t->d->view;
    struct view_fit *fit = t->d->fit;
    CHECK(lines > 0 && view->cursor < view->row_count);
    size_t room = (size_t)lines;
    if (view->cursor < fit->top)
        fit->top = view->cursor;
    if (view->cursor - fit->top >= room)
        fit->top = view->cursor - room + 1;
    /* When rows have gone, fill the end of the screen. */
    while (fit->top > 0 && fit->top - 1 + room >= view->row_count &&
           count_lines(t, fit->top - 1, view->row_count - 1) <= lines)
        fit->top--;
    while (fit->top < view->cursor &&
           count_lines(t, fit->top, view->cursor) > lines)
        fit->top++;
}

/* What was appended to fit->text since `*at`, which moves to its end. */
static struct text_range range_from(const struct drawing *d, size_t *at)
{
    struct text_range range = {*at, d->canvas.text->len - *at};
    *at = d->canvas.text->len;
    return range;
}

static void fill_field(const struct drawing *d, struct line *line, size_t row)
{
    struct buf *text = d->canvas.text;
    size_t at = text->len;
    *line = (struct line){true, row, d->view->rows[row], {0}, {0}, {0}};
    draw_put_label(text, d, line->field);
    line->label = range_from(d, &at);
    draw_put_value(text, d, line->field, true);
    line->value = range_from(d, &at);
    draw_put_clean(text, d->layout->fields[line->field].attr->unit);
    line->unit = range_from(d, &at);
}

/* Makes up to `room` lines from row fit->top on. */
static void make_lines(struct table *t, int room)
{
    CHECK(room <= GRID_ROWS_MAX);
    const struct drawing *d = t->d;
    struct view_fit *fit = d->fit;
    buf_clear(&fit->text);
    fit->page = 0;
    t->count = 0;
    for (size_t row = fit->top; row < d->view->row_count; row++) {
        bool first = row == fit->top;
        if (t->count < room && has_heading(t, row, first)) {
            size_t at = fit->text.len;
            put_heading(d, row, first);
            t->lines[t->count++] = (struct line){.label = range_from(d, &at)};
        }
        if (t->count == room)
            return;
        fill_field(d, &t->lines[t->count++], row);
        fit->page++;
    }
}

/* --- how wide ------------------------------------------------------------ */

static int range_columns(const struct drawing *d, struct text_range range)
{
    if (!range.len)
        return 0;
    size_t columns = text_columns(d->canvas.text->data + range.at, range.len);
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

static void measure(const struct table *t)
{
    const struct drawing *d = t->d;
    struct view_fit *fit = d->fit;
    int total = d->canvas.grid->columns;
    if (fit->columns != total) {
        fit->columns = total;
        fit->name_width = 8;
        fit->value_width = total < 40 ? 8 : 12;
        fit->unit_width = 4;
    }
    int text_most = total / 3 > TEXT_VALUE_LEAST ? total / 3 : TEXT_VALUE_LEAST;
    for (const struct line *line = t->lines; line < t->lines + t->count;
         line++) {
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

static const struct {
    const char *title;
    enum align align;
} headers[COLUMN_COUNT] = {
    [COLUMN_FIELD] = {"Field", ALIGN_LEFT},
    [COLUMN_VALUE] = {"Value", ALIGN_RIGHT},
    [COLUMN_UNIT] = {"Unit", ALIGN_LEFT},
    [COLUMN_RATE] = {"Rate/s", ALIGN_RIGHT},
    [COLUMN_TREND] = {"Trend", ALIGN_LEFT},
    [COLUMN_AGE] = {"Age", ALIGN_RIGHT},
    [COLUMN_MIN] = {"Min", ALIGN_RIGHT},
    [COLUMN_MAX] = {"Max", ALIGN_RIGHT},
};

static void draw_cell(const struct table *t, int row, enum column column,
                      const char *text, size_t len, uint32_t style)
{
    draw_text(&t->d->canvas, row, t->columns.of[column].at,
              t->columns.of[column].width, headers[column].align, text, len,
              style);
}

static void draw_range(const struct table *t, int row, enum column column,
                       struct text_range range, uint32_t style)
{
    if (range.len)
        draw_cell(t, row, column, t->d->canvas.text->data + range.at, range.len,
                  style);
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
    if (view->highlight == HIGHLIGHT_LAST)
        changed = (trend->flags & TREND_CHANGED) ||
                  (view->shown_ns && trend->changed_ns > view->shown_ns);
    else if (view->highlight == HIGHLIGHT_BASELINE)
        changed = trend->flags & TREND_MOVED;
    return draw_alarm_style(trend->alarm) |
           (changed ? STYLE_CHANGED : STYLE_PLAIN);
}

static void draw_value(const struct table *t, int row, const struct line *line)
{
    const struct drawing *d = t->d;
    int at = t->columns.of[COLUMN_VALUE].at;
    int width = t->columns.of[COLUMN_VALUE].width;
    uint32_t style = value_style(d, line->field);
    struct text_range value = line->value;
    if (range_columns(d, value) > width) {
        /* Digits before the blanks between them. */
        size_t from = d->canvas.text->len;
        draw_put_value(d->canvas.text, d, line->field, false);
        value = range_from(d, &from);
    }
    if (range_columns(d, value) <= width) {
        draw_range(t, row, COLUMN_VALUE, value, style);
        return;
    }
    /* Still too long: cut the end, and mark it. */
    const char *bytes = d->canvas.text->data + value.at;
    const char *ellipsis = draw_ellipsis(&d->canvas);
    int mark = (int)text_columns(ellipsis, strlen(ellipsis));
    if (mark >= width)
        mark = 0;
    size_t fit = text_fit(bytes, value.len, (size_t)(width - mark));
    int used =
        grid_put(d->canvas.grid, row, at, width - mark, bytes, fit, style);
    draw_word(&d->canvas, row, at + used, mark, ellipsis, style);
}

/* The columns about changes of the value. */
static void draw_changes(const struct table *t, int row, uint32_t index)
{
    const struct drawing *d = t->d;
    const struct trend *trend = &d->sample->trends[index];
    const struct field *field = &d->layout->fields[index];
    struct buf *text = d->canvas.text;
    size_t at = text->len;
    draw_put_rate(text, trend_rate(trend));
    draw_range(t, row, COLUMN_RATE, range_from(d, &at), STYLE_PLAIN);
    draw_put_age(text, d->sample->mono_ns - trend->changed_ns);
    draw_range(t, row, COLUMN_AGE, range_from(d, &at), STYLE_PLAIN);
    draw_put_number(text, field, trend->min);
    draw_range(t, row, COLUMN_MIN, range_from(d, &at), STYLE_PLAIN);
    draw_put_number(text, field, trend->max);
    draw_range(t, row, COLUMN_MAX, range_from(d, &at), STYLE_PLAIN);
    draw_trend(d, row, t->columns.of[COLUMN_TREND].at,
               t->columns.of[COLUMN_TREND].width, index);
}

/* The marks of a value. An alarm takes the column next to the label, and then
 * there may be none for the others. */
static void draw_marks(const struct table *t, int row,
                       const struct trend *trend)
{
    struct grid *grid = t->d->canvas.grid;
    int at = t->columns.prefix == COLUMNS_PREFIX ? 1 : 2;
    uint32_t alarm = STYLE_BOLD | draw_alarm_style(trend->alarm);
    if (trend->alarm != ALARM_NONE)
        grid_put_code(grid, row, at--, '!', alarm);
    if (at < 1)
        return;
    if (trend->flags & TREND_TORN)
        grid_put_code(grid, row, at, '~', STYLE_BOLD | STYLE_WARN);
    else if (trend->flags & (TREND_HELD | TREND_MISPLACED))
        grid_put_code(grid, row, at, '?', STYLE_BOLD | STYLE_WARN);
    else if (trend->alarm == ALARM_CRIT)
        grid_put_code(grid, row, at, '!', alarm);
    else if (trend->flags & TREND_RESTING)
        grid_put_code(grid, row, at, '-', STYLE_BOLD | STYLE_WARN);
}

static void draw_field(const struct table *t, int row, const struct line *line)
{
    const struct drawing *d = t->d;
    bool cursor = line->row == d->view->cursor;
    if (t->columns.prefix && cursor)
        grid_put_code(d->canvas.grid, row, 0, d->canvas.ascii ? '>' : 0x25b8,
                      STYLE_BOLD | STYLE_HEADING);
    if (t->columns.prefix && d->sample->number)
        draw_marks(t, row, &d->sample->trends[line->field]);
    draw_range(t, row, COLUMN_FIELD, line->label,
               cursor ? STYLE_BOLD : STYLE_PLAIN);
    draw_range(t, row, COLUMN_UNIT, line->unit, STYLE_PLAIN);
    draw_value(t, row, line);
    if (d->sample->number && d->sample->values[line->field].type != VALUE_NONE)
        draw_changes(t, row, line->field);
    if (cursor && !t->columns.prefix)
        grid_style(d->canvas.grid, row, 0, d->canvas.grid->columns,
                   STYLE_REVERSE);
}

static void draw_lines(struct table *t, struct area area, bool titles)
{
    const struct drawing *d = t->d;
    const struct view_fit *fit = d->fit;
    scroll_to_cursor(t, area.rows);
    make_lines(t, area.rows);
    measure(t);
    columns_fit(&t->columns, d->canvas.grid->columns,
                d->sample->alarm_count > 0, fit->name_width, fit->value_width,
                fit->unit_width);
    for (enum column i = 0; titles && i < COLUMN_COUNT; i++)
        draw_cell(t, area.row - 1, i, headers[i].title,
                  strlen(headers[i].title), STYLE_DIM);
    for (int i = 0; i < t->count; i++) {
        const struct line *line = &t->lines[i];
        if (line->is_field)
            draw_field(t, area.row + i, line);
        else if (line->label.len)
            draw_text(&d->canvas, area.row + i, 0, d->canvas.grid->columns,
                      ALIGN_LEFT, fit->text.data + line->label.at,
                      line->label.len, STYLE_BOLD | STYLE_HEADING);
    }
}

static void draw_empty(const struct drawing *d, int row)
{
    const struct view *view = d->view;
    struct buf *text = d->canvas.text;
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
    draw_text(&d->canvas, row, 0, d->canvas.grid->columns, ALIGN_LEFT,
              text->data, text->len, STYLE_PLAIN);
}

void draw_table(const struct drawing *d, struct area area)
{
    bool titles = d->canvas.grid->rows >= 5;
    area.row += titles;
    area.rows -= titles;
    d->fit->page = 1;
    if (area.rows <= 0)
        return;
    if (!d->view->row_count) {
        draw_empty(d, area.row);
        return;
    }
    struct table table;
    table.d = d;
    table.has_headings = area.rows >= 4 && d->view->sort == SORT_LAYOUT;
    draw_lines(&table, area, titles);
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
