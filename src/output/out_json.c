/* SPDX-License-Identifier: MIT */
/*
 * JSON: one object a line for each sample.  Invariant: every line is valid by
 * itself and holds every field of the plan; what is missing is null.
 */
#include "output/out.h"

#include <string.h>

#include "base/text.h"
#include "layout/words.h"
#include "loader/snapshot_keys.h"
#include "output/cell.h"

static void quote(struct buf *out, size_t start)
{
    cell_quote(out, start, '\\');
}

/* `"path":`; there may be a million of them in a line. */
static void put_key(struct buf *out, const char *path)
{
    size_t len = strlen(path);
    char *to = buf_room(out, len + 3);
    bool plain = true;
    for (size_t i = 0; i < len; i++)
        plain &= (path[i] != '"') & (path[i] != '\\');
    if (plain) {
        to[0] = '"';
        memcpy(to + 1, path, len);
        to[len + 1] = '"';
        buf_grow(out, len + 2);
    } else {
        size_t start = out->len;
        buf_add(out, path, len);
        quote(out, start);
    }
    buf_putc(out, ':');
}

static void put_names(struct buf *out, const struct field *field,
                      const struct value *value)
{
    uint64_t bits = cell_bits(field, value);
    buf_putc(out, '[');
    size_t start = out->len;
    while (cell_put_name(out, field, &bits)) {
        quote(out, start);
        buf_putc(out, ',');
        start = out->len;
    }
    if (out->data[start - 1] == ',')
        buf_truncate(out, start - 1);
    buf_putc(out, ']');
}

static void put_cell(struct buf *out, enum cell cell, size_t start)
{
    if (cell == CELL_NONE)
        buf_puts(out, "null");
    else if (cell == CELL_TEXT)
        quote(out, start);
}

static void put_value(struct buf *out, const struct output_plan *plan,
                      const struct sample *sample, size_t index)
{
    const struct field *field = &plan->layout->fields[index];
    const struct value *value = &sample->values[index];
    size_t start = out->len;
    enum cell cell = cell_put(out, field, value, plan->raw);
    if (cell == CELL_NAMES)
        put_names(out, field, value);
    else
        put_cell(out, cell, start);
}

static void put_details(struct buf *out, const struct output_plan *plan,
                        const struct sample *sample, size_t index)
{
    const struct field *field = &plan->layout->fields[index];
    buf_puts(out, "{\"value\":");
    put_value(out, plan, sample, index);
    for (const struct cell_detail *row = cell_details; row->name; row++) {
        buf_puts(out, ",\"");
        buf_puts(out, row->name);
        buf_puts(out, "\":");
        size_t start = out->len;
        put_cell(out, row->put(out, field, sample, index), start);
    }
    buf_putc(out, '}');
}

static void put_count(struct buf *out, const char *name, uint64_t count)
{
    buf_printf(out, ",\"%s\":", name);
    buf_put_u64(out, count);
}

/* What the mapping's method had to do; nothing where it has none. */
static void put_snapshot(struct buf *out, const struct sample *sample,
                         size_t mapping)
{
    if (!sample->wholeness ||
        sample->wholeness[mapping].method == SNAPSHOT_NONE)
        return;
    const struct wholeness *whole = &sample->wholeness[mapping];
    buf_puts(out, ",\"snapshot\":{\"method\":\"");
    buf_puts(out, name_of(snapshot_names, (int)whole->method));
    buf_puts(out, "\",\"whole\":");
    buf_puts(out, whole->verdict == VERDICT_WHOLE ? "true" : "false");
    buf_puts(out, ",\"torn\":");
    buf_puts(out, whole->verdict == VERDICT_TORN ? "true" : "false");
    put_count(out, "frames", whole->frames);
    put_count(out, "retries", whole->retries);
    put_count(out, "torn_looks", whole->torn);
    put_count(out, "given_up", whole->given_up);
    buf_putc(out, '}');
}

/* Where there are several: each with its own state and generation. */
static void put_mappings(struct buf *out, const struct output_plan *plan,
                         const struct sample *sample)
{
    buf_puts(out, ",\"mappings\":{");
    for (size_t i = 0; i < sample->frame_count; i++) {
        const struct frame *frame = &sample->frames[i];
        buf_puts(out, i > 0 ? "," : "");
        put_key(out, layout_mapping_id(plan->layout, i));
        buf_puts(out, "{\"state\":\"");
        buf_puts(out, state_name(frame->state));
        buf_puts(out, "\",\"generation\":");
        buf_put_u64(out, frame->generation);
        if (plan->detail)
            put_snapshot(out, sample, i);
        buf_putc(out, '}');
    }
    buf_putc(out, '}');
}

void out_json_sample(struct buf *out, const struct output_plan *plan,
                     const struct sample *sample)
{
    buf_puts(out, "{\"time\":\"");
    buf_put_time(out, sample->wall_ns);
    buf_puts(out, "\",\"sample\":");
    buf_put_u64(out, sample->number);
    buf_puts(out, ",\"state\":\"");
    buf_puts(out, state_name(sample->state));
    buf_puts(out, "\",\"generation\":");
    buf_put_u64(out, sample->generation);
    if (plan->layout->mapping_count > 1)
        put_mappings(out, plan, sample);
    else if (plan->detail)
        put_snapshot(out, sample, 0);
    if (sample->trouble && sample->trouble[0]) {
        buf_puts(out, ",\"trouble\":");
        size_t start = out->len;
        text_clean(out, sample->trouble, strlen(sample->trouble));
        quote(out, start);
    }
    buf_puts(out, ",\"fields\":{");
    for (size_t i = 0; i < plan->field_count; i++) {
        size_t index = plan->fields[i];
        if (i > 0)
            buf_putc(out, ',');
        put_key(out, plan->layout->fields[index].path);
        if (plan->detail)
            put_details(out, plan, sample, index);
        else
            put_value(out, plan, sample, index);
    }
    buf_puts(out, "}}\n");
}
