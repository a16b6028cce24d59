/* SPDX-License-Identifier: MIT */
/* Prints what the dashboard shows of a field. Exact values are
 * layout/value_text.c; numbers without a field are draw/numbers.c. */
#include "ui/field_text.h"

#include <math.h>

#include "base/double_text.h"
#include "layout/label.h"
#include "layout/value_text.h"

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

void draw_put_label(struct buf *out, const struct drawing *d, uint32_t field)
{
    CHECK(field < d->layout->field_count);
    struct buf *label = d->canvas.shorter;
    buf_clear(label);
    field_put_label(label, d->layout, field, d->sample->values);
    draw_put_clean(out, label->data);
}

void draw_put_value(struct buf *out, const struct drawing *d, uint32_t field,
                    bool group_digits)
{
    CHECK(field < d->layout->field_count);
    if (d->sample->number == 0)
        return;
    value_put_text(out, &d->layout->fields[field], &d->sample->values[field],
                   (enum show)d->view->bases[field], group_digits);
}

/* Minimum and maximum of states, dates and addresses mean nothing. */
static bool is_quantity(const struct attributes *attr)
{
    return attr->role != ROLE_STATE && !attr->labels &&
           attr->show < SHOW_DURATION;
}

void draw_put_number(struct buf *out, const struct field *field, double value)
{
    if (isnan(value) || !is_quantity(field->attr))
        return;
    if (isinf(value))
        buf_puts(out, value > 0 ? "inf" : "-inf");
    else if (field->attr->precision >= 0 && fabs(value) < 1e9)
        double_put_fixed(out, value, field->attr->precision);
    else if (value == floor(value) && fabs(value) < 1e9)
        double_put_fixed(out, value, 0);
    else
        buf_printf(out, "%.6g", value);
}
