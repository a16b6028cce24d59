/* SPDX-License-Identifier: MIT */
/* CSV as in RFC 4180: a header line, then a line a sample, each with the same
 * number of cells. Values are written by cell.c. */
#include "output/output_private.h"

#include <string.h>

#include "output/cell.h"

/* Puts quotes around what `out` holds from `start` on, and doubles those in
 * it, moving the text from its end on. */
static void quote(struct buf *out, size_t start)
{
    size_t len = out->len - start;
    size_t more = 2;
    for (size_t i = start; i < out->len; i++)
        more += out->data[i] == '"';
    buf_room(out, more);
    const char *from = out->data + start + len;
    char *to = out->data + start + len + more;
    *--to = '"';
    for (size_t i = 0; i < len; i++) {
        *--to = *--from;
        if (*from == '"')
            *--to = '"';
    }
    *--to = '"';
    buf_grow(out, more);
}

/* An empty text is "", unlike a missing value. Blanks at the ends are data,
 * but some readers trim them unless they are quoted. */
static void quote_if_needed(struct buf *out, size_t start)
{
    const char *text = out->data + start;
    size_t len = out->len - start;
    if (len == 0 || text[0] == ' ' || text[len - 1] == ' ' ||
        memchr(text, ',', len) || memchr(text, '"', len))
        quote(out, start);
}

static void begin_detail(struct buf *out, const char *name)
{
    (void)name;
    buf_putc(out, ',');
}

static const struct cell_format csv = {
    .missing = "",
    .quote = quote_if_needed,
    .flags_open = "",
    .flags_close = "",
    .flags_between = '|',
    .begin_detail = begin_detail,
};

static void put_column(struct buf *out, const char *path, const char *detail)
{
    buf_putc(out, ',');
    size_t start = out->len;
    buf_puts(out, path);
    if (detail) {
        buf_putc(out, ':');
        buf_puts(out, detail);
    }
    quote_if_needed(out, start);
}

void out_csv_begin(struct buf *out, struct output_plan *plan)
{
    size_t mappings = plan->layout->mapping_count;
    buf_puts(out, "time,state,generation");
    for (size_t i = 0; mappings > 1 && i < mappings; i++) {
        const char *id = layout_mapping_id(plan->layout, i);
        put_column(out, id, "state");
        put_column(out, id, "generation");
    }
    for (size_t i = 0; i < plan->field_count; i++) {
        const char *path = plan->layout->fields[plan->fields[i]].path;
        put_column(out, path, NULL);
        for (int j = 0; plan->detail && cell_details[j]; j++)
            put_column(out, path, cell_details[j]);
    }
    buf_puts(out, "\r\n");
}

void out_csv_sample(struct buf *out, const struct output_plan *plan,
                    const struct sample *sample)
{
    CHECK(sample->frame_count == plan->layout->mapping_count);
    buf_put_time(out, sample->wall_ns);
    buf_printf(out, ",%s,%u", state_name(sample->state),
               (unsigned)sample->generation);
    for (size_t i = 0; sample->frame_count > 1 && i < sample->frame_count; i++)
        buf_printf(out, ",%s,%u", state_name(sample->frames[i].state),
                   (unsigned)sample->frames[i].generation);
    for (size_t i = 0; i < plan->field_count; i++) {
        buf_putc(out, ',');
        cell_put_value(out, &csv, plan, sample, plan->fields[i]);
        if (plan->detail)
            cell_put_details(out, &csv, plan, sample, plan->fields[i]);
    }
    buf_puts(out, "\r\n");
}
