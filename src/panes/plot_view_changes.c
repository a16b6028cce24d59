/* SPDX-License-Identifier: MIT */
/* The list of changes below a plot of states alone, the newest one first. The
 * bands are plot_data.c. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "history/series.h"
#include "panes/field_text.h"
#include "panes/plot_view.h"
#include "view/rows.h"

#define LABEL_MOST 32

struct change {
    int64_t after_ns; /* it is the next sample with another value */
    size_t series;
    double from, to;
};

struct changes {
    struct change *items; /* owned */
    size_t count;
};

static int compare_changes(const void *a, const void *b)
{
    const struct change *left = a, *right = b;
    if (left->after_ns != right->after_ns)
        return left->after_ns > right->after_ns ? -1 : 1;
    return left->series < right->series ? -1 : left->series > right->series;
}

static void find_changes(const struct picture *p, size_t index,
                         struct changes *changes)
{
    uint32_t leaf = p->series[index].leaf;
    struct plot_window fine = plot_finely(p->d, leaf, &p->window);
    struct plot_series series;
    double last = NAN;
    plot_read(&series, p->d, &fine, leaf);
    for (size_t i = 0; i < series.count; i++) {
        const struct plot_cell *cell = &series.cells[i];
        if (cell->gap)
            last = NAN;
        if (isnan(cell->last))
            continue;
        if (!isnan(last) && cell->last != last)
            *MEM_ADD(changes->items, changes->count) =
                (struct change){fine.from_ns + (int64_t)i * fine.column_ns - 1,
                                index, last, cell->last};
        last = cell->last;
    }
    plot_free(&series);
}

/* "12:03:07.5  Mode  Off -> Auto" */
static void draw_change(const struct picture *p, const struct change *change,
                        int row, int label)
{
    const struct drawing *d = p->d;
    uint32_t leaf = p->series[change->series].leaf;
    const struct field *field = leaf_field(d->view, leaf);
    struct buf *text = &d->fit->text;
    uint32_t number = d->view->tree.leaves[leaf].field;
    int64_t at_ns = history_find_change(leaf_target(d->view, leaf)->history,
                                        &number, 1, change->after_ns, true);
    int column = d->fit->plot.column;
    int end = p->area.column + p->area.columns;
    buf_clear(text);
    view_put_clock(text, d->view, at_ns ? at_ns : change->after_ns);
    column += draw_text(&d->canvas, row, column, end - column, ALIGN_LEFT,
                        text->data, text->len, STYLE_DIM) +
              2;
    buf_clear(text);
    draw_put_label(text, d, leaf);
    draw_text(&d->canvas, row, column, label, ALIGN_LEFT, text->data, text->len,
              STYLE_PLAIN);
    column += label + 2;
    buf_clear(text);
    plot_put_state(text, d, field, change->from);
    buf_puts(text, " -> ");
    plot_put_state(text, d, field, change->to);
    draw_text(&d->canvas, row, column, end - column, ALIGN_LEFT, text->data,
              text->len, STYLE_PLAIN);
}

void plot_draw_changes(const struct picture *p, int row, int rows)
{
    struct changes changes = {0};
    const struct legend legend =
        legend_measure(p, &p->panels[0], p->area.columns);
    int label = legend.label < LABEL_MOST ? legend.label : LABEL_MOST;
    CHECK(p->panels[0].state && rows > 0);
    for (size_t i = 0; i < p->panels[0].count; i++)
        find_changes(p, i, &changes);
    if (changes.count > 1)
        qsort(changes.items, changes.count, sizeof *changes.items,
              compare_changes);
    for (size_t i = 0; i < changes.count && (int)i < rows; i++)
        draw_change(p, &changes.items[i], row + (int)i, label);
    free(changes.items);
}
