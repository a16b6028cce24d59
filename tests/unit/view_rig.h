/* SPDX-License-Identifier: MIT */
/* A view over a recording written in the test: keys as --keys gives them, and
 * the rows as text. */
#ifndef SHMTOP_TESTS_VIEW_RIG_H
#define SHMTOP_TESTS_VIEW_RIG_H

#include "engine_rig.h"

#include "base/mem.h"
#include "view/rows.h"
#include "view/view.h"

#define RIG_SECOND INT64_C(1000000000)

struct view_rig {
    struct layout *layout;
    struct sampler *sampler;
    struct view view;
    struct view_fit fit;
    char target[RIG_TARGET];
    /* Only with view_rig_fake: */
    struct sample sample;
    struct value *values;
    struct trend *trends;
};

/* Opens the layout with the recording at rig->target, without a view. */
static inline void view_rig_sampler(struct view_rig *rig, const char *layout)
{
    static const struct sampler_options options = {.stale_ns = INT64_MAX,
                                                   .trend_bytes = 1 << 20,
                                                   .trend_max = 64,
                                                   .statistics = true};
    struct err err = {0};
    rig->layout = rig_layout(layout);
    if (!sampler_open(&rig->sampler, rig->layout, rig->target, &options, &err))
        fail_msg("%s", err.text);
}

static inline struct view_target view_rig_target(const struct view_rig *rig)
{
    return (struct view_target){
        .layout = rig->layout,
        .sampler = rig->sampler,
        .period_ns = RIG_SECOND,
    };
}

static inline void view_rig_show(struct view_rig *rig,
                                 const struct view_options *options)
{
    struct view_target target = view_rig_target(rig);
    view_open(&rig->view, &target, 1, options);
    view_refresh(&rig->view);
}

static inline void view_rig_open(struct view_rig *rig, const char *layout,
                                 const char *frames)
{
    static const struct view_options options = {.highlight = HIGHLIGHT_LAST,
                                                .order = ORDER_LAYOUT};
    *rig = (struct view_rig){0};
    rig_record(rig->target, frames);
    view_rig_sampler(rig, layout);
    view_rig_show(rig, &options);
}

static inline void view_rig_hide(struct view_rig *rig)
{
    view_close(&rig->view);
    view_fit_free(&rig->fit);
    rig->fit = (struct view_fit){0};
}

static inline void view_rig_close(struct view_rig *rig)
{
    view_rig_hide(rig);
    sampler_close(rig->sampler);
    layout_free(rig->layout);
    rig_forget(rig->target);
    free(rig->values);
    free(rig->trends);
}

/* The view's sample becomes one that the test fills: live, all values 0. */
static inline void view_rig_fake(struct view_rig *rig)
{
    size_t count = rig->layout->field_count;
    rig->values = mem_zalloc(count, sizeof *rig->values);
    rig->trends = mem_zalloc(count, sizeof *rig->trends);
    for (size_t i = 0; i < count; i++) {
        rig->values[i] = (struct value){.type = VALUE_UINT};
        rig->trends[i] = (struct trend){
            .rate = NAN, .min = NAN, .max = NAN, .flags = TREND_FRESH};
    }
    rig->sample = *sampler_last(rig->sampler);
    rig->sample.number = 1;
    rig->sample.mono_ns = 100 * RIG_SECOND;
    rig->sample.state = STATE_LIVE;
    rig->sample.generation = 1;
    rig->sample.values = rig->values;
    rig->sample.trends = rig->trends;
    rig->view.targets[0].sample = &rig->sample;
    view_refresh(&rig->view);
}

/* The fake sample is the next one, `seconds` later. */
static inline void view_rig_pass(struct view_rig *rig, int seconds)
{
    rig->sample.number++;
    rig->sample.mono_ns += seconds * RIG_SECOND;
    view_refresh(&rig->view);
}

/* Takes samples from the recording. */
static inline void view_rig_step(struct view_rig *rig, int count)
{
    for (int i = 0; i < count; i++)
        rig->view.targets[0].sample = sampler_step(rig->sampler);
    view_refresh(&rig->view);
}

/* Types keys as --keys gives them; returns the last effect. */
static inline enum view_effect view_rig_type(struct view_rig *rig,
                                             const char *keys)
{
    enum view_effect effect = EFFECT_NONE;
    struct key_event event = {0};
    while ((event.key = key_next(&keys, &event.mouse)) > 0)
        effect = view_key(&rig->view, &rig->fit, event);
    assert_int_equal(event.key, KEY_CODE_NONE);
    view_refresh(&rig->view);
    return effect;
}

/* One key that --keys has no name for. */
static inline void view_rig_key(struct view_rig *rig, int key)
{
    view_key(&rig->view, &rig->fit, (struct key_event){.key = key});
    view_refresh(&rig->view);
}

/* Appends a row: "path" of a field, "^path" if it is pinned, "-id" and "+id" of
 * a heading that is open or folded, "#id" of the titles of a table, and "id"
 * of an element. */
static inline void view_rig_put_row(struct buf *out, const struct view_rig *rig,
                                    size_t index)
{
    const struct view *view = &rig->view;
    struct row row = view->rows[index];
    assert_true(index < view->row_count);
    if (row.kind == ROW_FIELD || row.kind == ROW_PINNED) {
        buf_puts(out, row.kind == ROW_PINNED ? "^" : "");
        buf_puts(out, leaf_field(view, row.at)->path);
        return;
    }
    const struct heading *heading = &view->tree.headings[row.at];
    if (row.kind == ROW_HEADING)
        buf_puts(out, heading->folded ? "+" : "-");
    else if (row.kind == ROW_TITLES)
        buf_puts(out, "#");
    if (heading->kind == HEADING_TARGET)
        buf_printf(out, "target%u", (unsigned)heading->target);
    tree_put_id(out, &view->tree, view->targets[heading->target].layout,
                row.at);
}

/* All rows, with blanks between them; the caller frees it. */
static inline char *view_rig_rows(const struct view_rig *rig)
{
    struct buf out = {0};
    buf_puts(&out, "");
    for (size_t i = 0; i < rig->view.row_count; i++) {
        buf_puts(&out, i ? " " : "");
        view_rig_put_row(&out, rig, i);
    }
    return out.data;
}

static inline void view_rig_expect(const struct view_rig *rig, const char *what,
                                   const char *want)
{
    char *rows = view_rig_rows(rig);
    if (strcmp(rows, want) != 0)
        fail_msg("%s: rows are '%s', not '%s'", what, rows, want);
    free(rows);
}

/* The row of the cursor, as view_rig_put_row writes it. */
static inline void view_rig_expect_cursor(const struct view_rig *rig,
                                          const char *what, const char *want)
{
    struct buf out = {0};
    buf_puts(&out, "");
    if (rig->view.row_count)
        view_rig_put_row(&out, rig, rig->view.cursor);
    if (strcmp(out.data, want) != 0)
        fail_msg("%s: the cursor is on '%s', not '%s'", what, out.data, want);
    buf_free(&out);
}

/* Moves to the line of the list that is open which says `word`. */
static inline void view_rig_pick(struct view_rig *rig, const char *word)
{
    struct buf line = {0};
    assert_int_not_equal(rig->view.picker, PICKER_NONE);
    view_rig_type(rig, "g");
    for (int i = 0; i < view_picker_count(&rig->view); i++) {
        buf_clear(&line);
        view_picker_put(&line, &rig->view, i);
        if (strcmp(line.data, word) == 0) {
            assert_int_equal(rig->view.picker_at, i);
            buf_free(&line);
            return;
        }
        view_rig_type(rig, "j");
    }
    fail_msg("no line says '%s'", word);
}

/* Chooses an order from the list. */
static inline void view_rig_order(struct view_rig *rig, const char *word)
{
    view_rig_type(rig, "s");
    view_rig_pick(rig, word);
    view_rig_type(rig, "<Enter>");
    assert_int_equal(rig->view.picker, PICKER_NONE);
}

#endif
