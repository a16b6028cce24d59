/* SPDX-License-Identifier: MIT */
/*
 * CSV as RFC 4180 has it: a header line, lines ending in CRLF, fields quoted
 * where they must be.  Invariant: every line has as many fields as the header;
 * a missing value is an empty field, an empty text is "".
 */
#include "output/out.h"

#include <string.h>

#include "output/cell.h"

/* Quotes text where a reader would not take it as it is; blanks at the ends
 * are data, but some readers trim them. */
static void quote_text(struct buf *out, size_t start)
{
    const char *text = out->data + start;
    size_t len = out->len - start;
    if (len == 0 || text[0] == ' ' || text[len - 1] == ' ' ||
        memchr(text, ',', len) || memchr(text, '"', len))
        cell_quote(out, start, '"');
}

static void put_names(struct buf *out, const struct field *field,
                      const struct value *value)
{
    size_t start = out->len;
    uint64_t bits = cell_bits(field, value);
    while (cell_put_name(out, field, &bits))
        buf_putc(out, '|');
    if (out->len > start)
        buf_truncate(out, out->len - 1);
    quote_text(out, start);
}

static void put_value(struct buf *out, const struct output_plan *plan,
                      const struct sample *sample, size_t index)
{
    const struct field *field = &plan->layout->fields[index];
    const struct value *value = &sample->values[index];
    size_t start = out->len;
    enum cell cell = cell_put(out, field, value, plan->raw);
    if (cell == CELL_TEXT)
        quote_text(out, start);
    else if (cell == CELL_NAMES)
        put_names(out, field, value);
}

static void put_details(struct buf *out, const struct output_plan *plan,
                        const struct sample *sample, size_t index)
{
    const struct field *field = &plan->layout->fields[index];
    for (const struct cell_detail *row = cell_details; row->name; row++) {
        buf_putc(out, ',');
        size_t start = out->len;
        if (row->put(out, field, sample, index) == CELL_TEXT)
            quote_text(out, start);
    }
}

static void put_column(struct buf *out, const char *path, const char *detail)
{
    buf_putc(out, ',');
    size_t start = out->len;
    buf_puts(out, path);
    if (detail) {
        buf_putc(out, ':');
        buf_puts(out, detail);
    }
    quote_text(out, start);
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
        for (const struct cell_detail *row = cell_details;
             plan->detail && row->name; row++)
            put_column(out, path, row->name);
    }
    buf_puts(out, "\r\n");
}

void out_csv_sample(struct buf *out, const struct output_plan *plan,
                    const struct sample *sample)
{
    buf_put_time(out, sample->wall_ns);
    buf_putc(out, ',');
    buf_puts(out, state_name(sample->state));
    buf_putc(out, ',');
    buf_put_u64(out, sample->generation);
    for (size_t i = 0; sample->frame_count > 1 && i < sample->frame_count; i++)
        buf_printf(out, ",%s,%u", state_name(sample->frames[i].state),
                   (unsigned)sample->frames[i].generation);
    for (size_t i = 0; i < plan->field_count; i++) {
        buf_putc(out, ',');
        put_value(out, plan, sample, plan->fields[i]);
        if (plan->detail)
            put_details(out, plan, sample, plan->fields[i]);
    }
    buf_puts(out, "\r\n");
}
