/* SPDX-License-Identifier: MIT */
/* Draws the lines of the table. Which ones there are and how wide columns are
 * is decided in table_lines.c. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "draw/numbers.h"
#include "layout/limits.h"
#include "layout/value_text.h"
#include "layout/words.h"
#include "panes/field_text.h"
#include "panes/table.h"
#include "sampler/alarm.h"
#include "sampler/rate.h"
#include "view/row_text.h"
#include "view/rows.h"

/* --- drawing ------------------------------------------------------------- */

static const struct {
    const char *title;
    enum align align;
} titles[COLUMN_COUNT] = {
    [COLUMN_NAME] = {"Field", ALIGN_LEFT},
    [COLUMN_VALUE] = {"Value", ALIGN_RIGHT},
    [COLUMN_UNIT] = {"Unit", ALIGN_LEFT},
    [COLUMN_RATE] = {"Rate 5s", ALIGN_RIGHT},
    [COLUMN_TREND] = {"Range or trend", ALIGN_LEFT},
    [COLUMN_AGE] = {"Age", ALIGN_RIGHT},
    [COLUMN_MIN] = {"Min", ALIGN_RIGHT},
    [COLUMN_MAX] = {"Max", ALIGN_RIGHT},
    [COLUMN_AVERAGE] = {"Average", ALIGN_RIGHT},
    [COLUMN_PREVIOUS] = {"Previous", ALIGN_RIGHT},
    [COLUMN_BASELINE] = {"Baseline", ALIGN_RIGHT},
    [COLUMN_DIFFERENCE] = {"Difference", ALIGN_RIGHT},
    [COLUMN_ALARM] = {"Alarm", ALIGN_LEFT},
    [COLUMN_PATH] = {"Path", ALIGN_LEFT},
    [COLUMN_OFFSET] = {"Offset", ALIGN_RIGHT},
    [COLUMN_TYPE] = {"Type", ALIGN_LEFT},
};

static void draw_cell(const struct table *t, int row, enum column column,
                      const char *text, size_t len, uint32_t style)
{
    draw_text(&t->d->canvas, row, t->area.column + t->columns.of[column].at,
              t->columns.of[column].width, titles[column].align, text, len,
              style);
}

static void draw_range(const struct table *t, int row, enum column column,
                       struct text_range range, uint32_t style)
{
    if (range.len)
        draw_cell(t, row, column, t->d->fit->text.data + range.at, range.len,
                  style);
}

uint32_t table_value_style(const struct drawing *d, uint32_t leaf)
{
    const struct view *view = d->view;
    const struct trend *trend = leaf_trend(view, leaf);
    if (!trend)
        return STYLE_PLAIN;
    if (trend->flags & TREND_HELD)
        return STYLE_DIM;
    int64_t shown_ns = leaf_target(view, leaf)->shown_ns;
    bool changed = false;
    if (view->highlight == HIGHLIGHT_LAST)
        changed = (trend->flags & TREND_CHANGED) ||
                  (shown_ns && trend->changed_ns > shown_ns);
    else if (view->highlight == HIGHLIGHT_BASELINE)
        changed = leaf_has_moved(view, leaf);
    return draw_alarm_style(trend->alarm) |
           (changed ? STYLE_CHANGED : STYLE_PLAIN);
}

/* Lights up what was searched for, else what the filter matches, in a text that
 * is at `column`. */
static void light(const struct drawing *d, int row, int column,
                  const char *text, size_t len)
{
    const struct view *view = d->view;
    const char *pattern = view->match_count > 0 && *view->search
                              ? view->search
                              : match_filter(view);
    size_t size = strlen(pattern);
    if (!size || strpbrk(pattern, "*?"))
        return;
    for (size_t i = 0; i + size <= len; i++)
        if (text_is_word(text + i, size, pattern))
            grid_style(d->canvas.grid, row,
                       column + (i ? (int)text_columns(text, i) : 0),
                       (int)text_columns(text + i, size), STYLE_UNDERLINE);
}

void table_put_value(const struct drawing *d, int row, int column, int width,
                     enum align align, const char *text, size_t len,
                     uint32_t style)
{
    size_t columns = len ? text_columns(text, len) : 0;
    if (columns <= (size_t)width) {
        draw_text(&d->canvas, row, column, width, align, text, len, style);
        if (align == ALIGN_RIGHT)
            column += width - (int)columns;
        light(d, row, column, text, len);
        return;
    }
    const char *ellipsis = draw_ellipsis(&d->canvas);
    int mark = (int)text_columns(ellipsis, strlen(ellipsis));
    if (mark >= width)
        mark = 0;
    size_t fit = text_fit(text, len, (size_t)(width - mark));
    int used =
        grid_put(d->canvas.grid, row, column, width - mark, text, fit, style);
    draw_word(&d->canvas, row, column + used, mark, ellipsis, style);
}

static void draw_value(const struct table *t, int row, const struct line *line)
{
    const struct drawing *d = t->d;
    int at = t->area.column + t->columns.of[COLUMN_VALUE].at;
    int width = t->columns.of[COLUMN_VALUE].width;
    uint32_t style = table_value_style(d, line->at);
    struct text_range value = line_value(t, line);
    if (range_columns(d, value) > width) {
        /* Digits before the blanks between them. */
        size_t from = d->fit->text.len;
        draw_put_value(&d->fit->text, d, line->at, false);
        value = range_from(d, &from);
        value.len -= t->has_units ? line->prefix_len : 0;
    }
    if (!value.len)
        return;
    int columns = range_columns(d, value);
    bool number = field_is_number(leaf_field(d->view, line->at));
    int pad = t->d->fit->fraction.width - fraction_columns(t, line);
    if (number && pad > 0 && columns + pad <= width)
        width -= pad;
    table_put_value(d, row, at, width, ALIGN_RIGHT,
                    d->fit->text.data + value.at, value.len, style);
}

/* Draws what was appended to fit->text since `at`, and takes it away. */
static void draw_new(const struct table *t, int row, enum column column,
                     size_t at, uint32_t style)
{
    struct buf *text = &t->d->fit->text;
    size_t from = at;
    draw_range(t, row, column, range_from(t->d, &from), style);
    buf_truncate(text, at);
}

static void draw_columns(const struct table *t, int row, uint32_t leaf)
{
    const struct view *view = t->d->view;
    const struct trend *trend = leaf_trend(view, leaf);
    struct buf *text = &t->d->fit->text;
    for (enum column i = COLUMN_RATE; i < COLUMN_COUNT; i++) {
        size_t at = text->len;
        if (!t->columns.of[i].width || i == COLUMN_TREND)
            continue;
        column_put(text, t->d, leaf, i, t->columns.of[i].width);
        /* A difference without a sign is 0. */
        bool plain =
            i == COLUMN_RATE || (i == COLUMN_DIFFERENCE && text->len > at &&
                                 strchr("+-", text->data[at]));
        draw_new(t, row, i, at,
                 plain                        ? STYLE_PLAIN
                 : i == COLUMN_ALARM && trend ? draw_alarm_style(trend->alarm)
                                              : STYLE_DIM);
    }
}

/* The marks of a value: of an alarm, of a value that is not live, of a marked
 * row. */
static void draw_marks(const struct table *t, int row, enum alarm_level alarm,
                       uint32_t flags, bool marked)
{
    struct grid *grid = t->d->canvas.grid;
    int at = t->area.column;
    bool dash = !t->d->canvas.ascii;
    uint32_t warn = STYLE_BOLD | STYLE_WARN;
    if (t->columns.prefix < 2)
        return;
    uint32_t code = flags & TREND_TORN                       ? '~'
                    : flags & (TREND_HELD | TREND_MISPLACED) ? '?'
                    : !(flags & TREND_RESTING)               ? 0
                    : dash                                   ? 0x2013
                                                             : '-';
    if (alarm != ALARM_NONE)
        grid_put_code(grid, row, at, '!', STYLE_BOLD | draw_alarm_style(alarm));
    if (alarm == ALARM_CRIT)
        grid_put_code(grid, row, at + 1, '!',
                      STYLE_BOLD | draw_alarm_style(alarm));
    /* After "!!" there is a column left for it on all but narrow screens. */
    int last = t->columns.prefix - 1;
    if (code)
        grid_put_code(grid, row, at + (alarm == ALARM_CRIT ? last : 1), code,
                      warn);
    if (marked && last > 1)
        grid_put_code(grid, row, at + last, '*', STYLE_BOLD | STYLE_ACCENT);
}

static void draw_name(const struct table *t, int row, const struct line *line,
                      uint32_t style)
{
    int width = t->columns.of[COLUMN_NAME].width;
    int indent = 2 * line->depth;
    if (indent > width / 2)
        indent = width / 2;
    struct table shifted = *t;
    shifted.columns.of[COLUMN_NAME].at += indent;
    shifted.columns.of[COLUMN_NAME].width -= indent;
    draw_range(&shifted, row, COLUMN_NAME, line->label, style);
    if (range_columns(t->d, line->label) <= width - indent)
        light(t->d, row, t->area.column + shifted.columns.of[COLUMN_NAME].at,
              t->d->fit->text.data + line->label.at, line->label.len);
}

static void draw_field(const struct table *t, int row, const struct line *line)
{
    const struct drawing *d = t->d;
    const struct view *view = d->view;
    const struct trend *trend = leaf_trend(view, line->at);
    draw_name(t, row, line, STYLE_PLAIN);
    draw_range(t, row, COLUMN_UNIT, line->unit, STYLE_DIM);
    draw_value(t, row, line);
    if (line->unit.len && t->columns.of[COLUMN_UNIT].width)
        light(d, row, t->area.column + t->columns.of[COLUMN_UNIT].at,
              d->fit->text.data + line->unit.at, line->unit.len);
    draw_columns(t, row, line->at);
    if (!trend)
        return;
    draw_marks(t, row, trend->alarm, trend->flags,
               view->tree.leaves[line->at].marked);
    if (leaf_value(view, line->at)->type != VALUE_NONE)
        draw_range_or_trend(d, row,
                            t->area.column + t->columns.of[COLUMN_TREND].at,
                            t->columns.of[COLUMN_TREND].width, line->at);
}

/* "   map:Local\\scoring  64 KiB  LIVE gen 2" */
static void put_mapping(struct buf *out, const struct drawing *d,
                        const struct heading *heading)
{
    const struct watched *target = &d->view->targets[heading->target];
    const struct frame *frame = &target->sample->frames[heading->mapping];
    buf_puts(out, "   ");
    if (heading->kind == HEADING_TARGET && target->layout->mapping_count > 1) {
        buf_printf(out, "%zu mappings  %s", target->layout->mapping_count,
                   state_name(target->sample->state));
        return;
    }
    draw_put_clean(out, sampler_target(target->sampler, heading->mapping));
    if (frame->size) {
        buf_puts(out, "  ");
        draw_put_size(out, frame->size);
    }
    buf_printf(out, "  %s", state_name(frame->state));
    if (frame->generation)
        buf_printf(out, " gen %u", (unsigned)frame->generation);
}

/* Cuts parts that begin with three blanks off the end of `text`, until what
 * comes after `from` fits into `columns`. */
static void fit_parts(struct buf *text, size_t from, int columns)
{
    while (text->len > from &&
           (columns <= 0 || text_columns(text->data + from, text->len - from) >
                                (size_t)columns)) {
        size_t at = text->len - 1;
        while (at > from && strncmp(text->data + at, "   ", 3) != 0)
            at--;
        buf_truncate(text, at);
    }
}

static void draw_heading(const struct table *t, int row,
                         const struct line *line)
{
    const struct drawing *d = t->d;
    const struct heading *heading = &d->view->tree.headings[line->at];
    bool structs = heading->kind == HEADING_ARRAY && heading->group->shape;
    struct alarm_sum alarms =
        alarm_sum(d->view, heading->first, heading->end,
                  structs ? heading[1].end - heading[1].first : 1);
    struct buf *text = &d->fit->text;
    size_t from = text->len;
    int total = t->columns.total;
    int at = t->columns.prefix + 2 * line->depth;
    bool open = !heading->folded || *match_filter(d->view) || d->view->alarmed;
    if (heading->folded)
        draw_marks(t, row, alarms.worst, 0, false);
    if (t->columns.prefix && at < total)
        grid_put_code(d->canvas.grid, row, t->area.column + at,
                      d->canvas.ascii ? (open ? '-' : '+')
                                      : (open ? 0x25be : 0x25b8),
                      STYLE_DIM);
    at += 2;
    if (at >= total)
        return;
    int used = draw_text(&d->canvas, row, t->area.column + at, total - at,
                         ALIGN_LEFT, text->data + line->label.at,
                         line->label.len, STYLE_BOLD | STYLE_HEADING);
    light(d, row, t->area.column + at, text->data + line->label.at,
          line->label.len);
    summary_put(text, d, line->at);
    if (heading->kind <= HEADING_MAPPING)
        put_mapping(text, d, heading);
    at += used;
    int value_at = t->columns.of[COLUMN_VALUE].at - 3;
    if (at < value_at && heading->kind > HEADING_MAPPING)
        at = value_at;
    int end = total;
    if (alarms.count) {
        char words[48];
        const char *mark = alarms.worst == ALARM_CRIT ? "!!" : "!";
        int inside = text->len > from ? (int)text_columns(text->data + from,
                                                          text->len - from)
                                      : 0;
        int len = snprintf(words, sizeof words, "%s %zu of %zu", mark,
                           alarms.count, alarms.of);
        if (at + inside + 2 + len + 1 > total)
            len = snprintf(words, sizeof words, "%s %zu", mark, alarms.count);
        end = total - len - 1;
        if (end > at + 2)
            draw_word(&d->canvas, row, t->area.column + end, len, words,
                      STYLE_BOLD | draw_alarm_style(alarms.worst));
    }
    fit_parts(text, from, end - 2 - at);
    if (text->len > from)
        draw_text(&d->canvas, row, t->area.column + at, end - 2 - at,
                  ALIGN_LEFT, text->data + from, text->len - from, STYLE_PLAIN);
    buf_truncate(text, from);
}

/* Inverts the cursor's row; in a table all of it but the cursor's cell. */
static void draw_cursor(const struct table *t, int row, const struct line *line)
{
    struct grid *grid = t->d->canvas.grid;
    const struct fit_line *shown = &t->d->fit->lines[row];
    int left = 0;
    for (int i = shown->cells;
         line->kind == ROW_ELEMENT && i < shown->cells_end; i++) {
        const struct fit_cell *cell = &t->d->fit->cells[i];
        if (cell->member != t->d->view->member)
            continue;
        grid_style(grid, row, t->area.column, cell->at, STYLE_CURSOR);
        grid_style(grid, row, t->area.column + cell->at, cell->width,
                   STYLE_BOLD | STYLE_UNDERLINE);
        left = cell->at + cell->width;
    }
    grid_style(grid, row, t->area.column + left, t->columns.total - left,
               STYLE_CURSOR);
}

static void draw_line(struct table *t, int row, const struct line *line)
{
    const struct drawing *d = t->d;
    struct view_fit *fit = d->fit;
    struct fit_line *shown = &fit->lines[row];
    shown->row = line->row != SIZE_MAX ? line->row : SIZE_MAX;
    switch (line->kind) {
    case ROW_TITLES:
        array_draw_titles(t, row, line);
        break;
    case ROW_ELEMENT: {
        const struct heading *element = &d->view->tree.headings[line->at];
        struct alarm_sum alarms =
            alarm_sum(d->view, element->first, element->end, 1);
        uint32_t flags = 0;
        bool marked = false;
        for (uint32_t i = element->first; i < element->end; i++) {
            const struct trend *trend = leaf_trend(d->view, i);
            marked |= d->view->tree.leaves[i].marked;
            flags |= trend && leaf_shown(d->view, i) ? trend->flags : 0;
        }
        draw_marks(t, row, alarms.worst, flags, marked);
        array_draw_element(t, row, line);
        break;
    }
    case ROW_HEADING:
        shown->fold = t->area.column + t->columns.prefix + 2 * line->depth;
        draw_heading(t, row, line);
        break;
    default:
        draw_field(t, row, line);
        break;
    }
    if (line->row == d->view->cursor)
        draw_cursor(t, row, line);
    if (line->row == SIZE_MAX)
        return;
    bool last_pinned = line->row + 1 == d->view->pinned;
    if (last_pinned && line->row != d->view->cursor)
        grid_style(d->canvas.grid, row, t->area.column, t->columns.total,
                   STYLE_UNDERLINE);
}

static const char *title_of(const struct table *t, enum column column)
{
    bool narrow = column == COLUMN_TREND &&
                  t->columns.of[column].width < (int)strlen("Range or trend");
    return narrow ? "Trend" : titles[column].title;
}

static void draw_titles(const struct table *t, int row)
{
    const struct view *view = t->d->view;
    bool ascii = t->d->canvas.ascii;
    for (enum column i = 0; i < COLUMN_COUNT; i++) {
        char text[32];
        const char *title = title_of(t, i);
        int width = t->columns.of[i].width;
        int len = (int)strlen(title);
        if (!width)
            continue;
        if (view->order != i) {
            draw_cell(t, row, i, title, (size_t)len, STYLE_DIM);
            continue;
        }
        /* The arrow takes the last word or letter of a title without room. */
        const char *arrow = ascii           ? view->reverse ? "^" : "v"
                            : view->reverse ? "\xe2\x96\xb4"
                                            : "\xe2\x96\xbe";
        const char *blank = strrchr(title, ' ');
        int room = len + 2 <= width ? len
                   : blank          ? (int)(blank - title)
                                    : width - 1;
        len = snprintf(text, sizeof text, "%.*s%s%s", room, title,
                       room + 2 <= width ? " " : "", arrow);
        draw_cell(t, row, i, text, (size_t)len, STYLE_BOLD);
    }
}

static void draw_empty(const struct drawing *d, struct area area)
{
    const struct view *view = d->view;
    struct buf *text = &d->fit->text;
    bool live = view->targets[0].sample->state == STATE_LIVE;
    buf_clear(text);
    if (*match_filter(view)) {
        buf_puts(text, "no field matches ");
        draw_put_plain(text, &d->canvas, match_filter(view));
        buf_puts(text, "; Esc shows all");
    } else if (view->alarmed) {
        buf_puts(text, "no row is alarmed; & shows all");
    } else if (view->hidden_count) {
        buf_puts(text, live ? "no element is there now"
                            : "elements are shown when they are there");
    } else {
        buf_puts(text, "no field to show at this level: v shows more");
    }
    draw_text(&d->canvas, area.row, area.column + 1, area.columns - 1,
              ALIGN_LEFT, text->data, text->len, STYLE_PLAIN);
}

void draw_table(const struct drawing *d, struct area area)
{
    struct view_fit *fit = d->fit;
    bool has_titles = d->canvas.grid->rows >= 5;
    struct table table; /* the lines are many: only what is read is set */
    table.d = d;
    table.area = area;
    table.columns = (struct columns){0};
    table.count = 0;
    table.area.row += has_titles;
    table.area.rows -= has_titles;
    fit->page = 1;
    fit->room = table.area.rows > 0 ? (size_t)table.area.rows : 0;
    if (table.area.rows <= 0)
        return;
    if (!d->view->row_count) {
        table_find_widths(&table);
        draw_empty(d, table.area);
    } else {
        table_make_lines(&table);
        table_find_widths(&table);
        array_measure(&table);
        for (int i = 0; i < table.count; i++)
            draw_line(&table, table.area.row + i, &table.lines[i]);
    }
    if (has_titles) {
        fit->title_row = area.row;
        draw_titles(&table, area.row);
    }
}

void draw_table_position(struct buf *out, const struct drawing *d)
{
    const struct view *view = d->view;
    buf_printf(out, "%zu/%zu", view->row_count ? view->cursor + 1 : 0,
               view->row_count);
    if (view->match_count && *view->search) {
        buf_puts(out, "  /");
        draw_put_plain(out, &d->canvas, view->search);
        buf_printf(out, " %zu/%zu",
                   view->match == SIZE_MAX ? 0 : view->match + 1,
                   view->match_count);
    }
    if (*view->filter) {
        buf_puts(out, "  \\");
        draw_put_plain(out, &d->canvas, view->filter);
    }
    if (view->alarmed)
        buf_puts(out, "  &");
    if (view->order != ORDER_LAYOUT)
        buf_printf(out, "  by %s%s", word_of(column_words, (int)view->order),
                   view->reverse ? ", reversed" : "");
    if (view->level != LEVEL_INFO)
        buf_printf(out, "  +%s", word_of(level_words, (int)view->level));
}
