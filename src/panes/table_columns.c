/* SPDX-License-Identifier: MIT */
/* The texts of the columns other than name, value and trend, which table.c
 * draws. */
#include <math.h>

#include "base/text.h"
#include "draw/numbers.h"
#include "layout/limits.h"
#include "layout/value_text.h"
#include "layout/words.h"
#include "panes/field_text.h"
#include "panes/table.h"
#include "view/rows.h"

#define ROUNDING_PART 1e-12

/* A number that is wider than `width` is rounded, not cut. */
static void shorten(struct buf *out, size_t at, double number, int width)
{
    if (width < 8 || out->len == at ||
        text_columns(out->data + at, out->len - at) <= (size_t)width)
        return;
    bool plus = out->data[at] == '+';
    buf_truncate(out, at);
    buf_puts(out, plus ? "+" : "");
    draw_put_short(out, number, width - plus);
}

/* The least and the greatest value of a counter are no news. */
static void put_statistic(struct buf *out, const struct view *view,
                          uint32_t leaf, enum column column, int width)
{
    const struct trend *trend = leaf_trend(view, leaf);
    const struct field *field = leaf_field(view, leaf);
    const struct sampler *sampler = leaf_target(view, leaf)->sampler;
    size_t at = out->len;
    if (field->attr->role != ROLE_GAUGE)
        return;
    double number =
        column == COLUMN_MIN ? trend->min
        : column == COLUMN_MAX
            ? trend->max
            : sampler_average(sampler, view->tree.leaves[leaf].field);
    draw_put_number(out, field, number);
    shorten(out, at, number, width);
}

/* What no digit of a real number shows is an error of rounding. */
static double shown_rate(const struct view *view, uint32_t leaf)
{
    const struct trend *trend = leaf_trend(view, leaf);
    const struct sample *sample = leaf_target(view, leaf)->sample;
    const struct frame *frame =
        &sample->frames[leaf_field(view, leaf)->mapping];
    double rate = trend_rate(trend);
    const struct value *value = leaf_value(view, leaf);
    /* Nothing has changed for the time that the title names. */
    bool rests = frame->state == STATE_STALE && !isnan(rate) &&
                 sample_since(sample, trend->changed_ns) >= RATE_WINDOW_NS;
    bool rounding = value->type == VALUE_REAL &&
                    fabs(rate) < ROUNDING_PART * fabs(value->real);
    return rounding || rests ? 0 : rate;
}

static void put_previous(struct buf *out, const struct view *view,
                         uint32_t leaf)
{
    struct value previous;
    if (sampler_previous(leaf_target(view, leaf)->sampler,
                         view->tree.leaves[leaf].field, &previous))
        value_put_text(out, leaf_field(view, leaf), &previous,
                       (enum show)view->tree.leaves[leaf].base, true);
}

/* Texts and names are cut if they are wider than `width`, numbers rounded. */
static void put_baseline(struct buf *out, const struct drawing *d,
                         uint32_t leaf, int width)
{
    const struct field *field = leaf_field(d->view, leaf);
    struct value baseline;
    struct buf *text = d->canvas.shorter;
    enum show show = (enum show)d->view->tree.leaves[leaf].base;
    size_t at = out->len;
    if (!leaf_baseline(d->view, leaf, &baseline))
        return;
    buf_clear(text);
    value_put_text(text, field, &baseline, show, true);
    if (text->len)
        draw_put_plain(out, &d->canvas, text->data);
    double number = value_number(field, &baseline);
    if (!isnan(number) && !field->attr->labels && show <= SHOW_DEC &&
        field->attr->show <= SHOW_DEC)
        shorten(out, at, number, width);
}

/* How much the value is more than at the baseline. */
static void put_difference(struct buf *out, const struct view *view,
                           uint32_t leaf, int width)
{
    const struct field *field = leaf_field(view, leaf);
    const struct value *value = leaf_value(view, leaf);
    struct value baseline;
    size_t at = out->len;
    if (!leaf_baseline(view, leaf, &baseline))
        return;
    value_put_difference(out, field, &baseline, value);
    if (field->attr->show < SHOW_DURATION)
        shorten(out, at,
                value_number(field, value) - value_number(field, &baseline),
                width);
}

/* The limit that the value breaks. */
static void put_limit(struct buf *out, const struct view *view, uint32_t leaf)
{
    const struct trend *trend = leaf_trend(view, leaf);
    const struct attributes *attr = leaf_field(view, leaf)->attr;
    bool critical = trend->alarm == ALARM_CRIT;
    if (trend->alarm == ALARM_NONE)
        return;
    buf_puts(out, critical ? "!! " : "! ");
    limit_put(out, critical ? &attr->crit : &attr->warn,
              leaf_field(view, leaf));
}

static void put_offset(struct buf *out, const struct view *view, uint32_t leaf)
{
    uint64_t place;
    if (!sampler_field_place(leaf_target(view, leaf)->sampler,
                             view->tree.leaves[leaf].field, &place))
        return;
    buf_puts(out, "0x");
    buf_put_hex(out, place, 4);
}

/* What a column says about the last value of a leaf, which has one. */
static void put_of_value(struct buf *out, const struct drawing *d,
                         uint32_t leaf, enum column column, int width)
{
    const struct view *view = d->view;
    const struct trend *trend = leaf_trend(view, leaf);
    switch (column) {
    case COLUMN_RATE:
        draw_put_rate(out, shown_rate(view, leaf));
        break;
    case COLUMN_AGE:
        if (trend_has_changed(trend))
            draw_put_age(out, sample_since(leaf_target(view, leaf)->sample,
                                           trend->changed_ns));
        break;
    case COLUMN_MIN:
    case COLUMN_MAX:
    case COLUMN_AVERAGE:
        put_statistic(out, view, leaf, column, width);
        break;
    case COLUMN_PREVIOUS:
        put_previous(out, view, leaf);
        break;
    case COLUMN_BASELINE:
        put_baseline(out, d, leaf, width);
        break;
    case COLUMN_DIFFERENCE:
        put_difference(out, view, leaf, width);
        break;
    case COLUMN_ALARM:
        put_limit(out, view, leaf);
        break;
    default:
        break;
    }
}

void column_put(struct buf *out, const struct drawing *d, uint32_t leaf,
                enum column column, int width)
{
    const struct view *view = d->view;
    if (column == COLUMN_PATH)
        draw_put_clean(out, leaf_field(view, leaf)->path);
    else if (column == COLUMN_OFFSET)
        put_offset(out, view, leaf);
    else if (column == COLUMN_TYPE)
        field_put_type_order(out, leaf_field(view, leaf));
    else if (leaf_trend(view, leaf) &&
             leaf_value(view, leaf)->type != VALUE_NONE)
        put_of_value(out, d, leaf, column, width);
}
