/* SPDX-License-Identifier: MIT */
/* The help screen: marks, keys (rows of key_table), states, columns, prompts
 * and the mouse, in groups and columns. Lines are laid out by draw/page.c. */
#include <string.h>

#include "base/text.h"
#include "draw/page.h"
#include "draw/pieces.h"
#include "panes/field_text.h"
#include "ui/ui_private.h"

#define GAP 3           /* between columns of groups */
#define COLUMN_LEAST 34 /* of a group, if there are several */
#define COLUMN_MOST 64
#define ROWS_MAX 160
#define GROUPS_MAX 16

struct note {
    const char *term;
    const char *text;
    uint32_t style;    /* of the term */
    const char *ascii; /* the term for ASCII; NULL: the same */
};

static const struct note marks[] = {
    {"!", "beyond its warn limit", STYLE_BOLD | STYLE_WARN, NULL},
    {"!!", "beyond its crit limit", STYLE_BOLD | STYLE_CRIT, NULL},
    {"~", "held: no whole frame", STYLE_BOLD | STYLE_WARN, NULL},
    {"?", "held: cannot be read", STYLE_BOLD | STYLE_WARN, NULL},
    {"\xe2\x80\x93", "stale: has not changed", STYLE_BOLD | STYLE_WARN, "-"},
    {"*", "marked, to be copied", STYLE_BOLD | STYLE_ACCENT, NULL},
    {"bold", "has changed", STYLE_CHANGED, NULL},
    {"dim", "held: the last good value", STYLE_DIM, NULL},
    {"inverted", "the row of the cursor", STYLE_CURSOR, NULL},
    {"underlined", "what was searched for", STYLE_UNDERLINE, NULL},
    {"\xe2\x96\xbe \xe2\x96\xb8", "open heading, folded one", STYLE_DIM, "- +"},
};

/* As in key_table. */
static const char *const key_groups[] = {
    "Move",
    "Find",
    "What is shown",
    "Views",
    "Time",
    "Edit (with --rw)",
    "Save and take away",
    "Program",
};

static const char *const states[STATE_COUNT] = {
    [STATE_WAITING] = "not there yet",
    [STATE_LIVE] = "read now",
    [STATE_STALE] = "read, but nothing changes",
    [STATE_SHORT] = "smaller than the layout",
    [STATE_TRUNCATED] = "has become too small",
    [STATE_GONE] = "removed; values are held",
    [STATE_REPLACED] = "a new one has the name",
    [STATE_DENIED] = "may not be read",
    [STATE_ERROR] = "fails: see below the table",
};

static const struct note titles[] = {
    {"Rate 5s", "change a second over 5 s; blank if not live", STYLE_BOLD,
     NULL},
    {"Range or trend",
     "a meter from min to max, or a trend: a cell is a second", STYLE_BOLD,
     NULL},
    {"Age", "time since the last change", STYLE_BOLD, NULL},
};

static const struct note time_marks[] = {
    {"\xe2\x96\xae", "the moment that is shown", STYLE_BOLD | STYLE_ACCENT,
     "#"},
    {"! !!", "an alarm, a critical one begins", STYLE_BOLD | STYLE_WARN, NULL},
    {"?", "cannot be read from here on", STYLE_BOLD | STYLE_WARN, NULL},
    {"\xe2\x94\x82", "a new generation", STYLE_BOLD, "|"},
    {"\xe2\x89\xa0", "the clock jumped", STYLE_BOLD | STYLE_WARN, "="},
    {"\xe2\x94\x80\xe2\x94\xb4", "samples are kept; a full time", STYLE_DIM,
     "-+"},
};

static const struct note prompts[] = {
    {"Enter", "take what was typed", STYLE_BOLD, NULL},
    {"Esc", "leave and undo", STYLE_BOLD, NULL},
    {"Up, Down", "older, newer (Ctrl-P N)", STYLE_BOLD, NULL},
    {"Ctrl-A E", "to the start, the end", STYLE_BOLD, NULL},
    {"Ctrl-B F", "back, on (Left, Right)", STYLE_BOLD, NULL},
    {"Ctrl-W D", "delete word, character", STYLE_BOLD, NULL},
    {"Ctrl-U K", "delete to start, to end", STYLE_BOLD, NULL},
};

static const struct note mouse[] = {
    {"wheel", "rows; bar: samples; plot: zoom", STYLE_BOLD, NULL},
    {"click", "a row, cell, tab, fold mark", STYLE_BOLD, NULL},
    {"", "a title: order; again: reverse", STYLE_PLAIN, NULL},
    {"", "time bar, plot: that moment", STYLE_PLAIN, NULL},
    {"Shift", "select text, as ever", STYLE_BOLD, NULL},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* --- what there is ------------------------------------------------------- */

struct help_row {
    size_t term; /* offset of its text in help->terms */
    const char *text;
    uint32_t style; /* of the term */
    int columns;    /* of the term */
};

struct help_group {
    const char *title;
    int first, end; /* its rows; those that match the filter */
};

struct help {
    const struct drawing *d;
    const char *filter;
    struct buf *terms; /* texts, each with its NUL */
    struct help_row rows[ROWS_MAX];
    int row_count;
    struct help_group groups[GROUPS_MAX];
    int group_count;
};

static const char *help_filter(const struct view *view)
{
    return view->prompt == PROMPT_HELP ? view->edit.text : view->help_filter;
}

static void begin_group(struct help *help, const char *title)
{
    CHECK(help->group_count < GROUPS_MAX);
    int at = help->row_count;
    help->groups[help->group_count++] = (struct help_group){title, at, at};
}

/* Adds a row to the last group if the filter lets it. */
static void add_row(struct help *help, const char *term, uint32_t style,
                    const char *text)
{
    CHECK(help->group_count > 0 && help->row_count < ROWS_MAX);
    struct help_group *group = &help->groups[help->group_count - 1];
    size_t at = help->terms->len;
    draw_put_plain(help->terms, &help->d->canvas, term);
    int columns = 0;
    if (help->terms->len > at)
        columns =
            (int)text_columns(help->terms->data + at, help->terms->len - at);
    buf_putc(help->terms, '\0');
    if (!page_find(help->terms->data + at, help->filter) &&
        !page_find(text, help->filter) &&
        !page_find(group->title, help->filter)) {
        buf_truncate(help->terms, at);
        return;
    }
    help->rows[help->row_count++] = (struct help_row){at, text, style, columns};
    group->end = help->row_count;
}

/* Forgets the last group if the filter has left nothing of it. */
static void end_group(struct help *help)
{
    const struct help_group *group = &help->groups[help->group_count - 1];
    if (group->first == group->end)
        help->group_count--;
}

static void add_notes(struct help *help, const char *title,
                      const struct note *notes, size_t count)
{
    bool ascii = help->d->canvas.ascii;
    begin_group(help, title);
    for (size_t i = 0; i < count; i++)
        add_row(help, ascii && notes[i].ascii ? notes[i].ascii : notes[i].term,
                notes[i].style, notes[i].text);
    end_group(help);
}

static void add_keys(struct help *help, const char *title)
{
    struct buf *keys = &help->d->fit->text;
    begin_group(help, title);
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        if (strcmp(key_table[i].group, title) != 0)
            continue;
        const char *text = key_table[i].help;
        buf_clear(keys);
        key_map_put(keys, &help->d->view->key_map, (enum action)i, true);
        while (i + 1 < ACTION_COUNT && !key_table[i + 1].help) {
            buf_puts(keys, keys->len ? "  " : "");
            key_map_put(keys, &help->d->view->key_map, (enum action)++ i, true);
        }
        if (keys->len)
            add_row(help, keys->data, STYLE_BOLD, text);
    }
    end_group(help);
}

static void add_all(struct help *help)
{
    buf_clear(help->terms);
    add_notes(help, "Marks", marks, COUNT(marks));
    for (size_t i = 0; i < COUNT(key_groups); i++)
        add_keys(help, key_groups[i]);
    begin_group(help, "States");
    for (int i = 0; i < STATE_COUNT; i++)
        add_row(help, state_name((enum source_state)i),
                draw_state_style((enum source_state)i), states[i]);
    add_row(help, "PAUSED", STYLE_BOLD | STYLE_REVERSE,
            "the past; sampling goes on");
    end_group(help);
    add_notes(help, "Time bar", time_marks, COUNT(time_marks));
    add_notes(help, "Columns", titles, COUNT(titles));
    add_notes(help, "At a prompt", prompts, COUNT(prompts));
    add_notes(help, "Mouse", mouse, COUNT(mouse));
}

/* --- where it is --------------------------------------------------------- */

/* Columns of groups, side by side. */
struct arrangement {
    int count;
    int columns; /* of the screen, of each */
    int height;  /* lines of the highest one */
    bool tight;
    struct {
        int terms;  /* columns for terms */
        int height; /* lines */
        int column; /* index */
    } of[GROUPS_MAX];
};

static void draw_group(struct page *page, const struct help *help, int index,
                       int terms)
{
    const struct help_group *group = &help->groups[index];
    page->terms = terms + 1;
    page_heading(page, group->title);
    for (int i = group->first; i < group->end; i++) {
        const struct help_row *row = &help->rows[i];
        page_row(page, help->terms->data + row->term, row->style, row->text,
                 STYLE_PLAIN);
    }
}

/* Finds the columns for terms with which a group has the fewest lines: longer
 * terms are on lines of their own. */
static void measure(struct arrangement *a, const struct help *help, int index)
{
    const struct help_group *group = &help->groups[index];
    for (int i = group->first; i < group->end; i++) {
        struct page page = {.canvas = &help->d->canvas, .columns = a->columns};
        int terms = help->rows[i].columns;
        draw_group(&page, help, index, terms);
        int less = i == group->first ? 1 : a->of[index].height - page.row;
        if (less < 0 || (less == 0 && terms <= a->of[index].terms))
            continue;
        a->of[index].height = page.row;
        a->of[index].terms = terms;
    }
}

/* Puts each group into the first column with room for it. */
static bool place(struct arrangement *a, int group_count)
{
    int heights[GROUPS_MAX] = {0};
    for (int i = 0; i < group_count; i++) {
        int column = 0;
        int lines = 0;
        for (; column < a->count; column++) {
            lines = a->of[i].height + (heights[column] && !a->tight);
            if (heights[column] + lines <= a->height)
                break;
        }
        if (column == a->count)
            return false;
        heights[column] += lines;
        a->of[i].column = column;
    }
    return true;
}

/* Finds the least height of `count` columns. */
static struct arrangement arrange(const struct help *help, int count, int room,
                                  bool tight)
{
    CHECK(count > 0 && count <= GROUPS_MAX && help->group_count > 0);
    int width = (room - GAP * (count - 1)) / count;
    struct arrangement a = {.count = count, .tight = tight};
    a.columns = width < COLUMN_MOST || count == 1 ? width : COLUMN_MOST;
    for (int i = 0; i < help->group_count; i++) {
        measure(&a, help, i);
        a.height = a.of[i].height > a.height ? a.of[i].height : a.height;
    }
    while (!place(&a, help->group_count))
        a.height++;
    return a;
}

/* As few columns as make one page, else as many as there is room for. */
static struct arrangement choose(const struct help *help, int room, int rows)
{
    int most = (room + GAP) / (COLUMN_LEAST + GAP);
    struct arrangement a = {0};
    most = most < 1 ? 1 : most > GROUPS_MAX ? GROUPS_MAX : most;
    for (int i = 1; i <= most; i++) {
        a = arrange(help, i, room, false);
        if (a.height <= rows)
            return a;
    }
    struct arrangement tight = arrange(help, most, room, true);
    return tight.height <= rows ? tight : a;
}

static void draw_groups(const struct help *help, struct area area)
{
    const struct view *view = help->d->view;
    struct arrangement a = choose(help, area.columns, area.rows);
    struct page page = {
        .canvas = &help->d->canvas,
        .row = a.height,
        .columns = a.columns,
        .tight = a.tight,
        .lit = help->filter,
    };
    page_scroll(&page, view->help_top, area, &help->d->fit->help);
    for (int column = 0; column < a.count; column++) {
        page.left = column * (a.columns + GAP);
        page.row = 0;
        for (int i = 0; i < help->group_count; i++)
            if (a.of[i].column == column)
                draw_group(&page, help, i, a.of[i].terms);
    }
}

/* Appends the first key of an action and what it does. */
static void add_hint(struct pieces *line, const struct view *view,
                     enum action action, int rank, const char *words)
{
    size_t at = line->text->len;
    key_map_put(line->text, &view->key_map, action, false);
    if (line->text->len == at)
        return;
    piece_end(line, 3, rank + 1, 0, STYLE_BOLD);
    buf_puts(line->text, words);
    piece_end(line, 1, rank, 0, STYLE_DIM);
}

/* The last line. */
static void draw_position(const struct drawing *d, int row)
{
    const struct view *view = d->view;
    const struct page_fit *fit = &d->fit->help;
    struct pieces line = {.text = &d->fit->text};
    size_t bottom = fit->top + fit->rows;
    bool filtered = *view->help_filter;
    int columns = d->canvas.grid->columns;
    buf_clear(line.text);
    buf_printf(line.text, "help  %zu-%zu/%zu", fit->top + 1,
               bottom < fit->lines ? bottom : fit->lines, fit->lines);
    piece_end(&line, 0, 6, 0, STYLE_DIM);
    if (filtered) {
        buf_putc(line.text, '/');
        draw_put_plain(line.text, &d->canvas, view->help_filter);
        piece_end(&line, 2, 5, 4, STYLE_DIM);
    }
    if (bottom < fit->lines)
        add_hint(&line, view, ACTION_PAGE_DOWN, 1, "more");
    add_hint(&line, view, ACTION_SEARCH, 3, "search");
    if (filtered)
        add_hint(&line, view, ACTION_CANCEL, 7, "shows all");
    add_hint(&line, view, ACTION_QUIT, 9, "back");
    pieces_draw(&d->canvas, row, 0, columns, &line);
}

static void draw_nothing(const struct help *help, struct area area)
{
    const struct drawing *d = help->d;
    struct buf *text = &d->fit->text;
    buf_clear(text);
    buf_puts(text, "nothing in the help contains '");
    draw_put_plain(text, &d->canvas, help->filter);
    buf_puts(text, "'; Esc shows all");
    draw_text(&d->canvas, area.row, 0, area.columns, ALIGN_LEFT, text->data,
              text->len, STYLE_PLAIN);
    d->fit->help = (struct page_fit){0, (size_t)area.rows, 1};
}

void draw_help(const struct drawing *d)
{
    int rows = d->canvas.grid->rows;
    bool prompt = d->view->prompt != PROMPT_NONE;
    bool last_line = rows >= 3 || prompt;
    struct area area = {0, rows - last_line, 0, d->canvas.grid->columns};
    struct help help = {
        .d = d, .filter = help_filter(d->view), .terms = &d->fit->plain};
    add_all(&help);
    if (area.rows > 0 && help.group_count)
        draw_groups(&help, area);
    else if (area.rows > 0)
        draw_nothing(&help, area);
    if (prompt)
        draw_status(d, rows - 1, false);
    else if (last_line)
        draw_position(d, rows - 1);
}
