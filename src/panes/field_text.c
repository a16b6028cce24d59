/* SPDX-License-Identifier: MIT */
/* Prints what the dashboard shows of a field. Exact values are
 * layout/value_text.c; numbers without a field are draw/numbers.c. */
#include "panes/field_text.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "layout/label.h"
#include "layout/value_text.h"
#include "view/row_text.h"

uint32_t draw_alarm_style(enum alarm_level level)
{
    switch (level) {
    case ALARM_CRIT:
        return STYLE_CRIT;
    case ALARM_WARN:
        return STYLE_WARN;
    default:
        return STYLE_PLAIN;
    }
}

uint32_t draw_state_style(enum source_state state)
{
    switch (state) {
    case STATE_LIVE:
        return STYLE_BOLD | STYLE_GOOD;
    case STATE_GONE:
    case STATE_DENIED:
    case STATE_ERROR:
        return STYLE_BOLD | STYLE_CRIT;
    default:
        return STYLE_BOLD | STYLE_WARN;
    }
}

void draw_put_plain(struct buf *out, const struct canvas *canvas,
                    const char *text)
{
    size_t at = out->len;
    draw_put_clean(out, text);
    if (!canvas->ascii || out->len == at)
        return;
    struct buf clean = {0};
    buf_add(&clean, out->data + at, out->len - at);
    buf_truncate(out, at);
    text_to_ascii(out, clean.data, clean.len);
    buf_free(&clean);
}

void draw_put_label(struct buf *out, const struct drawing *d, uint32_t leaf)
{
    struct buf *label = d->canvas.shorter;
    buf_clear(label);
    leaf_put_label(label, d->view, leaf);
    draw_put_plain(out, &d->canvas, label->data);
}

void draw_put_field_label(struct buf *out, const struct drawing *d,
                          const struct watched *target, uint32_t field)
{
    struct buf *label = d->canvas.shorter;
    buf_clear(label);
    field_put_label(label, target->layout, field, target->sample->values);
    draw_put_plain(out, &d->canvas, label->data);
}

void draw_put_target(struct buf *out, const struct view *view, size_t target)
{
    CHECK(target < view->target_count);
    const struct watched *own = &view->targets[target];
    const char *title = target_title(own);
    for (size_t i = 0; i < view->target_count; i++)
        if (i != target && strcmp(target_title(&view->targets[i]), title) == 0)
            title = sampler_target(own->sampler, 0);
    draw_put_clean(out, title);
}

void draw_put_value(struct buf *out, const struct drawing *d, uint32_t leaf,
                    bool group_digits)
{
    struct buf *value = d->canvas.shorter;
    if (!d->canvas.ascii) {
        leaf_put_value(out, d->view, leaf, group_digits);
        return;
    }
    buf_clear(value);
    leaf_put_value(value, d->view, leaf, group_digits);
    if (value->len)
        draw_put_plain(out, &d->canvas, value->data);
}

size_t draw_prefix_len(const char *number, size_t len,
                       const struct field *field)
{
    size_t at = len;
    if (field->attr->show != SHOW_SI && field->attr->show != SHOW_IEC)
        return 0;
    while (at > 0 && ((number[at - 1] >= 'A' && number[at - 1] <= 'Z') ||
                      (number[at - 1] >= 'a' && number[at - 1] <= 'z')))
        at--;
    return at > 0 && at < len && number[at - 1] == ' ' ? len - at + 1 : 0;
}

void draw_put_unit(struct buf *out, const struct canvas *canvas,
                   const struct field *field)
{
    if (!field->attr->unit)
        return;
    if (!out->len || !draw_prefix_len(out->data, out->len, field))
        buf_putc(out, ' ');
    draw_put_plain(out, canvas, field->attr->unit);
}

/* Minimum and maximum of states, dates and addresses mean nothing. */
static bool is_quantity(const struct field *field)
{
    const struct attributes *attr = field->attr;
    return attr->role != ROLE_STATE && field->kind != KIND_BOOL &&
           !attr->labels && attr->show < SHOW_DURATION;
}

void draw_put_number(struct buf *out, const struct field *field, double value)
{
    if (!isnan(value) && is_quantity(field))
        value_put_number_text(out, field, value, true);
}
